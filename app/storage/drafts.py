"""What is being typed and not yet saved, so that it outlives a crash.

None of it is an undo step: undo changes the binder, not what a person is typing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.storage.schema import drafts


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, by the names of its fields, and when that was kept (UTC)."""

    body: Mapping[str, Any]
    saved_at: datetime


def draft(connection: Connection, name: str) -> Draft | None:
    """Return the draft of this name, or None if there is none, or none that can be understood."""
    query = select(drafts.c.body, drafts.c.saved_at).where(drafts.c.name == name)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    try:
        body: Any = json.loads(row.body)
    except ValueError:
        return None
    return Draft(body, row.saved_at) if isinstance(body, dict) else None


def put_draft(connection: Connection, name: str, body: Mapping[str, Any], at: datetime) -> None:
    """Keep a draft in place of the one of this name; `body` holds what JSON can carry."""
    values = {"body": json.dumps(body, ensure_ascii=False), "saved_at": at}
    insert = upsert(drafts).values(name=name, **values)
    connection.execute(insert.on_conflict_do_update(index_elements=["name"], set_=values))


def drop_draft(connection: Connection, name: str) -> None:
    """Forget a draft, if there is one."""
    connection.execute(delete(drafts).where(drafts.c.name == name))
