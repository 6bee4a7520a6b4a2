"""A small household for tests of pages: Rosa, her plan, her claim, a denial, a call, an expense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.binder import Binder
from app.domain.claim import Claim
from app.domain.money import Money
from app.domain.person import Person
from app.domain.plan import Plan
from app.operations import calls, claims, denials, expenses, people
from app.operations.denials import DenialAnswer, RecordedDenial
from app.operations.rules import rule_book


@dataclass(frozen=True)
class Household:
    rosa: Person
    plan: Plan
    claim: Claim


def rosas_household(binder: Binder) -> Household:
    rosa = people.add_person(binder, "Rosa Alvarez", relation="self", born_on=date(1961, 4, 2))
    plan = people.add_plan(
        binder, "Harbor Mutual", person_id=rosa.id, program="employer", funding="self",
        insurer="Harbor Mutual Health Plan", phone="555-0142", member_id="HM-1",
    )  # fmt: skip
    claim = claims.open_claim(binder, "Infusions in March", person_id=rosa.id, number="20260214-77")
    return Household(rosa, plan, claim)


def deny(binder: Binder, claim: Claim, *, confirmed: bool = True, **answer) -> RecordedDenial:
    given = {"notice_on": date(2026, 8, 3), "letter_says": "days", "letter_days": 60, **answer}
    return denials.record_denial(
        binder, rule_book(), claim.id, DenialAnswer(**given), confirmed=confirmed
    )


def call_with_promise(binder: Binder, claim: Claim):
    return calls.log_call(
        binder, claim_id=claim.id, with_whom="Dana", note="on hold", reference="R-1",
        promise="mail the policy", promise_by=date(2026, 9, 1),
    )  # fmt: skip


def pay(binder: Binder, claim: Claim, amount: str, on: date | None):
    return expenses.enter_expense(
        binder, Money.parse(amount), paid_on=on, provider="Bayside <b>Infusion</b>",
        claim_id=claim.id, person_id=claim.person_id, category="infusion_prescribed",
    )  # fmt: skip
