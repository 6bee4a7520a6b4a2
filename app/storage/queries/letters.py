"""The letters that were written, and the records that a new one is filled from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from app.domain.due_item import DueItem
from app.domain.letter import Letter
from app.domain.letter_template import blanks_in
from app.storage.repository import record_of
from app.storage.schema import claims, documents, due_items, letters, saved_bundles


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter in a list. `blanks` is how many it still holds.

    `document_id` is the paper that was kept of it; None where that paper lies in the trash.
    """

    id: str
    kind: str
    title: str
    claim_id: str | None
    claim: str | None
    denial_id: str | None
    blanks: int
    signed_on: date | None
    document_id: str | None
    changed_at: datetime

    @property
    def state(self) -> str:
        """`kept` as a paper, `signed`, or still a `draft`."""
        if self.document_id:
            return "kept"
        return "signed" if self.signed_on else "draft"


def letter_rows(connection: Connection, *, claim_id: str | None = None) -> tuple[LetterRow, ...]:
    """The letters that are not in the trash, the newest first; of one claim or of all."""
    paper = documents.c
    query = (
        select(letters, claims.c.title.label("claim_title"), paper.id.label("paper_id"))
        .outerjoin(claims, claims.c.id == letters.c.claim_id)
        .outerjoin(documents, (paper.id == letters.c.document_id) & paper.trashed_at.is_(None))
        .where(letters.c.trashed_at.is_(None), claims.c.trashed_at.is_(None))
        .order_by(letters.c.changed_at.desc(), letters.c.id)
    )
    if claim_id:
        query = query.where(letters.c.claim_id == claim_id)
    rows: list[LetterRow] = []
    for row in connection.execute(query).mappings():
        letter: Letter = record_of("letter", {key: row[key] for key in letters.c.keys()})  # noqa: SIM118 - a collection of columns
        rows.append(
            LetterRow(
                letter.id, letter.kind, letter.title, letter.claim_id, row["claim_title"],
                letter.denial_id, len(blanks_in(letter.body)), letter.signed_on,
                row["paper_id"], letter.changed_at,
            )
        )  # fmt: skip
    return tuple(rows)


def appeal_date(connection: Connection, denial_id: str) -> DueItem | None:
    """The entry of the calendar by which a denial has to be appealed, an open one first."""
    query = (
        select(due_items)
        .where(due_items.c.denial_id == denial_id, due_items.c.kind == "appeal")
        .order_by(due_items.c.done_on.nulls_first(), due_items.c.last_day)
        .limit(1)
    )
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else record_of("due_item", row)


def newest_exhibits(connection: Connection, claim_id: str) -> str:
    """What went into the newest bundle of a claim, as its JSON list; empty for no bundle."""
    query = (
        select(saved_bundles.c.exhibits)
        .where(saved_bundles.c.claim_id == claim_id)
        .order_by(saved_bundles.c.made_at.desc())
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none() or ""
