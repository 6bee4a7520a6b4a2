"""A month as a grid of days that can be heard: every day is a cell with a spoken content.

Our own, because the days of Qt's calendar widget have no names for a screen reader.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.style import Tone, colour, colours, px
from ui.widgets.icons import pixmap
from ui.widgets.text import Label, button, icon_button, section
from ui.wording import count_of, date_words, month_words, tr, weekday_words

_WEEKS = 6
_WIDE_ENOUGH_FOR_WORDS = 84  # pixels at 100 %
_SUNDAY_FIRST = (7, 1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True)
class DayEntry:
    """What stands on a day: a short word, an icon and a tone; `spoken` says it in full."""

    id: str
    word: str
    icon: str = "flag"
    tone: Tone = "accent"
    spoken: str = ""


class DayCell(QAbstractButton):
    """One day: its number and its entries, painted; its name says all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = date.min
        self.entries: tuple[DayEntry, ...] = ()
        self._is_today = False
        self._is_of_month = True
        self.setCheckable(True)
        self.setMinimumSize(QSize(px(48), px(40)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    def show_day(
        self, day: date, entries: Sequence[DayEntry], *, is_today: bool, is_of_month: bool
    ) -> None:
        """Show this day."""
        self.day, self.entries = day, tuple(entries)
        self._is_today, self._is_of_month = is_today, is_of_month
        self.setAccessibleName(self._spoken())
        self.update()

    def _spoken(self) -> str:
        parts = [date_words(self.day)]
        if self._is_today:
            parts.append(tr("today"))
        if self.entries:
            parts.append(count_of(len(self.entries), "{n} entry", "{n} entries"))
        parts.extend(entry.spoken or entry.word for entry in self.entries)
        return ", ".join(parts)

    def sizeHint(self) -> QSize:
        return QSize(px(112), px(56))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        grid = self.parent()
        if not (isinstance(grid, MonthGrid) and grid.take_key(event.key())):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        line = self.fontMetrics().height()
        inside = self.rect().adjusted(px(8), px(6), -px(6), -px(4))
        top = QRect(inside.left(), inside.top(), inside.width(), line)
        self._paint_number(painter, top)
        room = inside.adjusted(0, line + px(4), 0, 0)
        if room.height() >= line and room.width() >= px(_WIDE_ENOUGH_FOR_WORDS):
            self._paint_entries(painter, room, line + px(2))
        else:
            self._paint_signs(painter, room if room.height() >= px(16) else top)

    def _paint_ground(self, painter: QPainter) -> None:
        look = colours()
        ground = look.surface if self._is_of_month else look.ground
        if self.isChecked():
            ground = look.selected
        elif self.underMouse():
            ground = look.hover
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(look.hover), 1))
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.accent), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)

    def _paint_number(self, painter: QPainter, room: QRect) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Bold if self._is_today else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(colour("ink" if self._is_of_month else "muted"))
        if self._is_today:
            painter.setPen(colour("accent"))
        words = f"{self.day.day}"
        if self._is_today and room.width() >= px(_WIDE_ENOUGH_FOR_WORDS):
            words = tr("{day} · today", day=words)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, left, words)
        painter.setFont(self.font())

    def _paint_entries(self, painter: QPainter, room: QRect, line: int) -> None:
        fitting = max(1, room.height() // line)
        shown = self.entries
        if len(shown) > fitting:
            shown = shown[: fitting - 1]
        at = QRect(room.left(), room.top(), room.width(), line)
        for entry in shown:
            self._paint_entry(painter, at, entry)
            at.translate(0, line)
        if len(shown) < len(self.entries):
            painter.setPen(colour("muted"))
            more = count_of(len(self.entries) - len(shown), "{n} more", "{n} more")
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, f"+ {more}")

    def _paint_signs(self, painter: QPainter, room: QRect) -> None:
        """Paint icons alone, from the right: the words are in the name and in the day's list."""
        size = px(16)
        left = room.right() - size
        for entry in self.entries[: max(1, room.width() // (size + 2) - 1)]:
            picture = pixmap(entry.icon, size, entry.tone, self.devicePixelRatioF())
            painter.drawPixmap(left, room.center().y() - size // 2, picture)
            left -= size + 2

    def _paint_entry(self, painter: QPainter, at: QRect, entry: DayEntry) -> None:
        size = px(16)
        picture = pixmap(entry.icon, size, entry.tone, self.devicePixelRatioF())
        top = at.center().y() - size // 2
        painter.drawPixmap(at.left(), top, picture)
        words = at.adjusted(size + px(4), 0, 0, 0)
        painter.setPen(colour(entry.tone))
        cut = painter.fontMetrics().elidedText(
            entry.word, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)


class MonthGrid(QWidget):
    """One month. Arrow keys move by day and week, PageUp and PageDown by month, Home to today.

    `day_chosen(date)` comes when another day becomes the chosen one, `day_opened(date)` on Enter
    or a click on the day already chosen, `month_changed(first)` with the first of the month.
    """

    day_chosen = Signal(object)
    day_opened = Signal(object)
    month_changed = Signal(object)

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
            self._grid.addWidget(heading, 0, column)
            self._grid.setColumnStretch(column, 1)
        for place, cell in enumerate(self.cells):
            self._grid.addWidget(cell, 1 + place // 7, place % 7)
            cell.clicked.connect(self._clicked)
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

    # ------------------------------------------------------------------ keys

    def take_key(self, key: int) -> bool:
        """Move by a key pressed on a day; return whether it was one of ours."""
        days = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
        }
        if key in days:
            self.choose(self._chosen + timedelta(days=days[Qt.Key(key)]))
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
        is_narrow = self.width() < px(7 * 112)
        for heading, day in zip(self._headings, _SUNDAY_FIRST, strict=True):
            heading.setText(weekday_words(day, short=is_narrow))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for cell in self.cells:
                cell.setMinimumSize(QSize(px(48), px(40)))
