"""What importing a table will do, before it is done: counts, refused lines, remarks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.operations.table_imports import ImportedTable
from ui.models.rows import Column, RowsModel
from ui.style import px
from ui.widgets.table import RowsView
from ui.widgets.text import Label, muted
from ui.wording import count_of, tr

_MOST: Final = 2000


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    reason: str
    is_refused: bool


_COLUMNS: Final[tuple[Column[_Line], ...]] = (
    Column("Line", lambda each: str(each.row), lambda each: each.row, width=6),
    Column(
        "",
        lambda each: tr("refused") if each.is_refused else tr("left out"),
        icon=lambda each: "warning" if each.is_refused else "",
        tone=lambda each: "warning" if each.is_refused else "muted",
        width=12,
    ),
    Column("Why", lambda each: each.reason, tip=lambda each: each.reason),
)


class Outcome(QWidget):
    """Says how many lines are new, here already, refused or left out, and lists the last two."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Label(tr("Looking at all lines …"), "strong")
        self.parts = muted("")
        self.notes = muted("")
        self._model: RowsModel[_Line] = RowsModel(_COLUMNS, lambda each: str(each.row))
        self.lines = RowsView(self._model, tr("Lines that are not entered"))
        self.lines.setMinimumHeight(px(150))
        self.lines.row_chosen.connect(self._show_reason)
        self.reason = muted("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.words, self.parts, self.lines, self.reason, self.notes):
            layout.addWidget(widget)
        for widget in (self.parts, self.lines, self.reason, self.notes):
            widget.hide()

    def wait(self) -> None:
        """Say that it is being looked at."""
        self.words.setText(tr("Looking at all lines …"))
        self.words.set_look("strong")

    def say(self, sentence: str) -> None:
        """Say why nothing can be entered."""
        self.words.setText(sentence)
        self.words.set_look("warning")
        for widget in (self.parts, self.lines, self.reason, self.notes):
            widget.hide()

    def show_outcome(self, would: ImportedTable) -> None:
        """Show what would happen."""
        self.words.set_look("strong")
        self.words.setText(
            count_of(would.added, "{n} line will be entered", "{n} lines will be entered")
            if would.added
            else tr("Nothing new would be entered")
        )
        self.parts.setText(counted(would))
        self.parts.setVisible(bool(self.parts.text()))
        rows = [_Line(each.row, each.reason, is_refused=True) for each in would.refused]
        rows += [_Line(each.row, each.reason, is_refused=False) for each in would.left_out]
        self._model.replace(rows[:_MOST])
        self.lines.setVisible(bool(rows))
        self.reason.setVisible(bool(rows))
        self.lines.choose_first()
        self.notes.setText("\n".join(would.notes))
        self.notes.setVisible(bool(would.notes))

    @Slot(str)
    def _show_reason(self, row: str) -> None:
        """Show the whole sentence on the chosen line: the table may cut it."""
        found = next((each for each in self._model.rows if str(each.row) == row), None)
        self.reason.setText(
            tr("Line {row}: {reason}", row=found.row, reason=found.reason) if found else ""
        )


def counted(made: ImportedTable) -> str:
    """Return in words what became of the lines: `3 withdrawals · 2 here already · 1 refused`."""
    parts = (
        count_of(made.expenses, "{n} expense", "{n} expenses") if made.expenses else "",
        count_of(made.withdrawals, "{n} withdrawal", "{n} withdrawals") if made.withdrawals else "",
        count_of(made.contributions, "{n} contribution", "{n} contributions")
        if made.contributions else "",
        count_of(made.paid_since, "{n} paid since", "{n} paid since") if made.paid_since else "",
        not_entered(made),
    )  # fmt: skip
    return " · ".join(filter(None, parts))


def not_entered(made: ImportedTable) -> str:
    """Return in words how many lines were not entered, and why."""
    parts = (
        (len(made.refused), "{n} refused", "{n} refused"),
        (len(made.duplicates), "{n} here already", "{n} here already"),
        (len(made.left_out), "{n} left out", "{n} left out"),
    )
    return " · ".join(count_of(n, one, many) for n, one, many in parts if n)
