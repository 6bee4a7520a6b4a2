"""A page of text as if printed: where its lines, its columns and its words stand, US Letter.

Lines are set in a proportional face, but words that stand in columns of the text (a tab, or two
spaces and more before them) begin at that column of the page, so that tables stay tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from PIL import ImageFont

WIDTH_PT: Final = 612.0
HEIGHT_PT: Final = 792.0
COLUMNS: Final = 84
LINES: Final = 56
MARGIN_PT: Final = 54.0
STEP_PT: Final = (HEIGHT_PT - 2 * MARGIN_PT) / LINES
COLUMN_PT: Final = (WIDTH_PT - 2 * MARGIN_PT) / COLUMNS
TYPE_PT: Final = 9.5

_GAP_PT: Final = 1.5 * TYPE_PT  # between two columns, however full the first one is
_CELL: Final = re.compile(r"\S+(?:(?: |(?<=[.?!:])  )\S+)*")  # two spaces may end a sentence
_ONE_DOT: Final = 1.0  # pixels a point at which words are measured

Face = ImageFont.FreeTypeFont | ImageFont.ImageFont


def cells(line: str, font: Face, scale: float) -> Iterator[tuple[float, str]]:
    """Yield each piece of a line that stands for itself, and where it begins, in pixels."""
    for x, cell in _placed(line, font, scale):
        yield x, cell[0]


def placed_words(lines: Sequence[str]) -> Iterator[tuple[int, int, str, tuple[float, ...]]]:
    """Yield line, column, text, and box of each word: x0, y0, x1, y1 as fractions of the page."""
    font = face(TYPE_PT * _ONE_DOT)
    for row, line in enumerate(lines):
        top = MARGIN_PT + row * STEP_PT
        for x, cell in _placed(line, font, _ONE_DOT):
            for word in re.finditer(r"\S+", cell[0]):
                left = x + font.getlength(cell[0][: word.start()])
                right = x + font.getlength(cell[0][: word.end()])
                box = (
                    left / WIDTH_PT, top / HEIGHT_PT,
                    right / WIDTH_PT, (top + STEP_PT) / HEIGHT_PT,
                )  # fmt: skip
                yield row, cell.start() + word.start(), word[0], tuple(map(_within, box))


@lru_cache(maxsize=8)
def face(pixels: float) -> Face:
    """Return the face of such pages."""
    return ImageFont.load_default(pixels)


def _placed(line: str, font: Face, scale: float) -> Iterator[tuple[float, re.Match[str]]]:
    end = 0.0
    for cell in _CELL.finditer(line):
        begin = (MARGIN_PT + cell.start() * COLUMN_PT) * scale
        x = max(begin, end + _GAP_PT * scale) if end else begin
        yield x, cell
        end = x + font.getlength(cell[0])


def _within(place: float) -> float:
    return round(min(max(place, 0.0), 1.0), 5)
