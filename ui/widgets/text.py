"""Labels, headings and buttons. The only place where labels and message boxes are made.

Everything shown is plain text: Qt's widgets would otherwise read HTML out of file names, letters
and people's notes, and load pictures from it.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QMessageBox,
    QPushButton,
    QSizePolicy,
    QSystemTrayIcon,
    QToolButton,
    QWidget,
)

from ui.style import Tone
from ui.widgets.icons import dress, dress_label

LabelLook = Literal[
    "body", "strong", "section", "title", "muted", "accent", "danger", "warning", "good"
]
Click = Callable[[], object]


class Label(QLabel):
    """A label that shows plain text, wraps, and can be given another look later."""

    def __init__(
        self, text: str = "", look: LabelLook = "body", *, wrap: bool = True, select: bool = False
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        if text:
            self.setText(text)
        self.setWordWrap(wrap)
        self.setProperty("look", look)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if select:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def set_look(self, look: LabelLook) -> None:
        """Change the look, for example to `danger` for a problem."""
        if self.property("look") != look:
            self.setProperty("look", look)
            self.style().polish(self)


class ElidedLabel(Label):
    """One line that is cut with … where there is no room; its tooltip says all of it."""

    def __init__(self, text: str = "", look: LabelLook = "body") -> None:
        super().__init__("", look, wrap=False)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def text(self) -> str:
        """The whole text, cut or not."""
        return self._whole

    def setText(self, text: str) -> None:
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        tip(self, self._whole)
        self.updateGeometry()
        self._cut()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._whole) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 8, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        mode = Qt.TextElideMode.ElideRight
        super().setText(self.fontMetrics().elidedText(self._whole, mode, self.width()))


def elided(text: str = "", look: LabelLook = "body") -> ElidedLabel:
    """Return one line that is cut with … where there is no room."""
    return ElidedLabel(text, look)


def label(text: str = "", *, wrap: bool = True) -> Label:
    """Return body text."""
    return Label(text, wrap=wrap)


def muted(text: str = "", *, wrap: bool = True) -> Label:
    """Return body text of less weight: dates, hints, sources."""
    return Label(text, "muted", wrap=wrap)


def section(text: str) -> Label:
    """Return the heading of a part of a page."""
    return Label(text, "section")


def title(text: str) -> Label:
    """Return the heading of a page."""
    return Label(text, "title")


def copyable(text: str = "", look: LabelLook = "body") -> Label:
    """Return text that a person may select and copy: a reference number, an address."""
    return Label(text, look, select=True)


def icon_label(name: str, size: int = 24, tone: Tone = "ink") -> QLabel:
    """Return a picture that stands beside words; screen readers skip it."""
    shown = QLabel()
    dress_label(shown, name, size, tone)
    return shown


def _connect(made: QAbstractButton, on_click: Click | None) -> None:
    def clicked(_checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's own signature
        if on_click:
            on_click()

    made.clicked.connect(clicked)


def _button(text: str, on_click: Click | None, icon: str, look: str, tone: Tone) -> QPushButton:
    made = QPushButton(text.replace("&", "&&"))
    made.setAccessibleName(text)
    if look:
        made.setProperty("look", look)
    if icon:
        dress(made, icon, tone)
    made.setAutoDefault(False)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    _connect(made, on_click)
    return made


def primary_button(text: str, on_click: Click | None = None, icon: str = "") -> QPushButton:
    """Return the one button of a page or dialog that goes forward."""
    return _button(text, on_click, icon, "primary", "on_accent")


def emphasize(made: QPushButton, icon: str, *, primary: bool) -> None:
    """Make a button the one that goes forward on its page, or an ordinary one again."""
    look = "primary" if primary else ""
    if made.property("look") != look:
        made.setProperty("look", look)
        dress(made, icon, "on_accent" if primary else "ink")
        made.style().polish(made)


def button(text: str, on_click: Click | None = None, icon: str = "") -> QPushButton:
    """Return an ordinary button."""
    return _button(text, on_click, icon, "", "ink")


def quiet_button(text: str, on_click: Click | None = None, icon: str = "") -> QPushButton:
    """Return a button that looks like a link: small steps beside a text."""
    return _button(text, on_click, icon, "quiet", "accent")


def large_button(
    text: str, on_click: Click | None = None, icon: str = "", *, primary: bool = False
) -> QPushButton:
    """Return one of the two buttons that never move."""
    if primary:
        return _button(text, on_click, icon, "large-primary", "on_accent")
    return _button(text, on_click, icon, "large", "ink")


def icon_button(text: str, icon: str, on_click: Click | None = None) -> QToolButton:
    """Return a small button with a picture; its words are its tooltip and accessible name."""
    made = QToolButton()
    made.setProperty("look", "quiet")
    made.setAccessibleName(text)
    tip(made, text)
    dress(made, icon)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    _connect(made, on_click)
    return made


def plain(text: str) -> str:
    """Return `text` so that a tooltip shows it as it stands, never as HTML.

    Qt takes only text with `<` or `&` in it for HTML; other text is left alone, because a tooltip
    is also what a screen reader says.
    """
    if "<" not in text and "&" not in text:
        return text
    return f'<span style="white-space: pre-wrap">{html.escape(text, quote=False)}</span>'


def tip(target: QWidget | QSystemTrayIcon, text: str) -> None:
    """Give a widget, or the icon in the tray, a tooltip of plain text."""
    target.setToolTip(plain(text))


def relabel(target: QAbstractButton, text: str) -> None:
    """Change the words on a button, for the eye and for the ear."""
    target.setText(text.replace("&", "&&"))
    target.setAccessibleName(text)


def confirm(parent: QWidget, question: str, verb: str, cancel: str) -> bool:
    """Ask before something that cannot be undone; Cancel is the way Enter and Esc go."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setIcon(QMessageBox.Icon.NoIcon)
    go = box.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(cancel, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is go


def tell(sentence: str, close: str) -> None:
    """Say one thing where there is no window yet to say it in."""
    box = QMessageBox()
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.addButton(close, QMessageBox.ButtonRole.AcceptRole)
    box.exec()
