"""The entry in the calendar for a line of the ledger that is to be paid by a day."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.binder import Binder
from app.domain.due_item import DueItem
from app.domain.expense import Expense
from app.operations.ids import new_id
from app.storage.unit_of_work import UnitOfWork

KIND: Final = "own"
"""A day that a person sets: they agreed to the plan of payments."""


def keep_due_item(binder: Binder, work: UnitOfWork, expense: Expense) -> None:
    """Bring the entry of a line in line with it: made, moved, done when paid, or taken out.

    An entry that a person waived stays waived, and one that is done stays as it was done.
    """
    item = next(iter(work.due_items.where(expense_id=expense.id, kind=KIND)), None)
    if item is None:
        if expense.due_on and expense.paid_on is None:
            work.due_items.add(_entry(binder, expense))
    elif expense.due_on is None:
        work.due_items.remove(item.id)
    else:
        work.due_items.save(_followed(item, expense))


def _entry(binder: Binder, expense: Expense) -> DueItem:
    assert expense.due_on is not None
    return DueItem(
        id=new_id(),
        kind=KIND,
        title=_title(expense),
        claim_id=expense.claim_id,
        last_day=expense.due_on,
        author_id=binder.author_id,
        added_at=binder.now(),
        expense_id=expense.id,
    )


def _followed(item: DueItem, expense: Expense) -> DueItem:
    assert expense.due_on is not None
    done_on = (item.done_on or expense.paid_on) if expense.paid_on else None
    return replace(
        item,
        title=_title(expense),
        claim_id=expense.claim_id,
        last_day=expense.due_on,
        done_on=done_on,
    )


def _title(expense: Expense) -> str:
    to = f" to {expense.provider}" if expense.provider else ""
    return f"Pay {expense.amount}{to}"
