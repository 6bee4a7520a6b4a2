"""Anything by typing: what the search box and `find` show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from app.domain.page import unpack_text
from app.storage import search
from app.storage.indexed import WORDS
from app.storage.repository import fetch
from app.storage.schema import documents, pages, parts, readings
from app.storage.search import Found


@dataclass(frozen=True, slots=True)
class Hit:
    """A match: the kind and id of a record, its title, the words around, the page of a paper."""

    what: str
    id: str
    title: str
    snippet: str
    page: int | None


def find_anything(
    connection: Connection, typed: str, *, limit: int = 50, ranked: bool = False
) -> tuple[Hit, ...]:
    """Return what matches; each paper once. What lies in the trash is left out.

    `ranked` puts the best first (for a finished search); else numbers and the newest come first.
    """
    hits: dict[tuple[str, str], Hit] = {}
    for found in search.find(connection, typed, limit=2 * limit, ranked=ranked):
        for hit in _hits(connection, found, typed):
            hits.setdefault((hit.what, hit.id), hit)
        if len(hits) >= limit:
            break
    return tuple(hits.values())[:limit]


def _hits(connection: Connection, found: Found, typed: str) -> list[Hit]:
    if found.kind == "page":
        return _page_hits(connection, found, typed)
    record = fetch(connection, found.kind, found.ref)
    if record is None or getattr(record, "trashed_at", None):
        return []
    title, body = WORDS[found.kind](record)
    return [Hit(found.kind, found.ref, title, search.snippet(body or title, typed), None)]


def _page_hits(connection: Connection, found: Found, typed: str) -> list[Hit]:
    query = (
        select(documents.c.id, documents.c.name, parts.c.position)
        .join(parts, parts.c.document_id == documents.c.id)
        .where(parts.c.sha256 == found.ref, documents.c.trashed_at.is_(None))
    )
    papers = connection.execute(query).all()
    if not papers:
        return []
    packed = connection.execute(
        select(pages.c.text).where(pages.c.sha256 == found.ref, pages.c.page == found.page)
    ).scalar_one_or_none()
    around = search.snippet(unpack_text(packed) if packed else "", typed)
    return [
        Hit("document", row.id, row.name, around, _pages_before(connection, row) + found.page)
        for row in papers
    ]


def _pages_before(connection: Connection, row: Any) -> int:
    """How many pages the earlier parts of a paper have."""
    if row.position == 0:
        return 0
    query = (
        select(readings.c.pages)
        .join(parts, parts.c.sha256 == readings.c.sha256)
        .where(parts.c.document_id == row.id, parts.c.position < row.position)
    )
    return sum(count or 0 for count in connection.execute(query).scalars())
