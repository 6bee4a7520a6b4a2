"""Medical expenses paid in a year, for everybody: what of them no plan, account or program paid.

By the date paid (26 U.S.C. 213(a); a credit card counts on the day it was charged). The flag for
the itemized deduction (Schedule A) is that of the category; what is above 7.5 % of the income, and
whether deducting is worth it, is for the return.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.domain.eligible_person import eligible_person
from app.domain.expense import Expense
from app.domain.line_facts import NOTHING, LineFacts, Outcome, TestState
from app.domain.medical_care import Care, medical_care
from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.domain.money_tests import actually_paid

_EMPLOYER: Final = frozenset({"fsa", "hra"})


@dataclass(frozen=True, kw_only=True, slots=True)
class MedicalExpense:
    """One paid line: `paid` less what others paid is `own`, which is parted into three.

    `counts` may go on Schedule A, `asks` waits for an answer or a paper, `not_counted` may not.
    `later` is what came back or was claimed after the year of payment, included in the others: it
    may be income of that later year (Publication 525). `over` is what was claimed or came back
    beyond the amount itself.
    """

    expense: Expense
    paid: Money
    hsa: Money = NOTHING
    employer: Money = NOTHING
    assistance: Money = NOTHING
    back: Money = NOTHING
    own: Money = NOTHING
    counts: Money = NOTHING
    asks: Money = NOTHING
    not_counted: Money = NOTHING
    later: Money = NOTHING
    over: Money = NOTHING
    tests: tuple[TestState, ...] = ()


def medical_expenses(book: MoneyBook, year: int) -> tuple[MedicalExpense, ...]:
    """Return the lines paid in a year, in the order of the ledger."""
    return tuple(
        medical_expense(book.facts(expense.id), book)
        for expense in book.expenses
        if expense.paid_on is not None and expense.paid_on.year == year
    )


def medical_expense(facts: LineFacts, book: MoneyBook) -> MedicalExpense:
    """Divide one paid line: by who paid, and by whether the rest may be deducted."""
    amount = facts.expense.amount
    others = _others(facts)
    taken, left = dict[str, Money](), amount.cents
    for name, cents in others.items():
        part = min(cents, max(0, left))
        taken[name] = Money(part)
        left -= part
    care = medical_care(facts, book.rules, "schedule_a")
    tests = (care.state, eligible_person(facts), _known_payer(facts), actually_paid(facts))
    counts, asks = _parted(left, care, tests)
    return MedicalExpense(
        expense=facts.expense,
        paid=amount,
        own=Money(left),
        counts=Money(counts),
        asks=Money(asks),
        not_counted=Money(left - counts - asks),
        later=_later(facts),
        over=Money(max(0, sum(others.values()) - max(0, amount.cents))),
        tests=tests,
        **taken,
    )


def _others(facts: LineFacts) -> dict[str, int]:
    """Return the cents that others paid or gave back, by column."""
    amount, method = facts.expense.amount.cents, facts.expense.method
    if method in _EMPLOYER:
        return {"employer": amount, "back": _back(facts)}
    if method == "assistance":
        return {"assistance": amount, "back": _back(facts)}
    hsa = amount if method == "hsa" else _claimed(facts, {"hsa"})
    return {"hsa": hsa, "employer": _claimed(facts, _EMPLOYER), "back": _back(facts)}


def _back(facts: LineFacts) -> int:
    return sum(refund.amount.cents for refund in facts.refunds)


def _claimed(facts: LineFacts, payers: Iterable[str]) -> int:
    return sum(each.amount.cents for each in facts.allocations if each.payer in payers)


def _known_payer(facts: LineFacts) -> TestState:
    """Return whether it is known that the household paid."""
    source = "26 U.S.C. 213(a)"
    if facts.expense.method == "other":
        text = "Somebody else paid it, and it is not known who. Say how it was paid."
        return TestState(4, Outcome.UNKNOWN, text, source, cause="unknown_payer")
    return TestState(4, Outcome.PASS, "What others paid is taken off.", source)


def _parted(left: int, care: Care, tests: tuple[TestState, ...]) -> tuple[int, int]:
    """Return the cents that count and those that wait."""
    if left <= 0:
        return 0, min(left, 0)
    if any(test.state is Outcome.FAIL for test in tests):
        return 0, 0
    most = left if care.most is None else min(left, care.most.cents)
    if any(test.state is Outcome.UNKNOWN for test in tests):
        return 0, most
    sure = most if care.sure is None else min(most, care.sure.cents)
    return sure, most - sure


def _later(facts: LineFacts) -> Money:
    paid = facts.expense.paid_on
    if paid is None:
        return NOTHING
    came = sum(each.amount.cents for each in facts.refunds if each.came_on.year > paid.year)
    claimed = sum(
        each.amount.cents
        for each in facts.allocations
        if each.payer != "deducted" and each.on is not None and each.on.year > paid.year
    )
    return Money(came + claimed)
