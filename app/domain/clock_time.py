"""Clock times in a time zone, for the rules that count hours.

Hours run by elapsed time, through the nights on which the clocks change, and end at the wall time
that the same place then shows. Which time zones there are comes from the standard library's zone
data; the zone itself is always handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from app.domain.calendar_days import spoken_weekday
from app.domain.errors import UserError

ASK_ZONE: Final = (
    "In which time zone is that: Eastern (America/New_York), Central (America/Chicago), "
    "Mountain (America/Denver), Pacific (America/Los_Angeles) or another?"
)
NOON: Final = time(12)
_NO_PLACES: Final = ("Etc/", "SystemV/")


def zone_named(name: str) -> ZoneInfo:
    """Return the time zone of a place, by its IANA name: `America/Chicago`.

    Only names of places, and UTC, are zones here. `EST` and `Etc/GMT+5` are none: they stand for
    one distance from UTC all year, and hours counted by it would be wrong for half of the year in
    New York.

    Raises:
        UserError: there is no such zone.
    """
    known = _zones().get(name.strip().replace(" ", "_").casefold())
    if known is None:
        raise UserError(
            f"“{name}” is not a time zone that is known here. Name a place in the zone, such as "
            "America/New_York, America/Chicago, America/Denver or America/Los_Angeles.",
            ask=ASK_ZONE,
        )
    return ZoneInfo(known)


@cache
def _zones() -> dict[str, str]:
    places = (
        name for name in available_timezones() if "/" in name and not name.startswith(_NO_PLACES)
    )
    return {name.casefold(): name for name in places} | {"utc": "UTC"}


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A moment as the clocks of its zone show it, and what must be said about how it was read."""

    moment: datetime
    zone: str
    remark: str = ""


def clock_time(day: date, at: time, zone: ZoneInfo) -> ClockTime:
    """Return the moment at which the clocks of the zone show this day and time.

    In spring an hour is skipped and in autumn one comes twice. Such a time has two readings; the
    earlier is taken, because a deadline counted from it ends earlier.

    Raises:
        OverflowError: the moment lies outside the years that dates know.
    """
    before, after = (
        datetime.combine(day, at.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1)
    )
    remark = ""
    if before != after:
        what = "comes twice" if before < after else "is skipped"
        remark = (
            f"The clocks change on {spoken_weekday(day)}, and {spoken_time(at)} {what}. "
            "The reading that ends earlier is taken."
        )
    return ClockTime(min(before, after).astimezone(zone), zone.key, remark)


def after_hours(moment: datetime, hours: int) -> datetime:
    """Return the moment `hours` later (earlier, if negative) as clocks of the same zone show it.

    Raises:
        OverflowError: the result lies outside the years that dates know.
    """
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(moment.tzinfo)


def spoken_time(at: time) -> str:
    """Return the time of day as people say it: `3:00 PM`, `noon`.

    Midnight is told by the day that it begins: “Sunday, midnight” is read as either of two nights.
    """
    if (at.hour, at.minute) == (0, 0):
        return "12:00 AM, when the day begins"
    if (at.hour, at.minute) == (12, 0):
        return "noon"
    return f"{at.hour % 12 or 12}:{at.minute:02} {'PM' if at.hour >= 12 else 'AM'}"


def spoken_moment(moment: datetime) -> str:
    """Return the moment as people say it: `Monday, March 9, 2026, 3:00 PM`."""
    return f"{spoken_weekday(moment.date())}, {spoken_time(moment.time())}"
