"""What can be done with a record of care wherever it is shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton

from ui.shell import Shell
from ui.widgets.text import quiet_button
from ui.wording import tr


def paper_button(shell: Shell, document_id: str, page: int | None = None) -> QPushButton:
    """Return a button that opens the paper which proves something, at its page."""
    place = f"{document_id}#{page}" if page else document_id
    go = partial(shell.go_to, "papers", "document", place)
    return quiet_button(tr("Open the paper"), go, "open")
