"""Making one letter of several papers: in which order?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout

from app.storage.queries.papers import PaperRow
from ui.widgets.dialog import AskDialog
from ui.widgets.layout import column
from ui.widgets.lines import ChooserList, Line
from ui.widgets.text import button, muted
from ui.wording import count_of, tr


class JoinDialog(AskDialog[tuple[str, ...]]):
    """Shows the papers in the order in which they will be joined; the answer are their ids."""

    def __init__(self, rows: Sequence[PaperRow]) -> None:
        super().__init__(tr("Join into one letter"), tr("Join them"))
        self._rows = list(rows)
        self.form.add_widget(
            muted(
                tr("They become one paper, its pages in this order. It keeps the name of the "
                   "first. Undo takes them apart again.")
            )
        )  # fmt: skip
        self.list = ChooserList(tr("Papers in their order"))
        self.list.setMinimumHeight(200)
        self.up = button(tr("Move up"), lambda: self._move(-1), "up")
        self.down = button(tr("Move down"), lambda: self._move(1), "down")
        side = column(8)
        side.addWidget(self.up)
        side.addWidget(self.down)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.list, 1)
        middle.addLayout(side)
        self.body.insertLayout(1, middle, 1)
        self._show()
        self.list.choose(self._rows[0].id)

    def answer(self) -> tuple[str, ...]:
        """Return the ids in the order of the pages."""
        return tuple(row.id for row in self._rows)

    def _move(self, by: int) -> None:
        chosen = self.list.chosen_id
        at = next((n for n, row in enumerate(self._rows) if row.id == chosen), -1)
        to = at + by
        if at >= 0 and 0 <= to < len(self._rows):
            self._rows[at], self._rows[to] = self._rows[to], self._rows[at]
            self._show()

    def _show(self) -> None:
        self.list.set_lines(
            [
                Line(
                    id=row.id,
                    title=row.name,
                    detail=count_of(row.pages, "{n} page", "{n} pages") if row.pages else "",
                    trailing=str(number),
                )
                for number, row in enumerate(self._rows, start=1)
            ]
        )
