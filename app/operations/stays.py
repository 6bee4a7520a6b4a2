"""Nights near care: what was paid for them, and what the law asks of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import Money
from app.domain.travel import ANSWERS, Stay
from app.operations.care_checks import check_paper, one_line, one_of
from app.operations.day_checks import sensible
from app.operations.expense_checks import kept_line
from app.operations.expenses import add_line, save_line
from app.operations.ids import new_id
from app.operations.true_up import settle_true_ups
from app.storage.unit_of_work import UnitOfWork

LODGING: Final = "lodging_outpatient"
CONDITIONS: Final = ("essential", "licensed", "modest", "no_holiday")
MOST_NIGHTS: Final = 366
MOST_PERSONS: Final = 9
"""So many may have slept there; the law counts the patient and one who is needed."""


def record_stay(binder: Binder, amount: Money, stay: Stay, **known: Any) -> tuple[Stay, Expense]:
    """Record nights near care; `known` are further fields of the line, such as `paid_on`.

    The ids of `stay` are given here; its `place` is who was paid unless `provider` says another.

    Raises:
        UserError: the nights, persons or days cannot be right, or a record is missing.
    """
    line = Expense(
        id=new_id(), amount=amount, author_id=binder.author_id, added_at=binder.now(), **known
    )
    with binder.operation("Record a stay") as work:
        kept = _checked(work, replace(stay, id=new_id(), expense_id=line.id))
        made = add_line(binder, work, _line(line, kept))
        return work.stays.add(kept), made


def change_stay(binder: Binder, amount: Money, stay: Stay, **known: Any) -> tuple[Stay, Expense]:
    """Replace a stay and what is named of its line; raises as `record_stay`."""
    with binder.operation("Change a stay") as work:
        kept = _checked(work, stay)
        before = kept_line(work, stay.expense_id)
        line = save_line(binder, work, _line(replace(before, amount=amount, **known), kept))
        settle_true_ups(binder, work)
        return work.stays.save(kept), line


def _checked(work: UnitOfWork, stay: Stay) -> Stay:
    sensible(stay.from_on)
    if not 1 <= stay.nights <= MOST_NIGHTS:
        raise UserError(f"A stay has from 1 to {MOST_NIGHTS} nights. Enter longer ones in parts.")
    if not 1 <= stay.persons <= MOST_PERSONS:
        raise UserError(f"From 1 to {MOST_PERSONS} persons can have slept there.")
    for name in CONDITIONS:
        one_of(getattr(stay, name), ANSWERS, "an answer to a question about the stay")
    check_paper(work, stay.document_id)
    return replace(stay, place=one_line(stay.place))


def _line(line: Expense, stay: Stay) -> Expense:
    nights = "1 night" if stay.nights == 1 else f"{stay.nights} nights"
    persons = "1 person" if stay.persons == 1 else f"{stay.persons} persons"
    return replace(
        line,
        served_on=stay.from_on,
        category=LODGING,
        provider=line.provider or stay.place,
        what=f"{nights}, {persons}",
        document_id=line.document_id or stay.document_id,
    )
