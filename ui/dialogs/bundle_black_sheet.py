"""A page with black boxes on it, drawn, moved and taken away by mouse or by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style import LIGHT
from ui.widgets.page_sheet import LETTER
from ui.wording import tr

Box = tuple[float, float, float, float]
"""Left, top, right, bottom as parts of the upright page, from its top left."""

STEP: Final = 0.005
"""How far an arrow key moves a box, in parts of the page."""

_NEW: Final[Box] = (0.35, 0.46, 0.65, 0.5)  # in the middle, as high as two lines
_LEAST: Final = 0.004  # of the page; less was a slip of the hand
_GRIP_PX: Final = 14
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_REMOVE: Final = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})


class BlackBoxHandle(QWidget):
    """One box: drag it, or its lower right corner; arrows move it, with Shift they resize it."""

    def __init__(self, sheet: BlackSheet, box: Box) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._box = box
        self._held: QPointF | None = None
        self._sizes = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.show()

    @property
    def box(self) -> Box:
        """Where it lies on the page."""
        return self._box

    def put(self, box: Box) -> None:
        """Put it there, within the page."""
        left, top, right, bottom = box
        wide, high = max(right - left, _LEAST), max(bottom - top, _LEAST)
        left, top = min(max(left, 0.0), 1 - wide), min(max(top, 0.0), 1 - high)
        self._box = (left, top, min(left + wide, 1.0), min(top + high, 1.0))
        self._sheet.place(self)
        self._sheet.changed.emit()

    def say_place(self, number: int) -> None:
        """Tell a screen reader which box it is and where it lies."""
        left, top, right, bottom = (round(at * 100) for at in self._box)
        self.setAccessibleName(tr("Black box {n}", n=number))
        self.setAccessibleDescription(
            tr("From {left} to {right} % of the width, {top} to {bottom} % of the height",
               left=left, right=right, top=top, bottom=bottom)
        )  # fmt: skip
        changed = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(changed)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = self._sheet.fractions_of(self.mapToParent(event.position()))
            corner = QPointF(self.width(), self.height())
            self._sizes = (corner - event.position()).manhattanLength() < 2 * _GRIP_PX

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            return
        at = self._sheet.fractions_of(self.mapToParent(event.position()))
        by = at - self._held
        self._held = at
        left, top, right, bottom = self._box
        if self._sizes:
            self.put((left, top, max(right + by.x(), left), max(bottom + by.y(), top)))
        else:
            self.put((left + by.x(), top + by.y(), right + by.x(), bottom + by.y()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _REMOVE:
            self._sheet.remove(self)
            return
        way = _ARROWS.get(key)
        if way is None:
            super().keyPressEvent(event)
            return
        x, y = way[0] * STEP, way[1] * STEP
        left, top, right, bottom = self._box
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.put((left, top, right + x, bottom + y))
        else:
            self.put((left + x, top + y, right + x, bottom + y))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 205 if self.hasFocus() else 235))
        if self.hasFocus():
            painter.setPen(QPen(QColor("#62CCC6"), 3))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))


class BlackSheet(QWidget):
    """Paints a page and holds its black boxes. `changed` comes when one came, moved or went."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QPixmap | None = None
        self._message = ""
        self._shape = LETTER
        self._wide = 500
        self._drawn: tuple[QPointF, QPointF] | None = None
        self._handles: list[BlackBoxHandle] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._fit()

    @property
    def handles(self) -> tuple[BlackBoxHandle, ...]:
        """The boxes of this page, as they were drawn."""
        return tuple(self._handles)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Where the boxes lie."""
        return tuple(handle.box for handle in self._handles)

    @property
    def has_picture(self) -> bool:
        """Whether the page is there."""
        return self._picture is not None

    def show_picture(self, image: QImage) -> None:
        """Show the page, upright."""
        self._picture, self._message = QPixmap.fromImage(image), ""
        self._shape = image.height() / max(1, image.width())
        self._fit()

    def show_message(self, sentence: str) -> None:
        """Say why there is no page."""
        self._picture, self._message = None, sentence
        self._fit()

    def set_wide(self, wide: int) -> None:
        """Be this many logical pixels wide."""
        self._wide = max(120, wide)
        self._fit()

    def set_boxes(self, boxes: Sequence[Box]) -> None:
        """Hold these boxes and no others."""
        for handle in self._handles:
            handle.hide()
            handle.deleteLater()
        self._handles = [BlackBoxHandle(self, box) for box in boxes]
        self._name()

    def add_box(self, box: Box = _NEW) -> BlackBoxHandle:
        """Add a box, to be put in its place with the arrows, and give it the keys."""
        handle = BlackBoxHandle(self, box)
        self._handles.append(handle)
        self._name()
        handle.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
        return handle

    def remove(self, handle: BlackBoxHandle) -> None:
        """Take a box away; the one before it gets the keys."""
        self._handles.remove(handle)
        handle.hide()
        handle.deleteLater()
        if self._handles:
            self._handles[-1].setFocus(Qt.FocusReason.OtherFocusReason)
        self._name()
        self.changed.emit()

    def place(self, handle: BlackBoxHandle) -> None:
        """Lay a box where it belongs."""
        handle.setGeometry(self._area(handle.box))
        handle.say_place(self._handles.index(handle) + 1 if handle in self._handles else 0)

    def fractions_of(self, at: QPointF) -> QPointF:
        """Return what part of the page's width and height a place on this widget is."""
        return QPointF(at.x() / max(1, self.width()), at.y() / max(1, self.height()))

    def _name(self) -> None:
        for handle in self._handles:
            self.place(handle)

    def _area(self, box: Box) -> QRect:
        wide, high = self.width(), self.height()
        corner = QPointF(box[0] * wide, box[1] * high)
        return QRectF(corner, QPointF(box[2] * wide, box[3] * high)).toAlignedRect()

    def _fit(self) -> None:
        self.setFixedSize(QSize(self._wide, max(1, round(self._wide * self._shape))))
        self._name()
        self.update()

    # ------------------------------------------------------------------ drawing a new box

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._picture:
            self._drawn = (event.position(), event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawn:
            self._drawn = (self._drawn[0], event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drawn is None:
            return
        first, last = self.fractions_of(self._drawn[0]), self.fractions_of(event.position())
        self._drawn = None
        xs, ys = (
            sorted((_within(first.x()), _within(last.x()))),
            sorted((_within(first.y()), _within(last.y()))),
        )
        if xs[1] - xs[0] >= _LEAST and ys[1] - ys[0] >= _LEAST:
            self.add_box((xs[0], ys[0], xs[1], ys[1]))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor("white"))
        if self._picture:
            painter.drawPixmap(self.rect(), self._picture)
        else:
            painter.setPen(QColor(LIGHT.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), flags, self._message)
        if self._drawn:
            first, last = (point.toPoint() for point in self._drawn)
            painter.fillRect(QRect(first, last).normalized(), QColor(0, 0, 0, 160))
        painter.setPen(QPen(QColor(LIGHT.line), 1))
        painter.drawRect(QRect(QPoint(0, 0), self.size() - QSize(1, 1)))


def _within(part: float) -> float:
    return min(max(part, 0.0), 1.0)
