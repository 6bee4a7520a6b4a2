"""Where words stand on a page: rows, cells parted by wide gaps, columns of prose, blocks.

All lengths here are in points of the upright page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles
from typing import Final, Self

from app.domain.page import How, Word

_CELL_GAP: Final = 0.9  # of the height of the words, from which a gap parts cells
_SAME_ROW: Final = 0.5  # of the lower word's height that two words of one row share
_OPEN_ROWS: Final = 4  # rows that a further word may still belong to
_BLOCK_GAP: Final = 1.35  # of the usual distance of lines, from which a new block begins
_COLUMN_ROWS: Final = 4  # rows with a common gap that make two columns of prose
_MOST_COLUMN_ROWS: Final = 120  # a page has no more; hostile ones have thousands
_COLUMN_WORDS: Final = 3.5  # words a cell on either side, on average
_LETTER: Final = (612.0, 792.0)


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page as the reader left it: its words in reading order and its text, a line a row."""

    words: tuple[Word, ...]
    text: str
    how: How = "embedded"
    width_pt: float = _LETTER[0]
    height_pt: float = _LETTER[1]


@dataclass(frozen=True, slots=True)
class Spot:
    """A word with its box in points."""

    word: Word
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The height at which its middle lies, from the top of the page."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Strip:
    """Words of one row without a wide gap: a line of prose, or a cell.

    The box goes around all its words; `height` is how high they usually are.
    """

    spots: tuple[Spot, ...]
    left: float
    top: float
    right: float
    bottom: float
    height: float

    @classmethod
    def of(cls, spots: Sequence[Spot]) -> Self:
        """Put words together; there is at least one."""
        return cls(
            tuple(spots),
            min(spot.left for spot in spots),
            min(spot.top for spot in spots),
            max(spot.right for spot in spots),
            max(spot.bottom for spot in spots),
            median(spot.height for spot in spots),
        )


Line = tuple[Strip, ...]
"""The strips of one row, from left to right."""


def lines_of(page: PageSeen) -> list[Line]:
    """Return the rows of a page from top to bottom, each parted into its strips.

    The lines of a page read from its picture are those that OCR found, which follow a crooked
    or curved page; those of other pages follow from where the words stand.
    """
    spots = [_spot(word, page) for word in page.words]
    rows = _as_read(spots, page.text) if page.how == "ocr" else None
    if rows is None:
        rows = _by_place(spots)
    return [tuple(_strips(row)) for row in rows if row]


def in_columns(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield the lines in the order in which a person reads them, columns of prose one by one.

    Each tuple is a run of lines that follow one another without a jump.
    """
    at = 0
    plain: list[Line] = []
    while at < len(lines):
        end = _end_of_columns(lines, at)
        if end is None:
            plain.append(lines[at])
            at += 1
            continue
        if plain:
            yield tuple(plain)
            plain = []
        yield tuple((line[0],) for line in lines[at:end])
        yield tuple(line[1:] for line in lines[at:end] if len(line) > 1)
        at = end
    if plain:
        yield tuple(plain)


def block_breaks(lines: Sequence[Line]) -> frozenset[int]:
    """Return before which of these lines a larger gap begins a new block."""
    steps = [_step(above, below) for above, below in pairwise(lines)]
    usual = _usual([step for step in steps if step > 0])
    return frozenset(
        at for at, step in enumerate(steps, start=1) if step < 0 or step > usual * _BLOCK_GAP
    )


def _spot(word: Word, page: PageSeen) -> Spot:
    across, down = page.width_pt, page.height_pt
    return Spot(word, word.x0 * across, word.y0 * down, word.x1 * across, word.y1 * down)


def _as_read(spots: Sequence[Spot], text: str) -> list[list[Spot]] | None:
    """Return the rows as the lines of the text part them; None if the words are not its words."""
    rows: list[list[Spot]] = []
    at = 0
    for line in text.split("\n"):
        count = len(line.split())
        rows.append(list(spots[at : at + count]))
        at += count
    return rows if at == len(spots) else None


def _by_place(spots: Sequence[Spot]) -> list[list[Spot]]:
    rows: list[list[Spot]] = []
    for spot in sorted(spots, key=lambda item: item.middle):
        row = next((row for row in reversed(rows[-_OPEN_ROWS:]) if _level(row[-1], spot)), None)
        if row is None:
            rows.append([spot])
        else:
            row.append(spot)
    return [sorted(row, key=lambda item: item.left) for row in rows]


def _level(one: Spot, other: Spot) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= _SAME_ROW * min(one.height, other.height)


def _strips(row: Sequence[Spot]) -> Iterator[Strip]:
    run = [row[0]]
    for before, spot in pairwise(row):
        gap = spot.left - before.right
        if gap > _CELL_GAP * max(min(before.height, spot.height), 1.0):
            yield Strip.of(run)
            run = []
        run.append(spot)
    yield Strip.of(run)


def _end_of_columns(lines: Sequence[Line], start: int) -> int | None:
    """Return where two columns of prose that begin at `start` end; None if none begin there."""
    if len(lines[start]) != 2:
        return None
    left, right = lines[start][0].right, lines[start][1].left
    end = start
    for line in lines[start : start + _MOST_COLUMN_ROWS]:
        if len(line) == 2:
            left, right = max(left, line[0].right), min(right, line[1].left)
        if not _keeps_free(line, left, right):
            break
        end += 1
    both = [line for line in lines[start:end] if len(line) == 2]
    return end if len(both) >= _COLUMN_ROWS and _are_prose(both) else None


def _keeps_free(line: Line, left: float, right: float) -> bool:
    """Say whether a line leaves a gap between two columns: `left` to `right`, wide enough."""
    height = line[0].height if line else 0.0
    return (
        len(line) <= 2
        and right - left >= _CELL_GAP * height
        and all(strip.right <= right or strip.left >= left for strip in line)
    )


def _are_prose(lines: Sequence[Line]) -> bool:
    words = [sum(len(line[side].spots) for line in lines) for side in (0, 1)]
    return min(words) >= _COLUMN_WORDS * len(lines)


def _step(above: Line, below: Line) -> float:
    """Return from line to line how far it is, in heights of the lower words; less than 0 is up."""
    height = max(min(above[0].height, below[0].height), 1.0)
    upper, lower = above[0].spots[0].middle, below[0].spots[0].middle
    return (lower - upper) / height


def _usual(steps: Sequence[float]) -> float:
    if len(steps) < 2:
        return steps[0] if steps else 1.0
    return max(quantiles(steps, n=4)[0], 0.8)
