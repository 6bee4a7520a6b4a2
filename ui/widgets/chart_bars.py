"""Columns of money side by side, each in parts: a picture whose numbers stand in a table below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.domain.money import Money
from ui.style import Tone, colour, colours, px
from ui.widgets.chart_fill import Pattern, fill
from ui.wording import tr

_STEPS: Final = (1, 2, 2.5, 5, 10)
_LINES: Final = 4


@dataclass(frozen=True, slots=True)
class Series:
    """One part of every column: its name, pattern and tone."""

    name: str
    pattern: Pattern = "solid"
    tone: Tone = "accent"


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: the words below it, and the amount of each series, from the bottom."""

    name: str
    parts: tuple[Money, ...]

    @property
    def total(self) -> Money:
        """All parts together."""
        return sum(self.parts, Money())


class BarChart(QWidget):
    """Paints columns with a scale of round amounts. A part shows its amount under the pointer."""

    def __init__(self, name: str) -> None:
        """Make the picture; `name` is what a screen reader calls it."""
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self._series: tuple[Series, ...] = ()
        self.boxes: list[tuple[QRectF, str]] = []  # what was painted, and its words
        self.setAccessibleName(name)
        self.setAccessibleDescription(tr("A picture. Its numbers are in the table below it."))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar], series: Sequence[Series]) -> None:
        """Show these columns."""
        self._bars, self._series = tuple(bars), tuple(series)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(480), px(220))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), px(220))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.draw(painter, QRectF(self.rect()), colour("ink"), QColor(colours().edge))

    def draw(self, painter: QPainter, room: QRectF, ink: QColor, faint: QColor) -> None:
        """Paint into a room, on the screen or on paper."""
        self.boxes = []
        metrics = QFontMetricsF(painter.font(), painter.device())
        top = nice_top(max((bar.total.cents for bar in self._bars), default=0))
        words = [_round_words(top * line // _LINES) for line in range(_LINES + 1)]
        left = max(metrics.horizontalAdvance(word) for word in words) + metrics.height() / 2
        area = QRectF(room).adjusted(left, metrics.height(), -2, -metrics.height() * 1.6)
        painter.setPen(QPen(ink, 1))
        for line, word in enumerate(words):
            down = area.bottom() - area.height() * line / _LINES
            painter.setPen(QPen(ink if line == 0 else faint, 1))
            painter.drawLine(int(area.left()), int(down), int(area.right()), int(down))
            painter.setPen(ink)
            box = QRectF(room.left(), down - metrics.height(), left - 6, metrics.height() * 2)
            painter.drawText(
                box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), word
            )
        self._columns(painter, area, top, ink, metrics)

    def _columns(
        self, painter: QPainter, area: QRectF, top: int, ink: QColor, metrics: QFontMetricsF
    ) -> None:
        if not self._bars:
            return
        each = area.width() / len(self._bars)
        widest = max(metrics.horizontalAdvance(bar.name) for bar in self._bars) + 4
        every = max(1, -int(-widest // each))  # of many columns only some have room for words
        for number, bar in enumerate(self._bars):
            left = area.left() + each * number
            wide = min(each * 0.7, metrics.height() * 3)
            down = area.bottom()
            for series, part in zip(self._series, bar.parts, strict=True):
                high = area.height() * max(0, part.cents) / top
                if high <= 0:
                    continue
                box = QRectF(left + (each - wide) / 2, down - high, wide, high)
                tone = ink if ink == QColor("black") else colour(series.tone)
                fill(painter, box, series.pattern, tone, metrics.height() / 2.6)
                self.boxes.append((box, f"{bar.name}: {series.name} {part}"))
                down -= high
            if number % every == 0:
                painter.setPen(ink)
                below = QRectF(left - each, area.bottom() + 2, each * 3, metrics.height() * 1.5)
                painter.drawText(below, int(Qt.AlignmentFlag.AlignHCenter), bar.name)

    def event(self, event: QEvent) -> bool:
        """Say the amount of the part under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = event.pos()
            said = next((words for box, words in self.boxes if box.contains(at)), "")
            QToolTip.showText(event.globalPos(), said, self)
            return True
        return super().event(event)


def nice_top(cents: int) -> int:
    """Return a round amount in cents, not below `cents`, that parts into four round steps."""
    least = max(cents, 100) / _LINES
    power = 100
    while power * 10 < least:
        power *= 10
    step = next(int(power * factor) for factor in _STEPS if power * factor >= least)
    return step * _LINES


def _round_words(cents: int) -> str:
    dollars = cents / 100
    return f"${dollars:,.0f}" if dollars == int(dollars) else f"${dollars:,.2f}"
