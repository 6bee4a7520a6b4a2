"""Lays the pages of papers on the printed pages that wait for them. Runs in a worker."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pikepdf import Array, Dictionary, Object, Pdf

from app.exporting.frame import Placement
from app.exporting.layout import Side
from app.exporting.piece import HIDDEN_LAYERS
from app.exporting.stamps import Stamps

_KEPT_PLACE: Final = re.compile(rb"(?P<begin>/Span<</MCID 0>>BDC\n).*?(?P<end>EMC)", re.DOTALL)
"""What typst writes for the paragraph that keeps the place of an exhibit's page."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Printed pages of an exhibit, from page `first` (counted from 0), and what lies on them."""

    first: int
    sides: Sequence[Side]


def overlay(
    bundle: Pdf,
    printed: Sequence[Object],
    pieces: Mapping[int, Object],
    waiting: Waiting,
    stamps: Stamps | None,
) -> None:
    """Lay each side on its page and print its number, where there are `stamps`.

    `pieces` are the pages of all papers by their number through the bundle.
    """
    for place, side in enumerate(waiting.sides, start=waiting.first):
        page = _Page(printed[place])
        if side.page is not None and side.placement is not None:
            page.lay(pieces[side.page].Resources.XObject.P, side.placement)
        if stamps is not None:
            page.stamp(stamps, stamps.number(place + 1, len(printed)))
        page.finish(bundle)


def hide_layers(bundle: Pdf, pages: Sequence[Object]) -> None:
    """Keep the layers switched off that were switched off in their papers."""
    hidden = [layer for page in pages for layer in page.get(HIDDEN_LAYERS, ())]
    if hidden:
        bundle.Root["/OCProperties"] = Dictionary(
            OCGs=Array(hidden), D=Dictionary(OFF=Array(hidden))
        )


class _Page:
    """A printed page of an exhibit, while something is added to what stands there."""

    def __init__(self, page: Object) -> None:
        self._page = page
        self._content: bytes = page["/Contents"].read_bytes()
        self._width, self._height = (float(side) for side in list(page["/MediaBox"])[2:])
        self._resources = Dictionary(dict(page.get("/Resources", Dictionary()).items()))

    def lay(self, form: Object, placement: Placement) -> None:
        """Draw a form in place of the paragraph that keeps its place.

        So what is drawn belongs to a tagged paragraph: a reader by ear comes to it in its turn.
        """
        x0, y0, x1, y1 = placement.clip
        scale = f"{placement.scale:.5f}"
        drawn = (
            f"q {x0:g} {y0:g} {x1 - x0:g} {y1 - y0:g} re W n "
            f"{scale} 0 0 {scale} {placement.x:.3f} {placement.y:.3f} cm /Exhibit Do Q\n"
        ).encode("ascii")
        self._resources["/XObject"] = Dictionary(Exhibit=form)
        kept = _KEPT_PLACE.match(self._content)
        if kept:
            drawn = kept["begin"] + drawn + kept["end"]
        self._content = drawn + self._content[kept.end() if kept else 0 :]

    def stamp(self, stamps: Stamps, text: str) -> None:
        """Print the page's number at its foot."""
        fonts = Dictionary(dict(self._resources.get("/Font", Dictionary()).items()))
        fonts["/Stamp"] = stamps.font
        self._resources["/Font"] = fonts
        self._content += b"\n" + stamps.drawn(text, self._width)

    def finish(self, bundle: Pdf) -> None:
        """Put the page back; one that lies on its side becomes an upright sheet that is turned."""
        if self._width > self._height:
            on_its_side = f"q 0 1 -1 0 {self._height:g} 0 cm\n".encode("ascii")
            self._content = on_its_side + self._content + b"\nQ"
            self._page["/MediaBox"] = Array([0, 0, self._height, self._width])
            self._page["/Rotate"] = 90
        self._page["/Resources"] = self._resources
        self._page["/Contents"] = bundle.make_stream(self._content)
