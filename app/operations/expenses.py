"""The ledger: what was paid, for whom, with which receipt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import Money
from app.operations.expense_checks import checked, file_receipt, kept_line, refuse_broken_claims
from app.operations.expense_due import keep_due_item
from app.operations.expense_providers import provider_at
from app.operations.ids import new_id
from app.operations.true_up import settle_true_ups
from app.storage.unit_of_work import UnitOfWork

_FOLLOWS_MILES = (
    "This amount follows from the miles of a trip. Change the trip, and the line follows."
)


def enter_expense(binder: Binder, amount: Money, *, address: str = "", **known: Any) -> Expense:
    """Write one line of the ledger; `known` are further fields of `Expense`.

    `address` is that of who was paid: it goes to the provider on record, or to a new one. A
    receipt that still lies in the Inbox is marked as a receipt and follows the claim. A line that
    is not paid and has a `due_on` gets an entry in the calendar.

    Raises:
        UserError: the amount is not above zero, a word or a day cannot be right, or a record is
            missing.
    """
    expense = Expense(
        id=new_id(), amount=amount, added_at=binder.now(), author_id=binder.author_id, **known
    )
    with binder.operation("Enter an expense") as work:
        if place := provider_at(binder, work, expense, address):
            expense = replace(expense, provider_id=place)
        kept = add_line(binder, work, expense)
        settle_true_ups(binder, work)
        return kept


def add_line(binder: Binder, work: UnitOfWork, expense: Expense) -> Expense:
    """Write a new line within an operation; raises as `enter_expense`."""
    kept = work.expenses.add(checked(binder, work, expense))
    file_receipt(work, kept)
    keep_due_item(binder, work, kept)
    return kept


def save_line(binder: Binder, work: UnitOfWork, expense: Expense) -> Expense:
    """Replace a line within an operation; raises as `change_expense`."""
    kept = checked(binder, work, expense)
    refuse_broken_claims(work, kept)
    work.expenses.save(kept)
    file_receipt(work, kept)
    keep_due_item(binder, work, kept)
    return kept


def change_expense(binder: Binder, expense: Expense, *, address: str = "") -> Expense:
    """Replace a line of the ledger; `address` is taken as `enter_expense` takes it.

    Raises:
        UserError: as `enter_expense`; more of it was claimed or came back than it would be; or its
            amount follows from the miles of a trip.
    """
    with binder.operation("Change an expense") as work:
        before = kept_line(work, expense.id)
        if before.amount != expense.amount and work.trips.where(expense_id=expense.id):
            raise UserError(_FOLLOWS_MILES)
        if place := provider_at(binder, work, expense, address):
            expense = replace(expense, provider_id=place)
        kept = save_line(binder, work, expense)
        settle_true_ups(binder, work)
        return kept
