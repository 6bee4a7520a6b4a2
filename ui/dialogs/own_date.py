"""A date of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.errors import UserError
from app.domain.person import Person
from app.storage.queries.claims import ClaimRow
from ui.desk import Desk
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, NoteField, TextField
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnDateInput:
    """What is to be done, on which day, for which claim, by whom."""

    title: str
    on: date
    claim_id: str | None
    doer_id: str | None
    note: str


class OwnDateDialog(AskDialog[OwnDateInput]):
    """Asks for an entry of the calendar."""

    def __init__(
        self, desk: Desk, claims: Sequence[ClaimRow], people: Sequence[Person], on: date | None
    ) -> None:
        super().__init__(tr("Add a date"), tr("Add"))
        form = self.form
        self.title = form.add(
            tr("What is to be done?"), TextField("", tr("For example: ask Dr. Okafor for records"))
        )
        self.on = form.add(tr("On which day?"), DateField(desk.today, "future", on))
        self.claim = form.add(
            tr("For which claim?"),
            ChoiceField([(row.id, row.title) for row in claims], unknown=tr("For no claim")),
        )
        self.doer = form.add(
            tr("Who does it?"),
            ChoiceField([(each.id, each.name) for each in people], unknown=tr("Nobody named")),
        )
        self.note = form.add(tr("Notes"), NoteField(lines=2))

    def answer(self) -> OwnDateInput:
        """Return what is filled in now."""
        on = self.on.value()
        if on is None:
            raise UserError(tr("Enter the day."))
        return OwnDateInput(
            title=self.title.value(),
            on=on,
            claim_id=self.claim.value(),
            doer_id=self.doer.value(),
            note=self.note.value(),
        )
