"""The evidence checklist of a denial: what is there, and what a person says of an item."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from app.binder import Binder
from app.domain.denial import Denial
from app.domain.document import Document
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.domain.evidence import Checklist, checklist_of
from app.domain.evidence_data import EvidenceItem
from app.domain.evidence_mark import EvidenceMark
from app.operations.arrived import evidence_book, settle_arrived_within, settle_mark
from app.operations.day_checks import refuse_absurd, sensible
from app.operations.ids import new_id
from app.operations.papers import wanted
from app.storage.queries.evidence import evidence_known
from app.storage.unit_of_work import UnitOfWork

ASK_AGAIN_DAYS: Final = 14
"""After how many days it is suggested to ask again; the person picks the day."""

SAY_WHY: Final = "Say why they said no, to see what else may help."
OTHER_REASON: Final = "For their reason there is no list of its own: any appeal needs this."


def checklist(binder: Binder, claim_id: str, denial_id: str | None = None) -> Checklist:
    """Return the checklist of a claim: of the denial to answer, unless another is named.

    Raises:
        UserError: the claim does not exist, or the denial is not one of this claim.
    """
    wanted(binder, "claim", claim_id)
    if denial_id and wanted(binder, "denial", denial_id).claim_id != claim_id:
        raise UserError("This denial belongs to another claim. Name one of this claim.")
    known = binder.ask(evidence_known, claim_id, denial_id)
    return checklist_of(evidence_book(), known, binder.today())


def mark_asked(
    binder: Binder,
    denial_id: str,
    item: str,
    *,
    of: str,
    on: date,
    again_on: date | None = None,
) -> EvidenceMark:
    """Note that somebody was asked for an item; the day to ask again goes into the calendar.

    Asking anew replaces what was noted before.

    Raises:
        UserError: nobody is named, a day cannot be right, or there is no such item or denial.
    """
    whom = " ".join(of.split())
    if not whom:
        raise UserError("Say whom you asked, for example the doctor's office.")
    refuse_absurd(on, binder.today(), "asked for")
    if again_on and sensible(again_on) < on:
        raise UserError("The day to ask again is before the day you asked. Check the two days.")
    with binder.operation("Asked for evidence") as work:
        denial, asked_for = work.denials.get(denial_id), _item(item)
        before = _marks(work, denial_id, item, "asked", "not_needed")
        mark = _new_mark(binder, denial, item, "asked")
        mark = replace(mark, asked_of=whom, asked_on=on)
        old = next((each for each in before if each.state == "asked"), None)
        if old:
            mark = work.evidence_marks.save(replace(mark, id=old.id, added_at=old.added_at))
        else:
            mark = work.evidence_marks.add(mark)
        for each in before:
            if each.id != mark.id:
                work.evidence_marks.remove(each.id)
        _ask_again(binder, work, denial, asked_for, mark, again_on)
        return mark


def _ask_again(
    binder: Binder,
    work: UnitOfWork,
    denial: Denial,
    item: EvidenceItem,
    mark: EvidenceMark,
    on: date | None,
) -> None:
    """Put the day to ask again into the calendar, move it there, or take it away."""
    kept = next((each for each in work.due_items.where(evidence_id=mark.id)), None)
    if on is None:
        if kept:
            work.due_items.remove(kept.id)
        return
    made = DueItem(
        id=kept.id if kept else new_id(),
        kind="evidence",
        title=f"Ask {mark.asked_of} again: {item.title}",
        claim_id=denial.claim_id,
        last_day=on,
        evidence_id=mark.id,
        doer_id=kept.doer_id if kept else None,
        author_id=binder.author_id,
        added_at=kept.added_at if kept else binder.now(),
    )
    if kept:
        work.due_items.save(made)
    else:
        work.due_items.add(made)


def mark_not_needed(binder: Binder, denial_id: str, item: str) -> EvidenceMark:
    """Note that an item does not apply; what was asked for is asked for no longer.

    Raises:
        UserError: there is no such item or denial.
    """
    with binder.operation("Evidence does not apply") as work:
        denial, _ = work.denials.get(denial_id), _item(item)
        old = next(iter(_marks(work, denial_id, item, "not_needed")), None)
        if old:
            return old
        for mark in _marks(work, denial_id, item, "asked"):
            _forget(work, mark)
        return work.evidence_marks.add(_new_mark(binder, denial, item, "not_needed"))


def mark_proved(binder: Binder, denial_id: str, item: str, document_id: str) -> EvidenceMark:
    """Say that a paper is the item. A paper of no claim is filed under the denial's claim.

    The day to ask again is done with that.

    Raises:
        UserError: there is no such item, denial or paper, or the paper cannot tick it: it lies in
            the trash or belongs to another claim.
    """
    with binder.operation("This paper is it") as work:
        denial, _ = work.denials.get(denial_id), _item(item)
        paper = _usable(work, denial, document_id)
        for mark in _marks(work, denial_id, item, "not_needed"):
            work.evidence_marks.remove(mark.id)
        for mark in _marks(work, denial_id, item, "asked"):
            settle_mark(binder, work, mark)
        for mark in _marks(work, denial_id, item, "proved"):
            if mark.document_id == paper.id:
                return mark
        made = replace(_new_mark(binder, denial, item, "proved"), document_id=paper.id)
        return work.evidence_marks.add(made)


def _usable(work: UnitOfWork, denial: Denial, document_id: str) -> Document:
    paper = work.documents.get(document_id)
    if paper.trashed_at:
        raise UserError(f"“{paper.name}” is in the trash. Take it out first.")
    if paper.claim_id is None:
        return work.documents.save(replace(paper, claim_id=denial.claim_id))
    if paper.claim_id != denial.claim_id:
        other = work.claims.get(paper.claim_id)
        raise UserError(
            f"“{paper.name}” is filed under “{other.title}”. Add the file once more, or file it "
            "under this claim first."
        )
    return paper


def take_paper_off(binder: Binder, denial_id: str, item: str, document_id: str) -> None:
    """Say that a paper is not the item after all; the paper stays where it is.

    Raises:
        UserError: nobody said that it was.
    """
    with binder.operation("This paper is not it") as work:
        marks = _marks(work, denial_id, item, "proved")
        named = [mark for mark in marks if mark.document_id == document_id]
        if not named:
            raise UserError("Nobody has named this paper for it: its kind says so. Change that.")
        for mark in named:
            work.evidence_marks.remove(mark.id)


def clear_marks(binder: Binder, denial_id: str, item: str) -> None:
    """Take back all that was said of an item; its day to ask again leaves the calendar.

    Raises:
        UserError: there is no such item or denial.
    """
    with binder.operation("Clear the mark") as work:
        work.denials.get(denial_id)
        _item(item)
        for mark in _marks(work, denial_id, item, "asked", "not_needed", "proved"):
            _forget(work, mark)


def settle_arrived(binder: Binder, claim_id: str) -> int:
    """Mark the days to ask again as done for all that has come; return how many.

    Raises:
        UserError: the claim does not exist.
    """
    with binder.operation("What was asked for is here") as work:
        work.claims.get(claim_id)
        return settle_arrived_within(binder, work, claim_id)


def _item(key: str) -> EvidenceItem:
    item = evidence_book().items.get(key)
    if item is None:
        raise UserError(f"There is no item “{key}” on the checklist. “checklist” lists them.")
    return item


def _marks(work: UnitOfWork, denial_id: str, item: str, *states: str) -> list[EvidenceMark]:
    found = work.evidence_marks.where(denial_id=denial_id, item=item)
    return [mark for mark in found if mark.state in states]


def _new_mark(binder: Binder, denial: Denial, item: str, state: str) -> EvidenceMark:
    return EvidenceMark(
        id=new_id(),
        denial_id=denial.id,
        item=item,
        state=state,
        author_id=binder.author_id,
        added_at=binder.now(),
    )


def _forget(work: UnitOfWork, mark: EvidenceMark) -> None:
    for item in work.due_items.where(evidence_id=mark.id):
        work.due_items.remove(item.id)
    work.evidence_marks.remove(mark.id)


def suggested_again(on: date) -> date:
    """Return the day to ask again that is suggested after asking on a day."""
    return on + timedelta(days=ASK_AGAIN_DAYS)
