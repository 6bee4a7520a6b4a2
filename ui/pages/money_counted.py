"""How every line stands, worked out on a thread: forty thousand lines take a few seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.domain.standing import Standing
from app.jobs import Progress
from app.operations.money_book import money_book
from ui.desk import Desk

MONEY_KINDS: Final = (
    "expense", "refund", "allocation", "withdrawal", "hsa_account", "necessity_letter", "eob",
    "eob_line", "bill", "trip", "stay", "dependent_year", "aid", "plan_year", "finding_mark",
    "person", "claim", "denial", "document",
)  # fmt: skip
"""What bears on how a line stands."""


@dataclass(frozen=True)
class Counted:
    """The money at one moment, and how each line stood then."""

    book: MoneyBook
    standings: Mapping[str, Standing]
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    @classmethod
    def of(cls, book: MoneyBook) -> Counted:
        """Work out how each line stands; `groups` are the lines by the keys of `STANDINGS`."""
        standings = book.standings()
        groups: dict[str, set[str]] = {key: set() for key in _CENTS}
        for key, standing in standings.items():
            if standing.expense.paid_on is None:
                continue
            for group, part in _CENTS.items():
                if getattr(standing, part) > Money():
                    groups[group].add(key)
        return cls(book, standings, {key: frozenset(ids) for key, ids in groups.items()})


_CENTS: Final = {
    "claimable": "claimable",
    "look": "needs_attention",
    "not": "not_claimable",
    "reimbursed": "reimbursed",
}


class CountedLedger(QObject):
    """Keeps the newest `Counted`; `changed` comes when there is another one."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = 0
        self.newest: Counted | None = None

    def standing(self, expense_id: str) -> Standing | None:
        """Return how a line stands; None while that is worked out."""
        return self.newest.standings.get(expense_id) if self.newest else None

    def count_again(self) -> None:
        """Work it out anew; until then the answer before is shown."""
        self._asked += 1
        number, binder = self._asked, self._desk.binder

        def work(_progress: Progress) -> Counted:
            return Counted.of(money_book(binder))

        def done(counted: Counted) -> None:
            if number == self._asked:
                self.newest = counted
                self.changed.emit()

        self._desk.quick.run("How the ledger stands", work, done, owner=self)
