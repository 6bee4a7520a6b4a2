"""The ledger: every line of twenty years, narrowed, sorted, added up, and what is behind each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.money import Money
from app.storage.queries.ledger import (
    LedgerRow,
    ledger_choices,
    ledger_ids,
    ledger_rows,
    ledger_sums,
)
from ui.desk import Desk
from ui.models.window import WindowModel
from ui.names import category_labels
from ui.pages.expense_steps import ask_expense, ask_new_expense
from ui.pages.import_steps import import_table
from ui.pages.money_counted import MONEY_KINDS, CountedLedger
from ui.pages.money_filter import LedgerFilterBar
from ui.pages.money_line import LineDetail
from ui.pages.money_line_deeds import put_in_trash
from ui.pages.money_lines import SORTS, SPARE, ledger_columns
from ui.pages.money_table import LedgerTable
from ui.pages.summary_steps import ask_summary, print_summary, save_table
from ui.shell import Shell
from ui.widgets.flow import flow
from ui.widgets.layout import EmptyState, column, line
from ui.widgets.panes import Pane, Panes
from ui.widgets.text import Label, button, elided, icon_button, muted
from ui.wording import count_of, tr


class LedgerPart(QWidget):
    """Lists the lines; beside them stands everything that is known of the chosen one."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._labels: Mapping[str, str] = category_labels()
        self._sort, self._descending, self._is_offered = "", False, False
        self.counted = CountedLedger(desk, self)
        self.filter = LedgerFilterBar()
        self.year = self.filter.year
        self.model: WindowModel[LedgerRow] = WindowModel(
            ledger_columns(lambda: self._labels, self.counted.standing),
            lambda row: row.id,
            self._fetch,
            frozenset(number for number, name in enumerate(SORTS) if name),
        )
        self.table = LedgerTable(self.model, tr("Expenses"), SPARE)
        self.detail = LineDetail(desk, shell, self.counted)
        self.total = Label("", "strong", wrap=False)
        self.unpaid, self.more = elided("", "muted"), elided("", "muted")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._listed())
        self._stack.addWidget(self._empty())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_line)
        self.filter.changed.connect(self._show)
        self.model.sort_wanted.connect(self._sort_by)
        self.table.row_chosen.connect(self._soon.start)
        self.table.row_opened.connect(self._change)
        self.counted.changed.connect(self._show_counted)
        self.counted.found.connect(self._soon.start)

    def _listed(self) -> QWidget:
        self._nothing = muted(tr("No line of the ledger is like that."))
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lines = QStackedWidget()
        self._lines.addWidget(self.table)
        self._lines.addWidget(self._nothing)
        self.panes = Panes(
            "ledger",
            self._desk.memory,
            (
                Pane(tr("Lines"), self._lines, share=5, least=560),
                Pane(tr("What is behind the line"), self.detail, share=3, least=320),
            ),
        )
        for words, run, key in (
            (tr("Change …"), self._change_chosen, Qt.Key.Key_F2),
            (tr("Move to trash"), self._to_trash, Qt.Key.Key_Delete),
        ):
            action = QAction(words, self.table)
            action.setShortcut(key)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(run)
            self.table.addAction(action)
        made = QWidget()
        inside = column(8)
        made.setLayout(inside)
        inside.addWidget(self.filter)
        inside.addWidget(self.panes, 1)
        sums = line(self.total, self.unpaid, stretch=False)
        sums.addWidget(self.more, 1)
        inside.addLayout(sums)
        inside.addWidget(
            flow(
                button(tr("HSA summary of the year …"), self._print, "print"),
                button(tr("Other summary …"), self._ask_summary),
                button(tr("Import a table …"), self._import, "inbox"),
                icon_button(tr("Save as table …"), "save", self._save),
            )
        )
        return made

    def _empty(self) -> QWidget:
        return EmptyState(
            "money",
            tr("No expenses yet"),
            tr("Enter what you pay for care: copays, drugs, parking, nights near the hospital. "
               "The receipt goes with it, and the year's summary prints itself."),
            tr("Enter an expense"),
            lambda: ask_new_expense(self._desk, self._shell),
            is_main=False,
        )  # fmt: skip

    # ------------------------------------------------------------------ showing

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of(*MONEY_KINDS):
            self.reload()

    def reload(self) -> None:
        """Ask again for everything."""
        if not self._is_offered:  # later the choices come with what is counted
            self._is_offered = True
            self.filter.set_choices(self._desk.binder.ask(ledger_choices), self._labels)
        self._show()
        self.counted.count_again()  # last: the thread would take time from what is shown now

    def show_record(self, _kind: str, record_id: str) -> None:
        """Show an expense by its id, whatever the ledger was narrowed to."""
        if self.model.position_of(record_id) is None:
            self.filter.clear()
        self.table.choose(record_id)
        self.panes.show_pane(1)

    @Slot()
    def _show(self) -> None:
        self._list()
        self._show_sums()

    def _list(self) -> None:
        chosen, which = self.table.chosen_id, self.filter.value()
        ids: Sequence[str] = self._desk.binder.ask(
            ledger_ids, which, sort=self._sort, descending=self._descending
        )
        only = self._only()
        if only is not None:
            ids = [each for each in ids if each in only]
        if self._sort == "standing" and self.counted.newest:
            may = self.counted.newest.cents["claimable"]
            ids = sorted(ids, key=lambda key: may.get(key, 0), reverse=self._descending)
        self.model.replace(ids)
        self._stack.setCurrentIndex(0 if ids or self.filter.narrows else 1)
        self._lines.setCurrentIndex(0 if ids else 1)
        if chosen and chosen != self.table.chosen_id:
            self.table.choose(chosen)
        self.table.choose_first()
        self._soon.start()

    def _only(self) -> frozenset[str] | None:
        """Return the lines of the chosen standing, None for all; none while that is worked out."""
        standing = self.filter.standing.value()
        if standing is None:
            return None
        newest = self.counted.newest
        return newest.groups[standing] if newest else frozenset()

    def _show_sums(self) -> None:
        if self._only() is not None:
            self._show_sums_of_paid()
            return
        sums = self._desk.binder.ask(ledger_sums, self.filter.value())
        self.total.setText(tr("Paid: {amount}", amount=str(sums.paid)))
        words = count_of(
            sums.unpaid_lines, "{n} line is not paid yet", "{n} lines are not paid yet"
        )
        self.unpaid.setText(words if sums.unpaid_lines else "")
        parts = [
            count_of(sums.lines, "{n} line", "{n} lines"),
            *self._claimable(),
            tr("not paid yet: {amount}", amount=str(sums.unpaid)) if sums.unpaid_lines else "",
            tr("came back: {amount}", amount=str(sums.returned)) if sums.returned.cents else "",
            tr("the HSA has paid: {amount}", amount=str(sums.reimbursed))
            if sums.reimbursed.cents else "",
        ]  # fmt: skip
        self.more.setText(" · ".join(part for part in parts if part))

    def _show_sums_of_paid(self) -> None:
        """Lines that stand in some way with an HSA are all paid; their sums are known already."""
        ids, newest = self.model.ids, self.counted.newest
        paid = sum(newest.standings[each].expense.amount.cents for each in ids) if newest else 0
        self.total.setText(tr("Paid: {amount}", amount=str(Money(paid))))
        self.unpaid.setText("")
        parts = [count_of(len(ids), "{n} line", "{n} lines"), *self._claimable()]
        self.more.setText(" · ".join(part for part in parts if part))

    def _claimable(self) -> list[str]:
        """Say what HSAs may still pay of the listed lines."""
        newest = self.counted.newest
        if newest is None:
            return [tr("what the HSA may pay is being worked out …")]
        may, look = (newest.total(group, self.model.ids) for group in ("claimable", "look"))
        return [
            tr("the HSA may still pay: {amount}", amount=str(may)) if may.cents else "",
            tr("needs a look: {amount}", amount=str(look)) if look.cents else "",
        ]

    @Slot()
    def _show_counted(self) -> None:
        """Show how the lines stand, now that it is known."""
        if self.counted.choices:
            self.filter.set_choices(self.counted.choices, self._labels)
        if self.filter.standing.value() is not None or self._sort == "standing":
            self._show()
            return
        self.model.show_again()
        self._soon.start()
        self._show_sums()

    @Slot()
    def _show_line(self) -> None:
        """Show what is behind the chosen line, once there is nothing more urgent to do."""
        self.detail.show_line(self.model.row_of(self.table.chosen_id))

    def _fetch(self, ids: Sequence[str]) -> Sequence[LedgerRow]:
        return self._desk.binder.ask(ledger_rows, ids)

    @Slot(int, bool)
    def _sort_by(self, number: int, descending: bool) -> None:  # noqa: FBT001 - Qt's own signature
        self._sort = SORTS[number] if number >= 0 else ""
        self._descending = descending
        self._list()

    # ------------------------------------------------------------------ doing

    @Slot(str)
    def _change(self, expense_id: str) -> None:
        ask_expense(self._desk, self._shell, expense_id)

    def _change_chosen(self) -> None:
        if self.table.chosen_id:
            self._change(self.table.chosen_id)

    def _to_trash(self) -> None:
        if self.table.chosen_id:
            put_in_trash(self._desk, self._shell, self.table.chosen_id)

    def _print(self) -> None:
        print_summary(self._desk, self._shell, self.year.value() or self._desk.today().year)

    def _ask_summary(self) -> None:
        ask_summary(self._desk, self._shell, self.year.value())

    def _import(self) -> None:
        import_table(self._desk, self._shell)

    def _save(self) -> None:
        save_table(self._desk, self._shell, self.year.value())
