"""How long a person has: an amount and a unit, and the day on which it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum
from math import ceil
from typing import Final

from app.domain.calendar_days import DAY, FederalHolidays, MonthOverflow, add_months

HOURS_A_DAY: Final = 24


class Unit(StrEnum):
    """What a window is counted in; the last four are not counted at all."""

    CALENDAR_DAYS = "calendar_days"
    BUSINESS_DAYS = "business_days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"
    HOURS_BEFORE = "hours_before"
    SAME_DAY = "same_day"
    NOON_NEXT_DAY = "noon_next_day"
    BEFORE_DATE = "before_date"
    DEC_31 = "dec31_of_nth_year_after"
    SEE_LETTER = "see_letter"
    SEE_PLAN = "see_plan_document"
    NO_DEADLINE = "no_fixed_deadline"
    AUTOMATIC = "automatic"


_WITH_AMOUNT: Final = {
    Unit.CALENDAR_DAYS: "calendar day",
    Unit.BUSINESS_DAYS: "business day",
    Unit.MONTHS: "month",
    Unit.YEARS: "year",
    Unit.HOURS: "hour",
    Unit.HOURS_BEFORE: "hour",
    Unit.DEC_31: "year",
}
_WITHOUT_AMOUNT: Final = {
    Unit.SAME_DAY: "the same day",
    Unit.NOON_NEXT_DAY: "noon of the next day",
    Unit.BEFORE_DATE: "before the day itself",
    Unit.SEE_LETTER: "as the letter says",
    Unit.SEE_PLAN: "as the plan document says",
    Unit.NO_DEADLINE: "no last day",
    Unit.AUTOMATIC: "nothing to file",
}
_NOT_COUNTED: Final = {Unit.SEE_LETTER, Unit.SEE_PLAN, Unit.NO_DEADLINE, Unit.AUTOMATIC}
_LONGEST_YEAR: Final = 366
_LONGEST_MONTH: Final = 31


@dataclass(frozen=True, slots=True)
class Window:
    """An amount of a unit; units that carry their own length have no amount.

    Raises:
        ValueError: the amount is missing, not positive, or given where the unit has none.
    """

    amount: int | None
    unit: Unit

    def __post_init__(self) -> None:
        fits = (self.unit in _WITH_AMOUNT) == (self.amount is not None)
        if not fits or (self.amount is not None and self.amount < 1):
            raise ValueError(f"{self.amount} {self.unit} is no window of time")

    @property
    def is_counted(self) -> bool:
        """Return whether the window leads to a day at all."""
        return self.unit not in _NOT_COUNTED

    @property
    def hours(self) -> int | None:
        """Return the hours of a window that runs by the clock, negative before a moment."""
        if self.unit not in {Unit.HOURS, Unit.HOURS_BEFORE} or self.amount is None:
            return None
        return self.amount if self.unit is Unit.HOURS else -self.amount

    @property
    def longest_days(self) -> int:
        """The most calendar days the window can span, for telling a slip of the pen."""
        amount = self.amount or 0
        return {
            Unit.CALENDAR_DAYS: amount,
            Unit.BUSINESS_DAYS: amount * 2,
            Unit.MONTHS: amount * _LONGEST_MONTH,
            Unit.YEARS: amount * _LONGEST_YEAR,
            Unit.DEC_31: (amount + 1) * _LONGEST_YEAR,
            Unit.HOURS: amount // HOURS_A_DAY,
        }.get(self.unit, 1)

    def end(
        self,
        start: date,
        holidays: FederalHolidays,
        overflow: MonthOverflow = MonthOverflow.CLAMP,
    ) -> date:
        """Return the last day of the window; `start` itself is not counted.

        Hours without a clock time count as whole days: 48 hours end two days later, at the time
        of day at which they began.

        Raises:
            OverflowError: the day lies outside the years that dates know.
            ValueError: the window is not counted.
        """
        amount = self.amount or 0
        match self.unit:
            case Unit.MONTHS:
                return add_months(start, amount, overflow)
            case Unit.YEARS:
                return add_months(start, amount * 12, overflow)
            case Unit.BUSINESS_DAYS:
                return holidays.add_business_days(start, amount)
            case Unit.DEC_31:
                return _december_31(start.year + amount)
            case _:
                return start + self._days()

    def _days(self) -> timedelta:
        amount = self.amount or 0
        days = {
            Unit.CALENDAR_DAYS: amount,
            Unit.HOURS: amount // HOURS_A_DAY,
            Unit.HOURS_BEFORE: -ceil(amount / HOURS_A_DAY),
            Unit.SAME_DAY: 0,
            Unit.NOON_NEXT_DAY: 1,
            Unit.BEFORE_DATE: -1,
        }
        if self.unit not in days:
            raise ValueError(f"{self.unit} is not counted")
        return days[self.unit] * DAY

    def __str__(self) -> str:
        """The window in words: `180 calendar days`, `1 year`, `noon of the next day`."""
        if self.amount is None:
            return _WITHOUT_AMOUNT[self.unit]
        counted = f"{self.amount} {_WITH_AMOUNT[self.unit]}{'' if self.amount == 1 else 's'}"
        if self.unit is Unit.HOURS_BEFORE:
            return f"{counted} before"
        return f"December 31, {counted} after" if self.unit is Unit.DEC_31 else counted


def _december_31(year: int) -> date:
    if year > MAXYEAR:
        raise OverflowError("date value out of range")
    return date(year, 12, 31)
