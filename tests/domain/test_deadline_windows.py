"""Windows of time: their end, their words, and what is no window."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.calendar_days import MonthOverflow
from app.domain.window import Unit, Window
from tests.domain.deadline_data import HOLIDAYS

START = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("amount", "unit", "end", "words", "longest"),
    [
        (1, "calendar_days", "2026-03-05", "1 calendar day", 1),
        (180, "calendar_days", "2026-08-31", "180 calendar days", 180),
        (10, "business_days", "2026-03-18", "10 business days", 20),
        (4, "months", "2026-07-04", "4 months", 124),
        (1, "years", "2027-03-04", "1 year", 366),
        (48, "hours", "2026-03-06", "48 hours", 2),
        (36, "hours", "2026-03-05", "36 hours", 1),
        (24, "hours_before", "2026-03-03", "24 hours before", 1),
        (36, "hours_before", "2026-03-02", "36 hours before", 1),
        (None, "same_day", "2026-03-04", "the same day", 1),
        (None, "noon_next_day", "2026-03-05", "noon of the next day", 1),
        (None, "before_date", "2026-03-03", "before the day itself", 1),
        (3, "dec31_of_nth_year_after", "2029-12-31", "December 31, 3 years after", 1464),
        (1, "dec31_of_nth_year_after", "2027-12-31", "December 31, 1 year after", 732),
    ],
)
def test_a_window_ends_and_speaks(amount, unit, end, words, longest):
    window = Window(amount, Unit(unit))
    assert window.end(START, HOLIDAYS).isoformat() == end
    assert str(window) == words
    assert window.longest_days == longest
    assert window.is_counted


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("see_letter", "as the letter says"),
        ("see_plan_document", "as the plan document says"),
        ("no_fixed_deadline", "no last day"),
        ("automatic", "nothing to file"),
    ],
)
def test_a_window_that_is_not_counted_has_words_and_no_end(unit, words):
    window = Window(None, Unit(unit))
    assert str(window) == words
    assert not window.is_counted
    with pytest.raises(ValueError, match="not counted"):
        window.end(START, HOLIDAYS)


@pytest.mark.parametrize(
    ("amount", "unit"),
    [(0, "months"), (-1, "hours"), (None, "years"), (1, "same_day"), (5, "automatic")],
)
def test_an_amount_that_does_not_fit_its_unit_is_no_window(amount, unit):
    with pytest.raises(ValueError, match="no window of time"):
        Window(amount, Unit(unit))


def test_the_same_weekday_a_working_week_later_skips_the_holiday_but_not_its_substitute():
    assert Window(1, Unit.BUSINESS_DAYS).end(date(2026, 7, 2), HOLIDAYS) == date(2026, 7, 3)
    assert Window(1, Unit.BUSINESS_DAYS).end(date(2026, 12, 24), HOLIDAYS) == date(2026, 12, 28)


def test_a_leap_day_and_a_year_clamp_or_overflow():
    leap_day, year = date(2024, 2, 29), Window(1, Unit.YEARS)
    assert year.end(leap_day, HOLIDAYS) == date(2025, 2, 28)
    assert year.end(leap_day, HOLIDAYS, MonthOverflow.FIRST_OF_NEXT) == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("window", "hours"),
    [
        (Window(48, Unit.HOURS), 48),
        (Window(24, Unit.HOURS_BEFORE), -24),
        (Window(2, Unit.CALENDAR_DAYS), None),
        (Window(None, Unit.NOON_NEXT_DAY), None),
    ],
)
def test_only_hours_run_by_the_clock(window, hours):
    assert window.hours == hours


def test_a_window_may_end_on_the_last_day_of_all_and_not_after_it():
    window = Window(3, Unit.DEC_31)
    assert window.end(date(9996, 1, 1), HOLIDAYS) == date(9999, 12, 31)
    with pytest.raises(OverflowError):
        window.end(date(9997, 1, 1), HOLIDAYS)
