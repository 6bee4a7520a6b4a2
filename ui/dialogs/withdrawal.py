"""Money that came out of an HSA, and what of it went back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.errors import UserError
from app.domain.hsa_account import Withdrawal
from app.domain.money import Money
from app.domain.return_days import return_by
from ui.care_choices import Named
from ui.desk import Desk
from ui.dialogs.more import More
from ui.hsa_names import WITHDRAWAL_KINDS
from ui.names import choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, MoneyField, NoteField, TextField
from ui.widgets.text import muted
from ui.wording import short_date, tr


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawalInput:
    """The fields of a withdrawal as filled in; their names are those of `Withdrawal`."""

    on: date
    amount: Money
    account_id: str | None
    kind: str
    how: str
    reference: str
    document_id: str | None
    note: str


class WithdrawalDialog(AskDialog[WithdrawalInput]):
    """Asks when how much came out of which account."""

    def __init__(
        self,
        desk: Desk,
        accounts: Sequence[Named],
        papers: Sequence[Named],
        before: Withdrawal | None = None,
    ) -> None:
        super().__init__(
            tr("Change a withdrawal") if before else tr("Record a withdrawal"),
            tr("Save") if before else tr("Record it"),
        )
        form, known = self.form, before
        self.on = DateField(desk.today, "past", known.on if known else None)
        self.amount = MoneyField(known.amount if known else None)
        form.add_beside([(tr("When did it come out?"), self.on), (tr("How much?"), self.amount)])
        first = accounts[0][0] if len(accounts) == 1 else None
        self.account: ChoiceField[str] = ChoiceField(
            accounts, unknown=tr("I don't know"), value=known.account_id if known else first
        )
        form.add(tr("Of which HSA?"), self.account)
        self.kind = form.add(
            tr("What was it for?"),
            ChoiceField(choices(WITHDRAWAL_KINDS), value=known.kind if known else "normal"),
        )
        self.more = More(tr("More about this withdrawal"))
        more = self.more.form
        self.how = more.add(
            tr("How did it come?"),
            TextField(known.how if known else "", tr("For example: to my bank account")),
        )
        self.reference = more.add(
            tr("The custodian's number for it"), TextField(known.reference if known else "")
        )
        self.document: ChoiceField[str] = ChoiceField(
            papers, unknown=tr("Not added yet"), value=known.document_id if known else None
        )
        more.add(tr("The statement"), self.document)
        self.note = more.add(
            tr("Notes for yourself"), NoteField(known.note if known else "", lines=2)
        )
        if known:
            self.more.open_if(known.how, known.reference, known.document_id, known.note)
        form.add_widget(self.more)

    def accept(self) -> None:
        """Give the answer; what cannot be read in the fold is unfolded and shown."""
        if self.more.check():
            super().accept()

    def answer(self) -> WithdrawalInput:
        """Return what is filled in now.

        Raises:
            UserError: the day or the amount is missing.
        """
        on, amount = self.on.value(), self.amount.value()
        if on is None:
            raise UserError(tr("On which day did the money come out? Enter the day."))
        if amount is None:
            raise UserError(tr("How much came out? Enter the amount."))
        return WithdrawalInput(
            on=on,
            amount=amount,
            account_id=self.account.value(),
            kind=self.kind.value() or "normal",
            how=self.how.value(),
            reference=self.reference.value(),
            document_id=self.document.value(),
            note=self.note.value(),
        )


@dataclass(frozen=True, slots=True)
class BackInput:
    """What of a withdrawal went back, in all, and when."""

    amount: Money
    on: date


class BackDialog(AskDialog[BackInput]):
    """Asks what went back into the account as a mistaken distribution."""

    def __init__(self, desk: Desk, withdrawal: Withdrawal) -> None:
        super().__init__(tr("Put money back"), tr("Record it"))
        until = return_by(desk.today())
        self.form.add_widget(
            muted(
                tr("Money that turned out not to be for care may go back as a mistaken "
                   "distribution, if the custodian takes it: until April 15 after the first year "
                   "in which you knew. If you came to know it this year, that is {day}. "
                   "This is not tax advice.", day=short_date(until))
            )
        )  # fmt: skip
        self.amount = MoneyField(withdrawal.returned)
        self.on = DateField(desk.today, "past", withdrawal.returned_on or desk.today())
        self.form.add(
            tr("How much went back in all?"),
            self.amount,
            tr("Of {amount}. Zero if nothing went back.", amount=str(withdrawal.amount)),
        )
        self.form.add(tr("On which day?"), self.on)

    def answer(self) -> BackInput:
        """Return what is filled in now.

        Raises:
            UserError: the amount or the day is missing.
        """
        amount, on = self.amount.value(), self.on.value()
        if amount is None or on is None:
            raise UserError(tr("Enter how much went back, and on which day."))
        return BackInput(amount, on)
