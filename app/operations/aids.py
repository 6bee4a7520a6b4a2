"""Help with the cost: programs applied to, cash prices asked for, good faith estimates.

The day on which an answer is due and the day until which the help holds stand in the calendar as
entries of the kind `assistance`. They follow the record in the same step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.binder import Binder
from app.domain.aid import ANSWERS, KINDS, Aid
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import Money
from app.operations.care_checks import (
    check_paper,
    check_provider,
    one_line,
    one_of,
    refuse_backwards,
    refuse_to_come,
)
from app.operations.day_checks import sensible
from app.operations.ids import new_id
from app.operations.true_up import settle_true_ups
from app.storage.unit_of_work import UnitOfWork

KIND: Final = "assistance"
_ANSWER: Final = "own"
_END: Final = "letter"
"""The bases by which the two entries are told apart: when to hear is the person's own day, until
when it holds stands in the answer."""

_ANSWER_TITLES: Final = {
    "program": "An answer is due: {name}", "quote": "A price is due: {name}",
    "estimate": "An estimate is due: {name}",
}  # fmt: skip
_END_TITLES: Final = {
    "program": "The help ends: {name}", "quote": "The price holds until now: {name}",
    "estimate": "The estimate holds until now: {name}",
}  # fmt: skip
_ANSWER_NOTE: Final = "If nothing has come by this day, call and ask where it is."
_END_NOTES: Final = {
    "program": "Ask in good time whether it can be renewed, and with which papers.",
    "quote": "After this day the price may be another one. Ask again.",
    "estimate": "After this day the estimate may be another one. Ask again.",
}


@dataclass(frozen=True, slots=True)
class KeptAid:
    """A program or quote as stored, and its open entries in the calendar, the soonest first."""

    aid: Aid
    items: tuple[DueItem, ...]


def add_aid(binder: Binder, name: str, **known: Any) -> KeptAid:
    """Write down a program, a cash price or an estimate; `known` are further fields of `Aid`.

    Where no person is named it is the patient of the claim.

    Raises:
        UserError: it has no name, days or amounts cannot be right, or a record does not exist.
    """
    made = Aid(id=new_id(), name=name, author_id=binder.author_id, added_at=binder.now(), **known)
    with binder.operation("Add help with the cost") as work:
        made = work.aids.add(_checked(work, made, binder.today()))
        return KeptAid(made, _settle(binder, work, None, made))


def change_aid(binder: Binder, aid: Aid) -> KeptAid:
    """Replace what is known of a program or quote; its entries in the calendar follow.

    An entry that the person moved, settled or removed stays so until its day here is corrected.

    Raises:
        UserError: as `add_aid`.
    """
    with binder.operation("Change help with the cost") as work:
        before = work.aids.get(aid.id)
        after = work.aids.save(_checked(work, aid, binder.today()))
        return KeptAid(after, _settle(binder, work, before, after))


def answer_aid(binder: Binder, aid_id: str, answer: str, on: date, **known: Any) -> KeptAid:
    """Record what they answered; `known` are further fields of `Aid`, such as the amount.

    Raises:
        UserError: there is no such program, or the answer cannot be right.
    """
    if not answer:
        raise UserError("What did they answer: approved, partly or refused?")
    with binder.operation("Record the answer about help") as work:
        before = work.aids.get(aid_id)
        answered = replace(before, answer=answer, answered_on=on, **known)
        after = work.aids.save(_checked(work, answered, binder.today()))
        return KeptAid(after, _settle(binder, work, before, after))


def paid_by_aid(binder: Binder, aid_id: str, expense_id: str, on: date) -> Expense:
    """Note that a program paid a line of the ledger, on a day.

    Raises:
        UserError: one of them is not there, it is no program or said no, or the line is claimed.
    """
    refuse_to_come(on, binder.today(), "it was paid")
    with binder.operation("Paid by a program") as work:
        aid, expense = work.aids.get(aid_id), work.expenses.get(expense_id)
        if aid.kind != "program":
            raise UserError("A price or an estimate pays for nothing. Choose a program.")
        if aid.answer == "refused":
            raise UserError(f"“{aid.name}” said no. Change its answer first, if it pays after all.")
        if aid.trashed_at or expense.trashed_at:
            raise UserError("One of these lies in the trash. Take it out first.")
        if work.allocations.where(expense_id=expense_id):
            raise UserError(
                "This expense is already claimed from an account or deducted. A program cannot "
                "have paid it too: take that claim back first, or enter the help as a refund."
            )
        paid = replace(expense, method="assistance", aid_id=aid_id, paid_on=on)
        kept = work.expenses.save(paid)
        settle_true_ups(binder, work)
        return kept


def _checked(work: UnitOfWork, given: Aid, today: date) -> Aid:
    name = one_line(given.name)
    if not name:
        raise UserError("What is it called? For example: the copay fund of the drug's maker.")
    one_of(given.kind, KINDS, "a kind of help")
    one_of(given.answer, ANSWERS, "an answer")
    claim = work.claims.get(given.claim_id) if given.claim_id else None
    if given.person_id:
        work.people.get(given.person_id)
    check_provider(work, given.provider_id)
    check_paper(work, given.document_id)
    if given.amount is not None and given.amount <= Money():
        raise UserError("Enter an amount above zero, as 125.00, or leave it empty.")
    for day in filter(None, (given.asked_on, given.due_on, given.answered_on, given.until_on)):
        sensible(day)
    refuse_to_come(given.asked_on, today, "it was asked for")
    refuse_to_come(given.answered_on, today, "they answered")
    refuse_backwards(given.asked_on, given.answered_on, "The answer came before it was asked for.")
    refuse_backwards(given.asked_on, given.until_on, "It ends before it was asked for.")
    return replace(
        given, name=name, what=one_line(given.what),
        person_id=given.person_id or (claim.person_id if claim else None),
    )  # fmt: skip


def _settle(
    binder: Binder, work: UnitOfWork, before: Aid | None, after: Aid
) -> tuple[DueItem, ...]:
    """Bring both entries in line with the record; return those that are open."""
    for basis in (_ANSWER, _END):
        was, day = before and _day(before, basis), _day(after, basis)
        kept = work.due_items.where(aid_id=after.id, basis=basis)
        for item in kept:
            _follow(work, item, after, was, day)
        if day and not kept and was != day:
            made = DueItem(
                id=new_id(), kind=KIND, basis=basis, last_day=day, aid_id=after.id,
                letter_on=day if basis == _END else None, author_id=binder.author_id,
                added_at=binder.now(), **_words(after, basis),
            )  # fmt: skip
            work.due_items.add(made)
    for item in work.due_items.where(aid_id=after.id, basis=_ANSWER):
        if _is_answered(after) and item.is_open:
            work.due_items.save(replace(item, done_on=after.answered_on or binder.today()))
    items = [item for item in work.due_items.where(aid_id=after.id) if item.is_open]
    return tuple(sorted(items, key=lambda item: item.last_day))


def _follow(
    work: UnitOfWork, item: DueItem, after: Aid, was: date | None, day: date | None
) -> None:
    if day is None:
        work.due_items.remove(item.id)
        return
    changed = replace(item, **_words(after, item.basis))
    if day != was:
        letter_on = day if item.basis == _END else None
        changed = replace(changed, last_day=day, letter_on=letter_on, done_on=None, waived_on=None)
    work.due_items.save(changed)


def _is_answered(aid: Aid) -> bool:
    """Whether nothing is waited for any more; a price that is known has come."""
    has_come = aid.kind != "program" and aid.amount is not None
    return bool(aid.answer or aid.answered_on or has_come)


def _day(aid: Aid, basis: str) -> date | None:
    """Return the day of an entry; a “no” holds until no day."""
    if basis == _ANSWER:
        return aid.due_on
    return None if aid.answer == "refused" else aid.until_on


def _words(after: Aid, basis: str) -> dict[str, Any]:
    """Return the title, the note and the claim of an entry."""
    if basis == _ANSWER:
        title, note = _ANSWER_TITLES[after.kind], _ANSWER_NOTE
    else:
        title, note = _END_TITLES[after.kind], _END_NOTES[after.kind]
    return {"title": title.format(name=after.name), "note": note, "claim_id": after.claim_id}
