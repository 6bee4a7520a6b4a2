"""What holds for every rule and every day of forty years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.deadline import Due, compute_due
from app.domain.due_facts import CannotSay, DueFacts, Fact
from app.domain.window import Unit
from tests.domain.deadline_data import BOOK, DATED, HOLIDAYS

FORTY_YEARS = st.dates(date(2000, 1, 1), date(2039, 12, 31))
BACKWARDS = {Unit.HOURS_BEFORE, Unit.BEFORE_DATE}
rules = st.sampled_from(DATED)
buffers = st.integers(0, 60)
late = st.integers(0, 40)


def all_facts(day, mail=0):
    return DueFacts(
        notice_date=day,
        received=day + timedelta(days=mail),
        service_date=day,
        bill_date=day,
    )


def count(rule, known, **how):
    result = compute_due(rule, known, HOLIDAYS, **how)
    assume(isinstance(result, Due))
    return result


@given(rules, FORTY_YEARS, late, st.booleans())
def test_the_last_day_is_never_before_the_day_it_is_counted_from(rule, day, mail, conservative):
    result = count(rule, all_facts(day, mail), conservative=conservative)
    if rule.window.unit in BACKWARDS:
        assert result.last_day < result.counted_from
    elif not rule.day_before:
        assert result.last_day >= result.counted_from
    assert result.last_day >= day - timedelta(days=1)


@given(rules, FORTY_YEARS, late, st.booleans(), buffers)
def test_the_safe_day_is_a_business_day_within_reach_of_the_last_day(
    rule, day, mail, conservative, buffer_days
):
    result = count(rule, all_facts(day, mail), conservative=conservative, buffer_days=buffer_days)
    target = result.last_day - timedelta(days=buffer_days)
    assert not HOLIDAYS.is_closed(result.safe_file_by)
    assert result.safe_file_by <= target
    assert all(
        HOLIDAYS.is_closed(result.safe_file_by + timedelta(days=n))
        for n in range(1, (target - result.safe_file_by).days + 1)
    )


@given(
    rules,
    FORTY_YEARS,
    late,
    st.integers(-30, 60),
    st.none() | st.times(),
    st.fixed_dictionaries({"conservative": st.booleans(), "buffer_days": buffers}),
)
def test_an_event_and_a_clock_never_move_a_day_to_file_by_past_the_last_day(
    rule, day, mail, ahead, clock, how
):
    known = replace(
        all_facts(day, mail),
        service_date=None,
        action_date=day + timedelta(days=ahead),
        at=clock,
        zone=ZoneInfo("America/Denver"),
    )
    result = count(rule, known, **how)
    assert not HOLIDAYS.is_closed(result.safe_file_by)
    assert result.safe_file_by <= result.last_day - timedelta(days=how["buffer_days"])
    if rule.window.unit not in BACKWARDS and not rule.day_before:
        assert result.last_day >= result.counted_from
    if rule.window.unit is Unit.NOON_NEXT_DAY:
        assert result.counted_from <= result.last_day <= result.counted_from + timedelta(days=1)
    assert result.due_at is None or result.due_at.date() == result.last_day
    clocked = (rule.window.hours and clock) or rule.window.unit is Unit.NOON_NEXT_DAY
    assert (result.due_at is not None) == bool(clocked)


@given(rules, FORTY_YEARS, late)
def test_the_conservative_count_never_ends_later(rule, day, mail):
    known = all_facts(day, mail)
    assert count(rule, known, conservative=True).last_day <= count(rule, known).last_day


@given(rules, FORTY_YEARS)
def test_not_knowing_the_day_of_receipt_never_makes_the_conservative_count_later(rule, day):
    known = all_facts(day)
    unknown = DueFacts(notice_date=day, service_date=day, bill_date=day)
    careful = count(rule, unknown, conservative=True)
    assert careful.last_day <= count(rule, known).last_day


@given(rules, FORTY_YEARS, st.integers(1, 400), st.booleans())
def test_a_later_start_never_ends_earlier(rule, day, more, conservative):
    first = count(rule, all_facts(day), conservative=conservative)
    second = count(rule, all_facts(day + timedelta(days=more)), conservative=conservative)
    assert first.last_day <= second.last_day
    assert first.safe_file_by <= second.safe_file_by


@given(rules, FORTY_YEARS)
def test_only_a_rule_that_rolls_has_a_rolled_day_and_never_on_a_free_one(rule, day):
    result = count(rule, all_facts(day))
    assert (result.last_day_after_roll is not None) == rule.rolls
    if rule.rolls:
        assert result.last_day <= result.last_day_after_roll <= result.last_day + timedelta(days=4)
        assert result.last_day_after_roll.weekday() < 5
        assert not HOLIDAYS.is_legal(result.last_day_after_roll)


@given(
    st.sampled_from(tuple(BOOK.rules.values())),
    st.builds(DueFacts, **{fact: st.none() | st.dates() for fact in Fact}),
    st.booleans(),
    st.integers(-3, 10**7),
)
def test_no_dates_whatever_end_in_an_exception(rule, known, conservative, buffer_days):
    result = compute_due(rule, known, HOLIDAYS, conservative=conservative, buffer_days=buffer_days)
    assert isinstance(result, (Due, CannotSay))
