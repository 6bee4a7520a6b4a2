"""HSA money that came back: a task with its day, in the same step as the fact that caused it.

Every operation that changes what was paid, claimed, refunded, explained or won calls
`settle_true_ups` at its end. Nobody else writes entries of the kind `tax`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.due_item import DueItem
from app.domain.expense import Expense
from app.domain.hsa_account import Withdrawal
from app.domain.money import Money
from app.domain.return_days import RETURN_SOURCE
from app.domain.true_up import (
    REFUNDED,
    SHARE_FELL,
    VERIFICATION,
    WON,
    BackFacts,
    TrueUp,
    put_back,
    true_up,
)
from app.operations.ids import new_id
from app.operations.true_up_shares import lines_of_eobs, told_shares
from app.operations.winning import WON as WON_OUTCOMES
from app.storage.repository import Edit
from app.storage.unit_of_work import UnitOfWork

KIND: Final = "tax"

_CAUSES: Final = {
    REFUNDED: "Money came back for something that an HSA had paid.",
    SHARE_FELL: (
        "A newer explanation of benefits says that you owe less than an HSA paid. Ask who was paid "
        "to send the difference back."
    ),
    WON: "The appeal was won after an HSA had paid. Some of it may come back.",
}
_WHAT_TO_DO: Final = (
    "This may be a mistaken distribution. It may be put back by this day, if the HSA's custodian "
    "takes it: ask for its form. Other expenses do not put it right by themselves. What stays out "
    "may be taxable: ask whoever does your taxes."
)
_PUT_BACK: Final = "Put back on"
_DEDUCTED: Final = (
    "{amount} of it was also deducted. Money back on that may be income (Publication 525): ask."
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What should stand in the calendar for a line; `back_on` is the day when all was put back."""

    found: TrueUp
    expense: Expense
    back_on: date | None


def settle_true_ups(binder: Binder, work: UnitOfWork) -> None:
    """Bring the tasks about HSA money that came back in line with what this operation changed.

    A task that the person settled stays so unless its amount is another one now.
    """
    touched = _touched(work)
    if not touched:
        return
    wanted = {each.expense.id: each for each in _wanted(work, touched)}
    items = {
        item.expense_id: item
        for item in work.due_items.among("expense_id", touched | wanted.keys())
        if item.kind == KIND
    }
    for expense_id, item in items.items():
        if expense_id not in wanted and item.is_open:
            work.due_items.remove(item.id)
    for expense_id, each in wanted.items():
        _settle(binder, work, items.get(expense_id), each)


def _settle(binder: Binder, work: UnitOfWork, item: DueItem | None, wanted: _Wanted) -> None:
    words = _words(wanted)
    if item is None:
        if wanted.back_on is None:
            made = DueItem(
                id=new_id(), kind=KIND, author_id=binder.author_id, added_at=binder.now(), **words
            )
            work.due_items.add(made)
        return
    was_put_back = _PUT_BACK in item.note
    if wanted.back_on:
        work.due_items.save(replace(item, **words, done_on=wanted.back_on, waived_on=None))
    elif item.is_open or was_put_back or item.title != words["title"]:
        work.due_items.save(replace(item, **words, done_on=None, waived_on=None))


def _words(wanted: _Wanted) -> dict[str, Any]:
    found, expense = wanted.found, wanted.expense
    about = expense.provider or expense.what or expense.category or "an expense"
    if found.is_amount_known:
        title = f"An HSA paid {found.from_hsa} too much: {about}"
    else:
        title = f"An HSA paid {found.from_hsa}, and some of it may come back: {about}"
    said = [*(_CAUSES[cause] for cause in found.causes), _WHAT_TO_DO]
    if found.deducted > Money(0):
        said.append(_DEDUCTED.format(amount=found.deducted))
    if wanted.back_on:
        said.insert(0, f"{_PUT_BACK} {spoken(wanted.back_on)}.")
    return {
        "title": " ".join(title.split()), "claim_id": expense.claim_id, "expense_id": expense.id,
        "last_day": found.last_day, "rule_on": found.last_day, "basis": "rule",
        "source": RETURN_SOURCE, "verification": VERIFICATION, "note": " ".join(said),
    }  # fmt: skip


# ---------------------------------------------------------------------- what an operation touched


def _touched(work: UnitOfWork) -> set[str]:
    """Return the lines of the ledger that the edits of an operation are about.

    A new line that was not paid with an HSA is claimed by nobody: it is left out, since an import
    brings thousands of them.
    """
    told: defaultdict[str, list[Any]] = defaultdict(list)
    for edit in work.edits:
        told[edit.kind] += _both(edit)
    known = {edit.key for edit in work.edits if edit.kind == "expense" and edit.before is not None}
    found = {each.id for each in told["expense"] if each.id in known or each.method == "hsa"}
    found |= {each.expense_id for each in (*told["refund"], *told["allocation"])}
    withdrawals = {each.id for each in told["withdrawal"]}
    found |= {each.expense_id for each in work.allocations.among("withdrawal_id", withdrawals)}
    claims = {each.claim_id for each in told["denial"]}
    found |= {each.id for each in work.expenses.among("claim_id", claims)}
    eobs = {each.id for each in told["eob"]} | {each.eob_id for each in told["eob_line"]}
    return found | lines_of_eobs(work, work.eobs.among("id", eobs))


def _both(edit: Edit) -> Iterator[Any]:
    """Yield a record as it was and as it is."""
    yield from (each for each in (edit.before, edit.after) if each is not None)


# ---------------------------------------------------------------------- what is out of balance


def _wanted(work: UnitOfWork, touched: Collection[str]) -> Iterator[_Wanted]:
    """Yield what should stand in the calendar for these lines and those that share a withdrawal."""
    ids = _with_neighbours(work, touched)
    facts = tuple(_facts(work, ids))
    found = [(each, out) for each in facts if (out := true_up(each)) and out.from_hsa > Money(0)]
    found.sort(key=lambda pair: (pair[1].known_on, pair[1].expense_id))
    left, back_on = _returned(work, facts)
    for each, out in found:
        needed = out.from_hsa.cents if out.is_amount_known else 0
        days: list[date] = []
        for allocation in each.allocations:
            key = allocation.withdrawal_id
            if key and needed and left.get(key):
                taken = min(needed, left[key], allocation.amount.cents)
                needed, left[key] = needed - taken, left[key] - taken
                days.append(back_on[key])
        done = out.is_amount_known and not needed
        yield _Wanted(out, each.expense, max(days) if done and days else None)


def _with_neighbours(work: UnitOfWork, ids: Collection[str]) -> set[str]:
    named = {each.withdrawal_id for each in work.allocations.among("expense_id", ids)}
    shared = work.allocations.among("withdrawal_id", {each for each in named if each})
    return set(ids) | {each.expense_id for each in shared}


def _facts(work: UnitOfWork, ids: Collection[str]) -> Iterator[BackFacts]:
    expenses = [each for each in work.expenses.among("id", ids) if _is_paid(each)]
    paid = {each.id for each in expenses}
    allocations = work.allocations.among("expense_id", paid)
    named = {each.withdrawal_id for each in allocations if each.withdrawal_id}
    withdrawals = {
        each.id: each for each in work.withdrawals.among("id", named) if each.trashed_at is None
    }
    counted = [
        each
        for each in allocations
        if each.withdrawal_id is None or each.withdrawal_id in withdrawals
    ]
    refunds = work.refunds.among("expense_id", paid)
    claimed = {each.expense_id for each in counted}
    expenses = [each for each in expenses if each.id in claimed or each.method == "hsa"]
    won = _won(work, {each.claim_id for each in expenses if each.claim_id})
    told = told_shares(work, expenses)
    for expense in expenses:
        of_line = tuple(each for each in counted if each.expense_id == expense.id)
        share = told.get(expense.id)
        yield BackFacts(
            expense=expense,
            allocations=of_line,
            withdrawals=tuple(_named(withdrawals, (each.withdrawal_id for each in of_line))),
            refunds=tuple(each for each in refunds if each.expense_id == expense.id),
            share=share.share if share else None,
            share_on=share.on if share else None,
            won_on=won.get(expense.claim_id or ""),
        )


def _is_paid(expense: Expense) -> bool:
    return expense.paid_on is not None and expense.trashed_at is None


def _named(withdrawals: dict[str, Withdrawal], keys: Iterable[str | None]) -> Iterator[Withdrawal]:
    yield from (withdrawals[key] for key in dict.fromkeys(keys) if key)


def _won(work: UnitOfWork, claims: Collection[str]) -> dict[str, date]:
    """Return the day of the newest win of each claim that has one."""
    found: dict[str, date] = {}
    for denial in work.denials.among("claim_id", claims):
        if denial.outcome in WON_OUTCOMES and denial.answered_on:
            known = found.get(denial.claim_id, denial.answered_on)
            found[denial.claim_id] = max(known, denial.answered_on)
    return found


def _returned(
    work: UnitOfWork, facts: Iterable[BackFacts]
) -> tuple[dict[str, int], dict[str, date]]:
    """Return the cents that each withdrawal got back although they are allocated, and when."""
    left: dict[str, int] = {}
    on: dict[str, date] = {}
    for withdrawal in {each.id: each for one in facts for each in one.withdrawals}.values():
        if withdrawal.returned:
            of_it = work.allocations.where(withdrawal_id=withdrawal.id)
            left[withdrawal.id] = put_back(withdrawal, of_it)
            on[withdrawal.id] = withdrawal.returned_on or withdrawal.on
    return left, on
