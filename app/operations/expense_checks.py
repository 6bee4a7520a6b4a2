"""What every line of the ledger must keep to, whichever way it is entered or changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.errors import UserError
from app.domain.expense import HOLDS, METHODS, Expense
from app.domain.money import Money
from app.operations.care_checks import one_line, one_of, refuse_to_come
from app.operations.day_checks import sensible
from app.operations.expense_providers import with_provider
from app.storage.repository import Repository
from app.storage.unit_of_work import UnitOfWork

LARGEST: Final = Money(100_000_000_00)
"""A hundred million dollars: no line of a household's ledger is larger."""

_SCHEDULED: Final = timedelta(days=366)

_NOT_CLAIMABLE: Final = ("fsa", "hra", "assistance")
"""Ways to pay that were another payer's money already."""

_LINKS: Final[dict[str, Callable[[UnitOfWork], Repository[Any]]]] = {
    "person_id": lambda work: work.people,
    "claim_id": lambda work: work.claims,
    "document_id": lambda work: work.documents,
    "proof_id": lambda work: work.documents,
    "provider_id": lambda work: work.providers,
    "bill_id": lambda work: work.bills,
    "eob_line_id": lambda work: work.eob_lines,
    "origin_id": lambda work: work.expenses,
    "necessity_id": lambda work: work.necessity_letters,
    "aid_id": lambda work: work.aids,
    "account_id": lambda work: work.hsa_accounts,
}


def kept_line(work: UnitOfWork, expense_id: str) -> Expense:
    """Return a line of the ledger.

    Raises:
        UserError: there is none of that id, or it lies in the trash.
    """
    expense = work.expenses.get(expense_id)
    if expense.trashed_at is not None:
        raise UserError("This expense is in the trash. Take it out of the trash first.")
    return expense


def checked(binder: Binder, work: UnitOfWork, expense: Expense) -> Expense:
    """Return a line as it is kept: its category by its id, tied to the provider it names.

    Raises:
        UserError: an amount, a word, a day or a link that cannot be right.
    """
    check_amount(expense.amount)
    if expense.method not in METHODS:
        raise UserError(f"“{expense.method}” is not a way to pay. Choose {', '.join(METHODS)}.")
    one_of(expense.hold, HOLDS, "an answer to whether to wait")
    for field, store in _LINKS.items():
        key = getattr(expense, field)
        if key:
            store(work).get(key)
    _check_days(binder, work, expense)
    # The word stays as it was typed; who judges it looks up what it means.
    return with_provider(work, replace(expense, category=one_line(expense.category)))


def check_amount(amount: Money) -> Money:
    """Return an amount that a line of the ledger can have.

    Raises:
        UserError: it is nothing, less than nothing, or more than can be right.
    """
    if amount <= Money(0):
        raise UserError("An expense is more than zero. A refund is entered as a refund, later.")
    if amount > LARGEST:
        raise UserError(f"{amount} is too much to be right. Please check the amount.")
    return amount


def _check_days(binder: Binder, work: UnitOfWork, expense: Expense) -> None:
    for day in (expense.served_on, expense.paid_on, expense.due_on):
        if day:
            sensible(day)
    refuse_far_ahead(expense.paid_on, binder.today(), "it was paid, or leave it unpaid for now")
    person = work.people.find(expense.person_id)
    born = person.born_on if person else None
    if person and born and expense.served_on and expense.served_on < born:
        raise UserError(
            f"{person.name} was born on {spoken(born)}, after the day of care "
            f"({spoken(expense.served_on)}). Check the two days, or whom it was for."
        )


def refuse_far_ahead(day: date | None, today: date, what: str) -> None:
    """Refuse a day so far ahead that its year is a slip; a nearer one is a finding of the year.

    People enter a payment that is scheduled, and a drive on the day before it.
    """
    if day and day > today + _SCHEDULED:
        refuse_to_come(day, today, what)


def refuse_broken_claims(work: UnitOfWork, expense: Expense) -> None:
    """Refuse a change after which more of a line would be claimed or returned than was paid.

    The database refuses the first of these itself; here it is said in plain words.
    """
    allocations = work.allocations.where(expense_id=expense.id)
    claimed = sum((each.amount for each in allocations), Money())
    others = [each for each in allocations if each.payer != "hsa"]
    if claimed > Money(0):
        _refuse_overdrawn(expense, claimed)
    if others and expense.method == "hsa":
        raise UserError(
            "A part of this expense was claimed from another payer than the HSA, so it cannot have "
            "been paid with the HSA card. Take that part back first."
        )
    _refuse_lost_refunds(work, expense)


def _refuse_overdrawn(expense: Expense, claimed: Money) -> None:
    take_back = "Take that back first, then change the expense."
    if expense.paid_on is None:
        raise UserError(
            f"{claimed} of this expense was already claimed, so it is paid. {take_back}"
        )
    if expense.method in _NOT_CLAIMABLE:
        raise UserError(
            f"{claimed} of this expense was already claimed, so another payer's money cannot have "
            f"paid it. {take_back}"
        )
    if claimed > expense.amount:
        raise UserError(
            f"{claimed} of this expense was already claimed, more than {expense.amount}. "
            f"{take_back}"
        )


def _refuse_lost_refunds(work: UnitOfWork, expense: Expense) -> None:
    came_back = sum((each.amount for each in work.refunds.where(expense_id=expense.id)), Money())
    if came_back == Money(0):
        return
    if expense.paid_on is None:
        raise UserError(
            f"{came_back} came back for this expense, so it was paid. Take the refund out first."
        )
    if came_back > expense.amount:
        raise UserError(
            f"{came_back} came back for this expense, more than {expense.amount}. Change the "
            "refund first."
        )


def file_receipt(work: UnitOfWork, expense: Expense) -> None:
    """Let a paper that still lies in the Inbox follow the claim of its line.

    It is a receipt where the line is paid. Where it is not, what the paper is stays open: it may
    be as private as a receipt, and a bill would go into a bundle by itself.
    """
    if not expense.document_id:
        return
    receipt = work.documents.get(expense.document_id)
    work.documents.save(
        replace(
            receipt,
            kind=receipt.kind or ("receipt" if expense.paid_on else None),
            claim_id=receipt.claim_id or expense.claim_id,
        )
    )
