"""A household of which everything is known, and one of which nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.binder import Binder
from app.domain.claim import Claim
from app.domain.denial import Denial
from app.domain.money import Money
from app.domain.plan import Plan
from app.domain.provider import Provider
from app.operations import (
    authorizations,
    claims,
    criteria,
    denials,
    expenses,
    people,
    providers,
    treatments,
)
from app.operations.denials import DenialAnswer
from app.operations.rules import rule_book


@dataclass(frozen=True)
class World:
    claim: Claim
    denial: Denial
    plan: Plan
    doctor: Provider


def known_world(binder: Binder, **plan_words) -> World:
    """Rosa, her plan, her doctor, a first “no” with its reason, and what was tried."""
    rosa = people.add_person(
        binder, "Rosa Alvarez", relation="self", born_on=date(1960, 2, 3),
        address="12 Quarry Road\nMillbrook, OH 43000", phone="555-0111",
    )  # fmt: skip
    given = {
        "program": "employer", "funding": "self", "insurer": "Harbor Mutual", "member_id": "HM-1",
        "group_number": "G-7",
        "appeal_address": "Harbor Mutual\nP.O. Box 5500\nPort Lorain, OH 43000",
        "appeal_fax": "555-0143", "phone": "555-0142", "regulator": "Ohio Office\n1 State Street",
    }  # fmt: skip
    plan = people.add_plan(binder, "Harbor Choice", person_id=rosa.id, **{**given, **plan_words})
    doctor = providers.add_provider(
        binder, "Dr. Ann Osei", npi="1234567893", credentials="MD", specialty="neurology",
        address="4 Mill Lane\nMillbrook, OH 43000", phone="555-0121", fax="555-0122",
    )  # fmt: skip
    claim = claims.open_claim(
        binder, "Saline infusions", person_id=rosa.id, plan_id=plan.id, number="2026-77",
        provider="Bayside Infusion", service_on=date(2026, 7, 20), provider_id=doctor.id,
        service_codes="96360 J7030", diagnosis_codes="G90.A", asks_for="Approve 12 infusions.",
    )  # fmt: skip
    denial = denials.record_denial(
        binder,
        rule_book(),
        claim.id,
        DenialAnswer(
            notice_on=date(2026, 8, 3), received_on=date(2026, 8, 6), letter_says="nothing",
            kind="medical_necessity", reason="The infusions are not medically necessary.",
        ),
        confirmed=True,
    ).denial  # fmt: skip
    treatments.add_treatment(
        binder, claim.id, "Fludrocortisone", route="oral", dose="0.1 mg", began="2025-01",
        ended="2025-04", outcome="no_effect",
    )  # fmt: skip
    treatments.add_treatment(
        binder, claim.id, "Midodrine", route="oral", began="2025-05", outcome="reaction",
        reaction="rash",
    )  # fmt: skip
    criteria.add_point(
        binder, denial.id, quote="Two oral drugs have failed.", answer="Both failed."
    )
    criteria.add_point(binder, denial.id, quote="A tilt table test is on file.")
    authorizations.add_authorization(
        binder, "Infusions", claim_id=claim.id, number="PA-9", status="approved", units=6,
        unit="infusions", from_on=date(2026, 9, 1), until_on=date(2026, 12, 31),
    )  # fmt: skip
    for day, amount in ((date(2026, 8, 10), "120.00"), (date(2026, 9, 10), "80.50")):
        expenses.enter_expense(
            binder, Money.parse(amount), paid_on=day, provider="Dr. Ann Osei", claim_id=claim.id,
            person_id=rosa.id,
        )  # fmt: skip
    return World(claim, denial, plan, doctor)
