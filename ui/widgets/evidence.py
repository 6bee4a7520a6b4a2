"""One quiet line below a field: where its value comes from, and how far it may be trusted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ui.style import Tone
from ui.widgets.icons import dress_label
from ui.widgets.text import Label, LabelLook, icon_label, quiet_button, relabel


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said about a value: an icon and words, and the word on the one button, if any.

    `deed` tells whoever hears the button what it is for.
    """

    words: str
    icon: str = "info"
    look: LabelLook = "muted"
    verb: str = ""
    deed: str = ""


_MOST_LINES = 2
_TONES: dict[LabelLook, Tone] = {
    "muted": "muted", "good": "good", "warning": "warning", "danger": "danger", "accent": "accent",
}  # fmt: skip


class Evidence(QWidget):
    """Shows a mark, or nothing. `pressed(deed)` comes when its button is pressed."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark: Mark | None = None
        self._icon = icon_label("info", 20, "muted")
        self._words = Label("", "muted")
        self.button = quiet_button("", self._press)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        said.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addLayout(said, 1)
        self._layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now; nothing while it is hidden."""
        return self._mark.words if self._mark else ""

    @property
    def mark(self) -> Mark | None:
        """What it shows now."""
        return self._mark

    def show_mark(self, mark: Mark | None, about: str = "") -> None:
        """Show a mark, or nothing; `about` names the value for a screen reader."""
        self.setVisible(mark is not None)
        if mark == self._mark:
            return
        self._mark = mark
        if mark is None:
            return
        dress_label(self._icon, mark.icon, 20, _TONES.get(mark.look, "ink"))
        self._words.setText(mark.words)
        self._words.set_look(mark.look)
        self.button.setVisible(bool(mark.verb))
        relabel(self.button, mark.verb)
        self.button.setAccessibleDescription(about)

        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Put the button below the words where they would get too narrow beside it."""
        beside = self.width() - self._icon.width() - self.button.sizeHint().width() - 12
        high = self._words.heightForWidth(max(1, beside))
        is_short = high <= self._words.fontMetrics().lineSpacing() * _MOST_LINES + 2
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.LeftToRight if is_short else direction.TopToBottom)

    @Slot()
    def _press(self) -> None:
        if self._mark:
            self.pressed.emit(self._mark.deed)
