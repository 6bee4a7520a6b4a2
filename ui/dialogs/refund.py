"""Money that came back for a line of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import Money
from app.domain.refund import Refund
from ui.desk import Desk
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField, ChoiceField, DateField, MoneyField, NoteField
from ui.widgets.text import label, muted
from ui.wording import short_date, tr

Named = tuple[str, str]
"""The id and the words of a record."""

_GIVERS: Final = {
    "provider": "Who had been paid",
    "insurer": "The insurance, which paid after all",
    "assistance": "An assistance program",
    "settlement": "A court case or settlement",
    "other": "Somebody else",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class NewRefund:
    """A refund as filled in; the names are those that `add_refund` takes."""

    came_on: date
    amount: Money
    giver: str
    document_id: str | None
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RefundInput:
    """What came back now, if anything, and which earlier refunds never came."""

    new: NewRefund | None
    gone: tuple[str, ...] = ()


class RefundDialog(AskDialog[RefundInput]):
    """Asks how much came back, when and from whom."""

    def __init__(
        self, desk: Desk, line: Expense, refunds: Sequence[Refund], papers: Sequence[Named]
    ) -> None:
        super().__init__(tr("Money came back"), tr("Record it"))
        form = self.form
        to = tr(" to {name}", name=line.provider) if line.provider else ""
        day = short_date(line.paid_on)
        words = tr("{amount} was paid{to} on {day}.", amount=str(line.amount), to=to, day=day)
        form.add_widget(label(words))
        self.earlier = {
            each.id: form.add("", CheckField(_came(each), value=True)) for each in refunds
        }
        if refunds:
            form.add_widget(muted(tr("Take the tick away where the money never came.")))
        self.amount = form.add(tr("How much came back?"), MoneyField())
        self.on = form.add(tr("It came on"), DateField(desk.today, "past", desk.today()))
        self.giver: ChoiceField[str] = ChoiceField(
            [(key, tr(word)) for key, word in _GIVERS.items()]
        )
        form.add(tr("From whom?"), self.giver)
        self.paper: ChoiceField[str] = ChoiceField(papers, unknown=tr("None yet"))
        form.add(tr("Which paper shows it?"), self.paper)
        self.note = form.add(tr("Notes"), NoteField("", lines=2))
        self.amount.setFocus()

    def answer(self) -> RefundInput:
        """Return what is filled in now."""
        gone = tuple(key for key, field in self.earlier.items() if not field.value())
        amount, on = self.amount.value(), self.on.value()
        if amount is None and gone:
            return RefundInput(new=None, gone=gone)
        if amount is None:
            raise UserError(tr("Enter the amount that came back."))
        if on is None:
            raise UserError(tr("Enter the day on which the money came."))
        new = NewRefund(
            came_on=on,
            amount=amount,
            giver=self.giver.value() or "provider",
            document_id=self.paper.value(),
            note=self.note.value(),
        )
        return RefundInput(new=new, gone=gone)


def _came(refund: Refund) -> str:
    """Return an earlier refund in words."""
    day = short_date(refund.came_on)
    return tr("{amount} came back on {day}.", amount=str(refund.amount), day=day)
