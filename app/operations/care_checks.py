"""What records of care and people have in common: known words, days in order, links that lead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.domain.calendar_days import spoken
from app.domain.errors import UserError
from app.storage.unit_of_work import UnitOfWork


def one_line(text: str) -> str:
    """Return a name or a title without line breaks and doubled blanks."""
    return " ".join(text.split())


def one_of(value: str, known: Sequence[str], what: str) -> None:
    """Refuse a word that is none of the known ones; the empty one is never named."""
    if value not in known:
        words = [word for word in known if word]
        raise UserError(
            f"“{value}” is not {what} known here. Choose {', '.join(words[:-1])} or {words[-1]}."
        )


def refuse_to_come(day: date | None, today: date, what: str) -> None:
    """Refuse a day that has not come yet for something that is said to have happened."""
    if day and day > today:
        raise UserError(
            f"{spoken(day)} is still to come: today is {spoken(today)}. Check the day on which "
            f"{what}."
        )


def refuse_backwards(first: date | None, last: date | None, sentence: str) -> None:
    """Refuse two days of which the last comes before the first."""
    if first and last and last < first:
        raise UserError(f"{sentence} Please check the two days.")


def check_paper(work: UnitOfWork, document_id: str | None) -> None:
    """Refuse a paper that does not exist."""
    if document_id:
        work.documents.get(document_id)


def check_provider(work: UnitOfWork, provider_id: str | None) -> None:
    """Refuse a provider that does not exist."""
    if provider_id:
        work.providers.get(provider_id)
