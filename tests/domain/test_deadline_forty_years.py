"""Every day from 2000 to 2039 against libraries that were written by others.

The calendar's own questions are put for every day. Whole deadlines are put for every rule that
gives dates, each on every 23rd day from a day of its own, so that the rules of one kind together
see every day; what they should give is worked out here a second time, with `dateutil` and `numpy`.
"""

from __future__ import annotations

from datetime import date, timedelta

import holidays as holidays_library
import numpy as np
import pytest
from dateutil.relativedelta import relativedelta

from app.domain.calendar_days import MonthOverflow
from app.domain.deadline import compute_due
from app.domain.due_facts import DueFacts
from app.domain.window import Unit, Window
from tests.domain.deadline_data import DATED, HOLIDAYS

FIRST, AFTER = date(2000, 1, 1), date(2040, 1, 1)
DAYS = tuple(FIRST + timedelta(n) for n in range((AFTER - FIRST).days))
WIDER = range(1996, 2048)
LEGAL = sorted(holidays_library.country_holidays("US", years=WIDER, observed=False))
KEPT = sorted(holidays_library.country_holidays("US", years=WIDER, observed=True))
WORKING = np.busdaycalendar(holidays=LEGAL)
OPEN = np.busdaycalendar(holidays=KEPT)
COLUMN = np.array(DAYS, dtype="datetime64[D]")
EVERY = 23


def stepped(start, count, calendar):
    """The `count`-th day of a calendar after `start`, a free start being taken back."""
    return np.busday_offset(start, count, roll="backward", busdaycal=calendar)


def test_holidays_are_the_librarys_on_every_day():
    legal, kept = set(LEGAL), set(KEPT)
    assert [day for day in DAYS if HOLIDAYS.is_legal(day)] == [day for day in DAYS if day in legal]
    closed = [day for day in DAYS if day.weekday() >= 5 or day in kept]
    assert [day for day in DAYS if HOLIDAYS.is_closed(day)] == closed
    assert [day for day in DAYS if HOLIDAYS.why_closed(day)] == closed


def test_the_business_day_on_or_before_is_numpys_on_every_day():
    ours = [HOLIDAYS.business_day_on_or_before(day) for day in DAYS]
    assert ours == list(stepped(COLUMN, 0, OPEN).tolist())


def test_the_rolled_day_is_numpys_on_every_day():
    rolled = np.busday_offset(COLUMN, 0, roll="forward", busdaycal=WORKING)
    assert [HOLIDAYS.rolled(day) for day in DAYS] == list(rolled.tolist())


@pytest.mark.parametrize("count", [1, 7])
def test_business_days_are_numpys_on_every_day(count):
    window = Window(count, Unit.BUSINESS_DAYS)
    ours = [window.end(day, HOLIDAYS) for day in DAYS]
    assert ours == list(stepped(COLUMN, count, WORKING).tolist())
    generous = [HOLIDAYS.add_open_days(day, count) for day in DAYS]
    assert generous == list(stepped(COLUMN, count, OPEN).tolist())


@pytest.mark.parametrize("count", [1, 4, 6, 12])
@pytest.mark.parametrize("overflow", MonthOverflow)
def test_months_are_dateutils_on_every_day(count, overflow):
    window = Window(count, Unit.MONTHS)
    assert [window.end(day, HOLIDAYS, overflow) for day in DAYS] == [
        in_months(day, count, overflow) for day in DAYS
    ]


def in_months(day, count, overflow):
    clamped = day + relativedelta(months=count)
    is_short = clamped.day != day.day and overflow is MonthOverflow.FIRST_OF_NEXT
    return clamped + timedelta(is_short)


def end_of(window, start, overflow):
    """Where a window ends, worked out without the program's own counting."""
    amount = window.amount or 0
    match window.unit:
        case Unit.MONTHS | Unit.YEARS:
            months = amount if window.unit is Unit.MONTHS else amount * 12
            return in_months(start, months, overflow)
        case Unit.DEC_31:
            return date(start.year + amount, 12, 31)
        case _:
            days = {
                Unit.CALENDAR_DAYS: amount, Unit.HOURS: amount // 24,
                Unit.HOURS_BEFORE: -(amount // 24), Unit.SAME_DAY: 0, Unit.NOON_NEXT_DAY: 1,
            }  # fmt: skip
            return start + timedelta(days[window.unit])


def expected(rule, known, *, conservative):
    """The last day and the day to plan on, worked out from the rule's row alone."""
    order = rule.conservative_from if conservative else rule.counts_from
    fact, start = next((fact, known[fact]) for fact in order if known.get(fact))
    if fact == "notice_date" and "received" in rule.counts_from and not conservative:
        start += timedelta(rule.receipt_presumption_days)
    window = (rule.conservative_window if conservative else None) or rule.window
    end = end_of(window, start, rule.overflow)
    if rule.later_of and known["action_date"] > start:
        action = known["action_date"]
        return (min if conservative else max)(end, action), min(end, action)
    return end, end


@pytest.mark.parametrize("rule", DATED, ids=lambda rule: rule.id)
def test_a_rule_gives_the_same_days_as_a_second_count(rule):
    for n, day in enumerate(DAYS[DATED.index(rule) % EVERY :: EVERY]):
        known = {
            "notice_date": day, "service_date": day, "bill_date": day,
            "action_date": day + timedelta(n % 23) if rule.later_of else None,
            "received": day + timedelta(n % 7) if n % 2 else None,
        }  # fmt: skip
        facts = DueFacts(**known)
        version = rule.in_force(facts)
        if version is None:
            continue
        for conservative in (False, True) if not rule.day_before else ():
            due = compute_due(rule, facts, HOLIDAYS, conservative=conservative, buffer_days=n % 11)
            last_day, plan_on = expected(version, known, conservative=conservative)
            assert (due.last_day, due.rule) == (last_day, rule.id)
            assert due.safe_file_by == stepped(plan_on - timedelta(n % 11), 0, OPEN).item()
            rolled = np.busday_offset(last_day, 0, roll="forward", busdaycal=WORKING).item()
            assert due.last_day_after_roll == (rolled if rule.rolls else None)


@pytest.mark.parametrize("year", range(2000, 2040))
def test_the_end_of_a_year_and_the_leap_day_hold_in_every_year(year):
    leap = year % 4 == 0  # 2000 is a leap year, 2100 lies outside
    group, federal, timely = (
        next(rule for rule in DATED if rule.id == name)
        for name in ("com.internal.group", "com.ext.federal", "om.claim.timely")
    )
    day = compute_due(group, DueFacts(received=date(year, 12, 31)), HOLIDAYS).last_day
    assert (day - date(year, 12, 31)).days == 180
    assert day == (date(year + 1, 6, 28) if (year + 1) % 4 == 0 else date(year + 1, 6, 29))
    october = compute_due(federal, DueFacts(received=date(year, 10, 29)), HOLIDAYS).last_day
    next_is_leap = (year + 1) % 4 == 0
    assert october == (date(year + 1, 2, 29) if next_is_leap else date(year + 1, 3, 1))
    if leap:
        paid = compute_due(timely, DueFacts(service_date=date(year, 2, 29)), HOLIDAYS)
        assert paid.last_day == date(year + 1, 2, 28)
