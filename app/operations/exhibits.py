"""A paper as an exhibit: what binding needs of it, lent for as long as binding takes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from app.binder import Binder
from app.domain.bundle import ExhibitPlan, FlatPage, SourceFile
from app.domain.document import Part
from app.domain.errors import UserError
from app.domain.page import PageText, unpack_page
from app.operations.bundle_words import exhibit_title, kind_name
from app.storage.queries.papers import (
    PageRef,
    PageWords,
    PaperRow,
    document_parts,
    page_refs,
    page_words,
)
from app.storage.vault import digest_of


def exhibit_of(paper: PaperRow) -> ExhibitPlan:
    """Return a paper as it is listed in a bundle; its originals are added by `with_sources`."""
    return ExhibitPlan(
        document_id=paper.id,
        name=paper.name,
        title=exhibit_title(paper.name, paper.kind),
        kind=kind_name(paper.kind) if paper.kind else "",
        on=paper.dated_on,
        sources=(),
    )


def with_sources(binder: Binder, exhibit: ExhibitPlan, lent: ExitStack) -> ExhibitPlan:
    """Return an exhibit with its originals, its words, how its pages are turned and flattened.

    The originals can be read until `lent` is closed. One that is missing from the binder, or is no
    longer what came in, has a `problem`.
    """
    parts = binder.ask(document_parts, exhibit.document_id)
    refs = binder.ask(page_refs, exhibit.document_id)
    words = binder.ask(page_words, exhibit.document_id)
    counts = {ref.sha256: ref.part_pages for ref in refs}
    sources = tuple(_source(binder, part, counts.get(part.sha256), lent) for part in parts)
    read = list(_numbered(parts, refs, words))
    turns = {number: ref.turned for number, ref, _ in read}
    return replace(
        exhibit,
        sources=sources,
        password=next((ref.password for ref in refs if ref.password), None),
        page_texts=tuple(
            replace(text, number=number) for number, _, text in read if text is not None
        ),
        turns=tuple(turns.get(number, 0) for number in range(1, max(turns, default=0) + 1)),
        flat=tuple(
            FlatPage(page=number, corners=ref.corners) for number, ref, _ in read if ref.corners
        ),
    )


def _source(binder: Binder, part: Part, pages: int | None, lent: ExitStack) -> SourceFile:
    """Lend an original whose bytes are still those that came in: it is evidence.

    One that is missing or damaged says so, and is named as a gap.
    """
    source = SourceFile(
        path=Path(), media_type=part.media_type, name=part.name, pages=pages, problem=""
    )
    try:
        path = lent.enter_context(binder.vault.lend(part.sha256))
        if digest_of(path) == part.sha256:
            return replace(source, path=path)
    except UserError as missing:
        return replace(source, problem=str(missing))
    except OSError:
        pass
    problem = (
        f"The original of “{part.name}” is damaged on this disk. "
        "Restore it from your newest backup, or leave this paper out."
    )
    return replace(source, problem=problem)


def _numbered(
    parts: Sequence[Part], refs: Sequence[PageRef], words: Sequence[PageWords]
) -> Iterator[tuple[int, PageRef, PageText | None]]:
    """Yield the pages that were read, numbered through all originals of the paper from 1.

    Behind an original that was not read to its end the numbers are not known.
    """
    pairs = deque(zip(refs, words, strict=True))
    before = 0
    for part in parts:
        count: int | None = None
        last = 0
        while pairs and pairs[0][0].sha256 == part.sha256 and pairs[0][0].page_of_part > last:
            ref, page = pairs.popleft()
            last, count = ref.page_of_part, ref.part_pages
            yield before + last, ref, unpack_page(page.packed) if page.packed else None
        if count is None:
            return
        before += count
