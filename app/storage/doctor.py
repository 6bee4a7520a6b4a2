"""Is everything there, whole, and findable? What the check of a binder asks, and mends.

Each question returns sentences; none means that all is well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import Final

from sqlalchemy import Connection, func, select

from app.domain.page import unpack_text
from app.jobs import Progress
from app.storage import search
from app.storage.database import memory_engine
from app.storage.indexed import WORDS, entry_of
from app.storage.repository import record_of
from app.storage.schema import RECORD_TABLES, originals, pages
from app.storage.search import Entry
from app.storage.used import used_originals
from app.storage.vault import Vault

_CHUNK: Final = 1 << 20
_BATCH: Final = 200
_INDEXES: Final = ("search", "search_numbers")

_BROKEN_DATABASE: Final = (
    "The binder's database is damaged. Restore the newest backup into a new folder, and keep the "
    "damaged binder: the papers in its “originals” folder are still there."
)
_BROKEN_LINKS: Final = (
    "Some records belong to records that are not there. Restore the newest backup into a new "
    "folder, and compare the two."
)
STALE_INDEX: Final = (
    "Search does not know every word of the papers. Run the full check: it makes the index anew."
)
RENEWED_INDEX: Final = (
    "Search did not know every word of the papers. Its index has been made anew; nothing was lost."
)


def missing(name: str) -> str:
    """The sentence for an original that is not there."""
    return f"The original of “{name}” is missing. Restore it from an older backup."


def damaged(name: str) -> str:
    """The sentence for an original whose bytes are not those that came in."""
    return f"The original of “{name}” is damaged. Restore it from an older backup."


def names_of(connection: Connection, digests: Sequence[str]) -> tuple[str, ...]:
    """Return the file names that originals came in with."""
    used = used_originals()
    query = select(used.c.name).where(used.c.sha256.in_(digests)).order_by(used.c.name)
    return tuple(connection.execute(query.distinct()).scalars())


def database_problems(connection: Connection) -> tuple[str, ...]:
    """Check the structure of the database and the links between its rows.

    Raises:
        sqlalchemy.exc.DBAPIError: it is so damaged that SQLite gives up.
    """
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
    if any(line != "ok" and not _is_about_search(line) for line in found):
        return (_BROKEN_DATABASE,)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        return (_BROKEN_LINKS,)
    return ()


@dataclass(frozen=True, slots=True)
class _Needed:
    sha256: str
    size: int
    name: str


def original_problems(
    connection: Connection, vault: Vault, progress: Progress, *, full: bool
) -> tuple[str, ...]:
    """Look for each original in use by its size; `full` reads and compares every byte."""
    used = used_originals()
    query = (
        select(originals.c.sha256, originals.c.size, func.min(used.c.name))
        .join(used, used.c.sha256 == originals.c.sha256)
        .group_by(originals.c.sha256)
        .order_by(originals.c.sha256)
    )
    needed = [_Needed(*row) for row in connection.execute(query)]
    problems: list[str] = []
    for number, item in enumerate(needed):

        def tick(number: int = number, name: str = item.name if full else "") -> None:
            progress.step(number, len(needed), name)

        tick()
        size = vault.size_of(item.sha256)
        if size is None:
            problems.append(missing(item.name))
        elif size != item.size or (full and _digest(vault, item, tick) != item.sha256):
            problems.append(damaged(item.name))
    return tuple(problems)


def _digest(vault: Vault, item: _Needed, tick: Callable[[], None]) -> str | None:
    """Return the SHA-256 of an original, or None if the disk cannot read it."""
    digest = hashlib.sha256()
    try:
        with vault.lend(item.sha256) as path, path.open("rb") as source:
            while piece := source.read(_CHUNK):
                digest.update(piece)
                tick()
    except OSError:
        return None
    return digest.hexdigest()


def unused_originals(connection: Connection, vault: Vault) -> int:
    """Count the originals that nothing uses.

    They are of an undone “Add” or of a bundle that made way, which Undo and Redo may take into use
    again; the next start destroys those that no step names any more. Or a crash left one while it
    came in: it does no harm, and adding the same file again takes it into use.
    """
    used = set(connection.execute(select(used_originals().c.sha256)).scalars())
    return sum(sha256 not in used for sha256 in vault.everything())


# ------------------------------------------------------------------------ the search index

_MATCHING: Final = """
    SELECT 1 FROM search_entries e LEFT JOIN search_docsize d ON d.id = e.number
    WHERE d.id IS NULL
    UNION ALL SELECT 1 FROM search_docsize d LEFT JOIN search_entries e ON e.number = d.id
    WHERE e.number IS NULL
    UNION ALL SELECT 1 FROM search_numbers_docsize d LEFT JOIN search_entries e ON e.number = d.id
    WHERE e.number IS NULL
    UNION ALL SELECT 1 FROM search_entries GROUP BY kind, ref, page HAVING count(*) > 1
    UNION ALL SELECT 1 FROM pages p
    LEFT JOIN search_entries e ON e.kind = 'page' AND e.ref = p.sha256 AND e.page = p.page
    WHERE e.number IS NULL
    UNION ALL SELECT 1 FROM search_entries e
    LEFT JOIN pages p ON e.ref = p.sha256 AND e.page = p.page
    WHERE e.kind = 'page' AND p.sha256 IS NULL
"""


def _is_about_search(line: str) -> bool:
    return "fts5" in line.casefold()


def index_agrees(connection: Connection) -> bool:
    """Return whether the search index has exactly one entry for each record and page."""
    questions = [_MATCHING]
    for kind in WORDS:
        table = RECORD_TABLES[kind][0].name
        questions.append(
            f"SELECT 1 FROM {table} t LEFT JOIN search_entries e "  # noqa: S608 - our own names
            f"ON e.kind = '{kind}' AND e.ref = t.id WHERE e.number IS NULL "
            f"UNION ALL SELECT 1 FROM search_entries e LEFT JOIN {table} t ON t.id = e.ref "
            f"WHERE e.kind = '{kind}' AND t.id IS NULL"
        )
    broken = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
    return not any(map(_is_about_search, broken)) and not any(
        connection.exec_driver_sql(question).first() for question in questions
    )


def index_knows_every_word(connection: Connection, progress: Progress) -> bool:
    """Return whether the index holds each word as often as records and pages do.

    An index of what should be there is made in memory and compared with the stored one.
    """
    schema = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_schema WHERE name IN ('search_entries', 'search', 'search_numbers')"
    ).scalars()
    with memory_engine().connect() as expected, expected.begin():
        for statement in schema.all():
            expected.exec_driver_sql(statement)
        for entries in _batches(connection, progress):
            search.put(expected, entries)
        return all(
            row == wanted
            for table in _INDEXES
            for row, wanted in zip_longest(_words(connection, table), _words(expected, table))
        )


def _words(connection: Connection, table: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word of an index with how many entries hold it, and how often."""
    run = connection.exec_driver_sql
    run(f"CREATE VIRTUAL TABLE temp.words_of_{table} USING fts5vocab(main, {table}, row)")
    try:
        for row in run(f"SELECT term, doc, cnt FROM temp.words_of_{table}"):  # noqa: S608
            yield row[0], row[1], row[2]
    finally:
        run(f"DROP TABLE temp.words_of_{table}")


def renew_index(connection: Connection, progress: Progress) -> None:
    """Make the search index anew from the records and the pages."""
    connection.exec_driver_sql("DELETE FROM search_entries")
    for table in _INDEXES:
        connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES('delete-all')")
    for entries in _batches(connection, progress):
        search.put(connection, entries)


def _batches(connection: Connection, progress: Progress) -> Iterator[Sequence[Entry]]:
    entries = _all_entries(connection)
    total = connection.execute(select(func.count()).select_from(pages)).scalar_one()
    done = 0
    while some := list(islice(entries, _BATCH)):
        done += len(some)
        progress.step(min(done, total), total, "Search")
        yield some


def _all_entries(connection: Connection) -> Iterator[Entry]:
    for kind in WORDS:
        for row in connection.execute(select(RECORD_TABLES[kind][0])).mappings():
            if entry := entry_of(kind, record_of(kind, row)):
                yield entry
    for sha256, page, packed in connection.execute(
        select(pages.c.sha256, pages.c.page, pages.c.text)
    ):
        yield Entry("page", sha256, "", _text(packed), page)


def _text(packed: bytes | None) -> str:
    try:
        return unpack_text(packed) if packed else ""
    except ValueError:  # read it again, and it is there again
        return ""
