"""The arithmetic day by day: what it says, and that it never says another day than the count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.counting import (
    CountedDay,
    Reckoning,
    letter_reckoning,
    reckoning,
    window_reckoning,
)
from app.domain.deadline import Due, compute_due
from app.domain.deadline_rule import Verification
from app.domain.due_facts import DueFacts, Fact
from app.domain.planned_deadline import LetterWindow, planned_deadline
from app.domain.window import Unit, Window
from tests.domain.deadline_data import BOOK, DATED, HOLIDAYS, RULES, facts

CHICAGO = ZoneInfo("America/Chicago")


def shown(rule, *, conservative=False, buffer_days=0, clock=None, **days):
    known = facts(**days)
    if clock:
        known = DueFacts(
            received=known.received,
            action_date=known.action_date,
            at=time.fromisoformat(clock),
            zone=CHICAGO,
        )
    return reckoning(
        BOOK.get(rule), known, HOLIDAYS, conservative=conservative, buffer_days=buffer_days
    )


def remarked(result):
    return {day.day.isoformat(): day.remark for day in result.days if day.remark}


def numbered(result):
    return {day.number: day.day.isoformat() for day in result.days if day.number is not None}


def test_180_days_are_shown_month_by_month_with_the_reserve():
    result = shown("com.internal.group", received="2026-01-15", buffer_days=11)
    assert result.lines == (
        "Counted from the day you received it: Thursday, January 15, 2026.",
        "Thursday, January 15, 2026 is not counted.",
        "January 16 to 31, 2026: days 1 to 16.",
        "February 2026: days 17 to 44.",
        "March 2026: days 45 to 75.",
        "April 2026: days 76 to 105.",
        "May 2026: days 106 to 136.",
        "June 2026: days 137 to 166.",
        "July 1 to 14, 2026: days 167 to 180.",
        "Day 180 is Tuesday, July 14, 2026.",
        "11 days in reserve: Friday, July 3, 2026.",
        "Offices may be closed: Friday, July 3, 2026 (the day kept for Independence Day).",
        "The day to file by: Thursday, July 2, 2026.",
    )
    assert remarked(result) == {
        "2026-01-15": "not counted",
        "2026-07-02": "the day to file by",
        "2026-07-03": "closed: the day kept for Independence Day",
        "2026-07-14": "the last day",
    }
    assert [day.number for day in result.days] == [None, *range(1, 181)]


def test_the_days_in_the_mail_and_a_free_last_day_that_does_not_move():
    result = shown("ma.l1", notice_date="2026-11-20", buffer_days=1)
    assert result.lines[:3] == (
        "Counted from the date on the letter: Friday, November 20, 2026.",
        "The law presumes 5 days in the mail: Wednesday, November 25, 2026.",
        "Wednesday, November 25, 2026 is not counted.",
    )
    assert result.lines[-5:] == (
        "Day 60 is Sunday, January 24, 2027.",
        "Sunday, January 24, 2027: free, but the last day stays where it is.",
        "1 day in reserve: Saturday, January 23, 2027.",
        "Offices may be closed: Saturday, January 23, 2027.",
        "The day to file by: Friday, January 22, 2027.",
    )


def test_a_month_without_such_a_day_overflows_or_clamps_in_words():
    assert shown("com.ext.federal", received="2026-10-30").lines[1] == (
        "October 30, 2026 and 4 months: February 2027 has no day 30, "
        "so the first day after it, Monday, March 1, 2027."
    )
    assert shown("fehb.reconsider", notice_date="2026-08-31").lines[1] == (
        "August 31, 2026 and 6 months: February 2027 has no day 31, "
        "so its last day, Sunday, February 28, 2027."
    )
    assert shown("om.claim.timely", service_date="2024-02-29").lines[1] == (
        "February 29, 2024 and 1 year: February 2025 has no day 29, "
        "so its last day, Friday, February 28, 2025."
    )


def test_months_and_years_number_the_days_on_which_one_is_full():
    months = shown("com.ext.federal", received="2026-10-30")
    clamped = shown("fehb.reconsider", notice_date="2026-08-31")
    assert list(numbered(clamped).values()) == [
        "2026-09-30", "2026-10-31", "2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28",
    ]  # fmt: skip
    assert numbered(months) == {
        1: "2026-11-30", 2: "2026-12-30", 3: "2027-01-30", 4: "2027-03-01",
    }  # fmt: skip
    assert remarked(months)["2026-10-30"] == "counted from this day"
    years = window_reckoning(Window(2, Unit.YEARS), date(2026, 3, 4), HOLIDAYS)
    assert numbered(years) == {1: "2027-03-04", 2: "2028-03-04"}
    clamped_window = window_reckoning(Window(4, Unit.MONTHS), date(2026, 10, 30), HOLIDAYS)
    assert "so its last day, Sunday, February 28, 2027." in clamped_window.lines[0]
    assert years.lines == ("March 4, 2026 and 2 years: Saturday, March 4, 2028.",)


def test_a_last_day_that_the_law_moves_is_shown_and_not_to_be_planned_on():
    result = shown("com.ext.federal", received="2026-03-04", buffer_days=1)
    assert result.lines[1:] == (
        "March 4, 2026 and 4 months: Saturday, July 4, 2026.",
        (
            "Saturday, July 4, 2026 (Independence Day); and Sunday, July 5, 2026: the law moves "
            "the last day on to Monday, July 6, 2026. Do not plan on that."
        ),
        "1 day in reserve: Friday, July 3, 2026.",
        "Offices may be closed: Friday, July 3, 2026 (the day kept for Independence Day).",
        "The day to file by: Thursday, July 2, 2026.",
    )
    assert remarked(result)["2026-07-06"] == "the last day as the law moves it"


def test_three_free_days_in_a_row_are_listed():
    lines = shown("com.ext.federal", received="2026-05-05").lines
    assert lines[2].startswith(
        "Saturday, September 5, 2026; Sunday, September 6, 2026; and Monday, September 7, 2026 "
        "(Labor Day): the law moves the last day on to Tuesday, September 8, 2026."
    )


def test_the_rule_in_force_on_the_day_of_the_letter_is_counted():
    result = shown("ma.l1", notice_date="2024-12-31", received="2025-01-09")
    assert result.lines[0] == "Counted from the date on the letter: Tuesday, December 31, 2024."
    assert "Day 60 is Saturday, March 1, 2025." in result.lines


def test_the_plain_count_without_a_reserve_is_shown_unless_another_is_asked_for():
    known = facts(notice_date="2026-02-10")
    plain = reckoning(BOOK.get("om.l1"), known, HOLIDAYS)
    assert plain == shown("om.l1", notice_date="2026-02-10")
    assert plain.lines[-1] == "The day to file by: Monday, June 15, 2026."


def test_a_reserve_beyond_the_calendar_ends_in_words():
    assert shown("om.l1", notice_date="2026-02-10", buffer_days=10**6).days == ()
    letter = LetterWindow(last_day=date(2026, 5, 4))
    result = letter_reckoning(letter, facts(), HOLIDAYS, buffer_days=10**6)
    assert result == Reckoning(("The letter says May 4, 2026.",))


def test_a_careful_count_names_both_times():
    lines = shown("state.FL", notice_date="2026-03-02", conservative=True).lines
    assert lines[1] == "The careful count takes 60 calendar days; the rule's own is 4 months."
    assert "May 1, 2026: day 60." in lines
    assert "careful" not in " ".join(shown("state.FL", received="2026-03-02").lines)


def test_a_second_day_that_the_rule_names_is_set_against_the_count():
    later = shown("mcd.mco.continue", notice_date="2026-03-02", action_date="2026-03-20")
    assert later.lines[-2:] == (
        "The rule also names Friday, March 20, 2026. Plan on the earlier: March 12, 2026.",
        "The day to file by: Thursday, March 12, 2026.",
    )
    assert remarked(later) == {
        "2026-03-02": "not counted",
        "2026-03-12": "the day to plan on; the day to file by",
        "2026-03-20": "the last day",
    }
    sooner = shown("om.qio.services", received="2026-03-05", service_date="2026-03-06")
    assert sooner.lines == (
        "Counted from the day you received it: Thursday, March 5, 2026.",
        "Noon of the next day: Friday, March 6, 2026.",
        "The notice's own time is earlier: Thursday, March 5, 2026. Plan on it.",
        "The day to file by: Thursday, March 5, 2026.",
    )


def test_hours_are_shown_a_day_and_a_night_at_a_time():
    result = shown("com.info.request.urgent", received="2026-03-07", clock="14:00")
    assert result.lines == (
        "Counted from the day you received it: Saturday, March 7, 2026.",
        "The clock starts on Saturday, March 7, 2026, 2:00 PM (America/Chicago).",
        "24 hours: Sunday, March 8, 2026, 3:00 PM.",
        "48 hours: Monday, March 9, 2026, 3:00 PM.",
        "The clocks change in between; the hours run on.",
        "The day to file by: Monday, March 9, 2026.",
    )
    assert remarked(result) == {
        "2026-03-07": "the clock starts",
        "2026-03-09": "the last day; the day to file by",
    }
    plain = shown("com.info.request.urgent", received="2026-05-05", clock="14:00").lines
    assert "clocks change" not in " ".join(plain)


def test_hours_before_a_moment_run_backwards():
    lines = shown("com.concurrent.extend", action_date="2026-03-08", clock="14:00").lines
    assert lines[1:4] == (
        "The clock starts on Sunday, March 8, 2026, 2:00 PM (America/Chicago).",
        "24 hours before: Saturday, March 7, 2026, 1:00 PM.",
        "The clocks change in between; the hours run on.",
    )


def test_three_days_before_a_moment_run_backwards_one_by_one():
    rule = replace(BOOK.get("com.concurrent.extend"), window=Window(72, Unit.HOURS_BEFORE))
    known = DueFacts(action_date=date(2026, 5, 8), at=time(14), zone=CHICAGO)
    assert reckoning(rule, known, HOLIDAYS).lines[2:5] == (
        "24 hours before: Thursday, May 7, 2026, 2:00 PM.",
        "48 hours before: Wednesday, May 6, 2026, 2:00 PM.",
        "72 hours before: Tuesday, May 5, 2026, 2:00 PM.",
    )


def test_a_start_in_the_skipped_hour_says_how_it_was_read():
    lines = shown("com.info.request.urgent", received="2026-03-08", clock="02:30").lines
    assert lines[1] == "The clock starts on Sunday, March 8, 2026, 1:30 AM (America/Chicago)."
    assert lines[2].startswith("The clocks change on Sunday, March 8, 2026, and 2:30 AM is skipped")


def test_hours_without_a_time_of_day_are_whole_days():
    result = shown("com.info.request.urgent", received="2026-03-07")
    assert result.lines[1] == "48 hours: Monday, March 9, 2026."
    assert remarked(result)["2026-03-07"] == "counted from this day"


def test_the_end_of_a_year_counted_from_the_year_of_the_care():
    assert shown("fehb.court", service_date="2024-02-29").lines[1:3] == (
        "December 31, 3 years after: Friday, December 31, 2027.",
        "Offices may be closed: Friday, December 31, 2027 (the day kept for New Year's Day).",
    )


def test_business_days_name_what_is_skipped_and_what_is_counted_after_all():
    ten = Window(10, Unit.BUSINESS_DAYS)
    own = window_reckoning(ten, date(2026, 6, 25), HOLIDAYS)
    assert own.lines == (
        "Thursday, June 25, 2026 is not counted.",
        "June 26 to 30, 2026: business days 1 to 3.",
        "July 1 to 9, 2026: business days 4 to 10.",
        "Business day 10 is Thursday, July 9, 2026.",
        "Weekends are not counted.",
        (
            "Friday, July 3, 2026 (the day kept for Independence Day) is counted: "
            "the holiday itself is another day."
        ),
    )
    assert remarked(own)["2026-07-04"] == "not counted: Independence Day"
    assert remarked(own)["2026-07-05"] == "not counted: Sunday"
    payers = window_reckoning(ten, date(2026, 6, 25), HOLIDAYS, open_days_only=True)
    assert payers.lines[-2:] == (
        "Business day 10 is Friday, July 10, 2026.",
        "Weekends are not counted, nor Friday, July 3, 2026 (the day kept for Independence Day).",
    )
    assert numbered(payers)[10] == "2026-07-10"


def test_a_single_business_day_over_a_holiday():
    result = window_reckoning(Window(1, Unit.BUSINESS_DAYS), date(2026, 5, 22), HOLIDAYS)
    assert result.lines == (
        "Friday, May 22, 2026 is not counted.",
        "May 26, 2026: business day 1.",
        "Business day 1 is Tuesday, May 26, 2026.",
        "Weekends are not counted, nor Monday, May 25, 2026 (Memorial Day).",
    )
    assert [(str(day.day), day.number, day.remark) for day in result.days] == [
        ("2026-05-22", None, "not counted"),
        ("2026-05-23", None, "not counted: Saturday"),
        ("2026-05-24", None, "not counted: Sunday"),
        ("2026-05-25", None, "not counted: Memorial Day"),
        ("2026-05-26", 1, ""),
    ]
    weekend = window_reckoning(Window(5, Unit.BUSINESS_DAYS), date(2026, 5, 31), HOLIDAYS)
    assert remarked(weekend) == {"2026-05-31": "not counted"}


def test_business_days_of_a_rule_are_shown_as_they_are_counted():
    rule = replace(BOOK.get("com.ext.moreinfo"), verification=Verification.P26)
    result = reckoning(rule, facts(received="2026-06-25"), HOLIDAYS)
    assert "Business day 10 is Thursday, July 9, 2026." in result.lines
    assert result.lines[-1] == "The day to file by: Thursday, July 9, 2026."


def test_the_letters_own_time_is_counted_day_by_day():
    letter = LetterWindow(window=Window(60, Unit.CALENDAR_DAYS))
    result = letter_reckoning(letter, facts(notice_date="2026-03-02"), HOLIDAYS, buffer_days=3)
    assert result.lines == (
        "The letter gives 60 calendar days, counted from the date on the letter.",
        "Monday, March 2, 2026 is not counted.",
        "March 3 to 31, 2026: days 1 to 29.",
        "April 2026: days 30 to 59.",
        "May 1, 2026: day 60.",
        "Day 60 is Friday, May 1, 2026.",
        "3 days in reserve: Tuesday, April 28, 2026.",
        "The day to file by: Tuesday, April 28, 2026.",
    )


def test_a_letter_that_counts_from_receipt_starts_there_once_it_is_known():
    letter = LetterWindow(window=Window(4, Unit.MONTHS), from_receipt=True)
    known = {"notice_date": "2026-03-02", "received": "2026-03-05"}
    assert "the day you received it" in letter_reckoning(letter, facts(**known), HOLIDAYS).lines[0]
    del known["received"]
    clamped = letter_reckoning(letter, facts(notice_date="2026-10-30"), HOLIDAYS).lines[1]
    assert clamped.endswith("no day 30, so its last day, Sunday, February 28, 2027.")
    assert "the date on the letter" in letter_reckoning(letter, facts(**known), HOLIDAYS).lines[0]


def test_a_letter_that_counts_from_its_date_does_so_even_where_the_receipt_is_known():
    letter = LetterWindow(window=Window(30, Unit.CALENDAR_DAYS))
    known = facts(notice_date="2026-03-02", received="2026-03-05")
    result = letter_reckoning(letter, known, HOLIDAYS)
    assert "Day 30 is Wednesday, April 1, 2026." in result.lines


def test_a_printed_day_beats_a_number_of_days_in_the_same_letter():
    both = LetterWindow(date(2026, 5, 4), Window(10, Unit.CALENDAR_DAYS))
    result = letter_reckoning(both, facts(notice_date="2026-03-02"), HOLIDAYS)
    assert result.lines == (
        "The letter says May 4, 2026.",
        "The day to file by: Monday, May 4, 2026.",
    )


def test_a_printed_last_day_needs_no_count():
    result = letter_reckoning(
        LetterWindow(last_day=date(2026, 5, 3)), facts(notice_date="2026-03-02"), HOLIDAYS
    )
    assert result.lines == (
        "The letter says May 3, 2026.",
        "Sunday, May 3, 2026: free, but the last day stays where it is.",
        "Offices may be closed: Sunday, May 3, 2026; and Saturday, May 2, 2026.",
        "The day to file by: Friday, May 1, 2026.",
    )
    assert result.days[-1] == CountedDay(
        date(2026, 5, 3), None, "the last day in the letter; the last day; closed: Sunday"
    )


@pytest.mark.parametrize(
    ("letter", "days", "says"),
    [
        (LetterWindow(), {"notice_date": "2026-03-02"}, "does not say how long"),
        (LetterWindow(window=Window(60, Unit.CALENDAR_DAYS)), {}, "is not known"),
        (LetterWindow(window=Window(9999, Unit.CALENDAR_DAYS)), {"notice_date": "2026-03-02"},
         "longer than any rule"),
        (LetterWindow(last_day=date(2026, 3, 1)), {"notice_date": "2026-03-02"}, "must be wrong"),
    ],
)  # fmt: skip
def test_a_letter_without_a_day_ends_in_a_question(letter, days, says):
    result = letter_reckoning(letter, facts(**days), HOLIDAYS)
    assert result.days == ()
    assert says in result.lines[0]
    assert result.lines[-1].endswith(("?", "letter."))


def test_a_rule_without_a_date_gives_its_words_and_its_question():
    result = shown("fehb.opm", notice_date="2026-03-02")
    assert result.days == ()
    assert result.lines[0].startswith("Commonly 90 days: check your letter.")
    assert result.lines[1].endswith("letter.")
    assert shown("com.internal.group") == Reckoning(
        (
            "One more date is needed to count this deadline.",
            "On what day did you receive the letter, or what date is printed on it?",
        )
    )


FORTY_YEARS = st.dates(date(2000, 1, 1), date(2039, 12, 31))


def agrees(result, due, rule):
    """The arithmetic arrives at the day that the count gives, by steps that can be checked."""
    days = [day.day for day in result.days]
    assert days == sorted(set(days))
    numbers = [day.number for day in result.days if day.number]
    assert numbers == list(range(1, len(numbers) + 1))
    by_remark = {
        part: day.day for day in result.days if day.remark for part in day.remark.split("; ")
    }
    assert by_remark["the last day"] == due.last_day
    assert by_remark["the day to file by"] == due.safe_file_by
    moved = due.last_day_after_roll
    assert by_remark.get("the last day as the law moves it", due.last_day) == (
        moved or due.last_day
    )
    assert result.lines[-1].startswith("The day to file by: ")
    ends = [day for day in result.days if day.number == len(numbers)]
    if ends and not (rule.later_of or rule.day_before):
        assert ends[0].day == due.last_day
    if ends and rule.window.unit is Unit.CALENDAR_DAYS and rule.conservative_window is None:
        assert len(numbers) == rule.window.amount
        assert (ends[0].day - due.counted_from).days == rule.window.amount


@given(
    st.sampled_from(DATED),
    FORTY_YEARS,
    st.integers(0, 40),
    st.booleans(),
    st.integers(0, 60),
    st.none() | st.times(),
)
def test_the_arithmetic_never_disagrees_with_the_count(
    rule, day, mail, conservative, buffer_days, clock
):
    known = DueFacts(
        notice_date=day, received=day + timedelta(mail), service_date=day, bill_date=day,
        action_date=day + timedelta(mail), at=clock, zone=CHICAGO,
    )  # fmt: skip
    how = {"conservative": conservative, "buffer_days": buffer_days}
    due = compute_due(rule, known, HOLIDAYS, **how)
    result = reckoning(rule, known, HOLIDAYS, **how)
    if isinstance(due, Due):
        agrees(result, due, rule.in_force(known))
    else:
        assert result == Reckoning((due.sentence, due.ask))


@given(FORTY_YEARS, st.sampled_from(tuple(Unit)), st.integers(1, 200), st.integers(0, 20))
def test_the_letters_arithmetic_never_disagrees_with_the_plan(day, unit, amount, buffer_days):
    try:
        window = Window(amount, unit)
    except ValueError:
        window = Window(None, unit)
    letter, known = LetterWindow(window=window), DueFacts(notice_date=day)
    plan = planned_deadline(letter, None, known, HOLIDAYS, buffer_days=buffer_days)
    result = letter_reckoning(letter, known, HOLIDAYS, buffer_days=buffer_days)
    marked = {part: one.day for one in result.days if one.remark for part in one.remark.split("; ")}
    assert marked.get("the last day") == plan.letter_day
    assert marked.get("the day to file by") == plan.safe_file_by
    last = [one.day for one in result.days if one.number == amount]
    assert last in ([], [plan.letter_day])


@given(
    st.sampled_from(RULES),
    st.builds(
        DueFacts,
        **{fact: st.none() | st.dates() for fact in Fact},
        at=st.none() | st.times(),
        zone=st.sampled_from([None, CHICAGO]),
    ),
    st.booleans(),
    st.integers(0, 10**6),
)
def test_no_dates_whatever_end_in_an_exception(rule, known, conservative, buffer_days):
    result = reckoning(rule, known, HOLIDAYS, conservative=conservative, buffer_days=buffer_days)
    due = compute_due(rule, known, HOLIDAYS, conservative=conservative, buffer_days=buffer_days)
    assert bool(result.days) == (isinstance(due, Due) and due.last_day is not None)
    assert all(line.endswith((".", "?")) for line in result.lines)
