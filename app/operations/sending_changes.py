"""Corrections of what was sent, its proof, and the day they got it; dates are shown beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.claim import Claim
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.domain.recount import Recounted, Subject, recounted
from app.domain.sending import Sending
from app.operations.clocks import settle_clock
from app.operations.hanging import rehearsed
from app.operations.sendings import (
    checked,
    keep_proofs,
    refuse_before_letter,
    start_waiting,
    stop_waiting_for,
)
from app.storage.unit_of_work import UnitOfWork

_KEPT_APART: Final = frozenset({"id", "claim_id", "added_at", "author_id"})
_NOT_AWAITED: Final = "Nothing is awaited for what was not sent."


def change_sending(binder: Binder, sending_id: str, **known: Any) -> Sending:
    """Correct what was sent; the denial it answers and the time for the answer follow.

    `known` are fields of `Sending`; what is not named stays as it was.

    Raises:
        UserError: a value cannot be right, or the answer to it is recorded and it would answer
            something else.
    """
    with binder.operation("Change what was sent") as work:
        return _change(binder, work, sending_id, known)


def preview_change(binder: Binder, sending_id: str, **known: Any) -> tuple[Recounted, ...]:
    """Return what `change_sending` would do to the calendar.

    Raises:
        UserError: as `change_sending`.
    """

    def change(work: UnitOfWork) -> tuple[Recounted, ...]:
        before = work.sendings.get(sending_id)
        claim, items = work.claims.get(before.claim_id), _open_items(work, before)
        after = _change(binder, work, sending_id, known)
        return _moved(work, claim, items, _reason(before, after))

    return rehearsed(binder, change)


def remove_sending(binder: Binder, sending_id: str) -> None:
    """Take a sending out of the log, with its proof; the papers and frozen files stay.

    Its denial asks for its date again, unless something else was sent for it.

    Raises:
        UserError: the answer to it is recorded.
    """
    with binder.operation("Remove what was sent") as work:
        _remove(work, sending_id)


def preview_removal(binder: Binder, sending_id: str) -> tuple[Recounted, ...]:
    """Return what `remove_sending` would do to the calendar.

    Raises:
        UserError: as `remove_sending`.
    """

    def change(work: UnitOfWork) -> tuple[Recounted, ...]:
        before = work.sendings.get(sending_id)
        claim, items = work.claims.get(before.claim_id), _open_items(work, before)
        _remove(work, sending_id)
        return _moved(work, claim, items, "it was not sent")

    return rehearsed(binder, change)


def note_delivery(binder: Binder, sending_id: str, on: date) -> Sending:
    """Note on which day they got it; the answer is counted anew from it, if it is awaited.

    Raises:
        UserError: they cannot have got it on that day.
    """
    with binder.operation("Note the day they got it") as work:
        return _change(binder, work, sending_id, {"delivered_on": on})


def confirm_sending(
    binder: Binder, sending_id: str, on: date, by: str, *, call_id: str | None = None
) -> Sending:
    """Note who confirmed that they have it, on which day, and in which call.

    Raises:
        UserError: nobody is named, or the day or the call cannot be right.
    """
    who = " ".join(by.split())
    if not who:
        raise UserError("Write down who confirmed it: a first name and the office are enough.")
    confirmed: dict[str, Any] = {"confirmed_on": on, "confirmed_by": who, "call_id": call_id}
    with binder.operation("Note who confirmed it") as work:
        return _change(binder, work, sending_id, confirmed)


def add_proofs(binder: Binder, sending_id: str, document_ids: Sequence[str]) -> Sending:
    """Note which papers prove that it was sent or that it arrived.

    Raises:
        UserError: a paper or the sending does not exist.
    """
    with binder.operation("Add a proof") as work:
        sending = work.sendings.get(sending_id)
        keep_proofs(work, sending, document_ids)
        return sending


def remove_proof(binder: Binder, proof_id: str) -> None:
    """Take a paper out of the proof; the paper itself stays."""
    with binder.operation("Remove a proof") as work:
        work.sending_proofs.remove(proof_id)


def _change(binder: Binder, work: UnitOfWork, sending_id: str, known: dict[str, Any]) -> Sending:
    if unknown := _KEPT_APART & known.keys():
        raise ValueError(f"{', '.join(sorted(unknown))} of a sending never changes")
    before = work.sendings.get(sending_id)
    after = checked(work, replace(before, **known), binder.today())
    if after.denial_id != before.denial_id:
        stop_waiting_for(work, before)
        work.sendings.save(after)
        if after.denial_id:
            start_waiting(binder, work, after)
        return after
    work.sendings.save(after)
    if after.sent_on != before.sent_on:
        _move_appeal(work, after, before.sent_on)
    for clock in work.clocks.where(sending_id=after.id):
        is_told = after.delivered_on != before.delivered_on
        got_on = after.delivered_on if is_told else clock.received_on
        began = replace(clock, received_on=got_on, started_on=got_on or after.sent_on)
        work.clocks.save(began)
        if began.is_running:
            settle_clock(binder, work, began)
    return after


def _move_appeal(work: UnitOfWork, sending: Sending, was: date) -> None:
    """Let the date of the appeal be done on the day on which it was really sent."""
    denial = work.denials.find(sending.denial_id)
    if denial is None:
        return
    refuse_before_letter(denial, sending)
    for item in work.due_items.where(denial_id=denial.id, kind="appeal"):
        if item.done_on == was:
            work.due_items.save(replace(item, done_on=sending.sent_on))


def _remove(work: UnitOfWork, sending_id: str) -> None:
    sending = work.sendings.get(sending_id)
    stop_waiting_for(work, sending)
    for proof in work.sending_proofs.where(sending_id=sending.id):
        work.sending_proofs.remove(proof.id)
    work.sendings.remove(sending.id)


def _open_items(work: UnitOfWork, sending: Sending) -> dict[str, DueItem]:
    items = work.due_items.where(claim_id=sending.claim_id)
    return {item.id: item for item in items if item.is_open}


def _moved(
    work: UnitOfWork, claim: Claim, before: dict[str, DueItem], reason: str
) -> tuple[Recounted, ...]:
    """Return a line for each entry of the claim that is another one now."""
    items = work.due_items.where(claim_id=claim.id)
    after = {item.id: item for item in items if item.is_open}
    rows: list[Recounted] = []
    for key in sorted({*before, *after}):
        was, is_now = before.get(key), after.get(key)
        if was and is_now and was.last_day == is_now.last_day:
            continue
        shown = was or is_now
        assert shown is not None
        about = Subject(
            claim=claim.title, denial_id=shown.denial_id, clock_id=shown.clock_id,
            title=shown.title, ask=_NOT_AWAITED,
        )  # fmt: skip
        rows.append(recounted(about, was, is_now, reason))
    return tuple(rows)


def _reason(before: Sending, after: Sending) -> str:
    """Return what was corrected, as far as dates hang on it."""
    if before.denial_id != after.denial_id:
        return "it answers another “no”"
    if before.delivered_on != after.delivered_on:
        got = after.delivered_on
        return f"they got it on {spoken(got)}" if got else "it is not known when they got it"
    if before.sent_on != after.sent_on:
        return f"it was sent on {spoken(after.sent_on)}"
    return "it was sent another way"
