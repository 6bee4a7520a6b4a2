"""One day of a month: painted with its entries, heard with all of them, and dragged from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from ui.style import Tone, colour, colours, px
from ui.widgets.icons import pixmap
from ui.wording import count_of, date_words, tr

WIDE_ENOUGH_FOR_WORDS = 72  # pixels at 100 %
_SIGN = 16
_MARK = 14
_WORDS_BESIDE_MARK = 96


@dataclass(frozen=True, slots=True)
class DayEntry:
    """What stands on a day: a short word, an icon and a tone; `spoken` says it in full.

    `mark` is a second icon for what presses; it stands for the first where there is no room for
    both. Only what `is_movable` goes to another day.
    """

    id: str
    word: str
    icon: str = "flag"
    tone: Tone = "accent"
    spoken: str = ""
    mark: str = ""
    is_movable: bool = False


class DayCell(QAbstractButton):
    """One day: its number and its entries, painted; its name says all of it.

    `dragged(entry, place)` comes while an entry is held and moved, `let_go(entry, place)` when it
    is dropped; places are of the screen. `pressed_key(event)` carries keys that a day leaves to
    its month; whoever takes one accepts it.
    """

    dragged = Signal(object, QPoint)
    let_go = Signal(object, QPoint)
    entry_clicked = Signal(object)
    pressed_key = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = date.min
        self.entries: tuple[DayEntry, ...] = ()
        self._is_today = False
        self._is_of_month = True
        self._is_target = False
        self._held: DayEntry | None = None
        self._held_at = QPoint()
        self._is_dragging = False
        self.setCheckable(True)
        self.set_least()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    def set_least(self) -> None:
        """Keep the least size that goes with the size of the text: a number, and room to hit."""
        number = QFontMetrics(self.font()).horizontalAdvance("30")
        self.setMinimumSize(QSize(max(32, number + px(14)), px(40)))

    def show_day(
        self, day: date, entries: Sequence[DayEntry], *, is_today: bool, is_of_month: bool
    ) -> None:
        """Show this day."""
        self.day, self.entries = day, tuple(entries)
        self._is_today, self._is_of_month = is_today, is_of_month
        self.setAccessibleName(self._spoken())
        self.update()

    def set_target(self, *, is_target: bool) -> None:
        """Show whether a dragged entry would go to this day."""
        if is_target != self._is_target:
            self._is_target = is_target
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

    # ------------------------------------------------------------------ keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
        self.pressed_key.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)

    def entry_at(self, place: QPoint) -> DayEntry | None:
        """Return the entry painted at a place of this day."""
        return next((entry for entry, room in self._places() if room.contains(place)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = self.entry_at(event.position().toPoint())
            self._held_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            over = self.entry_at(place)
            is_hand = over is not None and over.is_movable
            shape = Qt.CursorShape.OpenHandCursor if is_hand else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
        elif self._held:
            far = (place - self._held_at).manhattanLength()
            if far >= QApplication.startDragDistance():
                self._is_dragging = True
                self.setDown(False)
            if self._is_dragging:
                shapes = Qt.CursorShape
                is_movable = self._held.is_movable
                self.setCursor(shapes.ClosedHandCursor if is_movable else shapes.ForbiddenCursor)
                self.dragged.emit(self._held, self.mapToGlobal(place))
                return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, was_dragging = self._held, self._is_dragging
        self._held, self._is_dragging = None, False
        if held and was_dragging:
            self.unsetCursor()
            self.let_go.emit(held, self.mapToGlobal(event.position().toPoint()))
            return
        super().mouseReleaseEvent(event)
        if held:
            self.entry_clicked.emit(held)

    # ------------------------------------------------------------------ painting

    def _inside(self) -> QRect:
        return self.rect().adjusted(px(8), px(4), -px(6), -px(3))

    def _rooms(self) -> tuple[QRect, QRect]:
        """Return the room of the number, and the one below it for the entries."""
        line, inside = self.fontMetrics().height(), self._inside()
        top = QRect(inside.left(), inside.top(), inside.width(), line)
        return top, inside.adjusted(0, line + px(2), 0, 0)

    def _has_room_for_words(self) -> bool:
        """Return whether words tell more than icons would: of two entries both must be seen."""
        _top, room = self._rooms()
        lines = (room.height() + px(2)) // self._line_height()
        is_high = lines >= min(2, max(1, len(self.entries)))
        return is_high and room.width() >= px(WIDE_ENOUGH_FOR_WORDS)

    def _line_height(self) -> int:
        return self.fontMetrics().height() + px(2)

    def _places(self) -> Iterator[tuple[DayEntry, QRect]]:
        """Yield the entries that are shown, each with its room."""
        top, room = self._rooms()
        if not self._has_room_for_words():
            yield from self._sign_places(top, room)
            return
        line = self._line_height()
        fitting = max(1, (room.height() + px(2)) // line)
        shown = self.entries
        if len(shown) > fitting:
            shown = shown[: fitting - 1]
        for number, entry in enumerate(shown):
            yield entry, QRect(room.left(), room.top() + number * line, room.width(), line)

    def _sign_places(self, top: QRect, below: QRect) -> Iterator[tuple[DayEntry, QRect]]:
        """Yield icons alone, from the right: the words are in the name and in the day's list.

        They stand below the number, or beside it in a low day, and never on it.
        """
        size, room = px(_SIGN), below
        if below.height() < size:
            number = self.fontMetrics().horizontalAdvance("30") + px(8)
            if top.width() - number >= 2 * (size + 2):
                room = top.adjusted(number, 0, 0, 0)
            else:
                size = max(px(10), below.height())
        left = room.right() - size
        for entry in self.entries[: max(1, room.width() // (size + 2) - 1)]:
            yield entry, QRect(left, room.center().y() - size // 2, size, size)
            left -= size + 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_number(painter, self._rooms()[0])
        paint = self._paint_entry if self._has_room_for_words() else self._paint_sign
        shown = 0
        below = self._rooms()[1].topLeft()
        for entry, room in self._places():
            paint(painter, room, entry)
            shown, below = shown + 1, room.bottomLeft()
        if self._has_room_for_words() and shown < len(self.entries):
            self._paint_more(painter, below, len(self.entries) - shown)

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
        if self._is_target:
            painter.setPen(QPen(QColor(look.accent), 3, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)

    def _paint_number(self, painter: QPainter, room: QRect) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Bold if self._is_today else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(colour("ink" if self._is_of_month else "muted"))
        if self._is_today:
            painter.setPen(colour("accent"))
        words = f"{self.day.day}"
        in_words = tr("{day} · today", day=words)
        if self._is_today and QFontMetrics(font).horizontalAdvance(in_words) <= room.width():
            words = in_words
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, left, words)
        painter.setFont(self.font())

    def _paint_sign(self, painter: QPainter, room: QRect, entry: DayEntry) -> None:
        icon = entry.mark or entry.icon
        self._paint_icon(painter, room.topLeft(), room.width(), icon, entry.tone)

    def _paint_entry(self, painter: QPainter, at: QRect, entry: DayEntry) -> None:
        size = px(_SIGN)
        top = at.center().y() - size // 2
        words = at.adjusted(size + px(4), 0, 0, 0)
        has_room = words.width() >= px(_WORDS_BESIDE_MARK)
        icon = entry.icon if has_room else entry.mark or entry.icon
        self._paint_icon(painter, QPoint(at.left(), top), size, icon, entry.tone)
        if entry.mark and has_room:
            mark = px(_MARK)
            place = QPoint(words.right() - mark, at.center().y() - mark // 2)
            self._paint_icon(painter, place, mark, entry.mark, entry.tone)
            words.adjust(0, 0, -mark - px(4), 0)
        painter.setPen(colour(entry.tone))
        cut = painter.fontMetrics().elidedText(
            entry.word, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)

    def _paint_icon(
        self, painter: QPainter, place: QPoint, size: int, name: str, tone: Tone
    ) -> None:
        painter.drawPixmap(place, pixmap(name, size, tone, self.devicePixelRatioF()))

    def _paint_more(self, painter: QPainter, below: QPoint, count: int) -> None:
        painter.setPen(colour("muted"))
        room = QRect(below.x(), below.y(), self._inside().width(), self._line_height())
        more = count_of(count, "{n} more", "{n} more")
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, f"+ {more}")
