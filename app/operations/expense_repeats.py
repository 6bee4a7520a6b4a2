"""The same line on further days: the copay of each infusion, the parking of each visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.shares import MOST_PARTS
from app.operations.expense_checks import kept_line
from app.operations.expense_splits import refuse_journey
from app.operations.expenses import add_line
from app.operations.ids import new_id
from app.storage.unit_of_work import UnitOfWork


def repeat_expense(
    binder: Binder, expense_id: str, days: Sequence[date], *, is_paid: bool | None = None
) -> tuple[Expense, ...]:
    """Enter the same line for further days of care, one line a day.

    With `is_paid`, each is paid on its day, as far as that has come; without a word on it, where
    the line itself was paid on its day of care. Receipts, bills and answers of plans are of one
    day, so they are not taken along.

    Raises:
        UserError: no day or too many are named, or a day is named twice or has such a line already.
    """
    if not 1 <= len(days) <= MOST_PARTS:
        raise UserError(f"Name from 1 to {MOST_PARTS} days.")
    with binder.operation("Repeat an expense") as work:
        line = kept_line(work, expense_id)
        refuse_journey(work, line)
        _refuse_twice(work, line, days)
        today = binder.today()
        if is_paid is None:
            is_paid = line.paid_on is not None and line.paid_on == (line.served_on or line.paid_on)
        return tuple(
            add_line(binder, work, _on(binder, line, day, is_paid=is_paid and day <= today))
            for day in sorted(days)
        )


def _on(binder: Binder, line: Expense, day: date, *, is_paid: bool) -> Expense:
    return replace(
        line, id=new_id(), served_on=day, paid_on=day if is_paid else None, document_id=None,
        proof_id=None, bill_id=None, eob_line_id=None, origin_id=None, due_on=None, hold="",
        reference="", source="typed", note="", author_id=binder.author_id, added_at=binder.now(),
    )  # fmt: skip


def _refuse_twice(work: UnitOfWork, line: Expense, days: Sequence[date]) -> None:
    if len(set(days)) < len(days):
        twice = next(day for day in days if list(days).count(day) > 1)
        raise UserError(f"{spoken(twice)} is named twice. Name each day once.")
    for day in days:
        here = work.expenses.where(served_on=day, amount=line.amount, trashed_at=None)
        if any(_is_same(each, line) for each in here):
            raise UserError(
                f"The ledger has this line on {spoken(day)} already. Leave that day out, or enter "
                "the second one by itself."
            )


def _is_same(one: Expense, other: Expense) -> bool:
    return (one.person_id, one.provider.casefold(), one.category) == (
        other.person_id, other.provider.casefold(), other.category,
    )  # fmt: skip
