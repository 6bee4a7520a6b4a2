"""What one needs before one's eyes in a call: numbers, the last reference, who may speak."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, func, select

from app.domain.claim import Claim
from app.domain.person import Person
from app.domain.plan import Plan
from app.storage.queries.calls import CallRow, last_reference, open_promises
from app.storage.queries.care import Speaker, speaks_for
from app.storage.repository import fetch
from app.storage.schema import denials

_MOST_PROMISES: Final = 5


@dataclass(frozen=True, slots=True)
class CallFacts:
    """The facts of one claim for a call; None where the claim names no patient or no plan.

    `last` is the newest call in which a reference number was given. `promises` are the first of
    those not kept yet, the oldest day first. `speakers` are those named to speak for the patient
    with this plan at the level where the claim stands, whoever's form holds first; `holds` says
    whether it does.
    """

    claim: Claim
    patient: Person | None
    plan: Plan | None
    last: CallRow | None
    promises: tuple[CallRow, ...]
    speakers: tuple[Speaker, ...]
    holds: bool


def call_facts(connection: Connection, claim_id: str, today: date) -> CallFacts | None:
    """Return the facts of a claim for a call, or None if there is no such claim."""
    claim: Claim | None = fetch(connection, "claim", claim_id)
    if claim is None:
        return None
    plan: Plan | None = fetch(connection, "plan", claim.plan_id) if claim.plan_id else None
    patient: Person | None = (
        fetch(connection, "person", claim.person_id) if claim.person_id else None
    )
    level = connection.execute(
        select(func.max(denials.c.level)).where(denials.c.claim_id == claim_id)
    ).scalar()
    plan_id, level = claim.plan_id, level or 1
    speakers = speaks_for(connection, patient.id, plan_id, level, today) if patient else ()
    return CallFacts(
        claim=claim,
        patient=patient,
        plan=plan,
        last=last_reference(connection, claim_id),
        promises=open_promises(connection, claim_id=claim_id)[:_MOST_PROMISES],
        speakers=speakers,
        holds=bool(speakers) and speakers[0].holds(today, plan_id, level),
    )
