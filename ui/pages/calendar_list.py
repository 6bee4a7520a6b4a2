"""All dates in one table, to be sorted by any column."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.storage.queries.dates import DueRow
from ui.desk import Desk
from ui.models.rows import Column, RowsModel
from ui.pages.due_kinds import due_kind
from ui.pages.due_words import Urgency, due_sentence, left_words, urgency
from ui.widgets.layout import column
from ui.widgets.table import RowsView
from ui.widgets.text import muted
from ui.wording import short_date, tr


class DatesList(QWidget):
    """The table of dates; `table` tells which one is chosen or opened."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        columns: tuple[Column[DueRow], ...] = (
            Column("When", lambda row: short_date(row.aim_on), lambda row: row.aim_on, width=12),
            Column(
                "Left",
                self._left,
                lambda row: row.aim_on,
                width=17,
                icon=lambda row: self._now(row).icon,
                tone=lambda row: self._now(row).tone,
                tip=lambda row: due_sentence(row, desk.today()),
            ),
            Column(
                "What",
                lambda row: row.title,
                width=25,
                icon=lambda row: due_kind(row.kind).icon,
                spoken=lambda row: f"{tr(due_kind(row.kind).word)}: {row.title}",
            ),
            Column("Claim", lambda row: row.claim or ""),
            Column("Last day", lambda row: short_date(row.last_day), lambda row: row.last_day,
                   width=12),
            Column("Kind", lambda row: tr(due_kind(row.kind).word), width=18),
            Column("Who does it", lambda row: row.doer or "", width=14),
        )  # fmt: skip
        self.model: RowsModel[DueRow] = RowsModel(columns, lambda row: row.id)
        self.table = RowsView(self.model, tr("All dates"))
        self.nothing = muted(tr("No dates to show."))
        layout = column(8)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.nothing)
        self.setLayout(layout)

    def show_rows(self, rows: Sequence[DueRow]) -> None:
        """Show these entries; the chosen one stays."""
        self.model.replace(sorted(rows, key=lambda row: (not row.is_open, row.aim_on)))
        self.nothing.setVisible(not rows)

    def _now(self, row: DueRow) -> Urgency:
        return urgency(row, self._desk.today())

    def _left(self, row: DueRow) -> str:
        now, left = self._now(row), left_words(row, self._desk.today())
        presses = row.is_open and now.tone == "danger" and row.last_day >= self._desk.today()
        return f"{now.word}: {left}" if presses else left
