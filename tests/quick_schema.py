"""An empty binder in a fifth of the time: tests make thousands of them.

A new binder runs every migration from the first, and each column that one of them adds makes
SQLite read the whole schema again. Here the outcome of that is written down once a process, and
new binders get it as it is. How a binder comes to be in the program: `storage/test_migrations.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from sqlalchemy import Connection, create_engine
from sqlcipher3 import dbapi2

from app.storage.migrations import APPLICATION_ID, NEWEST, migrate, schema_version

_OF_THE_INDEX = re.compile(r"search(_numbers)?_(data|idx|content|docsize|config)")
"""Tables that the full-text index makes for itself."""


@cache
def newest_schema() -> tuple[str, ...]:
    """What the migrations lead to, as statements for an empty file."""
    engine = create_engine("sqlite://", module=dbapi2)
    with engine.begin() as connection:
        migrate(connection)
        rows = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
        ).all()
    engine.dispose()
    return tuple(sql for name, sql in rows if not _OF_THE_INDEX.fullmatch(name))


def migrate_quickly(connection: Connection) -> None:
    """Do what `migrate` does."""
    if schema_version(connection):
        migrate(connection)
        return
    for statement in newest_schema():
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA user_version = {NEWEST}")
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


@pytest.fixture(scope="session", autouse=True)
def new_binders_are_quick() -> Iterator[None]:
    """For the rooms that import it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.binder.migrate", migrate_quickly)
        yield
