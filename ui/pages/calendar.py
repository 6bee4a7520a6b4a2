"""The calendar: what has no date first, then a month, a list, or what comes next."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from app.changes import Changes
from app.domain.undated import Undated
from app.operations.agenda import agenda
from app.operations.rules import rule_book
from app.storage.queries.dates import DueRow
from ui.desk import Desk
from ui.pages import calendar_steps
from ui.pages.calendar_filter import KindsFilter, Wanted
from ui.pages.calendar_list import DatesList
from ui.pages.calendar_month import MonthView
from ui.pages.calendar_next import NextView
from ui.pages.calendar_undated import UndatedStrip
from ui.pages.due_advice import AdviceDialog
from ui.pages.due_deeds import move_row, why_fixed
from ui.pages.due_details import DueDetails
from ui.pages.own_date_steps import ask_own_date
from ui.shell import Shell
from ui.style import px
from ui.widgets.flow import flow
from ui.widgets.layout import PageFrame, Scrolling, bring_up, column
from ui.widgets.panes import Pane, Panes
from ui.widgets.text import button, primary_button
from ui.wording import tr

_SHOWN: Final = ("claim", "denial", "due_item", "person", "plan", "clock", "choice", "document")
_VIEWS: Final = (
    ("month", "Month", "calendar"), ("list", "List", "text"), ("next", "What next", "checklist"),
)  # fmt: skip
_KEY: Final = "calendar/view"
_LOW: Final = 760
"""The height of a window, in pixels at 100 %, below which less stands above the dates."""


class CalendarPage(PageFrame):
    """Shows every date in one of three ways, and beside it where the chosen one comes from."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(tr("Calendar"))
        self._desk, self._shell = desk, shell
        self._rows: tuple[DueRow, ...] = ()
        self._stale: set[str] = set()
        self._told = ""
        self._is_telling = True
        self.tools.addWidget(self._tools())
        self.undated = UndatedStrip(desk, shell)
        self.undated.asked.connect(self._show_advice)
        self.body.addWidget(self.undated)
        self.month = MonthView(desk)
        self.list = DatesList(desk)
        self.next = NextView(desk, shell)
        self.details = DueDetails(desk, shell)
        self._views: dict[str, MonthView | DatesList | NextView] = {
            "month": self.month, "list": self.list, "next": self.next,
        }  # fmt: skip
        self.body.addWidget(self._choices())
        self._stack = QStackedWidget()
        for view in self._views.values():
            self._stack.addWidget(view)
        self.panes = Panes(
            "calendar",
            desk.memory,
            [
                Pane(tr("Dates"), self._stack, 7, 400),
                Pane(tr("More about it"), self._beside(), 3, 264),
            ],
        )
        self.body.addWidget(self.panes, 1)
        self._connect()
        self.show_view(desk.memory.recall(_KEY) or "month")

    def _tools(self) -> QWidget:
        reminders = partial(calendar_steps.reminders, self._desk, self._shell)
        return flow(
            button(tr("Print …"), self.print_dates, "print"),
            button(tr("Save as file …"), self.save_file, "save"),
            button(tr("Reminders …"), reminders, "clock"),
            primary_button(tr("Add a date"), self.add_date, "plus"),
        )

    def _choices(self) -> QWidget:
        self.switches: dict[str, QPushButton] = {}
        for name, word, icon in _VIEWS:
            switch = self.switches[name] = button(tr(word), partial(self.show_view, name), icon)
            switch.setCheckable(True)
        self.kinds = KindsFilter(self._desk.memory, self._shell)
        self.kinds.changed.connect(self.reload)
        return flow(*self.switches.values(), self.kinds)

    def _beside(self) -> QWidget:
        made = QWidget()
        layout = column(12)
        layout.addWidget(self.month.beside)
        layout.addWidget(Scrolling(self.details, least=160), 1)
        made.setLayout(layout)
        return made

    def _connect(self) -> None:
        self.month.chosen.connect(self._tell)
        self.month.opened.connect(self._open_details)
        self.month.move_wanted.connect(self._move)
        self.list.table.row_chosen.connect(self._tell)
        self.list.table.row_opened.connect(self._open_details)
        self.next.asked.connect(self._open_details)
        self.next.all_wanted.connect(partial(self.show_view, "list"))

    # ------------------------------------------------------------------ showing

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of(*_SHOWN):
            self.reload()

    @Slot()
    def reload(self) -> None:
        """Ask again for everything; the views that are not in front get it when they are."""
        found = agenda(
            self._desk.binder,
            rule_book(),
            self._desk.today(),
            include_settled=self.kinds.settled,
        )
        told = self._row(self._told)
        self._rows = found.due
        self.undated.show_entries(found.undated)
        with self._told_once():
            self._stale = set(self._views)
            self.show_view(self.view)
            now = self._row(told.id) if told else None
            if told and now and now.aim_on != told.aim_on:  # go along with it, not to another
                self.month.go_to(now)
                self.list.table.choose(now.id)
                self._told = now.id

    @contextmanager
    def _told_once(self) -> Generator[None]:
        """Let the views choose first, then tell of the entry that is chosen in the end."""
        self._is_telling = False
        yield
        self._is_telling = True
        self._tell(self._told)

    @property
    def view(self) -> str:
        """The name of the view that is shown: month, list or next."""
        return next(name for name, view in self._views.items()
                    if view is self._stack.currentWidget())  # fmt: skip

    def show_view(self, name: str) -> None:
        """Show the dates in this way from now on."""
        name = name if name in self._views else "month"
        self._stack.setCurrentWidget(self._views[name])
        for each, switch in self.switches.items():
            switch.setChecked(each == name)
        self.month.beside.setVisible(name == "month")
        if name != self._desk.memory.recall(_KEY):
            self._desk.memory.remember(_KEY, name)
        if name in self._stale:
            self._stale.discard(name)
            self._views[name].show_rows(self.shown_rows)

    def show_record(self, _kind: str, record_id: str) -> None:
        """Show an entry: its day, and what is known of it."""
        if self._row(record_id) is None:
            self.kinds.want(Wanted(self.kinds.hidden, settled=True))
        row = self._row(record_id)
        if row is None:
            return
        self.kinds.want(Wanted(self.kinds.hidden - {row.kind}, self.kinds.settled))
        self.month.go_to(row)
        self.list.table.choose(row.id)
        self._open_details(row.id)
        bring_up(self.panes)

    @property
    def shown_rows(self) -> list[DueRow]:
        """The entries of the kinds that are not hidden."""
        return [row for row in self._rows if row.kind not in self.kinds.hidden]

    def _row(self, row_id: str) -> DueRow | None:
        return next((row for row in self._rows if row.id == row_id), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave more room to the dates where the window is low; let the tools wrap."""
        super().resizeEvent(event)
        self._top.setAlignment(self.tools, Qt.AlignmentFlag(0))
        self.undated.set_low(is_low=self.window().height() < px(_LOW))

    # ------------------------------------------------------------------ what is told beside it

    @Slot(str)
    def _tell(self, row_id: str) -> None:
        self._told = row_id
        if self._is_telling:
            self.details.show_row(self._row(row_id))

    @Slot(object)
    def _show_advice(self, entries: Sequence[Undated]) -> None:
        self._shell.ask_dialog(AdviceDialog(entries, self._desk.today()))

    def _open_details(self, row_id: str = "") -> None:
        if row_id:
            self._tell(row_id)
        self.panes.show_pane(1)

    # ------------------------------------------------------------------ doing

    @Slot(str, object)
    def _move(self, row_id: str, to: date | None) -> None:
        """Move an entry that was dragged or moved by keys, or say why it stays."""
        row = self._row(row_id)
        if row is None:
            return
        if to is None:
            self._shell.say(why_fixed(row))
        elif move_row(self._desk, self._shell, row, to):
            self.reload()
            self.month.follow(row_id, to)

    def add_date(self) -> None:
        """Ask for a date of one's own, on the chosen day."""
        ask_own_date(self._desk, self._shell, self.month.grid.chosen)

    def print_dates(self) -> None:
        """Print the list, or months from the one that is shown."""
        calendar_steps.print_dates(self._desk, self._shell, self.month.grid.first)

    def save_file(self) -> None:
        """Write all dates to a file that any calendar program opens."""
        calendar_steps.save_file(self._desk, self._shell)
