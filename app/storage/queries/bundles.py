"""Bundles: those that were made with their files, and what is asked while one is put together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.domain.bundle_choice import BlackOut
from app.domain.saved_bundle import SavedBundle, SavedFile
from app.storage.repository import record_of
from app.storage.schema import (
    black_outs,
    documents,
    expenses,
    saved_bundles,
    saved_files,
    sendings,
)


@dataclass(frozen=True, slots=True)
class MadeBundle:
    """A bundle that was made, its files in order, and whether it was sent."""

    bundle: SavedBundle
    files: tuple[SavedFile, ...]
    is_sent: bool

    @property
    def pages(self) -> int:
        """The pages of all its files."""
        return sum(file.pages for file in self.files)

    @property
    def size(self) -> int:
        """The bytes of all its files."""
        return sum(file.size for file in self.files)


def made_bundles(connection: Connection, claim_id: str | None = None) -> tuple[MadeBundle, ...]:
    """Bundles that were made, the newest first; of one claim or of all."""
    query = select(saved_bundles).order_by(saved_bundles.c.made_at.desc(), saved_bundles.c.id)
    if claim_id:
        query = query.where(saved_bundles.c.claim_id == claim_id)
    sent = set(connection.execute(select(sendings.c.bundle_id)).scalars())
    files: dict[str, list[SavedFile]] = {}
    for row in connection.execute(select(saved_files).order_by(saved_files.c.position)).mappings():
        file: SavedFile = record_of("saved_file", row)
        files.setdefault(file.bundle_id, []).append(file)
    found: list[SavedBundle] = [
        record_of("saved_bundle", row) for row in connection.execute(query).mappings()
    ]
    return tuple(
        MadeBundle(bundle, tuple(files.get(bundle.id, ())), bundle.id in sent) for bundle in found
    )


def black_outs_of(connection: Connection, document_ids: Collection[str]) -> tuple[BlackOut, ...]:
    """What is blacked out in papers, by page and from top to bottom."""
    box = black_outs.c
    query = select(black_outs).where(box.document_id.in_(document_ids))
    rows = connection.execute(query.order_by(box.document_id, box.page, box.y0, box.x0, box.id))
    return tuple(record_of("black_out", row) for row in rows.mappings())


def paid_by_papers(connection: Connection, claim_id: str) -> frozenset[str]:
    """The papers of a claim that an expense was entered from."""
    query = (
        select(expenses.c.document_id)
        .join(documents, documents.c.id == expenses.c.document_id)
        .where(documents.c.claim_id == claim_id, expenses.c.trashed_at.is_(None))
    )
    return frozenset(connection.execute(query).scalars())
