"""Whether a letter of medical necessity covers an expense: its person, its thing and its day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final

from app.domain.category_words import bare_words
from app.domain.line_facts import LineFacts
from app.domain.necessity_letter import NecessityLetter
from app.domain.tax_category import TaxCategory

YEAR_OF_LETTER: Final = 1
"""Years that most administrators take a letter for which names no end; no law says so."""


def letter_gaps(
    letter: NecessityLetter, category: TaxCategory, facts: LineFacts
) -> tuple[str, ...]:
    """Return what keeps the letter from covering the line, in words; empty where it covers it.

    A letter is evidence, never an approval (IR-2024-65), and a gap does not prove that the care
    does not qualify.
    """
    gaps: list[str] = []
    person = facts.patient.id if facts.patient else facts.expense.person_id
    if letter.person_id is None:
        gaps.append("The letter names no patient.")
    elif letter.person_id != person:
        gaps.append("The letter is for another person.")
    if not covers_thing(letter, category, facts.expense.what):
        gaps.append("The letter does not name this item.")
    gaps.extend(_day_gaps(letter, facts.served_on))
    return tuple(gaps)


def covers_thing(letter: NecessityLetter, category: TaxCategory, what: str) -> bool:
    """Return whether a line of the letter names the category, or the thing in its own words."""
    named = _named(letter.covers)
    if named & _meant(category.id, category.label, category.names):
        return True
    return bool(what.strip()) and bare_words(what) in named


@lru_cache(maxsize=256)
def _named(covers: str) -> frozenset[str]:
    return frozenset(bare_words(line) for line in covers.splitlines() if line.strip())


@lru_cache(maxsize=256)
def _meant(key: str, label: str, names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(bare_words, (key, label, *names)))


def last_day(letter: NecessityLetter) -> date | None:
    """Return the last day of a letter: as it says, else a year after it begins or was signed."""
    if letter.until_on:
        return letter.until_on
    begins = letter.from_on or letter.signed_on
    if begins is None:
        return None
    try:
        return begins.replace(year=begins.year + YEAR_OF_LETTER)
    except ValueError:  # February 29, or the last year there is
        return begins if begins.year == date.max.year else date(begins.year + 1, 2, 28)


def _day_gaps(letter: NecessityLetter, served: date | None) -> Iterable[str]:
    if letter.signed_on is None:
        yield "The letter has no date of signature."
    if served is None:
        yield "The date of service is missing."
        return
    begins = letter.from_on or letter.signed_on
    if letter.signed_on and served < letter.signed_on:
        yield "The care was before the letter was signed."
    elif begins and served < begins:
        yield "The care was before the letter begins."
    ends = last_day(letter)
    if ends and served > ends:
        if letter.until_on:
            yield "The letter had ended before the care."
        else:
            yield "The letter was more than a year old, and it names no end."


def best_letter(
    letters: Iterable[NecessityLetter], category: TaxCategory, facts: LineFacts
) -> NecessityLetter | None:
    """Return the letter that covers the line best: the one with the fewest gaps, the newest first.

    Letters for other people are left out, and none is sought for what needs none.
    """
    if not category.needs_letter:
        return None
    person = facts.patient.id if facts.patient else facts.expense.person_id
    mine = [
        letter
        for letter in letters
        if letter.person_id == person and covers_thing(letter, category, facts.expense.what)
    ]
    return min(
        mine,
        key=lambda letter: (
            len(letter_gaps(letter, category, facts)),
            -(letter.signed_on or date.min).toordinal(),
            letter.id,
        ),
        default=None,
    )
