"""Places on a page as fractions, and how they move when the page is turned."""

from __future__ import annotations

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, as fractions of a page, origin top left."""


def turned_box(box: Box, degrees: int) -> Box:
    """Return where a box lies after its page was turned clockwise."""
    x0, y0, x1, y1 = box
    match degrees:
        case 90:
            return 1 - y1, x0, 1 - y0, x1
        case 180:
            return 1 - x1, 1 - y1, 1 - x0, 1 - y0
        case 270:
            return y0, 1 - x1, y1, 1 - x0
        case _:
            return box
