"""The call log, and what was promised in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Connection, select

from app.storage.schema import calls, claims, due_items, people

PromiseState = Literal["", "told", "open", "late", "kept", "waived"]
"""What became of a promise. `told` is one without a day, which nothing can follow up."""


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call with the names of its claim and of who made it; `called_at` is UTC.

    `item_id` is the entry of its promise in the calendar, `due_on` the day that stands there now;
    that day may have been moved since.
    """

    id: str
    claim_id: str | None
    claim: str | None
    called_at: datetime
    with_whom: str
    department: str
    phone: str
    reference: str
    note: str
    promise: str
    promise_by: date | None
    minutes: int | None
    author: str | None
    outcome: str = ""
    item_id: str | None = None
    due_on: date | None = None
    kept_on: date | None = None
    waived_on: date | None = None

    def promise_state(self, today: date) -> PromiseState:
        """Return what became of the promise by a day."""
        if not self.promise:
            return ""
        if self.kept_on:
            return "kept"
        if self.waived_on:
            return "waived"
        if self.due_on is None:
            return "told"
        return "late" if self.due_on < today else "open"


def call_rows(
    connection: Connection, *, claim_id: str | None = None, call_id: str | None = None
) -> tuple[CallRow, ...]:
    """Calls, the newest first; all, those of one claim, or one."""
    call, item = calls.c, due_items.c
    query = (
        select(
            call.id, call.claim_id, claims.c.title, call.called_at, call.with_whom,
            call.department, call.phone, call.reference, call.note, call.promise,
            call.promise_by, call.minutes, people.c.name, call.outcome,
            item.id, item.last_day, item.done_on, item.waived_on,
        )
        .outerjoin(claims, claims.c.id == call.claim_id)
        .outerjoin(people, people.c.id == call.author_id)
        .outerjoin(due_items, (item.call_id == call.id) & (item.kind == "promise"))
        .where(call.trashed_at.is_(None))
        .order_by(call.called_at.desc(), call.id)
    )  # fmt: skip
    if claim_id:
        query = query.where(call.claim_id == claim_id)
    if call_id:
        query = query.where(call.id == call_id)
    return tuple(CallRow(*row) for row in connection.execute(query))


def broken_promises(
    connection: Connection, today: date, *, claim_id: str | None = None
) -> tuple[CallRow, ...]:
    """Calls whose promise is late, the longest first."""
    late = [
        row
        for row in call_rows(connection, claim_id=claim_id)
        if row.promise_state(today) == "late"
    ]
    return tuple(sorted(late, key=lambda row: (row.due_on or today, row.id)))


def broken_counts(connection: Connection, today: date) -> Mapping[str, int]:
    """How many promises are late, by the id of the claim."""
    return Counter(row.claim_id for row in broken_promises(connection, today) if row.claim_id)
