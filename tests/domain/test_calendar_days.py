"""Months, holidays and business days, against libraries that were written by others."""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta

import holidays as holidays_library
import numpy as np
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar_days import Holiday, MonthOverflow, add_months, parse_holidays, spoken
from app.resources import resource_json
from tests.domain.deadline_data import HOLIDAYS

YEARS = range(1990, 2031)
FORTY_YEARS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
DAYS = [
    date(1990, 1, 1) + timedelta(days=n) for n in range((date(2031, 1, 1) - date(1990, 1, 1)).days)
]
LEGAL = holidays_library.country_holidays("US", years=YEARS, observed=False)
KEPT = holidays_library.country_holidays("US", years=range(1990, 2032), observed=True)
OPEN_DAYS = np.busdaycalendar(holidays=sorted(KEPT))
WORKING_DAYS = np.busdaycalendar(
    holidays=sorted(
        holidays_library.country_holidays("US", years=range(1990, 2033), observed=False)
    )
)


def test_every_day_of_forty_years_is_a_legal_holiday_or_not_as_the_library_says():
    assert [day for day in DAYS if HOLIDAYS.is_legal(day)] == sorted(LEGAL)


def test_every_day_of_forty_years_is_closed_or_open_as_the_library_says():
    ours = [day for day in DAYS if HOLIDAYS.is_closed(day)]
    assert ours == [day for day in DAYS if day.weekday() >= 5 or day in KEPT]


@pytest.mark.parametrize(
    ("day", "legal", "observed"),
    [
        ("2026-07-03", False, True),  # the 4th is a Saturday
        ("2026-07-04", True, False),
        ("2027-07-05", False, True),  # the 4th is a Sunday
        ("2027-12-31", False, True),  # January 1, 2028 is a Saturday
        ("2028-01-01", True, False),
        ("2020-06-19", False, False),  # Juneteenth became a holiday in 2021
        ("2021-06-18", False, True),
        ("2021-06-19", True, False),
        ("1985-01-21", False, False),  # Martin Luther King's birthday was first kept in 1986
        ("1986-01-20", True, False),
        ("2025-01-20", True, False),
        ("2021-01-20", False, False),  # an inauguration closes Washington only
        ("2026-07-06", False, False),
        ("2026-12-24", False, False),
    ],
)
def test_the_law_and_its_observance_are_two_things(day, legal, observed):
    parsed = date.fromisoformat(day)
    assert (HOLIDAYS.is_legal(parsed), HOLIDAYS.is_observed(parsed)) == (legal, observed)


@given(FORTY_YEARS, st.integers(0, 60))
def test_months_that_clamp_agree_with_dateutil(day, months):
    assert add_months(day, months) == day + relativedelta(months=months)


@given(FORTY_YEARS, st.integers(0, 60))
def test_months_that_overflow_differ_only_where_the_month_has_no_such_day(day, months):
    clamped = day + relativedelta(months=months)
    expected = clamped if clamped.day == day.day else clamped + timedelta(days=1)
    assert add_months(day, months, MonthOverflow.FIRST_OF_NEXT) == expected


@pytest.mark.parametrize(
    ("day", "months", "clamped", "overflown"),
    [
        ("2026-10-30", 4, "2027-02-28", "2027-03-01"),
        ("2027-10-30", 4, "2028-02-29", "2028-03-01"),
        ("2027-10-29", 4, "2028-02-29", "2028-02-29"),
        ("2026-08-31", 1, "2026-09-30", "2026-10-01"),
        ("2026-12-31", 12, "2027-12-31", "2027-12-31"),
        ("2024-02-29", 12, "2025-02-28", "2025-03-01"),
        ("2026-08-31", 4, "2026-12-31", "2026-12-31"),
    ],
)
def test_the_end_of_a_month_by_both_rules(day, months, clamped, overflown):
    start = date.fromisoformat(day)
    assert add_months(start, months, MonthOverflow.CLAMP).isoformat() == clamped
    assert add_months(start, months, MonthOverflow.FIRST_OF_NEXT).isoformat() == overflown


def test_months_past_the_last_year_raise_overflow():
    assert add_months(date(MAXYEAR, 8, 31), 4) == date(MAXYEAR, 12, 31)
    with pytest.raises(OverflowError):
        add_months(date(MAXYEAR, 9, 1), 4)


@given(FORTY_YEARS)
def test_the_business_day_on_or_before_agrees_with_numpy(day):
    expected = np.busday_offset(day, 0, roll="backward", busdaycal=OPEN_DAYS).item()
    assert HOLIDAYS.business_day_on_or_before(day) == expected


@given(FORTY_YEARS)
def test_a_rolled_day_agrees_with_numpy_and_knows_no_observed_days(day):
    expected = np.busday_offset(day, 0, roll="forward", busdaycal=WORKING_DAYS).item()
    assert HOLIDAYS.rolled(day) == expected


@given(FORTY_YEARS, st.integers(1, 60))
def test_business_days_agree_with_numpy(day, count):
    # A start on a free day is taken back to the working day before: the next one is day one.
    expected = np.busday_offset(day, count, roll="backward", busdaycal=WORKING_DAYS).item()
    assert HOLIDAYS.add_business_days(day, count) == expected


@given(FORTY_YEARS, st.integers(1, 60))
def test_open_days_agree_with_numpy_and_skip_the_days_kept_for_a_holiday(day, count):
    expected = np.busday_offset(day, count, roll="backward", busdaycal=OPEN_DAYS).item()
    assert HOLIDAYS.add_open_days(day, count) == expected
    assert HOLIDAYS.add_open_days(day, count) >= HOLIDAYS.add_business_days(day, count)


def test_no_open_days_are_the_day_itself():
    assert HOLIDAYS.add_open_days(date(2026, 7, 4), 0) == date(2026, 7, 4)


def test_an_observed_day_extends_nothing_but_is_no_day_to_file_on():
    friday = date(2026, 7, 3)
    assert HOLIDAYS.rolled(friday) == friday
    assert HOLIDAYS.business_day_on_or_before(friday) == date(2026, 7, 2)


def test_days_are_spoken_in_english_whatever_the_locale():
    assert spoken(date(2027, 3, 1)) == "March 1, 2027"
    assert spoken(date(2026, 12, 31)) == "December 31, 2026"


def test_the_holidays_name_their_law_and_every_one_falls_once_a_year():
    parsed = parse_holidays(resource_json("rules", "federal_holidays.json"))
    assert "5 U.S.C. 6103(a)" in parsed.source
    assert {holiday.name: str(holiday.in_year(2026)) for holiday in parsed.holidays} == {
        "New Year's Day": "2026-01-01",
        "Birthday of Martin Luther King, Jr.": "2026-01-19",
        "Washington's Birthday": "2026-02-16",
        "Memorial Day": "2026-05-25",
        "Juneteenth National Independence Day": "2026-06-19",
        "Independence Day": "2026-07-04",
        "Labor Day": "2026-09-07",
        "Columbus Day": "2026-10-12",
        "Veterans Day": "2026-11-11",
        "Thanksgiving Day": "2026-11-26",
        "Christmas Day": "2026-12-25",
    }
    assert parsed == HOLIDAYS


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-07-02", ""),
        ("2026-07-03", "the day kept for Independence Day"),  # Friday for Saturday
        ("2026-07-04", "Independence Day"),
        ("2026-07-05", "Sunday"),
        ("2026-07-06", ""),
        ("2026-07-11", "Saturday"),
        ("2027-07-05", "the day kept for Independence Day"),  # Monday for Sunday
        ("2027-12-31", "the day kept for New Year's Day"),
        ("2026-11-26", "Thanksgiving Day"),
    ],
)
def test_a_free_day_says_why_offices_may_be_closed(day, why):
    assert HOLIDAYS.why_closed(date.fromisoformat(day)) == why


def test_a_last_weekday_of_a_month_is_found_whatever_day_the_month_ends_on():
    last_friday = Holiday(name="", month=8, weekday=4, which=-1)
    assert last_friday.in_year(2026) == date(2026, 8, 28)  # August 31 is a Monday
    assert last_friday.in_year(2029) == date(2029, 8, 31)  # a Friday itself
    assert last_friday.in_year(2030) == date(2030, 8, 30)
    last_sunday = Holiday(name="", month=8, weekday=6, which=-1)
    assert last_sunday.in_year(2026) == date(2026, 8, 30)


@pytest.mark.parametrize("when", [{}, {"day": 4, "which": 1}, {"weekday": 3}])
def test_a_holiday_without_its_day_or_with_two_is_refused(when):
    with pytest.raises(ValueError, match="needs a day of its month"):
        Holiday(name="Nobody's Day", month=7, **when)
