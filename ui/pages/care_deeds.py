"""How a record of care is shown wherever one is shown: an icon, words, and buttons below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.shell import Shell
from ui.style import Tone
from ui.widgets.flow import flow
from ui.widgets.layout import column
from ui.widgets.text import Label, icon_label, quiet_button
from ui.wording import tr


class CareLine(QWidget):
    """A record in a list; the words have the whole width, whatever the size of the text."""

    def __init__(
        self, icon: str, tone: Tone, said: Sequence[Label], buttons: Sequence[QPushButton]
    ) -> None:
        super().__init__()
        words = column(2)
        for each in said:
            words.addWidget(each)
        words.addWidget(flow(*buttons))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(icon_label(icon, 20, tone), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)


def paper_button(shell: Shell, document_id: str, page: int | None = None) -> QPushButton:
    """Return a button that opens the paper which proves something, at its page."""
    place = f"{document_id}#{page}" if page else document_id
    go = partial(shell.go_to, "papers", "document", place)
    return quiet_button(tr("Open the paper"), go, "open")


def change_button(what: str, change: Callable[[], object]) -> QPushButton:
    """Return a button that opens a form; to the ear it names what it changes."""
    made = quiet_button(tr("Change …"), change, "edit")
    made.setAccessibleName(tr("Change “{what}”", what=what))
    return made


def trash_button(what: str, put_away: Callable[[], object]) -> QPushButton:
    """Return a button that moves something to the trash; to the ear it names what."""
    made = quiet_button(tr("Move to trash"), put_away, "trash")
    made.setAccessibleName(tr("Move “{what}” to the trash", what=what))
    return made
