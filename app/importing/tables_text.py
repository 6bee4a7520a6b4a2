"""Delimited text of any coding as rows of cells, each with its line in the file."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

LONGEST_CELL: Final = 2000
"""Characters of a cell that are kept."""
MOST_CELLS: Final = 300

UNCLOSED: Final = (
    "This line has a quotation mark that is never closed. Mend it in the file, or enter it by hand."
)
TOO_WIDE: Final = f"This line has more than {MOST_CELLS} cells. It is no line of a table."
TOO_LONG: Final = "This line is too long to be a line of a table."

_SEPARATORS: Final = (",", ";", "\t", "|")
_LOOKED_AT: Final = 80  # rows from which the separator is told
_MOST_LINES: Final = 100  # of the file that one quoted row may span
_LONGEST_ROW: Final = 100_000
_SAID: Final = re.compile(r"""\s*"?sep=(.)"?\s*""", re.IGNORECASE)
_MANY: Final = 0.3  # part of every second byte that is zero: UTF-16 without its mark


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row of a file: the line on which it begins, and its cells; or why there are none."""

    row: int
    cells: tuple[str, ...] = ()
    reason: str = ""


def decoded(data: bytes) -> tuple[str, bool]:
    """Return the text of a file whose coding nobody tells, and whether zero bytes were dropped."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    elif coding := _unmarked_utf16(data[:4096]):
        text = data.decode(coding, "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    had_zeros = "\0" in text
    return text.replace("\0", "") if had_zeros else text, had_zeros


def _unmarked_utf16(head: bytes) -> str:
    half = len(head) // 2
    if half < 8:
        return ""
    even, odd = head[0 : half * 2 : 2].count(0), head[1 : half * 2 : 2].count(0)
    if odd > half * _MANY and odd > even * 3:
        return "utf-16-le"
    if even > half * _MANY and even > odd * 3:
        return "utf-16-be"
    return ""


def rows_of_text(text: str) -> Iterator[RawRow]:
    """Yield the rows of delimited text that are not blank.

    A quotation mark that is never closed costs its own line, not the rest of the file.
    """
    lines = io.StringIO(text, newline=None).readlines()
    first = 0
    separator = ""
    if lines and (said := _SAID.fullmatch(lines[0].rstrip("\n"))):
        first, separator = 1, said[1]
    separator = separator or _separator(lines)
    yield from _rows(lines, first, separator)


def clean_cell(text: str) -> str:
    """Return a cell on one line, without blanks around it and signs that cannot be printed."""
    cut = text[:LONGEST_CELL]
    if not cut.isprintable():
        cut = "".join(letter if letter.isprintable() else " " for letter in cut)
    return " ".join(cut.split())


def _separator(lines: list[str]) -> str:
    """Return the separator with which most rows are of the same width, the widest of them."""
    scores = {each: _score(_rows(lines, 0, each)) for each in _SEPARATORS}
    return max(_SEPARATORS, key=lambda each: scores[each])


def _score(rows: Iterable[RawRow]) -> tuple[int, int]:
    widths = Counter(len(row.cells) for row in islice(rows, _LOOKED_AT) if len(row.cells) > 1)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _rows(lines: list[str], first: int, separator: str) -> Iterator[RawRow]:
    at = first
    while at < len(lines):
        row = at + 1
        line, at = lines[at], at + 1
        if not line.strip():
            continue
        if _is_open(line, separator):
            whole, after = _closed(lines, at - 1, separator)
            if not after:
                yield RawRow(row, reason=UNCLOSED)
                continue
            line, at = whole, after
        found = _row(row, line, separator)
        if found.reason or any(found.cells):
            yield found


def _closed(lines: list[str], begin: int, separator: str) -> tuple[str, int]:
    """Return a row that spans lines and the line after it; 0 if it is never closed."""
    whole = lines[begin]
    for at in range(begin + 1, min(begin + _MOST_LINES, len(lines))):
        whole += lines[at]
        if len(whole) > _LONGEST_ROW:
            break
        if lines[at].count('"') % 2 and not _is_open(whole, separator):
            return whole, at + 1
    return "", 0


def _is_open(text: str, separator: str) -> bool:
    """Say whether a quoted cell goes on after this text; a mark inside of words opens none."""
    if text.count('"') % 2 == 0:
        return False
    is_quoted, begins, at = False, True, 0
    while at < len(text):
        letter = text[at]
        if is_quoted:
            if letter == '"':
                if text[at + 1 : at + 2] == '"':
                    at += 1
                else:
                    is_quoted = False
        elif letter == '"' and begins:
            is_quoted, begins = True, False
        else:
            begins = letter == separator or (begins and letter == " ")
        at += 1
    return is_quoted


def _row(row: int, line: str, separator: str) -> RawRow:
    if len(line) > _LONGEST_ROW:
        return RawRow(row, reason=TOO_LONG)
    try:
        cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True))
    except (csv.Error, StopIteration):
        return RawRow(row, reason=UNCLOSED)
    if len(cells) > MOST_CELLS:
        return RawRow(row, reason=TOO_WIDE)
    return RawRow(row, tuple(map(clean_cell, cells)))
