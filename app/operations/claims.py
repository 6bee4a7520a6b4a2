"""Claims: opening, changing, and which plan applies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.binder import Binder
from app.domain.claim import STATUSES, Claim
from app.domain.errors import UserError
from app.domain.plan import plan_in_force
from app.domain.recount import Recounted
from app.domain.rule_book import RuleBook
from app.operations.hanging import recount_claim
from app.operations.ids import new_id
from app.operations.rules import rule_book
from app.storage.unit_of_work import UnitOfWork


def open_claim(binder: Binder, title: str, **known: Any) -> Claim:
    """Open a claim; `known` are further fields of `Claim`.

    Where no plan is named, the patient's plan in force on the day of service (else today) is
    taken, if exactly one was.

    Raises:
        UserError: the title is empty, or the patient or plan does not exist.
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
    return replace(claim, title=title)


def _with_plan(work: UnitOfWork, claim: Claim) -> Claim:
    if claim.plan_id or not claim.person_id:
        return claim
    day = claim.service_on or claim.added_at.astimezone().date()
    plan = plan_in_force(work.plans.where(person_id=claim.person_id), claim.person_id, day)
    return replace(claim, plan_id=plan.id) if plan else claim
