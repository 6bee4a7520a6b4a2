"""Money that came back after an HSA had paid it: how much, since when known, until when to act.

Sources: 26 U.S.C. 223(d)(2)(A) (only what nobody else paid); Notice 2004-50, Q&A-37, and the
instructions for recipients of Form 1099-SA (a mistaken distribution may be put back until April 15
of the year after the first year in which one knew or should have known of it, if the custodian
takes it); Publication 525 (money back on what was deducted in an earlier year).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.allocation import Allocation
from app.domain.expense import Expense
from app.domain.hsa_account import Withdrawal
from app.domain.money import Money
from app.domain.refund import Refund
from app.domain.return_days import return_by

VERIFICATION: Final = "P"
"""An official text was read (`domain.verification`)."""
RECOVERY_SOURCE: Final = "Publication 525, recoveries"

REFUNDED, SHARE_FELL, WON = "refunded", "share_fell", "won"


@dataclass(frozen=True, kw_only=True, slots=True)
class BackFacts:
    """What is known of one line of the ledger when money may have come back.

    `share` is what the newest explanation leaves of the line to the patient, with what the
    provider gave back already (see `app.domain.owed.shares_of`), `share_on` the day of that
    explanation. `won_on` is the day on which an appeal about it was won.
    `refunds` and `allocations` are those of the line, `withdrawals` those that its allocations
    name.
    """

    expense: Expense
    allocations: tuple[Allocation, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    refunds: tuple[Refund, ...] = ()
    share: Money | None = None
    share_on: date | None = None
    won_on: date | None = None


@dataclass(frozen=True, slots=True)
class TrueUp:
    """What is out of balance on one line.

    `from_hsa` are the cents that the HSA paid too much, `deducted` those that were deducted and
    came back. Where an appeal was won and nobody knows yet how much will come back, both are what
    is claimed at most, and `is_amount_known` is False. `known_on` is the first day on which the
    person knew; `causes` say from what.
    """

    expense_id: str
    from_hsa: Money
    deducted: Money
    known_on: date
    is_amount_known: bool
    causes: tuple[str, ...]

    @property
    def last_day(self) -> date:
        """The last day to put a mistaken distribution back."""
        return return_by(self.known_on)


def true_up(facts: BackFacts) -> TrueUp | None:
    """Return what is out of balance on a line, or None where nothing is.

    An explanation that was here before the money was claimed changes nothing by itself: that was
    a choice, not news. A refund counts whenever it came.
    """
    hsa, deducted = _claimed(facts, "hsa"), _claimed(facts, "deducted")
    first_claim = _first_claim(facts)
    if not hsa + deducted:
        return None
    causes: dict[str, date] = {}
    kept = facts.expense.amount.cents
    if refunded := _refunded_on(facts, kept, _all_claimed(facts)):
        causes[REFUNDED] = refunded
    kept -= sum(refund.amount.cents for refund in facts.refunds)
    share_is_news = _is_news(facts.share_on, first_claim)
    if facts.share is not None and facts.share_on and share_is_news:
        owed = facts.share.cents - _given_back(facts)
        if _all_claimed(facts) > owed and owed < kept:
            causes[SHARE_FELL] = facts.share_on
        kept = min(kept, owed)
    over = max(0, _all_claimed(facts) - max(kept, 0))
    if over and causes:
        from_hsa = min(hsa, over)
        back = Money(from_hsa), Money(min(deducted, over - from_hsa))
        is_amount_known = True
    elif facts.won_on and _is_news(facts.won_on, first_claim) and not _is_told(facts):
        causes[WON] = facts.won_on
        back = Money(hsa), Money(deducted)
        is_amount_known = False
    else:
        return None
    known_on = min(causes.values())
    known_on = max(known_on, first_claim) if first_claim else known_on
    return TrueUp(facts.expense.id, *back, known_on, is_amount_known, tuple(sorted(causes)))


def put_back(withdrawal: Withdrawal, allocated: Iterable[Allocation]) -> int:
    """Return the cents that went back into the account although they are allocated."""
    returned = withdrawal.returned.cents if withdrawal.returned else 0
    spent = sum(each.amount.cents for each in allocated)
    return max(0, spent - (withdrawal.amount.cents - returned))


def _claimed(facts: BackFacts, payer: str) -> int:
    if payer == "hsa" and facts.expense.method == "hsa" and facts.expense.paid_on:
        return facts.expense.amount.cents
    return sum(each.amount.cents for each in facts.allocations if each.payer == payer)


def _all_claimed(facts: BackFacts) -> int:
    if facts.expense.method == "hsa":
        return _claimed(facts, "hsa")
    return sum(each.amount.cents for each in facts.allocations)


def _given_back(facts: BackFacts) -> int:
    return sum(each.amount.cents for each in facts.refunds if each.giver == "provider")


def _first_claim(facts: BackFacts) -> date | None:
    """Return the first day on which money was claimed, or None where no day is known."""
    if facts.expense.method == "hsa":
        return facts.expense.paid_on
    days = {each.id: each.on for each in facts.withdrawals}
    found = [_day_of(each, days.get(each.withdrawal_id or "")) for each in facts.allocations]
    return min(filter(None, found), default=None)


def _day_of(allocation: Allocation, withdrawn_on: date | None) -> date | None:
    if allocation.payer == "deducted" and allocation.tax_year and not allocation.on:
        return date(allocation.tax_year, 12, 31)
    return withdrawn_on or allocation.on


def _is_news(on: date | None, first_claim: date | None) -> bool:
    return bool(on and (first_claim is None or first_claim <= on))


def _is_told(facts: BackFacts) -> bool:
    """Whether an explanation newer than the win says what the patient owes."""
    has_share = facts.share is not None and facts.share_on is not None
    return bool(has_share and facts.won_on and facts.share_on and facts.share_on >= facts.won_on)


def _refunded_on(facts: BackFacts, paid: int, claimed: int) -> date | None:
    """Return the day of the refund from which on more was claimed than was left."""
    left = paid
    for refund in sorted(facts.refunds, key=lambda each: (each.came_on, each.id)):
        left -= refund.amount.cents
        if claimed > left:
            return refund.came_on
    return None
