"""People and their insurance plans."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.person import RELATIONS, Person
from app.domain.plan import FUNDINGS, PROGRAMS, STATES, Plan
from app.domain.recount import Recounted
from app.domain.rule_book import RuleBook
from app.operations.hanging import recount_plan
from app.operations.ids import new_id
from app.operations.rules import rule_book
from app.storage.unit_of_work import UnitOfWork


def add_person(binder: Binder, name: str, **known: Any) -> Person:
    """Add someone to the household; `known` are further fields of `Person`.

    Raises:
        UserError: the name is empty, or the relation is none of ours.
    """
    person = _checked_person(Person(id=new_id(), name=name, **known))
    with binder.operation("Add a person") as work:
        return work.people.add(person)


def change_person(binder: Binder, person: Person) -> Person:
    """Replace what is known of a person."""
    with binder.operation("Change a person") as work:
        return work.people.save(_checked_person(person))


def add_plan(binder: Binder, name: str, **known: Any) -> Plan:
    """Add an insurance plan; `known` are further fields of `Plan`, all optional.

    Raises:
        UserError: a value is none of ours, or the person does not exist.
    """
    plan = _checked_plan(Plan(id=new_id(), name=name, **known))
    with binder.operation("Add a plan") as work:
        if plan.person_id:
            work.people.get(plan.person_id)
        return work.plans.add(plan)


def change_plan(binder: Binder, plan: Plan) -> Plan:
    """Replace what is known of a plan; every deadline that hangs on it is counted again.

    What moves is shown beforehand by `recounting.preview_plan_change`.
    """
    with binder.operation("Change a plan") as work:
        return save_plan(binder, work, rule_book(), plan)[0]


def save_plan(
    binder: Binder, work: UnitOfWork, book: RuleBook, plan: Plan
) -> tuple[Plan, tuple[Recounted, ...]]:
    """Do what `change_plan` does within a larger operation; also return what was counted again."""
    if plan.person_id:
        work.people.get(plan.person_id)
    before = work.plans.get(plan.id)
    after = work.plans.save(_checked_plan(plan))
    return after, recount_plan(binder, work, book, before, after)


def _checked_person(person: Person) -> Person:
    name = " ".join(person.name.split())
    if not name:
        raise UserError("A person needs a name.")
    if person.relation is not None and person.relation not in RELATIONS:
        raise UserError(f"“{person.relation}” is not known here. Choose {_either(RELATIONS)}.")
    return replace(person, name=name)


def _checked_plan(plan: Plan) -> Plan:
    name = " ".join(plan.name.split())
    if not name:
        raise UserError("A plan needs a name, for example the one on the card.")
    state = plan.state.strip().upper() if plan.state else None
    for value, known, what in (
        (plan.program, PROGRAMS, "kind of plan"),
        (plan.funding, FUNDINGS, "answer to who pays the claims"),
        (state, STATES, "state"),
    ):
        if value is not None and value not in known:
            raise UserError(f"“{value}” is not a {what} known here. Choose {_either(known)}.")
    if plan.from_on and plan.until_on and plan.until_on < plan.from_on:
        raise UserError("The plan ends before it begins. Please check the two dates.")
    if plan.coinsurance_percent is not None and not 0 <= plan.coinsurance_percent <= 100:
        raise UserError("A coinsurance is between 0 and 100 percent.")
    return replace(plan, name=name, state=state)


def _either(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"
