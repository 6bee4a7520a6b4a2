"""What a household and others paid, by month or by year, and by who paid it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.eob_versions import versions_of
from app.domain.expense import OWN_METHODS
from app.domain.money import Money
from app.domain.money_book import MoneyBook

OWN, HSA, EMPLOYER, HELP, OTHER, PLAN = PAYERS = (
    "own", "hsa", "employer", "help", "other", "plan",
)  # fmt: skip
"""One's own money, the HSA card, an FSA or HRA, an assistance program, somebody else, the plan."""

_OF_METHOD: Final[Mapping[str, str]] = {
    **dict.fromkeys(OWN_METHODS, OWN),
    "hsa": HSA,
    "fsa": EMPLOYER,
    "hra": EMPLOYER,
    "assistance": HELP,
}


@dataclass(frozen=True, slots=True)
class PaidRow:
    """What was paid in one month or year, by `PAYERS`; `back` is what came back in it."""

    period: int
    parts: tuple[Money, ...]
    back: Money

    @property
    def total(self) -> Money:
        """What all payers paid together."""
        return sum(self.parts, Money())


def paid_by_month(book: MoneyBook, year: int) -> tuple[PaidRow, ...]:
    """Return the twelve months of a year, by the day on which money moved."""
    return _rows(book, lambda day: day.month if day.year == year else None, range(1, 13))


def paid_by_year(book: MoneyBook) -> tuple[PaidRow, ...]:
    """Return every year from the first payment to the last one, without a gap."""
    years = [day.year for day, _payer, _cents in _moves(book)]
    return _rows(book, lambda day: day.year, range(min(years), max(years) + 1)) if years else ()


def _rows(
    book: MoneyBook, period_of: Callable[[date], int | None], periods: range
) -> tuple[PaidRow, ...]:
    paid: defaultdict[tuple[int | None, str], int] = defaultdict(int)
    back: defaultdict[int | None, int] = defaultdict(int)
    for day, payer, cents in _moves(book):
        paid[period_of(day), payer] += cents
    for refund in book.refunds:
        back[period_of(refund.came_on)] += refund.amount.cents
    return tuple(
        PaidRow(
            period,
            tuple(Money(paid[period, payer]) for payer in PAYERS),
            Money(back[period]),
        )
        for period in periods
    )


def _moves(book: MoneyBook) -> Iterator[tuple[date, str, int]]:
    """Yield the day, the payer and the cents of each payment.

    What the plan paid is that of the newest version of each explanation, on the day on which it
    was processed.
    """
    for expense in book.expenses:
        if expense.paid_on is not None:
            payer = _OF_METHOD.get(expense.method, OTHER)
            yield expense.paid_on, payer, expense.amount.cents
    for versions in versions_of(book.eobs, book.eob_lines):
        held = versions.current
        paid = held.amount("plan_paid") if held else None
        if held and paid is not None and held.eob.processed_on is not None:
            yield held.eob.processed_on, PLAN, paid.cents
