"""What comes next in a claim: its denials with their dates and buttons, then what else is near."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.storage.queries.dates import due_rows
from ui.desk import Desk
from ui.pages.claim_denials import DenialLine, shown_denials
from ui.pages.due_deeds import settling_deeds
from ui.pages.due_lines import ShortDueLine, more_dates
from ui.shell import Shell
from ui.widgets.layout import Card, Scrolling, column, emptied, line
from ui.widgets.text import muted, quiet_button
from ui.wording import count_of, tr

_MOST_DENIALS: Final = 3
_MOST_DATES: Final = 5
"""How many denials and other dates stand here; the rest is in the story and in the calendar."""


class NowPart(QWidget):
    """The part of a claim that says what to do."""

    more_denials = Signal()
    """There are more denials than are shown, and the person wants to see them."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.card = Card()
        inner = QWidget()
        inside = column(0)
        inside.addWidget(self.card)
        inside.addStretch(1)
        inner.setLayout(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scrolling(inner, least=160))

    def show_claim(self, claim_id: str) -> None:
        """Show the denials with what comes next, then the other dates that are near."""
        body, desk, shell = self.card.body, self._desk, self._shell
        emptied(body)
        every = shown_denials(desk, claim_id)
        shown = every[:_MOST_DENIALS]
        for each in shown:
            body.addWidget(DenialLine(desk, shell, each))
        if left := len(every) - len(shown):
            words = count_of(left, "{n} more “no” in the story", "{n} more “no”s in the story")
            body.addLayout(line(quiet_button(words, self.more_denials.emit, "warning")))
        said = {each.due.id for each in shown if each.due}
        said |= {each.waits.item.id for each in shown if each.waits and each.waits.item}
        dated = [
            row
            for row in desk.binder.ask(due_rows)
            if row.claim_id == claim_id and row.id not in said
        ]
        for row in dated[:_MOST_DATES]:
            do = settling_deeds(desk, shell, row)[0].button()
            body.addWidget(ShortDueLine(row, desk.today(), do))
        if left := len(dated[_MOST_DATES:]):
            more = quiet_button(more_dates(left), partial(shell.go_to, "calendar"), "calendar")
            body.addLayout(line(more))
        if not shown and not dated:
            body.addWidget(muted(tr("Nothing is due for this claim.")))
