"""Letters of medical necessity, and the day on which to ask for the next one.

Thirty days before a letter ends an entry of the kind `necessity_letter` stands in the calendar. It
follows the letter in the same step.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.domain.letter_cover import last_day
from app.domain.necessity_letter import NecessityLetter
from app.operations.care_checks import (
    check_paper,
    check_provider,
    one_line,
    refuse_backwards,
    refuse_to_come,
)
from app.operations.category_words import category_named
from app.operations.day_checks import sensible
from app.operations.ids import new_id
from app.storage.unit_of_work import UnitOfWork

KIND: Final = "necessity_letter"
_BEFORE: Final = timedelta(days=30)


def add_necessity_letter(binder: Binder, covers: str = "", **known: Any) -> NecessityLetter:
    """Keep a letter; `covers` has a line for each thing, `known` are further fields.

    Raises:
        UserError: it covers nothing, days cannot be right, or a record does not exist.
    """
    letter = NecessityLetter(
        id=new_id(), covers=covers, author_id=binder.author_id, added_at=binder.now(), **known
    )
    with binder.operation("Add a letter of medical necessity") as work:
        made = work.necessity_letters.add(_checked(work, letter, binder.today()))
        _settle(binder, work, None, made)
        return made


def change_necessity_letter(binder: Binder, letter: NecessityLetter) -> NecessityLetter:
    """Replace what is known of a letter; its entry in the calendar follows.

    An entry that the person moved or settled stays so until the end of the letter is another one.

    Raises:
        UserError: as `add_necessity_letter`.
    """
    with binder.operation("Change a letter of medical necessity") as work:
        before = work.necessity_letters.get(letter.id)
        after = work.necessity_letters.save(_checked(work, letter, binder.today()))
        _settle(binder, work, before, after)
        return after


def _checked(work: UnitOfWork, given: NecessityLetter, today: date) -> NecessityLetter:
    lines = [one_line(line) for line in given.covers.splitlines()]
    covers = [category_named(line) or line for line in lines if line]
    if not covers:
        raise UserError(
            "Which things does the letter name? Without them it supports no expense.",
            ask="What does the doctor prescribe in the letter?",
        )
    if given.person_id:
        work.people.get(given.person_id)
    check_provider(work, given.provider_id)
    check_paper(work, given.document_id)
    for day in filter(None, (given.signed_on, given.from_on, given.until_on)):
        sensible(day)
    refuse_to_come(given.signed_on, today, "the letter was signed")
    begins = given.from_on or given.signed_on
    refuse_backwards(begins, given.until_on, "The letter ends before it begins.")
    return replace(
        given,
        covers="\n".join(dict.fromkeys(covers)),
        diagnosis=one_line(given.diagnosis),
        prescriber=one_line(given.prescriber),
    )


def _settle(
    binder: Binder, work: UnitOfWork, before: NecessityLetter | None, after: NecessityLetter
) -> None:
    """Bring the entry in the calendar in line with the letter."""
    was, ends = before and last_day(before), last_day(after)
    kept = work.due_items.where(necessity_id=after.id)
    for item in kept:
        if ends is None:
            work.due_items.remove(item.id)
        elif ends != was:
            moved = replace(item, last_day=ends - _BEFORE, done_on=None, waived_on=None)
            work.due_items.save(replace(moved, **_words(work, after, ends)))
        else:
            work.due_items.save(replace(item, **_words(work, after, ends)))
    if ends and not kept and ends != was and ends >= binder.today():
        work.due_items.add(
            DueItem(
                id=new_id(), kind=KIND, necessity_id=after.id, last_day=ends - _BEFORE,
                author_id=binder.author_id, added_at=binder.now(), **_words(work, after, ends),
            )
        )  # fmt: skip


def _words(work: UnitOfWork, letter: NecessityLetter, ends: date) -> dict[str, Any]:
    patient = work.people.find(letter.person_id)
    whose = f" for {patient.name}" if patient else ""
    said = "ends on" if letter.until_on else "names no end and may be taken for a year only, until"
    return {
        "title": f"Ask for a new letter of medical necessity{whose}",
        "note": (
            f"The letter {said} {spoken(ends)}. Care after that day needs a new one: ask "
            f"{letter.prescriber or 'the doctor'} in good time."
        ),
    }
