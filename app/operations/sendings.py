"""What was sent out: the record of it, what it moves, and the time that it starts for others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.clock import Clock
from app.domain.denial import Denial
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.domain.sending import WAYS, Sending, SendingProof
from app.operations.clocks import denial_of, start_decision
from app.operations.day_checks import check_clock_time, refuse_absurd, refuse_early_arrival
from app.operations.ids import new_id
from app.operations.sent_files import hold_files, keep_files
from app.storage.unit_of_work import UnitOfWork
from app.workers import WorkerPool

_STILL_WAITING: Final = (
    "What you sent on {} is still waiting for its answer too. Both times run; stop waiting for the "
    "one that no longer counts."
)
_LONGEST: Final = 1_000  # letters of an address or a number: they stand in a column
_KINDS_OF_PROOF: Final = {"certified_mail": "mail_receipt", "fax": "fax_confirmation"}
"""What kind of paper a proof is, by the way of the sending, where nobody has said it."""


@dataclass(frozen=True, slots=True)
class RecordedSending:
    """A sending as stored, the time it started, its date, and what is still to be asked or said.

    `clock` is None where it answers no denial.
    """

    sending: Sending
    clock: Clock | None = None
    item: DueItem | None = None
    ask: str | None = None


def record_sending(  # noqa: PLR0913 - each is one answer of the form
    binder: Binder,
    claim_id: str,
    sent_on: date,
    *,
    got_on: date | None = None,
    at: str = "",
    zone: str = "",
    expedited: bool = False,
    proofs: Sequence[str] = (),
    files: Sequence[Path] = (),
    papers: Sequence[str] = (),
    workers: WorkerPool | None = None,
    **known: Any,
) -> RecordedSending:
    """Note that a packet left the house; `known` are further fields of `Sending`.

    Where it answers a denial, the denial stands as appealed, its date is done, the claim moves
    on, and the time for the answer starts, all in the same step. `got_on` is the day they got it,
    where that is known; `at` (“14:30”) with `zone` is the clock time of that day, else of the
    sending. `expedited` says that it asks for a fast appeal. `proofs` are the papers that prove it.
    Where it was no bundle of this program (`bundle_id`), exact copies are kept of the `files` and
    `papers` that it was; with `workers` their pages are counted.

    A second sending for the same denial starts a time of its own. The first one stays until it is
    answered or waived: more papers do not start their time anew, a lost packet does, and only the
    person can tell which it was.

    Raises:
        UserError: the claim or denial does not exist, the way is none of ours, a day cannot be
            right, or a file cannot be read.
    """
    out = hold_files(binder, files, papers, workers=workers)
    sending = Sending(
        id=new_id(), claim_id=claim_id, sent_on=sent_on, delivered_on=got_on,
        author_id=binder.author_id, added_at=binder.now(), **known,
    )  # fmt: skip
    check_clock_time(at, zone)
    with binder.operation("Record what was sent") as work:
        work.claims.get(claim_id)
        sending = work.sendings.add(checked(work, sending, binder.today()))
        sending = keep_files(binder, work, sending, out)
        keep_proofs(work, sending, proofs)
        if not sending.denial_id:
            return RecordedSending(sending)
        return start_waiting(binder, work, sending, at=at, zone=zone, expedited=expedited)


def checked(work: UnitOfWork, sending: Sending, today: date) -> Sending:
    """Return a sending whose values can be right, within a larger operation.

    Raises:
        UserError: the way is none of ours, a text is too long, a day cannot be right, or the bundle
            or the call is not there or belongs to another claim.
    """
    if sending.way not in WAYS:
        raise UserError(f"“{sending.way}” is not a way to send. Choose {', '.join(WAYS)}.")
    if max(len(sending.to), len(sending.tracking)) > _LONGEST:
        raise UserError(
            f"To whom it went, and its number, have at most {_LONGEST:,} letters each. Write the "
            "rest into the note."
        )
    refuse_absurd(sending.sent_on, today, "sent")
    if sending.delivered_on:
        refuse_early_arrival(sending.sent_on, sending.delivered_on, today)
    if sending.confirmed_on:
        refuse_absurd(sending.confirmed_on, today, "confirmed")
        if sending.confirmed_on < sending.sent_on:
            raise UserError(
                f"It was sent on {spoken(sending.sent_on)}. Nobody can have confirmed it before "
                f"that, on {spoken(sending.confirmed_on)}. Check the two days."
            )
    if sending.bundle_id and work.saved_bundles.get(sending.bundle_id).claim_id != sending.claim_id:
        raise UserError("This bundle belongs to another claim. Choose one of this claim.")
    if sending.call_id and work.calls.get(sending.call_id).claim_id not in {
        None, sending.claim_id,
    }:  # fmt: skip
        raise UserError("This call is about another claim. Choose a call about this one.")
    return sending


def keep_proofs(work: UnitOfWork, sending: Sending, document_ids: Sequence[str]) -> None:
    """Note which papers prove a sending, within a larger operation; those known stay as they are.

    A paper without a claim or a kind gets those of what it proves.
    """
    known = {proof.document_id for proof in work.sending_proofs.where(sending_id=sending.id)}
    for document_id in dict.fromkeys(document_ids):
        if document_id in known:
            continue
        paper = work.documents.get(document_id)
        if paper.trashed_at:
            raise UserError(f"“{paper.name}” is in the trash. Take it out first.")
        work.documents.save(
            replace(
                paper,
                claim_id=paper.claim_id or sending.claim_id,
                kind=paper.kind or _KINDS_OF_PROOF.get(sending.way),
            )
        )
        work.sending_proofs.add(
            SendingProof(id=new_id(), sending_id=sending.id, document_id=document_id)
        )


def start_waiting(
    binder: Binder,
    work: UnitOfWork,
    sending: Sending,
    *,
    at: str = "",
    zone: str = "",
    expedited: bool = False,
) -> RecordedSending:
    """Let the denial that a sending answers wait for its answer, within a larger operation."""
    denial = _appealed(work, sending, expedited=expedited)
    work.claims.save(replace(work.claims.get(sending.claim_id), status="appealed"))
    before = _waiting_since(work, denial)
    started = start_decision(
        binder, work, denial, sending.sent_on, sending_id=sending.id,
        received_on=sending.delivered_on, at=at, zone=zone,
    )  # fmt: skip
    ask = started.ask or (before and _STILL_WAITING.format(spoken(before)))
    return RecordedSending(sending, started.clock, started.item, ask)


def stop_waiting_for(work: UnitOfWork, sending: Sending) -> None:
    """Take back what a sending moved, within a larger operation: its denial stands as before.

    Raises:
        UserError: the answer to what was sent is recorded, and nothing else was sent that it could
            answer.
    """
    for clock in work.clocks.where(sending_id=sending.id):
        for item in work.due_items.where(clock_id=clock.id):
            work.due_items.remove(item.id)
        work.clocks.remove(clock.id)
    denial = work.denials.find(sending.denial_id)
    if denial is None or denial.standing not in {"appealed", "answered"}:
        return
    others = [each for each in work.sendings.where(denial_id=denial.id) if each.id != sending.id]
    if others or work.clocks.where(denial_id=denial.id, kind="decision"):
        return
    if denial.standing == "answered":
        raise UserError(
            "The answer to what was sent here is recorded already, so it must have been sent. "
            "Undo the answer first, or correct the day and the way instead."
        )
    _open_again(work, denial, sending)


def _open_again(work: UnitOfWork, denial: Denial, sending: Sending) -> None:
    """Let a denial ask for its appeal again, and its claim stand as it does then."""
    work.denials.save(replace(denial, standing="open"))
    for item in work.due_items.where(denial_id=denial.id, kind="appeal"):
        if item.done_on == sending.sent_on:
            work.due_items.save(replace(item, done_on=None))
    claim = work.claims.get(sending.claim_id)
    waiting = work.denials.where(claim_id=claim.id, standing="appealed")
    if claim.status == "appealed" and not waiting:
        work.claims.save(replace(claim, status="denied"))


def _appealed(work: UnitOfWork, sending: Sending, *, expedited: bool) -> Denial:
    """Note that a denial is appealed, and that its date to appeal is kept."""
    denial = denial_of(work, sending.claim_id, sending.denial_id or "")
    if denial.standing == "answered":
        raise UserError(
            "The appeal of this denial was answered already. Choose the denial that came with "
            "that answer, or record what you sent without a denial."
        )
    refuse_before_letter(denial, sending)
    denial = replace(denial, standing="appealed")
    if expedited and denial.fast != "asked":
        denial = replace(denial, fast="asked", fast_on=sending.sent_on)
    for item in work.due_items.where(denial_id=denial.id, kind="appeal"):
        if item.is_open:
            work.due_items.save(replace(item, done_on=sending.sent_on))
    return work.denials.save(denial)


def refuse_before_letter(denial: Denial, sending: Sending) -> None:
    """Refuse an appeal that would have been sent before the letter that it answers."""
    if denial.notice_on and sending.sent_on < denial.notice_on:
        raise UserError(
            f"The denial is dated {spoken(denial.notice_on)}, and the appeal is said to have been "
            f"sent before that, on {spoken(sending.sent_on)}. Check the two days."
        )


def _waiting_since(work: UnitOfWork, denial: Denial) -> date | None:
    """Return the day of the newest earlier sending whose answer is still awaited."""
    clocks = work.clocks.where(denial_id=denial.id, kind="decision")
    days = [clock.started_on for clock in clocks if clock.is_running and clock.started_on]
    return max(days, default=None)
