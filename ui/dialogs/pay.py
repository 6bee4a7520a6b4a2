"""Paying a line of the ledger, or a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot

from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import Money
from ui.desk import Desk
from ui.dialogs.expense_rows import value_or_none
from ui.names import METHODS, choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, MoneyField
from ui.widgets.text import label, muted
from ui.wording import date_words, tr

Named = tuple[str, str]
"""The id and the words of a record."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PayInput:
    """What was filled in; the names are those that `pay_expense` takes."""

    on: date
    amount: Money
    method: str
    proof_id: str | None
    account_id: str | None


class PayDialog(AskDialog[PayInput]):
    """Asks how much of a line was paid, when and how, and what proves it."""

    def __init__(
        self, desk: Desk, line: Expense, papers: Sequence[Named], accounts: Sequence[Named]
    ) -> None:
        super().__init__(tr("Pay"), tr("It is paid"))
        self._desk, self._line, self._has_accounts = desk, line, bool(accounts)
        form = self.form
        to = tr(" to {name}", name=line.provider) if line.provider else ""
        words = tr("{amount} is to be paid{to}.", amount=str(line.amount), to=to)
        form.add_widget(label(words))
        self.left = muted("")
        self.amount = form.add(tr("How much was paid?"), MoneyField(line.amount), below=self.left)
        self.on = form.add(tr("Paid on"), DateField(desk.today, "past", desk.today()))
        method = line.method if line.method != "other" else "own"
        self.method = form.add(tr("How was it paid?"), ChoiceField(choices(METHODS), value=method))
        self.account: ChoiceField[str] = ChoiceField(
            accounts, unknown=tr("Not said"), value=line.account_id
        )
        form.add(tr("Which HSA's card?"), self.account)
        self.proof: ChoiceField[str] = ChoiceField(
            papers, unknown=tr("None yet"), value=line.proof_id
        )
        form.add(tr("What proves that you paid?"), self.proof)
        self.amount.changed.connect(self._show)
        self.method.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        """Say what is left, and ask for an account only where its card paid."""
        amount = value_or_none(self.amount)
        left = self._line.amount - amount if amount else Money()
        words = tr("{amount} of it stays to be paid.", amount=str(left))
        self.left.setText(words if left > Money() else "")
        self.form.set_row_visible(self.account, self.method.value() == "hsa" and self._has_accounts)

    def answer(self) -> PayInput:
        """Return what is filled in now."""
        on, amount = self.on.value(), self.amount.value()
        if on is None:
            raise UserError(tr("Enter the day on which it was paid."))
        if amount is None:
            raise UserError(tr("Enter the amount."))
        if on > self._desk.today():
            raise UserError(
                tr("{day} is still to come. Pay it here once it is paid.", day=date_words(on))
            )
        method = self.method.value() or "own"
        return PayInput(
            on=on,
            amount=amount,
            method=method,
            proof_id=self.proof.value(),
            account_id=self.account.value() if method == "hsa" else None,
        )
