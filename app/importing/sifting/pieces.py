"""Rows of a paper with their amounts apart from the texts around them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from app.importing.sifting.amounts import Amount, amounts_in
from app.importing.sifting.pairs import Cell
from app.importing.sifting.paper import Paper

_MOST_ROWS: Final = 2_500
_SENTENCE: Final = 6  # words in small letters in a line of one
_DIGIT: Final = re.compile(r"\d")

Spot = tuple[float, float, str]
"""A word between two distances from the left edge of the page, in points."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text or an amount in a row: its span in the paper's text and its place in points.

    An amount's own `start` and `end` are those of the paper's text as well. `cell` counts the
    cells of the row: pieces of one cell have no wide gap between them.
    """

    start: int
    end: int
    words: tuple[Spot, ...]
    text: str
    cell: int
    amount: Amount | None = None

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0][0]

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1][1]


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A row of a page in pieces, with its upper and lower edge in points."""

    page: int
    top: float
    bottom: float
    pieces: tuple[Piece, ...]
    amounts: tuple[Piece, ...]

    @property
    def height(self) -> float:
        """How high it is."""
        return max(self.bottom - self.top, 1.0)

    @property
    def is_prose(self) -> bool:
        """Say whether a sentence goes on in small letters after one of its amounts."""
        words = [word for piece in self.pieces for _, _, word in piece.words]
        if sum(1 for word in words if word[:1].islower()) < _SENTENCE:
            return False
        return any(
            after.cell == amount.cell and after.text[:1].islower()
            for amount, after in pairwise(self.pieces)
            if amount.amount and not after.amount
        )


def piece_rows(paper: Paper) -> tuple[PieceRow, ...]:
    """Return the rows of a paper, by place, from its first page to its last.

    A paper with very many rows is read as far as a long statement goes.
    """
    starts = [item.start for item in paper.written]
    return tuple(_row(paper, starts, row) for row in paper.rows[:_MOST_ROWS] if row)


def _row(paper: Paper, starts: Sequence[int], row: Sequence[Cell]) -> PieceRow:
    pieces = tuple(
        piece for number, cell in enumerate(row) for piece in _pieces(paper, starts, cell, number)
    )
    return PieceRow(
        row[0].page,
        min(cell.top for cell in row),
        max(cell.bottom for cell in row),
        pieces,
        tuple(piece for piece in pieces if piece.amount),
    )


def _pieces(paper: Paper, starts: Sequence[int], cell: Cell, number: int) -> Iterator[Piece]:
    """Part a cell into its amounts and the texts between them."""
    first, last = bisect_left(starts, cell.start), bisect_left(starts, cell.end)
    words = [item.word for item in paper.written[first:last]]
    left = words[0].x0
    wide = max(word.x1 for word in words) - left
    scale = (cell.right - cell.left) / wide if wide > 0 else 0.0
    spots = [
        (cell.left + (word.x0 - left) * scale, cell.left + (word.x1 - left) * scale, word.text)
        for word in words
    ]

    def piece(start: int, end: int, amount: Amount | None) -> Piece:
        begin, stop = cell.start + start, cell.start + end
        one = bisect_right(starts, begin, first, last) - 1
        last_word = bisect_left(starts, stop, first, last)
        inside = tuple(
            _part(spots[at - first], begin - starts[at], stop - starts[at])
            for at in range(one, last_word)
        )
        placed = amount and replace(amount, start=begin, end=stop)
        return Piece(begin, stop, inside, cell.text[start:end], number, placed)

    at = 0
    amounts = amounts_in(cell.text) if _DIGIT.search(cell.text) else ()
    for start, end, amount in (*((item.start, item.end, item) for item in amounts), _END):
        until = len(cell.text) if amount is None else start
        text = cell.text[at:until]
        bare = text.strip()
        if any(map(str.isalnum, bare)):
            lead = at + len(text) - len(text.lstrip())
            yield piece(lead, lead + len(bare), None)
        if amount:
            yield piece(start, end, amount)
            at = end


def _part(spot: Spot, start: int, end: int) -> Spot:
    """Return the part of a word between two of its letters, which share its width evenly."""
    left, right, text = spot
    start, end = max(start, 0), min(end, len(text))
    letter = (right - left) / max(len(text), 1)
    return left + start * letter, left + end * letter, text[start:end]


_END = (0, 0, None)
