"""Text of the window on US Letter: as a PDF file, or to a printer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSaveFile
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from ui.wording import tr

Draw = Callable[[QPagedPaintDevice], object]
"""Puts the text on the pages of a device, whose page is set already."""


def save_pdf(title: str, target: Path, draw: Draw, *, margin_mm: float) -> None:
    """Write a PDF of what `draw` puts on its pages; an older file of that name is replaced whole.

    Raises:
        UserError: the place cannot be written to.
    """
    file = QSaveFile(str(target))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        raise _refusal(target)
    writer = QPdfWriter(file)
    writer.setTitle(title)
    writer.setCreator("ClaimBinder")
    _set_page(writer, margin_mm)
    draw(writer)
    del writer  # it finishes the file when it goes
    if not file.commit():
        raise _refusal(target)


def print_on_paper(title: str, over: QWidget, draw: Draw, *, margin_mm: float) -> None:
    """Ask for a printer, over a window, and have `draw` put its text on the pages there."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - slow, rarely used

    printer = QPrinter()
    printer.setDocName(title)
    _set_page(printer, margin_mm)
    if QPrintDialog(printer, over).exec():
        draw(printer)


def _set_page(device: QPagedPaintDevice, margin_mm: float) -> None:
    margins = QMarginsF(margin_mm, margin_mm, margin_mm, margin_mm)
    device.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.Letter),
            QPageLayout.Orientation.Portrait,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )


def _refusal(target: Path) -> UserError:
    return UserError(
        tr("“{name}” could not be written there. Choose another folder.", name=target.name)
    )
