"""What accounts and the money in and out of them have in common: amounts, days and links."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.domain.calendar_days import spoken
from app.domain.errors import UserError
from app.domain.hsa_account import HsaAccount
from app.domain.money import Money
from app.operations.care_checks import refuse_to_come
from app.storage.unit_of_work import UnitOfWork

FIRST_ACCOUNTS: Final = date(1997, 1, 1)
"""Health savings accounts exist since 2004; the Archer MSAs, whose day a rollover keeps, since
1997: 26 U.S.C. 220 and 223, Publication 969."""

_LARGEST: Final = Money(100_000_000_00)
"""A hundred million dollars: nothing of a household's account is larger."""


def check_sum(amount: Money, what: str) -> Money:
    """Return an amount that can have moved; `what` begins the sentence: “A withdrawal”.

    Raises:
        UserError: it is nothing, less than nothing, or more than can be right.
    """
    if amount <= Money(0):
        raise UserError(f"{what} is more than zero. Enter the amount without a minus sign.")
    if amount > _LARGEST:
        raise UserError(f"{amount} is too much to be right. Please check the amount.")
    return amount


def check_printed(amount: Money | None, what: str) -> None:
    """Refuse an amount that no form can print; a box may be empty or zero."""
    if amount is not None and not Money(0) <= amount <= _LARGEST:
        raise UserError(f"{what} cannot be {amount}. Please check it against the form.")


def check_moved(on: date, today: date, account: HsaAccount | None, what: str) -> date:
    """Return a day on which money can have moved; `what` is such as “the money came out”.

    Raises:
        UserError: it has not come yet, or the account was not there yet, or no more.
    """
    refuse_to_come(on, today, what)
    if on < FIRST_ACCOUNTS:
        raise UserError(
            f"The year {on.year} cannot be right: health savings accounts exist since 2004. "
            f"Check the day on which {what}."
        )
    opened = account.established_on if account else None
    if opened and on < opened:
        raise UserError(
            f"This account was established on {spoken(opened)}, after {spoken(on)}. Check the day "
            f"on which {what}, or choose another account."
        )
    return on


def kept_account(work: UnitOfWork, account_id: str | None) -> HsaAccount | None:
    """Return the account that is meant: the only one there is where none is named.

    Raises:
        UserError: several could be meant, or the one named lies in the trash.
    """
    if account_id:
        account = work.hsa_accounts.get(account_id)
        if account.trashed_at is not None:
            raise UserError("This HSA is in the trash. Take it out of the trash first.")
        return account
    accounts = work.hsa_accounts.where(trashed_at=None)
    if len(accounts) > 1:
        raise UserError(
            "There are several HSAs. Say which one it was.",
            ask=f"Which of these: {', '.join(account_name(each) for each in accounts)}?",
        )
    return accounts[0] if accounts else None


def account_name(account: HsaAccount) -> str:
    """Return what people call an account: its name or custodian, and the end of its number."""
    name = account.name or account.custodian or "HSA"
    return f"{name} …{account.last4}" if account.last4 else name
