"""Commands on dates of one's own, on steps by a rule, and on what was done or is not needed."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from app.cli.answer import Answer
from app.cli.dates import due_row, iso
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of, kept_claim, kept_claim_or_none, record_of
from app.domain.calendar_days import spoken
from app.domain.due_item import DueItem
from app.operations.dates import (
    add_own_date,
    change_own_date,
    mark_done,
    mark_open,
    move_date,
    remove_date,
    waive_date,
)
from app.operations.rules import rule_book
from app.operations.steps import (
    StartedStep,
    StepAnswer,
    answer_of_step,
    change_step,
    settle_step,
    start_step,
)
from app.storage.queries.dates import due_rows
from app.storage.queries.records import record

_FACTS = {
    "notice_on": "notice_date",
    "received_on": "received",
    "service_on": "service_date",
    "bill_on": "bill_date",
    "action_on": "action_date",
    "at": "at",
    "zone": "zone",
    "letter_date": "by",
    "title": "title",
    "note": "note",
}
"""The fields of a `StepAnswer` with the words that name them."""


@with_binder
def date_new(desk: Desk, words: Namespace) -> Answer:
    """Put a date of one's own into the calendar; the answer is its row, as in `deadlines`."""
    claim_id = kept_claim_or_none(desk.binder, words.claim)
    made = add_own_date(
        desk.binder, words.title, words.on, kind=words.kind, claim_id=claim_id, note=words.note
    )
    return _entry(desk, made.id, f"In the calendar on {spoken(made.last_day)}: {made.id}")


@with_binder
def date_change(desk: Desk, words: Namespace) -> Answer:
    """Change a date of one's own; what is not named stays. The answer is its row."""
    before: DueItem = record_of(desk.binder, "due_item", words.deadline)
    said = {"kind": words.kind, "note": words.note}
    known = {name: value for name, value in said.items() if value is not None}
    if words.claim:
        known["claim_id"] = kept_claim(desk.binder, words.claim)
    title, on = words.title or before.title, words.on or before.last_day
    change_own_date(desk.binder, before.id, title, on, **known)
    return _entry(desk, before.id, f"Changed: {title}, {spoken(on)}")


@with_binder
def date_done(desk: Desk, words: Namespace) -> Answer:
    """Mark as done, today or on another day; an undated step too. The answer is its row."""
    on = words.on or desk.today
    if step := _undated_step(desk, words.deadline):
        clock = settle_step(desk.binder, step, on)
        return Answer({"deadline": None, "clock": clock.id, "state": "done"}, ["Done."])
    due_id = id_of(desk.binder, "due_item", words.deadline)
    mark_done(desk.binder, due_id, on)
    return _entry(desk, due_id, f"Done on {spoken(on)}.")


@with_binder
def date_open(desk: Desk, words: Namespace) -> Answer:
    """Mark as still to be done. The answer is its row."""
    due_id = id_of(desk.binder, "due_item", words.deadline)
    mark_open(desk.binder, due_id)
    return _entry(desk, due_id, "It is to be done again.")


@with_binder
def date_waive(desk: Desk, words: Namespace) -> Answer:
    """Mark as not needed; an undated step too. The answer is its row."""
    if step := _undated_step(desk, words.deadline):
        clock = settle_step(desk.binder, step, desk.today, waived=True)
        return Answer({"deadline": None, "clock": clock.id, "state": "waived"}, ["Not needed."])
    due_id = id_of(desk.binder, "due_item", words.deadline)
    waive_date(desk.binder, due_id, desk.today)
    return _entry(desk, due_id, "Not needed.")


@with_binder
def date_move(desk: Desk, words: Namespace) -> Answer:
    """Move a date of one's own or a promise. The answer is its row."""
    due_id = id_of(desk.binder, "due_item", words.deadline)
    move_date(desk.binder, due_id, words.to)
    return _entry(desk, due_id, f"Moved to {spoken(words.to)}.")


@with_binder
def date_remove(desk: Desk, words: Namespace) -> Answer:
    """Take a date of one's own out of the calendar: `{"removed": id}`."""
    due_id = id_of(desk.binder, "due_item", words.deadline)
    remove_date(desk.binder, due_id)
    return Answer({"removed": due_id}, ["Removed. “claimbinder undo” brings it back."])


@with_binder
def step(desk: Desk, words: Namespace) -> Answer:
    """Start a step by a rule: `{"step": id, "deadlines": [rows], "ask": text or null}`."""
    answer = StepAnswer(claim_id=kept_claim_or_none(desk.binder, words.claim), **_said(words))
    return _started(desk, start_step(desk.binder, rule_book(), words.rule, answer))


@with_binder
def step_change(desk: Desk, words: Namespace) -> Answer:
    """Correct a step; what is not named stays. The answer is that of `step`."""
    clock_id = id_of(desk.binder, "clock", words.step)
    before = answer_of_step(desk.binder, clock_id)
    known = {name: getattr(before, name) for name in before.__slots__} | _said(words)
    if words.claim:
        known["claim_id"] = kept_claim(desk.binder, words.claim)
    return _started(desk, change_step(desk.binder, rule_book(), clock_id, StepAnswer(**known)))


def _said(words: Namespace) -> dict[str, Any]:
    return {
        name: value for name, word in _FACTS.items() if (value := getattr(words, word)) is not None
    }


def _started(desk: Desk, started: StartedStep) -> Answer:
    item = started.item
    rows = [_row(desk, item.id)] if item else []
    lines = [f"{started.clock.title}: {started.clock.id}"]
    if item:
        lines += [f"The last day is {spoken(item.last_day)}.", item.note]
    lines += [started.ask] if started.ask else []
    return Answer({"step": started.clock.id, "deadlines": rows, "ask": started.ask}, lines)


def _undated_step(desk: Desk, called: str) -> str | None:
    """Return the id of a step that stands without a date, if that is what was named."""
    found = desk.binder.ask(record, "clock", called)
    if found is None or found.kind != "step":
        return None
    dated = {row.clock_id for row in desk.binder.ask(due_rows, include_done=True)}
    return None if found.id in dated else found.id


def _entry(desk: Desk, due_id: str, line: str) -> Answer:
    return Answer(_row(desk, due_id), [line])


def _row(desk: Desk, due_id: str) -> dict[str, Any]:
    """Return an entry as `deadlines` prints it; of a claim in the trash, what is known of it."""
    due = desk.binder.ask(due_rows, include_done=True)
    row = next((row for row in due if row.id == due_id), None)
    if row:
        return due_row(row, desk.today)
    item: DueItem = record_of(desk.binder, "due_item", due_id)
    return {"deadline": due_id, "title": item.title, "last_day": iso(item.last_day)}
