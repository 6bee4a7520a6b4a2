"""Nights near care: what was paid, and the four things that the law asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Slot

from app.domain.errors import UserError
from app.domain.money import Money
from app.domain.travel import Stay
from app.operations.tax_book import tax_book
from app.storage.queries.travel import StayRow
from ui.desk import Desk
from ui.dialogs.expense import ExpenseChoices
from ui.dialogs.expense_rows import value_or_none
from ui.names import METHODS, choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import (
    ChoiceField,
    DateField,
    MoneyField,
    NoteField,
    NumberField,
    TextField,
)
from ui.widgets.text import muted, section
from ui.wording import count_of, date_words, tr

_QUESTIONS: Final = {
    "essential": "Were the nights needed for the care?",
    "licensed": "Did a doctor give the care in a licensed hospital, or in a place equal to one?",
    "modest": "Was the room modest, not lavish?",
    "no_holiday": "Was the trip for care, with no real vacation in it?",
}
"""26 U.S.C. 213(d)(2): all four must hold."""

_YES_NO: Final = (("yes", "Yes"), ("no", "No"))


@dataclass(frozen=True, kw_only=True, slots=True)
class StayInput:
    """The nights, and the fields of their line of the ledger."""

    stay: Stay
    amount: Money
    paid_on: date | None
    method: str
    person_id: str | None
    claim_id: str | None
    note: str


class StayDialog(AskDialog[StayInput]):
    """Asks for the nights; says how much of them can count."""

    def __init__(self, desk: Desk, offered: ExpenseChoices, before: StayRow | None = None) -> None:
        super().__init__(
            tr("Change a stay") if before else tr("Nights near care"),
            tr("Save") if before else tr("Enter it"),
        )
        self._desk = desk
        self._before = before.stay if before else None
        self._ask_nights(before)
        self._ask_payment(offered, before)
        self.form.add_widget(section(tr("Four questions the tax law asks")))
        self.conditions: dict[str, ChoiceField[str]] = {}
        for name, question in _QUESTIONS.items():
            value = getattr(self._before, name) if self._before else ""
            answer: ChoiceField[str] = ChoiceField(
                [(key, tr(word)) for key, word in _YES_NO],
                unknown=tr("Not answered yet"),
                value=value or None,
            )
            self.conditions[name] = self.form.add(tr(question), answer)
        self.note = self.form.add(tr("Notes"), NoteField(before.note if before else "", lines=2))
        for field in (self.nights, self.persons, self.amount):
            field.changed.connect(self._show)
        self._show()

    def _ask_nights(self, before: StayRow | None) -> None:
        form, stay = self.form, self._before
        self.place = form.add(
            tr("Where did you stay?"), TextField(stay.place if stay else "", tr("Hotel, town"))
        )
        self.from_on = form.add(
            tr("First night"), DateField(self._desk.today, "past", stay.from_on if stay else None)
        )
        self.nights = NumberField(stay.nights if stay else 1)
        self.persons = NumberField(stay.persons if stay else 1)
        form.add_beside(
            [(tr("How many nights"), self.nights), (tr("How many persons"), self.persons)]
        )
        self.limit = muted("")
        self.amount = form.add(
            tr("How much was paid?"),
            MoneyField(before.amount if before else None),
            tr("The room only: meals do not count."),
            below=self.limit,
        )

    def _ask_payment(self, offered: ExpenseChoices, before: StayRow | None) -> None:
        form = self.form
        self.paid_on = DateField(self._desk.today, "past", before.paid_on if before else None)
        self.method: ChoiceField[str] = ChoiceField(
            choices(METHODS), value=before.method if before else "own"
        )
        form.add_beside([(tr("Paid on"), self.paid_on), (tr("How was it paid?"), self.method)])
        only = offered.people[0].id if len(offered.people) == 1 else None
        self.person: ChoiceField[str] = ChoiceField(
            [(each.id, each.name) for each in offered.people],
            unknown=tr("Not said"),
            value=before.person_id if before else only,
        )
        self.claim: ChoiceField[str] = ChoiceField(
            [(each.id, each.title) for each in offered.claims],
            unknown=tr("For no claim"),
            value=before.claim_id if before else None,
        )
        form.add_beside([(tr("Whose care?"), self.person), (tr("For which claim?"), self.claim)])
        self.paper: ChoiceField[str] = ChoiceField(
            [(each.id, each.name) for each in offered.papers],
            unknown=tr("None yet"),
            value=self._before.document_id if self._before else None,
        )
        form.add(tr("Receipt of the hotel"), self.paper)

    @Slot()
    def _show(self) -> None:
        """Say how much of it can count: so much a night for each person, by the statute."""
        nights, persons = value_or_none(self.nights), value_or_none(self.persons)
        if not nights or not persons:
            self.limit.setText("")
            return
        law = tax_book().lodging
        counted = min(persons, law.max_persons)
        most = Money(law.per_person_per_night.cents * nights * counted)
        self.limit.setText(
            tr(
                "At most {most} can count: {nights} × {persons} × {each} ({source}).",
                most=str(most),
                nights=count_of(nights, "{n} night", "{n} nights"),
                persons=count_of(counted, "{n} person", "{n} persons"),
                each=str(law.per_person_per_night),
                source=law.source,
            )
        )

    def answer(self) -> StayInput:
        """Return what is filled in now."""
        from_on, amount, paid_on = self.from_on.value(), self.amount.value(), self.paid_on.value()
        if from_on is None:
            raise UserError(tr("Enter the first night."))
        if amount is None:
            raise UserError(tr("Enter the amount."))
        if paid_on and paid_on > self._desk.today():
            raise UserError(
                tr("{day} is still to come. Leave “Paid on” empty until it is paid.",
                   day=date_words(paid_on))
            )  # fmt: skip
        stay = Stay(
            id=self._before.id if self._before else "",
            expense_id=self._before.expense_id if self._before else "",
            from_on=from_on,
            nights=self.nights.value() or 0,
            persons=self.persons.value() or 0,
            place=self.place.value(),
            document_id=self.paper.value(),
            **{name: field.value() or "" for name, field in self.conditions.items()},
        )
        return StayInput(
            stay=stay,
            amount=amount,
            paid_on=paid_on,
            method=self.method.value() or "own",
            person_id=self.person.value(),
            claim_id=self.claim.value(),
            note=self.note.value(),
        )
