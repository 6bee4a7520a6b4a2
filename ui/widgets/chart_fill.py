"""Patterns that tell parts of a picture apart in black and white, and for every eye."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style import Tone, colour, colours, px
from ui.widgets.flow import flow
from ui.widgets.layout import line
from ui.widgets.text import label

Pattern = Literal["solid", "slant", "dots", "rows", "cross", "open"]
PATTERNS: Final[tuple[Pattern, ...]] = ("solid", "slant", "dots", "rows", "cross", "open")


def fill(painter: QPainter, box: QRectF, pattern: Pattern, ink: QColor, step: float) -> None:
    """Fill a box with a pattern and a thin edge; `step` is the distance of its lines or dots."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    if pattern == "solid":
        painter.fillRect(box, ink)
    else:
        painter.setPen(QPen(ink, max(1.0, step / 5)))
        _lines(painter, box, pattern, step)
    painter.restore()
    painter.setPen(QPen(ink, max(1.0, step / 7)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def _lines(painter: QPainter, box: QRectF, pattern: Pattern, step: float) -> None:
    if pattern in {"slant", "cross"}:
        high = box.height()
        at = box.left() - high
        while at < box.right():
            painter.drawLine(QPointF(at, box.bottom()), QPointF(at + high, box.top()))
            if pattern == "cross":
                painter.drawLine(QPointF(at, box.top()), QPointF(at + high, box.bottom()))
            at += step
    elif pattern == "rows":
        at = box.bottom() - step / 2
        while at > box.top():
            painter.drawLine(QPointF(box.left(), at), QPointF(box.right(), at))
            at -= step * 0.75
    elif pattern == "dots":
        _dots(painter, box, step)


def _dots(painter: QPainter, box: QRectF, step: float) -> None:
    painter.setPen(QPen(painter.pen().color(), step / 2.5, c=Qt.PenCapStyle.RoundCap))
    down = box.bottom() - step / 2
    while down > box.top():
        across = box.left() + step / 2
        while across < box.right():
            painter.drawPoint(QPointF(across, down))
            across += step
        down -= step


class Swatch(QWidget):
    """A small box with a pattern, for a legend."""

    def __init__(self, pattern: Pattern, tone: Tone) -> None:
        super().__init__()
        self._pattern: Pattern = pattern
        self._tone: Tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(32), px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.fillRect(box, QColor(colours().surface))
        fill(painter, box, self._pattern, colour(self._tone), px(7))


def legend(entries: Iterable[tuple[str, Pattern, Tone]]) -> QWidget:
    """Return swatches with their names, in as many rows as they need."""
    made: list[QWidget] = []
    for name, pattern, tone in entries:
        pair = QWidget()
        pair.setLayout(line(Swatch(pattern, tone), label(name, wrap=False)))
        made.append(pair)
    return flow(*made)
