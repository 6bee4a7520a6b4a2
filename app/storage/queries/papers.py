"""Papers in lists, their pages and their text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from app.domain.document import Part
from app.domain.page import corners_of
from app.storage.repository import record_of
from app.storage.schema import (
    claims,
    documents,
    pages,
    parts,
    passwords,
    people,
    readings,
    thumbnails,
)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper in a list. `read` is waiting, done or failed; `reason` says why it failed.

    `sha256` and `size` (bytes) are those of the first part and of all parts.
    """

    id: str
    name: str
    kind: str | None
    claim_id: str | None
    claim: str | None
    dated_on: date | None
    received_on: date | None
    note: str
    added_at: datetime
    author: str | None
    parts: int
    size: int
    sha256: str
    pages: int | None
    read: str
    reason: str | None
    needs_password: bool


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page of a paper and where it lies: `page` in the paper, `page_of_part` in its original.

    `turned` is by how many degrees clockwise the page had to be turned to stand upright; `corners`
    are those of the sheet in its photo, eight fractions as `app.domain.page.PageRead` has them.
    """

    page: int
    sha256: str
    media_type: str
    page_of_part: int
    part_pages: int | None
    width_pt: int
    height_pt: int
    turned: int
    how: str
    failed: str | None
    password: str | None
    corners: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class PageWords:
    """The kept text of a page; `packed` as `app.domain.page` packs it."""

    page: int
    how: str
    packed: bytes | None


def paper_rows(
    connection: Connection,
    *,
    claim_id: str | None = None,
    inbox: bool = False,
    trashed: bool = False,
    only: Iterable[str] | None = None,
) -> tuple[PaperRow, ...]:
    """Papers, the newest first: all, of one claim, of the Inbox (no claim yet), or in the trash."""
    some: list[ColumnElement[bool]] = []
    if claim_id:
        some.append(documents.c.claim_id == claim_id)
    if inbox:
        some += [documents.c.claim_id.is_(None), documents.c.kind.is_(None)]
    if only is not None:
        some.append(documents.c.id.in_(tuple(only)))
    in_trash = documents.c.trashed_at.is_not(None) if trashed else documents.c.trashed_at.is_(None)
    query = _paper_query(*some).where(in_trash)
    query = query.order_by(documents.c.added_at.desc(), documents.c.id)
    return tuple(_paper(row) for row in connection.execute(query))


def newest_papers(
    connection: Connection, *, first: Iterable[str], most: int
) -> tuple[PaperRow, ...]:
    """The `most` newest papers, the newest first; those of the kinds in `first` go before others.

    For where one is chosen from a drop-down field, which nobody reads to the end.
    """
    query = (
        select(documents.c.id)
        .where(documents.c.trashed_at.is_(None))
        .order_by(
            func.coalesce(documents.c.kind, "").in_(tuple(first)).desc(),
            documents.c.added_at.desc(),
        )
        .limit(most)
    )
    return paper_rows(connection, only=connection.execute(query).scalars())


def paper_row(connection: Connection, document_id: str) -> PaperRow | None:
    """One paper, in the trash or not."""
    query = _paper_query(documents.c.id == document_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else _paper(row)


def _paper(row: Sequence[Any]) -> PaperRow:
    values: list[Any] = list(row)
    values[-1] = bool(values[-1])
    return PaperRow(*values)


def inbox_count(connection: Connection) -> int:
    """How many papers wait to be sorted."""
    query = select(func.count()).where(
        documents.c.claim_id.is_(None), documents.c.kind.is_(None), documents.c.trashed_at.is_(None)
    )
    return connection.execute(query).scalar_one()


def holds_anything(connection: Connection) -> bool:
    """Return whether there is any claim or paper outside the trash."""
    paper = select(documents.c.id).where(documents.c.trashed_at.is_(None))
    claim = select(claims.c.id).where(claims.c.trashed_at.is_(None))
    return connection.execute(select(paper.exists() | claim.exists())).scalar_one()


def locked_papers(connection: Connection) -> int:
    """How many papers wait for their password."""
    query = (
        select(func.count(parts.c.document_id.distinct()))
        .join(readings, readings.c.sha256 == parts.c.sha256)
        .join(documents, documents.c.id == parts.c.document_id)
        .where(
            readings.c.state == "failed",  # its index spares a look at every paper
            readings.c.needs_password == 1,
            documents.c.trashed_at.is_(None),
        )
    )
    return connection.execute(query).scalar_one()


def _paper_query(*some: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """A row a paper: what its parts and their readings add up to.

    A paper has failed if a part has, is waiting while a part is, and is done otherwise. Where only
    `some` papers are asked for, only their parts are added up.
    """
    state = case(
        (func.sum(readings.c.state == "failed") > 0, "failed"),
        (func.sum(readings.c.state == "waiting") > 0, "waiting"),
        else_="done",
    )
    all_counted = func.count(readings.c.pages) == func.count()
    whole = (
        select(
            parts.c.document_id,
            func.count().label("parts"),
            func.sum(parts.c.size).label("size"),
            func.min(case((parts.c.position == 0, parts.c.sha256))).label("sha256"),
            case((all_counted, func.sum(readings.c.pages))).label("pages"),
            state.label("read"),
            func.min(readings.c.reason).label("reason"),
            func.max(readings.c.needs_password).label("needs_password"),
        )
        .join(readings, readings.c.sha256 == parts.c.sha256)
        .group_by(parts.c.document_id)
    )
    if some:
        whole = whole.where(parts.c.document_id.in_(select(documents.c.id).where(*some)))
    whole = whole.subquery()
    paper = documents.c
    query = (
        select(
            paper.id, paper.name, paper.kind, paper.claim_id, claims.c.title, paper.dated_on,
            paper.received_on, paper.note, paper.added_at, people.c.name, whole.c.parts,
            whole.c.size, whole.c.sha256, whole.c.pages, whole.c.read, whole.c.reason,
            whole.c.needs_password,
        )
        .join(whole, whole.c.document_id == paper.id)
        .outerjoin(claims, claims.c.id == paper.claim_id)
        .outerjoin(people, people.c.id == paper.author_id)
    )  # fmt: skip
    return query.where(*some)


def page_refs(connection: Connection, document_id: str) -> tuple[PageRef, ...]:
    """The pages of a paper in order, over all its parts; only those already read."""
    query = (
        select(
            parts.c.sha256, parts.c.media_type, pages.c.page, readings.c.pages, pages.c.width_pt,
            pages.c.height_pt, pages.c.turned, pages.c.how, pages.c.failed, passwords.c.password,
            pages.c.corners,
        )
        .join(pages, pages.c.sha256 == parts.c.sha256)
        .join(readings, readings.c.sha256 == parts.c.sha256)
        .outerjoin(passwords, passwords.c.sha256 == parts.c.sha256)
        .where(parts.c.document_id == document_id)
        .order_by(parts.c.position, pages.c.page)
    )  # fmt: skip
    return tuple(
        PageRef(number, *values, corners=corners_of(corners) if corners else None)
        for number, (*values, corners) in enumerate(connection.execute(query), start=1)
    )


def page_words(connection: Connection, document_id: str) -> tuple[PageWords, ...]:
    """The kept text of each page of a paper, in order."""
    query = (
        select(pages.c.how, pages.c.text)
        .join(parts, parts.c.sha256 == pages.c.sha256)
        .where(parts.c.document_id == document_id)
        .order_by(parts.c.position, pages.c.page)
    )
    return tuple(
        PageWords(number, row.how, row.text)
        for number, row in enumerate(connection.execute(query), start=1)
    )


def document_parts(connection: Connection, document_id: str) -> tuple[Part, ...]:
    """The originals a paper consists of, in order."""
    query = select(parts).where(parts.c.document_id == document_id).order_by(parts.c.position)
    return tuple(record_of("part", row) for row in connection.execute(query).mappings())


def locked_parts(connection: Connection, document_id: str) -> tuple[Part, ...]:
    """The originals of a paper that wait for a password."""
    query = (
        select(parts)
        .join(readings, readings.c.sha256 == parts.c.sha256)
        .where(parts.c.document_id == document_id, readings.c.needs_password == 1)
        .order_by(parts.c.position)
    )
    return tuple(record_of("part", row) for row in connection.execute(query).mappings())


def thumbnail(connection: Connection, document_id: str) -> bytes | None:
    """The small picture of a paper's first page, as JPEG, or None while there is none."""
    query = (
        select(thumbnails.c.jpeg)
        .join(parts, parts.c.sha256 == thumbnails.c.sha256)
        .where(parts.c.document_id == document_id)
        .order_by(parts.c.position)
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none()
