"""Labels and what is printed for them: after a colon, to the right, or below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_LABEL_WORDS: Final = 7
_BELOW: Final = 2.6  # heights, from a label to the value printed under it
_LABEL_LETTERS: Final = 160
_LAST_WORDS: Final = re.compile(  # words are taken whole: a run of capitals has a million parts
    r"(?<![A-Za-z#])(?:[A-Z#][^\s:]{0,24}+(?:\s|$)(?:[a-z]{1,12}\s)?){1,4}$"
)
_ENDS: Final = " :.#"


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a row without a wide gap: its span in the text and its box in points."""

    page: int
    start: int
    end: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


Row = tuple[Cell, ...]
"""The cells of one row of a page, from left to right."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and the span of its value in the paper's text.

    `label` is in lower case, without colon and with single spaces. `how` says where the value
    stands: `after` a colon in the same cell, in the next cell (`right`), or `below` the label.
    """

    label: str
    start: int
    end: int
    how: str


def pairs_of(rows: Sequence[Row]) -> Iterator[Pair]:
    """Yield every label with its value; one cell may serve several labels, and be none at all."""
    for number, row in enumerate(rows):
        for at, cell in enumerate(row):
            yield from _inside(cell)
            if not _may_label(cell.text):
                continue
            label = plain_label(cell.text)
            if at + 1 < len(row):
                yield Pair(label, row[at + 1].start, row[at + 1].end, "right")
            below = _below(cell, rows[number + 1 : number + 3])
            if below:
                yield Pair(label, below.start, below.end, "below")


def plain_label(text: str) -> str:
    """Return a label as it is compared: lower case, single spaces, no colon at its end."""
    return " ".join(text.lower().split()).strip(_ENDS)


def _inside(cell: Cell) -> Iterator[Pair]:
    """Yield the pairs of a cell such as “Claim No.: 7 Date: 3/2/26”."""
    colons = [match.end() for match in re.finditer(r":(?=\s|$)|:(?=\S)", cell.text)]
    for at, colon in enumerate(colons):
        before = cell.text[colons[at - 1] if at else 0 : colon - 1]
        label = before if not at else _last_words(before)
        if not label.strip() or len(label.split()) > _LABEL_WORDS:
            label = _last_words(before)
        end = len(cell.text)
        if at + 1 < len(colons):
            following = cell.text[colon : colons[at + 1] - 1]
            end = colon + len(following) - len(_last_words(following))
        value = cell.text[colon:end]
        if label.strip() and value.strip():
            lead = len(value) - len(value.lstrip())
            yield Pair(
                plain_label(label),
                cell.start + colon + lead,
                cell.start + colon + len(value.rstrip()),
                "after",
            )


def _last_words(text: str) -> str:
    """Return the last few words of a text that may be the label of what follows."""
    match = _LAST_WORDS.search(text[-_LABEL_LETTERS:])
    return match[0] if match else ""


def _may_label(text: str) -> bool:
    words = text.split()
    if len(words) > _LABEL_WORDS or not any(map(str.isalpha, text)):
        return False
    return text.rstrip().endswith((":", "#")) or not any(map(str.isdigit, text))


def _below(cell: Cell, rows: Sequence[Row]) -> Cell | None:
    """Return the cell under a label: it begins or ends with it, or lies within its width."""
    height = cell.bottom - cell.top
    for row in rows:
        for other in row:
            if other.page != cell.page or other.top - cell.bottom > _BELOW * height:
                continue
            near_left = abs(other.left - cell.left) <= height
            near_right = abs(other.right - cell.right) <= height
            centre = (other.left + other.right) / 2
            if other.top >= cell.bottom - height / 2 and (
                near_left or near_right or cell.left <= centre <= cell.right
            ):
                return other
    return None
