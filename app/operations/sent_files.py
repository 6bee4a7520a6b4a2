"""The exact bytes that were sent: frozen among the originals, so that they can be shown again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.binder import Binder
from app.domain.document import Part
from app.domain.errors import UserError
from app.domain.saved_bundle import SavedBundle, SavedFile
from app.domain.sending import Sending
from app.importing.sniff import sniff
from app.operations.holding import Held, clean_name, hold
from app.operations.ids import new_id
from app.operations.papers import copy_whole
from app.storage.database import plain_errors
from app.storage.queries.papers import document_parts, paper_row
from app.storage.unit_of_work import UnitOfWork
from app.storage.vault import digest_of
from app.workers import WorkerPool
from app.workers.errors import WorkerError

_PDF: Final = "application/pdf"
_COUNT: Final = "app.exporting.page_count:count_pages"
_SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class WhatWentOut:
    """Files that were sent, safe in the vault; `kinds` are their media types."""

    files: tuple[SavedFile, ...] = ()
    kinds: tuple[str, ...] = ()


def hold_files(
    binder: Binder,
    paths: Sequence[Path] = (),
    document_ids: Sequence[str] = (),
    *,
    workers: WorkerPool | None = None,
) -> WhatWentOut:
    """Bring files that were sent into the vault, and add papers of the binder as they came in.

    With `workers` the pages of a PDF are counted; 0 stands for “not known”.

    Raises:
        UserError: a file cannot be read or has no bytes, or a paper does not exist.
    """
    files: list[SavedFile] = []
    kinds: list[str] = []
    for path in paths:
        held = hold(binder, path)
        if not isinstance(held, Held):
            raise UserError(f"“{clean_name(path.name)}”: {held.reason}")
        kinds.append(sniff(held.stored.head).media_type)
        pages = 0
        if workers and kinds[-1] == _PDF:
            pages = _pages_of(binder, held.stored.sha256, workers)
        files.append(_file_of(held, pages))
    if files:
        binder.vault.sync()
    for document_id in document_ids:
        paper = binder.ask(paper_row, document_id)
        if paper is None:
            raise UserError(f"There is no paper “{document_id}” in this binder.")
        parts = binder.ask(document_parts, document_id)
        pages = (paper.pages or 0) if len(parts) == 1 else 0
        files += [_original(part, pages) for part in parts]
        kinds += [part.media_type for part in parts]
    return WhatWentOut(tuple(files), tuple(kinds))


def freeze_files(
    binder: Binder,
    sending_id: str,
    paths: Sequence[Path] = (),
    *,
    document_ids: Sequence[str] = (),
    workers: WorkerPool | None = None,
) -> Sending:
    """Keep exact copies of what was sent, where something else than a bundle was.

    Raises:
        UserError: as `hold_files`, nothing is named, or the sending does not exist.
    """
    out = hold_files(binder, paths, document_ids, workers=workers)
    if not out.files:
        raise UserError("Choose at least one file or paper that was sent.")
    with binder.operation("Keep what was sent") as work:
        return keep_files(binder, work, work.sendings.get(sending_id), out)


def keep_files(binder: Binder, work: UnitOfWork, sending: Sending, out: WhatWentOut) -> Sending:
    """Do what `freeze_files` does within a larger operation; without files nothing changes."""
    if not out.files:
        return sending
    work.derived.register_all(
        [(file.sha256, file.size, kind) for file, kind in zip(out.files, out.kinds, strict=True)],
        binder.now(),
    )
    bundle = work.saved_bundles.add(
        SavedBundle(
            id=new_id(), claim_id=sending.claim_id, denial_id=sending.denial_id,
            title=out.files[0].name, author_id=binder.author_id, made_at=binder.now(),
        )
    )  # fmt: skip
    for position, file in enumerate(out.files):
        work.saved_files.add(replace(file, bundle_id=bundle.id, position=position))
    return work.sendings.save(replace(sending, bundle_id=bundle.id))


def take_out(binder: Binder, file: SavedFile, folder: Path) -> Path:
    """Write a frozen file into a folder, byte for byte, and return where it lies.

    Another file of that name stays as it is; the copy then gets a number behind its name.

    Raises:
        UserError: the kept copy is missing or damaged, or the folder cannot be written to.
    """
    if not binder.vault.holds(file.sha256):
        raise UserError(
            f"The kept copy of “{file.name}” is missing from the binder. "
            "Restore it from your newest backup."
        )
    with binder.vault.lend(file.sha256) as kept:
        if digest_of(kept) != file.sha256:
            raise UserError(
                f"The kept copy of “{file.name}” is damaged on this disk: it is no longer what "
                "was sent. Restore it from your newest backup."
            )
        target = _place_for(file, folder)
        if not target.exists():
            with plain_errors():
                copy_whole(kept, target)
    return target


def _place_for(file: SavedFile, folder: Path) -> Path:
    """Return where a copy may lie: no file of another content is there."""
    name = Path(clean_name(Path(file.name).name))
    target, number = folder / name, 1
    while target.exists() and not (target.is_file() and digest_of(target) == file.sha256):
        number += 1
        target = folder / f"{name.stem} ({number}){name.suffix}"
    return target


def _pages_of(binder: Binder, sha256: str, workers: WorkerPool) -> int:
    """Return how many pages a PDF has; what cannot be opened is kept all the same."""
    try:
        with binder.vault.lend(sha256) as kept:
            reply = workers.call(_COUNT, {"path": str(kept)}, seconds=_SECONDS)
    except WorkerError:
        return 0
    return int(reply.values["pages"])


def _file_of(held: Held, pages: int) -> SavedFile:
    return SavedFile(
        id=new_id(), bundle_id="", position=0, name=clean_name(Path(held.path).name),
        sha256=held.stored.sha256, pages=pages, size=held.stored.size,
    )  # fmt: skip


def _original(part: Part, pages: int) -> SavedFile:
    return SavedFile(
        id=new_id(), bundle_id="", position=0, name=part.name, sha256=part.sha256, pages=pages,
        size=part.size,
    )  # fmt: skip
