"""Taking papers in: stored at once, whatever they are; reading comes later and apart."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from app.binder import Binder
from app.domain.document import KINDS, Document, Part
from app.domain.errors import UserError
from app.importing.sniff import sniff
from app.jobs import Progress
from app.operations.arrived import settle_arrived_within
from app.operations.holding import Held, TakenIn, clean_name, files_of, hold
from app.operations.ids import new_id
from app.operations.mail import MailRoom
from app.storage.database import plain_errors
from app.storage.queries.records import record
from app.storage.unit_of_work import UnitOfWork

_BATCH: Final = 25
"""How many papers share a transaction: few enough to be shown soon, enough to be quick."""


@dataclass(frozen=True, slots=True)
class Filing:
    """Where new papers go: under a claim and as a kind, or into the Inbox."""

    claim_id: str | None = None
    kind: str | None = None


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
    names. Links are not followed. What was stored before a Cancel stays stored. The attachments
    of mail become papers of their own beside it, without rows of their own in the answer.

    Raises:
        UserError: the claim or the kind does not exist, or the disk is full.
        Cancelled: the person asked to stop.
    """
    _refuse_unknown(binder, filing)
    own = binder.root.resolve()
    found = [item for path in paths for item in files_of(path, own)]
    rows: list[TakenIn] = []
    batch: list[Held | TakenIn] = []
    with MailRoom(binder.vault) as mail:
        try:
            for number, item in enumerate(found):
                progress.step(number, len(found), Path(item).name if isinstance(item, Path) else "")
                held = hold(binder, item) if isinstance(item, Path) else item
                batch.append(held if as_one else mail.opened(held))
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
    with plain_errors(), MailRoom(binder.vault) as mail:
        held = mail.opened(Held(name, binder.vault.put(io.BytesIO(content))))
    return _enter(binder, [held], filing, as_one=False)[0]


def enter_held(binder: Binder, work: UnitOfWork, held: Held, filing: Filing) -> TakenIn:
    """Make a paper of bytes that lie in the vault, within a larger operation."""
    return _enter_each(binder, work, [_unless_deleted(binder, held)], filing)[0]


def _refuse_unknown(binder: Binder, filing: Filing) -> None:
    if filing.kind is not None and filing.kind not in KINDS:
        raise UserError(
            f"“{filing.kind}” is not a kind of paper. The kinds are: {', '.join(KINDS)}."
        )
    if filing.claim_id and binder.ask(record, "claim", filing.claim_id) is None:
        raise UserError(f"There is no claim “{filing.claim_id}” in this binder.")


def _enter(
    binder: Binder, batch: Sequence[Held | TakenIn], filing: Filing, *, as_one: bool
) -> list[TakenIn]:
    """Write the rows of held papers, all in one transaction and one undo step."""
    held = [item for item in batch if isinstance(item, Held)]
    if not held:
        return [item for item in batch if isinstance(item, TakenIn)]
    count = 1 if as_one else sum(1 + len(item.beside) for item in held)
    label = "Add a paper" if count == 1 else f"Add {count} papers"
    binder.vault.sync()
    with binder.operation(label) as work:
        safe = [_unless_deleted(binder, item) for item in batch]
        enter = _enter_one if as_one else _enter_each
        rows = enter(binder, work, safe, filing)
        if filing.claim_id:
            settle_arrived_within(binder, work, filing.claim_id)
        return rows


def _enter_one(
    binder: Binder, work: UnitOfWork, items: Sequence[Held | TakenIn], filing: Filing
) -> list[TakenIn]:
    """Make one paper of all files."""
    held = [item for item in items if isinstance(item, Held)]
    if not held:
        return [item for item in items if isinstance(item, TakenIn)]
    document = _document(binder, held[0], filing)
    parts = [_part(document, item, position) for position, item in enumerate(held)]
    _write(binder, work, [document], parts)
    return [
        TakenIn(item.path, "added", document.id) if isinstance(item, Held) else item
        for item in items
    ]


def _enter_each(
    binder: Binder, work: UnitOfWork, items: Sequence[Held | TakenIn], filing: Filing
) -> list[TakenIn]:
    """Make a paper of each file, unless a paper of exactly these bytes is here already."""
    held = [item for item in items if isinstance(item, Held)]
    digests = {one.stored.sha256 for item in held for one in (item, *item.beside)}
    known = {part.sha256 for part in work.parts.among("sha256", digests)}
    entrance = _Entrance(binder, work, known)
    rows = [
        entrance.take_with_its_own(item, filing) if isinstance(item, Held) else item
        for item in items
    ]
    _write(binder, work, list(entrance.new.values()), entrance.parts)
    return rows


@dataclass
class _Entrance:
    """The new papers of one transaction, by the digest of their bytes."""

    binder: Binder
    work: UnitOfWork
    known: set[str]
    new: dict[str, Document] = field(default_factory=dict[str, Document])
    parts: list[Part] = field(default_factory=list[Part])

    def take_with_its_own(self, item: Held, filing: Filing) -> TakenIn:
        """Take in a file, and what came with it: under the same claim, of a kind not yet said."""
        row = self._take(item, filing)
        beside = [
            self._take(safe, Filing(filing.claim_id)) if isinstance(safe, Held) else safe
            for safe in (_unless_deleted(self.binder, one) for one in item.beside)
        ]
        ids = dict.fromkeys(one.document_id for one in beside if one.document_id)
        reason = " ".join(filter(None, (row.reason, item.remark))) or None
        return replace(row, attachments=tuple(ids), reason=reason)

    def _take(self, item: Held, filing: Filing) -> TakenIn:
        sha256 = item.stored.sha256
        twin = self.new.get(sha256) or (
            twin_of(self.work, sha256) if sha256 in self.known else None
        )
        if twin:
            return _point_out(self.work, item, twin, filing)
        self.new[sha256] = _document(self.binder, item, filing)
        self.parts.append(_part(self.new[sha256], item, 0))
        return TakenIn(item.path, "added", self.new[sha256].id)


def _unless_deleted(binder: Binder, item: Held | TakenIn) -> Held | TakenIn:
    """Refuse bytes that “Delete forever” took since they were found to be here already.

    Asked inside the one writing transaction, where nothing more can be deleted.
    """
    if isinstance(item, Held) and not binder.vault.holds(item.stored.sha256):
        reason = "This paper was being deleted at this very moment. Add it once more."
        return TakenIn(item.path, "refused", reason=reason)
    return item


def twin_of(work: UnitOfWork, sha256: str) -> Document | None:
    """Return the paper outside of the trash that consists of exactly these bytes."""
    for part in work.parts.where(sha256=sha256):
        twin = work.documents.get(part.document_id)
        if twin.trashed_at is None and len(work.parts.where(document_id=twin.id)) == 1:
            return twin
    return None


def _point_out(work: UnitOfWork, item: Held, twin: Document, filing: Filing) -> TakenIn:
    """Name the paper that is here already; it goes under the claim if it was under none."""
    if filing.claim_id and twin.claim_id is None:
        kind = twin.kind or filing.kind
        work.documents.save(replace(twin, claim_id=filing.claim_id, kind=kind))
    reason = f"This paper is here already: “{twin.name}”."
    return TakenIn(item.path, "duplicate", twin.id, reason)


def _document(binder: Binder, item: Held, filing: Filing) -> Document:
    return Document(
        id=new_id(),
        name=clean_name(Path(item.path).name),
        kind=filing.kind,
        claim_id=filing.claim_id,
        author_id=binder.author_id,
        added_at=binder.now(),
    )


def _part(document: Document, item: Held, position: int) -> Part:
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
