"""The SQLite file: how it is opened, and transactions that begin when we say so.

The driver is the SQLite that the `sqlcipher3` wheel carries (no key: a plain SQLite file), since
Python's own may have the WAL-reset corruption bug. WAL with `synchronous=FULL` keeps every
acknowledged row through a power cut (tests/crash shows it) and lets the window read while a
paper is being written.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool
from sqlcipher3 import dbapi2

from app.domain.errors import BinderUnusableError, UserError

DATABASE: Final = "binder.db"
_BUSY_SECONDS: Final = 10
_LARGEST_WAL: Final = 4 << 20
"""Bytes to which the log is cut after a checkpoint; SQLite begins one at about this size."""

_PAGES_AT_A_TIME: Final = 512

# Result codes of SQLite (sqlite.org/rescode.html); the driver does not name them all.
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26

_SENTENCES: Final = {
    _FULL: "The disk is full. Free some space, then try again; nothing was lost.",
    _READONLY: (
        "The binder's folder cannot be written to. Move the binder to a folder of your own, "
        "or ask for the right to write there."
    ),
    _IOERR: (
        "The disk did not answer as it should: it may be full, or not connected. "
        "Check both, then try again."
    ),
    _CANTOPEN: (
        "The binder's database cannot be opened. Check that its folder is there and is yours."
    ),
}
_NOT_ALLOWED: Final = (
    "This place cannot be written to or read{place}. "
    "Choose another folder, or ask for the right to use this one."
)
_NAME_TOO_LONG: Final = "The name is too long for this disk{place}. Choose a shorter one."
_GONE: Final = (
    "This file or folder is not there any more{place}. Check that its drive is connected and "
    "that it was not moved, then try again."
)
_FILE_TOO_LARGE: Final = (
    "The file grew larger than this drive can hold. Older drives stop at 4 GB: choose another "
    "one, or have it formatted as exFAT."
)
_OS_SENTENCES: Final = (
    ({errno.ENOSPC, errno.EDQUOT}, _SENTENCES[_FULL]),
    ({errno.EROFS, errno.EACCES, errno.EPERM}, _NOT_ALLOWED),
    ({errno.ENAMETOOLONG}, _NAME_TOO_LONG),
    ({errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ESTALE}, _GONE),
    ({errno.EFBIG}, _FILE_TOO_LARGE),
    ({errno.EIO}, _SENTENCES[_IOERR]),
)
_INDEX_DAMAGED: Final = (
    "The search index is damaged; your papers are not. Run the full check (Help → Check the "
    "binder): it makes the index anew."
)
_DAMAGED: Final = frozenset({_CORRUPT, _NOTADB})
_HELD: Final = frozenset({_BUSY, _LOCKED})
_IN_USE: Final = "The binder is busy in another program. Close it there, then try again."


def open_engine(path: Path) -> Engine:
    """Return an engine on the file; nothing is read or made yet."""

    def connect() -> Any:
        connection = dbapi2.connect(  # pyright: ignore[reportAttributeAccessIssue] - a C module
            str(path), timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
            f"journal_size_limit = {_LARGEST_WAL}",
            "temp_store = MEMORY",
            "trusted_schema = OFF",
            "cache_size = -16384",
        ):
            connection.execute(f"PRAGMA {pragma}")
        if sys.platform == "darwin":
            connection.execute("PRAGMA fullfsync = ON")
        return connection

    engine = create_engine(
        "sqlite://", module=dbapi2, creator=connect, poolclass=QueuePool, pool_size=4
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:  # pyright: ignore[reportUnusedFunction]
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


@contextmanager
def reading(engine: Engine) -> Generator[Connection]:
    """A consistent view of the binder; sees no change made while it is open."""
    with plain_errors(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Generator[Connection]:
    """The one writer: waits its turn, commits on leaving, rolls back on any error."""
    with plain_errors():
        writer = engine.connect().execution_options(sqlite_begin="IMMEDIATE")
        with writer as connection, connection.begin():
            yield connection


def settle(engine: Engine) -> None:
    """Carry the log into the database and empty it: nothing that was deleted stays behind in it."""
    with plain_errors(), closing(engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()


def open_copy(path: Path) -> Engine:
    """Return an engine on a copy that only this program knows, to look at; it stays one file."""

    def connect() -> Any:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        return dbapi2.connect(uri, uri=True, isolation_level=None)  # pyright: ignore[reportAttributeAccessIssue]

    return create_engine("sqlite://", module=dbapi2, creator=connect, poolclass=NullPool)


def memory_engine() -> Engine:
    """Return an engine on a database in memory, gone with its last connection."""
    return create_engine("sqlite://", module=dbapi2)


def copy_database(engine: Engine, target: Path, on_pages: Callable[[], None]) -> None:
    """Copy the database as it is at this moment, while others go on reading and writing.

    `on_pages` is called again and again on the way, and may raise to stop.
    """

    def tell(*_: int) -> None:
        on_pages()

    with plain_errors(), closing(engine.raw_connection()) as pooled:
        source: Any = pooled.driver_connection
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM binder_facts").fetchone()  # the view begins here
        copy = dbapi2.connect(str(target), isolation_level=None)  # pyright: ignore[reportAttributeAccessIssue]
        with closing(copy):
            copy.execute("PRAGMA synchronous = OFF")  # the copy is read back before it counts
            source.backup(copy, pages=_PAGES_AT_A_TIME, progress=tell)
            copy.execute("PRAGMA journal_mode = DELETE")
        source.execute("ROLLBACK")


@contextmanager
def plain_errors() -> Generator[None]:
    """Turn what disks and locks do into sentences; let bugs through as they are."""
    try:
        yield
    except DBAPIError as error:
        raise (plain_error(error.orig) or error) from error
    except dbapi2.Error as error:  # pyright: ignore[reportAttributeAccessIssue]
        raise (plain_error(error) or error) from error
    except OSError as error:
        raise (plain_os_error(error) or error) from error


def plain_error(error: BaseException | None) -> UserError | None:
    """Return the sentence for a driver's error, or None if it is a bug of ours."""
    code = int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    text = str(error)
    if "fts5" in text.casefold():
        return UserError(_INDEX_DAMAGED)
    if code in _DAMAGED or "malformed" in text or "not a database" in text:
        return BinderUnusableError(
            "The binder's database is damaged. Restore the newest backup into a new folder, "
            "and keep the damaged one: the papers in its “originals” folder are still there."
        )
    if code in _HELD or "is locked" in text:
        return BinderUnusableError(_IN_USE)
    for known, words in (
        (_FULL, "disk is full"),
        (_READONLY, "readonly"),
        (_IOERR, "disk I/O"),
        (_CANTOPEN, "unable to open"),
    ):
        if code == known or words in text:
            return UserError(_SENTENCES[known])
    return UserError(_SENTENCES[code]) if code in _SENTENCES else None


def plain_os_error(error: OSError) -> UserError | None:
    """Return the sentence for a file system's error, or None if it is not the person's to mend."""
    place = f" ({Path(os.fsdecode(error.filename)).name})" if error.filename else ""
    sentence = next((text for codes, text in _OS_SENTENCES if error.errno in codes), None)
    return UserError(sentence.format(place=place)) if sentence else None
