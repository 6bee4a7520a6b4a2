"""A paper as the sifters see it: one running text, its rows of cells, labels with their values."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

from app.domain.fact import Box
from app.domain.page import Word
from app.importing.sifting.layout import Line, PageSeen, Strip, block_breaks, in_columns, lines_of
from app.importing.sifting.pairs import Cell, Pair, Row, pairs_of

_COLUMN_PT: Final = 5.4  # of typed text: a letter's width, a line's height and distance
_TYPED_PT: Final = 10.0
_LINE_PT: Final = 12.0
_TAB: Final = 4


@dataclass(frozen=True, slots=True)
class Written:
    """A word at `start` to `end` of the paper's text; `line` counts the rows of all pages."""

    word: Word
    start: int
    end: int
    page: int
    line: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span of the text stands: a box a line, on the page on which it begins."""

    page: int
    boxes: tuple[Box, ...]
    words: str
    score: float


@dataclass(frozen=True)
class Paper:
    """The pages of a paper.

    In `text` words are parted by a space, cells of a row by a tab, lines by a newline, blocks by
    an empty line, pages by a form feed. `rows` are the same words in rows and cells, by place.
    """

    text: str
    written: tuple[Written, ...]
    rows: tuple[Row, ...]
    page_starts: tuple[int, ...]

    @classmethod
    def of_pages(cls, pages: Sequence[PageSeen]) -> Self:
        """Lay the words of the pages out as text."""
        writing = _Writing()
        for number, page in enumerate(pages, start=1):
            writing.add(number, lines_of(page))
        return cls(
            "".join(writing.parts),
            tuple(writing.written),
            tuple(writing.rows),
            tuple(writing.page_starts),
        )

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Lay out typed text: two spaces or a tab part cells, a form feed parts pages."""
        return cls.of_pages([_typed(sheet) for sheet in text.split("\f")])

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Labels with the spans of their values."""
        return tuple(pairs_of(self.rows))

    def page_at(self, offset: int) -> int:
        """Return the page, from 1, on which a place of the text lies."""
        return max(bisect_right(self.page_starts, offset), 1)

    def place(self, start: int, end: int) -> Place:
        """Return where a span of the text stands, with its exact words.

        Raises:
            ValueError: there is no word in the span.
        """
        at = bisect_right(self._ends, start)
        found: list[Written] = []
        while at < len(self.written) and self.written[at].start < end:
            found.append(self.written[at])
            at += 1
        if not found:
            raise ValueError("no word stands there")
        page = found[0].page
        here = [item for item in found if item.page == page]
        lines: dict[int, list[Word]] = {}
        for item in here:
            lines.setdefault(item.line, []).append(item.word)
        return Place(
            page,
            tuple(_around(words) for words in lines.values()),
            " ".join(item.word.text for item in found),
            min(item.word.score for item in found),
        )

    @cached_property
    def _ends(self) -> list[int]:
        return [item.end for item in self.written]


class _Writing:
    """The text while it grows, page by page."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.written: list[Written] = []
        self.rows: list[Row] = []
        self.page_starts: list[int] = []
        self._length = 0
        self._line = 0

    def add(self, page: int, lines: Sequence[Line]) -> None:
        """Write a page; its rows keep their order by place, its text that of its columns."""
        if self.page_starts:
            self._put("\f")
        self.page_starts.append(self._length)
        cells: dict[int, Cell] = {}
        for number, run in enumerate(in_columns(lines)):
            if number:
                self._put("\n\n")
            breaks = block_breaks(run)
            for at, line in enumerate(run):
                if at:
                    self._put("\n\n" if at in breaks else "\n")
                self._line += 1
                for place, strip in enumerate(line):
                    if place:
                        self._put("\t")
                    cells[id(strip)] = self._cell(page, strip)
        self.rows += [tuple(cells[id(strip)] for strip in line) for line in lines]

    def _cell(self, page: int, strip: Strip) -> Cell:
        start = self._length
        for at, spot in enumerate(strip.spots):
            if at:
                self._put(" ")
            begin = self._length
            self._put(spot.word.text)
            self.written.append(Written(spot.word, begin, self._length, page, self._line))
        text = " ".join(spot.word.text for spot in strip.spots)
        return Cell(
            page, start, self._length, text, strip.left, strip.top, strip.right, strip.bottom
        )

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self._length += len(text)


def _around(words: Sequence[Word]) -> Box:
    return (
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
    )


def _typed(sheet: str) -> PageSeen:
    """Return typed text as a page on which every letter is equally wide."""
    lines = sheet.expandtabs(_TAB).split("\n")
    wide = max(map(len, lines), default=0) * _COLUMN_PT + 1
    high = len(lines) * _LINE_PT
    words: list[Word] = []
    for row, line in enumerate(lines):
        at = 0
        for text in line.split():
            at = line.index(text, at)
            left, top = at * _COLUMN_PT, row * _LINE_PT
            at += len(text)
            words.append(
                Word(
                    text, left / wide, top / high, at * _COLUMN_PT / wide, (top + _TYPED_PT) / high
                )
            )
    return PageSeen(tuple(words), sheet, "embedded", wide, high)
