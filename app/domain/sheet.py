"""The corners of a sheet in its photo: whether they make one, and how they look turned."""

from __future__ import annotations

from typing import Final

from app.domain.errors import UserError

Corners = tuple[float, ...]
"""Eight fractions of a photo: x and y of four corners, clockwise from top left."""

WHOLE_PHOTO: Final[Corners] = (0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0)

_LEAST_AREA: Final = 0.02  # of the photo; a page so small could not be read
_LEAST_TURN: Final = 0.002  # of the photo, spanned by two edges; less is no corner but a line


def refuse_no_sheet(corners: Corners) -> None:
    """Refuse corners that no sheet of paper can have.

    Raises:
        UserError: they lie outside the photo, their edges cross, or they are too close together.
    """
    if len(corners) != 8 or not all(0 <= place <= 1 for place in corners):
        raise UserError("Put all four corners inside the photo.")
    points = list(zip(corners[::2], corners[1::2], strict=True))
    turns = [
        _spanned(points[k], points[(k + 1) % 4], points[(k + 2) % 4]) for k in range(4)
    ]  # all are positive where one goes round clockwise and never turns back
    if min(turns) < 0:
        raise UserError(
            "The lines cross, so these corners make no sheet. "
            "Put each corner on its own corner of the paper."
        )
    if (turns[0] + turns[2]) / 2 < _LEAST_AREA or min(turns) < _LEAST_TURN:
        raise UserError(
            "This is too small for a page. Put the corners on the outer corners of the paper."
        )


def turned_corners(corners: Corners, degrees: int) -> Corners:
    """Return where corners lie when the photo is turned clockwise by 0, 90, 180 or 270 degrees.

    The first is again the one that is top left then.
    """
    for _ in range(degrees // 90 % 4):
        x0, y0, x1, y1, x2, y2, x3, y3 = corners
        corners = (1 - y3, x3, 1 - y0, x0, 1 - y1, x1, 1 - y2, x2)
    return corners


def _spanned(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    """Return the area spanned by the edges from `a` to `b` and on to `c`, negative to the left."""
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
