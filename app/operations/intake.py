"""Taking papers in: stored at once, whatever they are; reading comes later and apart."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from app.binder import Binder
from app.domain.document import KINDS, Document, Part
from app.domain.errors import UserError
from app.importing.sniff import sniff
from app.jobs import Progress
from app.operations.ids import new_id
from app.storage.database import plain_errors, plain_os_error
from app.storage.queries.records import record
from app.storage.unit_of_work import UnitOfWork
from app.storage.vault import Stored

_BATCH: Final = 25
"""How many papers share a transaction: few enough to be shown soon, enough to be quick."""

_DEEPEST: Final = 40
"""How many folders deep a dropped folder is followed."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of one file: added, duplicate or refused; `reason` is a sentence."""

    path: str
    outcome: str
    document_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """Where new papers go: under a claim and as a kind, or into the Inbox."""

    claim_id: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    """Bytes that are safe in the vault and still without a row."""

    path: str
    stored: Stored


def add_papers(
    binder: Binder,
    paths: Sequence[Path],
    progress: Progress,
    *,
    filing: Filing = Filing(),
    as_one: bool = False,
) -> list[TakenIn]:
    """Store files, and all files of folders, each as a paper; `as_one` makes one paper of them.

    The order of the answer is that of the paths; a folder's files come in the order of their
    names. Links are not followed. What was stored before a Cancel stays stored.

    Raises:
        UserError: the claim or the kind does not exist, or the disk is full.
        Cancelled: the person asked to stop.
    """
    _refuse_unknown(binder, filing)
    own = binder.root.resolve()
    found = [item for path in paths for item in _files_of(path, own)]
    rows: list[TakenIn] = []
    batch: list[_Held | TakenIn] = []
    try:
        for number, item in enumerate(found):
            progress.step(number, len(found), Path(item).name if isinstance(item, Path) else "")
            batch.append(_hold(binder, item) if isinstance(item, Path) else item)
            if len(batch) == _BATCH and not as_one:
                rows += _enter(binder, batch, filing, as_one=False)
                batch = []
    finally:
        rows += _enter(binder, batch, filing, as_one=as_one)
    progress.step(len(found), len(found))
    return rows


def add_bytes(
    binder: Binder,
    name: str,
    content: bytes,
    *,
    filing: Filing = Filing(),
) -> TakenIn:
    """Store a pasted picture, or any other bytes, as a paper of that name."""
    _refuse_unknown(binder, filing)
    with plain_errors():
        held = _Held(name, binder.vault.put(io.BytesIO(content)))
    return _enter(binder, [held], filing, as_one=False)[0]


def _refuse_unknown(binder: Binder, filing: Filing) -> None:
    if filing.kind is not None and filing.kind not in KINDS:
        raise UserError(
            f"“{filing.kind}” is not a kind of paper. The kinds are: {', '.join(KINDS)}."
        )
    if filing.claim_id and binder.ask(record, "claim", filing.claim_id) is None:
        raise UserError(f"There is no claim “{filing.claim_id}” in this binder.")


def _files_of(path: Path, own: Path, depth: int = 0) -> Iterator[Path | TakenIn]:
    """Yield the regular files of a path, and a refusal for all else that has a name there.

    What lies in the binder's `own` folder is no paper; and to open its database here would free
    the lock that guards it.
    """
    try:
        mode = path.lstat().st_mode
        if _lies_in(path, own):
            yield _refused(path, "This belongs to the binder itself. Choose the paper elsewhere.")
            return
        if not stat.S_ISDIR(mode):
            yield path
            return
        entries = sorted(path.iterdir())
    except (OSError, ValueError) as error:
        yield _refused(path, _why_unreadable(error))
        return
    if depth >= _DEEPEST:
        yield _refused(path, "This folder lies too deep. Add it on its own.")
        return
    for entry in entries:
        yield from _files_of(entry, own, depth + 1)


def _lies_in(path: Path, own: Path) -> bool:
    place = Path(os.path.realpath(path.parent), path.name)  # a loop of links is no error here
    return place.is_relative_to(own)


def _hold(binder: Binder, path: Path) -> _Held | TakenIn:
    """Bring a file's bytes into the vault, or say why there are none to bring."""
    try:
        with _regular_file(path) as source:
            return _Held(str(path), binder.vault.put(source, lasting=False))
    except UserError as error:
        return _refused(path, str(error))
    except OSError as error:
        if isinstance(error.filename, str) and Path(error.filename).is_relative_to(binder.root):
            return _refused(path, str(plain_os_error(error)))  # the file is not to blame
        return _refused(path, _why_unreadable(error))


@contextmanager
def _regular_file(path: Path) -> Generator[BinaryIO]:
    """Open a regular file and nothing else: links, pipes and devices are never waited on."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise UserError("This is a link to another place. Add the file itself.")
    if not stat.S_ISREG(mode):
        raise UserError("This is not a file. Only files can be added.")
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as source:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise UserError("This is not a file. Only files can be added.")
        yield source


def _why_unreadable(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "There is no such file. It may have been moved or renamed."
        case PermissionError():
            return "This file may not be read by you. Ask its owner, or copy it to your own folder."
        case OSError(errno=28 | 122):
            return "The disk is full. Free some space, then add this file again."
        case _:
            return "This file cannot be read. Copy it to this computer and add it again."


def _refused(path: Path, reason: str) -> TakenIn:
    return TakenIn(str(path), "refused", reason=reason)


def _enter(
    binder: Binder, batch: Sequence[_Held | TakenIn], filing: Filing, *, as_one: bool
) -> list[TakenIn]:
    """Write the rows of held papers, all in one transaction and one undo step."""
    held = [item for item in batch if isinstance(item, _Held)]
    if not held:
        return [item for item in batch if isinstance(item, TakenIn)]
    label = "Add a paper" if as_one or len(held) == 1 else f"Add {len(held)} papers"
    binder.vault.sync()
    with binder.operation(label) as work:
        safe = [_unless_deleted(binder, item) for item in batch]
        enter = _enter_one if as_one else _enter_each
        return enter(binder, work, safe, filing)


def _enter_one(
    binder: Binder, work: UnitOfWork, items: Sequence[_Held | TakenIn], filing: Filing
) -> list[TakenIn]:
    """Make one paper of all files."""
    held = [item for item in items if isinstance(item, _Held)]
    if not held:
        return [item for item in items if isinstance(item, TakenIn)]
    document = _document(binder, held[0], filing)
    parts = [_part(document, item, position) for position, item in enumerate(held)]
    _write(binder, work, [document], parts)
    return [
        TakenIn(item.path, "added", document.id) if isinstance(item, _Held) else item
        for item in items
    ]


def _enter_each(
    binder: Binder, work: UnitOfWork, items: Sequence[_Held | TakenIn], filing: Filing
) -> list[TakenIn]:
    """Make a paper of each file, unless a paper of exactly these bytes is here already."""
    digests = {item.stored.sha256 for item in items if isinstance(item, _Held)}
    known = {part.sha256 for part in work.parts.among("sha256", digests)}
    new: dict[str, Document] = {}
    parts: list[Part] = []
    rows: list[TakenIn] = []
    for item in items:
        if isinstance(item, TakenIn):
            rows.append(item)
            continue
        sha256 = item.stored.sha256
        if twin := new.get(sha256) or (_twin(work, sha256) if sha256 in known else None):
            rows.append(_point_out(work, item, twin, filing))
        else:
            new[sha256] = _document(binder, item, filing)
            parts.append(_part(new[sha256], item, 0))
            rows.append(TakenIn(item.path, "added", new[sha256].id))
    _write(binder, work, list(new.values()), parts)
    return rows


def _unless_deleted(binder: Binder, item: _Held | TakenIn) -> _Held | TakenIn:
    """Refuse bytes that “Delete forever” took since they were found to be here already.

    Asked inside the one writing transaction, where nothing more can be deleted.
    """
    if isinstance(item, _Held) and not binder.vault.holds(item.stored.sha256):
        reason = "This paper was being deleted at this very moment. Add it once more."
        return TakenIn(item.path, "refused", reason=reason)
    return item


def _twin(work: UnitOfWork, sha256: str) -> Document | None:
    """Return the paper outside of the trash that consists of exactly these bytes."""
    for part in work.parts.where(sha256=sha256):
        twin = work.documents.get(part.document_id)
        if twin.trashed_at is None and len(work.parts.where(document_id=twin.id)) == 1:
            return twin
    return None


def _point_out(work: UnitOfWork, item: _Held, twin: Document, filing: Filing) -> TakenIn:
    """Name the paper that is here already; it goes under the claim if it was under none."""
    if filing.claim_id and twin.claim_id is None:
        kind = twin.kind or filing.kind
        work.documents.save(replace(twin, claim_id=filing.claim_id, kind=kind))
    reason = f"This paper is here already: “{twin.name}”."
    return TakenIn(item.path, "duplicate", twin.id, reason)


def _document(binder: Binder, item: _Held, filing: Filing) -> Document:
    return Document(
        id=new_id(),
        name=clean_name(Path(item.path).name),
        kind=filing.kind,
        claim_id=filing.claim_id,
        author_id=binder.author_id,
        added_at=binder.now(),
    )


def _part(document: Document, item: _Held, position: int) -> Part:
    return Part(
        id=new_id(),
        document_id=document.id,
        position=position,
        sha256=item.stored.sha256,
        name=clean_name(Path(item.path).name),
        media_type=sniff(item.stored.head).media_type,
        size=item.stored.size,
    )


def _write(
    binder: Binder, work: UnitOfWork, documents: Sequence[Document], parts: Sequence[Part]
) -> None:
    work.derived.register_all(
        [(part.sha256, part.size, part.media_type) for part in parts], binder.now()
    )
    work.documents.add_all(documents)
    work.parts.add_all(parts)


def clean_name(name: str) -> str:
    """Return a file name as it may be shown: on one line, without marks that turn text about.

    Bytes that are no text (a name from another system) become a visible sign.
    """
    readable = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    shown = "".join(letter if letter.isprintable() else " " for letter in readable)
    return " ".join(shown.split()) or "Paper without a name"
