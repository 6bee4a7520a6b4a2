"""Rules in hours: by the clock of a zone, through the nights on which the clocks change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clock_time import after_hours, clock_time, spoken_moment, spoken_time, zone_named
from app.domain.deadline import Due, compute_due
from app.domain.due_facts import CannotSay, DueFacts, Fact
from app.domain.errors import UserError
from tests.domain.deadline_data import BOOK, HOLIDAYS

CHICAGO = ZoneInfo("America/Chicago")
URGENT = BOOK.get("com.info.request.urgent")
EXTEND = BOOK.get("com.concurrent.extend")
NOON = BOOK.get("om.qio.services")
ZONES = st.sampled_from(
    [
        "America/New_York", "America/Chicago", "America/Phoenix", "America/Los_Angeles",
        "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico", "Pacific/Guam", "UTC",
    ]
)  # fmt: skip
DAYS = st.dates(date(2000, 1, 1), date(2039, 12, 31))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))


def at(clock, zone="America/Chicago", rule=URGENT, **days):
    known = DueFacts(
        **{name: date.fromisoformat(day) for name, day in days.items()},
        at=time.fromisoformat(clock) if clock else None,
        zone=ZoneInfo(zone) if zone else None,
    )
    result = compute_due(rule, known, HOLIDAYS)
    assert isinstance(result, Due), result
    return result


@pytest.mark.parametrize(
    ("received", "clock", "zone", "due_at", "safe"),
    [
        ("2026-03-07", "14:00", "America/Chicago", "2026-03-09T15:00-05:00", "2026-03-09"),
        ("2026-10-31", "14:00", "America/Chicago", "2026-11-02T13:00-06:00", "2026-11-02"),
        ("2026-10-31", "00:30", "America/Chicago", "2026-11-01T23:30-06:00", "2026-10-30"),
        ("2026-03-07", "23:30", "America/Chicago", "2026-03-10T00:30-05:00", "2026-03-10"),
        ("2026-03-07", "14:00", "America/Phoenix", "2026-03-09T14:00-07:00", "2026-03-09"),
        ("2026-03-07", "14:00", "Pacific/Honolulu", "2026-03-09T14:00-10:00", "2026-03-09"),
        ("2026-05-05", "09:15", "America/New_York", "2026-05-07T09:15-04:00", "2026-05-07"),
        ("2026-12-30", "12:00", "UTC", "2027-01-01T12:00+00:00", "2026-12-31"),
        # Begun in the hour that comes twice, or in the one that does not come.
        ("2026-11-01", "01:30", "America/Chicago", "2026-11-03T00:30-06:00", "2026-11-03"),
        ("2026-03-08", "02:30", "America/Chicago", "2026-03-10T02:30-05:00", "2026-03-10"),
    ],
)
def test_48_hours_run_through_the_night_on_which_the_clocks_change(
    received, clock, zone, due_at, safe
):
    row = at(clock, zone, received=received).row()
    assert (row["due_at"], row["zone"]) == (due_at, zone)
    assert (row["last_day"], row["safe_file_by"]) == (due_at[:10], safe)


@pytest.mark.parametrize(
    ("ends", "clock", "due_at"),
    [
        ("2026-03-08", "14:00", "2026-03-07T13:00-06:00"),
        ("2026-11-01", "14:00", "2026-10-31T15:00-05:00"),
        ("2026-11-01", "01:30", "2026-10-31T01:30-05:00"),
        ("2026-03-09", "02:30", "2026-03-08T01:30-06:00"),
        ("2026-06-10", "00:00", "2026-06-09T00:00-05:00"),
    ],
)
def test_24_hours_before_the_end_of_treatment_are_elapsed_hours_too(ends, clock, due_at):
    row = at(clock, rule=EXTEND, action_date=ends).row()
    assert (row["due_at"], row["last_day"]) == (due_at, due_at[:10])


def test_a_time_that_comes_twice_or_not_at_all_is_read_as_ending_earlier_and_says_so():
    twice = at("01:30", received="2026-11-01")
    assert "1:30 AM comes twice. The reading that ends earlier is taken." in twice.note
    never = at("02:30", received="2026-03-08")
    assert "2:30 AM is skipped. The reading that ends earlier is taken." in never.note
    assert "Sunday, March 8, 2026" in never.note
    assert "reading" not in at("03:30", received="2026-03-08").note


def test_the_note_and_the_working_name_the_moment_at_which_the_hours_are_over():
    result = at("14:00", received="2026-03-07")
    assert result.note == (
        "The 48 hours run by the clock, nights and weekends too. "
        "They are over on Monday, March 9, 2026, 3:00 PM."
    )
    assert result.working == (
        "From Saturday, March 7, 2026, 2:00 PM (the day you received it), 48 hours: "
        "Monday, March 9, 2026, 3:00 PM."
    )


def test_noon_is_a_moment_where_the_zone_is_known():
    row = at(None, "America/New_York", NOON, received="2026-03-05").row()
    assert (row["due_at"], row["zone"]) == ("2026-03-06T12:00-05:00", "America/New_York")
    sooner = at("09:00", "America/New_York", NOON, received="2026-03-05", service_date="2026-03-06")
    assert sooner.row()["due_at"] == "2026-03-05T12:00-05:00"
    spring = at(None, "America/New_York", NOON, received="2026-03-07").row()
    assert spring["due_at"] == "2026-03-08T12:00-04:00"
    unknown = at("09:00", None, NOON, received="2026-03-05").row()
    assert (unknown["last_day"], unknown["due_at"], unknown["zone"]) == ("2026-03-06", None, None)
    assert "Whole days" not in (unknown["note"] or "")


def test_a_time_of_day_without_a_zone_is_a_question_for_hours():
    for rule in (URGENT, EXTEND):
        known = DueFacts(received=date(2026, 3, 7), action_date=date(2026, 3, 7), at=time(14))
        refused = compute_due(rule, known, HOLIDAYS)
        assert isinstance(refused, CannotSay)
        assert refused.sentence == "Hours run by the clock, and the time zone is not known."
        assert refused.ask.startswith("In which time zone is that")


def test_a_zone_without_a_time_of_day_counts_whole_days():
    row = at(None, received="2026-03-07").row()
    assert (row["last_day"], row["due_at"], row["zone"]) == ("2026-03-09", None, None)
    assert "act a day earlier" in row["note"]


def test_a_rule_in_days_ignores_the_clock_and_says_so():
    group = BOOK.get("com.internal.group")
    row = at("23:59", rule=group, received="2026-01-15").row()
    assert (row["last_day"], row["due_at"], row["zone"]) == ("2026-07-14", None, None)
    assert row["note"].startswith("Whole days are counted: the time of day changes nothing. ")
    without_zone = at("23:59", None, group, received="2026-01-15").row()
    assert without_zone == row
    assert "Whole days" not in at(None, rule=group, received="2026-01-15").note


def test_hours_that_the_law_extends_to_a_later_day_end_at_no_moment_of_that_day():
    later = replace(URGENT, later_of=(Fact.ACTION,))
    days = {"received": "2026-03-07", "action_date": "2026-03-20"}
    row = at("14:00", rule=later, **days).row()
    assert (row["last_day"], row["due_at"], row["zone"]) == ("2026-03-20", None, None)
    assert row["safe_file_by"] == "2026-03-09"
    days["action_date"] = "2026-03-08"
    assert at("14:00", rule=later, **days).row()["due_at"] == "2026-03-09T15:00-05:00"


def test_midnight_is_told_by_the_day_that_it_begins():
    row = at("00:00", received="2026-05-05").row()
    assert row["due_at"] == "2026-05-07T00:00-05:00"
    assert "Tuesday, May 5, 2026, 12:00 AM, when the day begins" in row["working"]


@given(DAYS, TIMES, ZONES)
def test_48_elapsed_hours_are_48_hours_on_any_day_in_any_zone(day, clock, zone):
    known = DueFacts(received=day, at=clock, zone=ZoneInfo(zone))
    due_at = compute_due(URGENT, known, HOLIDAYS).due_at
    begun = {
        datetime.combine(day, clock.replace(fold=fold), known.zone).astimezone(UTC)
        for fold in (0, 1)
    }
    assert due_at.astimezone(UTC) - timedelta(hours=48) == min(begun)
    assert compute_due(URGENT, known, HOLIDAYS).last_day == due_at.date()
    back = DueFacts(action_date=day, at=clock, zone=ZoneInfo(zone))
    assert compute_due(EXTEND, back, HOLIDAYS).due_at.astimezone(UTC) == min(begun) - timedelta(1)


def test_the_end_of_the_calendar_is_a_sentence_in_hours_too():
    for day in (date(9999, 12, 31), date(9999, 12, 30)):
        known = DueFacts(received=day, at=time(23, 59), zone=CHICAGO)
        assert "check the year" in compute_due(URGENT, known, HOLIDAYS).sentence


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("America/Chicago", "America/Chicago"),
        ("america/new york", "America/New_York"),
        (" US/Eastern ", "US/Eastern"),
        ("America/Indiana/Knox", "America/Indiana/Knox"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_found_by_the_name_of_its_place(name, key):
    assert zone_named(name).key == key


@pytest.mark.parametrize(
    "name",
    [
        "", "EST", "CST", "PDT", "Mars/Olympus", "../../etc/passwd", "America", "/", "-05:00",
        "America/Chicago\0", "Etc/GMT+5", "localtime", "posix/America/Chicago",
        "right/America/Chicago",
    ],
)  # fmt: skip
def test_what_names_no_place_is_no_zone(name):
    with pytest.raises(UserError) as refused:
        zone_named(name)
    assert str(refused.value) == (
        f"“{name}” is not a time zone that is known here. Name a place in the zone, such as "
        "America/New_York, America/Chicago, America/Denver or America/Los_Angeles."
    )
    assert refused.value.ask.count("?") == 1


def test_two_readings_of_a_clock_are_told_apart():
    plain = clock_time(date(2026, 3, 7), time(14), CHICAGO)
    assert (plain.moment.isoformat(), plain.zone, plain.remark) == (
        "2026-03-07T14:00:00-06:00", "America/Chicago", "",
    )  # fmt: skip
    assert clock_time(date(2026, 3, 8), time(2, 30), CHICAGO).moment.hour == 1
    assert clock_time(date(2026, 11, 1), time(1, 30), CHICAGO).moment.utcoffset() == timedelta(
        hours=-5
    )


def test_hours_run_backwards_too():
    begun = datetime(2026, 3, 9, 15, tzinfo=CHICAGO)
    assert after_hours(begun, -48).isoformat() == "2026-03-07T14:00:00-06:00"
    assert after_hours(begun, 0) == begun


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        ("00:00", "12:00 AM, when the day begins"),
        ("00:30", "12:30 AM"), ("01:05", "1:05 AM"), ("11:59", "11:59 AM"),
        ("12:00", "noon"), ("12:30", "12:30 PM"), ("13:00", "1:00 PM"), ("23:59", "11:59 PM"),
    ],
)  # fmt: skip
def test_a_time_of_day_is_spoken_as_people_do(clock, words):
    assert spoken_time(time.fromisoformat(clock)) == words
    moment = datetime.combine(date(2026, 3, 9), time.fromisoformat(clock))
    assert spoken_moment(moment) == f"Monday, March 9, 2026, {words}"
