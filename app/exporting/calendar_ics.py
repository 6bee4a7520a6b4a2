"""The calendar file: whole days with reminders, for any calendar program (RFC 5545)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from app.domain.calendar import CalendarEntry

if TYPE_CHECKING:
    from icalendar import Alarm, Event

NEUTRAL_TITLE = "ClaimBinder: a date to look at"
REMINDERS = (14, 7, 1)
"""Days before an entry at which a calendar should speak up."""

_NINE_IN_THE_MORNING = timedelta(hours=9)
_KEPT_CONTROLS = "\n\t"


def calendar_ics(entries: Sequence[CalendarEntry], *, details: bool, made_at: datetime) -> bytes:
    """Return the entries as one iCalendar file, soonest first, lines ended by CR LF.

    Without `details` nothing private leaves the binder: every entry has the same title and no
    description. Reminders whose moment had passed at `made_at` (UTC) are left out: some calendar
    programs would ring them all at once.
    """
    from icalendar import Calendar  # noqa: PLC0415 - 0.2 s that only this export needs

    calendar = Calendar()
    calendar.add("prodid", "-//ClaimBinder//ClaimBinder//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for entry in sorted(entries, key=lambda entry: (entry.on, entry.id)):
        calendar.add_component(_event(entry, details=details, made_at=made_at))
    return calendar.to_ical()


def _event(entry: CalendarEntry, *, details: bool, made_at: datetime) -> Event:
    from icalendar import Event  # noqa: PLC0415 - as above

    title = _clean(entry.title) if details else NEUTRAL_TITLE
    event = Event()
    event.add("uid", f"{_clean(entry.id)}@claimbinder.invalid")
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("dtstart", entry.on)
    if entry.on < date.max:  # a day after the last day of all cannot be written
        event.add("dtend", entry.on + timedelta(days=1))
    event.add("summary", title)
    if details and entry.detail:
        event.add("description", _clean(entry.detail))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    for days in REMINDERS:
        if entry.on.toordinal() - days >= made_at.date().toordinal():
            event.add_component(_alarm(title, days))
    return event


def _alarm(title: str, days: int) -> Alarm:
    from icalendar import Alarm  # noqa: PLC0415 - as above

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _NINE_IN_THE_MORNING - timedelta(days=days))
    return alarm


def _clean(text: str) -> str:
    """Drop what iCalendar text may not hold: control characters and halves of characters."""
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n")
    whole = whole.replace("\r", "\n")
    return "".join(
        mark for mark in whole if mark in _KEPT_CONTROLS or (mark >= " " and mark != "\x7f")
    )
