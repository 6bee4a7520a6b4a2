"""Counting on the calendar: months, the federal holidays of 5 U.S.C. 6103, business days.

The counts raise `OverflowError` where they leave the years that `date` knows; whoever counts for
a person turns that into a sentence.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum
from typing import Any, Final

DAY: Final = timedelta(days=1)
_MONDAY: Final = 0
_FRIDAY: Final = 4
_SATURDAY: Final = 5
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


class MonthOverflow(StrEnum):
    """What happens where the month reached has no such day (October 30 and four months)."""

    CLAMP = "clamp_last_day"
    FIRST_OF_NEXT = "first_day_of_following_month"


def spoken(day: date) -> str:
    """Return the day as people say it, whatever the locale: `March 1, 2027`."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def weekday(day: date) -> str:
    """Return the name of the day in its week: `Monday`."""
    return _WEEKDAYS[day.weekday()].capitalize()


def spoken_weekday(day: date) -> str:
    """Return the day with its weekday, as a wall calendar has it: `Monday, March 1, 2027`."""
    return f"{weekday(day)}, {spoken(day)}"


def month_name(day: date) -> str:
    """Return the name of the day's month: `March`."""
    return _MONTHS[day.month - 1]


def add_months(day: date, months: int, overflow: MonthOverflow = MonthOverflow.CLAMP) -> date:
    """Return the same day of the month, `months` later; `overflow` decides where there is none.

    Raises:
        OverflowError: the result lies after the year 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        raise OverflowError("date value out of range")
    length = monthrange(year, month + 1)[1]
    if day.day <= length:
        return date(year, month + 1, day.day)
    last = date(year, month + 1, length)
    return last if overflow is MonthOverflow.CLAMP else last + DAY


def is_weekend(day: date) -> bool:
    """Return whether the day is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


@dataclass(frozen=True, kw_only=True, slots=True)
class Holiday:
    """A legal public holiday: a fixed `day` of its month, or the `which`-th `weekday` of it.

    `weekday` counts from Monday = 0; a `which` of -1 is the last one. Before `from_year` the day
    was not kept.

    Raises:
        ValueError: it has both a fixed day and a weekday's place in the month, or neither.
    """

    name: str
    month: int
    day: int | None = None
    weekday: int = 0
    which: int = 0
    from_year: int = 1

    def __post_init__(self) -> None:
        if (self.day is None) == (self.which == 0):
            raise ValueError(f"{self.name} needs a day of its month, or a weekday and which one")

    def in_year(self, year: int) -> date | None:
        """Return the day on which the holiday falls by law, or None before its first year."""
        if year < self.from_year:
            return None
        if self.day is not None:
            return date(year, self.month, self.day)
        if self.which < 0:
            last = date(year, self.month, monthrange(year, self.month)[1])
            return last - (last.weekday() - self.weekday) % 7 * DAY
        first = date(year, self.month, 1)
        return first + (self.weekday - first.weekday()) % 7 * DAY + (self.which - 1) * 7 * DAY


@dataclass(frozen=True, kw_only=True, slots=True)
class FederalHolidays:
    """The holidays of the United States, by law and as they are kept.

    A deadline is extended only past the days that 5 U.S.C. 6103(a) names (`is_legal`). A day to
    file on must also avoid the Friday or Monday that is free in place of a holiday on a weekend
    (`is_closed`): that day extends nothing, but offices may be closed on it.
    """

    source: str
    holidays: tuple[Holiday, ...]

    def is_legal(self, day: date) -> bool:
        """Return whether the day itself is named by 5 U.S.C. 6103(a)."""
        return self._holiday(day) is not None

    def is_observed(self, day: date) -> bool:
        """Return whether the day is free in place of a holiday on the weekend beside it."""
        return self._kept(day) is not None

    def why_closed(self, day: date) -> str:
        """Return why offices may be closed, in words; empty on a day on which they are open.

        `Saturday`, `Labor Day`, or `the day kept for Independence Day`.
        """
        if holiday := self._holiday(day):
            return holiday.name
        if is_weekend(day):
            return weekday(day)
        kept = self._kept(day)
        return f"the day kept for {kept.name}" if kept else ""

    def is_closed(self, day: date) -> bool:
        """Return whether offices may be closed: a weekend, a holiday, or a day kept for one."""
        return is_weekend(day) or self.is_legal(day) or self.is_observed(day)

    def _holiday(self, day: date) -> Holiday | None:
        return next(
            (
                holiday
                for holiday in self.holidays
                if holiday.month == day.month and holiday.in_year(day.year) == day
            ),
            None,
        )

    def _kept(self, day: date) -> Holiday | None:
        """Return the holiday of the weekend for which a Friday or a Monday is free."""
        beside = {_FRIDAY: DAY, _MONDAY: -DAY}.get(day.weekday())
        return self._holiday(day + beside) if beside else None

    def rolled(self, day: date) -> date:
        """Return the first day from `day` on that is no weekend and no legal holiday."""
        while is_weekend(day) or self.is_legal(day):
            day += DAY
        return day

    def business_day_on_or_before(self, day: date) -> date:
        """Return the last day up to `day` on which offices are surely open."""
        while self.is_closed(day):
            day -= DAY
        return day

    def add_business_days(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`, which is itself not counted.

        Days kept for a weekend holiday count as working days here: the result is a person's own
        deadline and must never fall later than a stricter reader would set it.
        """
        for _ in range(count):
            day = self.rolled(day + DAY)
        return day

    def add_open_days(self, day: date, count: int) -> date:
        """Return the `count`-th day after `day` on which offices are surely open.

        Days kept for a weekend holiday are not counted either: before somebody else is called
        late, the reading is the one that gives them the most time. `day` itself is not counted.
        """
        for _ in range(count):
            day += DAY
            while self.is_closed(day):
                day += DAY
        return day


def parse_holidays(data: Mapping[str, Any]) -> FederalHolidays:
    """Read `federal_holidays.json`."""

    def holiday(row: Mapping[str, Any]) -> Holiday:
        return Holiday(
            name=row["name"],
            month=row["month"],
            day=row.get("day"),
            weekday=_WEEKDAYS.index(row.get("weekday", "monday")),
            which=row.get("which", 0),
            from_year=row.get("from_year", 1),
        )

    return FederalHolidays(source=data["source"], holidays=tuple(map(holiday, data["holidays"])))
