"""How each cent of a line stands: claimable, open, not claimable, or reimbursed already.

Six tests must pass: medical care, an eligible person, care after the account was established,
nobody else paid, not deducted, really paid. 26 U.S.C. 213(d) and 223(d)(2)(A), Notice 2004-2
Q&A-26, Form 8889 instructions line 15, Publication 969. Nothing here is tax advice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from app.domain.care_limits import shared_limit
from app.domain.eligible_person import eligible_person
from app.domain.expense import Expense
from app.domain.line_facts import NOTHING, LineFacts, Outcome, TestState
from app.domain.medical_care import Care, medical_care
from app.domain.money import Money
from app.domain.money_tests import (
    actually_paid,
    after_established,
    held_back,
    nobody_else_paid,
    not_deducted,
    reimbursed_cents,
    taken_by_others,
)
from app.domain.tax_book import TaxBook

__all__ = ["LineFacts", "Outcome", "Standing", "TestState", "stand", "stand_all"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How a line stands. The first four amounts add up to its amount once it is paid.

    The next three divide what was reimbursed: `over` had been paid back, by others, or deducted;
    `unqualified` fails another test; of `unproved` a test is still open. The rest is in order.
    `used` is what earlier lines took of a limit that this one shares.
    """

    expense: Expense
    tests: tuple[TestState, ...]
    claimable: Money = NOTHING
    needs_attention: Money = NOTHING
    not_claimable: Money = NOTHING
    reimbursed: Money = NOTHING
    over: Money = NOTHING
    unqualified: Money = NOTHING
    unproved: Money = NOTHING
    used: Money = NOTHING

    @property
    def reimbursed_well(self) -> Money:
        """What was reimbursed and passes all six tests: Form 8889, line 15."""
        wrong = self.over.cents + self.unqualified.cents + self.unproved.cents
        return Money(max(0, self.reimbursed.cents - wrong))

    @property
    def counted(self) -> int:
        """The cents that count, or may count, whoever has them by now."""
        wrong = self.over.cents + self.unqualified.cents
        return self.claimable.cents + self.needs_attention.cents + self.reimbursed.cents - wrong

    @property
    def failed(self) -> tuple[TestState, ...]:
        """The tests that the line, or some cents of it, fail, in order."""
        return tuple(test for test in self.tests if test.fails)

    @property
    def open(self) -> tuple[TestState, ...]:
        """The tests that are not decided yet for the line or some cents of it, in order."""
        return tuple(test for test in self.tests if test.waits)


def stand(facts: LineFacts, book: TaxBook) -> Standing:
    """Apply the six tests to a line and divide its cents by their outcome."""
    care = medical_care(facts, book)
    tests = (
        care.state,
        eligible_person(facts),
        after_established(facts),
        nobody_else_paid(facts),
        not_deducted(facts),
        actually_paid(facts),
    )
    if facts.expense.paid_on is None:
        return Standing(expense=facts.expense, tests=tests)
    if facts.expense.amount.cents <= 0:
        return Standing(expense=facts.expense, tests=tests, needs_attention=facts.expense.amount)
    return _divided(facts, care, tests)


def stand_all(lines: Iterable[LineFacts], book: TaxBook) -> dict[str, Standing]:
    """Return how each line stands, by its id and in the given order.

    Lines that share a limit (the premiums of one person in a year, the fees of one month) use it
    up in the order in which they were paid, whatever the order they are given in.
    """
    standings: dict[str, Standing] = {}
    sharing: defaultdict[tuple[str, ...], list[LineFacts]] = defaultdict(list)
    for facts in lines:
        standings[facts.expense.id] = stand(facts, book)
        if key := shared_limit(facts, book):
            sharing[key].append(facts)
    for group in sharing.values():
        used = 0
        for facts in sorted(group, key=_by_payment):
            standing = stand(replace(facts, used=Money(used)), book)
            standings[facts.expense.id] = standing
            used += standing.counted
    return standings


def _by_payment(facts: LineFacts) -> tuple[date, str]:
    return facts.expense.paid_on or date.max, facts.expense.id


def _divided(facts: LineFacts, care: Care, tests: tuple[TestState, ...]) -> Standing:
    """Divide the cents of a paid line.

    What others paid or took is gone first, then what fails or is above a limit. Of the rest, what
    was reimbursed is taken from the cents in order, and only then from those in doubt.
    """
    amount = facts.expense.amount.cents
    left = amount - min(amount, taken_by_others(facts))
    states = [test.state for test in tests]
    counts = 0 if Outcome.FAIL in states else left
    if care.most is not None:
        counts = min(counts, care.most.cents)
    doubtful = counts if Outcome.UNKNOWN in states else _doubtful(facts, care, counts)
    sound = counts - doubtful
    asked = reimbursed_cents(facts)
    reimbursed = min(asked, amount)
    over = max(0, reimbursed - left)
    well = min(reimbursed - over, sound)
    unproved = min(reimbursed - over - well, doubtful)
    claimable, attention = sound - well, doubtful - unproved
    return Standing(
        expense=facts.expense,
        tests=tests,
        claimable=Money(claimable),
        needs_attention=Money(attention),
        not_claimable=Money(amount - reimbursed - claimable - attention),
        reimbursed=Money(reimbursed),
        over=Money(over),
        unqualified=Money(reimbursed - over - well - unproved),
        unproved=Money(unproved),
        used=facts.used,
    )


def _doubtful(facts: LineFacts, care: Care, counts: int) -> int:
    """Return the cents that wait, or are above what counts for sure or the patient's share."""
    held = held_back(facts)
    if care.sure is None and facts.share is None:
        return min(counts, held)
    above_sure = counts - care.sure.cents if care.sure is not None else 0
    refunded = sum(refund.amount.cents for refund in facts.refunds)
    paid = facts.expense.amount.cents - refunded
    above_share = paid - facts.share.cents if facts.share is not None else 0
    return min(counts, max(held, above_sure, above_share))
