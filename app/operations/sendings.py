"""What was sent out: the record of it, what it moves, and the time that it starts for others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.clock import Clock
from app.domain.denial import Denial
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.domain.sending import WAYS, Sending
from app.operations.clocks import denial_of, start_decision
from app.operations.day_checks import check_clock_time, refuse_absurd, refuse_early_arrival
from app.operations.ids import new_id
from app.storage.unit_of_work import UnitOfWork

_STILL_WAITING: Final = (
    "What you sent on {} is still waiting for its answer too. Both times run; stop waiting for the "
    "one that no longer counts."
)


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
    **known: Any,
) -> RecordedSending:
    """Note that a packet left the house; `known` are further fields of `Sending`.

    Where it answers a denial, the denial stands as appealed, its date is done, the claim moves
    on, and the time for the answer starts, all in the same step. `got_on` is the day they got it,
    where that is known; `at` (“14:30”) with `zone` is the clock time of that day, else of the
    sending. `expedited` says that it asks for a fast appeal.

    A second sending for the same denial starts a time of its own. The first one stays until it is
    answered or waived: more papers do not start their time anew, a lost packet does, and only the
    person can tell which it was.

    Raises:
        UserError: the claim or denial does not exist, the way is none of ours, or a day cannot
            be right.
    """
    sending = Sending(
        id=new_id(), claim_id=claim_id, sent_on=sent_on, author_id=binder.author_id,
        added_at=binder.now(), **known,
    )  # fmt: skip
    if sending.way not in WAYS:
        raise UserError(f"“{sending.way}” is not a way to send. Choose {', '.join(WAYS)}.")
    refuse_absurd(sent_on, binder.today(), "sent")
    if got_on:
        refuse_early_arrival(sent_on, got_on, binder.today())
    check_clock_time(at, zone)
    with binder.operation("Record what was sent") as work:
        claim = work.claims.get(claim_id)
        if not sending.denial_id:
            return RecordedSending(work.sendings.add(sending))
        denial = _appealed(work, sending, expedited=expedited)
        work.claims.save(replace(claim, status="appealed"))
        sending = work.sendings.add(sending)
        before = _waiting_since(work, denial)
        started = start_decision(
            binder, work, denial, sent_on, sending_id=sending.id, received_on=got_on, at=at,
            zone=zone,
        )  # fmt: skip
        ask = started.ask or (before and _STILL_WAITING.format(spoken(before)))
        return RecordedSending(sending, started.clock, started.item, ask)


def _appealed(work: UnitOfWork, sending: Sending, *, expedited: bool) -> Denial:
    """Note that a denial is appealed, and that its date to appeal is kept."""
    denial = denial_of(work, sending.claim_id, sending.denial_id or "")
    if denial.standing == "answered":
        raise UserError(
            "The appeal of this denial was answered already. Choose the denial that came with "
            "that answer, or record what you sent without a denial."
        )
    if denial.notice_on and sending.sent_on < denial.notice_on:
        raise UserError(
            f"The denial is dated {spoken(denial.notice_on)}, and the appeal is said to have been "
            f"sent before that, on {spoken(sending.sent_on)}. Check the two days."
        )
    denial = replace(denial, standing="appealed")
    if expedited and denial.fast != "asked":
        denial = replace(denial, fast="asked", fast_on=sending.sent_on)
    for item in work.due_items.where(denial_id=denial.id, kind="appeal"):
        if item.is_open:
            work.due_items.save(replace(item, done_on=sending.sent_on))
    return work.denials.save(denial)


def _waiting_since(work: UnitOfWork, denial: Denial) -> date | None:
    """Return the day of the newest earlier sending whose answer is still awaited."""
    clocks = work.clocks.where(denial_id=denial.id, kind="decision")
    days = [clock.started_on for clock in clocks if clock.is_running and clock.started_on]
    return max(days, default=None)
