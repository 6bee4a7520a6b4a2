"""“Why this should be approved”: the points to answer, the facts, and what proves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from app.binder import Binder
from app.domain.criterion import KINDS, Criterion, CriterionProof
from app.domain.denial import Denial
from app.domain.document import Document
from app.domain.errors import UserError
from app.operations.ids import new_id
from app.operations.papers import wanted
from app.storage.queries.evidence import criteria_of
from app.storage.queries.facts import paper_facts
from app.storage.queries.papers import page_refs
from app.storage.unit_of_work import UnitOfWork

_LONGEST: Final = 4_000  # letters of a quote or an answer: a reviewer reads a page, not a book

Proof = tuple[str, int | None]
"""The id of a paper and the page of it (from 1), None for the paper as a whole."""


@dataclass(frozen=True, slots=True)
class SuggestedReason:
    """A reason in the denial's own words; from where it was read, if it was read in the letter."""

    quote: str
    document_id: str | None
    page: int | None


def suggested_reasons(binder: Binder, denial_id: str) -> tuple[SuggestedReason, ...]:
    """Return the reasons that the denial states and that are no point yet; nothing is added.

    They are what the person wrote of the denial, and the words of the reasons that they confirmed
    in its letter.

    Raises:
        UserError: the denial does not exist.
    """
    denial: Denial = wanted(binder, "denial", denial_id)
    letter = _letter_in_packet(binder, denial)
    found: list[SuggestedReason] = []
    if denial.document_id:
        found += [
            SuggestedReason(" ".join(row.text.split()), letter, row.page if letter else None)
            for row in binder.ask(paper_facts, denial.document_id).rows
            if row.name == "denial_reason" and row.is_confirmed and row.text.strip()
        ]
    typed = " ".join(denial.reason.split())
    if typed and not any(_folded(each.quote) in _folded(typed) for each in found):
        found.insert(0, SuggestedReason(typed, letter, None))
    known = {_folded(point.quote) for point in binder.ask(criteria_of, denial_id)}
    fresh = {_folded(each.quote): each for each in found if _folded(each.quote) not in known}
    return tuple(fresh.values())


def _letter_in_packet(binder: Binder, denial: Denial) -> str | None:
    """Return the letter of a denial if it is filed under the denial's claim."""
    if denial.document_id is None:
        return None
    letter: Document = wanted(binder, "document", denial.document_id)
    is_filed = letter.claim_id == denial.claim_id and letter.trashed_at is None
    return letter.id if is_filed else None


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")


def add_point(
    binder: Binder, denial_id: str, quote: str, *, proofs: Sequence[Proof] = (), **known: Any
) -> Criterion:
    """Add a point at the end; `known` are further fields of `Criterion`.

    Raises:
        UserError: the quote is empty, a paper or a page does not exist, or it is none of this
            claim.
    """
    with binder.operation("Add a point") as work:
        denial = work.denials.get(denial_id)
        others = work.criteria.where(denial_id=denial_id)
        made = Criterion(
            id=new_id(),
            denial_id=denial_id,
            quote=quote,
            position=1 + max((each.position for each in others), default=0),
            **known,
        )
        point = work.criteria.add(_checked(work, denial, made))
        _prove(work, denial, point, proofs)
        return point


def add_reasons(binder: Binder, denial_id: str, reasons: Sequence[SuggestedReason]) -> int:
    """Add reasons of the denial as points, in one step; return how many."""
    with binder.operation("Add the reasons they gave") as work:
        denial = work.denials.get(denial_id)
        others = work.criteria.where(denial_id=denial_id)
        first = 1 + max((each.position for each in others), default=0)
        for position, reason in enumerate(reasons, start=first):
            made = Criterion(
                id=new_id(),
                denial_id=denial_id,
                kind="reason",
                position=position,
                quote=reason.quote,
                source_document_id=reason.document_id,
                source_page=reason.page,
            )
            work.criteria.add(_checked(work, denial, made))
        return len(reasons)


def change_point(
    binder: Binder, point_id: str, *, proofs: Sequence[Proof] | None = None, **known: Any
) -> Criterion:
    """Change a point; what is not named stays. `proofs` replaces all of its proofs.

    Raises:
        UserError: as `add_point`, or there is no such point.
    """
    with binder.operation("Change a point") as work:
        before = work.criteria.get(point_id)
        denial = work.denials.get(before.denial_id)
        if "source_document_id" in known and "source_page" not in known:
            known["source_page"] = None
        point = work.criteria.save(_checked(work, denial, replace(before, **known)))
        if proofs is not None:
            _prove(work, denial, point, proofs)
        return point


def move_point(binder: Binder, point_id: str, to: int) -> None:
    """Give a point another place among those of its denial; `to` counts from 1.

    Raises:
        UserError: there is no such point.
    """
    with binder.operation("Move a point") as work:
        moved = work.criteria.get(point_id)
        others = [each for each in _ordered(work, moved.denial_id) if each.id != point_id]
        at = min(max(to, 1), len(others) + 1) - 1
        _renumber(work, [*others[:at], moved, *others[at:]])


def remove_point(binder: Binder, point_id: str) -> None:
    """Remove a point with its proofs; the papers stay.

    Raises:
        UserError: there is no such point.
    """
    with binder.operation("Remove a point") as work:
        gone = work.criteria.get(point_id)
        for proof in work.criterion_proofs.where(criterion_id=point_id):
            work.criterion_proofs.remove(proof.id)
        work.criteria.remove(point_id)
        _renumber(work, _ordered(work, gone.denial_id))


def _ordered(work: UnitOfWork, denial_id: str) -> list[Criterion]:
    found = work.criteria.where(denial_id=denial_id)
    return sorted(found, key=lambda each: (each.position, each.id))


def _renumber(work: UnitOfWork, points: Sequence[Criterion]) -> None:
    for position, point in enumerate(points, start=1):
        work.criteria.save(replace(point, position=position))


def _checked(work: UnitOfWork, denial: Denial, point: Criterion) -> Criterion:
    quote, answer = " ".join(point.quote.split()), point.answer.strip()
    if not quote:
        raise UserError("Write down their words: the reason or the criterion, as it stands there.")
    if max(len(quote), len(answer)) > _LONGEST:
        raise UserError(
            f"This is very long. Keep it below {_LONGEST:,} letters, and make two points of it."
        )
    if point.kind not in KINDS:
        raise UserError("Say whether it is a reason they gave or a criterion of their policy.")
    if point.source_page is not None and point.source_document_id is None:
        raise UserError("A page needs its paper. Say in which paper they say so.")
    if point.source_document_id:
        _refuse_place(work, denial, point.source_document_id, point.source_page)
    return replace(point, quote=quote, answer=answer)


def _prove(work: UnitOfWork, denial: Denial, point: Criterion, proofs: Sequence[Proof]) -> None:
    """Make the proofs of a point those given; the same place twice is one proof."""
    before = {(one.document_id, one.page): one
              for one in work.criterion_proofs.where(criterion_id=point.id)}  # fmt: skip
    given = dict.fromkeys(proofs)
    for place, old in before.items():
        if place not in given:
            work.criterion_proofs.remove(old.id)
    for document_id, page in given:
        if (document_id, page) in before:
            continue
        _refuse_place(work, denial, document_id, page)
        work.criterion_proofs.add(
            CriterionProof(id=new_id(), criterion_id=point.id, document_id=document_id, page=page)
        )


def _refuse_place(work: UnitOfWork, denial: Denial, document_id: str, page: int | None) -> None:
    """Refuse a paper that would not be in the packet, and a page that it does not have."""
    paper = work.documents.get(document_id)
    if paper.trashed_at:
        raise UserError(f"“{paper.name}” is in the trash. Take it out first.")
    if paper.claim_id != denial.claim_id:
        raise UserError(
            f"“{paper.name}” is not filed under this claim, so it would not be in the packet. "
            "File it under this claim first."
        )
    if page is None:
        return
    count = len(page_refs(work.connection, document_id))
    if page < 1 or (count and page > count):
        pages = "1 page" if count == 1 else f"{count} pages"
        raise UserError(f"“{paper.name}” has {pages}; there is no page {page}.")
