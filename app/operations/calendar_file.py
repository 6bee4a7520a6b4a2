"""What is due, as a file for any other calendar, and what that calendar does not know yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from app.binder import Binder
from app.changes import Changes
from app.domain.calendar import (
    CalendarDifference,
    CalendarEntry,
    differences,
    entries_of,
    next_edition,
)
from app.domain.calendar_days import spoken
from app.domain.clock_time import spoken_moment, zone_named
from app.domain.errors import UserError
from app.exporting.calendar_ics import calendar_ics
from app.operations.agenda import agenda
from app.operations.outputs import Written, write_file
from app.operations.rules import rule_book
from app.storage import calendar_exports
from app.storage.queries.dates import DueRow


@dataclass(frozen=True, slots=True)
class CalendarFile(Written):
    """A calendar file: how many entries it has, how many it takes back, and what it cannot hold.

    `undated` counts the things to do that have no date. None of them is in the file: the person
    must be told so, each time.
    """

    entries: int
    cancelled: int
    undated: int


@dataclass(frozen=True, slots=True)
class CalendarDrift:
    """How the newest calendar file, made at a moment in UTC, differs from what is due now."""

    made_at: datetime
    differences: tuple[CalendarDifference, ...]


def write_calendar(binder: Binder, target: Path, *, details: bool) -> CalendarFile:
    """Write every open date with reminders, on the day to aim for, and remember what was written.

    Where the last day is a later one, it has an entry of its own. What an earlier file had and
    is settled now is taken back. Without `details` the titles say nothing private: calendars are
    shown to others and copied to other computers.

    What the file says is remembered only after it was written completely; then a `calendar_file`
    is published, so that Today no longer says that the calendar is behind. It is no undo step.

    Raises:
        UserError: the place cannot be written to; nothing is remembered then.
    """
    made_at = binder.now().astimezone(UTC)
    to_do = agenda(binder, rule_book(), binder.today())
    edition = next_edition(
        [entry for row in to_do.due for entry in _entries(row)],
        binder.ask(calendar_exports.told_entries),
        details=details,
        made_at=made_at,
    )
    undated = len(to_do.undated)
    content = calendar_ics(edition, details=details, made_at=made_at, undated=undated)
    file = write_file(target, content)
    with binder.operation("Save the calendar file") as work:
        calendar_exports.note_edition(work.connection, edition.memory, made_at)
    binder.feed.publish(
        Changes("Save the calendar file", {"calendar_file": frozenset({target.name})})
    )
    return CalendarFile(
        file.path,
        file.size,
        file.sha256,
        entries=len(edition.entries),
        cancelled=len(edition.cancelled),
        undated=undated,
    )


def calendar_made_at(binder: Binder) -> datetime | None:
    """Return when the newest calendar file was made (UTC), or None if there never was one."""
    return binder.ask(calendar_exports.last_made_at)


def calendar_drift(binder: Binder) -> CalendarDrift | None:
    """Return what the newest calendar file says wrongly or lacks; None if it is up to date.

    None too if no file was ever made. A calendar that took the file in is behind by the same:
    things that moved, were settled, or are new, whether by a change or by undo.
    """
    made_at = binder.ask(calendar_exports.last_made_at)
    if made_at is None:
        return None
    told = binder.ask(calendar_exports.told_entries)
    found = differences(told, binder.ask(calendar_exports.open_entries))
    settled = [each.item_id for each in found if each.what == "settled"]
    titles = binder.ask(calendar_exports.titles_of, settled) if settled else {}
    named = tuple(replace(each, title=titles.get(each.item_id, each.title)) for each in found)
    return CalendarDrift(made_at, named) if named else None


def _entries(row: DueRow) -> Iterator[CalendarEntry]:
    told = (row.claim or "", row.patient or "", _counts_as_filed(row), row.source)
    detail = "\n".join(line for line in (_moment(row), *told) if line)
    for entry in entries_of(row.id, row.title, row.aim_on, row.last_day, row.due_at):
        if entry.on == row.last_day:
            yield replace(entry, detail=detail)
        else:
            yield replace(entry, detail=f"The last day is {spoken(row.last_day)}.\n{detail}")


def _moment(row: DueRow) -> str:
    """Return the moment as the clocks of its own zone show it: a phone may be elsewhere."""
    if row.due_at is None or not row.zone:
        return ""
    try:
        there = row.due_at.astimezone(zone_named(row.zone))
    except UserError:
        return ""
    return f"By {spoken_moment(there)} ({row.zone})."


def _counts_as_filed(row: DueRow) -> str:
    return f"What counts as filed: {row.counts_as_filed}." if row.counts_as_filed else ""
