"""A table model that holds ids and asks for rows only as they come into view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ui.models.rows import ID_ROLE, SHOWN, Column

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_BLOCK: Final = 64
"""So many rows are asked for at once: about two screens."""
_MOST_BLOCKS: Final = 32
_FEW: Final = 64
"""So many lines that come and go are shown one by one; more of them as a whole new table."""


class WindowModel(QAbstractTableModel, Generic[T]):
    """Shows the rows of many ids. `fetch` returns the rows of some ids, in any order.

    It does not sort: `sort_wanted(column, descending)` asks for the ids in another order, with
    column -1 for the order as given. `sortable` are the columns that can be sorted by.
    """

    sort_wanted = Signal(int, bool)

    def __init__(
        self,
        columns: Sequence[Column[T]],
        key: Callable[[T], str],
        fetch: Callable[[Sequence[str]], Sequence[T]],
        sortable: frozenset[int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._key, self._fetch, self._sortable = key, fetch, sortable
        self._sorted = -1, Qt.SortOrder.AscendingOrder
        self._ids: list[str] = []
        self._places: dict[str, int] | None = None
        self._blocks: OrderedDict[int, dict[str, T]] = OrderedDict()

    # ------------------------------------------------------------------ for pages

    @property
    def columns(self) -> tuple[Column[T], ...]:
        """The declared columns."""
        return self._columns

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids as shown."""
        return tuple(self._ids)

    def position_of(self, row_id: str) -> int | None:
        """Return where the row of this id stands, or None."""
        if self._places is None:
            self._places = {each: place for place, each in enumerate(self._ids)}
        return self._places.get(row_id)

    def row_of(self, row_id: str) -> T | None:
        """Return the row of an id; None if it is not listed, or gone."""
        place = self.position_of(row_id)
        return None if place is None else self._row(place)

    def can_sort(self, column: int) -> bool:
        """Say whether rows can be asked for in the order of a column; -1 is the order as given."""
        return column < 0 or column in self._sortable

    def replace(self, ids: Sequence[str]) -> None:
        """List these ids instead, and ask anew for what they show.

        A few lines that come or go leave the others where they are; another list begins anew.
        """
        wanted = list(ids)
        first, last = _alike(self._ids, wanted)
        gone, new = len(self._ids) - first - last, len(wanted) - first - last
        self._forget()
        if max(gone, new) > _FEW:
            self.beginResetModel()
            self._ids = wanted
            self.endResetModel()
            return
        if gone:
            self.beginRemoveRows(QModelIndex(), first, first + gone - 1)
            del self._ids[first : first + gone]
            self._forget()
            self.endRemoveRows()
        if new:
            self.beginInsertRows(QModelIndex(), first, first + new - 1)
            self._ids[first:first] = wanted[first : first + new]
            self._forget()
            self.endInsertRows()
        self.show_again()

    def show_again(self) -> None:
        """Ask anew for the rows in view; the ids stay."""
        self._blocks.clear()
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _forget(self) -> None:
        """Know neither places nor rows any more: views ask while the ids change."""
        self._blocks.clear()
        self._places = None

    def _row(self, place: int) -> T | None:
        number = place // _BLOCK
        block = self._blocks.get(number)
        if block is None:
            ids = self._ids[number * _BLOCK : (number + 1) * _BLOCK]
            block = {self._key(row): row for row in self._fetch(ids)}
            self._blocks[number] = block
            if len(self._blocks) > _MOST_BLOCKS:
                self._blocks.popitem(last=False)
        return block.get(self._ids[place])

    # ------------------------------------------------------------------ for Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == ID_ROLE:
            return self._ids[index.row()]
        if role not in SHOWN or (row := self._row(index.row())) is None:
            return None
        return SHOWN[role](self._columns[index.column()], row)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Role.DisplayRole:
            return self._columns[section].title
        if role == Role.TextAlignmentRole:
            return self._columns[section].align
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order; a column that cannot be sorted by leaves the rows as they are."""
        wanted = column, order
        if wanted != self._sorted and self.can_sort(column):
            self._sorted = wanted  # a view asks twice for one click
            self.sort_wanted.emit(column, order is Qt.SortOrder.DescendingOrder)


def _alike(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """Return how many ids are the same at the beginning, and of the rest at the end."""
    most = min(len(before), len(after))
    first = next((at for at in range(most) if before[at] != after[at]), most)
    rest = range(1, most - first + 1)
    return first, next((at - 1 for at in rest if before[-at] != after[-at]), most - first)
