"""A month as a grid of days that can be heard: every day is a cell with a spoken content.

Our own, because the days of Qt's calendar widget have no names for a screen reader.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.style import px
from ui.widgets.month_cell import DayCell, DayEntry
from ui.widgets.text import Label, button, icon_button, section
from ui.wording import month_words, tr, weekday_words

__all__ = ["DayCell", "DayEntry", "MonthGrid"]

_WEEKS: Final = 6
_SUNDAY_FIRST: Final = (7, 1, 2, 3, 4, 5, 6)
_BY_ARROW: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class MonthGrid(QWidget):
    """One month. Arrow keys move by day and week, PageUp and PageDown by month, Home to today.

    `day_chosen(date)` comes when another day becomes the chosen one, `day_opened(date)` on Enter
    or a click on the day already chosen, `month_changed(first)` with the first of the month.
    `entry_clicked(id)` comes on a click on an entry. An entry is moved by dragging it to another
    day, `entry_dropped(id, day)`, or by Alt and an arrow key on its day, `move_asked(days)`; one
    that is not movable gives `entry_held(id)` instead of being dropped.
    """

    day_chosen = Signal(object)
    day_opened = Signal(object)
    month_changed = Signal(object)
    entry_clicked = Signal(str)
    entry_dropped = Signal(str, object)
    entry_held = Signal(str)
    move_asked = Signal(int)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._chosen = today
        self._entries: Mapping[date, Sequence[DayEntry]] = {}
        self.cells = [DayCell(self) for _ in range(7 * _WEEKS)]
        self._headings = [
            Label(weekday_words(day, short=True), "muted", wrap=False) for day in _SUNDAY_FIRST
        ]
        self.heading = section("")
        self.before = icon_button(tr("Month before"), "left", lambda: self._by_month(-1))
        self.after = icon_button(tr("Next month"), "right", lambda: self._by_month(1))
        self.to_today = button(tr("Today"), lambda: self.choose(self._today))
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.heading, 1)
        for widget in (self.before, self.to_today, self.after):
            top.addWidget(widget)
        self._grid = QGridLayout()
        self._grid.setSpacing(2)
        for column, heading in enumerate(self._headings):
            heading.setMinimumWidth(1)  # its name is chosen by the room there is
            self._grid.addWidget(heading, 0, column)
            self._grid.setColumnStretch(column, 1)
        for place, cell in enumerate(self.cells):
            self._grid.addWidget(cell, 1 + place // 7, place % 7)
            cell.clicked.connect(self._clicked)
            cell.pressed_key.connect(self._take_key)
            cell.dragged.connect(self._dragged)
            cell.let_go.connect(self._let_go)
            cell.entry_clicked.connect(self._entry_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addLayout(self._grid, 1)
        self._show()

    # ------------------------------------------------------------------ for pages

    @property
    def chosen(self) -> date:
        """The chosen day."""
        return self._chosen

    @property
    def first(self) -> date:
        """The first day of the month that is shown."""
        return self._chosen.replace(day=1)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that can be seen, neighbours of the month included."""
        return self.cells[0].day, self.cells[-1].day

    def set_entries(self, entries: Mapping[date, Sequence[DayEntry]]) -> None:
        """Show these entries."""
        self._entries = entries
        self._show()

    def set_today(self, today: date) -> None:
        """Mark another day as today: midnight has passed."""
        self._today = today
        self._show()

    def choose(self, day: date) -> None:
        """Choose a day, and show its month."""
        before, self._chosen = self._chosen, day
        self._show()
        if (before.year, before.month) != (day.year, day.month):
            self.month_changed.emit(self.first)
        if before != day:
            self.day_chosen.emit(day)

    # ------------------------------------------------------------------ showing

    def _show(self) -> None:
        had_focus = any(cell.hasFocus() for cell in self.cells)
        self.heading.setText(month_words(self.first))
        start = self.first - timedelta(days=self.first.isoweekday() % 7)
        for place, cell in enumerate(self.cells):
            day = start + timedelta(days=place)
            cell.show_day(
                day,
                self._entries.get(day, ()),
                is_today=day == self._today,
                is_of_month=day.month == self._chosen.month,
            )
            is_chosen = day == self._chosen
            cell.setChecked(is_chosen)
            # One stop for Tab: the chosen day; the arrow keys reach the others.
            policy = Qt.FocusPolicy.StrongFocus if is_chosen else Qt.FocusPolicy.ClickFocus
            cell.setFocusPolicy(policy)
            if is_chosen and had_focus:
                cell.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _clicked(self) -> None:
        cell = self.sender()
        if isinstance(cell, DayCell):
            if cell.day == self._chosen:
                cell.setChecked(True)
                self.day_opened.emit(cell.day)
            else:
                self.choose(cell.day)
                self._focus_chosen()

    def _focus_chosen(self) -> None:
        for cell in self.cells:
            if cell.day == self._chosen:
                cell.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ dragging

    def _cell_at(self, place: QPoint) -> DayCell | None:
        """Return the day at a place of the screen."""
        found = self.childAt(self.mapFromGlobal(place))
        return found if isinstance(found, DayCell) else None

    @Slot(object, QPoint)
    def _dragged(self, entry: DayEntry, place: QPoint) -> None:
        over = self._cell_at(place) if entry.is_movable else None
        for cell in self.cells:
            cell.set_target(is_target=cell is over and entry not in cell.entries)

    @Slot(object, QPoint)
    def _let_go(self, entry: DayEntry, place: QPoint) -> None:
        for cell in self.cells:
            cell.set_target(is_target=False)
        over = self._cell_at(place)
        if over is None or entry in over.entries:
            return
        if entry.is_movable:
            self.entry_dropped.emit(entry.id, over.day)
        else:
            self.entry_held.emit(entry.id)

    @Slot(object)
    def _entry_clicked(self, entry: DayEntry) -> None:
        self.entry_clicked.emit(entry.id)

    # ------------------------------------------------------------------ keys

    @Slot(object)
    def _take_key(self, event: QKeyEvent) -> None:
        """Move by a key pressed on a day, or ask for an entry to be moved."""
        event.setAccepted(self._took(event))

    def _took(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in _BY_ARROW:
            days = _BY_ARROW[Qt.Key(key)]
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.move_asked.emit(days)
            else:
                self.choose(self._chosen + timedelta(days=days))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._by_month(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Home:
            self.choose(self._today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.day_opened.emit(self._chosen)
        else:
            return False
        return True

    def _by_month(self, step: int) -> None:
        months = self._chosen.year * 12 + self._chosen.month - 1 + step
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        self.choose(date(year, month + 1, min(self._chosen.day, last)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_weekdays()

    def _name_weekdays(self) -> None:
        """Give the weekdays their longest names that all fit; the days themselves say them."""
        short = [weekday_words(day, short=True) for day in _SUNDAY_FIRST]
        names = (
            [weekday_words(day) for day in _SUNDAY_FIRST],
            short,
            [name[:2] for name in short],
            [name[:1] for name in short],
        )
        room = self.width() // 7 - px(8)
        metrics = self._headings[0].fontMetrics()
        fitting = (
            each for each in names if max(metrics.horizontalAdvance(name) for name in each) <= room
        )
        for heading, name in zip(self._headings, next(fitting, names[-1]), strict=True):
            heading.setText(name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for cell in self.cells:
                cell.set_least()
            self._name_weekdays()
