"""What the binder holds to answer a denial with: papers, marks, records, and the points to answer.

Everything here is asked for anew at each look, so a tick never outlives its paper.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

from sqlalchemy import Connection, select

from app.domain.claim import Claim
from app.domain.criterion import Criterion
from app.domain.denial import Denial
from app.domain.due_item import DueItem
from app.domain.evidence_known import EvidenceKnown, FiledPaper
from app.domain.evidence_mark import EvidenceMark
from app.domain.fact_rows import FactRow, fact_rows
from app.storage.queries.facts import paper_facts, said, sifted_papers
from app.storage.queries.records import all_records, claim_records, denial_records
from app.storage.repository import fetch, record_of
from app.storage.schema import (
    criteria,
    criterion_proofs,
    documents,
    due_items,
    sending_proofs,
    sendings,
)

_CODES: Final = frozenset({"icd10", "procedure", "ndc", "service_date"})


@dataclass(frozen=True, slots=True)
class ProofRow:
    """A paper, and its page (from 1) if named, that proves the answer to a point."""

    id: str
    document_id: str
    document: str
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRow:
    """One row of “Why this should be approved”, with the names of its papers.

    `source` is None where no paper is named, or where it lies in the trash; proofs in the trash
    are left out.
    """

    id: str
    denial_id: str
    kind: str
    position: int
    quote: str
    source_document_id: str | None
    source: str | None
    source_page: int | None
    answer: str
    proofs: tuple[ProofRow, ...]

    @property
    def is_answered(self) -> bool:
        """Return whether there are facts and a paper that proves them."""
        return bool(self.answer.strip()) and bool(self.proofs)


def criteria_of(connection: Connection, denial_id: str) -> tuple[PointRow, ...]:
    """The points to answer for a denial, in their order."""
    named = (documents.c.id == criteria.c.source_document_id) & documents.c.trashed_at.is_(None)
    query = (
        select(criteria, documents.c.name.label("source"))
        .outerjoin(documents, named)
        .where(criteria.c.denial_id == denial_id)
        .order_by(criteria.c.position, criteria.c.id)
    )
    proofs = _proofs(connection, denial_id)
    names = [item.name for item in fields(Criterion)]
    return tuple(
        _point(Criterion(**{name: row[name] for name in names}), row["source"], proofs[row["id"]])
        for row in connection.execute(query).mappings()
    )


def _point(criterion: Criterion, source: str | None, proofs: Sequence[ProofRow]) -> PointRow:
    is_there = source is not None
    return PointRow(
        id=criterion.id,
        denial_id=criterion.denial_id,
        kind=criterion.kind,
        position=criterion.position,
        quote=criterion.quote,
        source_document_id=criterion.source_document_id if is_there else None,
        source=source,
        source_page=criterion.source_page if is_there else None,
        answer=criterion.answer,
        proofs=tuple(proofs),
    )


def _proofs(connection: Connection, denial_id: str) -> dict[str, list[ProofRow]]:
    proof = criterion_proofs.c
    query = (
        select(proof.criterion_id, proof.id, proof.document_id, documents.c.name, proof.page)
        .join(criteria, criteria.c.id == proof.criterion_id)
        .join(documents, documents.c.id == proof.document_id)
        .where(criteria.c.denial_id == denial_id, documents.c.trashed_at.is_(None))
        .order_by(documents.c.name, proof.page, proof.id)
    )
    found: dict[str, list[ProofRow]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.criterion_id].append(ProofRow(row.id, row.document_id, row.name, row.page))
    return found


def denial_to_answer(connection: Connection, claim_id: str) -> Denial | None:
    """The denial that the next bundle of a claim answers: the highest that stands open.

    Where none stands open it is the highest of all; None where nobody said no.
    """
    found: tuple[Denial, ...] = claim_records(connection, "denial", claim_id)
    newest_first = reversed(found)  # of equals the first counts
    return max(newest_first, key=lambda each: (each.standing == "open", each.level), default=None)


def evidence_known(
    connection: Connection, claim_id: str, denial_id: str | None = None
) -> EvidenceKnown:
    """All that can tick the checklist of a claim; of its denial to answer unless one is named."""
    claim: Claim | None = fetch(connection, "claim", claim_id)
    denial: Denial | None = (
        fetch(connection, "denial", denial_id)
        if denial_id
        else denial_to_answer(connection, claim_id)
    )
    key = denial.id if denial else ""
    marks: tuple[EvidenceMark, ...] = denial_records(connection, "evidence_mark", key)
    points = criteria_of(connection, key)
    person_id = claim.person_id if claim else None
    return EvidenceKnown(
        claim_id=claim_id,
        plan_id=claim.plan_id if claim else None,
        denial=denial,
        reasons=confirmed_reasons(connection, denial.document_id) if denial else (),
        papers=filed_papers(connection, claim_id),
        marks=marks,
        requests=tuple(
            each
            for each in claim_records(connection, "clock", claim_id)
            if each.kind == "request" and each.is_running and each.denial_id in (None, key)
        ),
        asks_again=_asks_again(connection, marks),
        treatments=claim_records(connection, "treatment", claim_id),
        calls=len(claim_records(connection, "call", claim_id)),
        authorizations=claim_records(connection, "authorization", claim_id),
        representatives=tuple(
            each
            for each in all_records(connection, "representative")
            if each.person_id == person_id
        ),
        sent=len(denial_records(connection, "sending", key)),
        bundles=len(denial_records(connection, "saved_bundle", key)),
        proof_papers=_proof_papers(connection, key),
        letters=tuple(
            each.kind
            for each in claim_records(connection, "letter", claim_id)
            if each.denial_id in (None, key)
        ),
        points=len(points),
        answered_points=sum(point.is_answered for point in points),
    )


def filed_papers(connection: Connection, claim_id: str) -> tuple[FiledPaper, ...]:
    """The papers that are filed under a claim, but for the trash, by name."""
    paper = documents.c
    query = (
        select(
            paper.id, paper.name, paper.kind, paper.dated_on, paper.received_on, paper.added_at
        )
        .where(paper.claim_id == claim_id, paper.trashed_at.is_(None))
        .order_by(paper.name, paper.id)
    )  # fmt: skip
    return tuple(
        FiledPaper(key, name, kind, dated_on or received_on or added_at.astimezone().date())
        for key, name, kind, dated_on, received_on, added_at in connection.execute(query)
    )


def confirmed_reasons(connection: Connection, document_id: str | None) -> tuple[str, ...]:
    """The kinds of “no” that a person has confirmed in a letter."""
    if document_id is None:
        return ()
    rows = paper_facts(connection, document_id).rows
    found = (row.value for row in rows if row.name == "denial_reason" and row.is_confirmed)
    return tuple(value for value in found if isinstance(value, str))


@dataclass(frozen=True, slots=True)
class PaperCodes:
    """The codes of a paper and its days of care, as they were confirmed or read."""

    paper: FiledPaper
    rows: tuple[FactRow, ...]


def codes_of_papers(connection: Connection, claim_id: str) -> tuple[PaperCodes, ...]:
    """The codes and the days of care that stand in the papers of a claim, by paper."""
    papers = filed_papers(connection, claim_id)
    read = sifted_papers(connection, [paper.id for paper in papers])
    found: list[PaperCodes] = []
    for paper in papers:
        rows = fact_rows(read.get(paper.id), said(connection, paper.id))
        told = tuple(row for row in rows if row.name in _CODES)
        if told:
            found.append(PaperCodes(paper, told))
    return tuple(found)


def _asks_again(connection: Connection, marks: Sequence[EvidenceMark]) -> dict[str, DueItem]:
    query = select(due_items).where(due_items.c.evidence_id.in_([mark.id for mark in marks]))
    found: list[DueItem] = [
        record_of("due_item", row) for row in connection.execute(query).mappings()
    ]
    return {item.evidence_id: item for item in found if item.evidence_id}


def _proof_papers(connection: Connection, denial_id: str) -> tuple[str, ...]:
    query = (
        select(sending_proofs.c.document_id)
        .join(sendings, sendings.c.id == sending_proofs.c.sending_id)
        .join(documents, documents.c.id == sending_proofs.c.document_id)
        .where(sendings.c.denial_id == denial_id, documents.c.trashed_at.is_(None))
    )
    return tuple(dict.fromkeys(connection.execute(query).scalars()))
