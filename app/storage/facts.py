"""What is true of the binder as a whole: a name and a text each."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.storage.schema import binder_facts


def fact(connection: Connection, name: str) -> str | None:
    """Return what is noted under a name, or None."""
    query = select(binder_facts.c.value).where(binder_facts.c.name == name)
    return connection.execute(query).scalar_one_or_none()


def set_fact(connection: Connection, name: str, value: str) -> None:
    """Note a value under a name, in place of an earlier one."""
    row = upsert(binder_facts).values(name=name, value=value)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def forget_fact(connection: Connection, name: str) -> None:
    """Take a name out."""
    connection.execute(delete(binder_facts).where(binder_facts.c.name == name))
