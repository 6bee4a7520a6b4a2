"""Opening a finished file in the program that this computer uses for it, which also prints."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_file(file: Path) -> None:
    """Ask the desktop to open a file that the program has just written."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
