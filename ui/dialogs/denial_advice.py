"""How to ask for a fast appeal, for the denial that stands in a form."""

from __future__ import annotations

from app.binder import Binder
from app.domain.plan import Plan
from app.domain.rule_book import RuleBook
from app.domain.urgent_care import UrgentAdvice
from app.operations.agenda import fast_appeal_advice
from app.operations.denials import DenialAnswer
from app.storage.queries.records import record


def plan_of(binder: Binder, claim_id: str) -> Plan | None:
    """Return the plan of a claim, as far as it is known."""
    claim = binder.ask(record, "claim", claim_id)
    return binder.ask(record, "plan", claim.plan_id) if claim and claim.plan_id else None


def urgent_advice(
    binder: Binder, book: RuleBook, claim_id: str, answer: DenialAnswer
) -> tuple[UrgentAdvice, ...]:
    """Return how to ask for a fast appeal, or nothing where harm is ruled out or not asked."""
    if not {answer.urgent, answer.continuing} & {"yes", "unsure"}:
        return ()
    return fast_appeal_advice(book, plan_of(binder, claim_id), answer)
