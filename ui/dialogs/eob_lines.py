"""The lines of an explanation of benefits as a grid to type in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from app.domain.eob import EobLine
from app.domain.errors import UserError
from app.domain.money import Money
from ui.style import px
from ui.widgets.flow import flow
from ui.widgets.text import quiet_button
from ui.widgets.typed_dates import read_date
from ui.wording import tr, typed_date

COLUMNS: Final = (
    ("served_on", "Day of care"), ("code", "Code"), ("service", "Service"), ("billed", "Billed"),
    ("discount", "Discount"), ("allowed", "Allowed"), ("not_covered", "Not covered"),
    ("deductible", "Deductible"), ("copay", "Copay"), ("coinsurance", "Coinsurance"),
    ("plan_paid", "Plan paid"), ("patient_owes", "You owe"), ("reasons", "Reason codes"),
)  # fmt: skip
_TEXTS: Final = frozenset(("code", "service", "reasons"))
_MOST: Final = 200
"""So many lines are shown; longer explanations come as files."""


class EobLinesField(QWidget):
    """A grid with a line a service; an amount that is not printed stays empty."""

    changed = Signal()

    def __init__(self, today: Callable[[], date], lines: Sequence[EobLine]) -> None:
        super().__init__()
        self._today = today
        self._known: list[EobLine] = list(lines[:_MOST])
        self._rest = tuple(lines[_MOST:])
        self.grid = QTableWidget(0, len(COLUMNS))
        self.grid.setAccessibleName(tr("Lines of the explanation"))
        self.grid.setHorizontalHeaderLabels([tr(title) for _, title in COLUMNS])
        self.grid.setTabKeyNavigation(True)
        self.grid.installEventFilter(self)
        for line in self._known:
            self._add(line)
        self.grid.itemChanged.connect(self._tell)
        self._fit()
        self.grid.setMinimumWidth(px(400))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.grid)
        layout.addWidget(
            flow(
                quiet_button(tr("Add a line"), self.add_line, "plus"),
                quiet_button(tr("Take this line out"), self.take_out, "trash"),
            )
        )

    def value(self) -> tuple[EobLine, ...]:
        """Return the lines that are not empty.

        Raises:
            UserError: a day or an amount cannot be read; the sentence names its line.
        """
        found: list[EobLine] = []
        for row in range(self.grid.rowCount()):
            given = {name: self._read(row, at) for at, (name, _) in enumerate(COLUMNS)}
            if any(given.values()):
                found.append(replace(self._known[row], **given))
        return (*found, *self._rest)

    @Slot()
    def add_line(self) -> None:
        """Add an empty line and go there."""
        blank = EobLine(id="", eob_id="", position=0)
        self._known.append(blank)
        self._add(blank)
        self._fit()
        self.grid.setCurrentCell(self.grid.rowCount() - 1, 0)
        self.grid.setFocus()

    @Slot()
    def take_out(self) -> None:
        """Take the current line out."""
        row = self.grid.currentRow()
        if row >= 0:
            del self._known[row]
            self.grid.removeRow(row)
            self._fit()
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the grid with Tab from its last cell, so that the keyboard is not caught in it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            last = self.grid.rowCount() - 1, self.grid.columnCount() - 1
            here = self.grid.currentRow(), self.grid.currentColumn()
            leaves = event.key() == Qt.Key.Key_Tab and (here == last or not self.grid.rowCount())
            enters = event.key() == Qt.Key.Key_Backtab and here <= (0, 0)
            if leaves or enters:
                return self.focusNextPrevChild(leaves)
        return super().eventFilter(watched, event)

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()

    def _add(self, line: EobLine) -> None:
        row = self.grid.rowCount()
        self.grid.blockSignals(True)
        self.grid.insertRow(row)
        for at, (name, _) in enumerate(COLUMNS):
            item = QTableWidgetItem(_shown(getattr(line, name)))
            if name not in _TEXTS and name != "served_on":
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.grid.setItem(row, at, item)
        self.grid.blockSignals(False)

    def _read(self, row: int, at: int) -> Any:
        name, title = COLUMNS[at]
        item = self.grid.item(row, at)
        text = " ".join(item.text().split()) if item else ""
        if name in _TEXTS:
            return text
        if not text:
            return None
        try:
            is_day = name == "served_on"
            return read_date(text, self._today(), "past") if is_day else Money.parse(text)
        except UserError as error:
            raise UserError(
                tr("Line {n}, {column}: {problem}", n=row + 1, column=tr(title), problem=str(error))
            ) from error

    def _fit(self) -> None:
        """Show up to six lines without scrolling."""
        self.grid.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        rows = max(2, min(self.grid.rowCount(), 6))
        self.grid.setMinimumHeight(px(36) * (rows + 1) + px(20))
        self.grid.setVisible(self.grid.rowCount() > 0)


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return typed_date(value)
    return "" if value is None else str(value)
