"""Help with the cost: a program applied to, a cash price, a good faith estimate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Slot

from app.domain.aid import Aid
from app.domain.money import Money
from ui.care_choices import Named
from ui.desk import Desk
from ui.dialogs.more import More
from ui.names import choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, MoneyField, NoteField, TextField
from ui.wording import tr

AID_KINDS: Final[Mapping[str, str]] = {
    "program": "A program that helps to pay",
    "quote": "A cash price I asked for",
    "estimate": "A good faith estimate before care",
}
AID_ANSWERS: Final[Mapping[str, str]] = {
    "approved": "They said yes",
    "partly": "They said yes to a part",
    "refused": "They said no",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class AidInput:
    """The fields of a program or price as filled in; their names are those of `Aid`."""

    kind: str
    name: str
    what: str
    asked_on: date | None
    papers: str
    due_on: date | None
    answer: str
    answered_on: date | None
    amount: Money | None
    until_on: date | None
    claim_id: str | None
    person_id: str | None
    provider_id: str | None
    document_id: str | None
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AidOffers:
    """What the form offers to choose from, as ids and names."""

    claims: Sequence[Named] = ()
    people: Sequence[Named] = ()
    providers: Sequence[Named] = ()
    papers: Sequence[Named] = ()


class AidDialog(AskDialog[AidInput]):
    """Asks about help with the cost; the days it names go into the calendar."""

    def __init__(self, desk: Desk, offers: AidOffers, before: Aid | None = None) -> None:
        super().__init__(
            tr("Change help with the cost") if before else tr("Help with the cost"),
            tr("Save") if before else tr("Add"),
        )
        self._desk, self._offers = desk, offers
        self._known = before or Aid(id="", name="", added_at=desk.binder.now())
        self._ask_what()
        self._ask_days()
        self._ask_answer()
        self.more = More(tr("More about it"))
        self._ask_more()
        self.form.add_widget(self.more)
        self.kind.changed.connect(self._show)
        self.answered.changed.connect(self._show)
        self._show()

    def _ask_what(self) -> None:
        form, known = self.form, self._known
        self.kind = form.add(
            tr("What is it?"), ChoiceField(choices(AID_KINDS), value=known.kind, roomy=True)
        )
        self.name = form.add(
            tr("The program, or who gave the price"),
            TextField(known.name, tr("For example: the maker's copay card")),
        )
        self.what = form.add(
            tr("For which drug or care?"),
            TextField(known.what, tr("For example: iron infusions")),
        )

    def _ask_days(self) -> None:
        known, today = self._known, self._desk.today
        self.asked_on = DateField(today, "past", known.asked_on)
        self.due_on = DateField(today, "future", known.due_on)
        self.form.add_beside(
            [(tr("Asked for on"), self.asked_on), (tr("Answer due by"), self.due_on)]
        )

    def _ask_answer(self) -> None:
        known, today = self._known, self._desk.today
        self.answered: ChoiceField[str] = ChoiceField(
            choices(AID_ANSWERS), unknown=tr("No answer yet"), value=known.answer or None
        )
        self.answered_on = DateField(today, "past", known.answered_on)
        self.amount = MoneyField(known.amount)
        self.until_on = DateField(today, "near", known.until_on)
        self.form.add(tr("What did they answer?"), self.answered)
        self.form.add(tr("The date of their answer"), self.answered_on)
        self.form.add(tr("How much is it?"), self.amount)
        self.form.add(
            tr("Until when does it hold?"),
            self.until_on,
            tr("This day and the one above stand in the calendar."),
        )

    def _ask_more(self) -> None:
        form, known, offers = self.more.form, self._known, self._offers
        self.papers = form.add(
            tr("Which papers did you send?"),
            TextField(known.papers, tr("For example: the form, a pay slip")),
        )
        none = tr("Not said")
        self.claim: ChoiceField[str] = ChoiceField(
            offers.claims, unknown=none, value=known.claim_id
        )
        form.add(tr("For which claim?"), self.claim)
        self.person: ChoiceField[str] = ChoiceField(
            offers.people, unknown=none, value=known.person_id
        )
        form.add(tr("For whom?"), self.person)
        self.provider: ChoiceField[str] = ChoiceField(
            offers.providers, unknown=none, value=known.provider_id
        )
        form.add(tr("Who gives the care?"), self.provider)
        self.document: ChoiceField[str] = ChoiceField(
            offers.papers, unknown=tr("Not added yet"), value=known.document_id
        )
        form.add(tr("The paper"), self.document)
        self.note = form.add(tr("Notes for yourself"), NoteField(known.note, lines=2))
        self.more.open_if(
            known.papers, known.claim_id, known.person_id, known.provider_id, known.document_id,
            known.note,
        )  # fmt: skip

    @Slot()
    def _show(self) -> None:
        """Ask for an answer to an application only, and for its date only where there is one."""
        kind = self.kind.value() or "program"
        is_program, answer = kind == "program", self.answered.value()
        self.form.set_row_visible(self.answered, is_program)
        self.form.set_row_visible(self.answered_on, is_program and bool(answer))
        has_amount = not is_program or answer in {"approved", "partly"}
        self.form.set_row_visible(self.amount, has_amount)
        self.form.set_row_visible(self.until_on, has_amount)

    @Slot()
    def accept(self) -> None:
        """Give the answer; what cannot be read in the fold is unfolded and shown."""
        if self.more.check():
            super().accept()

    def answer(self) -> AidInput:
        """Return what is filled in now."""
        kind = self.kind.value() or "program"
        answer = (self.answered.value() or "") if kind == "program" else self._known.answer
        return AidInput(
            kind=kind,
            name=self.name.value(),
            what=self.what.value(),
            asked_on=self.asked_on.value(),
            papers=self.papers.value(),
            due_on=self.due_on.value(),
            answer=answer,
            answered_on=self.answered_on.value() if answer else None,
            amount=self.amount.value(),
            until_on=self.until_on.value(),
            claim_id=self.claim.value(),
            person_id=self.person.value(),
            provider_id=self.provider.value(),
            document_id=self.document.value(),
            note=self.note.value(),
        )
