"""Taking apart a file in which several letters lie: each becomes a paper of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Final

from app.binder import Binder
from app.domain.document import Document, Part
from app.domain.errors import UserError
from app.jobs import Progress
from app.operations.ids import new_id
from app.operations.paper_links import black_outs_along
from app.storage.queries.papers import PageRef, document_parts, page_refs
from app.storage.vault import Stored
from app.workers import TaskRefused, WorkerError, WorkerPool

_SECONDS: Final = 60.0
_CANNOT: Final = "This file cannot be taken apart. Scan its letters one by one, or keep it whole."
_APART: Final = "Taken apart into {} papers of its own letters; this is the whole as it came."


@dataclass(frozen=True, slots=True)
class _Run:
    """Pages `first` to `last` of one part of a paper, and whether that is the whole part."""

    part: Part
    first: int
    last: int
    is_whole: bool
    password: str | None


def split_paper(
    binder: Binder, document_id: str, first_pages: Sequence[int], progress: Progress
) -> tuple[Document, ...]:
    """Make a paper of each letter in a paper; `first_pages` are the pages on which they begin.

    The whole stays as it came, sorted as “other”, so that nothing is lost; one undo step takes
    the new papers away again. Photos go over as they are, pages of a PDF as PDFs.

    Raises:
        UserError: the pages are not in the paper, or its file cannot be taken apart.
        Cancelled: the person asked to stop; nothing has changed then.
    """
    refs = binder.ask(page_refs, document_id)
    starts = sorted({1, *first_pages})
    if len(starts) < 2 or starts[-1] > len(refs) or starts[0] < 1:
        raise UserError("Say on which pages the letters begin; all of them must be in the paper.")
    parts = {part.sha256: part for part in binder.ask(document_parts, document_id)}
    spans = [(first, last - 1) for first, last in pairwise([*starts, len(refs) + 1])]
    letters = [list(_runs(refs[first - 1 : last], parts)) for first, last in spans]
    stored: list[list[tuple[_Run, Stored | None]]] = []
    with WorkerPool(1) as workers:
        for number, runs in enumerate(letters):
            progress.step(number, len(letters), "Taking the letters apart")
            stored.append([(run, _stored(binder, workers, run)) for run in runs])
    binder.vault.sync()
    with binder.operation("Make separate papers") as work:
        whole = work.documents.get(document_id)
        papers: list[Document] = []
        for number, runs in enumerate(stored, start=1):
            name = f"{Path(whole.name).stem} (letter {number}){Path(whole.name).suffix}"
            paper = Document(
                id=new_id(), name=name, claim_id=whole.claim_id, received_on=whole.received_on,
                author_id=binder.author_id, added_at=binder.now(),
            )  # fmt: skip
            papers.append(work.documents.add(paper))
            for position, (run, file) in enumerate(runs):
                if file:
                    work.derived.register(file.sha256, file.size, run.part.media_type, binder.now())
                work.parts.add(_part(paper, position, run, file))
            black_outs_along(work, document_id, paper.id, *spans[number - 1])
        note = " ".join(filter(None, (whole.note, _APART.format(len(papers)))))
        work.documents.save(replace(whole, kind=whole.kind or "other", note=note))
    return tuple(papers)


def _runs(refs: Sequence[PageRef], parts: dict[str, Part]) -> Iterator[_Run]:
    """Yield the pages of one letter, those of each part together."""
    at = 0
    while at < len(refs):
        ref, end = refs[at], at
        while end < len(refs) and refs[end].sha256 == ref.sha256:
            end += 1
        last = refs[end - 1].page_of_part
        is_whole = ref.page_of_part == 1 and last == ref.part_pages
        yield _Run(parts[ref.sha256], ref.page_of_part, last, is_whole, ref.password)
        at = end


def _stored(binder: Binder, workers: WorkerPool, run: _Run) -> Stored | None:
    """Store the pages of a run as a file of their own; a whole part needs none."""
    if run.is_whole:
        return None
    if run.part.media_type != "application/pdf":
        raise UserError(_CANNOT)
    try:
        with binder.vault.lend(run.part.sha256) as source:
            values = {
                "source": str(source),
                "password": run.password,
                "ranges": [(run.first, run.last)],
            }
            task = "app.exporting.page_ranges:take_apart"
            reply = workers.call(task, values, seconds=_SECONDS)
    except TaskRefused as refusal:
        raise UserError(refusal.sentence) from refusal
    except WorkerError as error:
        raise UserError(_CANNOT) from error
    return binder.vault.put(io.BytesIO(reply.blobs[0]), lasting=False)


def _part(paper: Document, position: int, run: _Run, file: Stored | None) -> Part:
    own = replace(run.part, id=new_id(), document_id=paper.id, position=position)
    if file is None:
        return own
    pages = f"{run.first}" if run.first == run.last else f"{run.first}-{run.last}"
    stem = Path(run.part.name).stem
    return replace(own, sha256=file.sha256, size=file.size, name=f"{stem} p{pages}.pdf")
