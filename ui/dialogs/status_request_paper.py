"""A letter of plain text on paper: as a PDF file, or to a printer."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QMarginsF, QSaveFile
from PySide6.QtGui import (
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from ui.wording import tr

_MARGIN_MM: Final = 5  # Qt adds 2 cm of its own
_BODY_PT: Final = 11


def letter_as_pdf(words: str, title: str, target: Path) -> None:
    """Write a letter as a PDF on US Letter; an older file of that name is replaced whole.

    Raises:
        UserError: the place cannot be written to.
    """
    file = QSaveFile(str(target))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        raise _refusal(target)
    writer = QPdfWriter(file)
    writer.setTitle(title)
    writer.setCreator("ClaimBinder")
    _print(words, writer)
    del writer  # it finishes the file when it goes
    if not file.commit():
        raise _refusal(target)


def letter_on_paper(words: str, title: str, over: QWidget) -> None:
    """Ask for a printer, over a window, and print the letter there."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - slow, rarely used

    printer = QPrinter()
    printer.setDocName(title)
    if QPrintDialog(printer, over).exec():
        _print(words, printer)


def _print(words: str, device: QPagedPaintDevice) -> None:
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    device.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.Letter),
            QPageLayout.Orientation.Portrait,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )
    document = QTextDocument()
    font = QFont()
    font.setPointSizeF(_BODY_PT)
    document.setDefaultFont(font)
    document.setPlainText(words)
    document.print_(device)


def _refusal(target: Path) -> UserError:
    return UserError(
        tr("“{name}” could not be written there. Choose another folder.", name=target.name)
    )
