"""What next: a calm list of what comes, this week, next week and later, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.due_item import LEGAL_KINDS
from app.storage.queries.dates import DueRow
from ui.desk import Desk
from ui.pages.due_deeds import settling_deeds
from ui.pages.due_lines import DueLine
from ui.pages.due_words import still_words
from ui.shell import Shell
from ui.widgets.layout import Card, Scrolling, column, line
from ui.widgets.text import quiet_button, relabel
from ui.wording import count_of, tr

MOST_AHEAD: Final = 12
MOST_PASSED: Final = 5
"""How many entries stand here at the most; a longer list helps nobody decide what is next.

What has passed is counted by itself, so that it never hides what is still to come.
"""

_PARTS: Final = (
    ("week", "This week", "today"),
    ("passed", "The day has passed", "clock"),
    ("next_week", "Next week", "calendar"),
    ("later", "Later", "calendar"),
)


def part_of(row: DueRow, today: date) -> str:
    """Return which part an entry belongs to; weeks begin on Sunday, as in the month."""
    if row.last_day < today:
        return "passed"
    next_sunday = today + timedelta(days=7 - today.isoweekday() % 7)
    if row.aim_on < next_sunday:
        return "week"
    return "next_week" if row.aim_on < next_sunday + timedelta(days=7) else "later"


class NextView(QWidget):
    """Shows the first of what is open, with its buttons.

    `asked(id)` comes when a person asks why a date is what it is, `all_wanted()` for the list.
    """

    asked = Signal(str)
    all_wanted = Signal()

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._lines: dict[tuple[DueRow, date], DueLine] = {}
        inner = QWidget()
        rows = column(16)
        rows.setContentsMargins(0, 0, 8, 8)
        self.parts: dict[str, Card] = {}
        for key, heading, icon in _PARTS:
            self.parts[key] = Card(tr(heading), icon)
            rows.addWidget(self.parts[key])
        self.calm = Card(tr("Nothing is waiting"), "check-circle", "good")
        rows.addWidget(self.calm)
        self.more = quiet_button("", self.all_wanted.emit, "text")
        rows.addLayout(line(self.more))
        rows.addStretch(1)
        inner.setLayout(rows)
        layout = column(0)
        layout.addWidget(Scrolling(inner))
        self.setLayout(layout)

    def show_rows(self, rows: Sequence[DueRow]) -> None:
        """Show the first of the open ones; lines that say the same stay as they are."""
        today = self._desk.today()
        open_rows = [row for row in rows if row.is_open]
        shown = _first(open_rows, today)
        keys = [(row, today) for row in shown]
        gone = [line for key, line in self._lines.items() if key not in set(keys)]
        self._lines = {key: self._lines.get(key) or self._line(key[0]) for key in keys}
        for key, part in self.parts.items():
            lines = [self._lines[row, today] for row in shown if part_of(row, today) == key]
            _put(part.body, lines)
            part.setVisible(bool(lines))
        for each in gone:
            each.hide()
            each.deleteLater()
        self.calm.setVisible(not shown)
        left = len(open_rows) - len(shown)
        self.more.setVisible(left > 0)
        relabel(
            self.more, count_of(left, "{n} more date in the list", "{n} more dates in the list")
        )

    def _line(self, row: DueRow) -> DueLine:
        most = 2 if row.kind == "answer" else 1  # to ask where an answer is must be one click away
        found = settling_deeds(self._desk, self._shell, row)[:most]
        deeds = [deed.button() for deed in found]
        why = quiet_button(tr("Why?"), partial(self.asked.emit, row.id), "info")
        why.setAccessibleDescription(row.title)
        today = self._desk.today()
        still = still_words(row, today)
        return DueLine(row, today, None, with_claim=True, more=[*deeds, why], also=still)


def _first(rows: Sequence[DueRow], today: date) -> list[DueRow]:
    """Return the next ones ahead, and of those that passed what a law has set before the rest."""
    ahead = sorted((row for row in rows if row.last_day >= today), key=lambda row: row.aim_on)
    passed = sorted(
        (row for row in rows if row.last_day < today),
        key=lambda row: (row.kind not in LEGAL_KINDS, (today - row.last_day).days),
    )
    return [*ahead[:MOST_AHEAD], *passed[:MOST_PASSED]]


def _put(body: QVBoxLayout, lines: Sequence[DueLine]) -> None:
    """Let these lines stand in a layout, in this order; lines that leave it are kept."""
    if list(_widgets(body)) == list(lines):
        return
    while body.takeAt(0):
        pass
    for each in lines:
        body.addWidget(each)
        each.show()


def _widgets(body: QVBoxLayout) -> Iterator[QWidget | None]:
    for number in range(body.count()):
        item = body.itemAt(number)
        yield item.widget() if item else None
