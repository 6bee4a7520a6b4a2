"""The way from any released schema to the newest: numbered steps, forward only."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from app.domain.errors import BinderUnusableError
from app.storage.migrations import m0001, m0002, m0003, m0004, m0005

STEPS: Final = (
    m0001.STATEMENTS,
    m0002.STATEMENTS,
    m0003.STATEMENTS,
    m0004.STATEMENTS,
    m0005.STATEMENTS,
)
"""Statement lists; the first makes an empty file schema 1, the next turns 1 into 2, and so on."""

NEWEST: Final = len(STEPS)
APPLICATION_ID: Final = 0x436C4269
"""“ClBi”: marks an SQLite file as a binder of this program."""

_FOREIGN: Final = "This folder holds a database of another program. Choose the folder of a binder."
_EMPTY: Final = "The binder's database is empty. Restore the newest backup into a new folder."

# Where the header has them (sqlite.org/fileformat.html): pages of the file, version, mark.
_PAGES_AT: Final = slice(28, 32)
_VERSION_AT: Final = slice(60, 64)
_MARK_AT: Final = slice(68, 72)


def look_before_opening(file: Path) -> None:
    """Refuse a file that is not ours by its first bytes: opening would already change it.

    Raises:
        BinderUnusableError: it is empty, no database, or that of another program.
    """
    with file.open("rb") as source:
        header = source.read(100)
    if not header:
        raise BinderUnusableError(_EMPTY)
    log = file.with_name(f"{file.name}-wal")
    if log.is_file() and log.stat().st_size:  # the mark may still be in the log
        return
    pages, version, mark = (
        int.from_bytes(header[place], "big") for place in (_PAGES_AT, _VERSION_AT, _MARK_AT)
    )
    if header.startswith(b"SQLite format 3\0") and mark != APPLICATION_ID:
        raise BinderUnusableError(_FOREIGN if pages > 1 or version else _EMPTY)


def schema_version(connection: Connection) -> int:
    """Return the schema version of the file; 0 for an empty one.

    Raises:
        BinderUnusableError: the file belongs to another program, or to a newer one of ours.
    """
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if version and mark != APPLICATION_ID:
        raise BinderUnusableError(_FOREIGN)
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
