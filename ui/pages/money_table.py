"""The tables of the money: what there is no room for stands beside them, not out of sight."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.models.rows import RowsModel
from ui.models.window import WindowModel
from ui.style import px, row_height
from ui.widgets.table import RowsView

_LEAST_ROWS = 5
_FREE = 148  # pixels at 100 %: what a name needs to be told from the next


class LedgerTable(RowsView):
    """Hides columns where they do not all fit, in the order in which they can be spared.

    All of a line is shown beside the table, so that nobody scrolls sideways for an amount.
    """

    def __init__(
        self,
        model: WindowModel[Any] | RowsModel[Any],
        name: str,
        spare: tuple[int, ...],
        parent: QWidget | None = None,
        *,
        least_rows: int = _LEAST_ROWS,
    ) -> None:
        """Make the table; `spare` are the columns to hide, the first one first."""
        self._spare, self._least_rows = spare, least_rows
        self._blank: frozenset[int] = frozenset()
        super().__init__(model, name, parent)
        self._sorted = -1, Qt.SortOrder.AscendingOrder
        self.horizontalHeader().sortIndicatorChanged.connect(self._indicated)

    @Slot(int, Qt.SortOrder)
    def _indicated(self, column: int, order: Qt.SortOrder) -> None:
        """Put the arrow back where it was: not every column can be sorted by."""
        model = self._rows
        if isinstance(model, WindowModel) and not model.can_sort(column):
            self.horizontalHeader().setSortIndicator(*self._sorted)
        else:
            self._sorted = column, order

    def leave_out(self, *blank: int) -> None:
        """Hide columns, of those that can be spared, that are empty in every line now."""
        self._blank = frozenset(blank)
        self._fit_columns()

    def minimumSizeHint(self) -> QSize:
        """A few lines at least: a page that has less room than that scrolls as a whole."""
        head = self.horizontalHeader().sizeHint().height()
        return QSize(super().minimumSizeHint().width(), head + row_height() * self._least_rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_columns()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_columns()

    def _fit_columns(self) -> None:
        header = self.horizontalHeader()
        for number in self._spare:
            header.setSectionHidden(number, number in self._blank)
        columns = [at for at in range(header.count()) if at not in self._blank]
        free = {number for number in columns if not self._rows.columns[number].width}
        widths = {at: px(_FREE) if at in free else header.sectionSize(at) for at in columns}
        needed = sum(widths.values())
        for number in self._spare:
            if needed <= self.viewport().width():
                break
            header.setSectionHidden(number, True)
            needed -= widths.get(number, 0)
        self._share_room()
        here = self.currentIndex()
        if here.isValid() and header.isSectionHidden(here.column()):
            front = here.siblingAtColumn(self._front())
            stays = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(front, stays)
