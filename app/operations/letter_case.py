"""Everything that the binder knows for one letter."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from app.binder import Binder
from app.domain.authorization import Authorization
from app.domain.claim import Claim
from app.domain.criterion import Criterion
from app.domain.deadline_rule import DeadlineRule
from app.domain.denial import Denial
from app.domain.denial_dates import coverage_of
from app.domain.due_facts import CannotSay
from app.domain.due_item import DueItem
from app.domain.person import Person
from app.domain.plan import Plan
from app.domain.provider import Provider
from app.domain.representative import Representative
from app.domain.sending import Sending
from app.domain.treatment import Treatment
from app.operations.bundle_case import Case, case_of
from app.operations.papers import wanted
from app.operations.rules import rule_book
from app.resources import resource_json
from app.storage.queries.clocks import claim_denials
from app.storage.queries.letters import appeal_date, newest_exhibits
from app.storage.queries.money import ExpenseRow, expense_rows
from app.storage.queries.records import claim_records, claim_sendings, denial_records

_OF_AGE: Final = 18
_LAST_OF_THE_PLAN: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterCase:
    """All that is known about what a letter is about: `known`, as a bundle has it, and more.

    `addressed` is the doctor or provider that a letter goes to, `rule` the deadline rule of the
    denial's level, `due` the day to appeal. `speaker` holds a form to speak for the patient now;
    they sign, unless it is the patient who sits at the desk (`patient_writes`). `helper` is who
    is named to speak, with a form that holds or without.
    """

    known: Case
    denials: tuple[Denial, ...]
    addressed: Provider | None
    helper: Representative | None
    speaker: Representative | None
    patient_writes: bool
    treatments: tuple[Treatment, ...]
    criteria: tuple[Criterion, ...]
    sendings: tuple[Sending, ...]
    payments: tuple[ExpenseRow, ...]
    due: DueItem | None
    rule: DeadlineRule | None
    enclosures: tuple[str, ...]

    @property
    def claim(self) -> Claim:
        """The claim."""
        return self.known.claim

    @property
    def patient(self) -> Person | None:
        """The patient."""
        return self.known.patient

    @property
    def plan(self) -> Plan | None:
        """The plan that said no."""
        return self.known.plan

    @property
    def denial(self) -> Denial | None:
        """The “no” that the letter is about."""
        return self.known.denial

    @property
    def authorizations(self) -> tuple[Authorization, ...]:
        """The approvals that were asked for."""
        return self.known.authorizations

    @property
    def level(self) -> int:
        """The level of the denial; 1 where there is none."""
        return self.denial.level if self.denial else 1

    @property
    def is_outside(self) -> bool:
        """Whether somebody outside of the plan decides the step that answers the denial."""
        return decides_outside(self.rule, self.level)

    @property
    def before(self) -> Denial | None:
        """The denial whose appeal was answered with this one."""
        if self.denial is None:
            return None
        return next((each for each in self.denials if each.id == self.denial.follows_id), None)

    @property
    def is_of_a_child(self) -> bool:
        """Whether the patient is known to be too young to sign."""
        born = self.patient.born_on if self.patient else None
        return born is not None and _age(born, self.known.today) < _OF_AGE


def letter_case(
    binder: Binder,
    claim_id: str,
    denial_id: str | None = None,
    *,
    addressed_id: str | None = None,
    enclosures: Sequence[str] = (),
) -> LetterCase:
    """Gather what a letter about a claim may say; without `denial_id` about its newest denial.

    `addressed_id` is the provider that the letter goes to, else the one of the claim.
    `enclosures` are the titles of what goes along, else those of the claim's newest bundle.

    Raises:
        UserError: the claim, the denial or the provider does not exist.
    """
    known = case_of(binder, claim_id, binder.today(), denial_id)
    claim, plan, denial = known.claim, known.plan, known.denial
    level = denial.level if denial else 1
    holding = [each for each in known.speakers if each.holds(known.today, claim.plan_id, level)]
    addressed: Provider | None = (
        wanted(binder, "provider", addressed_id) if addressed_id else known.provider
    )
    return LetterCase(
        known=known,
        denials=binder.ask(claim_denials, claim_id),
        addressed=addressed,
        helper=known.speakers[0].representative if known.speakers else None,
        speaker=holding[0].representative if holding else None,
        patient_writes=binder.author_id is not None and binder.author_id == claim.person_id,
        treatments=binder.ask(claim_records, "treatment", claim_id),
        criteria=binder.ask(denial_records, "criterion", denial.id) if denial else (),
        sendings=binder.ask(claim_sendings, claim_id),
        payments=tuple(
            row for row in reversed(binder.ask(expense_rows, claim_id=claim_id)) if row.paid_on
        ),
        due=binder.ask(appeal_date, denial.id) if denial else None,
        rule=step_rule(plan, denial),
        enclosures=tuple(enclosures) or _newest_exhibits(binder, claim_id),
    )


def step_rule(plan: Plan | None, denial: Denial | None) -> DeadlineRule | None:
    """Return the rule of the step that answers a denial, or None where none surely holds."""
    if denial is None:
        return None
    found = rule_book().rules_for(coverage_of(plan, denial.kind), denial.level)
    return None if isinstance(found, CannotSay) else found[0]


def decides_outside(rule: DeadlineRule | None, level: int) -> bool:
    """Return whether somebody outside of the plan decides a step; by its level if no rule holds."""
    if rule is None:
        return level > _LAST_OF_THE_PLAN
    return rule.id.startswith(_outside())


@cache
def _outside() -> tuple[str, ...]:
    return tuple(resource_json("letters", "stages.json")["outside"])


def _newest_exhibits(binder: Binder, claim_id: str) -> tuple[str, ...]:
    """Return the titles of what went into the newest bundle, with their letters."""
    kept = binder.ask(newest_exhibits, claim_id)
    rows: list[dict[str, Any]] = json.loads(kept) if kept else []
    return tuple(
        f"Exhibit {row['letter']}: {row['title']}" if row.get("letter") else str(row["title"])
        for row in rows
        if row.get("title")
    )


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
