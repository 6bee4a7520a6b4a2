"""Stands where the computer's own programs are, so that no test opens one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices


class Desktop(QObject):
    """Remembers which files were to be opened by other programs."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@contextmanager
def own_desktop() -> Iterator[Desktop]:
    """Take every file that is to be opened, until the end of the block."""
    made = Desktop()
    QDesktopServices.setUrlHandler("file", made, "open")
    try:
        yield made
    finally:
        QDesktopServices.unsetUrlHandler("file")
