"""The calendar file: days and moments with reminders, for any calendar program (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.calendar import CalendarEntry, Edition, ToldEntry

if TYPE_CHECKING:
    from icalendar import Alarm, Event

NEUTRAL_TITLE: Final = "ClaimBinder: a date to look at"
GONE_TITLE: Final = "ClaimBinder: no longer due"
REMINDERS: Final = (14, 7, 2, 1)
"""Days before an entry at which a calendar should speak up."""

_LAST_CALL: Final = timedelta(hours=-2)
"""Rules in hours are often too short for a reminder days before: one more comes on the day."""
_NINE_IN_THE_MORNING: Final = timedelta(hours=9)
_KEPT_CONTROLS: Final = "\n\t"


def calendar_ics(edition: Edition, *, details: bool, made_at: datetime, undated: int = 0) -> bytes:
    """Return an edition as one iCalendar file, soonest first, lines ended by CR LF.

    Without `details` nothing private leaves the binder: every entry has the same title and no
    description. Moments are written in UTC, which every calendar turns into the clocks of the
    place where it is. Reminders whose moment had passed at `made_at` (UTC) are left out: some
    calendar programs would ring them all at once. How many things have no date, and so cannot be
    in the file, stands in the description of the calendar.
    """
    from icalendar import Calendar  # noqa: PLC0415 - 0.2 s that only this export needs

    calendar = Calendar()
    calendar.add("prodid", "-//ClaimBinder//ClaimBinder//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "ClaimBinder")
    if undated:
        calendar.add("x-wr-caldesc", _without_date(undated))
    for entry, told in sorted(edition.entries, key=lambda pair: (pair[0].on, pair[0].id)):
        calendar.add_component(_event(entry, told, details=details, made_at=made_at))
    for told in sorted(edition.cancelled, key=lambda told: (told.on, told.id)):
        calendar.add_component(_cancelled(told, made_at))
    return calendar.to_ical()


def _without_date(undated: int) -> str:
    many = f"{undated} things to do have" if undated > 1 else "1 thing to do has"
    which = "them" if undated > 1 else "it"
    return f"{many} no date yet and cannot be in this file. Open ClaimBinder to see {which}."


def _event(entry: CalendarEntry, told: ToldEntry, *, details: bool, made_at: datetime) -> Event:
    title = (details and _clean(entry.title).strip()) or NEUTRAL_TITLE
    event = _named(told, title, made_at)
    event.add("status", "CONFIRMED")
    if details and entry.detail:
        event.add("description", _clean(entry.detail))
    for trigger in _triggers(entry, made_at):
        event.add_component(_alarm(title, trigger))
    return event


def _cancelled(told: ToldEntry, made_at: datetime) -> Event:
    """Return what takes an entry back; a calendar that knows no such thing shows its title."""
    event = _named(told, GONE_TITLE, made_at)
    event.add("status", "CANCELLED")
    return event


def _named(told: ToldEntry, title: str, made_at: datetime) -> Event:
    """Return an event with its lasting name, its number and its time."""
    from icalendar import Event  # noqa: PLC0415 - as above

    event = Event()
    event.add("uid", f"{_clean(told.id)}@claimbinder.invalid")
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("last-modified", told.changed_at.astimezone(UTC))
    event.add("sequence", told.sequence)
    if told.at:
        event.add("dtstart", told.at.astimezone(UTC))
    else:
        event.add("dtstart", told.on)
        if told.on < date.max:  # a day after the last day of all cannot be written
            event.add("dtend", told.on + timedelta(days=1))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _triggers(entry: CalendarEntry, made_at: datetime) -> list[timedelta]:
    """Return how long before (negative) its start an entry rings: in the morning for a day."""
    if entry.at is None:
        today = made_at.date().toordinal()
        days = [days for days in REMINDERS if entry.on.toordinal() - days >= today]
        return [_NINE_IN_THE_MORNING - timedelta(days=days) for days in days]
    left = entry.at - made_at
    before = [*(timedelta(days=-days) for days in REMINDERS), _LAST_CALL]
    return [trigger for trigger in before if left + trigger >= timedelta()]


def _alarm(title: str, trigger: timedelta) -> Alarm:
    from icalendar import Alarm  # noqa: PLC0415 - as above

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", trigger)
    return alarm


def _clean(text: str) -> str:
    """Drop what iCalendar text may not hold: control characters and halves of characters."""
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n")
    whole = whole.replace("\r", "\n")
    return "".join(
        mark for mark in whole if mark in _KEPT_CONTROLS or (mark >= " " and mark != "\x7f")
    )
