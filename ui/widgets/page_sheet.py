"""One page as a sheet of paper: its picture, turned as wished, and the words that light up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style import LIGHT, px

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 as fractions of the upright page, origin top left."""

LETTER = 11 / 8.5
"""Height by width of US Letter, until the real page has come."""


_SHAKE_PX = 4  # a hand moves a little while it clicks


class PageSheet(QWidget):
    """Paints a page. Paper is white and words on it are lit in the light palette in both themes.

    Once it knows its words, a click takes one and a drag takes all that it sweeps over: `picked`
    carries their numbers, in the order of the words.
    """

    picked = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QPixmap | None = None
        self._shape = LETTER
        self._message = ""
        self._boxes: tuple[Box, ...] = ()
        self._words: tuple[Box, ...] = ()
        self._touched: tuple[int, ...] = ()
        self._pressed: QPointF | None = None
        self._turns = 0
        self._wide = 400
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

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

    def set_words(self, boxes: Sequence[Box]) -> None:
        """Say where the words of the page lie; none means that nothing can be picked."""
        self._words = tuple(boxes)
        self._pressed = None
        self._touch(())

    def area_of(self, box: Box) -> QRectF:
        """Return where a box lies on the sheet as it is shown now, in logical pixels."""
        x0, y0, x1, y1 = box
        for _ in range(self._turns):
            x0, y0, x1, y1 = 1 - y1, x0, 1 - y0, x1
        width, height = self.width(), self.height()
        return QRectF(x0 * width, y0 * height, (x1 - x0) * width, (y1 - y0) * height)

    # ------------------------------------------------------------------ picking words

    def _touch(self, numbers: tuple[int, ...]) -> None:
        if numbers != self._touched:
            self._touched = numbers
            self.update()
        shape = Qt.CursorShape.PointingHandCursor if numbers else Qt.CursorShape.ArrowCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def _under(self, area: QRectF) -> tuple[int, ...]:
        if not self.has_picture:
            return ()
        return tuple(
            number for number, box in enumerate(self._words) if self.area_of(box).intersects(area)
        )

    def _word_at(self, at: QPointF) -> tuple[int, ...]:
        """Return the word at a place, or none; a little beside it is near enough."""
        here = self._under(QRectF(at.x() - 1, at.y() - 1, 2, 2))
        return (here or self._under(QRectF(at.x() - 3, at.y() - 3, 6, 6)))[:1]

    def _is_drag(self, at: QPointF) -> bool:
        return self._pressed is not None and (at - self._pressed).manhattanLength() > _SHAKE_PX

    def _swept(self, at: QPointF) -> tuple[int, ...]:
        start = self._pressed
        if start is None or not self._is_drag(at):
            return self._word_at(at)
        swept = QRectF(start, at).normalized()
        return self._under(swept.adjusted(0, 0, 1, 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._words:
            self._pressed = event.position()
            self._touch(self._swept(event.position()))
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._words:
            self._touch(self._swept(event.position()))
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        numbers = self._swept(event.position())
        self._pressed = None
        self._touch(())
        if numbers:
            self.picked.emit(numbers)

    def leaveEvent(self, event: QEvent) -> None:
        if self._pressed is None:
            self._touch(())
        super().leaveEvent(event)

    # ------------------------------------------------------------------ painting

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
            self._paint_touched(painter)
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

    def _paint_touched(self, painter: QPainter) -> None:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(LIGHT.selected))
        for number in self._touched:
            painter.drawRoundedRect(self.area_of(self._words[number]).adjusted(-2, -2, 2, 2), 3, 3)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
