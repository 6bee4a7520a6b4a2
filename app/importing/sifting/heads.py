"""Names of organisations in the head of a paper, freed of titles, wrapped over lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from app.importing.sifting.folding import folded
from app.importing.sifting.names import (
    Name,
    ends_before_tail,
    has_words,
    is_known_insurer,
    is_whole_insurer,
    name_at,
    without_tail,
)
from app.importing.sifting.pairs import Cell
from app.importing.sifting.paper import Paper
from app.importing.sifting.roles import pays
from app.resources import resource_json

HEAD_ROWS: Final = 9
_HEAD_LINES: Final = 3  # that a name may run over
_LEAST_LETTERS: Final = 4
_WRAPPED_WORDS: Final = 4
_AFTER_NAME: Final = re.compile(r"\s*(?:$|[-–—|•·(,:]|®|™)")
_DESCRIBES: Final = re.compile(  # says what the organisation above is: “A Medicaid Plan”
    r"^(?:an?|your|un|una) "
    r"|\b(?:managed care (?:organization|plan)|licensee|subsidiary|division) ?$"
)
_NOT_HEAD: Final = re.compile(r"^(?:dear|estimad|hello|hola|to:|re:|date|fecha)\b")


def heads(paper: Paper, rows: int = HEAD_ROWS) -> Iterator[Name]:
    """Yield what may be names of organisations in the first rows of the paper."""
    for number, row in enumerate(paper.rows[:rows]):
        below = [other[0] for other in paper.rows[number + 1 : number + _HEAD_LINES]]
        for cell in row:
            if rows == HEAD_ROWS and _NOT_HEAD.match(folded(cell.text)):
                return
            name = organisation(paper.text, cell, below)
            if name:
                yield name


def authority_at(paper: Paper) -> int:
    """Return where an authority or court has its name in the head; the text's end if none has."""
    first = [cell for row in paper.rows[:HEAD_ROWS] for cell in row]
    found = (cell.start for cell in first if has_words(cell.text, "authorities"))
    return min(found, default=len(paper.text))


def organisation(text: str, cell: Cell, below: Iterable[Cell] = ()) -> Name | None:
    """Return the name that a cell is, or that goes on in the cells `below` it."""
    if is_whole_insurer(cell.text):
        return Name(cell.text.rstrip("®™ "), cell.start, cell.end)
    name = _with_colon(text, cell) or name_at(text, cell.start, cell.end)
    whole, name = name, name and without_tail(name)
    if name is None or (len(name.words) < 2 and not (pays(name) or name.is_coined)):
        name = whole  # “Bluestem Utilization Review” is all of it
    shortened = whole is not name
    if name is None or name.is_title or name.is_generic or _DESCRIBES.search(folded(name.value)):
        return None
    shortened = shortened or ends_before_tail(text, name, cell.end)
    if not shortened and not _AFTER_NAME.match(text, name.end, cell.end):
        return None
    above = cell
    for other in below if name.end == cell.end else ():
        if not _continues(above, other, name):
            break
        name = Name(f"{name.value} {other.text}", name.start, name.end)
        above = other
    if len(name.words) < 2 and not (name.is_coined or is_known_insurer(name.value)):
        return None
    short = len(name.key) < _LEAST_LETTERS and not is_known_insurer(name.value)
    return None if short or name.is_agency else name


def _with_colon(text: str, cell: Cell) -> Name | None:
    """Return the insurer before a colon: “Bramble Health Co-op: Silver 3800”."""
    colon = text.find(": ", cell.start, cell.end)
    name = name_at(text, cell.start, colon) if colon > 0 else None
    return name if name and name.end == colon and name.is_insurer else None


def _continues(cell: Cell, below: Cell, name: Name) -> bool:
    """Say whether a cell holds the rest of the name in the cell above it."""
    height = cell.bottom - cell.top
    centred = abs((cell.left + cell.right) - (below.left + below.right)) <= 2 * height
    edges = min(abs(cell.left - below.left), abs(cell.right - below.right))
    aligned = edges <= height or centred
    near = below.top - cell.bottom <= height
    if name.words and name.words[-1] in _words("complete") and not _goes_on(below.text):
        return False
    return aligned and near and _is_wrapped(below.text)


def _goes_on(line: str) -> bool:
    first = folded(line).split()[0].strip(",.()")
    return first in _words("goes_on") | {"ppo", "hmo", "pdp"}


def _is_wrapped(line: str) -> bool:
    """Say whether a line holds only words with which names of organisations end."""
    words = [word.strip(",.()") for word in folded(line).split()]
    return 0 < len(words) <= _WRAPPED_WORDS and all(
        word in _words("wrapped") or line.lower().startswith("of ") for word in words
    )


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(resource_json("reading", "parties.json")[kind])
