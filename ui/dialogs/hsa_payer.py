"""Who is asked to pay for a line of the ledger: an HSA, an FSA, an HRA, or the deduction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Slot

from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import Money
from ui.care_choices import Named
from ui.desk import Desk
from ui.names import choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, MoneyField
from ui.widgets.text import label, muted
from ui.wording import short_date, tr

PAYERS: Final[Mapping[str, str]] = {
    "hsa": "A withdrawal from an HSA",
    "fsa": "The FSA paid it back",
    "hra": "The HRA paid it back",
    "deducted": "It was deducted on a tax return",
}


@dataclass(frozen=True, slots=True)
class PayerInput:
    """Who pays how much of a line; `withdrawal_id` where it is an HSA."""

    payer: str
    amount: Money
    withdrawal_id: str | None
    on: date | None


class PayerDialog(AskDialog[PayerInput]):
    """Asks who pays for a line. Each of its cents is claimed once."""

    def __init__(
        self, desk: Desk, line: Expense, left: Money, withdrawals: Sequence[Named]
    ) -> None:
        """Make the form; `left` is what nobody has claimed, `withdrawals` those with a rest."""
        super().__init__(tr("Who pays for it?"), tr("Save"))
        about = (str(line.amount), line.provider, short_date(line.paid_on))
        self.form.add_widget(label(" · ".join(part for part in about if part)))
        self.form.add_widget(
            muted(tr("{amount} of it is claimed by nobody yet. Each cent is claimed once.",
                     amount=str(left)))
        )  # fmt: skip
        offered = [each for each in choices(PAYERS) if each[0] == "hsa" or line.method != "hsa"]
        self.payer = self.form.add(tr("Who?"), ChoiceField(offered, value="hsa", roomy=True))
        self.withdrawal: ChoiceField[str] = ChoiceField(
            withdrawals, unknown=None if withdrawals else tr("No withdrawal has anything left")
        )
        self.form.add(tr("Which withdrawal?"), self.withdrawal)
        self.amount = self.form.add(tr("How much of it?"), MoneyField(left))
        self.on = self.form.add(tr("On which day?"), DateField(desk.today, "past"))
        self.payer.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        payer = self.payer.value()
        self.form.set_row_visible(self.withdrawal, payer == "hsa")
        self.form.set_row_visible(self.on, payer in {"fsa", "hra"})

    def answer(self) -> PayerInput:
        """Return what is filled in now.

        Raises:
            UserError: the amount or the withdrawal is missing.
        """
        payer, amount = self.payer.value() or "hsa", self.amount.value()
        withdrawal = self.withdrawal.value() if payer == "hsa" else None
        if amount is None:
            raise UserError(tr("How much of it? Enter the amount."))
        if payer == "hsa" and withdrawal is None:
            raise UserError(
                tr("There is no withdrawal with anything left. Record the withdrawal first, under "
                   "HSA.")
            )  # fmt: skip
        on = self.on.value() if payer in {"fsa", "hra"} else None
        return PayerInput(payer, amount, withdrawal, on)
