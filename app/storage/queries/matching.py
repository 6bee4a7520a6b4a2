"""Which claims a paper may belong to, and which papers are nearly the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from app.domain.matching import (
    PRINT,
    Sign,
    Suggestion,
    are_nearly_same,
    key_of,
    suggestions,
)
from app.domain.page import unpack_text
from app.storage.queries.papers import page_words
from app.storage.schema import claims, documents, people, plans, sifted_values

_MOST_COMPARED = 12


@dataclass(frozen=True, slots=True)
class Likeness:
    """A paper that is nearly the same as another: a second scan, or a fax of it."""

    document_id: str
    name: str
    added_at: datetime


def claim_suggestions(connection: Connection, document_id: str) -> tuple[Suggestion, ...]:
    """The claims that a paper may belong to, the likeliest first, each with its reason."""
    return suggestions(
        [*_by_papers(connection, document_id), *_by_records(connection, document_id)]
    )


def near_duplicates(connection: Connection, document_id: str) -> tuple[Likeness, ...]:
    """The papers that say nearly word for word what this one says; both stay where they are."""
    mine, theirs = sifted_values.alias(), sifted_values.alias()
    query = (
        select(documents.c.id, documents.c.name, documents.c.added_at)
        .select_from(mine)
        .join(theirs, (theirs.c.name == PRINT) & (theirs.c.value == mine.c.value))
        .join(documents, documents.c.id == theirs.c.document_id)
        .where(
            mine.c.document_id == document_id,
            mine.c.name == PRINT,
            documents.c.id != document_id,
            documents.c.trashed_at.is_(None),
        )
        .group_by(documents.c.id)
        .order_by(func.count().desc(), documents.c.added_at, documents.c.id)
        .limit(_MOST_COMPARED)
    )
    rows = connection.execute(query).all()
    text = _text(connection, document_id) if rows else ""
    return tuple(Likeness(*row) for row in rows if are_nearly_same(text, _text(connection, row[0])))


def _by_papers(connection: Connection, document_id: str) -> Iterator[Sign]:
    """Yield the values that a paper shares with papers that are filed under a claim."""
    mine, theirs = sifted_values.alias(), sifted_values.alias()
    query = (
        select(documents.c.claim_id, theirs.c.name, theirs.c.value, documents.c.name)
        .select_from(mine)
        .join(theirs, (theirs.c.name == mine.c.name) & (theirs.c.value == mine.c.value))
        .join(documents, documents.c.id == theirs.c.document_id)
        .join(claims, claims.c.id == documents.c.claim_id)
        .where(
            mine.c.document_id == document_id,
            mine.c.name != PRINT,
            documents.c.id != document_id,
            documents.c.trashed_at.is_(None),
            claims.c.trashed_at.is_(None),
        )
        .order_by(documents.c.added_at, documents.c.id)
    )
    return (Sign(*row) for row in connection.execute(query))


def _by_records(connection: Connection, document_id: str) -> Iterator[Sign]:
    """Yield the values that a paper shares with what is typed about a claim."""
    query = select(sifted_values.c.name, sifted_values.c.value)
    query = query.where(sifted_values.c.document_id == document_id, sifted_values.c.name != PRINT)
    mine = {(row.name, row.value) for row in connection.execute(query)}
    if not mine:
        return
    typed = (
        select(
            claims.c.id, claims.c.number.label("claim_number"), claims.c.provider,
            claims.c.service_on, people.c.name.label("patient"), plans.c.member_id,
        )
        .outerjoin(people, people.c.id == claims.c.person_id)
        .outerjoin(plans, plans.c.id == claims.c.plan_id)
        .where(claims.c.trashed_at.is_(None))
    )  # fmt: skip
    for row in connection.execute(typed).mappings():
        served = row["service_on"]
        values = {
            "claim_number": row["claim_number"],
            "provider": row["provider"],
            "patient": row["patient"],
            "member_id": row["member_id"],
            "service_date": served.isoformat() if served else "",
        }
        for name, value in values.items():
            if value and (name, key_of(value)) in mine:
                yield Sign(row["id"], name, value)


def _text(connection: Connection, document_id: str) -> str:
    return "\n".join(
        unpack_text(page.packed) for page in page_words(connection, document_id) if page.packed
    )
