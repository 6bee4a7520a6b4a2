"""An appeal that went out and what came of it, on which every verb about it can be tried."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.binder import Binder
from app.domain.bundle import BlackBox, BoundBundle, BoundFile, BundlePlan
from app.operations import (
    answers,
    authorizations,
    black_outs,
    bundle_choices,
    checklist,
    claims,
    criteria,
    denials,
    diary,
    letter_papers,
    next_appeal,
    people,
    providers,
    representatives,
    saved_bundles,
    sending_changes,
    sendings,
    story,
    trash,
    treatments,
    winning,
)
from app.operations.answers import AppealAnswer
from app.operations.bundle_plan import plan_bundle
from app.operations.denials import DenialAnswer
from app.operations.intake import Filing, add_bytes
from app.operations.rules import rule_book

DAY: Final = date(2026, 11, 21)
LONG: Final = "a long note " * 2000
LETTER: Final = "Dear reviewer,\n\n" + "Iron by mouth did not help. " * 500
EVIDENCE: Final = sorted(checklist.evidence_book().items)[:2]


@dataclass(frozen=True)
class Appeal:
    """One record of each kind that an appeal has, each with another one hanging on it."""

    claim: Any
    denial: Any
    next: Any
    won: Any
    owed: Any
    paper: str
    receipt: str
    signer: Any
    provider: Any
    approval: Any
    treatment: Any
    line: Any
    speaker: Any
    point: Any
    other_point: Any
    letter: Any
    bundle: Any
    later_bundle: Any
    sending: Any
    more: Any


def bound(folder: Path, name: str, content: bytes) -> BoundBundle:
    """A bundle as the binding hands it over: one file that lies in a folder."""
    path = folder / f"{name}.pdf"
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    return BoundBundle(files=(BoundFile(path=path, pages=3, bytes=len(content), sha256=digest),))


def planned(binder: Binder, claim_id: str) -> BundlePlan:
    return plan_bundle(binder, claim_id, today=DAY)


def appeal(binder: Binder, folder: Path, patient: Any, plan: Any) -> Appeal:
    """Fill a household with an appeal that was refused, sent again, and won."""
    book = rule_book()
    signer = people.add_person(binder, "Sam", relation="spouse")
    lee = providers.add_provider(binder, "Dr. Lee", npi="1234567893")
    claim = claims.open_claim(
        binder, "Iron", person_id=patient.id, plan_id=plan.id, provider_id=lee.id,
        facility_id=lee.id,
    )  # fmt: skip
    papers = [
        add_bytes(binder, f"{name}.txt", name.encode(), filing=Filing(claim.id, kind)).document_id
        for name, kind in (("the refusal", "denial"), ("the receipt", "mail_receipt"))
    ]
    letter_id, receipt = (paper or "" for paper in papers)
    said = DenialAnswer(document_id=letter_id, letter_says="days", letter_days=180, notice_on=DAY)
    denied = denials.record_denial(binder, book, claim.id, said, confirmed=True).denial
    point = criteria.add_point(
        binder, denied.id, "Iron by mouth first", answer="It was tried.",
        proofs=[(letter_id, None)], source_document_id=letter_id,
    )  # fmt: skip
    other_point = criteria.add_point(binder, denied.id, "Ferritin below 30", kind="criterion")
    checklist.mark_asked(
        binder, denied.id, EVIDENCE[0], of="Dr. Lee", on=DAY, again_on=date(2026, 12, 5)
    )
    checklist.mark_proved(binder, denied.id, EVIDENCE[1], letter_id)
    treatment = treatments.add_treatment(
        binder, claim.id, "Iron tablets", began="2024", outcome="no_effect", provider_id=lee.id,
        document_id=letter_id,
    )  # fmt: skip
    line = diary.add_line(binder, claim.id, "Too tired to walk", on=DAY, score=8)
    speaker = representatives.add_representative(
        binder, patient.id, helper_id=signer.id, plan_id=plan.id, document_id=letter_id
    )
    letter = letter_papers.save_letter(binder, claim.id, "appeal", "Our appeal", LETTER, denied.id)
    letter = letter_papers.sign_letter(binder, letter.id, DAY, document_id=receipt)
    black_outs.set_black_outs(binder, letter_id, _boxes(0.1))
    bundle_choices.choose(
        binder, claim.id,
        [bundle_choices.PaperChoice(document_id=receipt, goes_in=False)], ["diary"],
    )  # fmt: skip
    story.hide_line(binder, claim.id, "treatment", treatment.id)
    made = bound(folder, "appeal", b"%PDF the appeal as it was sent")
    plan_of = planned(binder, claim.id)
    bundle = saved_bundles.freeze_bundle(binder, claim.id, plan_of, made, denial_id=denied.id)
    sent = sendings.record_sending(
        binder, claim.id, DAY, way="certified_mail", denial_id=denied.id,
        bundle_id=bundle.bundle.id, proofs=[receipt],
    ).sending  # fmt: skip
    answered = answers.record_answer(
        binder, book, denied.id, AppealAnswer(outcome="upheld", on=DAY, reason="Not shown")
    )
    assert answered.follows
    later = saved_bundles.freeze_bundle(
        binder, claim.id, plan_of, bound(folder, "later", b"%PDF not sent"),
        denial_id=answered.follows.denial.id,
    )  # fmt: skip
    other = denials.record_denial(binder, book, claim.id, said, confirmed=True).denial
    approval = authorizations.add_authorization(
        binder, "Iron", claim_id=claim.id, status="approved", provider_id=lee.id,
        document_id=letter_id, denial_id=other.id, until_on=date(2027, 5, 1),
        renew_by=date(2027, 4, 1),
    ).authorization  # fmt: skip
    answers.record_answer(binder, book, other.id, AppealAnswer(outcome="overturned", on=DAY))
    more = sendings.record_sending(binder, claim.id, DAY, way="fax", proofs=[letter_id]).sending
    (owed,) = winning.ask_back(
        binder, other.id, winning.AskedBack(what="refund", on=DAY, by=date(2026, 12, 21))
    )
    return Appeal(
        claim, answered.denial, answered.follows.denial, other, owed, letter_id, receipt, signer,
        lee, approval, treatment, line, speaker, point, other_point, letter, bundle.bundle,
        later.bundle, sent, more,
    )  # fmt: skip


def _boxes(at: float) -> list[BlackBox]:
    return [
        BlackBox(page=1, x0=0.1, x1=0.5, y0=at + number / 200, y1=at + number / 200 + 0.004)
        for number in range(15)
    ]


def _choose(binder: Binder, of: Appeal) -> None:
    chosen = [
        bundle_choices.PaperChoice(document_id=of.receipt, goes_in=True, ink="black"),
        bundle_choices.PaperChoice(document_id=of.paper, goes_in=True, pages="1-3"),
    ]
    bundle_choices.choose(binder, of.claim.id, chosen, ["notes", "remarks"])


def _freeze(binder: Binder, folder: Path, of: Appeal) -> None:
    made = bound(folder, "another", b"%PDF another")
    plan = planned(binder, of.claim.id)
    saved_bundles.freeze_bundle(
        binder, of.claim.id, plan, made, denial_id=of.next.id, decided=[LONG]
    )


def _next(binder: Binder, of: Appeal) -> None:
    given = next_appeal.NextAppeal(news=LONG, with_packet=True, with_proof=True)
    next_appeal.build_next_appeal(binder, of.denial.id, given)


def _proof(binder: Binder, of: Appeal) -> str:
    with binder.operation("look") as work:
        return work.sending_proofs.where(sending_id=of.sending.id)[0].id


AppealVerb = Callable[[Binder, Path, Appeal], object]

APPEAL_VERBS: Final[dict[str, AppealVerb]] = {
    "add a provider": lambda b, _, of: providers.add_provider(b, "Clinic", note=LONG),
    "change a provider": lambda b, _, of: providers.change_provider(
        b, replace(of.provider, name="Dr. Ann Lee", note=LONG)
    ),
    "add an authorization": lambda b, _, of: authorizations.add_authorization(
        b, "Infusions", claim_id=of.claim.id, until_on=date(2027, 3, 1), note=LONG
    ),
    "change an authorization": lambda b, _, of: authorizations.change_authorization(
        b, replace(of.approval, until_on=date(2027, 6, 1), note=LONG)
    ),
    "trash an authorization": lambda b, _, of: trash.put_in_trash(
        b, [("authorization", of.approval.id)]
    ),
    "add a treatment": lambda b, _, of: treatments.add_treatment(
        b, of.claim.id, "Iron drops", note=LONG
    ),
    "change a treatment": lambda b, _, of: treatments.change_treatment(
        b, replace(of.treatment, note=LONG)
    ),
    "write in the diary": lambda b, _, of: diary.add_line(b, of.claim.id, "Dizzy", score=3),
    "change the diary": lambda b, _, of: diary.change_line(b, replace(of.line, text="Very tired")),
    "take a line out of the diary": lambda b, _, of: diary.remove_line(b, of.line.id),
    "say who may speak": lambda b, _, of: representatives.add_representative(
        b, of.signer.id, "Ann", note=LONG
    ),
    "change who may speak": lambda b, _, of: representatives.change_representative(
        b, replace(of.speaker, sent_on=DAY, note=LONG)
    ),
    "ask for evidence": lambda b, _, of: checklist.mark_asked(
        b, of.next.id, EVIDENCE[0], of="Dr. Lee", on=DAY, again_on=date(2026, 12, 5)
    ),
    "say that evidence does not apply": lambda b, _, of: checklist.mark_not_needed(
        b, of.denial.id, EVIDENCE[0]
    ),
    "name a paper as evidence": lambda b, _, of: checklist.mark_proved(
        b, of.next.id, EVIDENCE[1], of.paper
    ),
    "take a paper off": lambda b, _, of: checklist.take_paper_off(
        b, of.denial.id, EVIDENCE[1], of.paper
    ),
    "clear a mark": lambda b, _, of: checklist.clear_marks(b, of.denial.id, EVIDENCE[0]),
    "add a point": lambda b, _, of: criteria.add_point(
        b, of.next.id, "Ferritin", answer=LONG[:3900], proofs=[(of.paper, None)]
    ),
    "change a point": lambda b, _, of: criteria.change_point(
        b, of.point.id, answer=LONG[:3900], proofs=[(of.receipt, None)]
    ),
    "move a point": lambda b, _, of: criteria.move_point(b, of.other_point.id, 1),
    "remove a point": lambda b, _, of: criteria.remove_point(b, of.point.id),
    "write a letter": lambda b, _, of: letter_papers.save_letter(
        b, of.claim.id, "appeal", "Again", LETTER
    ),
    "change a letter": lambda b, _, of: letter_papers.change_letter(
        b, replace(of.letter, body=LETTER + LETTER)
    ),
    "sign a letter": lambda b, _, of: letter_papers.sign_letter(
        b, of.letter.id, date(2026, 11, 20), document_id=of.paper
    ),
    "keep a letter as a paper": lambda b, _, of: letter_papers.keep_letter(b, of.letter.id),
    "choose what goes in": lambda b, _, of: _choose(b, of),
    "black out": lambda b, _, of: black_outs.set_black_outs(b, of.paper, _boxes(0.3)),
    "freeze a bundle": _freeze,
    "change what was sent": lambda b, _, of: sending_changes.change_sending(
        b, of.sending.id, note=LONG
    ),
    "remove what was sent": lambda b, _, of: sending_changes.remove_sending(b, of.more.id),
    "note the day they got it": lambda b, _, of: sending_changes.note_delivery(
        b, of.sending.id, DAY
    ),
    "note who confirmed it": lambda b, _, of: sending_changes.confirm_sending(
        b, of.sending.id, DAY, "Ann, appeals desk"
    ),
    "add a proof": lambda b, _, of: sending_changes.add_proofs(b, of.sending.id, [of.paper]),
    "remove a proof": lambda b, _, of: sending_changes.remove_proof(b, _proof(b, of)),
    "build the next appeal": lambda b, _, of: _next(b, of),
    "ask for what they owe": lambda b, _, of: winning.ask_back(
        b, of.won.id,
        winning.AskedBack(what="reprocess", on=DAY, by=date(2026, 12, 21), note=LONG),
    ),
    "note what came back": lambda b, _, of: winning.note_settled(b, of.owed.id, DAY),
    "show a hidden line": lambda b, _, of: story.show_line(
        b, of.claim.id, "treatment", of.treatment.id
    ),
}  # fmt: skip
"""Every way to change an appeal, tried once; `world.VERBS` takes them in."""

SMALL_APPEAL_VERBS: Final = frozenset({
    "trash an authorization", "write in the diary", "change the diary",
    "take a line out of the diary", "ask for evidence", "say that evidence does not apply",
    "name a paper as evidence", "take a paper off", "clear a mark", "add a point",
    "change a point", "move a point", "remove a point", "sign a letter", "choose what goes in",
    "black out", "remove what was sent", "note the day they got it", "note who confirmed it",
    "add a proof", "remove a proof", "note what came back", "show a hidden line",
    "keep a letter as a paper",
})  # fmt: skip
"""Verbs that may still fit into pages that are there."""
