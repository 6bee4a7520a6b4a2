"""What is waited for, in the words of the letter and the call that ask where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.clock import Clock
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.domain.letter_template import BLANK
from app.domain.sending import Sending
from app.operations.letter_lists import WAYS, one_line
from app.storage.queries.clocks import clock_rows
from app.storage.queries.records import record

STATUS_KIND: Final = "status_request"


@dataclass(frozen=True, slots=True)
class Waited:
    """A time that runs for somebody else; None where nothing is known to run."""

    clock: Clock | None = None
    item: DueItem | None = None
    sending: Sending | None = None


def waited_for(
    binder: Binder,
    claim_id: str | None = None,
    denial_id: str | None = None,
    *,
    clock_id: str | None = None,
) -> Waited:
    """Return the time of others that is named, else what a claim waits for, of a denial if named.

    An answer to an appeal goes before papers that were asked for, the newest before older ones.

    Raises:
        UserError: there is no such time, or it is the person's own.
    """
    if clock_id is not None:
        clock: Clock | None = binder.ask(record, "clock", clock_id)
        if clock is None:
            raise UserError(f"There is no running time “{clock_id}” in this binder.")
        if clock.kind == "step":
            raise UserError("This time is your own: nobody else owes an answer.")
        rows = binder.ask(clock_rows, claim_id=clock.claim_id, include_settled=True)
        item = next((row.item for row in rows if row.clock.id == clock.id), None)
        return _with_sending(binder, clock, item)
    waiting = [
        row
        for row in binder.ask(clock_rows, claim_id=claim_id)
        if row.is_of_others and denial_id in (None, row.clock.denial_id)
    ]
    if not waiting:
        return Waited()
    newest = max(waiting, key=lambda row: (row.clock.kind == "decision", row.clock.added_at))
    return _with_sending(binder, newest.clock, newest.item)


def _with_sending(binder: Binder, clock: Clock, item: DueItem | None) -> Waited:
    return Waited(clock, item, binder.ask(record, "sending", clock.sending_id or ""))


def status_words(binder: Binder, waited: Waited, known: Mapping[str, str]) -> dict[str, str]:
    """Return the values that only this letter and this call have.

    `known` are those of the claim: who was asked is the plan unless the record names another.
    """
    clock, item, today = waited.clock, waited.item, binder.today()
    is_appeal = clock is None or clock.kind == "decision"
    asked_of = one_line(clock.asked_of) if clock else ""
    is_of_plan = not asked_of or asked_of.casefold() == known.get("insurer", "").casefold()
    title = one_line(clock.title) if clock else ""
    office = known.get("insurer", "") if is_of_plan else asked_of
    return {
        "asked_office": office,
        "asked_address": known.get("plan_address", "") if is_of_plan else "",
        "payer": office,
        "phone": known.get("plan_phone", "") if is_of_plan else "",
        "subject": "The status of my appeal" if is_appeal else "The status of my request",
        "what": "an appeal" if is_appeal else f"a request for papers ({title})",
        "sent": _sent(waited),
        "due": _due(item, today, f"By {item.source}" if item else ""),
        "due_said": _due(item, today, "As far as we know"),
    }


def _sent(waited: Waited) -> str:
    clock, sending = waited.clock, waited.sending
    sent_on = sending.sent_on if sending else clock.started_on if clock else None
    on = spoken(sent_on) if sent_on else f"{BLANK} [day]"
    if clock and clock.kind == "request":
        return f"On {on} I asked for: {one_line(clock.title)}."
    by = WAYS.get(sending.way, "") if sending else ""
    tracking = one_line(sending.tracking) if sending else ""
    proof = f" The tracking or confirmation number is {tracking}." if tracking else ""
    got_on = clock.received_on if clock else None
    arrived = f" It arrived on {spoken(got_on)}." if got_on else ""
    return f"On {on} the appeal was sent to you{by}.{proof}{arrived}"


def _due(item: DueItem | None, today: date, by_what: str) -> str:
    if item is None:
        return "It is not known here by what day an answer is due."
    verb = "was" if item.last_day < today else "is"
    return f"{by_what}, an answer {verb} due about {spoken(item.last_day)}."
