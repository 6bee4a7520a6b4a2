"""A date of one's own: what kind it is, what is to be done, and on which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Slot

from app.domain.due_item import OWN_KINDS
from app.domain.errors import UserError
from app.domain.person import Person
from app.operations.dates import OWN_NOTES
from app.storage.queries.claims import ClaimRow
from app.storage.queries.dates import DueRow
from ui.desk import Desk
from ui.pages.due_kinds import due_kind
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, NoteField, TextField
from ui.widgets.icons import icon
from ui.widgets.text import muted
from ui.wording import tr

_TITLES: Final[Mapping[str, str]] = {
    "authorization": "The approval ends: ask for the renewal",
    "fsa": "Last day for receipts of the FSA",
    "necessity_letter": "The doctor's letter ends: ask for a new one",
    "assistance": "Send the application for help with the cost",
    "appointment": "Infusion",
    "stop": "Stop and decide",
}
"""What the form suggests for each kind; a person may write something else."""

_ABOUT: Final[Mapping[str, str]] = {
    "authorization": "The last day of a prior approval. Start the renewal some weeks before.",
    "fsa": "The end of the extra time, or the last day to hand in receipts. The plan names it.",
    "necessity_letter": "The last day on which a doctor's letter of medical necessity holds.",
    "assistance": "The day by which an application should be in.",
    "appointment": "The day of an infusion or another treatment.",
    "stop": (
        "A day on which you look back and decide whether to go on. Nothing happens by itself, "
        "either answer is right, and you can move the day whenever you like."
    ),
    "own": "Anything else that you do not want to forget.",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnDateInput:
    """What is to be done, of which kind, on which day, for which claim, by whom."""

    title: str
    on: date
    kind: str
    claim_id: str | None
    doer_id: str | None
    note: str


class OwnDateDialog(AskDialog[OwnDateInput]):
    """Asks for an entry of the calendar; a title is suggested until one is typed."""

    def __init__(
        self,
        desk: Desk,
        claims: Sequence[ClaimRow],
        people: Sequence[Person],
        on: date | None,
        before: DueRow | None = None,
    ) -> None:
        """Make the form, for a new date on `on` or for `before`, which is changed."""
        if before:
            super().__init__(tr("Change a date"), tr("Save"))
        else:
            super().__init__(tr("Add a date"), tr("Add"))
        form = self.form
        kinds = ("own", *(kind for kind in OWN_KINDS if kind != "own"))
        self.kind = form.add(
            tr("What kind of date is it?"),
            ChoiceField([(kind, tr(due_kind(kind).word)) for kind in kinds], value="own"),
        )
        for place, kind in enumerate(kinds):
            self.kind.setItemIcon(place, icon(due_kind(kind).icon, "accent"))
        self.about = muted("")
        form.add_widget(self.about)
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
        if before:
            self._fill(before)
        self._suggested = tr(_TITLES.get(before.kind, "")) if before else ""
        self.kind.changed.connect(self._suggest)
        self._suggest()

    def _fill(self, before: DueRow) -> None:
        self.kind.set_value(before.kind)
        self.title.set_value(before.title)
        self.on.set_value(before.last_day)
        self.claim.set_value(before.claim_id)
        self.doer.set_value(before.doer_id)
        if before.note != OWN_NOTES.get(before.kind):  # what stands there by itself is no note
            self.note.set_value(before.note)

    @Slot()
    def _suggest(self) -> None:
        """Say what the kind is for; suggest a title unless one was typed."""
        kind = self.kind.value() or "own"
        self.about.setText(tr(_ABOUT[kind]))
        suggested = tr(_TITLES[kind]) if kind in _TITLES else ""
        if self.title.value() in {"", self._suggested}:
            self.title.set_value(suggested)
        self._suggested = suggested
        note = OWN_NOTES.get(kind)
        self.note.setPlaceholderText(tr(note) if note else "")

    def answer(self) -> OwnDateInput:
        """Return what is filled in now."""
        on = self.on.value()
        if on is None:
            raise UserError(tr("Enter the day."))
        return OwnDateInput(
            title=self.title.value(),
            on=on,
            kind=self.kind.value() or "own",
            claim_id=self.claim.value(),
            doer_id=self.doer.value(),
            note=self.note.value(),
        )
