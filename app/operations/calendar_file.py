"""What is due, as a file for any other calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.binder import Binder
from app.domain.calendar import CalendarEntry
from app.domain.calendar_days import spoken
from app.exporting.calendar_ics import calendar_ics
from app.operations.outputs import Written, write_file
from app.storage.queries.dates import DueRow, due_rows


def write_calendar(binder: Binder, target: Path, *, details: bool) -> Written:
    """Write every open date as a whole day with reminders, on the day to aim for.

    Where the last day is a later one, it has an entry of its own. Without `details` the titles
    say nothing private: calendars are shown to others and copied to other computers.

    Raises:
        UserError: the place cannot be written to.
    """
    entries = [entry for row in binder.ask(due_rows) for entry in _entries(row)]
    return write_file(target, calendar_ics(entries, details=details, made_at=binder.now()))


def _entries(row: DueRow) -> Iterator[CalendarEntry]:
    told = (row.claim or "", row.patient or "", _counts_as_filed(row), row.source)
    detail = "\n".join(line for line in told if line)
    entry = CalendarEntry(id=row.id, on=row.aim_on, title=row.title, detail=detail, kind=row.kind)
    if row.aim_on == row.last_day:
        yield entry
        return
    yield replace(entry, detail=f"The last day is {spoken(row.last_day)}.\n{detail}")
    yield replace(entry, id=f"{row.id}-last", on=row.last_day, title=f"{row.title}: the last day")


def _counts_as_filed(row: DueRow) -> str:
    return f"What counts as filed: {row.counts_as_filed}." if row.counts_as_filed else ""
