"""The appeal bundle of a claim: what goes in, in which order, and the file itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from app.binder import Binder
from app.domain.bundle import (
    BoundBundle,
    BundlePlan,
    CallRow,
    Cover,
    ExhibitPlan,
    StoryRow,
)
from app.domain.claim import Claim
from app.domain.denial import Denial
from app.domain.document import PRIVATE_KINDS
from app.domain.errors import UserError
from app.domain.person import Person
from app.domain.plan import Plan
from app.domain.sending import Sending
from app.exporting.bundle_pdf import bind
from app.jobs import Progress
from app.operations.bundle_words import kind_name, place_of
from app.operations.exhibits import exhibit_of, with_sources
from app.operations.papers import wanted
from app.storage.queries.calls import call_rows
from app.storage.queries.papers import PaperRow, paper_rows
from app.storage.queries.story import StoryLine, claim_story
from app.workers import WorkerPool

_LEVELS: Final = {1: "First appeal", 2: "Second appeal", 3: "External review"}
_WAYS: Final = {
    "certified_mail": "by certified mail", "mail": "by mail", "fax": "by fax",
    "portal": "through the portal", "by_hand": "by hand", "other": "",
}  # fmt: skip
_USEFUL: Final = (
    (("denial", "appeal_decision"), "The denial letter is not among the papers."),
    (("necessity_letter",), "There is no letter of medical necessity from a doctor."),
    (
        ("medical_record", "lab_result", "imaging", "infusion_record"),
        "There is no medical record, lab result or session record.",
    ),
    (("medical_policy", "plan_document"), "The plan's own policy or booklet is not among them."),
)
"""What an appeal usually needs, and the sentence where it lacks; it never stops the bundle."""


@dataclass(frozen=True, slots=True)
class _Known:
    """All that the binder knows of a claim."""

    claim: Claim
    patient: Person | None
    plan: Plan | None
    denial: Denial | None
    papers: tuple[PaperRow, ...]
    story: tuple[StoryLine, ...]


def plan_bundle(
    binder: Binder,
    claim_id: str,
    *,
    today: date,
    left_out: Collection[str] = (),
    put_in: Collection[str] = (),
    order: Sequence[str] = (),
) -> BundlePlan:
    """Choose and order what goes into the bundle of a claim; nothing is opened or written yet.

    Receipts, card slips and checks stay out unless `put_in` names them; `left_out` names other
    papers that stay out. Papers that `order` names come first, in that order; the rest follow as
    a reviewer reads: what they said, our answer, the doctors, the proof, the rules. All are ids.
    What was said in calls and noted about papers stays out.

    Raises:
        UserError: the claim does not exist.
    """
    known = _known(binder, claim_id)
    exhibits = tuple(map(exhibit_of, _chosen(known.papers, left_out, put_in, order)))
    shown = {exhibit.document_id: exhibit for exhibit in exhibits}
    return BundlePlan(
        title=f"Appeal: {known.claim.title}",
        made_on=today,
        cover=_cover(known),
        exhibits=exhibits,
        story=tuple(_story(binder, known.story, shown)),
        calls=tuple(_calls(binder, claim_id)),
    )


def what_lacks(binder: Binder, plan: BundlePlan) -> tuple[str, ...]:
    """Return what an appeal usually has and this bundle lacks; it can be sent all the same."""
    ids = [exhibit.document_id for exhibit in plan.exhibits]
    papers = binder.ask(paper_rows, only=ids)
    kinds = {paper.kind for paper in papers}
    lacks = [sentence for useful, sentence in _USEFUL if not kinds & set(useful)]
    unread = [paper.name for paper in papers if paper.read == "waiting"]
    lacks += [f"“{name}” is not read yet: its words cannot be searched." for name in unread]
    lacks += [
        f"Not every page of “{paper.name}” could be read. {paper.reason}"
        for paper in papers
        if paper.read == "failed" and paper.pages and paper.reason
    ]
    cover = plan.cover
    for value, what in (
        (cover.patient, "patient's name"),
        (cover.member_id, "member ID"),
        (cover.recipient, "address for appeals"),
        (cover.denied_on, "date of the denial"),
    ):
        if not value:
            lacks.append(f"The cover does not tell the {what}: it is not known yet.")
    return tuple(lacks)


def bind_bundle(
    binder: Binder,
    workers: WorkerPool,
    plan: BundlePlan,
    target: Path,
    progress: Progress,
    *,
    allow_gaps: bool = False,
) -> BoundBundle:
    """Write the bundle as one PDF and check it; a file there before is replaced only at the end.

    A paper that cannot go in is named in `gaps`. Without `allow_gaps` nothing is written then;
    with it a page stands in its place. What the appeal lacks is among the `warnings`.

    Raises:
        UserError: there is no paper to bind, or the place cannot be written to.
        Cancelled: the person asked to stop.
    """
    if not plan.exhibits:
        raise UserError(
            "There is no paper to bind yet. File the denial letter and your proof under this "
            "claim, then try again."
        )
    with ExitStack() as lent:
        exhibits = tuple(with_sources(binder, exhibit, lent) for exhibit in plan.exhibits)
        bound = bind(
            replace(plan, exhibits=exhibits), target, workers, progress, allow_gaps=allow_gaps
        )
    return replace(bound, warnings=(*what_lacks(binder, plan), *bound.warnings))


def _known(binder: Binder, claim_id: str) -> _Known:
    claim: Claim = wanted(binder, "claim", claim_id)
    story = binder.ask(claim_story, claim_id)
    denials: list[Denial] = [
        wanted(binder, "denial", line.id) for line in story if line.what == "denial"
    ]
    return _Known(
        claim=claim,
        patient=wanted(binder, "person", claim.person_id) if claim.person_id else None,
        plan=wanted(binder, "plan", claim.plan_id) if claim.plan_id else None,
        denial=_answered(denials),
        papers=binder.ask(paper_rows, claim_id=claim_id),
        story=story,
    )


def _answered(denials: Sequence[Denial]) -> Denial | None:
    """Return the denial that the bundle answers: the newest that stands open, else the newest."""
    newest = sorted(denials, key=lambda denial: (denial.standing == "open", denial.level))
    return newest[-1] if newest else None


def _chosen(
    papers: Sequence[PaperRow],
    left_out: Collection[str],
    put_in: Collection[str],
    order: Sequence[str],
) -> list[PaperRow]:
    rank = {key: place for place, key in enumerate(order)}

    def place(paper: PaperRow) -> tuple[Any, ...]:
        day = paper.dated_on or paper.received_on
        return (
            rank.get(paper.id, len(rank)),
            place_of(paper.kind),
            day is None,
            day or date.min,
            paper.name,
            paper.id,
        )

    chosen = [
        paper
        for paper in papers
        if paper.id not in left_out and (paper.kind not in PRIVATE_KINDS or paper.id in put_in)
    ]
    return sorted(chosen, key=place)


def _cover(known: _Known) -> Cover:
    claim, plan, patient, denial = known.claim, known.plan, known.patient, known.denial
    recipient: list[str] = []
    if plan:
        address = plan.appeal_address.splitlines()
        named = any(plan.insurer in line for line in address)
        recipient = [*([] if named else [plan.insurer]), *address]
        recipient += [f"Fax {plan.appeal_fax}"] if plan.appeal_fax else []
    return Cover(
        sender=(patient.name,) if patient else (),
        recipient=tuple(line for line in recipient if line.strip()),
        patient=patient.name if patient else "",
        born_on=patient.born_on if patient else None,
        plan=plan.name if plan else "",
        member_id=plan.member_id if plan else "",
        group_number=plan.group_number if plan else "",
        claim_numbers=(claim.number,) if claim.number else (),
        service_dates=(claim.service_on,) if claim.service_on else (),
        level=_LEVELS.get(denial.level, f"Appeal of level {denial.level}") if denial else "",
        asked=claim.asks_for,
        denial_words=denial.reason if denial else "",
        denied_on=denial.notice_on if denial else None,
    )


def _story(
    binder: Binder, story: Sequence[StoryLine], shown: dict[str, ExhibitPlan]
) -> Iterator[StoryRow]:
    """Yield what a stranger may read: papers that are in, denials, and what was sent.

    Calls have a table of their own. Money, dates of one's own and papers that stay out are left.
    """
    for line in story:
        if line.what == "document" and (exhibit := shown.get(line.id)):
            what = exhibit.kind or kind_name(None)
            yield StoryRow(on=line.on, what=what, text=exhibit.title, document_id=line.id)
        elif line.what == "denial":
            denial: Denial = wanted(binder, "denial", line.id)
            letter = denial.document_id if denial.document_id in shown else None
            yield StoryRow(on=line.on, what="Denied", text=line.text, document_id=letter)
        elif line.what == "sending":
            sent: Sending = wanted(binder, "sending", line.id)
            words = (_WAYS.get(sent.way, ""), sent.to and f"to {sent.to}")
            tracking = f", tracking number {sent.tracking}" if sent.tracking else ""
            text = f"{' '.join(filter(None, words)) or 'Sent'}{tracking}"
            yield StoryRow(on=line.on, what="Sent", text=f"{text[:1].upper()}{text[1:]}")


def _calls(binder: Binder, claim_id: str) -> Iterator[CallRow]:
    """Yield the calls, the oldest first, without the remarks of whoever called."""
    for call in reversed(binder.ask(call_rows, claim_id=claim_id)):
        moment = call.called_at.astimezone()
        yield CallRow(
            on=moment.date(),
            at=_clock(moment),
            with_whom=", ".join(part for part in (call.with_whom, call.department) if part),
            reference=call.reference,
            promised=call.promise,
            promised_by=call.promise_by,
        )


def _clock(moment: datetime) -> str:
    return f"{moment.hour % 12 or 12}:{moment.minute:02d} {'PM' if moment.hour >= 12 else 'AM'}"
