"""The shoebox: expenses that an HSA may still pay back, rolled forward from year to year.

There is no time limit for it (Notice 2004-50 Q&A-39), so what is not claimed is carried on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.domain.allocation import Allocation
from app.domain.expense import Expense
from app.domain.hsa_account import Withdrawal
from app.domain.line_facts import NOTHING, LineFacts
from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.domain.money_tests import earliest
from app.domain.refund import Refund
from app.domain.standing import Standing, stand

_PAID, _BACK, _EMPLOYER, _DEDUCTED, _HSA = KINDS = ("paid", "back", "employer", "deducted", "hsa")
_PAYERS: Final = {"hsa": _HSA, "fsa": _EMPLOYER, "hra": _EMPLOYER, "deducted": _DEDUCTED}


@dataclass(frozen=True, kw_only=True, slots=True)
class ShoeboxYear:
    """One row: `opening` and what was `paid`, less the four columns, is always `closing`.

    `paid` is what was paid in the year and passes all six tests, the HSA card included, and what
    was paid earlier for care of the year; `hsa` what
    the HSA paid of such expenses, `employer` what an FSA or HRA did, `deducted` what was taken as
    a deduction, `back` what came back from a provider or a plan.
    """

    year: int
    opening: Money = NOTHING
    paid: Money = NOTHING
    hsa: Money = NOTHING
    employer: Money = NOTHING
    deducted: Money = NOTHING
    back: Money = NOTHING
    closing: Money = NOTHING


def shoebox_years(book: MoneyBook, until: int) -> tuple[ShoeboxYear, ...]:
    """Return one row for each year, from the one in which an account was established to `until`.

    Where no account is dated, or something was paid before, the rows begin with the first payment.
    """
    moves: defaultdict[int, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    withdrawals = book.withdrawal_by_id
    standings = book.standings()
    for expense in book.expenses:
        counts_from = _counts_from(expense)
        if counts_from is None or counts_from.year > until:
            continue
        for year, kind, cents in _moves(book, standings[expense.id], withdrawals.get):
            moves[year][kind] += cents
    first = earliest(book.accounts)
    years = [year for year, kinds in moves.items() if any(kinds.values())]
    start = min([*years, first.year] if first else years, default=None)
    return tuple(_rows(moves, start, until)) if start is not None else ()


def _counts_from(expense: Expense) -> date | None:
    """Return the day from which a line counts: paid, and the care given; None while unpaid."""
    if expense.paid_on is None:
        return None
    return max(expense.paid_on, expense.served_on or expense.paid_on)


def carried(rows: Iterable[ShoeboxYear]) -> Money:
    """Return what is left at the end of the last year."""
    last = NOTHING
    for row in rows:
        last = row.closing
    return last


def _rows(
    moves: defaultdict[int, defaultdict[str, int]], start: int, until: int
) -> Iterator[ShoeboxYear]:
    opening = 0
    for year in range(start, until + 1):
        kinds = moves[year]
        closing = opening + kinds[_PAID] - sum(kinds[kind] for kind in KINDS if kind != _PAID)
        yield ShoeboxYear(
            year=year,
            opening=Money(opening),
            closing=Money(closing),
            **{kind: Money(kinds[kind]) for kind in KINDS},
        )
        opening = closing


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that took a line out of the shoebox, wholly or in part."""

    on: date
    order: int
    key: str
    record: Allocation | Refund


def _moves(
    book: MoneyBook, standing: Standing, withdrawal: Callable[[str], Withdrawal | None]
) -> Iterator[tuple[int, str, int]]:
    """Yield the year, the column and the cents of each move of one line.

    The line is looked at as it stood after each event, with the tests as they are today: so each
    row adds up, and the last one ends with what is claimable.
    """
    expense = standing.expense
    since = _counts_from(expense)
    if since is None:
        return
    if expense.method == "hsa":
        yield since.year, _PAID, standing.reimbursed_well.cents
        yield since.year, _HSA, standing.reimbursed_well.cents
        return
    if standing.reimbursed.cents == standing.not_claimable.cents == 0:
        yield since.year, _PAID, standing.claimable.cents
        return
    facts = replace(book.facts(expense.id), used=standing.used)
    events = sorted(
        _events(facts, since, withdrawal), key=lambda event: (event.on, event.order, event.key)
    )
    before = 0
    for done in range(len(events) + 1):
        after = standing.claimable.cents
        if done < len(events):
            after = _as_of(book, facts, [event.record for event in events[:done]])
        if done == 0:
            yield since.year, _PAID, after
        else:
            event = events[done - 1]
            yield event.on.year, KINDS[event.order], before - after
        before = after


def _as_of(book: MoneyBook, facts: LineFacts, known: list[Allocation | Refund]) -> int:
    """Return the cents that were claimable when only these records were there."""
    then = replace(
        facts,
        allocations=tuple(each for each in known if isinstance(each, Allocation)),
        refunds=tuple(each for each in known if isinstance(each, Refund)),
    )
    return stand(then, book.rules).claimable.cents


def _events(
    facts: LineFacts, since: date, withdrawal: Callable[[str], Withdrawal | None]
) -> Iterator[_Event]:
    """Yield what happened to a line; nothing happens before the day it counts."""
    for refund in facts.refunds:
        yield _Event(max(since, refund.came_on), KINDS.index(_BACK), refund.id, refund)
    for each in facts.allocations:
        paid = withdrawal(each.withdrawal_id or "")
        day = paid.on if paid else each.on
        if day is None and each.tax_year is not None:
            day = date(each.tax_year, 12, 31)
        order = KINDS.index(_PAYERS[each.payer])
        yield _Event(max(since, day or since), order, each.id, each)
