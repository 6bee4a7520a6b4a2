"""Claims: opening, changing, and which plan applies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.binder import Binder
from app.domain.claim import STATUSES, Claim
from app.domain.code_list import code_list
from app.domain.errors import UserError
from app.domain.plan import plan_in_force
from app.domain.recount import Recounted
from app.domain.rule_book import RuleBook
from app.operations.care_checks import one_line, refuse_backwards
from app.operations.day_checks import sensible
from app.operations.hanging import recount_claim
from app.operations.ids import new_id
from app.operations.rules import rule_book
from app.storage.unit_of_work import UnitOfWork


def open_claim(binder: Binder, title: str, **known: Any) -> Claim:
    """Open a claim; `known` are further fields of `Claim`.

    Where no plan is named, the patient's plan in force on the day of service (else today) is
    taken, if exactly one was. The name of a chosen provider stands in `provider`.

    Raises:
        UserError: the title is empty, what is asked for cannot be right, or a record does not
            exist.
    """
    claim = Claim(
        id=new_id(), title=title, added_at=binder.now(), author_id=binder.author_id, **known
    )
    with binder.operation("Open a claim") as work:
        return work.claims.add(_with_plan(work, _checked(work, claim)))


def change_claim(binder: Binder, claim: Claim) -> Claim:
    """Replace what is known of a claim; every deadline that hangs on it is counted again.

    What moves is shown beforehand by `recounting.preview_claim_change`.
    """
    with binder.operation("Change a claim") as work:
        return save_claim(binder, work, rule_book(), claim)[0]


def save_claim(
    binder: Binder, work: UnitOfWork, book: RuleBook, claim: Claim
) -> tuple[Claim, tuple[Recounted, ...]]:
    """Do what `change_claim` does within a larger operation; also return what was counted again."""
    before = work.claims.get(claim.id)
    after = work.claims.save(_with_plan(work, _checked(work, claim)))
    return after, recount_claim(binder, work, book, before, after)


def _checked(work: UnitOfWork, claim: Claim) -> Claim:
    title = " ".join(claim.title.split())
    if not title:
        raise UserError("A claim needs a title, for example “Infusions in March”.")
    if claim.status not in STATUSES:
        raise UserError(f"“{claim.status}” is not a status. Choose one of {', '.join(STATUSES)}.")
    if claim.person_id:
        work.people.get(claim.person_id)
    if claim.plan_id:
        work.plans.get(claim.plan_id)
    _check_asked(claim)
    chosen = work.providers.get(claim.provider_id) if claim.provider_id else None
    if claim.facility_id:
        work.providers.get(claim.facility_id)
    return replace(
        claim, title=title, provider=chosen.name if chosen else claim.provider,
        diagnosis_codes=code_list(claim.diagnosis_codes),
        service_codes=code_list(claim.service_codes), asks_unit=one_line(claim.asks_unit),
    )  # fmt: skip


def _check_asked(claim: Claim) -> None:
    if claim.asks_units is not None and claim.asks_units < 0:
        raise UserError("A number of sessions or units is zero or more.")
    for day in filter(None, (claim.asks_from, claim.asks_until)):
        sensible(day)
    refuse_backwards(claim.asks_from, claim.asks_until, "What you ask for ends before it begins.")


def _with_plan(work: UnitOfWork, claim: Claim) -> Claim:
    if claim.plan_id or not claim.person_id:
        return claim
    day = claim.service_on or claim.added_at.astimezone().date()
    plan = plan_in_force(work.plans.where(person_id=claim.person_id), claim.person_id, day)
    return replace(claim, plan_id=plan.id) if plan else claim
