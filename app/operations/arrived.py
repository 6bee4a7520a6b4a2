"""What was asked for and has come: the day to ask again is done with."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from app.binder import Binder
from app.domain.evidence import checklist_of
from app.domain.evidence_data import EvidenceBook, parse_evidence
from app.domain.evidence_mark import EvidenceMark
from app.resources import resource_json
from app.storage.queries.evidence import evidence_known
from app.storage.unit_of_work import UnitOfWork


@cache
def evidence_book() -> EvidenceBook:
    """Return what an appeal usually needs, read once."""
    return parse_evidence(resource_json("rules", "evidence.json"))


def settle_arrived_within(binder: Binder, work: UnitOfWork, claim_id: str) -> int:
    """Settle what has come within a larger operation, such as filing a paper."""
    settled = 0
    for denial in work.denials.where(claim_id=claim_id):
        if not work.evidence_marks.where(denial_id=denial.id, state="asked"):
            continue
        known = evidence_known(work.connection, claim_id, denial.id)
        shown = checklist_of(evidence_book(), known, binder.today())
        for each in shown.items:
            if each.state != "have" or each.asked is None:
                continue
            for mark in work.evidence_marks.where(
                denial_id=denial.id, item=each.item.id, state="asked"
            ):
                settled += settle_mark(binder, work, mark)
    return settled


def settle_mark(binder: Binder, work: UnitOfWork, mark: EvidenceMark) -> int:
    """Mark the open day to ask again as done; return how many there were."""
    open_items = [item for item in work.due_items.where(evidence_id=mark.id) if item.is_open]
    for item in open_items:
        work.due_items.save(replace(item, done_on=binder.today()))
    return len(open_items)
