"""What was sent: the proof against “we never got it”."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QStackedWidget

from app.changes import Changes
from app.domain.decision_clock import AnswerState
from app.domain.sending import Sending
from app.storage.queries.claims import claim_rows
from app.storage.queries.clocks import ClockRow, clock_rows
from app.storage.queries.records import claim_sendings
from ui.desk import Desk
from ui.models.rows import RIGHT, Column, RowsModel
from ui.names import WAYS, word_for
from ui.shell import Shell
from ui.widgets.layout import EmptyState, PageFrame
from ui.widgets.table import RowsView
from ui.wording import short_date, tr


@dataclass(frozen=True, slots=True)
class _Sent:
    """A sending with the title of its claim, and where the answer to it stands."""

    sending: Sending
    claim: str
    answer: str = ""


COLUMNS: Final[tuple[Column[_Sent], ...]] = (
    Column(
        "Sent on",
        lambda row: short_date(row.sending.sent_on),
        lambda row: row.sending.sent_on,
        width=12,
    ),
    Column("Claim", lambda row: row.claim),
    Column("To", lambda row: row.sending.to, width=18),
    Column("How", lambda row: word_for(WAYS, row.sending.way), width=14),
    Column("Tracking number", lambda row: row.sending.tracking, width=24),
    Column("Their answer", lambda row: row.answer, tip=lambda row: row.answer, width=26),
    Column(
        "Pages",
        lambda row: str(row.sending.pages or ""),
        lambda row: row.sending.pages,
        align=RIGHT,
        width=6,
    ),
)


class SentPage(PageFrame):
    """Shows every packet that left the house, the newest first."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(tr("Sent"))
        self._desk = desk
        self.model: RowsModel[_Sent] = RowsModel(COLUMNS, lambda row: row.sending.id)
        self.table = RowsView(self.model, tr("Sent"))
        self._empty = EmptyState(
            "sent",
            tr("Nothing was sent yet"),
            tr("When an appeal leaves the house, note it on its claim with “We sent it”: when, "
               "how, and the tracking number."),
            tr("Go to the claims"),
            lambda: shell.go_to("claims"),
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack, 1)

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of("sending", "claim", "clock", "due_item"):
            self.reload()

    def reload(self) -> None:
        """Ask again for everything."""
        titles = {row.id: row.title for row in self._desk.binder.ask(claim_rows)}
        sent = self._desk.binder.ask(claim_sendings)
        clocks = self._desk.binder.ask(clock_rows, include_settled=True)
        answers = {row.clock.sending_id: _answer_words(row, self._desk) for row in clocks}
        rows = [
            _Sent(each, titles[each.claim_id], answers.get(each.id, ""))
            for each in sent
            if each.claim_id in titles
        ]
        self.model.replace(rows)
        self._stack.setCurrentWidget(self.table if rows else self._empty)
        self.table.choose_first()

    def show_record(self, _kind: str, record_id: str) -> None:
        """Show a sending by its id."""
        self.reload()
        self.table.choose(record_id)


def _answer_words(row: ClockRow, desk: Desk) -> str:
    """Return where the answer to a sending stands, in a few words."""
    clock = row.clock
    if clock.answered_on:
        return tr("Came on {day}", day=short_date(clock.answered_on))
    if clock.waived_on:
        return tr("No longer awaited")
    if row.about is None:
        return tr("No day is known: ask")
    if row.state(desk.today()) is AnswerState.LATE:
        return tr("Appears late: ask")
    return tr("Due about {day}", day=short_date(row.about))
