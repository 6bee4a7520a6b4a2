"""The rest of a form, folded: what is rarely asked stays out of the way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.form import Form
from ui.widgets.icons import dress
from ui.widgets.text import quiet_button


class More(QWidget):
    """A fold with further fields in `form`; a dialog calls `check` before it gives its answer."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.fold = quiet_button(words, None, "right")
        self.fold.setCheckable(True)
        self.form = Form()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.form)
        self.form.hide()
        self.fold.toggled.connect(self._unfold)

    def open_if(self, *known: object) -> None:
        """Unfold from the start where something in it is known."""
        self.fold.setChecked(any(known))

    def check(self) -> bool:
        """Return whether all can be read; what cannot is unfolded and shown."""
        if self.form.check():
            return True
        self.fold.setChecked(True)
        return self.form.check()

    @Slot(bool)
    def _unfold(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's own signature
        dress(self.fold, "down" if is_open else "right", "accent")
        self.form.setVisible(is_open)
