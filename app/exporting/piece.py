"""The clean PDF that one original becomes before it is bound in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from app.exporting.text_layer import PlacedWord, TextLayer

HIDDEN_LAYERS: Final = "/HiddenLayers"
"""The key, on the first page of a piece, of the layers that must stay switched off."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found out about a page: its words, and by how many degrees it stands askew.

    The page is turned clockwise by `turn` (0, 90, 180 or 270); `words` are places after that.
    `is_embedded` says that the file itself carries these words.
    """

    turn: int = 0
    is_embedded: bool = False
    words: Sequence[PlacedWord] = ()

    def unless_embedded(self) -> Reading:
        """Return the reading without words that are drawn anyway."""
        return Reading(self.turn) if self.is_embedded else self


class Readings(tuple[Reading, ...]):
    """The readings of the pages of one original; of a page not read, nothing."""

    __slots__ = ()

    def of(self, index: int) -> Reading:
        """Return the reading of a page, counted from 0."""
        return self[index] if index < len(self) else Reading()


class Piece:
    """A PDF whose every page is one form `/P`, upright, its lower left corner at the origin.

    Pages are made new and take over nothing but what is drawn: what hangs on the pages or the
    catalog of an original (actions, scripts, attachments, properties) has no way in. `removed`
    counts what stayed outside, `warnings` are sentences for the person,
    `bookmarks` its own, each with the page it points at, counted from 0.
    """

    def __init__(self) -> None:
        self.pdf: Pdf = pikepdf.new()
        self.sizes: list[tuple[float, float]] = []
        self.removed: Counter[str] = Counter()
        self.warnings: list[str] = []
        self.bookmarks: list[tuple[str, int]] = []
        self._layer: TextLayer | None = None
        self._held: list[Pdf] = []

    def add_page(self, form: Object, width: float, height: float, reading: Reading) -> None:
        """Append a page that shows `form`, `width` × `height` points before it is turned."""
        if reading.turn or reading.words:
            form, width, height = self._as_read(form, width, height, reading)
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
            Resources=Dictionary(XObject=Dictionary(P=form)),
            Contents=self.pdf.make_stream(b"/P Do"),
        )
        self.pdf.pages.append(pikepdf.Page(page))
        self.sizes.append((width, height))

    def _as_read(
        self, form: Object, width: float, height: float, reading: Reading
    ) -> tuple[Object, float, float]:
        """Return a form that shows `form` turned upright with its words over it, and its size."""
        matrix, across, up = {
            90: ((0, -1, 1, 0, 0, width), height, width),
            180: ((-1, 0, 0, -1, width, height), width, height),
            270: ((0, 1, -1, 0, height, 0), height, width),
        }.get(reading.turn, ((1, 0, 0, 1, 0, 0), width, height))
        content = " ".join(f"{number:.3f}" for number in matrix).join(("q ", " cm /P Do Q\n"))
        resources = Dictionary(XObject=Dictionary(P=form))
        drawn = content.encode("ascii")
        if reading.words:
            if self._layer is None:
                self._layer = TextLayer(self.pdf)
            drawn += self._layer.operators(reading.words, across, up)
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
            self.pdf.pages[0].obj[HIDDEN_LAYERS] = Array(layers)

    def save(self, target: Path) -> None:
        """Write the piece; what was drawn is copied as it is, never compressed anew."""
        if self._layer is not None:
            self._layer.finish()
        self.pdf.save(
            target,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            static_id=True,
        )
        for source in self._held:
            source.close()
