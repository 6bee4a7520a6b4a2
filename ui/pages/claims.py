"""Claims: the list at the left, the story of the chosen one at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QStackedWidget

from app.changes import Changes
from app.operations import claims as operations
from app.storage.queries.claims import ClaimRow, claim_rows
from app.storage.queries.records import all_people, all_plans, record
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.claim import ClaimDialog, ClaimInput
from ui.names import CLAIM_STATUSES, word_for
from ui.pages.claim_view import ClaimView
from ui.shell import Shell
from ui.style import Tone
from ui.widgets.layout import EmptyState, PageFrame
from ui.widgets.lines import ChooserList, Line
from ui.widgets.panes import Pane, Panes
from ui.widgets.text import button
from ui.wording import days_left, short_date, tr

_SHOWN = (
    "claim", "denial", "due_item", "document", "call", "expense", "sending", "person", "plan",
    "provider", "authorization", "treatment", "diary_line", "representative", "criterion",
    "criterion_proof", "evidence_mark", "saved_bundle", "letter", "hidden_line", "sending_proof",
)  # fmt: skip


class ClaimsPage(PageFrame):
    """Shows every claim, the most urgent first, and the story of one."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(tr("Claims"))
        self._desk, self._shell = desk, shell
        self.tools.addWidget(button(tr("New claim …"), self.open_new, "plus"))
        self.list = ChooserList(tr("Claims"))
        self.list.setMinimumWidth(240)
        self.view = ClaimView(desk, shell)
        self.list.chosen.connect(self._show_chosen)
        self.list.opened.connect(self._open)
        self.list.clicked.connect(self._clicked)
        panes = [Pane(tr("Claims"), self.list, 3, 280), Pane(tr("The claim"), self.view, 6, 560)]
        self._panes = Panes("claims", desk.memory, panes)
        self._empty = EmptyState(
            "claims",
            tr("No claims yet"),
            tr("A claim is one thing you fight for: a drug, a scan, a hospital stay. "
               "Its papers, calls, money and dates come together here."),
            tr("Open the first claim"),
            self.open_new,
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(self._panes)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack, 1)

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of(*_SHOWN):
            self.reload()

    def reload(self) -> None:
        """Ask again for everything."""
        rows = self._desk.binder.ask(claim_rows)
        self.list.set_lines([self._line(row) for row in rows])
        self._stack.setCurrentWidget(self._panes if rows else self._empty)
        if rows and not self.list.chosen_id:
            self.list.choose(rows[0].id)
        self.view.show_claim(self.list.chosen_id)

    def show_record(self, kind: str, record_id: str) -> None:
        """Show a claim by its id, or what belongs to one in the part of the claim it is in."""
        claim_id = record_id
        if kind != "claim":
            found = self._desk.binder.ask(record, kind, record_id)
            claim_id = found.claim_id if found else ""
        self.reload()
        self.list.choose(claim_id)
        self._panes.show_pane(1)
        if kind != "claim" and claim_id:
            self.view.parts.show_record(kind, record_id)

    def open_new(self) -> None:
        """Ask for a new claim and show it."""
        ask_new_claim(self._desk, self._shell)

    @Slot(str)
    def _show_chosen(self, claim_id: str) -> None:
        self.view.show_claim(claim_id)

    @Slot(str)
    def _open(self, _claim_id: str) -> None:
        self._panes.show_pane(1)

    @Slot(QModelIndex)
    def _clicked(self, _index: QModelIndex) -> None:
        self._panes.show_pane(1)

    def _line(self, row: ClaimRow) -> Line:
        today = self._desk.today()
        trailing, tone = "", "muted"
        if row.needs_date:
            trailing, tone = tr("Needs a date"), "warning"
        elif row.next_due:
            trailing = days_left(row.next_due, today)
            tone = "warning" if (row.next_due - today).days <= 14 else "muted"
        parts = (row.patient, word_for(CLAIM_STATUSES, row.status))
        return Line(
            id=row.id,
            title=row.title,
            detail=" · ".join(part for part in parts if part),
            icon="claims",
            trailing=trailing,
            trailing_tone=_tone(tone),
            spoken_trailing=f"{trailing}, {short_date(row.next_due)}" if row.next_due else trailing,
        )


def _tone(name: str) -> Tone:
    return "warning" if name == "warning" else "muted"


def ask_new_claim(desk: Desk, shell: Shell) -> None:
    """Ask for a new claim and show it."""
    binder = desk.binder
    opened: list[str] = []

    def do(given: ClaimInput) -> None:
        opened.append(operations.open_claim(binder, **values_of(given)).id)

    dialog = ClaimDialog(desk, binder.ask(all_people), binder.ask(all_plans))
    if shell.ask_dialog(dialog, do):
        shell.go_to("claims", "claim", opened[0])
