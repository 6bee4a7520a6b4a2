"""What of the money wants a hand now: bills that are due, money to come back, money to hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from app.domain.expense import OWN_METHODS
from app.domain.money import Money
from app.domain.money_finding import MoneyCase

AHEAD: Final = timedelta(days=14)
"""A bill whose day is further away does not press."""

_LIVE: Final = frozenset({"due", "collections", "plan"})


@dataclass(frozen=True, slots=True)
class MoneyMatter:
    """One thing to do about money. `record` is what it is about, as (kind, id).

    `bill`: `amount` is due to `name` by `on`. `refund`: `name` has it to give back. `hold`:
    `count` lines of the claim `record` are paid and under appeal, and nobody decided yet whether
    to wait with the HSA.
    """

    kind: Literal["bill", "refund", "hold"]
    amount: Money
    record: tuple[str, str]
    name: str = ""
    on: date | None = None
    count: int = 1


def money_today(case: MoneyCase) -> tuple[MoneyMatter, ...]:
    """Return what wants a hand: bills by their day, refunds, then money to hold."""
    bills = sorted(_bills(case), key=lambda matter: (matter.on or date.max, matter.record))
    return (*bills, *_refunds(case), *_holds(case))


def _bills(case: MoneyCase) -> Iterator[MoneyMatter]:
    for owing in case.owings:
        if owing.state not in _LIVE or owing.balance <= Money():
            continue
        for bill in owing.matter.live_bills:
            if bill.due_on is not None and bill.due_on <= case.today + AHEAD:
                amount = min(bill.amount, owing.balance)
                name = case.facts.provider_of(bill)
                yield MoneyMatter("bill", amount, ("bill", bill.id), name, bill.due_on)


def _refunds(case: MoneyCase) -> Iterator[MoneyMatter]:
    for account in case.accounts:
        if account.overpaid <= Money():
            continue
        paid = [line for owing in account.owings for line in owing.matter.paid]
        if paid:
            record = ("expense", max(paid, key=lambda line: line.paid_on or date.min).id)
            yield MoneyMatter("refund", account.overpaid, record, account.provider)


def _holds(case: MoneyCase) -> Iterator[MoneyMatter]:
    claimed = {each.expense_id for each in case.facts.allocations}
    held: dict[str, list[Money]] = {}
    for line in case.facts.expenses:
        is_open = line.paid_on is not None and line.method in OWN_METHODS and not line.hold
        if line.claim_id in case.facts.fought_claims and is_open and line.id not in claimed:
            held.setdefault(str(line.claim_id), []).append(line.amount)
    for claim, amounts in held.items():
        yield MoneyMatter("hold", _sum(amounts), ("claim", claim), count=len(amounts))


def _sum(amounts: Iterable[Money]) -> Money:
    return sum(amounts, Money())
