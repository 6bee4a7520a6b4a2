"""What a binder remembers of its last proven backup, and whether it changed since."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from app.domain.backup import ProvenBackup
from app.storage.facts import fact, set_fact

_AT: Final = "last proven backup at"
_PLACE: Final = "last proven backup in"
_STATE: Final = "last proven backup of"

_COUNTS: Final = (
    "(SELECT max(number) FROM history)",
    "(SELECT sum(undone) FROM history)",
    "(SELECT count(*) FROM documents)",
    "(SELECT count(*) FROM originals)",
    "(SELECT count(*) FROM readings WHERE state != 'waiting')",
    "(SELECT count(*) FROM pages)",
)


def state_of(connection: Connection) -> str:
    """Return a short text that is another one after anything was done, undone or read."""
    row = connection.exec_driver_sql(f"SELECT {', '.join(_COUNTS)}").one()
    return "/".join(str(count or 0) for count in row)


def note(connection: Connection, backup: ProvenBackup, state: str) -> None:
    """Remember a proven backup and the state of the binder that it holds."""
    set_fact(connection, _AT, backup.at.isoformat())
    set_fact(connection, _PLACE, backup.place)
    set_fact(connection, _STATE, state)


def noted(connection: Connection) -> ProvenBackup | None:
    """Return the last proven backup, or None if there never was one."""
    at, place = fact(connection, _AT), fact(connection, _PLACE)
    return ProvenBackup(datetime.fromisoformat(at), place) if at and place else None


def changed_since(connection: Connection) -> bool:
    """Return whether the binder is another one than in its last proven backup."""
    return fact(connection, _STATE) != state_of(connection)
