"""The parts that a person made of a row of an explanation: what a newer version leaves of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from app.domain.expense import Expense
from app.domain.money import Money
from app.storage.unit_of_work import UnitOfWork

_WAS: Final = "An earlier version said {amount}."
_LONGEST_NOTE: Final = 1000


class LedgerParts:
    """Rows that were split off others: payments of a part, instalments, shares of persons."""

    def __init__(self, work: UnitOfWork, rows: Iterable[Expense]) -> None:
        self._work = work
        self._of: defaultdict[str, dict[str, Expense]] = defaultdict(dict)
        for row in rows:
            if row.origin_id:
                self._of[row.origin_id][row.id] = row

    def left(self, old: Expense, row: Expense, now: datetime) -> tuple[Money, str]:
        """Return what an unpaid row still asks for by its newer version, and its note.

        What was paid of it counts first. Where less is left than before, unpaid parts give way
        from the last; where more is, the row itself has it.
        """
        parts = list(self._all(old.id))
        was = sum((part.amount for part in parts), old.amount)
        note = row.note if was == row.amount else noted(row.note, _WAS.format(amount=was))
        open_parts = [part for part in parts if part.paid_on is None]
        rest = row.amount.cents - sum(self._kept(part) for part in parts if part.paid_on)
        if not parts:
            return row.amount, note
        over = old.amount.cents + sum(part.amount.cents for part in open_parts) - max(rest, 0)
        for part in sorted(open_parts, key=_by_day, reverse=True):
            less = min(max(over, 0), part.amount.cents)
            if less:
                over -= less
                self._lessen(part, less, now)
        return Money(max(0, old.amount.cents - over)), note

    def _kept(self, part: Expense) -> int:
        """Return the cents of a payment that did not come back."""
        back = self._work.refunds.where(expense_id=part.id)
        return part.amount.cents - sum(refund.amount.cents for refund in back)

    def _all(self, key: str) -> Iterator[Expense]:
        """Yield the parts of a row and their parts; origins never run in a circle."""
        for part in self._of[key].values():
            yield part
            yield from self._all(part.id)

    def _lessen(self, part: Expense, cents: int, now: datetime) -> None:
        kept = Money(part.amount.cents - cents)
        less = replace(part, trashed_at=now) if not kept.cents else replace(part, amount=kept)
        self._of[part.origin_id or ""][part.id] = self._work.expenses.save(less)
        if less.trashed_at:
            del self._of[part.origin_id or ""][part.id]


def noted(*sentences: str) -> str:
    """Return a note of the sentences that are there, cut to its longest."""
    return " ".join(filter(None, sentences))[:_LONGEST_NOTE]


def _by_day(part: Expense) -> tuple[date, str]:
    return part.due_on or date.max, part.id
