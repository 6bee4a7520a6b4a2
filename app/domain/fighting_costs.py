"""What a household paid for the care of a claim while it was fought over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.calendar_days import spoken
from app.domain.expense import OWN_METHODS, Expense
from app.domain.money import Money
from app.domain.refund import Refund

HOUSEHOLD_METHODS: Final = (*OWN_METHODS, "hsa", "fsa")
"""Ways to pay with money of the household; an account of one's own is one's own money too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CostRow:
    """One payment. `out_of_pocket` is what it cost the household in the end, never below zero."""

    expense_id: str
    paid_on: date
    served_on: date | None
    provider: str
    what: str
    method: str
    paid: Money
    came_back: Money
    document_id: str | None = None

    @property
    def is_own(self) -> bool:
        """Whether the household's own money paid it."""
        return self.method in HOUSEHOLD_METHODS

    @property
    def out_of_pocket(self) -> Money:
        """What stayed with the household."""
        return max(self.paid - self.came_back, Money()) if self.is_own else Money()


@dataclass(frozen=True, kw_only=True, slots=True)
class FightingCosts:
    """The payments between the first “no” and the answer, the oldest first.

    `until_on` is None while the fight goes on. `ask` is the question whose answer is missing: then
    every payment for the claim is counted.
    """

    claim_id: str
    from_on: date | None
    until_on: date | None
    rows: tuple[CostRow, ...]
    ask: str | None = None

    @property
    def paid(self) -> Money:
        """What the household paid."""
        return _sum(row.paid for row in self.rows if row.is_own)

    @property
    def came_back(self) -> Money:
        """What came back of it."""
        return self.paid - self.out_of_pocket

    @property
    def out_of_pocket(self) -> Money:
        """What stayed with the household."""
        return _sum(row.out_of_pocket for row in self.rows)

    @property
    def by_others(self) -> Money:
        """What employers and programs paid meanwhile."""
        return _sum(row.paid for row in self.rows if not row.is_own)

    @property
    def sentence(self) -> str:
        """All of it in one sentence."""
        if not self.rows:
            return "No payment is written down for this time."
        since = f" since {spoken(self.from_on)}" if self.from_on else ""
        if self.from_on and self.until_on:
            since = f" from {spoken(self.from_on)} to {spoken(self.until_on)}"
        count = sum(1 for row in self.rows if row.is_own)
        payments = "1 payment" if count == 1 else f"{count:,} payments"
        back = f", after {self.came_back} came back" if self.came_back > Money() else ""
        return f"{self.out_of_pocket} out of pocket{since}, in {payments}{back}."


_ASK_FIRST: Final = "On which day did they first say no? Add the date of the denial."


def fighting_costs(
    claim_id: str,
    expenses: Iterable[Expense],
    refunds: Iterable[Refund],
    *,
    from_on: date | None,
    until_on: date | None,
) -> FightingCosts:
    """Return the payments of a claim from the first “no” to its answer.

    A payment counts by the day it was made. Money that came back later counts too: it is what
    the fight cost in the end.
    """
    back: dict[str, int] = {}
    for refund in refunds:
        back[refund.expense_id] = back.get(refund.expense_id, 0) + refund.amount.cents
    rows = [
        CostRow(
            expense_id=each.id, paid_on=each.paid_on, served_on=each.served_on,
            provider=each.provider, what=each.what or each.category, method=each.method,
            paid=each.amount, came_back=Money(back.get(each.id, 0)),
            document_id=each.document_id,
        )
        for each in expenses
        if each.paid_on and _within(each.paid_on, from_on, until_on)
    ]  # fmt: skip
    rows.sort(key=lambda row: (row.paid_on, row.provider, row.expense_id))
    return FightingCosts(
        claim_id=claim_id, from_on=from_on, until_on=until_on, rows=tuple(rows),
        ask=None if from_on else _ASK_FIRST,
    )  # fmt: skip


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _sum(amounts: Iterable[Money]) -> Money:
    return sum(amounts, Money())
