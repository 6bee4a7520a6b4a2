"""Printed pages that are typeset apart and laid on printed pages that wait for them.

Typst keeps all of a document in memory until the document is done: some 150 KB for each row of a
wide table. So long tables, and many covers, are set as several documents, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from pikepdf import Object, OutlineItem

from app.exporting.frame import Placement
from app.exporting.layout import Side
from app.exporting.pdf_source import add_typeset
from app.exporting.piece import Piece, Readings
from app.exporting.typeset import typeset
from app.workers import Reply

COVERS: Final = ""
"""The mark of the inlay whose pages lie on the sheets of the exhibits, a page on each."""


@dataclass(frozen=True, slots=True)
class Inlay:
    """Pages to be set apart by `template`, a document for each of `parts`, which are its data.

    They are laid on the pages from the one that the bookmark `mark` leads to; the main template
    finds under `waiting`, by that mark, which of them are landscape.
    """

    mark: str
    template: str
    parts: tuple[Mapping[str, object], ...]


def typeset_inlay(values: Mapping[str, Any], _blobs: Sequence[bytes]) -> Reply:
    """Typeset one document as a piece; runs in a worker.

    `values`: `template`, `data`, `title`, `made_on` (ISO), `target`. Returns the `sizes` of its
    pages, in points.
    """
    made_on = date.fromisoformat(values["made_on"])
    made = typeset(values["template"], values["data"], title=values["title"], made_on=made_on)
    piece = Piece()
    add_typeset(made, Readings(), piece)
    piece.save(Path(values["target"]))
    piece.close()
    return Reply({"sizes": piece.sizes})


def piece_of(path: Path, sizes: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """Return a typeset document as `assemble` takes the pieces of papers."""
    return {"path": str(path), "sizes": sizes, "black": [[] for _ in sizes]}


def sides_of(pieces: Sequence[Mapping[str, Any]], first: int) -> list[Side]:
    """Return the pages of an inlay as they are laid; `first` is the number of its first page."""
    sizes = [size for piece in pieces for size in piece["sizes"]]
    return [
        Side(number, Placement(width > height, 1.0, 0.0, 0.0, (0.0, 0.0, width, height)))
        for number, (width, height) in enumerate(sizes, start=first)
    ]


def waiting_page(
    outline: Sequence[OutlineItem], mark: str, numbers: Mapping[tuple[int, int], int]
) -> int:
    """Return the page, from 0, that a bookmark leads to; `numbers` are from 1, by page object.

    Raises:
        LookupError: the template has no such bookmark.
    """
    for item in outline:
        if item.title == mark:
            return numbers[page_of(item).objgen] - 1
    raise LookupError(mark)


def page_of(item: OutlineItem) -> Object:
    """Return the page that a bookmark of our own leads to."""
    place = item.destination
    if place is None and item.action is not None:
        place = item.action.D
    return place[0]  # pyright: ignore[reportOptionalSubscript, reportIndexIssue, reportReturnType]


def landscapes(pieces: Sequence[Mapping[str, Any]]) -> Iterator[bool]:
    """Yield for each page of an inlay whether it lies on its side."""
    yield from (width > height for piece in pieces for width, height in piece["sizes"])
