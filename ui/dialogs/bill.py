"""A bill: what it asks for, for which care, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Slot

from app.domain.bill import Bill
from app.domain.errors import UserError
from app.domain.money import Money
from ui.care_choices import Named
from ui.desk import Desk
from ui.dialogs.beside import BesidePaper
from ui.dialogs.more import More
from ui.names import choices
from ui.widgets.fields import ChoiceField, DateField, MoneyField, NoteField, TextField
from ui.wording import tr

BILL_STATES: Final[Mapping[str, str]] = {
    "open": "To be paid",
    "disputed": "I dispute it",
    "plan": "Paid in parts",
    "collections": "With a collector",
    "settled": "Done: paid, let go or withdrawn",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class BillInput:
    """The fields of a bill as filled in; their names are those of `Bill`."""

    provider: str
    provider_id: str | None
    amount: Money
    served_on: date | None
    billed_on: date | None
    due_on: date | None
    person_id: str | None
    claim_id: str | None
    document_id: str | None
    state: str
    number: str
    charges: Money | None
    waived: Money | None
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MoneyOffers:
    """What the forms of bills and explanations offer to choose from, as ids and names."""

    claims: Sequence[Named] = ()
    people: Sequence[Named] = ()
    providers: Sequence[Named] = ()
    papers: Sequence[Named] = ()
    plans: Sequence[Named] = ()
    eobs: Sequence[Named] = ()


class BillDialog(BesidePaper[BillInput]):
    """Asks what a bill says; who sent it and how much it asks for are enough."""

    def __init__(self, desk: Desk, offers: MoneyOffers, before: Bill | None = None) -> None:
        super().__init__(
            tr("Change a bill") if before and before.id else tr("Enter a bill"),
            tr("Save") if before and before.id else tr("Enter"),
        )
        self._desk, self._offers = desk, offers
        self._known = before or Bill(id="", amount=Money(), added_at=desk.binder.now())
        self._ask_what()
        self.more = More(tr("More about this bill"))
        self._ask_more()
        self.form.add_widget(self.more)
        self.lay_beside(desk, self.document)

    def _ask_what(self) -> None:
        form, known, today = self.form, self._known, self._desk.today
        self.provider = form.add(
            tr("Who sent it?"), TextField(known.provider, tr("As printed on the bill"))
        )
        self.amount = MoneyField(known.amount if known.amount.cents or known.id else None)
        self.charges = MoneyField(known.charges)
        form.add_beside(
            [(tr("What it asks for now"), self.amount), (tr("All charges"), self.charges)]
        )
        self.served_on = DateField(today, "past", known.served_on)
        self.billed_on = DateField(today, "past", known.billed_on)
        form.add(tr("Day of care"), self.served_on)
        form.add(tr("Date of the bill"), self.billed_on)
        self.due_on = form.add(tr("To be paid by"), DateField(today, "near", known.due_on))
        self.state = form.add(
            tr("Where does it stand?"),
            ChoiceField(choices(BILL_STATES), value=known.state, roomy=True),
            tr("What you dispute is on hold: it does not count as owed."),
        )
        self.document: ChoiceField[str] = ChoiceField(
            self._offers.papers, unknown=tr("Not added yet"), value=known.document_id
        )
        form.add(tr("The paper"), self.document)

    def _ask_more(self) -> None:
        form, known, offers = self.more.form, self._known, self._offers
        none = tr("Not said")
        self.person: ChoiceField[str] = ChoiceField(
            offers.people, unknown=none, value=known.person_id
        )
        form.add(tr("For whom?"), self.person)
        self.claim: ChoiceField[str] = ChoiceField(
            offers.claims, unknown=none, value=known.claim_id
        )
        form.add(tr("For which claim?"), self.claim)
        self.listed: ChoiceField[str] = ChoiceField(
            offers.providers, unknown=none, value=known.provider_id
        )
        form.add(tr("Who of your doctors and places is it?"), self.listed)
        self.number = form.add(tr("Number of the bill or account"), TextField(known.number))
        self.waived = form.add(
            tr("What they let go after this bill"),
            MoneyField(known.waived),
            tr("Charity care, a discount, a correction."),
        )
        self.note = form.add(tr("Notes for yourself"), NoteField(known.note, lines=2))
        self.more.open_if(
            known.person_id, known.claim_id, known.provider_id, known.number, known.waived,
            known.note,
        )  # fmt: skip

    @Slot()
    def accept(self) -> None:
        """Give the answer; what cannot be read in the fold is unfolded and shown."""
        if self.more.check():
            super().accept()

    def answer(self) -> BillInput:
        """Return what is filled in now."""
        amount = self.amount.value()
        if amount is None:
            raise UserError(tr("How much does the bill ask for? Write the amount."))
        return BillInput(
            provider=self.provider.value(),
            provider_id=self.listed.value(),
            amount=amount,
            served_on=self.served_on.value(),
            billed_on=self.billed_on.value(),
            due_on=self.due_on.value(),
            person_id=self.person.value(),
            claim_id=self.claim.value(),
            document_id=self.document.value(),
            state=self.state.value() or "open",
            number=self.number.value(),
            charges=self.charges.value(),
            waived=self.waived.value(),
            note=self.note.value(),
        )
