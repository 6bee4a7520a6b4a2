"""Which page of which piece lies on which page of an exhibit. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from app.exporting.frame import SHEETS, Placement, Sheet, placements

_PICTURE_STRIP: Final = 288.0
"""How wide, in points, the strips of a very long picture may become: four inches."""


@dataclass(frozen=True, slots=True)
class Side:
    """One page of an exhibit: a page of a piece and where it lies, or what is missing there.

    `page` counts from 0 through all pieces of the bundle.
    """

    page: int | None = None
    placement: Placement | None = None
    missing: Mapping[str, str] | None = None

    @property
    def landscape(self) -> bool:
        """Return whether the sheet is turned."""
        return self.placement is not None and self.placement.landscape


@dataclass(slots=True)
class LaidOut:
    """The pages behind one exhibit's sheet, counted from 0.

    `starts` is where each page of its papers begins: a very long one takes several pages here.
    `numbers` are the same pages as the paper itself numbers them, from 1, as far as is known.
    `bookmarks` are those of its papers, each with the page it points at.
    """

    sides: list[Side] = field(default_factory=list[Side])
    starts: list[int] = field(default_factory=list[int])
    numbers: list[int] = field(default_factory=list[int])
    bookmarks: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])

    def marks(self, first: int, last: int, start: int) -> Iterator[tuple[str, int]]:
        """Yield what stands below the bookmark of sides `first` to `last` of this exhibit.

        The last side is not included; the first is page `start`, counted from 0.
        """
        inside = [(title, place) for title, place in self.bookmarks if first <= place < last]
        if inside:
            yield from ((title, start + place - first) for title, place in inside)
        elif last - first > 1:
            for place in range(first, last):
                page = start + place - first
                yield f"Page {page + 1} ({place + 1} of {len(self.sides)})", page


def lay_out(
    exhibits: Sequence[Sequence[dict[str, Any]]], sheet: Sheet = SHEETS["letter"]
) -> list[LaidOut]:
    """Return the pages of each exhibit from its pieces and gaps, as `assemble` is given them."""
    result: list[LaidOut] = []
    number = 0
    for pieces in exhibits:
        exhibit = LaidOut()
        for piece in pieces:
            if "missing" in piece:
                exhibit.sides.append(Side(missing=piece["missing"]))
            else:
                number += _add(piece, number, exhibit, sheet)
        result.append(exhibit)
    return result


def _add(piece: Mapping[str, Any], number: int, exhibit: LaidOut, sheet: Sheet) -> int:
    """Add the pages of one piece, the first of which is `number`; return how many it has."""
    strip = _PICTURE_STRIP if piece["is_picture"] else None
    starts: list[int] = []
    for page, (width, height) in enumerate(piece["sizes"], start=number):
        starts.append(len(exhibit.sides))
        places = placements(width, height, strip_width=strip, sheet=sheet)
        exhibit.sides += (Side(page, place) for place in places)
    exhibit.starts += starts
    exhibit.bookmarks += (
        (title, starts[page]) for title, page in piece["bookmarks"] if page < len(starts)
    )
    return len(starts)
