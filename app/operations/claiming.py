"""Which receipts to claim: those that pass all six tests, chosen so that they come to an amount."""

from __future__ import annotations

from dataclasses import dataclass

from app.binder import Binder
from app.domain.adding_up import Addend, Addition, add_up
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.hsa_account import HsaAccount
from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.domain.standing import Standing
from app.operations.hsa_checks import check_sum
from app.operations.money_book import money_book


@dataclass(frozen=True, slots=True)
class Claimable:
    """A line of the ledger and how much of it an HSA may still pay back.

    Where `is_sure` is False a test is not decided yet.
    """

    expense: Expense
    amount: Money
    is_sure: bool = True


def claimable(book: MoneyBook, account: HsaAccount | None = None) -> tuple[Claimable, ...]:
    """Return what may be claimed, the oldest payment first; of one account what it covers.

    An account covers what was served since it was established; one without that day covers
    nothing for sure.
    """
    return tuple(
        Claimable(each.expense, each.claimable)
        for each in book.standings().values()
        if each.claimable > Money(0) and (account is None or _covers(account, each.expense))
    )


def tieable(book: MoneyBook, account: HsaAccount | None) -> tuple[Claimable, ...]:
    """Return what a withdrawal that was made may have paid for, the oldest payment first.

    What may be claimed; what was paid with the HSA card and is tied to no withdrawal; and, not
    sure, lines of which a test is not decided yet.
    """
    found: list[Claimable] = []
    for each in book.standings().values():
        if account is not None and not _covers(account, each.expense):
            continue
        if each.claimable > Money(0):
            found.append(Claimable(each.expense, each.claimable))
        elif card := _untied(book, each):
            found.append(Claimable(each.expense, card))
        elif each.needs_attention > Money(0):
            found.append(Claimable(each.expense, each.needs_attention, is_sure=False))
    return tuple(found)


def _untied(book: MoneyBook, standing: Standing) -> Money | None:
    """Return what of a line that the HSA card paid no withdrawal is tied to, if there is any."""
    if standing.expense.method != "hsa" or not standing.reimbursed.cents:
        return None
    tied = sum(each.amount.cents for each in book.allocations_of.get(standing.expense.id, ()))
    left = standing.expense.amount.cents - tied
    return Money(left) if left > 0 else None


def _covers(account: HsaAccount, expense: Expense) -> bool:
    opened, served = account.established_on, expense.served_on
    return opened is not None and (served is None or served >= opened)


def receipts_for(
    binder: Binder,
    amount: Money,
    *,
    order: str = "fewest",
    account_id: str | None = None,
    person_id: str | None = None,
) -> tuple[Addition, tuple[Claimable, ...]]:
    """Choose claimable lines that come to an amount, or as near below it as any choice can.

    `order` is one of `adding_up.ORDERS`; `account_id` and `person_id` narrow what may be chosen.
    Nothing is written.

    Raises:
        UserError: the amount cannot be right, or nothing is claimable.
    """
    check_sum(amount, "The amount to add up to")
    book = money_book(binder)
    account = book.account_by_id.get(account_id or "")
    lines = [
        each
        for each in claimable(book, account)
        if not person_id or _is_for(book, each.expense, person_id)
    ]
    if not lines:
        raise UserError(
            "No expense passes all six tests now, so there is nothing to choose from. The ledger "
            "says of each what is missing."
        )
    found = add_up(
        amount,
        [Addend(each.expense.id, each.expense.paid_on, each.amount) for each in lines],
        order,
    )
    keys = set(found.keys)
    return found, tuple(each for each in lines if each.expense.id in keys)


def _is_for(book: MoneyBook, expense: Expense, person_id: str) -> bool:
    patient = book.patient_of(expense)
    return patient is not None and patient.id == person_id
