"""All that can be read in a paper: every sifter, one after another, each fact with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from app.domain.fact import Fact, Sifted
from app.domain.sifted_form import MOST_FACTS, MOST_LETTERS, plain_value
from app.importing.sifting.amount_facts import amount_facts
from app.importing.sifting.codes import code_facts
from app.importing.sifting.contacts import contact_facts
from app.importing.sifting.date_roles import date_facts
from app.importing.sifting.dates import DateSeen, dates_in
from app.importing.sifting.denial_reasons import denial_reasons
from app.importing.sifting.eob_lines import eob_claims
from app.importing.sifting.found import Found
from app.importing.sifting.identifiers import identifier_facts
from app.importing.sifting.kinds import kind_of
from app.importing.sifting.layout import PageSeen
from app.importing.sifting.letters import letters_in
from app.importing.sifting.notice import missing_from_notice
from app.importing.sifting.paper import Paper
from app.importing.sifting.parties import party_facts
from app.importing.sifting.phrases import tokens_of
from app.importing.sifting.prints import prints_of
from app.importing.sifting.receipts import receipt_facts
from app.importing.sifting.signs import signs_on
from app.importing.sifting.version import MOST_PAGES
from app.importing.sifting.windows import windows_in

_LEAST_SCORE: Final = 0.5
_ADDED_UP: Final = frozenset({"eob", "msn", "itemized_bill", "superbill"})
_MOST_QUESTIONS: Final = 6  # more are one misread table, not six mistakes of the insurer


def sift(pages: Sequence[PageSeen]) -> Sifted:
    """Read what a paper is and what it says; of a very long one only the first pages."""
    paper = Paper.of_pages(pages[:MOST_PAGES])
    kind = kind_of(paper, _signs(paper))
    return Sifted(
        kind,
        tuple(_placed(paper, _found(paper, kind.value))),
        letters_in(paper),
        prints_of(tokens_of(paper.text)),
        tuple(_questions(paper, kind.value)),
    )


def _questions(paper: Paper, kind: str | None) -> Iterator[str]:
    """Yield what to ask where the amounts of an EOB or a bill do not add up."""
    if kind in _ADDED_UP:
        findings = [item for claim in eob_claims(paper, kind) for item in claim.findings]
        yield from (finding.text for finding in findings[:_MOST_QUESTIONS])


def _signs(paper: Paper) -> frozenset[str]:
    """Return what windows, numbers and amounts tell of the kind, read as if it could be any."""
    windows = windows_in(paper, dates_in(paper.text), None)
    read = (*identifier_facts(paper), *code_facts(paper), *amount_facts(paper, None))
    return signs_on(paper, (*windows, *read))


def _found(paper: Paper, kind: str | None) -> Iterator[Found]:
    """Yield what every sifter finds, the sure and the doubtful."""
    read = tuple(_read(paper, kind))
    yield from read
    reasons = denial_reasons(paper, kind, read)
    yield from reasons
    yield from missing_from_notice(paper, kind, (*read, *reasons))


def _read(paper: Paper, kind: str | None) -> Iterator[Found]:
    """Yield the facts that each sifter finds by itself."""
    dates = date_facts(paper, kind)
    yield from dates
    yield from windows_in(paper, _read_dates(paper, dates), kind)
    yield from identifier_facts(paper)
    yield from code_facts(paper)
    yield from party_facts(paper, kind)
    yield from contact_facts(paper)
    yield from amount_facts(paper, kind)
    yield from receipt_facts(paper, kind)


def _read_dates(paper: Paper, found: Sequence[Found]) -> tuple[DateSeen, ...]:
    """Return every date; one without a year gets it from the letter's own date."""
    letter = next((item.value for item in found if item.name == "letter_date"), None)
    hint = date.fromisoformat(letter) if isinstance(letter, str) else None
    return dates_in(paper.text, hint)


def _placed(paper: Paper, found: Iterable[Found]) -> Iterable[Fact]:
    """Give each value its place; each is said once, as the surest reading has it.

    There are no more values, and no longer ones, than may be kept.
    """
    best: dict[tuple[str, object, int | None], Found] = {}
    for item in found:
        key = item.name, item.value, item.row
        if item.score >= _LEAST_SCORE and (key not in best or item.score > best[key].score):
            best[key] = item
    for item in _most(list(best.values())):
        place = paper.place(item.start, item.end)
        if max(len(place.words), len(plain_value(item.value))) > MOST_LETTERS:
            continue  # no value is so long, nor are the words that say one
        yield Fact(
            name=item.name,
            value=item.value,
            text=place.words,
            page=place.page,
            boxes=place.boxes,
            score=round(item.score * min(place.score + 0.05, 1.0), 3),
            note=item.note,
            row=item.row,
        )


def _most(found: list[Found]) -> list[Found]:
    """Return as many values as may be kept; of too many, those of table rows are left out first."""
    if len(found) <= MOST_FACTS:
        return found
    return sorted(found, key=lambda item: item.row is not None)[:MOST_FACTS]
