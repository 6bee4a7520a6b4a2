"""One generic table model over frozen rows; columns are declared as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.models.difference import Difference, difference
from ui.style import Tone, colour
from ui.widgets.icons import icon
from ui.widgets.text import plain

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ID_ROLE = int(Role.UserRole)
"""The id of the row's record, in every column."""
SORT_ROLE = int(Role.UserRole) + 1

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """How one column shows a row.

    `sort` gives what to sort by where it is not the text; None sorts last either way. `width` is
    in characters, 0 takes the room that is left. `icon` names a line icon, `tone` its and the
    text's colour; state never by colour alone. `spoken` is what a screen reader says instead of
    the text, where the text alone would be unclear.
    """

    title: str
    text: Callable[[T], str]
    sort: Callable[[T], Any] | None = None
    align: Qt.AlignmentFlag = LEFT
    width: int = 0
    icon: Callable[[T], str] | None = None
    tone: Callable[[T], Tone] | None = None
    tip: Callable[[T], str] | None = None
    spoken: Callable[[T], str] | None = None


class RowsModel(QAbstractTableModel, Generic[T]):
    """Shows rows, sorted as asked; replaces them by difference so that selection stays.

    `key` gives the id of a row; ids are unique. Rows keep the order they are given in until a
    column is sorted by.
    """

    def __init__(
        self,
        columns: Sequence[Column[T]],
        key: Callable[[T], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._key = key
        self._given: tuple[T, ...] = ()
        self._rows: list[T] = []
        self._sorted: tuple[int, Qt.SortOrder] | None = None

    # ------------------------------------------------------------------ for pages

    @property
    def columns(self) -> tuple[Column[T], ...]:
        """The declared columns."""
        return self._columns

    @property
    def rows(self) -> tuple[T, ...]:
        """The rows as shown."""
        return tuple(self._rows)

    def row_at(self, index: Index) -> T | None:
        """Return the row of an index, or None if it points nowhere."""
        return self._rows[index.row()] if index.isValid() else None

    def position_of(self, row_id: str) -> int | None:
        """Return where the row of this id stands, or None."""
        for position, row in enumerate(self._rows):
            if self._key(row) == row_id:
                return position
        return None

    def replace(self, rows: Sequence[T]) -> None:
        """Show these rows instead; rows of the same id stay selected and in view."""
        self._given = tuple(rows)
        self._show(self._arranged())

    # ------------------------------------------------------------------ the difference

    def _arranged(self) -> list[T]:
        if self._sorted is None or self._sorted[0] >= len(self._columns):
            return list(self._given)
        number, order = self._sorted
        column = self._columns[number]

        def value(row: T) -> Any:
            return column.sort(row) if column.sort else column.text(row).casefold()

        filled = [row for row in self._given if value(row) is not None]
        empty = [row for row in self._given if value(row) is None]
        filled.sort(key=value, reverse=order is Qt.SortOrder.DescendingOrder)
        return filled + empty

    def _show(self, wanted: list[T]) -> None:
        steps = difference(self._rows, wanted, self._key)
        self._remove(steps)
        self._reorder(steps)
        self._insert(steps, wanted)
        self._update(steps, wanted)

    def _remove(self, steps: Difference) -> None:
        for first, last in steps.removed:
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()

    def _reorder(self, steps: Difference) -> None:
        if steps.order is None:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        place = {old: new for new, old in enumerate(steps.order)}
        self._rows = [self._rows[old] for old in steps.order]
        after = [self.index(place[index.row()], index.column()) for index in before]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _insert(self, steps: Difference, wanted: list[T]) -> None:
        for first, last in steps.inserted:
            self.beginInsertRows(QModelIndex(), first, last)
            self._rows[first:first] = wanted[first : last + 1]
            self.endInsertRows()

    def _update(self, steps: Difference, wanted: list[T]) -> None:
        self._rows = wanted
        for first, last in steps.changed:
            corner = self.index(last, len(self._columns) - 1)
            self.dataChanged.emit(self.index(first, 0), corner)

    # ------------------------------------------------------------------ Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role in SHOWN:
            return SHOWN[role](column, row)
        return self._key(row) if role == ID_ROLE else None

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
        """Sort by a column from now on; a negative column means the order as given."""
        self._sorted = (column, order) if column >= 0 else None
        self._show(self._arranged())


def _icon(column: Column[Any], row: Any) -> Any:
    if column.icon is None or not (name := column.icon(row)):
        return None
    return icon(name, column.tone(row) if column.tone else "ink")


SHOWN: dict[int, Callable[[Column[Any], Any], Any]] = {
    Role.DisplayRole: lambda column, row: column.text(row),
    Role.AccessibleTextRole: lambda column, row: (column.spoken or column.text)(row),
    Role.ToolTipRole: lambda column, row: plain(column.tip(row)) if column.tip else None,
    Role.TextAlignmentRole: lambda column, _row: column.align,
    Role.DecorationRole: _icon,
    Role.ForegroundRole: lambda column, row: colour(column.tone(row)) if column.tone else None,
    SORT_ROLE: lambda column, row: (column.sort or column.text)(row),
}
"""What a column shows of a row, by the role Qt asks for."""
