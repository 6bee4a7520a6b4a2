"""Anything by typing: what the search box and `find` show."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.page import unpack_text
from app.storage import search
from app.storage.indexed import WORDS
from app.storage.money_tables import aids, necessity_letters
from app.storage.repository import record_of
from app.storage.schema import RECORD_TABLES, authorizations, claims, expenses
from app.storage.search import Found


@dataclass(frozen=True, slots=True)
class Hit:
    """A match: the kind and id of a record, its title, the words around, the page of a paper."""

    what: str
    id: str
    title: str
    snippet: str
    page: int | None


@dataclass(frozen=True, slots=True)
class _Place:
    """A page of a paper that matches; its text is fetched only if it is shown."""

    document_id: str
    name: str
    sha256: str
    page: int
    pages_before: int


def find_anything(
    connection: Connection, typed: str, *, limit: int = 50, ranked: bool = False
) -> tuple[Hit, ...]:
    """Return what matches; each paper once. What lies in the trash, or hangs on it, is left out.

    `ranked` puts the best first (for a finished search); else numbers and the newest come first.
    """
    shown: dict[tuple[str, str], Any] = {}
    for some in search.matches(connection, typed, ranked=ranked):
        records = _records(connection, some)
        places = _places(connection, some)
        for found in some:
            if found.kind == "page":
                for key, name, before in places.get(found.ref, ()):
                    at = _Place(key, name, found.ref, found.page, before)
                    shown.setdefault(("document", key), at)
            elif record := records.get((found.kind, found.ref)):
                shown.setdefault((found.kind, found.ref), record)
        if len(shown) >= limit:
            break
    first = list(shown.items())[:limit]
    texts = _texts(connection, [at for _, at in first if isinstance(at, _Place)])
    return tuple(_hit(kind, what, typed, texts) for (kind, _), what in first)


def _hit(kind: str, what: Any, typed: str, texts: dict[tuple[str, int], str]) -> Hit:
    if isinstance(what, _Place):
        around = search.snippet(texts.get((what.sha256, what.page), ""), typed)
        return Hit(kind, what.document_id, what.name, around, what.pages_before + what.page)
    title, body = WORDS[kind](what)
    return Hit(kind, what.id, title, search.snippet(body or title, typed), None)


_OWNERS: Final = (
    ("claim_id", claims),
    ("authorization_id", authorizations),
    ("expense_id", expenses),
    ("aid_id", aids),
    ("necessity_id", necessity_letters),
)
_OUTLIVE_THEIR_CLAIM: Final = frozenset({"document", "call", "expense", "eob", "bill", "aid"})
"""Kinds that can be found although their claim lies in the trash: they stay when it is deleted."""


def _records(connection: Connection, some: Sequence[Found]) -> dict[tuple[str, str], Any]:
    """Return the matching records that are not in the trash, nor hang on what is."""
    ids: dict[str, list[str]] = {}
    for found in some:
        if found.kind in WORDS:
            ids.setdefault(found.kind, []).append(found.ref)
    records: dict[tuple[str, str], Any] = {}
    for kind, refs in ids.items():
        table, _ = RECORD_TABLES[kind]
        query = select(table).where(table.c.id.in_(refs))
        if "trashed_at" in table.c:
            query = query.where(table.c.trashed_at.is_(None))
        for column, owners in _OWNERS:
            if column in table.c and kind not in _OUTLIVE_THEIR_CLAIM:
                query = query.outerjoin(owners, owners.c.id == table.c[column])
                query = query.where(owners.c.trashed_at.is_(None))
        for row in connection.execute(query).mappings():
            records[kind, row["id"]] = record_of(kind, row)
    return records


_PAPERS_OF: Final = """
    SELECT p.sha256, d.id, d.name,
        (SELECT total(r.pages) FROM parts b JOIN readings r ON r.sha256 = b.sha256
         WHERE p.position > 0 AND b.document_id = d.id AND b.position < p.position)
    FROM parts p JOIN documents d ON d.id = p.document_id
    WHERE p.sha256 IN (SELECT value FROM json_each(?)) AND d.trashed_at IS NULL
    ORDER BY p.position
"""


def _places(connection: Connection, some: Sequence[Found]) -> dict[str, list[tuple[str, str, int]]]:
    """Return id, name and pages before of each paper that uses a matching original, by digest."""
    digests = {found.ref for found in some if found.kind == "page"}
    places: dict[str, list[tuple[str, str, int]]] = {}
    if digests:
        rows = connection.exec_driver_sql(_PAPERS_OF, (json.dumps(sorted(digests)),))
        for sha256, key, name, before in rows:
            places.setdefault(sha256, []).append((key, name, int(before)))
    return places


def _texts(connection: Connection, places: Iterable[_Place]) -> dict[tuple[str, int], str]:
    """Return the text of each page, by digest and number."""
    wanted = json.dumps([(place.sha256, place.page) for place in places])
    query = (
        "SELECT p.sha256, p.page, p.text FROM json_each(?) w JOIN pages p "
        "ON p.sha256 = w.value ->> 0 AND p.page = w.value ->> 1 WHERE p.text IS NOT NULL"
    )
    rows = connection.exec_driver_sql(query, (wanted,))
    return {(sha256, page): unpack_text(packed) for sha256, page, packed in rows}
