"""What the newest explanations leave of some lines to the patient, within an operation.

`app.domain.owed` decides it; here the few records are found that can matter for these lines, so
that a refund in a ledger of forty thousand lines is no slower than in one of forty.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.eob import Eob, EobLine
from app.domain.expense import Expense
from app.domain.matters import OwedFacts
from app.domain.money import Money
from app.domain.owed import Owing, owings_of, shares_in
from app.storage.repository import Repository
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Told:
    """What an explanation leaves of a line to the patient, and the day of that explanation."""

    share: Money
    on: date


def told_shares(work: UnitOfWork, lines: Collection[Expense]) -> dict[str, Told]:
    """Return for each line of which an explanation tells the share what it tells."""
    explained = _explained(work, lines)
    if not explained:
        return {}
    owings = owings_of(_facts(work, lines, explained))
    shares = shares_in(owings)
    found: dict[str, Told] = {}
    for owing in owings:
        day = _day(owing)
        for line in owing.matter.paid:
            if day and line.id in shares:
                found[line.id] = Told(shares[line.id], day)
    return found


def lines_of_eobs(work: UnitOfWork, eobs: Iterable[Eob]) -> set[str]:
    """Return the lines of the ledger that explanations may be about."""
    own = list(eobs)
    services = work.eob_lines.among("eob_id", {eob.id for eob in own})
    found = work.expenses.among("eob_line_id", {each.id for each in services})
    found += _on_days(work.expenses, {each.served_on for each in services})
    found += work.expenses.among("claim_id", {eob.claim_id for eob in own if eob.claim_id})
    return {each.id for each in found}


def _explained(work: UnitOfWork, lines: Collection[Expense]) -> tuple[Eob, ...]:
    """Return every version of the explanations that may be about these lines."""
    services: tuple[EobLine, ...] = work.eob_lines.among(
        "id", {line.eob_line_id for line in lines if line.eob_line_id}
    )
    services += _on_days(work.eob_lines, {line.served_on for line in lines})
    found = {each.id: each for each in work.eobs.among("id", {each.eob_id for each in services})}
    claims = {line.claim_id for line in lines if line.claim_id}
    found |= {each.id: each for each in work.eobs.among("claim_id", claims)}
    new = dict(found)
    while new:  # the versions before and after, until there are no more
        before = {each.follows_id for each in new.values() if each.follows_id}
        others = (*work.eobs.among("id", before), *work.eobs.among("follows_id", new.keys()))
        new = {each.id: each for each in others if each.id not in found}
        found |= new
    return tuple(each for each in found.values() if each.trashed_at is None)


def _facts(work: UnitOfWork, lines: Collection[Expense], explained: Collection[Eob]) -> OwedFacts:
    ids = {line.id for line in lines} | lines_of_eobs(work, explained)
    expenses = [each for each in work.expenses.among("id", ids) if each.trashed_at is None]
    claims = {each.claim_id for each in (*expenses, *explained) if each.claim_id}
    providers = {each.provider_id for each in (*expenses, *explained) if each.provider_id}
    return OwedFacts(
        expenses=tuple(expenses),
        refunds=work.refunds.among("expense_id", ids),
        eobs=tuple(explained),
        eob_lines=work.eob_lines.among("eob_id", {each.id for each in explained}),
        providers=work.providers.among("id", providers),
        claim_people={each.id: each.person_id for each in work.claims.among("id", claims)},
    )


def _on_days(records: Repository[Any], days: Iterable[date | None]) -> tuple[Any, ...]:
    return records.among("served_on", {day.isoformat() for day in days if day})


def _day(owing: Owing) -> date | None:
    """Return the day of the newest explanation of a matter, as far as one holds."""
    current = [each.newest.eob for each in owing.matter.explained]
    return max((eob.processed_on or eob.added_at.date() for eob in current), default=None)
