"""The calm banner inside the window: one note and one problem at most, closed by the person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.style import scale
from ui.widgets.text import Label, button, icon_button, icon_label, relabel
from ui.wording import tr

_LARGE = 1.4
"""From this size of text on a banner needs the whole width for its words."""


@dataclass(frozen=True, slots=True)
class _Message:
    text: str
    word: str
    run: Callable[[], object] | None


class _Words(Label):
    """Words that are never cut, however little room the page below would leave them."""

    def setText(self, text: str) -> None:
        super().setText(text)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))


class Banner(QFrame):
    """One sentence with an icon, at most one action, and Close."""

    shown = Signal()

    def __init__(self, icon: str, *, problem: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "problem" if problem else "banner")
        self._keeps = problem
        self._messages: list[_Message] = []
        self.words = _Words()
        self.action = button("", self._act)
        self.close_button = icon_button(tr("Close this message"), "close", self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(12)
        picture = icon_label(icon, 24, "danger" if problem else "accent")
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignVCenter)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(12)
        self._middle.addWidget(self.words, 1)
        self._middle.addWidget(self.action, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(self._middle, 1)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()
        self._fit()

    def _fit(self) -> None:
        """Large text needs the whole width: the button goes below the words."""
        direction = QBoxLayout.Direction
        self._middle.setDirection(
            direction.TopToBottom if scale() > _LARGE else direction.LeftToRight
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    @property
    def has_message(self) -> bool:
        """Whether there is anything to show."""
        return bool(self._messages)

    def show_message(
        self, text: str, word: str = "", run: Callable[[], object] | None = None
    ) -> None:
        """Show a message. A problem waits under a newer one; a note is replaced."""
        message = _Message(text, word, run)
        if not self._keeps:
            self._messages.clear()
        if message in self._messages:
            self._messages.remove(message)
        self._messages.append(message)
        self._show_newest()

    @Slot()
    def dismiss(self) -> None:
        """Close the message that is shown; an older problem comes back."""
        if self._messages:
            self._messages.pop()
        self._show_newest()

    @Slot()
    def _act(self) -> None:
        run = self._messages[-1].run if self._messages else None
        self.dismiss()
        if run:
            run()

    def _show_newest(self) -> None:
        message = self._messages[-1] if self._messages else None
        self.setVisible(message is not None)
        self.shown.emit()
        if message is None:
            return
        self.words.setText(message.text)
        self.action.setVisible(message.run is not None)
        relabel(self.action, message.word)
        self.setAccessibleName(message.text)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


class BannerArea(QWidget):
    """Where the window speaks: problems above notes; with large text one thing at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = Banner("warning", problem=True)
        self.note = Banner("info", problem=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 0, 32, 0)
        layout.setSpacing(8)
        layout.addWidget(self.problem)
        layout.addWidget(self.note)
        self.problem.shown.connect(self._arrange)
        self.note.shown.connect(self._arrange)

    @Slot()
    def _arrange(self) -> None:
        is_one_at_a_time = scale() > _LARGE and self.problem.has_message
        self.note.setVisible(self.note.has_message and not is_one_at_a_time)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()
