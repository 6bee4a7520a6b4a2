"""How every line stands, worked out on a thread: forty thousand lines take a few seconds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.expense import Expense
from app.domain.finding import Finding
from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.domain.standing import Standing
from app.jobs import Progress
from app.operations.line_findings import care_findings_by_line
from app.operations.money_book import money_book
from app.storage.queries.ledger import LedgerChoices, ledger_choices
from ui.desk import Desk

MONEY_KINDS: Final = (
    "expense", "refund", "allocation", "withdrawal", "hsa_account", "necessity_letter", "eob",
    "eob_line", "bill", "trip", "stay", "dependent_year", "aid", "plan_year", "finding_mark",
    "person", "claim", "denial", "document",
)  # fmt: skip
"""What bears on how a line stands."""
_REST_MS: Final = 500
"""So long after the last change bills and payments are looked through: that is slow, and not once
for each line of many that are entered."""


@dataclass(frozen=True)
class Counted:
    """The money at one moment, and how each line stood then.

    `groups` are the paid lines by the keys of `STANDINGS`, `cents` how much of each belongs there.
    `parts` are the lines that were split off another one.
    """

    book: MoneyBook
    standings: Mapping[str, Standing]
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    cents: Mapping[str, Mapping[str, int]] = field(default_factory=dict[str, dict[str, int]])

    parts: Mapping[str, tuple[Expense, ...]] = field(default_factory=dict[str, tuple[Expense, ...]])

    @classmethod
    def of(cls, book: MoneyBook) -> Counted:
        """Work out how each line stands."""
        standings = book.standings()
        cents: dict[str, dict[str, int]] = {group: {} for group in _PARTS}
        for key, standing in standings.items():
            if standing.expense.paid_on is None:
                continue
            for group, part in _PARTS.items():
                if found := getattr(standing, part).cents:
                    cents[group][key] = found
        groups = {group: frozenset(found) for group, found in cents.items()}
        parts: defaultdict[str, list[Expense]] = defaultdict(list)
        for each in book.expenses:
            if each.origin_id:
                parts[each.origin_id].append(each)
        split = {key: tuple(some) for key, some in parts.items()}
        return cls(book, standings, groups, cents, split)

    def total(self, group: str, ids: Iterable[str]) -> Money:
        """Add up what of these lines belongs to a group."""
        of_group = self.cents[group]
        return Money(sum(map(of_group.get, ids, repeat(0))))


_PARTS: Final = {
    "claimable": "claimable",
    "look": "needs_attention",
    "not": "not_claimable",
    "reimbursed": "reimbursed",
}


class CountedLedger(QObject):
    """Keeps the newest `Counted` and what can be filtered by; `changed` comes with new ones.

    What stands out in bills and payments is looked for after that; `found` comes with it.
    """

    changed = Signal()
    found = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = 0
        self.newest: Counted | None = None
        self.choices: LedgerChoices | None = None
        self.findings: Mapping[str, tuple[Finding, ...]] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_REST_MS)
        self._later.timeout.connect(self._look_for_findings)

    def standing(self, expense_id: str) -> Standing | None:
        """Return how a line stands; None while that is worked out."""
        return self.newest.standings.get(expense_id) if self.newest else None

    def count_again(self) -> None:
        """Work it out anew; until then the answer before is shown."""
        self._asked += 1
        number, binder = self._asked, self._desk.binder

        def work(_progress: Progress) -> tuple[Counted, LedgerChoices]:
            return Counted.of(money_book(binder)), binder.ask(ledger_choices)

        def done(found: tuple[Counted, LedgerChoices]) -> None:
            if number == self._asked:
                self.newest, self.choices = found
                self._later.start()
                self.changed.emit()

        self._desk.quick.run("How the ledger stands", work, done, owner=self)

    @Slot()
    def _look_for_findings(self) -> None:
        number, binder, today = self._asked, self._desk.binder, self._desk.today()

        def work(_progress: Progress) -> Mapping[str, tuple[Finding, ...]]:
            return care_findings_by_line(binder, today)

        def done(findings: Mapping[str, tuple[Finding, ...]]) -> None:
            if number == self._asked:
                self.findings = findings
                self.found.emit()

        self._desk.quick.run("What stands out in the ledger", work, done, owner=self)
