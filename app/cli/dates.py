"""Commands on denials and what is due."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from datetime import date
from typing import Any, Final

from app.cli.answer import Answer, table
from app.cli.desk import Desk, with_binder
from app.cli.naming import kept_claim, kept_or_none
from app.domain.undated import Undated
from app.operations.agenda import agenda
from app.operations.denials import DenialAnswer, RecordedDenial, record_denial
from app.operations.letter_answer import confirmed_answer
from app.operations.rules import rule_book
from app.storage.queries.dates import DueRow
from app.storage.queries.facts import paper_facts
from app.storage.queries.papers import paper_row


@with_binder
def denial(desk: Desk, words: Namespace) -> Answer:
    """Record a denial. Whoever runs the command has confirmed its dates by that.

    What was confirmed in the letter, or typed when it was filed, need not be typed again.
    """
    letter = kept_or_none(desk.binder, "document", words.letter)
    answer = answer_from(words, _answer_of(desk, letter) if letter else DenialAnswer())
    claim_id = kept_claim(desk.binder, words.claim)
    recorded = record_denial(desk.binder, rule_book(), claim_id, answer, confirmed=True)
    return told_of(desk, recorded, "Recorded the denial")


def _answer_of(desk: Desk, letter: str) -> DenialAnswer:
    paper = desk.binder.ask(paper_row, letter)
    rows = desk.binder.ask(paper_facts, letter).rows
    known = confirmed_answer(letter, paper.kind if paper else None, rows)
    return replace(
        known,
        notice_on=(paper and paper.dated_on) or known.notice_on,
        received_on=(paper and paper.received_on) or known.received_on,
    )


def answer_from(words: Namespace, before: DenialAnswer) -> DenialAnswer:
    """Return an answer about a denial with what the words say; what they leave out stays.

    The words are those of `app.cli.words_of_dates.about_denial`.
    """
    said: dict[str, Any] = {
        "notice_on": words.notice_date,
        "received_on": words.received,
        "level": words.level,
        "kind": words.kind,
        "reason": words.reason,
        "action_on": words.effective,
        "urgent": words.urgent,
        "continuing": words.continuing,
        "care": words.care,
        "peer_by": words.peer_by,
        "keep_by": words.keep_by,
    }
    if words.appeal_by:
        said |= {"letter_says": "date", "letter_date": words.appeal_by}
    elif words.letter_days:
        said |= {
            "letter_says": "days",
            "letter_days": words.letter_days,
            "letter_unit": words.letter_unit,
            "letter_counts_from": words.counted_from,
        }
    return replace(before, **{name: value for name, value in said.items() if value is not None})


def told_of(desk: Desk, recorded: RecordedDenial, what: str) -> Answer:
    """Return what is said after a denial was recorded or changed: its entries and what is open."""
    ids = {item.id for item in recorded.items}
    shown = agenda(desk.binder, rule_book(), desk.today)
    due = [row for row in shown.due if row.id in ids]
    undated = [row for row in shown.undated if row.denial_id == recorded.denial.id]
    rows = [due_row(row, desk.today) for row in due]
    beside = [undated_row(row, desk.today) for row in undated]
    value = {
        "denial": recorded.denial.id,
        "deadlines": rows,
        "ask": recorded.ask,
        "undated": beside,
    }
    lines = [f"{what}: {recorded.denial.id}", *_lines(beside), *_lines(rows)]
    lines += [row.note for row in due if row.note]
    lines += [line for row in undated for line in (row.sentence, *row.how)]
    lines += [recorded.ask] if recorded.ask else []
    return Answer(value, lines)


@with_binder
def deadlines(desk: Desk, words: Namespace) -> Answer:
    """List what is due: first what has no date, then the soonest."""
    shown = agenda(desk.binder, rule_book(), desk.today, include_settled=words.all)
    rows = [undated_row(row, desk.today) for row in shown.undated]
    rows += [due_row(row, desk.today) for row in shown.due]
    return Answer(rows, _lines(rows))


def due_row(row: DueRow, today: date) -> dict[str, Any]:
    """Return a dated entry as `deadlines` prints it."""
    return {
        "deadline": row.id,
        "claim": row.claim_id,
        "title": row.title,
        "last_day": row.last_day.isoformat(),
        "safe_file_by": iso(row.safe_on),
        "days_left": (row.last_day - today).days,
        "source": row.source or row.basis,
        "state": _state(row, today),
        "denial": row.denial_id,
        "claim_title": row.claim,
        "kind": row.kind,
        "basis": row.basis,
        "rule": row.rule_id,
        "letter_day": iso(row.letter_on),
        "rule_day": iso(row.rule_on),
        "latest": iso(row.latest_on),
        "verification": row.verification or None,
        "counts_as_filed": row.counts_as_filed or None,
        "due_at": row.due_at and row.due_at.isoformat(),
        "zone": row.zone or None,
        "clock": row.clock_id,
        "note": row.note or None,
    }


def undated_row(row: Undated, today: date) -> dict[str, Any]:
    """Return an entry without a date as `deadlines` prints it."""
    return {
        "deadline": None,
        "claim": row.claim_id,
        "title": row.title,
        "last_day": None,
        "safe_file_by": None,
        "days_left": None,
        "source": row.source or None,
        "state": _UNDATED_STATES[row.kind],
        "denial": row.denial_id,
        "claim_title": row.claim,
        "kind": row.kind,
        "level": row.level,
        "clock": row.clock_id,
        "verification": row.verification or None,
        "note": " ".join((row.sentence, *row.how)),
        "ask": row.ask,
        "days_since": row.days_since(today),
    }


def iso(day: date | None) -> str | None:
    """Return a day as JSON has it; a missing one stays missing."""
    return day.isoformat() if day else None


_UNDATED_STATES: Final = {
    "fast_appeal": "ask_today",
    "keep_benefits": "ask_today",
    "denial": "needs_date",
    "step": "needs_date",
    "answer": "waiting",
    "request": "waiting",
}


def _state(row: DueRow, today: date) -> str:
    if row.done_on:
        return "done"
    if row.waived_on:
        return "waived"
    if row.kind == "answer":
        return "appears_late" if (row.latest_on or row.last_day) < today else "waiting"
    return "passed" if row.last_day < today else "open"


def _lines(rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return []
    columns = ("last_day", "safe_file_by", "days_left", "state", "title", "claim_title", "source")
    header = ("last day", "file by", "days left", "state", "what", "claim", "source")
    return table(header, ([row[name] for name in columns] for row in rows))
