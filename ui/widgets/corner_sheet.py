"""A photo with four corners to be put on its sheet of paper, by mouse or by keyboard."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.errors import UserError
from app.domain.sheet import WHOLE_PHOTO, Corners, refuse_no_sheet
from ui.style import LIGHT, colour
from ui.wording import tr

HANDLE_PX: Final = 36
STEP, SMALL_STEP = 0.01, 0.001
"""How far an arrow key moves a corner, in parts of the photo; the small one with Shift."""

_SHADE: Final = QColor(0, 0, 0, 110)  # over what lies beside the sheet
_LINE: Final = QColor(LIGHT.accent)  # photos look the same in both themes, so do the lines on them
_WRONG: Final = QColor(LIGHT.danger)
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def corner_names() -> tuple[str, ...]:
    """Return what the four corners are called, clockwise from top left."""
    return (
        tr("Top left corner"), tr("Top right corner"),
        tr("Bottom right corner"), tr("Bottom left corner"),
    )  # fmt: skip


def makes_sheet(corners: Corners) -> bool:
    """Say whether corners could be those of a sheet of paper."""
    try:
        refuse_no_sheet(corners)
    except UserError:
        return False
    return True


class CornerHandle(QWidget):
    """One corner: a ring to drag, which leaves the corner itself to be seen."""

    def __init__(self, sheet: CornerSheet, number: int) -> None:
        super().__init__(sheet)
        self._sheet, self._number = sheet, number
        self._held: QPointF | None = None
        self.setFixedSize(HANDLE_PX, HANDLE_PX)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setAccessibleName(corner_names()[number])

    def say_place(self, x: float, y: float) -> None:
        """Tell a screen reader where the corner lies now."""
        words = tr("{x} % from the left, {y} % from the top", x=f"{x:.1%}"[:-1], y=f"{y:.1%}"[:-1])
        self.setAccessibleDescription(words)
        changed = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(changed)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position() - QPointF(self.rect().center())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            at = QPointF(self.mapToParent(event.position().toPoint())) - self._held
            self._sheet.put_corner(self._number, *self._sheet.fractions_of(at))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _ARROWS.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
            return
        step = SMALL_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        x, y = self._sheet.corner(self._number)
        self._sheet.put_corner(self._number, x + way[0] * step, y + way[1] * step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.raise_()
        self._sheet.corner_chosen.emit(self._number)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = 4 if self.hasFocus() else 7
        ring = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setBrush(QColor(255, 255, 255, 60))
        wide = 4 if self.hasFocus() else 2
        for tone, width in ((QColor("white"), wide + 3), (_LINE, wide)):
            painter.setPen(QPen(tone, width))
            painter.drawEllipse(ring)


class CornerSheet(QWidget):
    """Paints the photo, darker beside the sheet, and holds the four corners.

    `moved` comes when a corner has moved, `corner_chosen(number)` when one got the keys. Corners
    are fractions of the photo as it is shown, clockwise from top left.
    """

    moved = Signal()
    corner_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._corners = WHOLE_PHOTO
        self._photo: QPixmap | None = None
        self._fitted = QPixmap()
        self._message = ""
        self._makes_sheet = True
        self.handles = tuple(CornerHandle(self, number) for number in range(4))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_message("")

    # ------------------------------------------------------------------ what is shown

    @property
    def corners(self) -> Corners:
        """Where the four corners are now."""
        return self._corners

    @property
    def photo(self) -> QPixmap | None:
        """The photo, once it is there."""
        return self._photo

    @property
    def makes_sheet(self) -> bool:
        """Whether the corners could be those of a sheet of paper."""
        return self._makes_sheet

    @property
    def message(self) -> str:
        """What is said while there is no photo."""
        return self._message

    def show_message(self, sentence: str) -> None:
        """Say why there is no photo."""
        self._message = sentence
        self._show_handles()
        self.update()

    def show_photo(self, image: QImage) -> None:
        """Show the photo, upright."""
        self._photo, self._message = QPixmap.fromImage(image), ""
        self._fit()
        self._show_handles()

    def set_corners(self, corners: Corners) -> None:
        """Put all four corners."""
        if corners == self._corners:
            return
        self._corners = corners
        self._makes_sheet = makes_sheet(corners)
        self._place_handles()
        self.update()
        self.moved.emit()

    def corner(self, number: int) -> tuple[float, float]:
        """Return where one corner is; 0 is the first, top left."""
        return self._corners[2 * number], self._corners[2 * number + 1]

    def put_corner(self, number: int, x: float, y: float) -> None:
        """Put one corner, inside the photo."""
        places = list(self._corners)
        places[2 * number : 2 * number + 2] = (round(min(max(at, 0.0), 1.0), 5) for at in (x, y))
        self.set_corners(tuple(places))

    def fractions_of(self, at: QPointF) -> tuple[float, float]:
        """Return what part of the photo's width and height a place on this widget is."""
        room = self._room()
        return (at.x() - room.x()) / room.width(), (at.y() - room.y()) / room.height()

    # ------------------------------------------------------------------ places and sizes

    def sizeHint(self) -> QSize:
        return QSize(300, 280)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 260)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _room(self) -> QRect:
        """Return where the photo is painted; half a handle is left free around it."""
        half = HANDLE_PX // 2
        inside = self.rect().adjusted(half, half, -half, -half)
        if not self._photo:
            return inside
        size = self._photo.size().scaled(inside.size(), Qt.AspectRatioMode.KeepAspectRatio)
        room = QRect(inside.topLeft(), size.expandedTo(QSize(1, 1)))
        room.moveCenter(inside.center())
        return room

    def _fit(self) -> None:
        if self._photo:
            ratio = self.devicePixelRatioF()
            smooth = Qt.TransformationMode.SmoothTransformation
            ignore = Qt.AspectRatioMode.IgnoreAspectRatio
            self._fitted = self._photo.scaled(self._room().size() * ratio, ignore, smooth)
            self._fitted.setDevicePixelRatio(ratio)
        self._place_handles()
        self.update()

    def _point(self, number: int) -> QPointF:
        x, y = self.corner(number)
        room = QRectF(self._room())
        return QPointF(room.x() + x * room.width(), room.y() + y * room.height())

    def _place_handles(self) -> None:
        for number, handle in enumerate(self.handles):
            at = self._point(number).toPoint()
            handle.move(at.x() - HANDLE_PX // 2, at.y() - HANDLE_PX // 2)
            handle.say_place(*self.corner(number))

    def _show_handles(self) -> None:
        for handle in self.handles:
            handle.setVisible(self._photo is not None)

    # ------------------------------------------------------------------ painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._photo:
            painter.setPen(colour("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), flags, self._message)
            return
        room = self._room()
        painter.drawPixmap(room.topLeft(), self._fitted)
        lines = QPolygonF([self._point(number) for number in range(4)])
        beside, inside = QPainterPath(), QPainterPath()
        beside.addRect(QRectF(room))
        inside.addPolygon(lines)
        inside.closeSubpath()
        painter.fillPath(beside.subtracted(inside), _SHADE)
        paint_edges(painter, lines, is_sheet=self._makes_sheet)


def paint_edges(painter: QPainter, lines: QPolygonF, *, is_sheet: bool) -> None:
    """Paint the four edges so that they are seen on any photo; broken where they make no sheet."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("white"), 4))
    painter.drawPolygon(lines)
    style = Qt.PenStyle.SolidLine if is_sheet else Qt.PenStyle.DashLine
    painter.setPen(QPen(_LINE if is_sheet else _WRONG, 2, style))
    painter.drawPolygon(lines)


class CloseUp(QWidget):
    """Shows what lies around one corner, larger, as a loupe does."""

    def __init__(self, sheet: CornerSheet, side: int = 180, part: float = 0.12) -> None:
        """Show `part` of the photo's longer side, `side` pixels wide and high."""
        super().__init__(sheet.parentWidget())
        self._sheet, self._part = sheet, part
        self._number = 0
        self.setFixedSize(side, side)
        sheet.moved.connect(self.update)
        sheet.corner_chosen.connect(self.show_corner)

    @property
    def number(self) -> int:
        """Which corner is shown; 0 is the first, top left."""
        return self._number

    @Slot(int)
    def show_corner(self, number: int) -> None:
        """Show what lies around this corner."""
        self._number = number
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        shape = QPainterPath()
        shape.addEllipse(whole)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), QColor(LIGHT.line))
        photo = self._sheet.photo
        if photo:
            self._paint_photo(painter, photo)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("accent"), 2))
        painter.drawEllipse(whole)

    def _paint_photo(self, painter: QPainter, photo: QPixmap) -> None:
        seen = max(photo.width(), photo.height()) * self._part  # pixels of the photo
        scale = self.width() / seen
        x, y = self._sheet.corner(self._number)
        middle = QPointF(x * photo.width(), y * photo.height())
        painter.save()
        painter.translate(self.width() / 2, self.height() / 2)
        painter.scale(scale, scale)
        painter.translate(-middle)
        around = QRectF(middle.x() - seen / 2, middle.y() - seen / 2, seen, seen)
        part = around.intersected(QRectF(photo.rect()))
        painter.drawPixmap(part, photo, part)
        painter.restore()
        points = [self._sheet.corner(number) for number in range(4)]
        half = QPointF(self.width() / 2, self.height() / 2)
        lines = QPolygonF(
            [
                QPointF(px * photo.width() - middle.x(), py * photo.height() - middle.y()) * scale
                + half
                for px, py in points
            ]
        )
        paint_edges(painter, lines, is_sheet=self._sheet.makes_sheet)
