"""A letter of plain text on paper: as a PDF file, or to a printer."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QPagedPaintDevice, QTextDocument
from PySide6.QtWidgets import QWidget

from ui.paper import print_on_paper, save_pdf

_MARGIN_MM: Final = 5  # Qt adds 2 cm of its own
_BODY_PT: Final = 11


def letter_as_pdf(words: str, title: str, target: Path) -> None:
    """Write a letter as a PDF; an older file of that name is replaced whole.

    Raises:
        UserError: the place cannot be written to.
    """
    save_pdf(title, target, lambda device: _print(words, device), margin_mm=_MARGIN_MM)


def letter_on_paper(words: str, title: str, over: QWidget) -> None:
    """Ask for a printer, over a window, and print the letter there."""
    print_on_paper(title, over, lambda device: _print(words, device), margin_mm=_MARGIN_MM)


def _print(words: str, device: QPagedPaintDevice) -> None:
    document = QTextDocument()
    font = QFont()
    font.setPointSizeF(_BODY_PT)
    document.setDefaultFont(font)
    document.setPlainText(words)
    document.print_(device)
