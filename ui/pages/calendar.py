"""The calendar: a month, the entries of the chosen day, and a list of all that is due."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.operations import calendar_file, dates
from app.storage.queries.claims import claim_rows
from app.storage.queries.dates import DueRow, due_rows, undated_rows
from app.storage.queries.records import all_people
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.own_date import OwnDateDialog, OwnDateInput
from ui.models.rows import Column, RowsModel
from ui.pages.denial_steps import ask_denial
from ui.pages.due_details import DueDetails
from ui.pages.due_lines import ICONS, UndatedLine, due_sentence, due_tone
from ui.shell import Shell
from ui.style import Tone
from ui.widgets.fields import CheckField, ChoiceField
from ui.widgets.flow import flow
from ui.widgets.layout import (
    Card,
    PageFrame,
    Scrolling,
    emptied,
)
from ui.widgets.lines import ChooserList, Line
from ui.widgets.month_grid import DayEntry, MonthGrid
from ui.widgets.panes import Pane, Panes
from ui.widgets.table import RowsView
from ui.widgets.text import button, muted, primary_button, section
from ui.wording import date_words, days_left, short_date, tr

_SHOWN = ("claim", "denial", "due_item", "person", "plan")
_KINDS: Final = (
    ("appeal", "Appeals"), ("promise", "Promises from calls"), ("own", "Your own dates"),
)  # fmt: skip
_MOST_LINES: Final = 3
"""How many entries of a day are seen at once; the rest is scrolled to."""

_VIEWS: Final = (("month", "Month"), ("list", "List"))


class CalendarPage(PageFrame):
    """Shows every date, by month or as a list; open denials without one stand above."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(tr("Calendar"))
        self._desk, self._shell = desk, shell
        self._rows: tuple[DueRow, ...] = ()
        self.tools.addWidget(button(tr("Save as file …"), self.save_file, "save"))
        self.tools.addWidget(primary_button(tr("Add a date"), self.add_date, "plus"))
        self.undated = Card(tr("These have no date yet"), "warning", "warning")
        self.body.addWidget(self.undated)
        self.body.addWidget(self._choices())
        self._month = self._month_view()
        self._list = self._list_view()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._month)
        self._stack.addWidget(self._list)
        self.details = DueDetails(desk, shell)
        panes = [
            Pane(tr("Dates"), self._stack, 5, 520),
            Pane(tr("Where it comes from"), Scrolling(self.details), 3, 280),
        ]
        self.body.addWidget(Panes("calendar", desk.memory, panes), 1)

    def _choices(self) -> QWidget:
        self.view = ChoiceField([(key, tr(word)) for key, word in _VIEWS])
        self.view.setAccessibleName(tr("How to show the dates"))
        self.view.changed.connect(self._show)
        self.kind = ChoiceField[str](
            [(key, tr(word)) for key, word in _KINDS], unknown=tr("All kinds of dates")
        )
        self.kind.setAccessibleName(tr("Which dates"))
        self.kind.changed.connect(self._show)
        self.done = CheckField(tr("Also what is done"))
        self.done.changed.connect(self.reload)
        return flow(self.view, self.kind, self.done)

    def _month_view(self) -> QWidget:
        self.grid = MonthGrid(self._desk.today())
        self.grid.day_chosen.connect(self._show_day)
        self.day = section("")
        self.of_day = ChooserList(tr("Dates on this day"))
        self.of_day.chosen.connect(self._show_details)
        self.nothing = muted(tr("Nothing is due on this day. Beside it stands what comes next."))
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self.day)
        layout.addWidget(self.of_day)
        layout.addWidget(self.nothing)
        return made

    def _list_view(self) -> QWidget:
        columns: tuple[Column[DueRow], ...] = (
            Column("When", lambda row: short_date(row.aim_on), lambda row: row.aim_on, width=12),
            Column("Left", self._left, lambda row: row.aim_on, width=14, tone=self._tone),
            Column("What", lambda row: row.title, icon=lambda row: ICONS[row.kind]),
            Column("Claim", lambda row: row.claim or "", width=24),
            Column("Who does it", lambda row: row.doer or "", width=14),
        )
        self.model: RowsModel[DueRow] = RowsModel(columns, lambda row: row.id)
        self.table = RowsView(self.model, tr("All dates"))
        self.table.row_chosen.connect(self._show_details)
        return self.table

    def _left(self, row: DueRow) -> str:
        return tr("done") if row.done_on else days_left(row.aim_on, self._desk.today())

    def _tone(self, row: DueRow) -> Tone:
        return "muted" if row.done_on else due_tone(row, self._desk.today())

    # ------------------------------------------------------------------ showing

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of(*_SHOWN):
            self.reload()

    @Slot()
    def reload(self) -> None:
        """Ask again for everything."""
        self.grid.set_today(self._desk.today())
        self._rows = self._desk.binder.ask(due_rows, include_done=self.done.value())
        self._show_undated()
        self._show()

    def show_record(self, _kind: str, record_id: str) -> None:
        """Show an entry: its day, and what is known of it."""
        self.done.set_value(True)
        self.reload()
        for row in self._rows:
            if row.id == record_id:
                self.grid.choose(row.aim_on)
                self._show_day(row.aim_on)
                self.of_day.choose(row.id)
                self.table.choose(row.id)

    def _show_undated(self) -> None:
        emptied(self.undated.body)
        rows = self._desk.binder.ask(undated_rows)
        self.undated.setVisible(bool(rows))
        for row in rows:
            enter = partial(ask_denial, self._desk, self._shell, row.denial_id)
            today = self._desk.today()
            self.undated.body.addWidget(UndatedLine(row, today, enter, with_claim=True))

    @Slot()
    def _show(self) -> None:
        self._stack.setCurrentWidget(self._list if self.view.value() == "list" else self._month)
        rows = self._chosen_rows()
        self.model.replace(rows)
        entries: dict[date, list[DayEntry]] = defaultdict(list)
        for row in rows:
            entries[row.aim_on].append(self._entry(row))
        self.grid.set_entries(entries)
        self._show_day(self.grid.chosen)

    def _chosen_rows(self) -> list[DueRow]:
        only = self.kind.value()
        return [row for row in self._rows if only in (None, row.kind)]

    def _entry(self, row: DueRow) -> DayEntry:
        today = self._desk.today()
        tone = "good" if row.done_on else due_tone(row, today)
        spoken = ", ".join(part for part in (row.title, row.claim, self._left(row)) if part)
        icon = "check" if row.done_on else ICONS[row.kind]
        return DayEntry(row.id, row.title, icon, tone, spoken)

    @Slot(object)
    def _show_day(self, day: date) -> None:
        self.day.setText(date_words(day))
        rows = [row for row in self._chosen_rows() if row.aim_on == day]
        self.of_day.set_lines([self._line(row) for row in rows])
        self.of_day.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        if rows:
            shown = min(len(rows), _MOST_LINES)
            self.of_day.setFixedHeight(shown * self.of_day.sizeHintForRow(0) + 2)
            self.of_day.choose(rows[0].id)
        else:
            self._show_next()

    def _show_next(self) -> None:
        """Show what comes next while the chosen day is empty."""
        open_rows = [row for row in self._chosen_rows() if row.done_on is None]
        self._show_details(min(open_rows, key=lambda row: row.aim_on).id if open_rows else "")

    def _line(self, row: DueRow) -> Line:
        today = self._desk.today()
        tone = due_tone(row, today)
        return Line(
            id=row.id,
            title=row.title,
            detail=row.claim or due_sentence(row, today),
            icon="check" if row.done_on else ICONS[row.kind],
            tone=tone,
            trailing=self._left(row),
        )

    @Slot(str)
    def _show_details(self, due_id: str) -> None:
        row = next((row for row in self._rows if row.id == due_id), None)
        self.details.show_row(row)

    # ------------------------------------------------------------------ doing

    def add_date(self) -> None:
        """Ask for a date of one's own, on the chosen day."""
        ask_own_date(self._desk, self._shell, self.grid.chosen)

    def save_file(self) -> None:
        """Write all dates to a file that any calendar program opens."""
        target = self._shell.choose_new_file(
            tr("Save the dates"), "ClaimBinder dates.ics", tr("Calendar files (*.ics)")
        )
        if target:
            binder = self._desk.binder
            self._shell.run(
                tr("Saving the dates"),
                lambda _progress: calendar_file.write_calendar(binder, target, details=False),
                lambda written: self._shell.say(
                    tr("The dates are in {name}. Their titles say nothing private.",
                       name=written.path.name)
                ),
                self,
            )  # fmt: skip


def ask_own_date(desk: Desk, shell: Shell, on: date | None = None) -> None:
    """Ask for a date of one's own."""
    binder = desk.binder

    def do(given: OwnDateInput) -> None:
        dates.add_own_date(binder, **values_of(given))

    rows, people = binder.ask(claim_rows), binder.ask(all_people)
    shell.ask_dialog(OwnDateDialog(desk, rows, people, on), do)
