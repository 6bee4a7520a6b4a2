"""A meter: how much of a limit is used, as a bar beside its words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.money import Money
from ui.style import Tone, colour, colours, px
from ui.widgets.chart_fill import Pattern, fill


class MeterBar(QWidget):
    """Paints a bar that is filled as far as a limit is used; one above the limit is full.

    `printed` puts a mark where the newest paper says that one stands.
    """

    def __init__(
        self,
        name: str,
        used: Money,
        limit: Money,
        printed: Money | None = None,
        pattern: Pattern = "solid",
    ) -> None:
        """Make the bar; `name` says all of it in words, for a screen reader."""
        super().__init__()
        self._used, self._limit, self._printed = used, limit, printed
        self._pattern: Pattern = pattern
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(240), px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(24))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(1, 4, -1, -4)
        painter.fillRect(box, QColor(colours().surface))
        is_full = self._used >= self._limit
        tone: Tone = "warning" if is_full else "accent"
        share = _share(self._used, self._limit)
        if share > 0:
            part = QRectF(box.left(), box.top(), max(2.0, box.width() * share), box.height())
            fill(painter, part, self._pattern, colour(tone), px(7))
        painter.setPen(QPen(QColor(colours().line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        if self._printed is not None:
            across = int(box.left() + box.width() * _share(self._printed, self._limit))
            painter.setPen(QPen(colour("ink"), px(3)))
            painter.drawLine(across, 0, across, self.height())


def _share(used: Money, limit: Money) -> float:
    return min(1.0, max(0.0, used.cents / limit.cents)) if limit.cents > 0 else 1.0
