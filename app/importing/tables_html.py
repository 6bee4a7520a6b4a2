"""The tables of an HTML page as rows of cells: some portals save such a page as .csv or .xls."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from app.importing.tables_text import MOST_CELLS, TOO_WIDE, RawRow, clean_cell

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,14})\b([^<>]{0,4000})>")
_IS_TABLE: Final = re.compile(r"<(?:!doctype html|html|table)\b", re.IGNORECASE)
_OTHER: Final = re.compile(r"<[!?/a-zA-Z][^<>]{0,4000}>")
_SPAN: Final = re.compile(r"""\bcolspan\s{0,3}=\s{0,3}["']?(\d{1,2})""", re.IGNORECASE)
_HEAD: Final = 8192
_CELLS: Final = frozenset(("td", "th"))
_TABLE: Final = frozenset(("table", "tr", *_CELLS))
_UNSEEN: Final = frozenset(("script", "style", "head", "template", "title"))


def is_html(text: str) -> bool:
    """Say whether a text is a page with a table rather than delimited text."""
    head = text[:_HEAD].lstrip()
    return head.startswith("<") and bool(_IS_TABLE.search(head))


def rows_of_html(text: str) -> Iterator[RawRow]:
    """Yield the rows of all tables of a page that are not blank; `row` counts them from 1.

    Linear in the length of the text, whatever the marks in it.
    """
    for number, cells in enumerate(_rows(_without_comments(text)), start=1):
        if len(cells) > MOST_CELLS:
            yield RawRow(number, reason=TOO_WIDE)
        elif any(cells):
            yield RawRow(number, tuple(cells))


def _rows(text: str) -> Iterator[list[str]]:
    cells: list[str] | None = None
    begin, span = -1, 1  # where the words of the open cell begin, and how wide it is
    for tag in _seen(text):
        name, ends = tag[2].lower(), bool(tag[1])
        if begin >= 0 and cells is not None:
            cells += [_words(text[begin : tag.start()]), *[""] * (span - 1)]
            begin = -1
        if name in _CELLS and not ends:
            cells = [] if cells is None else cells
            said = _SPAN.search(tag[3])
            begin, span = tag.end(), min(max(int(said[1]), 1), MOST_CELLS) if said else 1
        elif name not in _CELLS and cells is not None:
            yield cells
            cells = None
    if cells is not None:
        yield cells


def _seen(text: str) -> Iterator[re.Match[str]]:
    """Yield the tags that make a table, but for those in what nobody sees."""
    unseen = ""
    for tag in _TAG.finditer(text):
        name, ends = tag[2].lower(), bool(tag[1])
        if unseen:
            unseen = "" if ends and name == unseen else unseen
        elif name in _UNSEEN:
            unseen = "" if ends else name
        elif name in _TABLE:
            yield tag


def _words(marked: str) -> str:
    return clean_cell(html.unescape(_OTHER.sub(" ", marked[:20_000])))


def _without_comments(text: str) -> str:
    kept: list[str] = []
    at = 0
    while (found := text.find("<!--", at)) >= 0:
        kept.append(text[at:found])
        end = text.find("-->", found + 4)
        if end < 0:
            return "".join(kept)
        at = end + 3
    return "".join((*kept, text[at:]))
