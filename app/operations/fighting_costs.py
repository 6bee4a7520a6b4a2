"""Out of pocket while fighting: for the person, for the bundle, and on a page of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.claim import Claim
from app.domain.expense import Expense
from app.domain.fighting_costs import CostRow, FightingCosts, fighting_costs
from app.domain.hsa_plan import METHOD_NAMES
from app.domain.money import Money
from app.domain.refund import Refund
from app.exporting.costs_pdf import CostEntry, costs_pdf
from app.operations.outputs import Written, write_file
from app.operations.papers import wanted
from app.operations.story import exhibit_head
from app.operations.tax_book import tax_book
from app.operations.winning import WON
from app.storage.queries.claim_money import claim_refunds
from app.storage.queries.clocks import claim_denials
from app.storage.queries.records import claim_records

__all__ = [
    "FightingCosts", "cost_rows", "costs_bytes", "fighting_costs_of", "write_fighting_costs",
]  # fmt: skip


def fighting_costs_of(binder: Binder, claim_id: str, *, today: date) -> FightingCosts:
    """Return what was paid for a claim from its first “no” until it was won, or until today.

    Raises:
        UserError: the claim is not there.
    """
    claim: Claim = wanted(binder, "claim", claim_id)
    denials = binder.ask(claim_denials, claim_id)
    first = min((each.notice_on for each in denials if each.notice_on), default=None)
    wins = [each.answered_on for each in denials if each.outcome in WON and each.answered_on]
    until = max(wins) if claim.status == "won" and wins else None
    expenses: tuple[Expense, ...] = binder.ask(claim_records, "expense", claim_id)
    refunds: tuple[Refund, ...] = binder.ask(claim_refunds, claim_id)
    named = [replace(each, category=_name(each.category)) for each in expenses]
    return fighting_costs(claim_id, named, refunds, from_on=first, until_on=until or today)


def _name(category: str) -> str:
    """Return the words for a kind of expense."""
    known = tax_book().category(category) if category else None
    return known.label if known else category


def write_fighting_costs(binder: Binder, claim_id: str, target: Path, *, today: date) -> Written:
    """Print what was paid while fighting as a PDF.

    Raises:
        UserError: the claim is not there, or the place cannot be written to.
    """
    return write_file(target, costs_bytes(binder, claim_id, today=today))


def costs_bytes(binder: Binder, claim_id: str, *, today: date) -> bytes:
    """Return the PDF that `write_fighting_costs` writes."""
    costs = fighting_costs_of(binder, claim_id, today=today)
    head = exhibit_head(binder, claim_id, today)
    return costs_pdf(head, cost_rows(costs), costs)


def cost_rows(costs: FightingCosts) -> list[CostEntry]:
    """Return the payments in the words of the page."""
    return [_entry(row) for row in costs.rows]


def _entry(row: CostRow) -> CostEntry:
    """Return a payment in words; what it cost others has no amount of one's own."""
    return CostEntry(
        day=spoken(row.paid_on),
        who=row.provider,
        what=row.what,
        how=METHOD_NAMES.get(row.method, row.method),
        paid=str(row.paid),
        came_back=str(row.came_back) if row.came_back > Money() else "",
        out_of_pocket=str(row.out_of_pocket) if row.is_own else "",
    )
