"""Opening a claim, and changing one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.domain.claim import Claim
from app.domain.person import Person
from app.domain.plan import Plan
from ui.care_choices import Named, offered_providers
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.claim_more import MoreAboutClaim
from ui.names import CLAIM_STATUSES, choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, NoteField, TextField
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimInput:
    """The fields of a claim as filled in; their names are those of `Claim`."""

    title: str
    person_id: str | None
    plan_id: str | None
    number: str
    provider: str
    service_on: date | None
    status: str
    asks_for: str
    note: str
    provider_id: str | None
    facility_id: str | None
    diagnosis_codes: str
    service_codes: str
    asks_units: int | None
    asks_unit: str
    asks_from: date | None
    asks_until: date | None


class ClaimDialog(AskDialog[ClaimInput]):
    """Asks what the fight is about; only a title is needed."""

    def __init__(
        self,
        desk: Desk,
        people: Sequence[Person],
        plans: Sequence[Plan],
        before: Claim | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make the form; `before` is the claim to change."""
        super().__init__(
            tr("Change the claim") if before else tr("New claim"),
            tr("Save") if before else tr("Open the claim"),
            parent,
        )
        form = self.form
        self.title = form.add(
            tr("What is it about?"),
            TextField(before.title if before else "", tr("For example: Infusions in March")),
        )
        self.person = form.add(
            tr("Who is the patient?"),
            ChoiceField(
                [(person.id, person.name) for person in people],
                unknown=tr("Not said yet"),
                value=before.person_id if before else _only(people),
            ),
        )
        self.plan = form.add(
            tr("Which plan?"),
            ChoiceField(
                [(plan.id, plan.name) for plan in plans],
                unknown=tr("The plan in force on the day of care"),
                value=before.plan_id if before else None,
            ),
        )
        self.number = form.add(
            tr("Claim number"),
            TextField(before.number if before else ""),
            tr("As it is printed, with its dashes. Several numbers are fine."),
        )
        known = (before.provider_id, before.facility_id) if before else ()
        providers = offered_providers(desk.binder, *known)
        self._ask_provider(providers, before)
        self.service_on = form.add(
            tr("Day of care"), DateField(desk.today, "near", before.service_on if before else None)
        )
        self.asks_for = form.add(
            tr("What do you ask the plan to do?"),
            NoteField(
                before.asks_for if before else "",
                tr("For example: approve six infusions and pay for the two already given"),
                lines=2,
            ),
        )
        self.status = form.add(
            tr("Where does it stand?"),
            ChoiceField(choices(CLAIM_STATUSES), value=before.status if before else "open"),
        )
        self.note = form.add(tr("Notes for yourself"), NoteField(before.note if before else ""))
        form.set_row_visible(self.status, before is not None)
        self.more = MoreAboutClaim(desk, providers, before)
        form.add_widget(self.more)

    def _ask_provider(self, providers: Sequence[Named], before: Claim | None) -> None:
        """Offer the doctors and places that are known; anyone else is typed."""
        self.chosen: ChoiceField[str] = ChoiceField(
            providers,
            unknown=tr("Someone else, or not known"),
            value=before.provider_id if before else None,
        )
        self.form.add(tr("Doctor, clinic or pharmacy"), self.chosen)
        typed = before.provider if before and not before.provider_id else ""
        self.provider = self.form.add(
            tr("The name of the doctor, clinic or pharmacy"), TextField(typed)
        )
        self.form.set_row_visible(self.chosen, bool(providers))
        self.chosen.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        """A name is typed only where nobody was chosen."""
        self.form.set_row_visible(self.provider, self.chosen.value() is None)

    @Slot()
    def accept(self) -> None:
        """Give the answer; what cannot be read in the fold is unfolded and shown."""
        if self.more.check():
            super().accept()

    def answer(self) -> ClaimInput:
        """Return what is filled in now."""
        return ClaimInput(
            title=self.title.value(),
            person_id=self.person.value(),
            plan_id=self.plan.value(),
            number=self.number.value(),
            provider=self.provider.value(),
            provider_id=self.chosen.value(),
            service_on=self.service_on.value(),
            status=self.status.value() or "open",
            asks_for=self.asks_for.value(),
            note=self.note.value(),
            **values_of(self.more.value()),
        )


def _only(people: Sequence[Person]) -> str | None:
    """The one person of the household, if there is just one: nothing to choose."""
    return people[0].id if len(people) == 1 else None
