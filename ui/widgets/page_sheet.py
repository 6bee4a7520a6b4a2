"""One page as a sheet of paper: its picture, turned as wished, and the words that light up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style import LIGHT, px

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 as fractions of the upright page, origin top left."""

LETTER = 11 / 8.5
"""Height by width of US Letter, until the real page has come."""


class PageSheet(QWidget):
    """Paints a page. Paper is white and words on it are lit in the light palette in both themes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QPixmap | None = None
        self._shape = LETTER
        self._message = ""
        self._boxes: tuple[Box, ...] = ()
        self._turns = 0
        self._wide = 400
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def turns(self) -> int:
        """Quarter turns clockwise from how the page is kept."""
        return self._turns

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The boxes that are lit, as fractions of the page as it is kept."""
        return self._boxes

    @property
    def message(self) -> str:
        """What is shown instead of a picture."""
        return self._message

    @property
    def has_picture(self) -> bool:
        """Whether the picture of the page is there."""
        return self._picture is not None

    def show_picture(self, image: QImage) -> None:
        """Show a page as it is kept; turning is done here."""
        turned = image.transformed(QTransform().rotate(90 * self._turns)) if self._turns else image
        self._picture = QPixmap.fromImage(turned)
        self._shape = image.height() / max(1, image.width())
        self._message = ""
        self._fit()

    def show_message(self, sentence: str, *, keep_shape: bool = True) -> None:
        """Show a sentence on an empty sheet."""
        self._picture = None
        self._message = sentence
        if not keep_shape:
            self._shape = LETTER
        self._fit()

    def set_turns(self, turns: int) -> None:
        """Turn clockwise by this many quarters from how the page is kept."""
        turns %= 4
        if self._picture and turns != self._turns:
            change = QTransform().rotate(90 * (turns - self._turns))
            self._picture = self._picture.transformed(change)
        self._turns = turns
        self._fit()

    def set_wide(self, wide: int) -> None:
        """Be this many logical pixels wide; the height follows from the page."""
        self._wide = max(80, wide)
        self._fit()

    def light_up(self, boxes: Sequence[Box]) -> None:
        """Light these words; the first is the one that is meant."""
        self._boxes = tuple(boxes)
        self.update()

    def area_of(self, box: Box) -> QRectF:
        """Return where a box lies on the sheet as it is shown now, in logical pixels."""
        x0, y0, x1, y1 = box
        for _ in range(self._turns):
            x0, y0, x1, y1 = 1 - y1, x0, 1 - y0, x1
        width, height = self.width(), self.height()
        return QRectF(x0 * width, y0 * height, (x1 - x0) * width, (y1 - y0) * height)

    def sizeHint(self) -> QSize:
        shape = 1 / self._shape if self._turns % 2 else self._shape
        return QSize(self._wide, round(self._wide * shape))

    def _fit(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing
        )
        painter.fillRect(self.rect(), QColor(LIGHT.surface))
        if self._picture:
            painter.drawPixmap(self.rect(), self._picture)
            self._paint_boxes(painter)
        elif self._message:
            painter.setPen(QColor(LIGHT.muted))
            inside = self.rect().adjusted(px(24), px(24), -px(24), -px(24))
            wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inside, wrapped, self._message)
        painter.setPen(QPen(QColor(LIGHT.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_boxes(self, painter: QPainter) -> None:
        for number, box in enumerate(self._boxes):
            area = self.area_of(box).adjusted(-4, -3, 4, 3)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(LIGHT.highlight))
            painter.drawRoundedRect(area, 3, 3)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            if number == 0:
                painter.setPen(QPen(QColor(LIGHT.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(area, 3, 3)
