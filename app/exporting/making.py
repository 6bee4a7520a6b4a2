"""How papers are made ready: what is wanted of all of them, and of the pages of one original."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 as fractions of the upright page, origin top left."""

BLACK_DOTS: Final[Mapping[str, int]] = {"black": 300, "fax": 200}
"""Dots per inch, on the sheet, of a page in black on white, by its ink.

A fax machine sends 204 × 196 (“fine”), and would thin out more than that in its own way.
"""
PORTAL_DOTS: Final = 200
"""Dots per inch to which pictures are shrunk for a portal; fewer, and small print goes."""


Reread = Callable[[Path], Sequence[str]]
"""Reads the picture of a page (a PNG file) by OCR and returns its words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Making:
    """What is wanted of all papers of a bundle.

    `ink` is one of `BLACK_DOTS` where every page becomes black on white. Pictures get at most
    `dots` dots per inch of the sheet they come to lie on; `reread` then proves that no words are
    lost. Papers named in `as_pictures` (by `document_id`) go in as pictures of their pages.
    `withheld` are pages (`document_id`, page from 1) in whose place a notice stands.
    """

    ink: str = ""
    dots: int | None = None
    reread: Reread | None = None
    as_pictures: frozenset[str] = frozenset()
    withheld: frozenset[tuple[str, int]] = frozenset()


PLAIN: Final = Making()
"""Every paper as it is."""


def making_for(profile: str, *, reread: Reread | None = None) -> Making:
    """Return how papers are made ready for a profile of `saved_bundle.PROFILES`."""
    if profile == "fax":
        return Making(ink="fax")
    if profile == "portal":
        return Making(dots=PORTAL_DOTS, reread=reread)
    return PLAIN


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What is wanted of one original; its pages count from 0.

    `pages` go in, all if None. `boxes` are blacked out, `corners` are those of the sheet in a
    photo, pages `withheld` are replaced by one that says so. The pictures of pages in `full` are
    not made smaller.
    """

    pages: frozenset[int] | None = None
    boxes: Mapping[int, tuple[Box, ...]] = field(default_factory=dict[int, "tuple[Box, ...]"])
    corners: Mapping[int, tuple[float, ...]] = field(default_factory=dict[int, "tuple[float, ...]"])
    withheld: frozenset[int] = frozenset()
    ink: str = ""
    dots: int | None = None
    full: frozenset[int] = frozenset()

    def is_in(self, page: int) -> bool:
        """Return whether a page goes in."""
        return self.pages is None or page in self.pages

    @property
    def keeps_secrets(self) -> bool:
        """Return whether something of the original must not travel, not even unseen."""
        return self.pages is not None or bool(self.boxes) or bool(self.withheld)

    def values(self) -> dict[str, Any]:
        """Return what a worker's task is told."""
        return {
            "pages": None if self.pages is None else sorted(self.pages),
            "boxes": sorted(self.boxes.items()),
            "corners": sorted(self.corners.items()),
            "withheld": sorted(self.withheld),
            "ink": self.ink,
            "dots": self.dots,
            "full": sorted(self.full),
        }

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Wanted:
        """Return what `values` was made from."""
        pages = values["pages"]
        return cls(
            pages=None if pages is None else frozenset(pages),
            boxes={page: tuple(map(_box, boxes)) for page, boxes in values["boxes"]},
            corners={page: tuple(corners) for page, corners in values["corners"]},
            withheld=frozenset(values["withheld"]),
            ink=values["ink"],
            dots=values["dots"],
            full=frozenset(values["full"]),
        )


def _box(sides: Sequence[float]) -> Box:
    ax, ay, bx, by = (min(max(float(side), 0.0), 1.0) for side in sides)
    return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
