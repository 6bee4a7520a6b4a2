"""The call log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from app.storage.schema import calls, claims, people


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call with the names of its claim and of who made it; `called_at` is UTC."""

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


def call_rows(connection: Connection, *, claim_id: str | None = None) -> tuple[CallRow, ...]:
    """Calls, the newest first; of one claim or of all."""
    call = calls.c
    query = (
        select(
            call.id, call.claim_id, claims.c.title, call.called_at, call.with_whom,
            call.department, call.phone, call.reference, call.note, call.promise,
            call.promise_by, call.minutes, people.c.name,
        )
        .outerjoin(claims, claims.c.id == call.claim_id)
        .outerjoin(people, people.c.id == call.author_id)
        .where(call.trashed_at.is_(None))
        .order_by(call.called_at.desc(), call.id)
    )  # fmt: skip
    if claim_id:
        query = query.where(call.claim_id == claim_id)
    return tuple(CallRow(*row) for row in connection.execute(query))
