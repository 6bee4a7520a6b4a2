"""Drawings inside drawings: few levels are honest, many can make a small file draw for ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pypdfium2
from pikepdf import Dictionary, Name, Pdf, Stream

_DEEP: Final = 5
"""Levels of forms in forms from which a PDF is tried out; our own frame is the first."""


def nests_deeply(pdf: Pdf) -> bool:
    """Return whether forms lie in forms over many levels, or in themselves."""
    inner = {
        thing.objgen: set(_inner_forms(thing))
        for thing in pdf.objects
        if isinstance(thing, Stream) and thing.get("/Subtype") == Name.Form
    }
    deep = set(inner)
    for _ in range(_DEEP):
        deep = {form for form in deep if inner[form] & deep}
    return bool(deep)


def _inner_forms(form: Stream) -> Iterator[tuple[int, int]]:
    resources = form.get("/Resources")
    drawn = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    if isinstance(drawn, Dictionary):
        yield from (thing.objgen for thing in drawn.values() if isinstance(thing, Stream))


def try_out(path: Path) -> None:
    """Have every page read, as the check of the finished bundle will: a bomb ends this worker."""
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            page.get_textpage().close()
            page.close()
