"""Single records, as the forms show them, and the small lists that forms choose from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from app.domain.person import Person
from app.domain.plan import Plan
from app.domain.sending import Sending
from app.storage.indexed import WORDS
from app.storage.repository import fetch, record_of
from app.storage.schema import RECORD_TABLES, claims, denials, due_items, people, plans, sendings


def record(connection: Connection, kind: str, key: str) -> Any | None:
    """Return the domain record of this kind and id, or None."""
    return fetch(connection, kind, key)


def all_people(connection: Connection) -> tuple[Person, ...]:
    """All people, by name."""
    rows = connection.execute(select(people).order_by(people.c.name)).mappings()
    return tuple(record_of("person", row) for row in rows)


def all_plans(connection: Connection) -> tuple[Plan, ...]:
    """All plans, the newest coverage first."""
    query = select(plans).order_by(plans.c.from_on.desc().nulls_last(), plans.c.name)
    return tuple(record_of("plan", row) for row in connection.execute(query).mappings())


def claim_sendings(connection: Connection, claim_id: str | None = None) -> tuple[Sending, ...]:
    """What was sent, the newest first; of one claim or of all."""
    query = select(sendings).order_by(sendings.c.sent_on.desc(), sendings.c.added_at.desc())
    if claim_id:
        query = query.where(sendings.c.claim_id == claim_id)
    return tuple(record_of("sending", row) for row in connection.execute(query).mappings())


def record_names(connection: Connection, kind: str) -> tuple[tuple[str, str], ...]:
    """The id and the title of every record of a kind that can be searched, but for the trash."""
    return tuple((each.id, WORDS[kind](each)[0]) for each in all_records(connection, kind))


def claim_records(connection: Connection, kind: str, claim_id: str) -> tuple[Any, ...]:
    """The records of a kind that belong to a claim, but for the trash, as they were added."""
    return _records_where(connection, kind, "claim_id", claim_id)


def denial_records(connection: Connection, kind: str, denial_id: str) -> tuple[Any, ...]:
    """The records of a kind that belong to a denial, as they were added."""
    return _records_where(connection, kind, "denial_id", denial_id)


def all_records(connection: Connection, kind: str) -> tuple[Any, ...]:
    """All records of a kind, but for the trash, as they were added."""
    return _records_where(connection, kind)


def _records_where(
    connection: Connection, kind: str, column: str = "", value: str = ""
) -> tuple[Any, ...]:
    table = RECORD_TABLES[kind][0]
    query = select(table)
    if column:
        query = query.where(table.c[column] == value)
    if "trashed_at" in table.c:
        query = query.where(table.c.trashed_at.is_(None))
    order = [table.c[name] for name in ("position", "added_at", "made_at") if name in table.c]
    rows = connection.execute(query.order_by(*order, table.c.id)).mappings()
    return tuple(record_of(kind, row) for row in rows)


def date_names(connection: Connection) -> tuple[tuple[str, str], ...]:
    """The id and the title of every entry of the calendar, settled ones too."""
    query = select(due_items.c.id, due_items.c.title).order_by(due_items.c.last_day)
    return tuple((row.id, row.title) for row in connection.execute(query))


def denial_names(connection: Connection) -> tuple[tuple[str, str], ...]:
    """The id of every denial with the title of its claim."""
    query = select(denials.c.id, claims.c.title).join(claims, claims.c.id == denials.c.claim_id)
    return tuple((row.id, row.title) for row in connection.execute(query))
