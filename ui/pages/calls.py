"""The call log."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.changes import Changes
from app.operations import trash
from app.storage.queries.calls import CallRow, call_rows
from ui.desk import Desk
from ui.models.rows import Column, RowsModel
from ui.pages.call_steps import change_call, log_call
from ui.shell import BannerAction, Shell
from ui.widgets.flow import flow
from ui.widgets.layout import EmptyState, PageFrame, column
from ui.widgets.table import RowsView
from ui.widgets.text import button, primary_button
from ui.wording import short_date, tr


def _promise(row: CallRow) -> str:
    """Return the promise with its day."""
    if row.promise_by is None:
        return row.promise
    return tr("{day}: {promise}", day=short_date(row.promise_by), promise=row.promise)


COLUMNS: Final[tuple[Column[CallRow], ...]] = (
    Column(
        "When",
        lambda row: short_date(row.called_at.astimezone().date()),
        lambda row: row.called_at,
        width=12,
    ),
    Column("With", lambda row: row.with_whom, tip=lambda row: row.with_whom, width=14),
    Column("What was said", lambda row: " ".join(row.note.split()), tip=lambda row: row.note),
    Column(
        "Promised",
        _promise,
        lambda row: row.promise_by,
        icon=lambda row: "promise" if row.promise else "",
        tip=_promise,
        width=22,
    ),
    Column("Reference", lambda row: row.reference, width=11),
    Column("Claim", lambda row: row.claim or "", tip=lambda row: row.claim or "", width=16),
)


class CallsPage(PageFrame):
    """Shows every call, the newest first."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(tr("Calls"))
        self._desk, self._shell = desk, shell
        self.model: RowsModel[CallRow] = RowsModel(COLUMNS, lambda row: row.id)
        self.table = RowsView(self.model, tr("Calls"))
        self.table.row_opened.connect(self._change)
        self.change = button(tr("Change …"), self._change_chosen, "edit")
        self.remove = button(tr("Move to trash"), self._to_trash, "trash")
        listed = QWidget()
        inside = column(8)
        inside.addWidget(self.table, 1)
        inside.addWidget(flow(self.change, self.remove))
        listed.setLayout(inside)
        self._listed = listed
        self._empty = EmptyState(
            "calls",
            tr("No calls yet"),
            tr("Write each call down while you are on hold: who, what they said, the reference "
               "number, and what they promised until when."),
            tr("Log a call"),
            lambda: log_call(desk, shell),
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(listed)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack, 1)
        self.tools.addWidget(
            primary_button(tr("Log a call"), lambda: log_call(desk, shell), "log-call")
        )

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of("call", "claim", "person"):
            self.reload()

    def reload(self) -> None:
        """Ask again for everything."""
        rows = self._desk.binder.ask(call_rows)
        self.model.replace(rows)
        self._stack.setCurrentWidget(self._listed if rows else self._empty)
        self.table.choose_first()

    def show_record(self, _kind: str, record_id: str) -> None:
        """Show a call by its id."""
        self.reload()
        self.table.choose(record_id)

    @Slot(str)
    def _change(self, call_id: str) -> None:
        change_call(self._desk, self._shell, call_id)

    def _change_chosen(self) -> None:
        if self.table.chosen_id:
            self._change(self.table.chosen_id)

    def _to_trash(self) -> None:
        if self.table.chosen_id:
            trash.put_in_trash(self._desk.binder, [("call", self.table.chosen_id)])
            undo = BannerAction(tr("Undo"), self._desk.binder.undo)
            self._shell.say(tr("The call is in the trash."), undo)
