"""Commands on denials and what is due."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Any

from app.cli.answer import Answer, table
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of, id_or_none
from app.operations.calendar_file import write_calendar
from app.operations.denials import DenialAnswer, record_denial
from app.operations.rules import rule_book
from app.storage.queries.dates import DueRow, UndatedRow, due_rows, undated_rows
from app.storage.queries.papers import paper_row


@with_binder
def denial(desk: Desk, words: Namespace) -> Answer:
    """Record a denial. Whoever runs the command has confirmed its date by that.

    Dates that were typed when the letter was filed need not be typed again.
    """
    letter = id_or_none(desk.binder, "document", words.letter)
    paper = desk.binder.ask(paper_row, letter) if letter else None
    answer = DenialAnswer(
        document_id=letter,
        notice_on=words.notice_date or (paper and paper.dated_on),
        received_on=words.received or (paper and paper.received_on),
        level=words.level,
        kind=words.kind,
        reason=words.reason,
        letter_says="date" if words.appeal_by else "unknown",
        letter_date=words.appeal_by,
    )
    claim_id = id_of(desk.binder, "claim", words.claim)
    recorded = record_denial(desk.binder, rule_book(), claim_id, answer, confirmed=True)
    ids = {item.id for item in recorded.items}
    due = [row for row in desk.binder.ask(due_rows) if row.id in ids]
    rows = [_row(row, desk.today) for row in due]
    lines = [f"Recorded the denial: {recorded.denial.id}", *_lines(rows)]
    lines += [row.note for row in due if row.note]
    lines += [recorded.ask] if recorded.ask else []
    return Answer({"denial": recorded.denial.id, "deadlines": rows, "ask": recorded.ask}, lines)


@with_binder
def deadlines(desk: Desk, words: Namespace) -> Answer:
    """List what is due: first the denials that need a date, then the soonest."""
    due = desk.binder.ask(due_rows, include_done=words.all)
    rows = [_undated(row) for row in desk.binder.ask(undated_rows)]
    rows += [_row(row, desk.today) for row in due]
    return Answer(rows, _lines(rows))


@with_binder
def calendar(desk: Desk, words: Namespace) -> Answer:
    """Write the calendar file."""
    written = write_calendar(desk.binder, desk.outside(words.output), details=words.details)
    value = {"path": str(written.path), "bytes": written.size, "sha256": written.sha256}
    return Answer(value, [f"Wrote {written.path}"])


def _row(row: DueRow, today: date) -> dict[str, Any]:
    return {
        "deadline": row.id,
        "claim": row.claim_id,
        "title": row.title,
        "last_day": row.last_day.isoformat(),
        "safe_file_by": row.safe_on and row.safe_on.isoformat(),
        "days_left": (row.last_day - today).days,
        "source": row.source or row.basis,
        "state": _state(row, today),
        "denial": row.denial_id,
        "claim_title": row.claim,
        "kind": row.kind,
        "basis": row.basis,
        "rule": row.rule_id,
        "letter_day": row.letter_on and row.letter_on.isoformat(),
        "rule_day": row.rule_on and row.rule_on.isoformat(),
        "latest": row.latest_on and row.latest_on.isoformat(),
        "verification": row.verification or None,
        "note": row.note or None,
    }


def _state(row: DueRow, today: date) -> str:
    if row.done_on:
        return "done"
    return "passed" if row.last_day < today else "open"


def _undated(row: UndatedRow) -> dict[str, Any]:
    return {
        "deadline": None,
        "claim": row.claim_id,
        "title": "This denial needs a date",
        "last_day": None,
        "safe_file_by": None,
        "days_left": None,
        "source": None,
        "state": "needs_date",
        "denial": row.denial_id,
        "claim_title": row.claim,
        "level": row.level,
    }


def _lines(rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return []
    columns = ("last_day", "safe_file_by", "days_left", "state", "title", "claim_title", "source")
    header = ("last day", "file by", "days left", "state", "what", "claim", "source")
    return table(header, ([row[name] for name in columns] for row in rows))
