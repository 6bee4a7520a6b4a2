"""A payment plan: the days and amounts that were agreed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot

from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import Money
from app.domain.shares import even_shares, monthly
from app.operations.instalments import Instalment
from ui.desk import Desk
from ui.dialogs.expense_rows import InstalmentsField, left_words, value_or_none
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import DateField, MoneyField, NumberField
from ui.widgets.text import Label, label
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanInput:
    """The payments, and the finance charge if there is one."""

    instalments: tuple[Instalment, ...]
    finance_charge: Money | None


class InstalmentsDialog(AskDialog[PlanInput]):
    """Asks for the first day and the number of payments; each can then be changed."""

    def __init__(self, desk: Desk, line: Expense) -> None:
        super().__init__(tr("Pay in instalments"), tr("Make the plan"))
        self._line = line
        form = self.form
        to = tr(" to {name}", name=line.provider) if line.provider else ""
        words = tr("{amount}{to} becomes several payments, each with its day in your calendar.",
                   amount=str(line.amount), to=to)  # fmt: skip
        form.add_widget(label(words))
        self.first, self.count = DateField(desk.today, "future"), NumberField(6)
        form.add_beside(
            [(tr("First payment on"), self.first), (tr("How many payments"), self.count)]
        )
        self.rows = form.add(tr("The payments"), InstalmentsField(desk.today))
        self.left = Label("", "strong")
        form.add_widget(self.left)
        self.charge = form.add(
            tr("Finance charge, if any"),
            MoneyField(),
            tr("Interest is a line of its own: no HSA, FSA or tax deduction pays for it."),
        )
        self.first.changed.connect(self._fill)
        self.count.changed.connect(self._fill)
        self.rows.changed.connect(self._show_left)
        self._fill()

    @Slot()
    def _fill(self) -> None:
        """Offer equal payments, a month apart."""
        first: date | None = value_or_none(self.first)
        count: int | None = value_or_none(self.count)
        if first is None or not count:
            return
        try:
            days, shares = monthly(first, count), even_shares(self._line.amount, count)
        except UserError:
            return
        self.rows.set_value(list(zip(days, shares, strict=True)))

    @Slot()
    def _show_left(self) -> None:
        payments = value_or_none(self.rows)
        if payments is None:
            self.left.setText("")
            return
        left = self._line.amount - sum((amount for _, amount in payments), Money())
        self.left.setText(left_words(left) if payments else "")
        self.left.set_look("good" if left == Money() else "strong")

    def answer(self) -> PlanInput:
        """Return what is filled in now."""
        payments = self.rows.value()
        if not payments:
            raise UserError(tr("Enter the day of the first payment and how many there are."))
        return PlanInput(
            instalments=tuple(Instalment(*each) for each in payments),
            finance_charge=self.charge.value(),
        )
