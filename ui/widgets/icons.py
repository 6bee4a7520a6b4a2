"""Our own line icons, recoloured for the palette in force."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from app.resources import resource
from ui.style import Tone, colours, px

_SIZES = (16, 20, 24, 32, 40, 48, 64)
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


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, disabled: str, *, gap: bool) -> QIcon:
    icon = QIcon()
    for size in _SIZES:
        picture, grey = _drawn(name, colour, size), _drawn(name, disabled, size)
        if gap:
            picture, grey = _with_gap(picture), _with_gap(grey)
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected):
            icon.addPixmap(picture, mode)
        icon.addPixmap(grey, QIcon.Mode.Disabled)
    return icon


def _with_gap(picture: QPixmap) -> QPixmap:
    """Return a picture with free room at its right: Qt sets a button's words close to its icon."""
    wide = QPixmap(picture.width() * 5 // 4, picture.height())
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return wide


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
