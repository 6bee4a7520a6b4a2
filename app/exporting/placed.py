"""How large the pictures of a page are drawn. Walks over what a page draws, forms in it too."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot
from typing import Final, cast

import pikepdf
from pikepdf import Dictionary, Matrix, Name, Object, Stream

_DEEPEST: Final = 8
_SAVE, _RESTORE, _CHANGE, _DRAW = (pikepdf.Operator(name) for name in ("q", "Q", "cm", "Do"))


def placed_pictures(
    drawing: Object, matrix: Matrix | None = None, depth: int = 0
) -> Iterator[tuple[Stream, float, float]]:
    """Yield each picture that a form draws, with its width and height there in points.

    Raises:
        pikepdf.PdfError: the drawing cannot be read through.
    """
    current = _own_matrix(drawing) @ (Matrix() if matrix is None else matrix)
    resources = drawing.get("/Resources")
    drawn = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    if depth > _DEEPEST or not isinstance(drawn, Dictionary):
        return
    saved: list[Matrix] = []
    for operands, operator in pikepdf.parse_content_stream(drawing, "q Q cm Do"):
        if operator == _SAVE:
            saved.append(current)
        elif operator == _RESTORE and saved:
            current = saved.pop()
        elif operator == _CHANGE and len(operands) == 6:
            current = Matrix(*(float(cast("float", value)) for value in operands)) @ current
        elif operator == _DRAW and operands:
            thing = drawn.get(str(operands[0]))
            if isinstance(thing, Stream):
                yield from _placed(thing, current, depth)


def _placed(thing: Stream, current: Matrix, depth: int) -> Iterator[tuple[Stream, float, float]]:
    if thing.get("/Subtype") == Name.Image:
        yield thing, hypot(current.a, current.b), hypot(current.c, current.d)
    elif thing.get("/Subtype") == Name.Form:
        yield from placed_pictures(thing, current, depth + 1)


def _own_matrix(drawing: Object) -> Matrix:
    own = drawing.get("/Matrix")
    return Matrix(*(float(value) for value in own)) if isinstance(own, pikepdf.Array) else Matrix()
