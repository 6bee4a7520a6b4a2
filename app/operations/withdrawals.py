"""Money that came out of an account, and what went back as a mistaken distribution."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.errors import UserError
from app.domain.hsa_account import WITHDRAWAL_KINDS, Withdrawal
from app.domain.money import Money
from app.operations.care_checks import check_paper, one_line, one_of, refuse_to_come
from app.operations.hsa_checks import check_moved, check_sum, kept_account
from app.operations.ids import new_id
from app.operations.true_up import settle_true_ups
from app.storage.unit_of_work import UnitOfWork


def add_withdrawal(binder: Binder, on: date, amount: Money, **known: Any) -> Withdrawal:
    """Record money that came out; `known` are further fields of `Withdrawal`.

    Where no account is named it is the only one there is.

    Raises:
        UserError: the amount, the day or the kind cannot be right, or several accounts could be
            meant.
    """
    with binder.operation("Record a withdrawal") as work:
        return new_withdrawal(binder, work, on, amount, **known)


def new_withdrawal(
    binder: Binder, work: UnitOfWork, on: date, amount: Money, **known: Any
) -> Withdrawal:
    """Record money that came out as a part of another step; raises as `add_withdrawal`."""
    withdrawal = Withdrawal(
        id=new_id(), on=on, amount=amount, author_id=binder.author_id, added_at=binder.now(),
        **known,
    )  # fmt: skip
    return work.withdrawals.add(_checked(binder, work, withdrawal))


def change_withdrawal(binder: Binder, withdrawal: Withdrawal) -> Withdrawal:
    """Replace what is known of a withdrawal.

    Raises:
        UserError: as `add_withdrawal`, or it has paid for more than it would be.
    """
    with binder.operation("Change a withdrawal") as work:
        checked = _checked(binder, work, withdrawal)
        _refuse_overdrawn(work, checked)
        changed = work.withdrawals.save(checked)
        settle_true_ups(binder, work)
        return changed


def put_back(binder: Binder, withdrawal_id: str, amount: Money, on: date) -> Withdrawal:
    """Record that money of a withdrawal went back into its account as a mistaken distribution.

    What was put back before is replaced: name the whole of it. Zero says that nothing went back.
    What it paid for stays as it is.

    Raises:
        UserError: it is more than came out, or the day cannot be right.
    """
    with binder.operation("Put back a withdrawal") as work:
        withdrawal = kept_withdrawal(work, withdrawal_id)
        refuse_to_come(on, binder.today(), "the money went back")
        if on < withdrawal.on:
            raise UserError(
                f"The money came out on {spoken(withdrawal.on)} and cannot have gone back before "
                f"that, on {spoken(on)}. Check the two days."
            )
        if amount < Money(0) or amount > withdrawal.amount:
            raise UserError(
                f"This withdrawal was {withdrawal.amount}: no more than that can go back. Enter "
                "the amount that the custodian took back."
            )
        is_back = amount > Money(0)
        changed = work.withdrawals.save(
            replace(
                withdrawal,
                returned=amount if is_back else None,
                returned_on=on if is_back else None,
            )
        )
        settle_true_ups(binder, work)
        return changed


def kept_withdrawal(work: UnitOfWork, withdrawal_id: str) -> Withdrawal:
    """Return a withdrawal.

    Raises:
        UserError: there is none of that id, or it lies in the trash.
    """
    withdrawal = work.withdrawals.get(withdrawal_id)
    if withdrawal.trashed_at is not None:
        raise UserError("This withdrawal is in the trash. Take it out of the trash first.")
    return withdrawal


def _checked(binder: Binder, work: UnitOfWork, given: Withdrawal) -> Withdrawal:
    check_sum(given.amount, "A withdrawal")
    one_of(given.kind, WITHDRAWAL_KINDS, "a kind of withdrawal")
    account = kept_account(work, given.account_id)
    check_moved(given.on, binder.today(), account, "the money came out")
    check_paper(work, given.document_id)
    if given.returned and given.returned > given.amount:
        raise UserError(
            f"{given.returned} of this withdrawal went back, more than {given.amount}. Change what "
            "went back first."
        )
    return replace(
        given,
        account_id=account.id if account else None,
        how=one_line(given.how),
        reference=one_line(given.reference),
    )


def _refuse_overdrawn(work: UnitOfWork, withdrawal: Withdrawal) -> None:
    paid = sum(
        (each.amount for each in work.allocations.where(withdrawal_id=withdrawal.id)), Money()
    )
    if paid > withdrawal.amount:
        raise UserError(
            f"This withdrawal has paid for {paid} of expenses, more than {withdrawal.amount}. "
            "Take some of them off first."
        )
    if paid > Money(0) and withdrawal.kind != "normal":
        raise UserError(
            f"This withdrawal has paid for {paid} of expenses, so it was a normal one. Take them "
            "off first."
        )
