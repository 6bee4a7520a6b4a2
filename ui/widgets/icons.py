"""Our own line icons, recoloured for the palette in force."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from app.resources import resource
from ui.style import Tone, colours, px

_NAME, _TONE = "icon_name", "icon_tone"


@lru_cache(maxsize=64)
def _drawing(name: str) -> bytes:
    return resource("icons", f"{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int) -> QPixmap:
    picture = QPixmap(QSize(size, size))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing = _drawing(name).replace(b"currentColor", colour.encode())
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


class _LineEngine(QIconEngine):
    """Draws an icon when it is shown, in the size of its place and the dots of its screen.

    Menus and buttons ask for dozens of icons at the start, most of which nobody ever sees.
    """

    def __init__(self, name: str, colour: str, disabled: str, *, gap: bool) -> None:
        super().__init__()
        self._name, self._colour, self._disabled, self._gap = name, colour, disabled, gap

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size() * ratio, mode, state, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, _scale: float
    ) -> QPixmap:
        """Return the icon in a room of `size` dots; `gap` leaves a part of it free at the right."""
        colour = self._disabled if mode is QIcon.Mode.Disabled else self._colour
        side = min(size.width() * 4 // 5 if self._gap else size.width(), size.height())
        picture = _drawn(self._name, colour, max(1, side))
        if size == picture.size():
            return picture
        room = QPixmap(size)
        room.fill(Qt.GlobalColor.transparent)
        painter = QPainter(room)
        left = 0 if self._gap else (size.width() - side) // 2
        painter.drawPixmap(left, (size.height() - side) // 2, picture)
        painter.end()
        return room

    def clone(self) -> QIconEngine:
        return _LineEngine(self._name, self._colour, self._disabled, gap=self._gap)


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, disabled: str, *, gap: bool) -> QIcon:
    return QIcon(_LineEngine(name, colour, disabled, gap=gap))


def icon(name: str, tone: Tone = "ink", *, gap: bool = False) -> QIcon:
    """Return a line icon in a tone of the palette in force; `gap` leaves room for words."""
    look = colours()
    return _icon(name, str(getattr(look, tone)), look.muted, gap=gap)


def pixmap(name: str, size: int, tone: Tone = "ink", ratio: float = 1.0) -> QPixmap:
    """Return a line icon `size` logical pixels wide for a screen of this pixel ratio."""
    picture = QPixmap(_drawn(name, str(getattr(colours(), tone)), round(size * ratio)))
    picture.setDevicePixelRatio(ratio)
    return picture


def dress(target: QAbstractButton | QAction, name: str, tone: Tone = "ink") -> None:
    """Put an icon on a button or action and keep it right when theme or text size change."""
    target.setProperty(_NAME, name)
    target.setProperty(_TONE, tone)
    _put_on(target)


def dress_label(target: QLabel, name: str, size: int = 24, tone: Tone = "ink") -> None:
    """Show an icon in a label, `size` pixels at 100 %, and keep it right."""
    target.setProperty(_NAME, name)
    target.setProperty(_TONE, tone)
    target.setProperty("icon_size", size)
    _put_on(target)


def _put_on(target: QWidget | QAction) -> None:
    name, tone = target.property(_NAME), target.property(_TONE)
    if isinstance(target, QAction):
        target.setIcon(icon(name, tone))
    elif isinstance(target, QPushButton):
        target.setIcon(icon(name, tone, gap=True))
        target.setIconSize(QSize(px(25), px(20)))
    elif isinstance(target, QAbstractButton):
        target.setIcon(icon(name, tone))
        target.setIconSize(QSize(px(20), px(20)))
    elif isinstance(target, QLabel):
        size = px(int(target.property("icon_size")))
        target.setPixmap(pixmap(name, size, tone, target.devicePixelRatioF()))
        target.setFixedSize(size, size)


def dress_again() -> None:
    """Put the icons of all widgets and actions on once more, after the look has changed."""
    for widget in QApplication.allWidgets():
        if widget.property(_NAME):
            _put_on(widget)
        for action in widget.actions():
            if action.property(_NAME):
                _put_on(action)
