"""Someone of the household."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.person import Person
from ui.desk import Desk
from ui.names import RELATIONS, choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, NoteField, TextField
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonInput:
    """The fields of a person as filled in; their names are those of `Person`."""

    name: str
    relation: str | None
    born_on: date | None
    note: str
    address: str
    phone: str


class PersonDialog(AskDialog[PersonInput]):
    """Asks for a name; all else may stay empty."""

    def __init__(self, desk: Desk, before: Person | None = None) -> None:
        """Make the form; `before` is the person to change."""
        super().__init__(
            tr("Change a person") if before else tr("Add a person"),
            tr("Save") if before else tr("Add"),
        )
        form = self.form
        self.name = form.add(tr("Name"), TextField(before.name if before else ""))
        self.relation = form.add(
            tr("Who is it?"),
            ChoiceField(
                choices(RELATIONS),
                unknown=tr("Not said"),
                value=before.relation if before else None,
            ),
        )
        self.born_on = form.add(
            tr("Date of birth"),
            DateField(desk.today, "past", before.born_on if before else None),
            tr("Insurers ask for it. It is printed on the cover of an appeal."),
        )
        self.address = form.add(
            tr("Address"),
            NoteField(before.address if before else "", lines=3),
            tr("It stands at the head of your letters."),
        )
        self.phone = form.add(tr("Phone"), TextField(before.phone if before else ""))
        self.note = form.add(tr("Notes"), NoteField(before.note if before else "", lines=2))

    def answer(self) -> PersonInput:
        """Return what is filled in now."""
        return PersonInput(
            name=self.name.value(),
            relation=self.relation.value(),
            born_on=self.born_on.value(),
            note=self.note.value(),
            address=self.address.value(),
            phone=self.phone.value(),
        )
