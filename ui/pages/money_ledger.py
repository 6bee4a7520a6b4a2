"""The ledger: what was paid, line by line, and what comes of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.money import Money
from app.operations import trash
from app.storage.queries.money import ExpenseRow, expense_rows, expense_years
from ui.desk import Desk
from ui.models.rows import RIGHT, Column, RowsModel
from ui.names import CATEGORIES, METHODS, word_for
from ui.pages.expense_steps import ask_expense, ask_new_expense
from ui.pages.summary_steps import print_summary, save_table
from ui.shell import BannerAction, Shell
from ui.widgets.fields import ChoiceField
from ui.widgets.flow import flow
from ui.widgets.layout import EmptyState, column, line
from ui.widgets.table import RowsView
from ui.widgets.text import Label, button, muted
from ui.wording import count_of, short_date, tr

COLUMNS: Final[tuple[Column[ExpenseRow], ...]] = (
    Column(
        "Paid on",
        lambda row: short_date(row.paid_on) or tr("not paid yet"),
        lambda row: row.paid_on,
        width=13,
        tone=lambda row: "ink" if row.paid_on else "warning",
    ),
    Column("To", lambda row: row.provider),
    Column("What", lambda row: word_for(CATEGORIES, row.category), width=17),
    Column("For", lambda row: row.patient or "", width=15),
    Column("How", lambda row: word_for(METHODS, row.method).split(" (")[0], width=10),
    Column(
        "Receipt",
        lambda row: tr("yes") if row.document_id else tr("missing"),
        icon=lambda row: "receipt" if row.document_id else "",
        tone=lambda row: "ink" if row.document_id else "muted",
        tip=lambda row: row.document or "",
        width=8,
    ),
    Column(
        "Amount", lambda row: str(row.amount), lambda row: row.amount.cents, align=RIGHT, width=9
    ),
)


class LedgerPart(QWidget):
    """Shows the ledger of a year or of all years, with its total."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.year = ChoiceField[int]([], unknown=tr("All years"))
        self.year.setAccessibleName(tr("Which year"))
        self.year.changed.connect(self._show)
        self.print = button(tr("HSA summary of the year …"), self._print, "print")
        self.save = button(tr("Save as table …"), self._save, "save")
        self.total = Label("", "strong", wrap=False)
        self.unpaid = muted("", wrap=False)
        self.model: RowsModel[ExpenseRow] = RowsModel(COLUMNS, lambda row: row.id)
        self.table = RowsView(self.model, tr("Expenses"))
        self.table.row_opened.connect(self._change)
        self._listed = QWidget()
        inside = column(8)
        self._listed.setLayout(inside)
        inside.addWidget(flow(self.year, self.print, self.save))
        inside.addWidget(self.table, 1)
        inside.addLayout(line(self.total, self.unpaid))
        inside.addWidget(
            flow(
                button(tr("Change …"), self._change_chosen, "edit"),
                button(tr("Move to trash"), self._to_trash, "trash"),
            )
        )
        self._empty = EmptyState(
            "money",
            tr("No expenses yet"),
            tr("Enter what you pay for care: copays, drugs, parking, nights near the hospital. "
               "The receipt goes with it, and the year's summary prints itself."),
            tr("Enter an expense"),
            self.enter,
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(self._listed)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of("expense", "person", "claim", "document"):
            self.reload()

    def reload(self) -> None:
        """Ask again for everything."""
        years = self._desk.binder.ask(expense_years)
        self.year.set_choices([(year, str(year)) for year in years])
        self._show()

    def show_record(self, _kind: str, record_id: str) -> None:
        """Show an expense by its id."""
        self.year.set_value(None)
        self.reload()
        self.table.choose(record_id)

    @Slot()
    def _show(self) -> None:
        year = self.year.value()
        rows = self._desk.binder.ask(expense_rows, year=year)
        self.model.replace(rows)
        self._stack.setCurrentWidget(self._listed if rows or year else self._empty)
        self.table.choose_first()
        paid = [row.amount for row in rows if row.paid_on]
        self.total.setText(tr("Paid: {amount}", amount=str(sum(paid, Money()))))
        open_rows = len(rows) - len(paid)
        words = count_of(open_rows, "{n} line is not paid yet", "{n} lines are not paid yet")
        self.unpaid.setText(words if open_rows else "")

    # ------------------------------------------------------------------ doing

    def enter(self) -> None:
        """Ask for a new line."""
        ask_new_expense(self._desk, self._shell)

    @Slot(str)
    def _change(self, expense_id: str) -> None:
        ask_expense(self._desk, self._shell, expense_id)

    def _change_chosen(self) -> None:
        if self.table.chosen_id:
            self._change(self.table.chosen_id)

    def _to_trash(self) -> None:
        if self.table.chosen_id:
            trash.put_in_trash(self._desk.binder, [("expense", self.table.chosen_id)])
            undo = BannerAction(tr("Undo"), self._desk.binder.undo)
            self._shell.say(tr("The expense is in the trash."), undo)

    def _print(self) -> None:
        print_summary(self._desk, self._shell, self.year.value() or self._desk.today().year)

    def _save(self) -> None:
        save_table(self._desk, self._shell, self.year.value())
