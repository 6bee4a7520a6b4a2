"""Takes out of a piece what its drawings carry along and do not draw.

The pages of many PDFs share one dictionary of pictures and fonts. When a page stays out, or is
drawn anew, its pictures would travel on unseen behind the pages that remain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf, Stream

_BY_NAME: Final = (
    "/ColorSpace", "/ExtGState", "/Font", "/Pattern", "/Properties", "/Shading", "/XObject",
)  # fmt: skip
"""Resources that a drawing calls by their names (PDF 32000-1, 7.8.3)."""


def prune(pdf: Pdf) -> None:
    """Leave each drawing of a piece only the resources that it calls by name.

    Raises:
        pikepdf.PdfError: a drawing cannot be read through.
    """
    drawings = [thing for thing in pdf.objects if _is_drawing(thing)]
    # A drawing without resources of its own may use those of whatever draws it.
    borrowed = {
        name for drawing in drawings if "/Resources" not in drawing for name in _called([drawing])
    }
    for drawing in drawings:
        if "/Resources" in drawing:
            _keep(drawing, _called(_streams(drawing)) | borrowed)


def _is_drawing(thing: object) -> bool:
    """Return whether a thing draws: a form, a tiling pattern, or a font whose letters are drawn."""
    if isinstance(thing, Stream):
        return thing.get("/Subtype") == Name.Form or thing.get("/PatternType") == 1
    return isinstance(thing, Dictionary) and thing.get("/Subtype") == Name.Type3


def _streams(drawing: Object) -> Iterator[Object]:
    if isinstance(drawing, Stream):
        yield drawing
    else:
        letters = drawing.get("/CharProcs")
        if isinstance(letters, Dictionary):
            yield from (letter for letter in letters.values() if isinstance(letter, Stream))


def _called(streams: Iterable[Object]) -> set[str]:
    """Return all names that stand in drawings; more than are resources, never fewer."""
    return {
        str(operand)
        for stream in streams
        if isinstance(stream, Stream)
        for operands, _ in pikepdf.parse_content_stream(stream)
        for operand in operands
        if isinstance(operand, Name)
    }


def _keep(drawing: Object, called: set[str]) -> None:
    resources = drawing["/Resources"]
    if not isinstance(resources, Dictionary):
        return
    kept = Dictionary(dict(resources.items()))  # others may share the old one
    for kind in _BY_NAME:
        named = kept.get(kind)
        if isinstance(named, Dictionary):
            kept[kind] = Dictionary({key: thing for key, thing in named.items() if key in called})
    drawing["/Resources"] = kept
