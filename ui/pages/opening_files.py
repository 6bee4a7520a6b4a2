"""Where a finished file may lie, and opening it in this computer's program, which also prints."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.domain.errors import UserError
from ui.desk import Desk
from ui.wording import tr


def open_file(file: Path) -> None:
    """Ask the desktop to open a file that the program has just written."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))


def refuse_inside(desk: Desk, target: Path) -> None:
    """Keep other files out of the binder's own folder, where they could overwrite what is kept.

    Raises:
        UserError: the file would lie there.
    """
    if target.resolve().is_relative_to(desk.binder.root.resolve()):
        raise UserError(
            tr("“{name}” would lie inside the binder's own folder. Choose a place outside of it.",
               name=target.name)
        )  # fmt: skip
