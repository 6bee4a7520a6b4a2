"""The month: a grid of days, and beside it the entries of the chosen day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.storage.queries.dates import DueRow
from ui.desk import Desk
from ui.pages.due_kinds import due_kind, is_movable
from ui.pages.due_words import left_words, urgency
from ui.widgets.layout import column
from ui.widgets.lines import ChooserList, Line
from ui.widgets.month_grid import DayEntry, MonthGrid
from ui.widgets.text import muted, section
from ui.wording import date_words, tr

_MOST_LINES: Final = 3
"""How many entries of a day are seen at once; the rest is scrolled to."""
_BY_ARROW: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class MonthView(QWidget):
    """Shows entries on the day to aim for, and on their last day where that is another one.

    `chosen(id)` comes with the entry to tell more of, `move_wanted(id, day)` when one is dragged
    or moved by keys, whether or not it may be moved, and `opened()` on Enter. `beside` holds the
    entries of the chosen day, for wherever there is room.
    """

    chosen = Signal(str)
    opened = Signal()
    move_wanted = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._by_day: dict[date, list[DueRow]] = {}
        self._next = ""
        self._wanted = ""
        self.grid = MonthGrid(desk.today())
        self.grid.day_chosen.connect(self._show_day)
        self.grid.day_opened.connect(self._open)
        self.grid.month_changed.connect(self._show_month)
        self.grid.entry_clicked.connect(self._choose)
        self.grid.entry_dropped.connect(self.move_wanted)
        self.grid.entry_held.connect(self._held)
        self.grid.move_asked.connect(self._move_by)
        self.day = section("")
        self.of_day = ChooserList(tr("Dates on this day"))
        self.of_day.chosen.connect(self._tell)
        self.of_day.opened.connect(self.opened)
        self.of_day.installEventFilter(self)
        self.of_day.setAccessibleDescription(
            tr("Alt and an arrow key move a date of your own to another day.")
        )
        self.nothing = muted(tr("Nothing is due on this day. Below stands what comes next."))
        self.beside = QWidget()
        of_day = column(8)
        for widget in (self.day, self.of_day, self.nothing):
            of_day.addWidget(widget)
        self.beside.setLayout(of_day)
        layout = column(0)
        layout.addWidget(self.grid)
        self.setLayout(layout)

    def show_rows(self, rows: Sequence[DueRow]) -> None:
        """Show these entries; the chosen day and the chosen entry stay."""
        self.grid.set_today(self._desk.today())
        by_day: defaultdict[date, list[DueRow]] = defaultdict(list)
        for row in rows:
            by_day[row.aim_on].append(row)
            if row.last_day != row.aim_on and row.is_open:
                by_day[row.last_day].append(row)
        self._by_day = dict(by_day)
        self._next = next((row.id for row in rows if row.is_open), "")
        self._show_month()
        self._show_day(self.grid.chosen)

    def go_to(self, row: DueRow) -> None:
        """Show an entry on its day, and choose it."""
        self._wanted = row.id
        self.grid.choose(row.aim_on)
        self._show_day(self.grid.chosen)

    def follow(self, row_id: str, day: date) -> None:
        """Go along with an entry that was moved to a day."""
        self._wanted = row_id
        self.grid.choose(day)

    # ------------------------------------------------------------------ showing

    @Slot(object)
    def _show_month(self, _first: object = None) -> None:
        """Give the grid the entries of the days that can be seen, and no others."""
        first, last = self.grid.days
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        self.grid.set_entries(
            {
                day: [self._entry(row, day) for row in self._by_day[day]]
                for day in days
                if day in self._by_day
            }
        )

    def _entry(self, row: DueRow, day: date) -> DayEntry:
        today = self._desk.today()
        now = urgency(row, today)
        word = self._word(row, day)
        said = [word, row.claim, now.word, left_words(row, today)]
        if row.aim_on == day != row.last_day and row.is_open:
            said.append(tr("last day {day}", day=date_words(row.last_day, today)))
        settled = {"good": "check", "muted": "close"}
        return DayEntry(
            row.id,
            word,
            settled.get(now.tone, due_kind(row.kind).icon),
            now.tone,
            ", ".join(dict.fromkeys(part for part in said if part)),
            now.icon if row.is_open and now.icon != "clock" else "",  # “soon” needs no sign
            is_movable=row.is_open and is_movable(row.kind),
        )

    def _word(self, row: DueRow, day: date) -> str:
        if row.is_open and day == row.last_day != row.aim_on:
            return tr("Last day: {title}", title=row.title)
        return row.title

    @Slot(object)
    def _show_day(self, day: date) -> None:
        self.day.setText(date_words(day))
        rows = self._by_day.get(day, [])
        kept = self._wanted or self.of_day.chosen_id
        self.of_day.set_lines([self._line(row, day) for row in rows])
        self.of_day.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        if not rows:
            self.chosen.emit(self._next)
            return
        shown = min(len(rows), _MOST_LINES)
        self.of_day.setFixedHeight(shown * self.of_day.sizeHintForRow(0) + 2)
        before = self.of_day.chosen_id
        if any(row.id == kept for row in rows):
            self._wanted = ""
        else:
            kept = rows[0].id
        self.of_day.choose(kept)
        if self.of_day.chosen_id == before:
            self.chosen.emit(before)

    def _line(self, row: DueRow, day: date) -> Line:
        today = self._desk.today()
        now = urgency(row, today)
        said = (now.word, left_words(row, today), row.claim)
        return Line(
            id=row.id,
            title=self._word(row, day),
            detail=" · ".join(dict.fromkeys(filter(None, said))),
            icon=now.icon or due_kind(row.kind).icon,
            tone=now.tone,
        )

    # ------------------------------------------------------------------ choosing and moving

    @Slot(str)
    def _tell(self, row_id: str) -> None:
        if row_id:
            self.chosen.emit(row_id)

    @Slot(str)
    def _choose(self, row_id: str) -> None:
        self.of_day.choose(row_id)

    @Slot(object)
    def _open(self, _day: object) -> None:
        """Go from the day to its entries, or to what comes next."""
        self.opened.emit()
        if self._by_day.get(self.grid.chosen):
            self.of_day.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _held(self, row_id: str) -> None:
        """Something that cannot be moved was dragged: whoever listens says why."""
        self.move_wanted.emit(row_id, None)

    @Slot(int)
    def _move_by(self, days: int) -> None:
        row_id = self.of_day.chosen_id
        if row_id and self._by_day.get(self.grid.chosen):
            self.move_wanted.emit(row_id, self.grid.chosen + timedelta(days=days))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt and an arrow key move the chosen entry from the list of the day too."""
        if watched is self.of_day and isinstance(event, QKeyEvent):
            is_alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if event.type() == QEvent.Type.KeyPress and is_alt and event.key() in _BY_ARROW:
                self._move_by(_BY_ARROW[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)
