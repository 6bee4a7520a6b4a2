"""The rules on paper: as a PDF file, or to a printer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QPagedPaintDevice,
    QPainter,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from app.domain.rule_entry import RuleEntry
from ui.dialogs.rule_details import details
from ui.dialogs.rule_words import GROUPS
from ui.paper import print_on_paper, save_pdf
from ui.wording import tr

_MARGIN_MM: Final = 20
_FOOT_SHARE: Final = 24  # of the height, for the number of the page
_GAP_SHARE: Final = 64  # of the height, between two rules
_BODY_PT: Final = 10.5

_Page = list[tuple[QTextDocument, float]]
"""The pieces of a page, each with its top."""


def rules_as_pdf(rules: Sequence[RuleEntry], title: str, target: Path) -> None:
    """Write the rules as a PDF; an older file of that name is replaced whole.

    Raises:
        UserError: the place cannot be written to.
    """
    draw = partial(print_rules, rules, title)
    save_pdf(title, target, draw, margin_mm=_MARGIN_MM)


def rules_on_paper(rules: Sequence[RuleEntry], title: str, over: QWidget) -> None:
    """Ask for a printer, over a window, and print the rules there."""
    draw = partial(print_rules, rules, title)
    print_on_paper(title, over, draw, margin_mm=_MARGIN_MM)


def print_rules(rules: Sequence[RuleEntry], title: str, device: QPagedPaintDevice) -> None:
    """Put the rules on the pages of a device, each with its number; no rule is torn in two."""
    sheet = device.pageLayout().paintRectPixels(device.logicalDpiX())
    foot = sheet.height() // _FOOT_SHARE
    room = QSizeF(sheet.width(), sheet.height() - foot)
    pages = _paged([_laid_out(piece, device, room) for piece in _pieces(rules, title)], room)
    painter = QPainter(device)
    for number, page in enumerate(pages, start=1):
        if number > 1:
            device.newPage()
        for document, top in page:
            _draw(document, painter, top, room)
        painter.setFont(_font(_BODY_PT))
        painter.drawText(
            QRectF(0, room.height(), room.width(), foot),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom,
            tr("{title}: page {n} of {all}", title=title, n=number, all=len(pages)),
        )
    painter.end()


def _pieces(rules: Sequence[RuleEntry], title: str) -> Iterator[QTextDocument]:
    """Yield what stays together on a page: the title, then each rule, a heading with its first."""
    piece, cursor = _empty()
    _write(cursor, title, size=18, bold=True)
    _write(cursor, tr("The date in your own letter always comes first. "
                      "This list is no legal advice."))  # fmt: skip
    yield piece
    for group, some in groupby(rules, key=lambda rule: rule.group):
        for number, rule in enumerate(some):
            piece, cursor = _empty()
            if not number:
                _write(cursor, tr(GROUPS[group]), size=15, bold=True, after=8)
            _write(cursor, rule.title, size=12, bold=True)
            _tell(cursor, rule)
            yield piece


def _tell(cursor: QTextCursor, rule: RuleEntry) -> None:
    """Write a line for each thing, and one paragraph from the law on: how sure all that is."""
    said = details(rule)
    law = next((at for at, (heading, _words) in enumerate(said) if heading == tr("Law")), len(said))
    for at, (heading, words) in enumerate(said):
        begin = f"{heading}: "
        if at <= law:
            _write(cursor, words, heading=begin, after=1)
        else:
            cursor.insertText(f"   {begin}", _letters(_BODY_PT, bold=True))
            cursor.insertText(words, _letters(_BODY_PT, bold=False))


def _empty() -> tuple[QTextDocument, QTextCursor]:
    document = QTextDocument()
    document.setDefaultFont(_font(_BODY_PT))
    document.setDocumentMargin(0)
    return document, QTextCursor(document)


def _laid_out(document: QTextDocument, device: QPagedPaintDevice, room: QSizeF) -> QTextDocument:
    document.documentLayout().setPaintDevice(device)
    document.setTextWidth(room.width())
    if document.size().height() > room.height():
        document.setPageSize(room)  # longer than a page: it goes on between two lines
    return document


def _paged(
    pieces: Sequence[QTextDocument], room: QSizeF
) -> list[list[tuple[QTextDocument, float]]]:
    """Return the pieces of each page with their tops; one that no page holds goes over several."""
    pages: list[_Page] = [[]]
    top = 0.0
    for piece in pieces:
        height = piece.size().height()
        if top and top + height > room.height():
            pages.append([])
            top = 0.0
        pages[-1].append((piece, top))
        for more in range(1, piece.pageCount()):
            pages.append([(piece, -more * room.height())])
            top -= room.height()
        top += height + room.height() / _GAP_SHARE
    return pages


def _draw(document: QTextDocument, painter: QPainter, top: float, room: QSizeF) -> None:
    """Draw a piece in black, whatever colours the window has."""
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
    context.clip = QRectF(QPointF(0, max(0.0, -top)), room)
    painter.save()
    painter.translate(0, top)
    painter.setClipRect(context.clip)  # Qt also draws the line that ends where a page begins
    document.documentLayout().draw(painter, context)
    painter.restore()


def _font(size: float) -> QFont:
    font = QFont()
    font.setPointSizeF(size)
    return font


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
