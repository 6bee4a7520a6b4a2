"""One quiet line below a field: where its value comes from, and how far it may be trusted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

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
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
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

    @Slot()
    def _press(self) -> None:
        if self._mark:
            self.pressed.emit(self._mark.deed)
