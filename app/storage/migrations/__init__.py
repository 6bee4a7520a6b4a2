"""The way from any released schema to the newest: numbered steps, forward only."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from app.domain.errors import BinderUnusableError
from app.storage.migrations import m0001

STEPS: Final = (m0001.STATEMENTS,)
"""Statement lists; the first makes an empty file schema 1, the next turns 1 into 2, and so on."""

NEWEST: Final = len(STEPS)
APPLICATION_ID: Final = 0x436C4269
"""“ClBi”: marks an SQLite file as a binder of this program."""


def schema_version(connection: Connection) -> int:
    """Return the schema version of the file; 0 for an empty one.

    Raises:
        BinderUnusableError: the file belongs to another program, or to a newer one of ours.
    """
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if version and mark != APPLICATION_ID:
        raise BinderUnusableError(
            "This folder holds a database of another program. Choose the folder of a binder."
        )
    if version > NEWEST:
        raise BinderUnusableError(
            "This binder was last used with a newer ClaimBinder. "
            "Please install that version or a later one, then open the binder again."
        )
    return version


def migrate(connection: Connection) -> None:
    """Bring the file to the newest schema, all steps in the caller's one transaction."""
    version = schema_version(connection)
    for number, statements in enumerate(STEPS[version:], start=version + 1):
        for statement in statements:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA user_version = {number}")
    if version < NEWEST:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
