"""What a correction would change in the calendar, to be shown before it is accepted.

Each of these makes the very change that its operation makes, and takes it back.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Final

from app.binder import Binder
from app.domain.claim import Claim
from app.domain.plan import Plan
from app.domain.recount import Recounted, denial_reason
from app.domain.rule_book import RuleBook
from app.operations.claims import save_claim
from app.operations.denial_items import due_items_of, settle_items
from app.operations.denials import DenialAnswer, dates_within, refuse_wrong_days
from app.operations.hanging import denial_rows, open_entries, rehearsed
from app.operations.people import save_plan
from app.operations.recounted_answers import recount_answers
from app.storage.unit_of_work import UnitOfWork

_NOTHING: Final = "nothing it hangs on was changed"


def preview_plan_change(binder: Binder, book: RuleBook, plan: Plan) -> tuple[Recounted, ...]:
    """Return what `change_plan` would do to the deadlines of the plan's claims.

    Raises:
        UserError: a value is none of ours.
    """
    return rehearsed(binder, lambda work: save_plan(binder, work, book, plan)[1])


def preview_claim_change(binder: Binder, book: RuleBook, claim: Claim) -> tuple[Recounted, ...]:
    """Return what `change_claim` would do to the deadlines of the claim.

    Raises:
        UserError: a value is none of ours.
    """
    return rehearsed(binder, lambda work: save_claim(binder, work, book, claim)[1])


def preview_denial_change(
    binder: Binder,
    book: RuleBook,
    denial_id: str,
    answer: DenialAnswer,
    *,
    confirmed: bool = True,
) -> tuple[Recounted, ...]:
    """Return what `change_denial` would do to the denial's own entries.

    Raises:
        UserError: the answer contradicts itself.
    """
    refuse_wrong_days(answer, binder.today())

    def change(work: UnitOfWork) -> tuple[Recounted, ...]:
        before = work.denials.get(denial_id)
        said = {item.name: getattr(answer, item.name) for item in fields(DenialAnswer)}
        after = work.denials.save(replace(before, **said))
        dates = dates_within(binder, work, book, after)
        items = open_entries(work, after)
        kept = settle_items(binder, work, after, due_items_of(after, dates) if confirmed else ())
        claim = work.claims.get(after.claim_id)
        reason = denial_reason(before, after) or _NOTHING
        return (
            *denial_rows(claim, after, items, kept, reason, dates),
            *recount_answers(binder, work, claim, reason, denial_id=after.id),
        )

    return rehearsed(binder, change)
