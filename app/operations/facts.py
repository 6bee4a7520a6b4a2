"""Reading values out of papers, and what a person says about them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from app.binder import Binder
from app.domain.document import Document
from app.domain.errors import UnreadableError, UserError
from app.domain.fact import FACT_NAMES, KindRead, Sifted
from app.domain.matching import values_to_match
from app.domain.page import PageText, pack_page
from app.domain.said import SaidFact
from app.domain.sifted_form import pack_sifted, value_of
from app.importing.reader import DocumentReader, KeptPage
from app.importing.sifting.version import MOST_PAGES, VERSION
from app.jobs import Progress
from app.operations.ids import new_id
from app.storage.derived import Sifting
from app.storage.queries.facts import Unsifted, kept_pages, unsifted
from app.storage.unit_of_work import UnitOfWork

_FIRST_PAGES: Final = 3
_NO_TEXT: Final = pack_page(PageText(1, "", "ocr"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidValue:
    """What a person says about a value: confirmed as read, corrected, or typed.

    `value` in its plain form; empty means that `read_as` is not in the paper at all. `page` and
    `box` (fractions) are the words that say so, if the person or the reader pointed at any.
    """

    name: str
    value: str
    read_as: str = ""
    words: str = ""
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


def sift_papers(
    binder: Binder,
    reader: DocumentReader,
    progress: Progress,
    *,
    digests: Collection[str] | None = None,
) -> int:
    """Sift every paper whose pages are read but whose values are not; return how many.

    `digests` names the originals whose papers are meant; None means all papers.

    Raises:
        Cancelled: the person asked to stop; the rest is done another time.
    """
    waiting = binder.ask(unsifted, VERSION, digests)
    for number, paper in enumerate(waiting):
        progress.step(number, len(waiting), "Looking for dates and numbers")
        found = _sift(binder, reader, paper)
        with binder.deriving("Reading") as derived:
            packed, values = pack_sifted(found), values_to_match(found)
            derived.keep_sifting(Sifting(paper.document_id, paper.made_of, VERSION, packed, values))
    return len(waiting)


def say_facts(binder: Binder, document_id: str, values: Sequence[SaidValue]) -> None:
    """Keep what a person says about values of a paper: one undo step.

    Raises:
        UserError: the paper does not exist, or a value has no such name or form.
    """
    with binder.operation("Confirm values") as work:
        keep_said(binder, work, work.documents.get(document_id), values)


def keep_said(
    binder: Binder, work: UnitOfWork, paper: Document, values: Sequence[SaidValue]
) -> None:
    """Keep what is said about a paper within a larger operation; the newest word stands."""
    before = work.said_facts.where(document_id=paper.id)
    for one in values:
        _refuse_unknown(one)
        for old in before:
            if old.name == one.name and {old.value, old.read_as} & {one.value, one.read_as} - {""}:
                work.said_facts.remove(old.id)
        work.said_facts.add(
            SaidFact(
                id=new_id(),
                document_id=paper.id,
                name=one.name,
                value=one.value,
                read_as=one.read_as,
                words=one.words,
                page=one.page,
                box=" ".join(f"{place:.4f}" for place in one.box or ()),
                author_id=binder.author_id,
                added_at=binder.now(),
            )
        )


def _refuse_unknown(one: SaidValue) -> None:
    try:
        if one.name not in FACT_NAMES:
            raise ValueError(one.name)
        if one.value:
            value_of(one.name, one.value)
    except ValueError as error:
        raise UserError(f"“{one.name}” cannot be “{one.value}”. Please type it anew.") from error


def _sift(binder: Binder, reader: DocumentReader, paper: Unsifted) -> Sifted:
    refs = binder.ask(kept_pages, paper.document_id, MOST_PAGES)
    with ExitStack() as lent:
        paths = {
            sha256: lent.enter_context(binder.vault.lend(sha256))
            for sha256 in dict.fromkeys(ref.sha256 for ref in refs)
        }
        pages = [
            KeptPage(
                packed=ref.packed or _NO_TEXT,
                width_pt=ref.width_pt,
                height_pt=ref.height_pt,
                path=paths[ref.sha256],
                media_type=ref.media_type,
                page=ref.page_of_part,
                turned=ref.turned,
                password=ref.password,
            )
            for ref in refs
        ]
        try:
            return reader.sift(pages)
        except UnreadableError as error:
            if len(pages) <= _FIRST_PAGES:
                return Sifted(KindRead(None, 0.0, str(error)))
        try:  # a later page was too much; a letter says most on its first ones
            return reader.sift(pages[:_FIRST_PAGES])
        except UnreadableError as error:
            return Sifted(KindRead(None, 0.0, str(error)))
