"""Tables that say how long one has: a row a step, and a column of lengths or dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.importing.sifting.pairs import Cell, Row
from app.importing.sifting.sentences import Plain, plain
from app.importing.sifting.window_words import joined

_ROWS: Final = 16  # lines of such a table, wrapped cells among them
_GAP: Final = 3.0  # heights between two of its lines
_LEEWAY: Final = 6.0  # points by which a cell may begin left of the head of its column


@dataclass(frozen=True, slots=True)
class TableLine:
    """A row of such a table: what may be done, and the cells that say how long one has."""

    step: str
    cells: tuple[Cell, ...]


def table_lines(rows: Sequence[Row]) -> Iterator[TableLine]:
    """Yield the rows of every table that has a column such as “How long you have”."""
    for number, head in enumerate(rows):
        place = next(
            (
                at
                for at, cell in enumerate(head)
                if at and joined("heading_how_long").search(plain(cell.text).text)
            ),
            None,
        )
        if place is not None:
            yield from _below(head, place, rows[number + 1 : number + 1 + _ROWS])


def line_text(line: TableLine) -> tuple[Plain, int]:
    """Return a row as one plain sentence, and where in it the length begins."""
    head = f"deadline for {line.step}: "
    start = line.cells[0].start
    letters, offsets = head, [start] * len(head)
    for at, cell in enumerate(line.cells):
        if at:
            letters, offsets = letters + " ", [*offsets, cell.start]
        words = plain(cell.text)
        letters += words.text
        offsets += [cell.start + offset for offset in words.offsets]
    return Plain(letters, tuple(offsets)), len(head)


def _below(head: Row, place: int, rows: Sequence[Row]) -> Iterator[TableLine]:
    """Put wrapped cells together; a row begins where its first cell begins anew."""
    step: list[str] = []
    cells: list[Cell] = []
    above = head
    for row in rows:
        if not row or row[0].page != head[0].page or _far(above, row):
            break
        first = [cell for cell in row if _column(cell, head) == 0]
        if first and first[0].text[:1].isupper() and cells:
            yield TableLine(plain(" ".join(step)).text, tuple(cells))
            step, cells = [], []
        step += [cell.text for cell in first]
        cells += [cell for cell in row if _column(cell, head) == place]
        above = row
    if cells:
        yield TableLine(plain(" ".join(step)).text, tuple(cells))


def _far(above: Row, row: Row) -> bool:
    height = above[0].bottom - above[0].top
    return row[0].top - above[0].bottom > _GAP * height


def _column(cell: Cell, head: Row) -> int:
    """Return the place of the head that a cell stands under."""
    return max(
        (at for at, other in enumerate(head) if other.left <= cell.left + _LEEWAY), default=0
    )
