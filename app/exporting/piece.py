"""The clean PDF that one original becomes before it is bound in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from app.exporting.making import BLACK_DOTS, Box, Wanted
from app.exporting.text_layer import PlacedWord, TextLayer

HIDDEN_LAYERS: Final = "/HiddenLayers"
"""The key, on the first page of a piece, of the layers that must stay switched off."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found out about a page, and what is wanted of it.

    It is turned clockwise by `turn` (0, 90, 180 or 270) to stand upright; `words` are places after
    that. `is_embedded` says that the file itself carries these words. `number` is the page of its
    original, from 0. `corners` are those of the sheet in a photo, before it is turned.
    """

    turn: int = 0
    is_embedded: bool = False
    words: Sequence[PlacedWord] = ()
    number: int = 0
    corners: tuple[float, ...] | None = None
    boxes: tuple[Box, ...] = ()
    ink: str = ""
    is_withheld: bool = False

    @property
    def is_redrawn(self) -> bool:
        """Return whether the page is drawn anew, as a picture (see `redraw`)."""
        return bool(self.boxes) or self.ink in BLACK_DOTS or self.is_withheld

    def unless_embedded(self) -> Reading:
        """Return the reading without words that are drawn anyway."""
        return replace(self, words=()) if self.is_embedded else self


class Readings:
    """The readings of the pages of one original, and what is wanted of them."""

    def __init__(self, readings: Iterable[Reading] = (), wanted: Wanted | None = None) -> None:
        self._readings = tuple(readings)
        self.wanted = wanted or Wanted()

    def of(self, index: int) -> Reading:
        """Return the reading of a page, counted from 0; of a page not read, what is wanted."""
        read = self._readings[index] if index < len(self._readings) else Reading()
        return replace(
            read,
            number=index,
            corners=self.wanted.corners.get(index),
            boxes=self.wanted.boxes.get(index, ()),
            ink=self.wanted.ink,
            is_withheld=index in self.wanted.withheld,
        )

    def with_boxes(self, boxes: Mapping[int, tuple[Box, ...]]) -> Readings:
        """Return these readings with other places blacked out."""
        return Readings(self._readings, replace(self.wanted, boxes=boxes))

    def chosen(self, count: int) -> list[int]:
        """Return which of so many pages go in, from 0."""
        return [page for page in range(count) if self.wanted.is_in(page)]


class Piece:
    """A PDF whose every page is one form `/P`, upright, its lower left corner at the origin.

    Pages are made new and take over nothing but what is drawn: what hangs on the pages or the
    catalog of an original (actions, scripts, attachments, properties) has no way in. `removed`
    counts what stayed outside, `warnings` are sentences for the person,
    `bookmarks` its own, each with the page it points at, counted from 0. `readings` are those of
    its pages, `pages_of_original` tells how many there were to choose from. In place of the pages
    `withheld`, from 0, stands a notice.
    """

    def __init__(self) -> None:
        self.pdf: Pdf = pikepdf.new()
        self.sizes: list[tuple[float, float]] = []
        self.removed: Counter[str] = Counter()
        self.warnings: list[str] = []
        self.bookmarks: list[tuple[str, int]] = []
        self.readings: list[Reading] = []
        self.withheld: list[int] = []
        self.pages_of_original = 0
        self._layer: TextLayer | None = None
        self._held: list[Pdf] = []
        self._hidden: Dictionary | None = None

    def add_page(self, form: Object, width: float, height: float, reading: Reading) -> None:
        """Append a page that shows `form`, `width` × `height` points before it is turned.

        One that will be drawn anew gets its words then.
        """
        words = () if reading.is_redrawn else reading.words
        if reading.turn or words:
            form, width, height = self._as_read(form, width, height, reading.turn, words)
        self.pdf.pages.append(self._page(form, width, height))
        self.sizes.append((width, height))
        self.readings.append(reading)

    def replace_page(self, place: int, form: Object, words: Sequence[PlacedWord] = ()) -> None:
        """Show `form`, which has the same size, in place of all that a page showed."""
        width, height = self.sizes[place]
        if words:
            form, width, height = self._as_read(form, width, height, 0, words)
        self.pdf.pages[place] = self._page(form, width, height)

    def _page(self, form: Object, width: float, height: float) -> pikepdf.Page:
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
            Resources=Dictionary(XObject=Dictionary(P=form)),
            Contents=self.pdf.make_stream(b"/P Do"),
        )
        return pikepdf.Page(page)

    def _as_read(
        self,
        form: Object,
        width: float,
        height: float,
        turn: int,
        words: Sequence[PlacedWord],
    ) -> tuple[Object, float, float]:
        """Return a form that shows `form` turned upright with its words over it, and its size."""
        matrix, across, up = {
            90: ((0, -1, 1, 0, 0, width), height, width),
            180: ((-1, 0, 0, -1, width, height), width, height),
            270: ((0, 1, -1, 0, height, 0), height, width),
        }.get(turn, ((1, 0, 0, 1, 0, 0), width, height))
        content = " ".join(f"{number:.3f}" for number in matrix).join(("q ", " cm /P Do Q\n"))
        resources = Dictionary(XObject=Dictionary(P=form))
        drawn = content.encode("ascii")
        if words:
            if self._layer is None:
                self._layer = TextLayer(self.pdf)
            drawn += self._layer.operators(words, across, up)
            resources["/Font"] = Dictionary(Tx=self._layer.font)
        return self.form(drawn, resources, (0, 0, across, up)), across, up

    def form(
        self, content: bytes, resources: Object, box: tuple[float, float, float, float]
    ) -> Object:
        """Return a new form with this content, drawn within `box`."""
        form = self.pdf.make_stream(content)
        form["/Type"] = Name.XObject
        form["/Subtype"] = Name.Form
        form["/BBox"] = Array([round(side, 3) for side in box])
        form["/Resources"] = resources
        return form

    def hold(self, source: Pdf) -> Pdf:
        """Keep a PDF open for as long as its contents are needed here."""
        self._held.append(source)
        return source

    def hide(self, layers: Sequence[Object]) -> None:
        """Note that layers are switched off; pages keep this when they move to another PDF."""
        if layers and self.sizes:
            self._hidden = Dictionary(OCGs=Array(layers), D=Dictionary(OFF=Array(layers)))

    def save_draft(self, target: Path) -> None:
        """Write the piece as it stands, to be looked at: its hidden layers stay unseen there."""
        if self._hidden is not None:
            self.pdf.Root["/OCProperties"] = self._hidden
        self._write(target)

    def save(self, target: Path) -> None:
        """Write the piece; what was drawn is copied as it is, never compressed anew."""
        if self._layer is not None:
            self._layer.finish()
        if self._hidden is not None:
            self.pdf.pages[0].obj[HIDDEN_LAYERS] = self._hidden.OCGs
            if "/OCProperties" in self.pdf.Root:
                del self.pdf.Root["/OCProperties"]
        self._write(target)

    def close(self) -> None:
        """Close the PDFs from which pages were taken; nothing can be written any more."""
        for source in self._held:
            source.close()

    def _write(self, target: Path) -> None:
        self.pdf.save(
            target,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            static_id=True,
        )
