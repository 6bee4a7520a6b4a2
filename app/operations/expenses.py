"""The ledger: what was paid, for whom, with which receipt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.expense import METHODS, Expense
from app.domain.money import Money
from app.operations.ids import new_id
from app.storage.unit_of_work import UnitOfWork


def enter_expense(binder: Binder, amount: Money, **known: Any) -> Expense:
    """Write one line of the ledger; `known` are further fields of `Expense`.

    A receipt that still lies in the Inbox is marked as a receipt and follows the claim.

    Raises:
        UserError: the amount is not above zero, the method is unknown, or a record is missing.
    """
    expense = Expense(
        id=new_id(), amount=amount, added_at=binder.now(), author_id=binder.author_id, **known
    )
    with binder.operation("Enter an expense") as work:
        _file_receipt(work, expense)
        return work.expenses.add(_checked(work, expense))


def change_expense(binder: Binder, expense: Expense) -> Expense:
    """Replace a line of the ledger."""
    with binder.operation("Change an expense") as work:
        _file_receipt(work, expense)
        return work.expenses.save(_checked(work, expense))


def _checked(work: UnitOfWork, expense: Expense) -> Expense:
    if expense.amount <= Money(0):
        raise UserError("An expense is more than zero. A refund is entered as a refund, later.")
    if expense.method not in METHODS:
        raise UserError(f"“{expense.method}” is not a way to pay. Choose {', '.join(METHODS)}.")
    if expense.person_id:
        work.people.get(expense.person_id)
    if expense.claim_id:
        work.claims.get(expense.claim_id)
    return expense


def _file_receipt(work: UnitOfWork, expense: Expense) -> None:
    if not expense.document_id:
        return
    receipt = work.documents.get(expense.document_id)
    work.documents.save(
        replace(
            receipt,
            kind=receipt.kind or "receipt",
            claim_id=receipt.claim_id or expense.claim_id,
        )
    )
