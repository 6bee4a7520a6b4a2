"""The call log, and above it the promises that were not kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from app.changes import Changes
from app.operations import trash
from app.storage.queries.calls import CallRow, call_rows
from app.storage.queries.claims import claim_rows
from ui.desk import Desk
from ui.models.rows import Column, RowsModel
from ui.pages.call_promises import BrokenPromises
from ui.pages.call_steps import ask_again, change_call, log_call, note_promise_kept
from ui.pages.story_steps import print_call_log
from ui.shell import BannerAction, Shell
from ui.style import Tone
from ui.widgets.fields import ChoiceField
from ui.widgets.flow import flow
from ui.widgets.layout import EmptyState, PageFrame, Scrolling, column, line
from ui.widgets.table import RowsView
from ui.widgets.text import button, primary_button, quiet_button
from ui.wording import short_date, tr

_STATES: Final = {"late": "not done", "kept": "done", "waived": "not needed"}
_TONES: Final[dict[str, Tone]] = {"late": "danger", "kept": "good"}


def _columns(today: Callable[[], date]) -> tuple[Column[CallRow], ...]:
    """Return the columns; what became of a promise depends on the day."""

    def promise(row: CallRow) -> str:
        parts = (
            short_date(row.due_on or row.promise_by) if row.promise else "",
            tr(_STATES[state]) if (state := row.promise_state(today())) in _STATES else "",
        )
        told = ", ".join(part for part in parts if part)
        return f"{told}: {row.promise}" if told else row.promise

    def said(row: CallRow) -> str:
        return " ".join(" · ".join(filter(None, (row.outcome, row.note))).split())

    return (
        Column(
            "When",
            lambda row: short_date(row.called_at.astimezone().date()),
            lambda row: row.called_at,
            width=12,
        ),
        Column("With", lambda row: row.with_whom, tip=lambda row: row.with_whom, width=12),
        Column("What was said", said, tip=said),
        Column(
            "Promised",
            promise,
            lambda row: row.due_on or row.promise_by,
            icon=lambda row: "promise" if row.promise else "",
            tone=lambda row: _TONES.get(row.promise_state(today()), "ink"),
            tip=promise,
            width=22,
        ),
        Column("Reference", lambda row: row.reference, width=11),
        Column("Claim", lambda row: row.claim or "", tip=lambda row: row.claim or "", width=12),
    )


class CallsPage(PageFrame):
    """Shows every call, the newest first; those of one claim if that is chosen."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(tr("Calls"))
        self._desk, self._shell = desk, shell
        self.model: RowsModel[CallRow] = RowsModel(_columns(desk.today), lambda row: row.id)
        self.table = RowsView(self.model, tr("Calls"))
        self.table.row_opened.connect(self._change)
        self.table.setMinimumHeight(160)
        self.claim = ChoiceField[str]((), unknown=tr("Calls about every claim"), roomy=True)
        self.claim.setAccessibleName(tr("Calls about which claim"))
        self.claim.changed.connect(self._show)
        self.change = button(tr("Change …"), self._change_chosen, "edit")
        self.remove = button(tr("Move to trash"), self._to_trash, "trash")
        self.promises = BrokenPromises(
            partial(note_promise_kept, desk, shell), partial(ask_again, desk, shell)
        )
        self._rows: tuple[CallRow, ...] = ()
        self._empty = EmptyState(
            "calls",
            tr("No calls yet"),
            tr("Write each call down while you are on hold: who, what they said, the reference "
               "number, and what they promised until when."),
            tr("Log a call"),
            lambda: log_call(desk, shell),
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(self._listed())
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack, 1)
        self.tools.addWidget(
            primary_button(tr("Log a call"), lambda: log_call(desk, shell), "log-call")
        )

    def _listed(self) -> QWidget:
        made = QWidget()
        inside = column(8)
        self._room = Scrolling(self.promises, least=140)  # its words are never squeezed
        self._room.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.promises.folded.connect(self._fit_room)
        inside.addWidget(self._room)
        inside.addLayout(line(self.claim))
        inside.addWidget(self.table, 1)
        inside.addWidget(
            flow(
                self.change,
                self.remove,
                quiet_button(tr("Print the call log …"), self._print, "print"),
            )
        )
        made.setLayout(inside)
        return made

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of("call", "claim", "person", "due_item"):
            self.reload()

    def reload(self) -> None:
        """Ask again for everything."""
        binder = self._desk.binder
        self._rows = binder.ask(call_rows)
        self.claim.set_choices([(row.id, row.title) for row in binder.ask(claim_rows)])
        self._stack.setCurrentIndex(0 if self._rows else 1)
        self._show()

    @Slot()
    def _show(self) -> None:
        """Show the calls of the chosen claim, and the promises that are late in them."""
        only, today = self.claim.value(), self._desk.today()
        rows = [row for row in self._rows if only in (None, row.claim_id)]
        late = [row for row in rows if row.promise_state(today) == "late"]
        self.promises.show_rows(sorted(late, key=lambda row: row.due_on or today), today)
        self._room.setVisible(bool(late))
        self._fit_room()
        self.model.replace(rows)
        self.table.choose_first()

    @Slot()
    def _fit_room(self) -> None:
        """Give the promises no more height than their words need at this width."""
        layout = self.promises.layout()
        if layout and layout.hasHeightForWidth():  # not while it is empty
            self._room.setMaximumHeight(layout.totalHeightForWidth(self._room.viewport().width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_room()

    def show_record(self, kind: str, record_id: str) -> None:
        """Show a call by its id, or the calls of a claim."""
        self.reload()
        if kind == "claim":
            self.claim.set_value(record_id)
        else:
            self.claim.set_value(None)
            self.table.choose(record_id)

    @Slot(str)
    def _change(self, call_id: str) -> None:
        change_call(self._desk, self._shell, call_id)

    def _change_chosen(self) -> None:
        if self.table.chosen_id:
            self._change(self.table.chosen_id)

    def _print(self) -> None:
        print_call_log(self._desk, self._shell, self.claim.value())

    def _to_trash(self) -> None:
        if self.table.chosen_id:
            trash.put_in_trash(self._desk.binder, [("call", self.table.chosen_id)])
            undo = BannerAction(tr("Undo"), self._desk.binder.undo)
            self._shell.say(tr("The call is in the trash."), undo)
