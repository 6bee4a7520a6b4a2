"""How many bytes each page of a piece brings into a bundle. Runs in a worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Object, Stream

from app.exporting.parts import Weights

_FOR_EACH_THING: Final = 150
"""The place of a thing in a file: its dictionary and its line in the table of things."""
_FOR_EACH_PAGE: Final = 1_500
"""Our own page around it: its frame, number, tag and bookmark."""


def page_weights(pieces: Sequence[str]) -> list[Weights]:
    """Return for each page of all pieces, in order, what it is made of and how much that weighs."""
    return [weights for number, path in enumerate(pieces) for weights in _weights(number, path)]


def _weights(number: int, path: str) -> list[Weights]:
    with pikepdf.open(path, access_mode=pikepdf.AccessMode.stream) as pdf:
        return [
            {
                (number, -place): _FOR_EACH_PAGE,
                **{(number, key[0]): size for key, size in reached_from(page.obj).items()},
            }
            for place, page in enumerate(pdf.pages, start=1)
        ]


def reached_from(start: Object) -> dict[tuple[int, int], int]:
    """Return what can be reached from an object, but for parents, with its size in bytes.

    Things are named by the number and generation that they have in their file.
    """
    found: dict[tuple[int, int], int] = {}
    waiting = [start]
    while waiting:
        thing = waiting.pop()
        if thing.is_indirect:
            key = thing.objgen
            if key in found:
                continue
            found[key] = _FOR_EACH_THING
            if isinstance(thing, Stream):
                found[key] += int(thing.get("/Length", 0))
        waiting += _inside(thing)
    return found


def _inside(thing: Object) -> list[Object]:
    if isinstance(thing, Array):
        values = list(thing)
    elif isinstance(thing, Dictionary | Stream):
        values = [value for key, value in thing.items() if key != "/Parent"]
    else:
        return []
    return [value for value in values if isinstance(value, Array | Dictionary | Stream)]
