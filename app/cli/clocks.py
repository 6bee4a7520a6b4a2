"""Commands on what was sent and asked for, and on the answers that others owe."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from app.binder import Binder
from app.cli.answer import Answer, table
from app.cli.dates import due_row, iso, undated_row
from app.cli.desk import Desk, with_binder
from app.cli.naming import kept_claim, kept_or_none
from app.cli.proof import what_was_sent
from app.domain.calendar_days import spoken
from app.domain.denial import Denial
from app.domain.errors import UserError
from app.operations.agenda import agenda
from app.operations.answers import AppealAnswer, record_answer
from app.operations.clocks import (
    StartedClock,
    answer_clock,
    ask_for,
    set_received,
    waive_clock,
)
from app.operations.letters import status_request
from app.operations.rules import rule_book
from app.operations.sendings import record_sending
from app.storage.queries.clocks import ClockRow, claim_denials, clock_rows
from app.storage.queries.dates import due_rows
from app.storage.queries.papers import paper_row

_NO_DENIAL: Final = (
    "It is noted, but it answers no denial, so no time for an answer runs. Which denial does it "
    "answer? Record that denial first, or name it with --denial."
)


@with_binder
def sent(desk: Desk, words: Namespace) -> Answer:
    """Note what was sent; the payer's time starts where it answers a denial."""
    claim_id = kept_claim(desk.binder, words.claim)
    denial_id = _answered_denial(desk.binder, claim_id, words.denial)
    recorded = record_sending(
        desk.binder, claim_id, words.on, denial_id=denial_id, way=words.way, to=words.to,
        tracking=words.tracking, note=words.note, pages=words.pages, got_on=words.got_on,
        at=words.at.strftime("%H:%M") if words.at else "", zone=words.zone or "",
        expedited=words.fast, **what_was_sent(desk, words),
    )  # fmt: skip
    ask = recorded.ask if denial_id else _NO_DENIAL
    value = {
        "sent": recorded.sending.id,
        "denial": denial_id,
        "bundle": recorded.sending.bundle_id,
        "clock": recorded.clock and recorded.clock.id,
        "deadlines": _rows(desk, [recorded.item.id] if recorded.item else []),
        "ask": ask,
    }
    lines = [f"Noted what was sent: {recorded.sending.id}", *_told(recorded.item and
             recorded.item.last_day, desk.today)]  # fmt: skip
    lines += [recorded.item.note] if recorded.item else []
    return Answer(value, lines + ([ask] if ask else []))


@with_binder
def got(desk: Desk, words: Namespace) -> Answer:
    """Note the day they got it; the answer is counted anew."""
    clock_id = _clock_id(desk.binder, words.clock)
    at = words.at.strftime("%H:%M") if words.at else ""
    return _started(
        desk, set_received(desk.binder, clock_id, words.on, at=at, zone=words.zone or "")
    )


@with_binder
def answer(desk: Desk, words: Namespace) -> Answer:
    """Record the answer to an appeal; a no opens the next level."""
    claim_id = kept_claim(desk.binder, words.claim)
    denial_id = _appealed_denial(desk.binder, claim_id, words.denial)
    letter = kept_or_none(desk.binder, "document", words.letter)
    paper = desk.binder.ask(paper_row, letter) if letter else None
    recorded = record_answer(
        desk.binder,
        rule_book(),
        denial_id,
        AppealAnswer(
            outcome=words.outcome,
            on=words.on,
            received_on=words.received or (paper and paper.received_on),
            document_id=letter,
            is_final=None if words.final is None else words.final == "yes",
            reason=words.reason,
            letter_says="date" if words.appeal_by else "unknown",
            letter_date=words.appeal_by,
        ),
    )
    follows = recorded.follows
    rows = _rows(desk, [item.id for item in follows.items] if follows else [])
    shown = agenda(desk.binder, rule_book(), desk.today).undated if follows else ()
    beside = [row for row in shown if follows and row.denial_id == follows.denial.id]
    value = {
        "denial": denial_id,
        "outcome": words.outcome,
        "next_denial": follows and follows.denial.id,
        "level": follows and follows.denial.level,
        "deadlines": rows,
        "ask": recorded.ask,
        "undated": [undated_row(row, desk.today) for row in beside],
    }
    lines = [f"Recorded the answer: {words.outcome}"]
    if follows:
        lines.append(f"The next step is level {follows.denial.level}: {follows.denial.id}")
    lines += [f"{row['title']}: {row['last_day']}" for row in rows]
    lines += [f"{row.title}. {row.sentence}" for row in beside]
    return Answer(value, lines + ([recorded.ask] if recorded.ask else []))


@with_binder
def asked(desk: Desk, words: Namespace) -> Answer:
    """Note that papers were asked for."""
    claim_id = kept_claim(desk.binder, words.claim)
    named = words.denial is not None
    denial_id = _one(desk.binder, claim_id, words.denial).id if named else None
    started = ask_for(desk.binder, claim_id, words.what, words.on, of=words.of, denial_id=denial_id)
    return _started(desk, started)


@with_binder
def answered(desk: Desk, words: Namespace) -> Answer:
    """Note that an answer came."""
    clock = answer_clock(desk.binder, _clock_id(desk.binder, words.clock), words.on)
    return Answer({"clock": clock.id, "answered_on": iso(clock.answered_on)}, ["Noted."])


@with_binder
def waive(desk: Desk, words: Namespace) -> Answer:
    """Stop waiting for an answer."""
    clock = waive_clock(desk.binder, _clock_id(desk.binder, words.clock))
    return Answer({"clock": clock.id, "waived_on": iso(clock.waived_on)}, ["No longer waiting."])


@with_binder
def clocks(desk: Desk, words: Namespace) -> Answer:
    """List the times that run, the oldest first."""
    found = desk.binder.ask(clock_rows, include_settled=words.all)
    rows = [_clock_row(row, desk.today) for row in found]
    columns = ("clock", "started_on", "about", "at_latest", "state", "title", "claim_title")
    header = ("id", "since", "due about", "at the latest", "state", "what", "claim")
    return Answer(rows, table(header, ([row[name] for name in columns] for row in rows)))


@with_binder
def status(desk: Desk, words: Namespace) -> Answer:
    """Show a letter and a call that ask where an answer stands."""
    clock_id = _clock_id(desk.binder, words.clock)
    made = status_request(desk.binder, clock_id)
    value = {"clock": clock_id, "letter": made.letter, "phone": list(made.phone)}
    return Answer(value, [made.letter, *made.phone])


def _started(desk: Desk, started: StartedClock) -> Answer:
    item = started.item
    value = {
        "clock": started.clock.id,
        "deadlines": _rows(desk, [item.id] if item else []),
        "note": item.note if item else started.clock.note,
        "ask": started.ask,
    }
    lines = [f"Waiting for it: {started.clock.id}", *_told(item and item.last_day, desk.today)]
    return Answer(value, [*lines, str(value["note"])])


def _told(about: date | None, today: date) -> list[str]:
    if about is None:
        return []
    return [f"An answer {'was' if about < today else 'is'} due about {spoken(about)}."]


def _rows(desk: Desk, ids: Sequence[str]) -> list[dict[str, Any]]:
    due = desk.binder.ask(due_rows, include_done=True)
    return [due_row(row, desk.today) for row in due if row.id in ids]


def _clock_row(row: ClockRow, today: date) -> dict[str, Any]:
    clock, item = row.clock, row.item
    if clock.answered_on or clock.waived_on:
        state = "answered" if clock.answered_on else "waived"
    else:
        state = row.state(today)
    return {
        "clock": clock.id,
        "kind": clock.kind,
        "title": clock.title,
        "claim": clock.claim_id,
        "claim_title": row.claim,
        "denial": clock.denial_id,
        "sent": clock.sending_id,
        "rule": clock.rule_id or None,
        "asked_of": clock.asked_of or None,
        "started_on": iso(clock.started_on),
        "received_on": iso(clock.received_on),
        "about": iso(row.about),
        "at_latest": iso(row.at_latest),
        "state": state,
        "answered_on": iso(clock.answered_on),
        "waived_on": iso(clock.waived_on),
        "source": item.source if item else None,
        "verification": item.verification if item else None,
        "note": (item.note if item else clock.note) or None,
    }


def _answered_denial(binder: Binder, claim_id: str, called: str | None) -> str | None:
    """Return the denial that a sending answers: the one named, or the only one that is open."""
    if called is not None:
        return _one(binder, claim_id, called).id
    found = [each for each in binder.ask(claim_denials, claim_id) if each.standing == "open"]
    if len(found) > 1:
        raise UserError(
            f"This claim has {len(found)} open denials. Say which one it answers: --denial ID.",
            ask=f"Which of these does it answer: {_listed(found)}?",
        )
    return found[0].id if found else None


def _appealed_denial(binder: Binder, claim_id: str, called: str | None) -> str:
    """Return the denial whose appeal was answered: the one named, else the only one appealed."""
    if called is not None:
        return _one(binder, claim_id, called).id
    every = binder.ask(claim_denials, claim_id)
    found = [each for each in every if each.standing == "appealed"]
    found = found or [each for each in every if each.standing == "open"]
    if len(found) == 1:
        return found[0].id
    if not found:
        raise UserError("This claim has no denial that waits for an answer. Record it first.")
    raise UserError(
        f"This claim has {len(found)} denials that wait for an answer. Name one: --denial ID.",
        ask=f"Which of these was answered: {_listed(found)}?",
    )


def _listed(found: Sequence[Denial]) -> str:
    return ", ".join(
        f"{each.id} (level {each.level}"
        f"{f', letter of {spoken(each.notice_on)}' if each.notice_on else ''})"
        for each in found
    )


def _one(binder: Binder, claim_id: str, called: str) -> Denial:
    """Return the denial of a claim whose id is, or alone begins with, what was said."""
    every = binder.ask(claim_denials, claim_id)
    fitting = [each for each in every if called and each.id.startswith(called.casefold())]
    if len(fitting) == 1:
        return fitting[0]
    raise UserError(
        f"This claim has no denial “{called}”." if not fitting
        else f"“{called}” fits {len(fitting)} denials of this claim. Give more of the id.",
        ask=f"Which of these do you mean: {_listed(every)}?" if every else None,
    )  # fmt: skip


def _clock_id(binder: Binder, called: str) -> str:
    """Return the id of the running or settled time that is called this."""
    ids = [row.clock.id for row in binder.ask(clock_rows, include_settled=True)]
    fitting = [key for key in ids if called and key.startswith(called.casefold())]
    if len(fitting) == 1:
        return fitting[0]
    raise UserError(
        f"There is no running time “{called}” in this binder. “claimbinder clocks” lists them."
    )
