"""All that the binder knows of a claim when its bundle is put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.binder import Binder
from app.domain.authorization import Authorization
from app.domain.claim import Claim
from app.domain.denial import Denial
from app.domain.errors import UserError
from app.domain.fact_rows import FactRow
from app.domain.person import Person
from app.domain.plan import Plan
from app.domain.provider import Provider
from app.operations.papers import wanted
from app.storage.queries.care import Speaker, speaks_for
from app.storage.queries.evidence import denial_to_answer
from app.storage.queries.facts import paper_facts
from app.storage.queries.records import claim_records, record


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A claim with everything around it; `speakers` are named to speak, valid ones first.

    `letter_facts` are the values in the letter of the denial, confirmed or only read.
    """

    claim: Claim
    today: date
    patient: Person | None = None
    plan: Plan | None = None
    denial: Denial | None = None
    provider: Provider | None = None
    facility: Provider | None = None
    authorizations: tuple[Authorization, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    letter_facts: tuple[FactRow, ...] = ()

    @property
    def speaker(self) -> Speaker | None:
        """Who signs for the patient, if anybody is named."""
        return self.speakers[0] if self.speakers else None

    def confirmed(self, name: str) -> tuple[str, ...]:
        """Return the confirmed values of a name in the letter of the denial."""
        found = (row.value for row in self.letter_facts if row.name == name and row.is_confirmed)
        return tuple(dict.fromkeys(value for value in found if isinstance(value, str) and value))


def case_of(
    binder: Binder,
    claim_id: str,
    today: date,
    denial_id: str | None = None,
    *,
    patient_signs: bool = False,
) -> Case:
    """Return what is known of a claim; its newest open denial, unless another is named.

    Where the patient signs, nobody speaks for them.

    Raises:
        UserError: the claim does not exist, or the denial is not one of this claim.
    """
    claim: Claim = wanted(binder, "claim", claim_id)
    denial = _denial(binder, claim_id, denial_id)
    speakers = (
        binder.ask(speaks_for, claim.person_id, claim.plan_id, denial.level if denial else 1, today)
        if claim.person_id and not patient_signs
        else ()
    )
    letter = denial.document_id if denial else None
    facts = binder.ask(paper_facts, letter).rows if letter else ()
    return Case(
        claim=claim,
        today=today,
        patient=_linked(binder, "person", claim.person_id),
        plan=_linked(binder, "plan", claim.plan_id),
        denial=denial,
        provider=_linked(binder, "provider", claim.provider_id),
        facility=_linked(binder, "provider", claim.facility_id),
        authorizations=binder.ask(claim_records, "authorization", claim_id),
        speakers=speakers,
        letter_facts=tuple(facts),
    )


def _denial(binder: Binder, claim_id: str, denial_id: str | None) -> Denial | None:
    if denial_id is None:
        return binder.ask(denial_to_answer, claim_id)
    denial: Denial = wanted(binder, "denial", denial_id)
    if denial.claim_id != claim_id:
        raise UserError("That denial belongs to another claim. Name one of this claim.")
    return denial


def _linked(binder: Binder, kind: str, key: str | None) -> Any | None:
    return binder.ask(record, kind, key) if key else None
