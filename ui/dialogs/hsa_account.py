"""A health savings account: whose it is, where it is, and since when it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.hsa_account import HsaAccount
from ui.care_choices import Named
from ui.desk import Desk
from ui.dialogs.more import More
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, NoteField, TextField
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class HsaAccountInput:
    """The fields of an account as filled in; their names are those of `HsaAccount`."""

    holder_id: str | None
    established_on: date | None
    document_id: str | None
    custodian: str
    last4: str
    name: str
    closed_on: date | None
    note: str


class HsaAccountDialog(AskDialog[HsaAccountInput]):
    """Asks about an account. The day it was established decides what it may pay for."""

    def __init__(
        self,
        desk: Desk,
        people: Sequence[Named],
        papers: Sequence[Named],
        before: HsaAccount | None = None,
        holder_id: str | None = None,
    ) -> None:
        """Make the form; a new account is first offered as that of `holder_id`."""
        super().__init__(
            tr("Change an HSA") if before else tr("Add an HSA"),
            tr("Save") if before else tr("Add"),
        )
        known = before or HsaAccount(id="", holder_id=holder_id, added_at=desk.binder.now())
        form, today = self.form, desk.today
        self.holder: ChoiceField[str] = ChoiceField(
            people, unknown=tr("I don't know"), value=known.holder_id
        )
        form.add(tr("Whose account is it?"), self.holder)
        self.established_on = form.add(
            tr("On which day was it established?"),
            DateField(today, "past", known.established_on),
            tr("It stands in the opening letter. Only care from this day on counts. Money that was "
               "rolled over from an older account keeps the older day."),
        )  # fmt: skip
        self.document: ChoiceField[str] = ChoiceField(
            papers, unknown=tr("Not added yet"), value=known.document_id
        )
        form.add(tr("The paper that proves it"), self.document)
        self.custodian, self.last4 = TextField(known.custodian), TextField(known.last4)
        form.add_beside(
            [
                (tr("Where is it? (custodian)"), self.custodian),
                (tr("Last four digits of its number"), self.last4),
            ]
        )
        self.more = More(tr("More about this account"))
        self.name = self.more.form.add(tr("What do you call it?"), TextField(known.name))
        self.closed_on = self.more.form.add(
            tr("Closed on"), DateField(today, "past", known.closed_on)
        )
        self.note = self.more.form.add(tr("Notes for yourself"), NoteField(known.note, lines=2))
        self.more.open_if(known.name, known.closed_on, known.note)
        form.add_widget(self.more)

    def accept(self) -> None:
        """Give the answer; what cannot be read in the fold is unfolded and shown."""
        if self.more.check():
            super().accept()

    def answer(self) -> HsaAccountInput:
        """Return what is filled in now."""
        return HsaAccountInput(
            holder_id=self.holder.value(),
            established_on=self.established_on.value(),
            document_id=self.document.value(),
            custodian=self.custodian.value(),
            last4=self.last4.value(),
            name=self.name.value(),
            closed_on=self.closed_on.value(),
            note=self.note.value(),
        )
