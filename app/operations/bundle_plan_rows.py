"""The own pages of a bundle, filled from the record: story, calls, points, treatments, diary."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from app.binder import Binder
from app.domain.bundle import (
    CallRow,
    CriterionRow,
    DiaryRow,
    EvidenceRow,
    ExhibitPlan,
    PlaceOfProof,
    StoryRow,
    TreatmentRow,
)
from app.domain.calendar_days import spoken
from app.domain.evidence import Checklist
from app.domain.partial_day import spoken_partial
from app.domain.treatment import Treatment
from app.operations.bundle_words import kind_name, story_word, treatment_outcome, treatment_way
from app.operations.call_log import calls_for_others
from app.storage.queries.care import diary_of, treatments_of
from app.storage.queries.evidence import criteria_of
from app.storage.queries.records import record
from app.storage.queries.story import StoryLine, claim_story, public_story

Shown = Mapping[str, ExhibitPlan]
"""The exhibits of the bundle by the id of their paper."""

_PART_OF: dict[str, str] = {"deadline": "dates", "expense": "payments", "diary": "diary"}
"""Which part must be put in before a line of the story that is kept for oneself is told."""


def story_rows(
    binder: Binder, claim_id: str, shown: Shown, parts: Collection[str]
) -> Iterator[StoryRow]:
    """Yield what a stranger may read of the story; papers that stay out have no line."""
    private = binder.ask(claim_story, claim_id)
    put_in = [
        (line.what, line.id)
        for line in private
        if _PART_OF.get(line.what) in parts or (line.what == "document" and line.id in shown)
    ]
    for line in binder.ask(public_story, claim_id, put_in=put_in):
        if line.what != "document":
            paper = line.document_id if line.document_id in shown else None
            page = _page_in(shown.get(paper or ""), line.page)
            yield replace(_row(line, story_word(line.what), line.text, paper), page=page)
        elif exhibit := shown.get(line.id):
            yield _row(line, exhibit.kind or kind_name(None), exhibit.title, line.id)
    if "notes" in parts:
        yield from _notes(binder, claim_id, shown)


def _row(line: StoryLine, what: str, text: str, document_id: str | None) -> StoryRow:
    is_known = not line.when or line.when == spoken(line.on)
    return StoryRow(
        on=line.on if is_known else None,
        when="" if is_known else _capital(line.when),
        what=what, text=text, document_id=document_id,
    )  # fmt: skip


def _notes(binder: Binder, claim_id: str, shown: Shown) -> Iterator[StoryRow]:
    claim = binder.ask(record, "claim", claim_id)
    if claim and claim.note.strip():
        yield StoryRow(on=None, what="Note", text=claim.note.strip())
    for key in shown:
        paper = binder.ask(record, "document", key)
        if paper and paper.note.strip():
            yield StoryRow(on=None, what="Note", text=paper.note.strip(), document_id=key)


def call_log(binder: Binder, claim_id: str, parts: Collection[str]) -> Iterator[CallRow]:
    """Yield the calls, the oldest first; what was remarked only where that was chosen."""
    for call in reversed(calls_for_others(binder, claim_id)):
        moment = call.called_at.astimezone()
        yield CallRow(
            on=moment.date(),
            at=_clock(moment),
            with_whom=", ".join(part for part in (call.with_whom, call.department) if part),
            reference=call.reference,
            said=call.note if "remarks" in parts else "",
            promised=call.promise,
            promised_by=call.promise_by,
        )


def criterion_rows(binder: Binder, denial_id: str, shown: Shown) -> Iterator[CriterionRow]:
    """Yield the points to answer with their proof, as far as its papers are in the bundle."""
    for point in binder.ask(criteria_of, denial_id):
        yield CriterionRow(
            kind=point.kind,
            quote=point.quote,
            source=_place(point.source_document_id, point.source_page, shown),
            answer=point.answer,
            proofs=tuple(
                place
                for proof in point.proofs
                if (place := _place(proof.document_id, proof.page, shown))
            ),
        )


def treatment_rows(binder: Binder, claim_id: str, shown: Shown) -> Iterator[TreatmentRow]:
    """Yield the treatments that were tried, as they began."""
    for tried in binder.ask(treatments_of, claim_id):
        one = tried.treatment
        how = treatment_way(one.route, one.product)
        yield TreatmentRow(
            what=one.what,
            how=", ".join(filter(None, (how, tried.provider))),
            dose=one.dose,
            when=_when(one),
            outcome=treatment_outcome(one.outcome, one.reaction),
            proof=_place(one.document_id, one.page, shown),
        )


def evidence_rows(checklist: Checklist, shown: Shown) -> Iterator[EvidenceRow]:
    """Yield the items of the evidence list of which a paper is in the bundle."""
    for each in checklist.items:
        if each.state == "have" and (found := [p.id for p in each.papers if p.id in shown]):
            yield EvidenceRow(item=each.item.text, document_ids=tuple(found))


def diary_rows(binder: Binder, claim_id: str) -> Iterator[DiaryRow]:
    """Yield the lines of the diary, the oldest first."""
    for line in binder.ask(diary_of, claim_id):
        yield DiaryRow(on=line.on, text=line.text, score=line.score)


def _place(document_id: str | None, page: int | None, shown: Shown) -> PlaceOfProof | None:
    """Return a place in a paper that is in the bundle; its page only where that page is in too."""
    exhibit = shown.get(document_id or "")
    if exhibit is None:
        return None
    return PlaceOfProof(document_id=exhibit.document_id, page=_page_in(exhibit, page))


def _page_in(exhibit: ExhibitPlan | None, page: int | None) -> int | None:
    if exhibit is None or (exhibit.pages is not None and page not in exhibit.pages):
        return None
    return page


def _when(one: Treatment) -> str:
    began, ended = spoken_partial(one.began), spoken_partial(one.ended)
    if one.outcome == "ongoing" and began and not ended:
        return f"since {began}"
    if began and ended:
        return began if began == ended else f"{began} to {ended}"
    return began or (f"until {ended}" if ended else "")


def _clock(moment: datetime) -> str:
    return f"{moment.hour % 12 or 12}:{moment.minute:02d} {'PM' if moment.hour >= 12 else 'AM'}"


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
