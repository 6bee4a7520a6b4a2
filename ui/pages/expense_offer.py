"""Below a receipt or a bill: whether it is in the ledger, and the button that enters it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QWidget

from app.binder import Binder
from app.domain.expense import Expense
from app.domain.money import Money
from app.domain.receipt_read import BILLS
from app.storage.queries.expense_details import lines_from
from app.storage.queries.facts import paper_facts
from app.storage.queries.papers import PaperRow
from ui.desk import Desk
from ui.dialogs.expense import RECEIPT_KINDS
from ui.pages.expense_steps import ask_new_expense
from ui.shell import Shell
from ui.widgets.layout import column, line
from ui.widgets.text import button, muted
from ui.wording import count_of, short_date, tr

_KINDS: Final = RECEIPT_KINDS | BILLS


@dataclass(frozen=True, slots=True)
class _Known:
    """Whether a paper is about money, and the lines of the ledger that name it."""

    is_money: bool
    lines: tuple[Expense, ...]


class ExpenseOffer(QWidget):
    """Offers to enter the expense of the paper that is shown; hidden for other papers."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._row: PaperRow | None = None
        self.known = muted("")
        self.enter = button(tr("Enter it in the ledger …"), self.enter_it, "money")
        layout = column(4)
        self.setLayout(layout)
        layout.addWidget(self.known)
        layout.addLayout(line(self.enter))
        self.hide()

    def show_row(self, row: PaperRow | None) -> None:
        """Offer it for this paper, as far as it is about money; None offers nothing."""
        if row is None or self._row is None or row.id != self._row.id:
            self.hide()
        self._row = row
        if row is None:
            return
        binder = self._desk.binder

        def show(known: _Known) -> None:
            if self._row == row:
                self._show(known)

        self._desk.quick.run("", lambda _progress: _ask(binder, row), show, owner=self)

    def enter_it(self) -> None:
        """Ask for the expense, beside the paper."""
        row = self._row
        if row is not None:
            ask_new_expense(self._desk, self._shell, row.id)
            self.show_row(self._row)

    def _show(self, known: _Known) -> None:
        self.known.setText(_known_words(known.lines))
        self.known.setVisible(bool(known.lines))
        self.setVisible(known.is_money or bool(known.lines))


def _ask(binder: Binder, row: PaperRow) -> _Known:
    kind = row.kind or binder.ask(paper_facts, row.id).kind.value
    return _Known(kind in _KINDS, binder.ask(lines_from, row.id))


def _known_words(lines: Sequence[Expense]) -> str:
    """Return what the ledger has from a paper, so that nobody enters it twice."""
    if not lines:
        return ""
    if len(lines) == 1:
        (only,) = lines
        day = short_date(only.paid_on) or tr("not paid yet")
        return tr("In the ledger: {amount}, {day}", amount=str(only.amount), day=day)
    total = sum((each.amount for each in lines), Money())
    count = count_of(len(lines), "{n} line", "{n} lines")
    return tr("In the ledger: {count}, {amount}", count=count, amount=str(total))
