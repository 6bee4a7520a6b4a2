"""An insurance plan: what is on the card, and what the booklet says. All of it may be unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.errors import UserError
from app.domain.money import Money
from app.domain.person import Person
from app.domain.plan import Plan
from ui.desk import Desk
from ui.names import FUNDINGS, PROGRAMS, STATES, choices
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
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanInput:
    """The fields of a plan as filled in; their names are those of `Plan`."""

    name: str
    person_id: str | None
    program: str
    funding: str | None
    state: str | None
    insurer: str
    member_id: str
    group_number: str
    network: str
    deductible: Money | None
    copay: Money | None
    coinsurance_percent: int | None
    out_of_pocket_max: Money | None
    drug_tiers: str
    from_on: date | None
    until_on: date | None
    phone: str
    appeal_address: str
    appeal_fax: str
    note: str
    subscriber: str
    portal: str
    regulator: str


class PlanDialog(AskDialog[PlanInput]):
    """Asks what decides the rules first, then what is on the card, then what it costs."""

    def __init__(self, desk: Desk, people: Sequence[Person], before: Plan | None = None) -> None:
        """Make the form; `before` is the plan to change."""
        super().__init__(
            tr("Change a plan") if before else tr("Add an insurance plan"),
            tr("Save") if before else tr("Add"),
        )
        plan = before or Plan(id="", name="", person_id=people[0].id if len(people) == 1 else None)
        self.form.add_widget(
            muted(tr("Fill in what you know. You can add the rest when you find the card."))
        )
        self._ask_what_decides(people, plan)
        self._ask_card(plan)
        self._ask_costs(desk, plan)

    def _ask_what_decides(self, people: Sequence[Person], plan: Plan) -> None:
        form, unknown = self.form, tr("I don't know")
        self.name = form.add(
            tr("What do you call it?"),
            TextField(plan.name, tr("For example: Harbor Mutual through Sam's job")),
        )
        self.person = form.add(
            tr("Who is insured?"),
            ChoiceField(
                [(person.id, person.name) for person in people],
                unknown=tr("Not said"),
                value=plan.person_id,
            ),
        )
        form.add_widget(section(tr("What decides the rules")))
        self.program = form.add(
            tr("What kind of plan is it?"),
            ChoiceField(choices(PROGRAMS), unknown=unknown, value=plan.program),
        )
        self.funding = form.add(
            tr("Who pays the claims?"),
            ChoiceField(choices(FUNDINGS), unknown=unknown, value=plan.funding),
            tr("It matters for plans through a job. The benefits office can tell."),
        )
        self.state = form.add(
            tr("State where the plan was issued"),
            ChoiceField(choices(STATES), unknown=unknown, value=plan.state),
        )

    def _ask_card(self, plan: Plan) -> None:
        form = self.form
        form.add_widget(section(tr("On the card and in the letters")))
        self.insurer = form.add(tr("Insurance company"), TextField(plan.insurer))
        self.member_id, self.group = TextField(plan.member_id), TextField(plan.group_number)
        form.add_beside([(tr("Member ID"), self.member_id), (tr("Group number"), self.group)])
        self.phone, self.fax = TextField(plan.phone), TextField(plan.appeal_fax)
        form.add_beside([(tr("Phone"), self.phone), (tr("Fax for appeals"), self.fax)])
        self.address = form.add(
            tr("Address for appeals"),
            NoteField(plan.appeal_address, lines=3),
            tr("As it is printed in the denial letter."),
        )
        self.subscriber = form.add(
            tr("Who holds the insurance?"),
            TextField(plan.subscriber),
            tr("Only where it is not the patient. The card calls this person the subscriber."),
        )
        self.portal = form.add(tr("Website for appeals"), TextField(plan.portal))
        self.regulator = form.add(
            tr("Office of the state that oversees the insurer"),
            NoteField(plan.regulator, lines=2),
            tr("With its address, for a complaint. The letter or the state's website names it."),
        )

    def _ask_costs(self, desk: Desk, plan: Plan) -> None:
        form = self.form
        form.add_widget(section(tr("What it covers and costs")))
        self.from_on = form.add(tr("Insured from"), DateField(desk.today, "near", plan.from_on))
        self.until_on = form.add(tr("Insured until"), DateField(desk.today, "near", plan.until_on))
        self.network = form.add(tr("Network"), TextField(plan.network))
        self.deductible = MoneyField(plan.deductible)
        self.most = MoneyField(plan.out_of_pocket_max)
        form.add_beside(
            [(tr("Deductible"), self.deductible), (tr("Out-of-pocket maximum"), self.most)]
        )
        self.copay, self.coinsurance = MoneyField(plan.copay), NumberField(plan.coinsurance_percent)
        form.add_beside([(tr("Copay"), self.copay), (tr("Coinsurance in %"), self.coinsurance)])
        self.tiers = form.add(tr("Drug tiers"), NoteField(plan.drug_tiers, lines=2))
        self.note = form.add(tr("Notes"), NoteField(plan.note, lines=2))

    def answer(self) -> PlanInput:
        """Return what is filled in now."""
        if not self.name.value():
            raise UserError(tr("Give the plan a name, for example the one on the card."))
        return PlanInput(
            name=self.name.value(), person_id=self.person.value(),
            program=self.program.value() or "unknown", funding=self.funding.value(),
            state=self.state.value(), insurer=self.insurer.value(),
            member_id=self.member_id.value(), group_number=self.group.value(),
            network=self.network.value(), deductible=self.deductible.value(),
            copay=self.copay.value(), coinsurance_percent=self.coinsurance.value(),
            out_of_pocket_max=self.most.value(), drug_tiers=self.tiers.value(),
            from_on=self.from_on.value(), until_on=self.until_on.value(),
            phone=self.phone.value(), appeal_address=self.address.value(),
            appeal_fax=self.fax.value(), note=self.note.value(),
            subscriber=self.subscriber.value(), portal=self.portal.value(),
            regulator=self.regulator.value(),
        )  # fmt: skip
