"""Commands on calls: log, correct, list, print."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

from app.cli.answer import Answer, table
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of, kept_claim_or_none, record_of
from app.domain.calendar_days import spoken
from app.domain.call import Call
from app.domain.due_item import DueItem
from app.operations.call_log import write_call_log
from app.operations.calls import change_call, log_call
from app.operations.day_checks import refuse_absurd
from app.storage.queries.calls import CallRow, call_rows

_FIELDS: Final = (
    "with_whom", "note", "outcome", "reference", "department", "phone", "promise", "minutes",
)  # fmt: skip
_STATES: Final = {
    "told": "no day", "open": "waiting", "late": "not done", "kept": "done", "waived": "not needed",
}  # fmt: skip


@with_binder
def call(desk: Desk, words: Namespace) -> Answer:
    """Log a call."""
    known = _said(words)
    if words.on or words.at:
        known["called_at"] = _moment(desk, words, desk.binder.now())
    logged, due = log_call(
        desk.binder,
        claim_id=kept_claim_or_none(desk.binder, words.claim),
        promise_by=words.by,
        **known,
    )
    return _answer(f"Logged the call: {logged.id}", logged, due)


@with_binder
def call_change(desk: Desk, words: Namespace) -> Answer:
    """Correct a call; what is not named stays."""
    before: Call = record_of(desk.binder, "call", words.call)
    known = _said(words)
    if words.no_promise:
        known |= {"promise": "", "promise_by": None}
    elif words.by:
        known["promise_by"] = words.by
    if words.claim:
        known["claim_id"] = kept_claim_or_none(desk.binder, words.claim)
    if words.on or words.at:
        known["called_at"] = _moment(desk, words, before.called_at)
    changed, due = change_call(desk.binder, replace(before, **known))
    return _answer(f"Changed the call: {changed.id}", changed, due)


def _said(words: Namespace) -> dict[str, Any]:
    """Return only what was said, so that the record's own defaults hold for the rest."""
    said = {name: getattr(words, name) for name in _FIELDS}
    return {name: value for name, value in said.items() if value is not None}


def _moment(desk: Desk, words: Namespace, before: datetime) -> datetime:
    """Return when the call began: the day and the time that were said, in this computer's zone."""
    local = before.astimezone()
    on: date = words.on or local.date()
    refuse_absurd(on, desk.today, "made")
    at: time = words.at or local.time()
    return datetime.combine(on, at).astimezone()


def _answer(line: str, logged: Call, due: DueItem | None) -> Answer:
    lines = [line]
    if due:
        lines.append(f"They promised it by {spoken(due.last_day)}; it is in the calendar.")
    return Answer({"call": logged.id, "deadline": due and due.id}, lines)


@with_binder
def calls(desk: Desk, words: Namespace) -> Answer:
    """List the calls, the newest first, each promise with what came of it."""
    claim_id = id_of(desk.binder, "claim", words.claim) if words.claim else None
    rows = desk.binder.ask(call_rows, claim_id=claim_id)
    if words.late:
        rows = tuple(row for row in rows if row.promise_state(desk.today) == "late")
    lines = table(
        ("call", "when", "with", "reference", "promised", "by", ""),
        (
            (row.id, row.called_at.astimezone().date(), row.with_whom, row.reference, row.promise,
             row.due_on or row.promise_by, _STATES.get(row.promise_state(desk.today), ""))
            for row in rows
        ),
    )  # fmt: skip
    return Answer([_row(row, desk.today) for row in rows], lines)


def _row(row: CallRow, today: date) -> dict[str, Any]:
    state = row.promise_state(today)
    return {
        "call": row.id,
        "claim": row.claim_id,
        "called_at": row.called_at.isoformat(),
        "on": row.called_at.astimezone().date().isoformat(),
        "with": row.with_whom,
        "department": row.department,
        "phone": row.phone,
        "reference": row.reference,
        "note": row.note,
        "outcome": row.outcome,
        "minutes": row.minutes,
        "promise": row.promise or None,
        "by": _iso(row.promise_by),
        "promise_state": state or None,
        "days_late": (today - row.due_on).days if state == "late" and row.due_on else None,
        "kept_on": _iso(row.kept_on),
        "deadline": row.item_id,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@with_binder
def call_log(desk: Desk, words: Namespace) -> Answer:
    """Print the calls of a claim."""
    claim_id = id_of(desk.binder, "claim", words.claim)
    target = desk.outside(words.output)
    made = write_call_log(desk.binder, claim_id, target, today=desk.today, remarks=words.remarks)
    count = len(desk.binder.ask(call_rows, claim_id=claim_id))
    value = {
        "path": str(made.path), "bytes": made.size, "sha256": made.sha256, "calls": count,
    }  # fmt: skip
    return Answer(value, [f"Wrote {made.path}: {count} {'call' if count == 1 else 'calls'}"])
