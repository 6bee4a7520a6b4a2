"""The call log of a claim on paper, as an exhibit."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Final

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.clock_time import spoken_time
from app.exporting.call_log_pdf import CallEntry, call_log_pdf
from app.operations.outputs import Written, write_file
from app.operations.story import exhibit_head
from app.storage.queries.calls import CallRow, call_rows
from app.storage.queries.story import public_story

_STATES: Final = {"late": "Not done.", "kept": "Done on {day}.", "waived": "No longer needed."}


def write_call_log(
    binder: Binder, claim_id: str, target: Path, *, today: date, remarks: bool = False
) -> Written:
    """Print the calls of a claim as a PDF, the oldest first, each promise with what came of it.

    Without `remarks`, what the person noted for themselves stays out. Calls that were left out of
    the story stay out.

    Raises:
        UserError: the claim is not there, or the place cannot be written to.
    """
    return write_file(target, call_log_bytes(binder, claim_id, today=today, remarks=remarks))


def call_log_bytes(binder: Binder, claim_id: str, *, today: date, remarks: bool = False) -> bytes:
    """Return the PDF that `write_call_log` writes."""
    head = exhibit_head(binder, claim_id, today)
    calls = tuple(reversed(calls_for_others(binder, claim_id)))
    entries = [_entry(call, today, remarks=remarks) for call in calls]
    return call_log_pdf(head, entries, summary=_summary(calls, today))


def calls_for_others(binder: Binder, claim_id: str) -> tuple[CallRow, ...]:
    """Return the calls of a claim, the newest first, but for those left out of its story."""
    told = {line.id for line in binder.ask(public_story, claim_id) if line.what == "call"}
    return tuple(call for call in binder.ask(call_rows, claim_id=claim_id) if call.id in told)


def _entry(call: CallRow, today: date, *, remarks: bool) -> CallEntry:
    moment: datetime = call.called_at.astimezone()
    by = call.promise_by or call.due_on
    kept = spoken(call.kept_on) if call.kept_on else ""
    said = (call.note, call.outcome)
    return CallEntry(
        day=spoken(moment.date()),
        time=spoken_time(moment.time()),
        minutes=call.minutes,
        with_whom=call.with_whom,
        department=call.department,
        phone=call.phone,
        reference=call.reference,
        promise=call.promise,
        promised_by=spoken(by) if call.promise and by else "",
        promise_state=_STATES.get(call.promise_state(today), "").format(day=kept),
        remark=". ".join(part.strip().rstrip(".") for part in said if part.strip())
        if remarks
        else "",
    )


def _summary(calls: tuple[CallRow, ...], today: date) -> str:
    """Say in one sentence how many calls it took, how long, and what was not kept."""
    if not calls:
        return "No call is written down for this claim yet."
    minutes = sum(call.minutes or 0 for call in calls)
    states = [call.promise_state(today) for call in calls]
    parts = [_counted(len(calls), "call", "calls")]
    if minutes:
        parts.append(f"{_counted(minutes, 'minute', 'minutes')} on the telephone")
    if promised := sum(1 for state in states if state):
        parts.append(_counted(promised, "promise", "promises"))
    if late := states.count("late"):
        parts.append(f"{late:,} not done by the day they named")
    return f"{', '.join(parts)}."


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
