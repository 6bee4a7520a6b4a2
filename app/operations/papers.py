"""What a person does with papers: file, join, describe, take the original out."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.binder import Binder
from app.domain.document import KINDS, Document
from app.domain.errors import UserError
from app.importing.reader import DocumentReader
from app.operations.arrived import settle_arrived_within
from app.operations.intake import clean_name
from app.operations.paper_links import join_links, pages_known
from app.storage.database import plain_errors
from app.storage.queries.papers import document_parts, page_refs
from app.storage.queries.records import record
from app.storage.vault import replace as rename


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A copy of an original: where it lies, its size in bytes and its SHA-256."""

    path: Path
    size: int
    sha256: str


def file_paper(
    binder: Binder,
    document_id: str,
    *,
    claim_id: str | None = None,
    kind: str | None = None,
    dated_on: date | None = None,
    received_on: date | None = None,
) -> Document:
    """Sort a paper: under a claim, as a kind, with its dates. None leaves a value as it is.

    Raises:
        UserError: the paper or the claim does not exist, or the kind is none of ours.
    """
    _refuse_kind(kind)
    with binder.operation("File a paper") as work:
        document = work.documents.get(document_id)
        if claim_id:
            work.claims.get(claim_id)
        filed = work.documents.save(
            replace(
                document,
                claim_id=claim_id or document.claim_id,
                kind=kind or document.kind,
                dated_on=dated_on or document.dated_on,
                received_on=received_on or document.received_on,
            )
        )
        if filed.claim_id:
            settle_arrived_within(binder, work, filed.claim_id)
        return filed


def change_paper(binder: Binder, document: Document) -> Document:
    """Replace what a person said about a paper; an empty claim or kind takes it back."""
    _refuse_kind(document.kind)
    with binder.operation("Change a paper") as work:
        if document.claim_id:
            work.claims.get(document.claim_id)
        return work.documents.save(replace(document, name=clean_name(document.name)))


def join_papers(binder: Binder, document_ids: Sequence[str]) -> Document:
    """Make one paper of several, in this order: three photos are one letter.

    The first keeps its name, kind and claim, and takes what it lacks from the next ones. All
    originals stay. Undo takes them apart again.

    Raises:
        UserError: fewer than two papers are named, one does not exist, or a page is named of one
            whose pages are not counted yet.
    """
    ids = list(dict.fromkeys(document_ids))
    if len(ids) < 2:
        raise UserError("Choose two or more papers to join into one.")
    before: int | None = 0
    starts: dict[str, int | None] = {}
    for key in ids:
        pages = pages_known(binder.ask(page_refs, key))
        starts[key] = before
        before = before + pages if before is not None and pages is not None else None
    with binder.operation(f"Join {len(ids)} papers") as work:
        whole = work.documents.get(ids[0])
        position = 0
        for key in ids:
            document = work.documents.get(key)
            parts = sorted(work.parts.where(document_id=key), key=lambda part: part.position)
            for part in parts:
                work.parts.save(replace(part, document_id=whole.id, position=position))
                position += 1
            if key != whole.id:
                join_links(work, key, whole.id, starts[key])
                whole = replace(
                    whole,
                    kind=whole.kind or document.kind,
                    claim_id=whole.claim_id or document.claim_id,
                    dated_on=whole.dated_on or document.dated_on,
                    received_on=whole.received_on or document.received_on,
                )
                work.documents.remove(key)
        return work.documents.save(whole)


def take_original_out(binder: Binder, document_id: str, target: Path) -> list[TakenOut]:
    """Copy the exact bytes that came in; a paper of several parts gives NAME, NAME-2, NAME-3.

    Raises:
        UserError: there is no such paper, the target exists, or cannot be written.
    """
    parts = binder.ask(document_parts, document_id)
    if not parts:
        raise UserError(f"There is no paper “{document_id}” in this binder.")
    targets = [
        target if number == 1 else target.with_name(f"{target.stem}-{number}{target.suffix}")
        for number in range(1, len(parts) + 1)
    ]
    taken: list[TakenOut] = []
    with plain_errors():
        for part, place in zip(parts, targets, strict=True):
            with binder.vault.lend(part.sha256) as source:
                copy_whole(source, place)
            with place.open("rb") as copied:
                digest = hashlib.file_digest(copied, "sha256").hexdigest()
            if digest != part.sha256:
                raise UserError(
                    f"The original of “{part.name}” is damaged on this disk. "
                    "Restore it from your newest backup."
                )
            taken.append(TakenOut(place, part.size, digest))
    return taken


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that the target is either whole or not there.

    Raises:
        UserError: the target's folder is not there.
    """
    if not target.parent.is_dir():
        raise UserError(f"There is no folder “{target.parent}”. Choose one that exists.")
    draft = target.with_name(f".{uuid4().hex}.part")
    try:
        with source.open("rb") as reader, draft.open("xb") as writer:
            shutil.copyfileobj(reader, writer, 1 << 20)
            writer.flush()
            os.fsync(writer.fileno())
        rename(draft, target)
    finally:
        draft.unlink(missing_ok=True)


def page_picture(
    binder: Binder, reader: DocumentReader, document_id: str, page: int, width_px: int
) -> bytes:
    """Return the upright picture of a page of a paper, as PNG or JPEG, about `width_px` wide.

    Raises:
        UserError: the page is not there (yet) or cannot be shown; the sentence says why.
    """
    refs = binder.ask(page_refs, document_id)
    if not 1 <= page <= len(refs):
        raise UserError("This page is still being read. It will be shown in a moment.")
    ref = refs[page - 1]
    if ref.failed:
        raise UserError(ref.failed)
    with binder.vault.lend(ref.sha256) as path:
        return reader.render(
            path, media_type=ref.media_type, page=ref.page_of_part, width_px=width_px,
            password=ref.password, turned=ref.turned, corners=ref.corners,
        )  # fmt: skip


def _refuse_kind(kind: str | None) -> None:
    if kind is not None and kind not in KINDS:
        raise UserError(f"“{kind}” is not a kind of paper. The kinds are: {', '.join(KINDS)}.")


def wanted(binder: Binder, kind: str, key: str) -> Any:
    """Return a record that must exist.

    Raises:
        UserError: there is none.
    """
    found = binder.ask(record, kind, key)
    if found is None:
        raise UserError(f"There is no {kind.replace('_', ' ')} “{key}” in this binder.")
    return found
