"""Commands that make calendars: the file for phones, and the sheet for the wall."""

from __future__ import annotations

from argparse import Namespace

from app.cli.answer import Answer
from app.cli.desk import Desk, with_binder
from app.operations.calendar_file import write_calendar
from app.operations.calendar_sheet import write_sheet
from app.operations.rules import rule_book


@with_binder
def calendar(desk: Desk, words: Namespace) -> Answer:
    """Write the calendar file."""
    made = write_calendar(desk.binder, desk.outside(words.output), details=words.details)
    value = {
        "path": str(made.path),
        "bytes": made.size,
        "sha256": made.sha256,
        "entries": made.entries,
        "cancelled": made.cancelled,
        "undated": made.undated,
    }
    lines = [f"Wrote {made.path}: {_counted(made.entries, 'entry', 'entries')}"]
    if made.cancelled:
        lines.append(f"It takes back {_counted(made.cancelled, 'entry', 'entries')} no longer due.")
    if made.undated:
        things = _counted(made.undated, "thing", "things")
        lines.append(f"Not in it, for want of a date: {things} to do. See: claimbinder deadlines")
    return Answer(value, lines)


@with_binder
def wall_sheet(desk: Desk, words: Namespace) -> Answer:
    """Print what is due: a list, or months if one of them or their number was named."""
    by_months = words.month is not None or words.months is not None
    made = write_sheet(
        desk.binder,
        rule_book(),
        desk.outside(words.output),
        today=desk.today,
        kind="month" if by_months else "list",
        month=words.month,
        months=words.months or 1,
        details=words.details,
    )
    value = {"path": str(made.path), "bytes": made.size, "sha256": made.sha256}
    return Answer(value, [f"Wrote {made.path}. The program cannot remind you from this sheet."])


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
