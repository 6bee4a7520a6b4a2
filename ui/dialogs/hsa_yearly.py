"""What went into an HSA, and what its custodian reported for a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot

from app.domain.errors import UserError
from app.domain.hsa_account import Contribution, HsaForm
from app.domain.money import Money
from ui.care_choices import Named
from ui.desk import Desk
from ui.hsa_names import CODES, CONTRIBUTORS, FORMS
from ui.names import choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, MoneyField, NumberField, TextField
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class ContributionInput:
    """The fields of a contribution as filled in; their names are those of `Contribution`."""

    on: date
    amount: Money
    tax_year: int
    giver: str
    account_id: str | None
    reference: str


class ContributionDialog(AskDialog[ContributionInput]):
    """Asks when how much went in, from whom, and for which tax year."""

    def __init__(
        self, desk: Desk, accounts: Sequence[Named], before: Contribution | None = None
    ) -> None:
        super().__init__(
            tr("Change a contribution") if before else tr("Record a contribution"),
            tr("Save") if before else tr("Record it"),
        )
        form, known = self.form, before
        self.on = DateField(desk.today, "past", known.on if known else None)
        self.amount = MoneyField(known.amount if known else None)
        form.add_beside([(tr("When did it go in?"), self.on), (tr("How much?"), self.amount)])
        self.tax_year = form.add(
            tr("For which tax year?"),
            NumberField(known.tax_year if known else None),
            tr("Empty: the year of that day. Until the middle of April it may be for the year "
               "before."),
        )  # fmt: skip
        self.giver = form.add(
            tr("Who gave it?"),
            ChoiceField(choices(CONTRIBUTORS), value=known.giver if known else "self"),
        )
        first = accounts[0][0] if len(accounts) == 1 else None
        self.account: ChoiceField[str] = ChoiceField(
            accounts, unknown=tr("I don't know"), value=known.account_id if known else first
        )
        form.add(tr("Into which HSA?"), self.account)
        self.reference = form.add(
            tr("Its number, if there is one"), TextField(known.reference if known else "")
        )

    def answer(self) -> ContributionInput:
        """Return what is filled in now.

        Raises:
            UserError: the day or the amount is missing.
        """
        on, amount = self.on.value(), self.amount.value()
        if on is None or amount is None:
            raise UserError(tr("Enter the day and the amount that went in."))
        return ContributionInput(
            on=on,
            amount=amount,
            tax_year=self.tax_year.value() or on.year,
            giver=self.giver.value() or "self",
            account_id=self.account.value(),
            reference=self.reference.value(),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class FormInput:
    """The boxes of a form as filled in; their names are those of `HsaForm`."""

    account_id: str
    year: int
    form: str
    gross: Money | None
    earnings: Money | None
    code: str
    fair_value: Money | None
    document_id: str | None


class FormDialog(AskDialog[FormInput]):
    """Asks for the boxes of Form 1099-SA or 5498-SA, as they are printed."""

    def __init__(
        self,
        accounts: Sequence[Named],
        papers: Sequence[Named],
        year: int,
        before: HsaForm | None = None,
    ) -> None:
        super().__init__(
            tr("Change a tax form") if before else tr("Enter a tax form"),
            tr("Save") if before else tr("Enter it"),
        )
        form, known = self.form, before
        self.kind = ChoiceField(choices(FORMS), value=known.form if known else "1099-SA")
        self.year = NumberField(known.year if known else year)
        form.add_beside([(tr("Which form?"), self.kind), (tr("For which year?"), self.year)])
        first = accounts[0][0] if accounts else None
        self.account: ChoiceField[str] = ChoiceField(
            accounts, value=known.account_id if known else first
        )
        form.add(tr("Of which HSA?"), self.account)
        self.gross = form.add(
            tr("What came out (box 1), or went in (box 2)"),
            MoneyField(known.gross if known else None),
        )
        self.earnings = form.add(
            tr("Earnings on excess contributions (box 2)"),
            MoneyField(known.earnings if known else None),
        )
        self.code: ChoiceField[str] = ChoiceField(
            choices(CODES), unknown=tr("Not printed"), value=known.code if known else "1"
        )
        form.add(tr("The code in box 3"), self.code)
        self.fair_value = form.add(
            tr("What the account was worth (box 5)"),
            MoneyField(known.fair_value if known else None),
        )
        self.document: ChoiceField[str] = ChoiceField(
            papers, unknown=tr("Not added yet"), value=known.document_id if known else None
        )
        form.add(tr("The form itself"), self.document)
        self.kind.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        """Ask only for the boxes that the form has."""
        came_out = self.kind.value() == "1099-SA"
        for field in (self.earnings, self.code):
            self.form.set_row_visible(field, came_out)
        self.form.set_row_visible(self.fair_value, not came_out)

    def answer(self) -> FormInput:
        """Return what is filled in now.

        Raises:
            UserError: the year or the account is missing.
        """
        year, account = self.year.value(), self.account.value()
        if year is None or account is None:
            raise UserError(tr("Enter the year of the form, and choose the HSA."))
        came_out = self.kind.value() == "1099-SA"
        return FormInput(
            account_id=account,
            year=year,
            form=self.kind.value() or "1099-SA",
            gross=self.gross.value(),
            earnings=self.earnings.value() if came_out else None,
            code=(self.code.value() or "") if came_out else "",
            fair_value=None if came_out else self.fair_value.value(),
            document_id=self.document.value(),
        )
