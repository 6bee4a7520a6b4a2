"""The numbers of a picture, as a table that is read aloud, copied and printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSizePolicy

from ui.models.rows import LEFT, RIGHT, Column, RowsModel
from ui.style import px, row_height
from ui.widgets.table import RowsView

_LEAST_NAME: Final = 148
"""Pixels at 100 % that a name keeps beside many numbers."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A row of a table of numbers: what it is about, and its cells as they are shown."""

    name: str
    cells: tuple[str, ...]


def _name(row: Numbers) -> str:
    return row.name


def _column(at: int, head: str) -> Column[Numbers]:
    def cell(row: Numbers) -> str:
        return row.cells[at]

    return Column(head, cell, align=RIGHT, width=max(9, len(head)))


class NumbersTable(RowsView):
    """Shows all its rows at once: what is around it scrolls."""

    def __init__(self, name: str, first: str, heads: Sequence[str]) -> None:
        """Make the table; `first` is the title of the first column, `heads` of the others."""
        columns = [Column(first, _name), *(_column(at, head) for at, head in enumerate(heads))]
        self.heads = (first, *heads)
        self.model_of_rows: RowsModel[Numbers] = RowsModel(columns, lambda row: row.name)
        super().__init__(self.model_of_rows, name)
        self.setSortingEnabled(False)
        self.horizontalHeader().setSortIndicatorShown(False)
        self.horizontalHeader().setDefaultAlignment(LEFT)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_numbers(self, rows: Sequence[Numbers]) -> None:
        """Show these rows; their names are all different."""
        self.model_of_rows.replace(rows)
        self._share_room()
        self._stand()

    def _share_room(self) -> None:
        """Let each column be as wide as its numbers; the names get the rest, but never little."""
        header = self.horizontalHeader()
        wide = [
            max(self.sizeHintForColumn(at), header.sectionSizeHint(at))
            for at in range(header.count())
        ]
        left = self.viewport().width() - sum(wide[1:])
        wide[0] = left if left >= wide[0] else min(wide[0], max(left, px(_LEAST_NAME)))
        for at, width in enumerate(wide):
            self.setColumnWidth(at, width)

    def _stand(self) -> None:
        """Be as high as the rows."""
        bar = self.horizontalScrollBar().sizeHint().height()
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + row_height() * self.model_of_rows.rowCount() + bar)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._stand()
