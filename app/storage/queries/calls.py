"""The call log, and what was promised in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, select

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
    some: list[ColumnElement[bool]] = []
    if claim_id:
        some.append(calls.c.claim_id == claim_id)
    if call_id:
        some.append(calls.c.id == call_id)
    return _rows(connection, _query(*some))


def open_promises(
    connection: Connection, *, claim_id: str | None = None, before: date | None = None
) -> tuple[CallRow, ...]:
    """Calls whose promise is neither kept nor waived, the oldest day first.

    With `before` only those whose day lies before it: they are late on that day.
    """
    item = due_items.c
    some: list[ColumnElement[bool]] = [
        item.done_on.is_(None), item.waived_on.is_(None), item.id.is_not(None),
    ]  # fmt: skip
    if claim_id:
        some.append(calls.c.claim_id == claim_id)
    if before:
        some.append(item.last_day < before)
    query = _query(*some).order_by(None).order_by(item.last_day, calls.c.id)
    return _rows(connection, query)


def last_reference(connection: Connection, claim_id: str) -> CallRow | None:
    """The newest call of a claim in which they gave a reference number."""
    query = _query(calls.c.claim_id == claim_id, calls.c.reference != "").limit(1)
    return next(iter(_rows(connection, query)), None)


def _query(*some: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    call, item = calls.c, due_items.c
    return (
        select(
            call.id, call.claim_id, claims.c.title, call.called_at, call.with_whom,
            call.department, call.phone, call.reference, call.note, call.promise,
            call.promise_by, call.minutes, people.c.name, call.outcome,
            item.id, item.last_day, item.done_on, item.waived_on,
        )
        .outerjoin(claims, claims.c.id == call.claim_id)
        .outerjoin(people, people.c.id == call.author_id)
        .outerjoin(due_items, (item.call_id == call.id) & (item.kind == "promise"))
        .where(call.trashed_at.is_(None), *some)
        .order_by(call.called_at.desc(), call.id)
    )  # fmt: skip


def _rows(connection: Connection, query: Select[*tuple[Any, ...]]) -> tuple[CallRow, ...]:
    return tuple(CallRow(*row) for row in connection.execute(query))


def broken_promises(
    connection: Connection, today: date, *, claim_id: str | None = None
) -> tuple[CallRow, ...]:
    """Calls whose promise is late, the longest first."""
    return open_promises(connection, claim_id=claim_id, before=today)


def broken_counts(connection: Connection, today: date) -> Mapping[str, int]:
    """How many promises are late, by the id of the claim."""
    return Counter(row.claim_id for row in broken_promises(connection, today) if row.claim_id)
