"""The days kept in reserve: how long before the last day a person wants to have filed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from app.binder import Binder
from app.domain.choice import BUFFER_DAYS, Choice, buffer_days_of
from app.domain.errors import UserError
from app.domain.recount import Recounted
from app.domain.rule_book import RuleBook
from app.operations.hanging import rehearsed
from app.storage.queries.records import record
from app.storage.unit_of_work import UnitOfWork

MOST_BUFFER_DAYS = 60


def buffer_days(binder: Binder) -> int:
    """Return the days kept in reserve: none until some were chosen."""
    return buffer_days_of(binder.ask(record, "choice", BUFFER_DAYS))


def set_buffer_days(binder: Binder, book: RuleBook, days: int) -> tuple[Recounted, ...]:
    """Choose the days in reserve; the day to file by of every open entry that has one follows.

    The last days stay: they are the law's. Returned is what moved.

    Raises:
        UserError: the number is not from 0 to 60.
    """
    with binder.operation("Change the days in reserve") as work:
        return _set(work, book, days)


def preview_buffer_days(binder: Binder, book: RuleBook, days: int) -> tuple[Recounted, ...]:
    """Return what `set_buffer_days` would move: `was` and `would_be` are days to file by.

    Raises:
        UserError: the number is not from 0 to 60.
    """
    return rehearsed(binder, lambda work: _set(work, book, days))


def _set(work: UnitOfWork, book: RuleBook, days: int) -> tuple[Recounted, ...]:
    if not 0 <= days <= MOST_BUFFER_DAYS:
        raise UserError(f"Choose from 0 to {MOST_BUFFER_DAYS} days to keep in reserve.")
    choice = Choice(id=BUFFER_DAYS, value=str(days))
    if work.choices.find(BUFFER_DAYS):
        work.choices.save(choice)
    else:
        work.choices.add(choice)
    because = f"{days} days are kept in reserve" if days else "no days are kept in reserve"
    rows: list[Recounted] = []
    for item in work.due_items.where(done_on=None, waived_on=None):
        if item.safe_on is None:
            continue
        sought = min(item.last_day, item.rule_on or item.last_day) - timedelta(days=days)
        safe_on = book.holidays.business_day_on_or_before(sought)
        work.due_items.save(replace(item, safe_on=safe_on))
        claim = work.claims.find(item.claim_id)
        rows.append(
            Recounted(
                due_id=item.id,
                denial_id=item.denial_id,
                clock_id=item.clock_id,
                claim=claim.title if claim else "",
                title=item.title,
                was=item.safe_on,
                would_be=safe_on,
                because=because,
                keeps=item.safe_on == safe_on,
                source=item.source,
            )
        )
    return tuple(rows)
