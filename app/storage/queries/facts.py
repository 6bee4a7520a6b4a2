"""What was read in papers, what people said about it, and which papers are still to be sifted."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.domain.fact import KindRead, Sifted
from app.domain.fact_rows import FactRow, fact_rows
from app.domain.said import PageEdges, SaidFact
from app.domain.sifted_form import unpack_sifted
from app.storage.repository import record_of
from app.storage.schema import page_edges, pages, parts, passwords, said_facts, siftings

_READY = """
    SELECT d.id, whole.made_of
    FROM documents d
    JOIN (
        SELECT p.document_id, group_concat(p.sha256, ' ' ORDER BY p.position) AS made_of
        FROM parts p JOIN readings r ON r.sha256 = p.sha256
        WHERE :only IS NULL OR p.document_id IN (
            SELECT document_id FROM parts WHERE sha256 IN (SELECT value FROM json_each(:only))
        )
        GROUP BY p.document_id HAVING sum(r.state = 'waiting') = 0 AND sum(r.state = 'done') > 0
    ) whole ON whole.document_id = d.id
    LEFT JOIN siftings s ON s.document_id = d.id
    WHERE s.document_id IS NULL OR s.version < :version OR s.made_of <> whole.made_of
    ORDER BY d.added_at, d.id
"""


@dataclass(frozen=True, slots=True)
class Unsifted:
    """A paper whose pages are all read, but not yet sifted; `made_of` are its parts' digests."""

    document_id: str
    made_of: str


@dataclass(frozen=True, slots=True)
class KeptPageRef:
    """A page with its packed text and what is needed to open it in its file."""

    sha256: str
    media_type: str
    page_of_part: int
    width_pt: int
    height_pt: int
    turned: int
    password: str | None
    packed: bytes | None


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What is known of a paper: its kind as read, its values, where other letters begin in it.

    `questions` are asked where amounts of an EOB or a bill do not add up.
    """

    kind: KindRead
    rows: tuple[FactRow, ...]
    letters: tuple[int, ...]
    is_sifted: bool
    questions: tuple[str, ...] = ()


def paper_facts(connection: Connection, document_id: str) -> PaperFacts:
    """What is known of a paper: read by the machine, and said by people."""
    read = sifted(connection, document_id)
    rows = fact_rows(read, said(connection, document_id))
    if read is None:
        return PaperFacts(KindRead(None, 0.0), rows, (1,), is_sifted=False)
    return PaperFacts(read.kind, rows, read.letters, is_sifted=True, questions=read.questions)


def unsifted(
    connection: Connection, version: int, digests: Collection[str] | None = None
) -> tuple[Unsifted, ...]:
    """Papers to sift, oldest first: new ones, joined ones, and those of an older reader.

    `digests` names the originals whose papers are asked for; None asks for all papers.
    """
    only = None if digests is None else json.dumps(sorted(digests))
    rows = connection.exec_driver_sql(_READY, {"version": version, "only": only})
    return tuple(Unsifted(*row) for row in rows)


def kept_pages(connection: Connection, document_id: str, most: int) -> tuple[KeptPageRef, ...]:
    """The first pages of a paper, over all its parts."""
    query = (
        select(
            parts.c.sha256, parts.c.media_type, pages.c.page, pages.c.width_pt, pages.c.height_pt,
            pages.c.turned, passwords.c.password, pages.c.text,
        )
        .join(pages, pages.c.sha256 == parts.c.sha256)
        .outerjoin(passwords, passwords.c.sha256 == parts.c.sha256)
        .where(parts.c.document_id == document_id)
        .order_by(parts.c.position, pages.c.page)
        .limit(most)
    )  # fmt: skip
    return tuple(KeptPageRef(*row) for row in connection.execute(query))


def sifted(connection: Connection, document_id: str) -> Sifted | None:
    """What was read in a paper; None while it is not sifted."""
    query = select(siftings.c.sifted).where(siftings.c.document_id == document_id)
    packed = connection.execute(query).scalar_one_or_none()
    return None if packed is None else unpack_sifted(packed)


def sifted_papers(connection: Connection, document_ids: Collection[str]) -> dict[str, Sifted]:
    """What was read in several papers, by their ids."""
    query = select(siftings.c.document_id, siftings.c.sifted)
    query = query.where(siftings.c.document_id.in_(document_ids))
    return {key: unpack_sifted(packed) for key, packed in connection.execute(query)}


def said(connection: Connection, document_id: str) -> tuple[SaidFact, ...]:
    """What people said about the values in a paper, the first first."""
    query = select(said_facts).where(said_facts.c.document_id == document_id)
    rows = connection.execute(query.order_by(said_facts.c.added_at, said_facts.c.id)).mappings()
    return tuple(record_of("said_fact", row) for row in rows)


def edges_set(connection: Connection, sha256: str) -> tuple[PageEdges, ...]:
    """The corners of pages of an original that a person has set."""
    query = select(page_edges).where(page_edges.c.sha256 == sha256).order_by(page_edges.c.page)
    return tuple(record_of("page_edges", row) for row in connection.execute(query).mappings())
