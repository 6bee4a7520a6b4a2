"""The money of a claim: what it cost, what is owed or on hold, and its lines of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.money import Money
from app.domain.owed import Account, accounts_of
from app.jobs import Progress
from app.operations.fighting_costs import fighting_costs_of
from app.operations.owed import money_case
from app.storage.queries.ledger import (
    LedgerFilter,
    LedgerRow,
    LedgerSums,
    ledger_ids,
    ledger_rows,
    ledger_sums,
)
from ui.desk import Desk
from ui.models.rows import RowsModel
from ui.names import category_labels
from ui.pages.money_lines import SPARE, ledger_columns
from ui.pages.money_table import LedgerTable
from ui.pages.story_steps import print_fighting_costs
from ui.shell import Shell
from ui.widgets.flow import flow
from ui.widgets.layout import column, emptied
from ui.widgets.text import Label, button, label, muted
from ui.wording import count_of, tr

_MOST: Final = 500
"""So many lines stand here; a claim with more of them is looked at in the ledger."""


class MoneyOfClaim(QWidget):
    """A tab of a claim."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._claim_id = ""
        self.cost = Label("", "strong")
        self.about, self.fight = label(""), label("")
        self._owed = QWidget()
        self._lines = column(2)
        self._owed.setLayout(self._lines)
        columns = ledger_columns(category_labels, lambda _key: None)[:-1]
        self.model: RowsModel[LedgerRow] = RowsModel(columns, lambda row: row.id)
        self.table = LedgerTable(self.model, tr("Money of the claim"), SPARE)
        self.table.row_opened.connect(self._open)
        self.print = button(tr("Print what it cost …"), self._print, "print")
        self._empty = muted(
            tr("Nothing is in the ledger for this claim yet. Enter what you pay under Money, and "
               "choose the claim there: then you see here what it cost.")
        )  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for words in (self._empty, self.cost, self.about, self.fight, self._owed):
            layout.addWidget(words)
        layout.addWidget(self.table, 1)
        layout.addWidget(flow(self.print))

    def show_claim(self, claim_id: str) -> None:
        """Show the money of a claim; what is owed of it is worked out on a thread."""
        self._claim_id = claim_id
        ask = self._desk.binder.ask
        which = LedgerFilter(claim_id=claim_id)
        self.model.replace(ask(ledger_rows, ask(ledger_ids, which)[:_MOST]))
        self.table.choose_first()
        sums = ask(ledger_sums, which)
        self._empty.setVisible(not sums.lines)
        for each in (self.cost, self.table, self.print):
            each.setVisible(bool(sums.lines))
        self.cost.setText(tr("Paid so far: {amount}", amount=str(sums.paid)))
        self._say(self.about, " · ".join(_about(sums)))
        fight = fighting_costs_of(self._desk.binder, claim_id, today=self._desk.today())
        self._say(self.fight, tr("While fighting: {words}", words=fight.sentence)
                  if fight.rows else "")  # fmt: skip
        self._look_what_is_owed(claim_id)

    def _say(self, where: Label, words: str) -> None:
        where.setText(words)
        where.setVisible(bool(words))

    def _look_what_is_owed(self, claim_id: str) -> None:
        binder, today = self._desk.binder, self._desk.today()

        def work(_progress: Progress) -> tuple[Account, ...]:
            return accounts_of(money_case(binder, today).owings, claim_id=claim_id)

        def done(accounts: tuple[Account, ...]) -> None:
            if claim_id == self._claim_id:
                self._show_owed(accounts)

        self._desk.quick.run("What is owed for a claim", work, done, owner=self)

    def _show_owed(self, accounts: tuple[Account, ...]) -> None:
        emptied(self._lines)
        for account in accounts:
            name = account.provider or tr("a provider")
            for words, amount in (
                (tr("You owe {amount} to {name}."), account.owed),
                (tr("On hold with {name}, doubted or under appeal: {amount}."), account.on_hold),
                (tr("{name} has {amount} to give back."), account.overpaid),
            ):
                if amount > Money():
                    self._lines.addWidget(label(words.format(amount=amount, name=name)))

    def _open(self, expense_id: str) -> None:
        self._shell.go_to("money", "expense", expense_id)

    def _print(self) -> None:
        print_fighting_costs(self._desk, self._shell, self._claim_id)


def _about(sums: LedgerSums) -> Iterator[str]:
    if sums.unpaid_lines:
        lines = count_of(sums.unpaid_lines, "{n} line", "{n} lines")
        yield tr("not paid yet: {amount} in {lines}", amount=str(sums.unpaid), lines=lines)
    if sums.returned > Money():
        yield tr("came back: {amount}", amount=str(sums.returned))
    if sums.reimbursed > Money():
        yield tr("the HSA has paid: {amount}", amount=str(sums.reimbursed))
