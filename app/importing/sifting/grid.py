"""The cells of a paper by their places: what stands under, over and around a cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from app.importing.sifting.pairs import Cell, Row

_FIRST: Final = 2.6  # heights of the label, from it to what stands under it
_NEXT: Final = 5.0  # heights, from value to value: other cells of a row may have several lines
_MOST: Final = 80  # cells of a column
_WIDE: Final = 3  # heights by which a cell that is two may miss the end of its head
_ROWS: Final = 4  # rows looked through for the next cell of a column


class Grid:
    """Where the cells of a paper's rows lie to one another."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """Note the place of every cell."""
        self._rows = rows
        placed = [(cell, number) for number, row in enumerate(rows) for cell in row]
        placed.sort(key=lambda item: item[0].start)
        self._cells = [cell for cell, _ in placed]
        self._numbers = [number for _, number in placed]
        self._starts = [cell.start for cell in self._cells]

    def cell_at(self, offset: int) -> Cell | None:
        """Return the cell in which a place of the text lies."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0 or self._cells[at].end <= offset:
            return None
        return self._cells[at]

    def row_of(self, cell: Cell) -> Row:
        """Return the row of a cell."""
        return self._rows[self._number(cell)]

    def under(self, head: Cell) -> Iterator[Cell]:
        """Yield the cells of the column under a cell, from the top down, while it goes on.

        It ends where its head is repeated, and after a page full of cells.
        """
        above, reach = head, _FIRST
        for _ in range(_MOST):
            following = self._next(head, above, reach)
            if following is None or following.text == head.text:
                return
            yield following
            above, reach = following, _NEXT

    def onward(self, cell: Cell, label: Cell | None) -> Cell | None:
        """Return the cell in which a value goes on that was too long for its own.

        It stands right below, begins at the same place, and no label stands beside it.
        """
        number = self._number(cell) + 1
        if number >= len(self._rows):
            return None
        height = cell.bottom - cell.top
        row = self._rows[number]
        beside = label is not None and label is not cell
        indent = 0 if beside or label is None else (cell.right - cell.left) / 2
        places = (cell.left - height / 2, cell.left + height / 2 + indent)
        below = next((other for other in row if places[0] <= other.left <= places[1]), None)
        if below is None or below.page != cell.page or below.top - cell.bottom > height:
            return None
        if (
            label is not None
            and beside
            and any(abs(other.left - label.left) <= height for other in row)
        ):
            return None
        return below

    def over(self, cell: Cell) -> Cell | None:
        """Return the cell right above a cell."""
        number = self._number(cell)
        if not number:
            return None
        height = cell.bottom - cell.top
        for other in self._rows[number - 1]:
            near = other.page == cell.page and cell.top - other.bottom <= height
            if near and _in_column(cell, other):
                return other
        return None

    def _next(self, head: Cell, above: Cell, reach: float) -> Cell | None:
        height = head.bottom - head.top
        number = self._number(above)
        heads = self.row_of(head)
        for row in self._rows[number + 1 : number + 1 + _ROWS]:
            near = [
                other
                for other in row
                if other.page == head.page
                and above.bottom - height / 2 <= other.top <= above.bottom + reach * height
            ]
            for other in near:
                if (
                    _in_column(head, other)
                    and min(heads, key=lambda one: _apart(one, other)) is head
                ):
                    return other
            for other in near:  # a wide cell that OCR or a small gap has put together
                near_right = abs(other.right - head.right) <= _WIDE * height
                if other.left < head.left and other.right >= _middle(head) and near_right:
                    return other
        return None

    def _number(self, cell: Cell) -> int:
        return self._numbers[bisect_right(self._starts, cell.start) - 1]


def _in_column(head: Cell, other: Cell) -> bool:
    """Say whether a cell begins or ends with its head, or lies with its middle within it."""
    height = head.bottom - head.top
    return head.left <= _middle(other) <= head.right or _apart(head, other)[0] <= height


def _apart(head: Cell, other: Cell) -> tuple[float, float]:
    """Return how far a cell is from being aligned with a head; less overlap is further."""
    aligned = min(
        abs(other.left - head.left),
        abs(other.right - head.right),
        abs(_middle(other) - _middle(head)),
    )
    return aligned, max(head.left, other.left) - min(head.right, other.right)


def _middle(cell: Cell) -> float:
    return (cell.left + cell.right) / 2
