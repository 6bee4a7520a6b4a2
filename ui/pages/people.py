"""The people of the household, their plans, who may speak for them, and who gives the care."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from app.changes import Changes
from app.domain.person import Person
from app.domain.plan import Plan
from app.operations import people as operations
from app.storage.queries.care import Speaker, all_providers, speakers
from app.storage.queries.records import all_people, all_plans
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.person import PersonDialog, PersonInput
from ui.dialogs.plan import PlanDialog, PlanInput
from ui.names import FUNDINGS, PROGRAMS, RELATIONS, STATES, word_for
from ui.pages.people_care import (
    ask_new_speaker,
    ask_provider,
    ask_speaker,
    providers_card,
    show_speakers,
)
from ui.pages.recount_steps import change_plan
from ui.shell import Shell
from ui.widgets.flow import flow
from ui.widgets.layout import Card, EmptyState, PageFrame, emptied, line
from ui.widgets.text import button, label, muted, primary_button, quiet_button
from ui.wording import short_date, tr


class PeoplePage(PageFrame):
    """Shows each person with their plans and helpers, then the doctors and places of care."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(tr("People"), scrolls=True)
        self._desk, self._shell = desk, shell
        self.tools.addWidget(button(tr("Add a plan …"), self.add_plan, "card"))
        self.tools.addWidget(primary_button(tr("Add a person …"), self.add_person, "plus"))
        self._speakers: tuple[Speaker, ...] = ()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(16)
        self.body.addLayout(self._cards, 1)

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of("person", "plan", "provider", "representative", "document"):
            self.reload()

    def reload(self) -> None:
        """Ask again for everything."""
        emptied(self._cards)
        people = self._desk.binder.ask(all_people)
        plans = self._desk.binder.ask(all_plans)
        providers = self._desk.binder.ask(all_providers)
        self._speakers = self._desk.binder.ask(speakers)
        for person in people:
            self._cards.addWidget(
                self._person(person, [each for each in plans if each.person_id == person.id])
            )
        if loose := [plan for plan in plans if plan.person_id is None]:
            card = Card(tr("Plans of nobody yet"), "card")
            for plan in loose:
                self._show_plan(card, plan)
            self._cards.addWidget(card)
        if people or plans or providers:
            self._cards.addWidget(providers_card(self._desk, self._shell, providers))
        if not people and not plans and not providers:
            self._cards.addWidget(self._empty(), 1)
        self._cards.addStretch(1)

    def show_record(self, kind: str, record_id: str) -> None:
        """Open the form of a person, a plan, a provider or who may speak."""
        self.reload()
        forms: dict[str, Callable[[str], None]] = {
            "plan": self.change_plan,
            "provider": partial(ask_provider, self._desk, self._shell),
            "representative": partial(ask_speaker, self._desk, self._shell),
        }
        forms.get(kind, self.change_person)(record_id)

    def _empty(self) -> EmptyState:
        return EmptyState(
            "people",
            tr("Who is it about?"),
            tr("Add the person who is ill, and everyone who helps with the paperwork. "
               "Then add the insurance plan: it decides which rules apply."),
            tr("Add a person"),
            self.add_person,
        )  # fmt: skip

    def _person(self, person: Person, plans: list[Plan]) -> Card:
        card = Card(person.name, "person")
        parts = (
            word_for(RELATIONS, person.relation),
            tr("born {day}", day=short_date(person.born_on)) if person.born_on else "",
            person.phone,
            ", ".join(person.address.split("\n")),
        )
        about = " · ".join(part for part in parts if part)
        if about:
            card.body.addWidget(muted(about))
        if person.note:
            card.body.addWidget(label(person.note))
        for plan in plans:
            self._show_plan(card, plan)
        named = [each for each in self._speakers if each.representative.person_id == person.id]
        show_speakers(card, self._desk, self._shell, named)
        card.body.addWidget(
            flow(
                quiet_button(tr("Change …"), partial(self.change_person, person.id), "edit"),
                quiet_button(tr("Add a plan …"), partial(self.add_plan, person.id), "card"),
                quiet_button(
                    tr("Who may speak …"),
                    partial(ask_new_speaker, self._desk, self._shell, person.id),
                    "talk",
                ),
            )
        )
        return card

    def _show_plan(self, card: Card, plan: Plan) -> None:
        card.body.addWidget(label(plan.name))
        program = word_for(PROGRAMS, plan.program if plan.program != "unknown" else None)
        parts = (
            program or tr("Kind of plan not known"),
            word_for(FUNDINGS, plan.funding),
            word_for(STATES, plan.state),
            tr("Member ID {number}", number=plan.member_id) if plan.member_id else "",
            _in_force(plan),
        )
        card.body.addWidget(muted(" · ".join(part for part in parts if part)))
        change = quiet_button(tr("Change the plan …"), partial(self.change_plan, plan.id), "edit")
        card.body.addLayout(line(change))

    # ------------------------------------------------------------------ doing

    def add_person(self) -> None:
        """Ask for a new person."""

        def do(given: PersonInput) -> None:
            operations.add_person(self._desk.binder, **values_of(given))

        self._shell.ask_dialog(PersonDialog(self._desk), do)

    def change_person(self, person_id: str) -> None:
        """Ask for changes of a person."""
        people = {person.id: person for person in self._desk.binder.ask(all_people)}
        if before := people.get(person_id):

            def do(given: PersonInput) -> None:
                operations.change_person(self._desk.binder, replace(before, **values_of(given)))

            self._shell.ask_dialog(PersonDialog(self._desk, before), do)

    def add_plan(self, person_id: str | None = None) -> None:
        """Ask for a new plan, of this person if one is named."""
        people = self._desk.binder.ask(all_people)
        dialog = PlanDialog(self._desk, people)
        if person_id:
            dialog.person.set_value(person_id)

        def do(given: PlanInput) -> None:
            operations.add_plan(self._desk.binder, **values_of(given))

        self._shell.ask_dialog(dialog, do)

    def change_plan(self, plan_id: str) -> None:
        """Ask for changes of a plan."""
        plans = {plan.id: plan for plan in self._desk.binder.ask(all_plans)}
        if before := plans.get(plan_id):

            def do(given: PlanInput) -> None:
                change_plan(self._desk, self._shell, replace(before, **values_of(given)))

            people = self._desk.binder.ask(all_people)
            self._shell.ask_dialog(PlanDialog(self._desk, people, before), do)


def _in_force(plan: Plan) -> str:
    if plan.from_on and plan.until_on:
        return tr(
            "{first} to {last}", first=short_date(plan.from_on), last=short_date(plan.until_on)
        )
    if plan.from_on:
        return tr("since {day}", day=short_date(plan.from_on))
    return tr("until {day}", day=short_date(plan.until_on)) if plan.until_on else ""
