"""Sorting papers out of the Inbox: what they are and where they belong, in one undo step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.binder import Binder
from app.domain.claim import Claim
from app.domain.document import KINDS, Document
from app.domain.errors import UserError
from app.domain.plan import plan_in_force
from app.operations.arrived import settle_arrived_within
from app.operations.ids import new_id
from app.operations.intake import clean_name
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class Sorting:
    """What a person says about papers.

    `new_claim` is the title of a claim to open for them, `patient_id` who it is about; they
    count only where no `claim_id` is given.
    """

    kind: str | None = None
    claim_id: str | None = None
    new_claim: str = ""
    patient_id: str | None = None
    dated_on: date | None = None
    received_on: date | None = None
    name: str = ""
    note: str = ""


def sort_papers(
    binder: Binder, document_ids: Sequence[str], sorting: Sorting
) -> tuple[Document, ...]:
    """File papers; opens the claim that is asked for. One undo step takes all of it back.

    One paper becomes exactly what is said, but keeps its name if none is given. Of several
    papers only what is said changes, and never name or note: they are not the same paper.

    Raises:
        UserError: no paper is named, or one of the papers, the claim or the kind does not exist.
    """
    ids = list(dict.fromkeys(document_ids))
    if not ids:
        raise UserError("Choose a paper first.")
    if sorting.kind is not None and sorting.kind not in KINDS:
        raise UserError(f"“{sorting.kind}” is not a kind of paper. Choose one from the list.")
    with binder.operation("File a paper" if len(ids) == 1 else f"File {len(ids)} papers") as work:
        return sort_within(binder, work, ids, sorting)


def sort_within(
    binder: Binder, work: UnitOfWork, ids: Sequence[str], sorting: Sorting
) -> tuple[Document, ...]:
    """Do what `sort_papers` does within a larger operation; the ids are all different."""
    claim_id = _claim(binder, work, sorting)
    papers = [work.documents.get(key) for key in ids]
    told = _described if len(papers) == 1 else _sorted
    told_papers = tuple(work.documents.save(told(paper, sorting, claim_id)) for paper in papers)
    for filed in {paper.claim_id for paper in told_papers if paper.claim_id}:
        settle_arrived_within(binder, work, filed)
    return told_papers


def _claim(binder: Binder, work: UnitOfWork, sorting: Sorting) -> str | None:
    """Return the claim to file under: the one that is named, or a new one."""
    if sorting.claim_id:
        return work.claims.get(sorting.claim_id).id
    title = " ".join(sorting.new_claim.split())
    if not title:
        return None
    if sorting.patient_id:
        work.people.get(sorting.patient_id)
    claim = Claim(
        id=new_id(),
        title=title,
        person_id=sorting.patient_id,
        plan_id=_plan_of(binder, work, sorting.patient_id),
        author_id=binder.author_id,
        added_at=binder.now(),
    )
    return work.claims.add(claim).id


def _plan_of(binder: Binder, work: UnitOfWork, person_id: str | None) -> str | None:
    if person_id is None:
        return None
    day = binder.now().astimezone().date()
    plan = plan_in_force(work.plans.where(person_id=person_id), person_id, day)
    return plan.id if plan else None


def _described(paper: Document, sorting: Sorting, claim_id: str | None) -> Document:
    return replace(
        paper,
        name=clean_name(sorting.name) if sorting.name.strip() else paper.name,
        kind=sorting.kind,
        claim_id=claim_id,
        dated_on=sorting.dated_on,
        received_on=sorting.received_on,
        note=sorting.note,
    )


def _sorted(paper: Document, sorting: Sorting, claim_id: str | None) -> Document:
    return replace(
        paper,
        kind=sorting.kind or paper.kind,
        claim_id=claim_id or paper.claim_id,
        dated_on=sorting.dated_on or paper.dated_on,
        received_on=sorting.received_on or paper.received_on,
    )
