"""How a table is made of a record: a column a field, typed as the field is annotated."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text

from app.storage.columns import Cents, Day, Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

_TYPES: Final[dict[str, Any]] = {
    "str": Text, "int": Integer, "date": Day, "datetime": Moment, "Money": Cents,
}  # fmt: skip


def record_table(name: str, record: type[Any], **links: str) -> Table:
    """Return the table of a record; `links` are its fields that name a record of another table."""
    columns: list[Column[Any]] = []
    for item in fields(record):
        kind, _, optional = str(item.type).partition(" | ")
        link = [ForeignKey(links[item.name], deferrable=True, initially="DEFERRED")] \
            if item.name in links else []  # fmt: skip
        columns.append(
            Column(
                item.name,
                _TYPES[kind](),
                *link,
                primary_key=item.name == "id",
                nullable=bool(optional),
            )
        )
    return Table(name, metadata, *columns)


def index(table: Table, column: str) -> None:
    """Let rows be found by a column."""
    Index(f"ix_{table.name}_{column}", table.c[column])
