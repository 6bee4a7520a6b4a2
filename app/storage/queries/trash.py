"""What lies in the trash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from app.storage.indexed import WORDS
from app.storage.repository import record_of
from app.storage.schema import RECORD_TABLES

KINDS: Final = (
    "document", "claim", "call", "expense", "treatment", "authorization", "provider",
    "representative", "letter", "hsa_account", "withdrawal", "contribution", "necessity_letter",
    "eob", "bill", "aid",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TrashRow:
    """A record that can be restored."""

    kind: str
    id: str
    title: str
    trashed_at: datetime


def trash_rows(connection: Connection) -> tuple[TrashRow, ...]:
    """Everything in the trash, the newest first."""
    found: list[TrashRow] = []
    for kind in KINDS:
        table = RECORD_TABLES[kind][0]
        query = select(table).where(table.c.trashed_at.is_not(None))
        for row in connection.execute(query).mappings():
            title, body = WORDS[kind](record_of(kind, row))
            found.append(TrashRow(kind, row["id"], title or body.split("\n")[0], row["trashed_at"]))
    return tuple(sorted(found, key=lambda row: row.trashed_at, reverse=True))
