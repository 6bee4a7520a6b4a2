"""What importing a table will do, before it is done: counts, refused lines, remarks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.words, self.parts, self.lines, self.notes):
            layout.addWidget(widget)
        for widget in (self.parts, self.lines, self.notes):
            widget.hide()

    def wait(self) -> None:
        """Say that it is being looked at."""
        self.words.setText(tr("Looking at all lines …"))
        self.words.set_look("strong")

    def say(self, sentence: str) -> None:
        """Say why nothing can be entered."""
        self.words.setText(sentence)
        self.words.set_look("warning")
        for widget in (self.parts, self.lines, self.notes):
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
        self.notes.setText("\n".join(would.notes))
        self.notes.setVisible(bool(would.notes))


def counted(made: ImportedTable) -> str:
    """Return in words what became of the lines: `3 withdrawals · 2 here already · 1 refused`."""
    parts = (
        (made.expenses, "{n} expense", "{n} expenses"),
        (made.withdrawals, "{n} withdrawal", "{n} withdrawals"),
        (made.contributions, "{n} contribution", "{n} contributions"),
        (len(made.duplicates), "{n} here already", "{n} here already"),
        (len(made.refused), "{n} refused", "{n} refused"),
        (len(made.left_out), "{n} left out", "{n} left out"),
    )
    return " · ".join(count_of(n, one, many) for n, one, many in parts if n)
