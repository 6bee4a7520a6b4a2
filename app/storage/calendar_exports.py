"""What the calendar file that was made last says: another calendar may hold it.

None of it is an undo step: undo changes the binder, not what a phone was given.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.calendar import CalendarEntry, ToldEntry, entries_of
from app.storage.facts import fact, set_fact
from app.storage.schema import calendar_exports, due_items

_MADE_AT: Final = "calendar file made at"

_TOLD: Final = (
    "SELECT uid, on_day, at, digest, sequence, cancelled, exported_at FROM calendar_exports"
)
_OPEN: Final = """
    SELECT due_items.id, due_items.title, due_items.safe_on, due_items.last_day, due_items.due_at
    FROM due_items LEFT JOIN claims ON claims.id = due_items.claim_id
    LEFT JOIN authorizations ON authorizations.id = due_items.authorization_id
    WHERE due_items.done_on IS NULL AND due_items.waived_on IS NULL
    AND claims.trashed_at IS NULL AND authorizations.trashed_at IS NULL
"""


def last_made_at(connection: Connection) -> datetime | None:
    """Return when the newest calendar file was made (UTC), or None if there never was one."""
    made_at = fact(connection, _MADE_AT)
    return datetime.fromisoformat(made_at) if made_at else None


def told_entries(connection: Connection) -> dict[str, ToldEntry]:
    """Return what calendar files said, by the id of the entry."""
    return {row[0]: _told(*row) for row in connection.exec_driver_sql(_TOLD).fetchall()}


def open_entries(connection: Connection) -> dict[str, CalendarEntry]:
    """Return the entries that a calendar file would have now, by their ids, without details.

    Today asks for them at every refresh, so they are read without the names around them.
    """
    return {
        entry.id: entry
        for key, title, safe_on, last_day, due_at in connection.exec_driver_sql(_OPEN).fetchall()
        for entry in entries_of(
            key,
            title,
            date.fromisoformat(safe_on or last_day),
            date.fromisoformat(last_day),
            datetime.fromisoformat(due_at) if due_at else None,
        )
    }


def note_edition(connection: Connection, told: Iterable[ToldEntry], made_at: datetime) -> None:
    """Remember what a finished file says; the number of an entry never becomes smaller."""
    rows = [_row(entry) for entry in told]
    if rows:
        insert = upsert(calendar_exports)
        given: dict[str, Any] = {name: insert.excluded[name] for name in rows[0] if name != "uid"}
        given["sequence"] = func.max(calendar_exports.c.sequence, insert.excluded.sequence)
        connection.execute(insert.on_conflict_do_update(index_elements=["uid"], set_=given), rows)
    set_fact(connection, _MADE_AT, made_at.isoformat())


def titles_of(connection: Connection, item_ids: Collection[str]) -> dict[str, str]:
    """Return the titles of due items that are in the binder, open or settled, by their ids."""
    wanted = select(func.json_each(json.dumps(sorted(item_ids))).table_valued("value").c.value)
    query = select(due_items.c.id, due_items.c.title).where(due_items.c.id.in_(wanted))
    return {row.id: row.title for row in connection.execute(query)}


def _row(told: ToldEntry) -> dict[str, object]:
    return {
        "uid": told.id,
        "on_day": told.on,
        "at": told.at,
        "digest": told.told,
        "sequence": told.sequence,
        "cancelled": int(told.is_cancelled),
        "exported_at": told.changed_at,
    }


def _told(  # noqa: PLR0913, PLR0917 - the columns of the table, in their order
    uid: str,
    on_day: str,
    at: str | None,
    digest: str,
    sequence: int,
    cancelled: int,
    exported_at: str,
) -> ToldEntry:
    return ToldEntry(
        id=uid,
        on=date.fromisoformat(on_day),
        at=datetime.fromisoformat(at) if at else None,
        told=digest,
        sequence=sequence,
        changed_at=datetime.fromisoformat(exported_at),
        is_cancelled=bool(cancelled),
    )
