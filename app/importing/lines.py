"""From recognised pieces of text to lines in the order a person reads them.

A piece is what the engine finds in one go: a label, a cell, a whole line. Pieces side by side
belong to one line even where the photo is a little crooked.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

_STRAIGHT: Final = 0.35  # radians; steeper pieces do not tell how crooked the page is
_SHARED_HEIGHT: Final = 0.5  # of the lower piece, for two pieces to stand in one line
_OPEN_LINES: Final = 3  # on a curved page the end of a line may lie below the next one's start
_WIDE_GAP: Final = 1.5  # of the height, from which a gap parts columns


@dataclass(frozen=True, slots=True)
class Seen:
    """A word as the engine saw it: text, its box in pixels, and how sure the engine is."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    score: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text, its words, and its corners in pixels from top left clockwise."""

    text: str
    words: tuple[Seen, ...]
    corners: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A piece with its extent after the page was thought straight."""

    piece: Piece
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


def in_reading_order(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the lines from top to bottom, the pieces of each from left to right."""
    angle = _slope(pieces)
    placed = sorted((_straightened(piece, angle) for piece in pieces), key=_middle)
    lines: list[list[_Placed]] = []
    for piece in placed:
        line = next((line for line in reversed(lines[-_OPEN_LINES:]) if _beside(line, piece)), None)
        if line is None:
            lines.append([piece])
        else:
            line.append(piece)
    return [[item.piece for item in sorted(line, key=lambda item: item.left)] for line in lines]


def text_of(lines: Sequence[Sequence[Piece]]) -> str:
    """Return the text, a line a row; two spaces part what stands in different columns."""
    return "\n".join(_line_text(line) for line in lines)


def _line_text(line: Sequence[Piece]) -> str:
    parts = [line[0].text]
    for before, piece in pairwise(line):
        height = abs(piece.corners[3][1] - piece.corners[0][1])
        gap = piece.corners[0][0] - before.corners[1][0]
        parts.append(("  " if gap > _WIDE_GAP * height else " ") + piece.text)
    return "".join(parts)


def _slope(pieces: Sequence[Piece]) -> float:
    """Return by how much the lines of a page climb, in radians, from its longer pieces."""
    widths = [math.dist(piece.corners[0], piece.corners[1]) for piece in pieces]
    if not widths:
        return 0.0
    long = median(widths)
    angles = [
        math.atan2(right[1] - left[1], right[0] - left[0])
        for (left, right, *_), width in zip((p.corners for p in pieces), widths, strict=True)
        if width >= long
    ]
    straight = [angle for angle in angles if abs(angle) < _STRAIGHT]
    return median(straight) if straight else 0.0


def _straightened(piece: Piece, angle: float) -> _Placed:
    cos, sin = math.cos(-angle), math.sin(-angle)
    xs = [x * cos - y * sin for x, y in piece.corners]
    ys = [x * sin + y * cos for x, y in piece.corners]
    return _Placed(piece, min(xs), min(ys), max(xs), max(ys))


def _middle(item: _Placed) -> float:
    return (item.top + item.bottom) / 2


def _beside(line: Sequence[_Placed], item: _Placed) -> bool:
    """Say whether a piece continues a line: level with its nearest neighbour, and not over it."""
    nearest = min(line, key=lambda other: _gap(other, item))
    shared = min(nearest.bottom, item.bottom) - max(nearest.top, item.top)
    overlap = min(nearest.right, item.right) - max(nearest.left, item.left)
    lower = min(nearest.height, item.height)
    return shared >= _SHARED_HEIGHT * lower and overlap < _SHARED_HEIGHT * lower


def _gap(one: _Placed, other: _Placed) -> float:
    return max(one.left - other.right, other.left - one.right, 0.0)
