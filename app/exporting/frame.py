"""Where a page of any size comes to lie on a sheet of paper, clear of the printed page number.

Lengths are PDF points (1/72 inch), origin at the lower left.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

LETTER_WIDTH = 612.0
LETTER_HEIGHT = 792.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper, upright."""

    width: float
    height: float


SHEETS: Final = {"letter": Sheet(LETTER_WIDTH, LETTER_HEIGHT), "a4": Sheet(595.276, 841.89)}
"""The papers that a bundle can be printed on."""

MARGIN = 18.0
"""White on three sides: printers cannot print closer to the edge than a quarter inch."""
BAND = 42.0
"""The strip at the foot that belongs to the exhibit letter and the page number."""

_SMALLEST = 216.0
"""A page whose longer side is shorter than this is enlarged up to it: a stamp-sized paper."""
_NARROWEST = 150.0
"""A page that would become narrower than this is cut into strips: till rolls, long screens."""
_OVERLAP = 18.0
"""How much of a strip is repeated on the next, so that no line of text is cut in two for good."""


@dataclass(frozen=True, slots=True)
class Placement:
    """How a page is laid on one sheet: scaled, its lower left corner at (x, y), then clipped.

    `x` and `y` count from the lower left of the sheet as it is read; `clip` is (x0, y0, x1, y1).
    """

    landscape: bool
    scale: float
    x: float
    y: float
    clip: tuple[float, float, float, float]


def placements(
    width: float,
    height: float,
    *,
    strip_width: float | None = None,
    sheet: Sheet = SHEETS["letter"],
) -> tuple[Placement, ...]:
    """Return the sheets that a page of `width` × `height` takes: one, or strips if very long.

    Nothing is distorted. Pages are shrunk to fit but not enlarged, except tiny ones.
    `strip_width` is how wide strips may become; without it, as wide as the page really is.
    """
    landscape = _is_better_across(width, height, sheet)
    frame = _frame(sheet, landscape=landscape)
    x0, y0, x1, y1 = frame
    fitted = min((x1 - x0) / width, (y1 - y0) / height)
    scale = min(fitted, max(1.0, _SMALLEST / max(width, height)))
    if not landscape and width * scale < _NARROWEST < height * scale:
        wide = min((x1 - x0) / width, (strip_width or width) / width)
        if wide > scale:
            return _strips(width, height, wide, sheet)
    left = x0 + (x1 - x0 - width * scale) / 2
    low = y0 + (y1 - y0 - height * scale) / 2
    return (Placement(landscape, scale, left, low, frame),)


def _is_better_across(width: float, height: float, sheet: Sheet) -> bool:
    """Return whether a wide page gains from turning the sheet; small ones stay upright."""
    x0, y0, x1, y1 = _frame(sheet, landscape=False)
    return width > height * 1.1 and min((x1 - x0) / width, (y1 - y0) / height) < 0.95


def _frame(sheet: Sheet, *, landscape: bool) -> tuple[float, float, float, float]:
    across, up = sheet.width, sheet.height
    if landscape:
        across, up = up, across
    return (MARGIN, BAND, across - MARGIN, up - MARGIN)


def _strips(width: float, height: float, scale: float, sheet: Sheet) -> tuple[Placement, ...]:
    x0, y0, x1, y1 = _frame(sheet, landscape=False)
    step = y1 - y0 - _OVERLAP
    left = x0 + (x1 - x0 - width * scale) / 2
    tall = height * scale
    count = max(1, ceil((tall - _OVERLAP) / step))
    lows = (y1 - tall + number * step for number in range(count))
    return tuple(Placement(False, scale, left, low, (x0, y0, x1, y1)) for low in lows)
