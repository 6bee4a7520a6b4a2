"""What was sent: the proof against “we never got it”."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from app.changes import Changes
from app.domain.decision_clock import AnswerState
from app.domain.sending_proof import is_proved, proof_words
from app.storage.queries.sendings import SentRow, sent_rows
from ui.desk import Desk
from ui.pages.sent_detail import SentDetail
from ui.shell import Shell
from ui.widgets.layout import EmptyState, PageFrame
from ui.widgets.lines import ChooserList, Line
from ui.widgets.panes import Pane, Panes
from ui.wording import short_date, tr


@dataclass(frozen=True, slots=True)
class SentShown:
    """A sending in words: its proof, and where the answer to it stands."""

    row: SentRow
    proof: str
    answer: str
    is_late: bool = False

    def line(self) -> Line:
        """Return its line in the list."""
        sending = self.row.sending
        proved = is_proved(sending, len(self.row.proofs))
        late = self.answer if self.is_late else ""
        return Line(
            sending.id,
            sending.to or self.row.claim,
            " · ".join(filter(None, (late, self.proof))),
            "check-circle" if proved else "warning",
            "good" if proved else "warning",
            short_date(sending.sent_on),
        )


class SentPage(PageFrame):
    """Shows every packet that left the house, the newest first, and all about the chosen one."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(tr("Sent"))
        self._desk = desk
        self.rows: tuple[SentShown, ...] = ()
        self.list = ChooserList(tr("What was sent"))
        self.list.chosen.connect(self._show_chosen)
        self.detail = SentDetail(desk, shell)
        self.panes = Panes(
            "sent",
            desk.memory,
            [
                Pane(tr("Sent"), self.list, 3, 300),
                Pane(tr("What it was"), self.detail, 6, 380),
            ],
        )
        self._empty = EmptyState(
            "sent",
            tr("Nothing was sent yet"),
            tr("When an appeal leaves the house, note it on its claim with “We sent it”: when, "
               "how, and the tracking number."),
            tr("Go to the claims"),
            lambda: shell.go_to("claims"),
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(self.panes)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack, 1)

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of(
            "sending", "claim", "clock", "due_item", "sending_proof", "saved_bundle", "document",
            "call",
        ):  # fmt: skip
            self.reload()

    def reload(self) -> None:
        """Ask again for everything."""
        self.rows = tuple(_shown(row, self._desk) for row in self._desk.binder.ask(sent_rows))
        self.list.set_lines([shown.line() for shown in self.rows])
        self._stack.setCurrentWidget(self.panes if self.rows else self._empty)
        if self.rows and not self.list.chosen_id:
            self.list.choose(self.rows[0].row.sending.id)
        self._show_chosen(self.list.chosen_id)

    def show_record(self, _kind: str, record_id: str) -> None:
        """Show a sending by its id."""
        self.reload()
        if self.list.choose(record_id):
            self.panes.show_pane(1)

    @Slot(str)
    def _show_chosen(self, sending_id: str) -> None:
        chosen = next((each for each in self.rows if each.row.sending.id == sending_id), None)
        self.detail.show_row(chosen.row if chosen else None, chosen.answer if chosen else "")


def _shown(row: SentRow, desk: Desk) -> SentShown:
    proof = tr(proof_words(row.sending, len(row.proofs)))
    is_late = bool(
        row.clock
        and row.clock.clock.is_running
        and row.clock.state(desk.today()) is AnswerState.LATE
    )
    return SentShown(row, proof, _answer_words(row, is_late=is_late), is_late)


def _answer_words(sent: SentRow, *, is_late: bool) -> str:
    """Return where the answer to a sending stands, in a few words."""
    row = sent.clock
    if row is None:
        return ""
    clock = row.clock
    if clock.answered_on:
        return tr("Their answer came on {day}", day=short_date(clock.answered_on))
    if clock.waived_on:
        return tr("No answer is awaited any more")
    if row.about is None:
        return tr("No day is known for their answer: ask")
    if is_late:
        return tr("Their answer appears late: ask")
    return tr("Their answer is due about {day}", day=short_date(row.about))
