"""The deadline rules on paper: as a PDF file, or to a printer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMarginsF, QSaveFile
from PySide6.QtGui import (
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from app.domain.deadline_rule import DeadlineRule
from app.domain.errors import UserError
from ui.dialogs.rule_words import details
from ui.wording import tr

_MARGIN_MM: Final = 4  # Qt adds 2 cm of its own, with the number of the page
_BODY_PT: Final = 10.5


def rules_as_pdf(rules: Sequence[DeadlineRule], title: str, target: Path) -> None:
    """Write the rules as a PDF on US Letter; an older file of that name is replaced whole.

    Raises:
        UserError: the place cannot be written to.
    """
    file = QSaveFile(str(target))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        raise _refusal(target)
    writer = QPdfWriter(file)
    writer.setTitle(title)
    writer.setCreator("ClaimBinder")
    _set_page(writer)
    print_rules(rules, title, writer)
    del writer  # it finishes the file when it goes
    if not file.commit():
        raise _refusal(target)


def rules_on_paper(rules: Sequence[DeadlineRule], title: str, over: QWidget) -> None:
    """Ask for a printer, over a window, and print the rules there."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - slow, rarely used

    printer = QPrinter()
    printer.setDocName(title)
    _set_page(printer)
    if QPrintDialog(printer, over).exec():
        print_rules(rules, title, printer)


def print_rules(rules: Sequence[DeadlineRule], title: str, device: QPagedPaintDevice) -> None:
    """Put the rules on the pages of a device."""
    _document(rules, title).print_(device)


def _set_page(device: QPagedPaintDevice) -> None:
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    device.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.Letter),
            QPageLayout.Orientation.Portrait,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )


def _document(rules: Sequence[DeadlineRule], title: str) -> QTextDocument:
    document = QTextDocument()
    font = QFont()
    font.setPointSizeF(_BODY_PT)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    cursor = QTextCursor(document)
    _write(cursor, title, size=18, bold=True)
    _write(
        cursor,
        tr("The date in your own letter always comes first. This list is no legal advice."),
        after=12,
    )
    for rule in rules:
        _write(cursor, rule.title, size=12.5, bold=True, before=10)
        for heading, words in details(rule):
            _write(cursor, words, heading=f"{heading}: ", after=1)
    return document


def _write(  # noqa: PLR0913 - each is one property of a paragraph, by its name
    cursor: QTextCursor,
    words: str,
    *,
    heading: str = "",
    size: float = _BODY_PT,
    bold: bool = False,
    before: float = 0,
    after: float = 3,
) -> None:
    block = QTextBlockFormat()
    block.setTopMargin(before)
    block.setBottomMargin(after)
    if cursor.position() == 0:
        cursor.setBlockFormat(block)
    else:
        cursor.insertBlock(block)
    if heading:
        cursor.insertText(heading, _letters(_BODY_PT, bold=True))
    cursor.insertText(words, _letters(size, bold=bold))


def _letters(size: float, *, bold: bool) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontPointSize(size)
    made.setFontWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def _refusal(target: Path) -> UserError:
    return UserError(
        tr("“{name}” could not be written there. Choose another folder.", name=target.name)
    )
