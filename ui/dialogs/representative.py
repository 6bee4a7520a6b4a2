"""Who may speak for a patient: the helper, the signed form, and how long it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot

from app.domain.errors import UserError
from app.domain.person import Person
from app.domain.plan import Plan
from app.domain.representative import Representative
from ui.care_choices import Named
from ui.desk import Desk
from ui.dialogs.more import More
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, NoteField, TextField
from ui.wording import tr

_LEVELS = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class RepresentativeInput:
    """The fields of a representative as filled in; their names are those of `Representative`."""

    person_id: str
    name: str
    relation: str
    helper_id: str | None
    plan_id: str | None
    level: int | None
    document_id: str | None
    signed_on: date | None
    accepted_on: date | None
    sent_on: date | None
    valid_until: date | None
    address: str
    phone: str
    note: str


class RepresentativeDialog(AskDialog[RepresentativeInput]):
    """Asks who speaks for whom, and what became of the form."""

    def __init__(
        self,
        desk: Desk,
        people: Sequence[Person],
        plans: Sequence[Plan],
        papers: Sequence[Named],
        before: Representative | None = None,
        *,
        person_id: str | None = None,
    ) -> None:
        """Make the form; `person_id` is the patient, `before` what is to be changed."""
        super().__init__(
            tr("Change who may speak") if before else tr("Who may speak for the patient"),
            tr("Save") if before else tr("Add"),
        )
        known = before or Representative(
            id="", person_id=person_id or "", name="", added_at=desk.binder.now()
        )
        self._people = {person.id: person for person in people}
        self._ask_who(people, known)
        self._ask_form(desk, papers, known)
        self.more = More(tr("More: only for one plan or level, address"))
        self._ask_more(plans, known)
        self.form.add_widget(self.more)
        self.helper.changed.connect(self._show)
        self._show()

    def _ask_who(self, people: Sequence[Person], known: Representative) -> None:
        form = self.form
        offered = [(person.id, person.name) for person in people]
        self.person: ChoiceField[str] = ChoiceField(offered, value=known.person_id)
        form.add(tr("Who is the patient?"), self.person)
        self.helper: ChoiceField[str] = ChoiceField(
            offered, unknown=tr("Someone else"), value=known.helper_id
        )
        form.add(tr("Who speaks for the patient?"), self.helper)
        self.name = form.add(tr("The name, as it is on the form"), TextField(known.name))

    def _ask_form(self, desk: Desk, papers: Sequence[Named], known: Representative) -> None:
        form, today = self.form, desk.today
        self.paper: ChoiceField[str] = ChoiceField(
            papers, unknown=tr("Not added yet"), value=known.document_id
        )
        form.add(
            tr("The signed form"),
            self.paper,
            tr("The plan's own form, or a letter signed by both. Add it as a paper first."),
        )
        self.signed_on = DateField(today, "past", known.signed_on)
        self.accepted_on = DateField(today, "past", known.accepted_on)
        form.add_beside(
            [
                (tr("The patient signed on"), self.signed_on),
                (tr("The helper signed on"), self.accepted_on),
            ]
        )
        self.sent_on = DateField(today, "past", known.sent_on)
        self.valid_until = DateField(today, "future", known.valid_until)
        form.add_beside(
            [(tr("Sent to the plan on"), self.sent_on), (tr("Holds until"), self.valid_until)]
        )

    def _ask_more(self, plans: Sequence[Plan], known: Representative) -> None:
        form = self.more.form
        self.plan: ChoiceField[str] = ChoiceField(
            [(plan.id, plan.name) for plan in plans], unknown=tr("All plans"), value=known.plan_id
        )
        form.add(tr("For which plan?"), self.plan)
        levels = [(level, tr("Level {n}", n=level)) for level in range(1, _LEVELS + 1)]
        self.level: ChoiceField[int] = ChoiceField(
            levels, unknown=tr("All levels"), value=known.level
        )
        form.add(tr("For which level of the appeal?"), self.level)
        self.relation = TextField(known.relation, tr("daughter, advocate …"))
        self.phone = TextField(known.phone)
        form.add_beside(
            [(tr("How they know the patient"), self.relation), (tr("Phone"), self.phone)]
        )
        self.address = form.add(tr("Address"), NoteField(known.address, lines=3))
        self.note = form.add(tr("Notes for yourself"), NoteField(known.note, lines=2))
        self.more.open_if(
            known.plan_id, known.level, known.relation, known.phone, known.address, known.note
        )

    @Slot()
    def _show(self) -> None:
        """Whoever is in the household has a name already."""
        helper = self._people.get(self.helper.value() or "")
        self.form.set_row_visible(self.name, helper is None)

    @Slot()
    def accept(self) -> None:
        """Give the answer; what cannot be read in the fold is unfolded and shown."""
        if self.more.check():
            super().accept()

    def answer(self) -> RepresentativeInput:
        """Return what is filled in now."""
        person_id = self.person.value()
        if person_id is None:
            raise UserError(tr("Add the patient first, then who may speak for them."))
        helper = self._people.get(self.helper.value() or "")
        return RepresentativeInput(
            person_id=person_id,
            name=helper.name if helper else self.name.value(),
            relation=self.relation.value(),
            helper_id=self.helper.value(),
            plan_id=self.plan.value(),
            level=self.level.value(),
            document_id=self.paper.value(),
            signed_on=self.signed_on.value(),
            accepted_on=self.accepted_on.value(),
            sent_on=self.sent_on.value(),
            valid_until=self.valid_until.value(),
            address=self.address.value(),
            phone=self.phone.value(),
            note=self.note.value(),
        )
