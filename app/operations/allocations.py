"""Who paid for which cent: a withdrawal, an FSA, an HRA, or the deduction on a return.

Whole lines and parts of them, several withdrawals for one line and several lines for one
withdrawal. What the database would refuse is refused before, in plain words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.binder import Binder
from app.domain.allocation import PAYERS, Allocation
from app.domain.calendar_days import spoken
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.hsa_account import Withdrawal
from app.domain.money import Money
from app.operations.care_checks import one_of, refuse_to_come
from app.operations.expense_checks import kept_line
from app.operations.hsa_checks import check_sum
from app.operations.ids import new_id
from app.operations.true_up import settle_true_ups
from app.operations.withdrawals import kept_withdrawal, new_withdrawal
from app.storage.unit_of_work import UnitOfWork

_NAMES: Final = {"fsa": "the FSA", "hra": "the HRA", "assistance": "a program"}
_KINDS: Final = {
    "rollover": "This withdrawal went to another account, so it paid for no expense.",
    "excess": "This withdrawal took back excess contributions, so it paid for no expense.",
}

Part = tuple[str, Money | None]
"""A line of the ledger and how much of it; None is all that nobody has claimed yet."""


@dataclass(frozen=True, slots=True)
class Allocated:
    """The parts as they are stored now, and what is left of the withdrawal."""

    allocations: tuple[Allocation, ...]
    left: Money


def pay_from(binder: Binder, withdrawal_id: str, parts: Sequence[Part]) -> Allocated:
    """Say what a withdrawal paid for. A line that it paid before is paid that much more by it.

    Raises:
        UserError: a line is unpaid, was another payer's money, was served before the account was
            established, or is claimed already; or more is asked than is left of the withdrawal.
    """
    _refuse_nothing(parts)
    with binder.operation("Allocate a withdrawal") as work:
        paid = _pay(binder, work, kept_withdrawal(work, withdrawal_id), parts)
        settle_true_ups(binder, work)
        return paid


def draw_for(
    binder: Binder, on: date, parts: Sequence[Part], *, amount: Money | None = None, **known: Any
) -> Allocated:
    """Record a withdrawal together with what it paid for; `known` are fields of `Withdrawal`.

    Where no amount is said it is what the lines come to.

    Raises:
        UserError: as `pay_from` and `withdrawals.add_withdrawal`.
    """
    _refuse_nothing(parts)
    with binder.operation("Claim receipts") as work:
        asked = [_asked(work, "hsa", part) for part in parts]
        wanted = sum((each for _, each in asked), Money())
        withdrawal = new_withdrawal(binder, work, on, amount or wanted, **known)
        paid = _pay(binder, work, withdrawal, parts)
        settle_true_ups(binder, work)
        return paid


def _pay(
    binder: Binder, work: UnitOfWork, withdrawal: Withdrawal, parts: Sequence[Part]
) -> Allocated:
    if withdrawal.kind in _KINDS:
        raise UserError(f"{_KINDS[withdrawal.kind]} Choose another withdrawal.")
    asked = [_asked(work, "hsa", part) for part in parts]
    for line, _ in asked:
        _refuse_before_account(work, withdrawal, line)
    left = left_of(withdrawal, _paid_now(work, withdrawal))
    _refuse_more_than_left(asked, left)
    tied = {"on": withdrawal.on, "withdrawal_id": withdrawal.id}
    made = [_claim(work, _part(binder, line, amount, "hsa", **tied)) for line, amount in asked]
    return Allocated(tuple(made), left - sum((amount for _, amount in asked), Money()))


def claim_elsewhere(
    binder: Binder,
    payer: str,
    parts: Sequence[Part],
    *,
    on: date | None = None,
    tax_year: int | None = None,
) -> tuple[Allocation, ...]:
    """Say that an FSA or an HRA paid for lines afterwards, or that they were deducted.

    What is deducted and names no year stands on the return of the year in which it was paid.

    Raises:
        UserError: as `pay_from`, or the day or the year cannot be right.
    """
    _refuse_nothing(parts)
    one_of(payer, PAYERS, "a payer")
    if payer == "hsa":
        raise UserError("Say which withdrawal of the HSA paid it.")
    refuse_to_come(on, binder.today(), "it was claimed")
    with binder.operation("Allocate expenses") as work:
        made: list[Allocation] = []
        for line, amount in [_asked(work, payer, part) for part in parts]:
            year = _year(line, tax_year) if payer == "deducted" else None
            made.append(_claim(work, _part(binder, line, amount, payer, on=on, tax_year=year)))
        settle_true_ups(binder, work)
        return tuple(made)


def change_allocation(binder: Binder, allocation_id: str, amount: Money) -> Allocation:
    """Change how much of a line was claimed.

    Raises:
        UserError: more is asked than was paid, or than is left of the withdrawal.
    """
    with binder.operation("Change an allocation") as work:
        before = work.allocations.get(allocation_id)
        more = amount - before.amount
        check_sum(amount, "What is claimed")
        if more > Money(0):
            line, _ = _asked(work, before.payer, (before.expense_id, more))
            if before.withdrawal_id:
                withdrawal = kept_withdrawal(work, before.withdrawal_id)
                paid = work.allocations.where(withdrawal_id=withdrawal.id)
                _refuse_more_than_left([(line, more)], left_of(withdrawal, paid))
        changed = work.allocations.save(replace(before, amount=amount))
        settle_true_ups(binder, work)
        return changed


def remove_allocations(binder: Binder, ids: Sequence[str]) -> None:
    """Say that nobody was asked for these parts; undo brings them back."""
    if not ids:
        raise UserError("Choose something first.")
    many = "an allocation" if len(ids) == 1 else f"{len(ids)} allocations"
    with binder.operation(f"Take off {many}") as work:
        for key in ids:
            work.allocations.remove(key)
        settle_true_ups(binder, work)


def left_of(withdrawal: Withdrawal, allocated: Sequence[Allocation]) -> Money:
    """Return what no expense explains of a withdrawal, less what went back."""
    spent = sum(each.amount.cents for each in allocated)
    back = withdrawal.returned.cents if withdrawal.returned else 0
    return Money(max(0, withdrawal.amount.cents - back - spent))


def _refuse_nothing(parts: Sequence[Part]) -> None:
    if not parts:
        raise UserError("Choose the expenses first.")
    if len({key for key, _ in parts}) < len(parts):
        raise UserError("An expense is named twice. Name each once, with the whole of its amount.")


def _asked(work: UnitOfWork, payer: str, part: Part) -> tuple[Expense, Money]:
    """Return a line and how much of it is claimed now.

    Raises:
        UserError: it cannot be claimed at all, or not that much of it.
    """
    line = kept_line(work, part[0])
    _refuse_other_money(line, payer)
    _free_from_trash(work, line)
    allocations = work.allocations.where(expense_id=line.id)
    claimed = sum((each.amount for each in allocations), Money())
    back = sum((each.amount for each in work.refunds.where(expense_id=line.id)), Money())
    left = line.amount - claimed - back
    amount = part[1] if part[1] is not None else left
    if left <= Money(0) or amount > left:
        raise UserError(_claimed_sentence(line, claimed, back, max(left, Money())))
    return line, check_sum(amount, "What is claimed")


def _free_from_trash(work: UnitOfWork, line: Expense) -> None:
    """Let go of what withdrawals in the trash had paid: they pay for nothing, but hold the cents.

    A withdrawal that is taken out of the trash later does not explain this line any more.
    """
    for each in work.allocations.where(expense_id=line.id):
        withdrawal = work.withdrawals.find(each.withdrawal_id)
        if withdrawal and withdrawal.trashed_at is not None:
            work.allocations.remove(each.id)


def _paid_now(work: UnitOfWork, withdrawal: Withdrawal) -> tuple[Allocation, ...]:
    """Return what a withdrawal paid for; lines in the trash hold nothing of it any more."""
    paid = work.allocations.where(withdrawal_id=withdrawal.id)
    lines = work.expenses.among("id", {each.expense_id for each in paid})
    gone = {line.id for line in lines if line.trashed_at is not None}
    for each in paid:
        if each.expense_id in gone:
            work.allocations.remove(each.id)
    return tuple(each for each in paid if each.expense_id not in gone)


def _refuse_other_money(line: Expense, payer: str) -> None:
    if line.paid_on is None:
        raise UserError(
            f"{_called(line)} is not paid yet. Only what was paid can be claimed: enter the "
            "payment first."
        )
    if line.method in _NAMES:
        raise UserError(
            f"{_called(line)} was paid by {_NAMES[line.method]}, so nothing of it is left to "
            "claim. If that is wrong, change how it was paid."
        )
    if line.method == "hsa" and payer != "hsa":
        raise UserError(
            f"{_called(line)} was paid with the HSA card, so nobody else can be asked for it. If "
            "that is wrong, change how it was paid."
        )


def _claimed_sentence(line: Expense, claimed: Money, back: Money, left: Money) -> str:
    said = [f"{claimed} is claimed already"] if claimed > Money(0) else []
    said += [f"{back} came back"] if back > Money(0) else []
    taken = f" {' and '.join(said)}." if said else ""
    if left == Money(0):
        return (
            f"Nothing of the expense {_about(line)} is left to claim.{taken} Each cent is claimed "
            "once."
        )
    return f"At most {left} of the expense {_about(line)} can still be claimed.{taken}"


def _refuse_before_account(work: UnitOfWork, withdrawal: Withdrawal, line: Expense) -> None:
    account = work.hsa_accounts.find(withdrawal.account_id)
    opened = account.established_on if account else None
    if opened and line.served_on and line.served_on < opened:
        raise UserError(
            f"{_called(line)} is for care on {spoken(line.served_on)}. This HSA was established "
            f"after that, on {spoken(opened)}, and cannot pay for it. Check the two days, or "
            "choose another account."
        )


def _refuse_more_than_left(asked: Sequence[tuple[Expense, Money]], left: Money) -> None:
    wanted = sum((amount for _, amount in asked), Money())
    if wanted <= left:
        return
    if left == Money(0):
        raise UserError("Nothing is left of this withdrawal. Choose another one.")
    raise UserError(
        f"{left} is left of this withdrawal, and {wanted} is asked for. Choose fewer expenses, or "
        "a part of one by its amount."
    )


def _claim(work: UnitOfWork, part: Allocation) -> Allocation:
    """Store a part; what the same payer had claimed of the line in the same way grows by it."""
    for same in work.allocations.where(expense_id=part.expense_id, payer=part.payer):
        if (same.withdrawal_id, same.tax_year) == (part.withdrawal_id, part.tax_year):
            return work.allocations.save(replace(same, amount=same.amount + part.amount))
    return work.allocations.add(part)


def _part(binder: Binder, line: Expense, amount: Money, payer: str, **known: Any) -> Allocation:
    return Allocation(
        id=new_id(), expense_id=line.id, payer=payer, amount=amount, author_id=binder.author_id,
        added_at=binder.now(), **known,
    )  # fmt: skip


def _year(line: Expense, tax_year: int | None) -> int:
    """Return the year of the return: medical expenses are deducted in the year they are paid."""
    assert line.paid_on is not None
    if tax_year is not None and tax_year != line.paid_on.year:
        raise UserError(
            f"{_called(line)} was paid in {line.paid_on.year}. What is deducted stands on the "
            f"return of that year, not of {tax_year}. Please check the year."
        )
    return line.paid_on.year


def _called(line: Expense) -> str:
    return f"The expense {_about(line)}"


def _about(line: Expense) -> str:
    about = line.provider or line.what
    return f"{line.amount}{f' ({about})' if about else ''}"
