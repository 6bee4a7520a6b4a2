from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from app.domain.calendar import CalendarEntry, next_edition
from app.exporting.calendar_ics import GONE_TITLE, NEUTRAL_TITLE, calendar_ics
from tests.exporting.ics_grammar import read_strictly

MADE_AT = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)
NOON_IN_CHICAGO = datetime(2027, 4, 19, 17, 0, tzinfo=UTC)


def entry(**changed):
    return CalendarEntry(
        **{
            "id": "d-1",
            "on": date(2027, 4, 19),
            "title": "Appeal the lab denial, Maya",
            "detail": "Harbor Mutual; G93.32",
            **changed,
        }
    )


def file_of(entries, *, details=False, made_at=MADE_AT, before=(), undated=0):
    """The bytes of the file that follows one which had the entries of `before`."""
    told = {}
    if before:
        first = next_edition(
            before, {}, details=details, made_at=made_at.astimezone(UTC) - timedelta(days=1)
        )
        told = {row.id: row for row in first.memory}
    edition = next_edition(entries, told, details=details, made_at=made_at.astimezone(UTC))
    return calendar_ics(edition, details=details, made_at=made_at, undated=undated)


def events(entries, **more):
    raw = file_of(entries, **more)
    read_strictly(raw)
    return Calendar.from_ical(raw).walk("VEVENT")


def test_an_entry_is_one_whole_day():
    [event] = events([entry()])
    assert event["DTSTART"].dt == date(2027, 4, 19)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["DTEND"].dt == date(2027, 4, 20)
    assert event["STATUS"] == "CONFIRMED"


def test_an_entry_with_a_clock_time_is_that_very_moment_in_utc():
    [event] = events([entry(at=NOON_IN_CHICAGO)])
    assert event["DTSTART"].dt == NOON_IN_CHICAGO
    assert b"DTSTART:20270419T170000Z\r\n" in file_of([entry(at=NOON_IN_CHICAGO)])
    assert "DTEND" not in event


def test_without_details_nothing_private_leaves_the_binder():
    text = file_of([entry(at=NOON_IN_CHICAGO)], before=[entry(id="d-2")]).decode()
    assert NEUTRAL_TITLE in text
    assert GONE_TITLE in text
    for private in ("Maya", "Harbor", "G93.32", "Appeal", "deadline"):
        assert private not in text


def test_with_details_the_title_and_the_detail_are_there():
    [event] = events([entry()], details=True)
    assert event["SUMMARY"] == "Appeal the lab denial, Maya"
    assert event["DESCRIPTION"] == "Harbor Mutual; G93.32"


def test_the_same_record_keeps_its_uid_when_its_day_moves():
    [before] = events([entry()])
    [after] = events([entry(on=date(2027, 4, 1), title="Moved")], details=True)
    assert before["UID"] == after["UID"]
    assert len({event["UID"] for event in events([entry(), entry(id="d-2")])}) == 2


def test_reminders_come_at_nine_in_the_morning_14_7_2_and_1_days_before():
    [event] = events([entry()])
    triggers = [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
    midnight = datetime(2027, 4, 19, tzinfo=UTC)
    assert [midnight + trigger for trigger in triggers] == [
        datetime(2027, 4, day, 9, tzinfo=UTC) for day in (5, 12, 17, 18)
    ]


def test_a_moment_rings_whole_days_before_and_once_more_two_hours_before():
    [event] = events([entry(at=NOON_IN_CHICAGO)])
    triggers = [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
    assert triggers == [*(timedelta(days=-days) for days in (14, 7, 2, 1)), timedelta(hours=-2)]
    [soon] = events([entry(at=MADE_AT + timedelta(hours=20))])
    assert [alarm["TRIGGER"].dt for alarm in soon.walk("VALARM")] == [timedelta(hours=-2)]


def test_reminders_also_say_nothing_private():
    [event] = events([entry()])
    assert {str(alarm["DESCRIPTION"]) for alarm in event.walk("VALARM")} == {NEUTRAL_TITLE}


def test_reminders_already_past_are_left_out():
    [soon] = events([entry(on=date(2026, 11, 28))])
    assert [alarm["TRIGGER"].dt.days for alarm in soon.walk("VALARM")] == [-7, -2, -1]
    [over] = events([entry(on=date(2026, 11, 1))])
    assert over.walk("VALARM") == []


def test_what_is_no_longer_due_is_taken_back_with_a_higher_number_and_rings_no_more():
    [event] = events([], before=[entry()])
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"] == GONE_TITLE
    assert event["DTSTART"].dt == date(2027, 4, 19)
    assert event.walk("VALARM") == []
    [before] = events([entry()], made_at=MADE_AT - timedelta(days=1))
    assert before["UID"] == event["UID"]
    assert before["SEQUENCE"] < event["SEQUENCE"]


def test_an_entry_says_when_it_changed_last_and_when_the_file_was_made():
    [same] = events([entry()], before=[entry()])
    assert same["LAST-MODIFIED"].dt == MADE_AT - timedelta(days=1)
    assert same["DTSTAMP"].dt == MADE_AT
    [moved] = events([entry(on=date(2027, 4, 20))], before=[entry()])
    assert moved["LAST-MODIFIED"].dt == MADE_AT
    assert moved["SEQUENCE"] > same["SEQUENCE"]


def test_lines_end_with_cr_lf_and_are_at_most_75_octets():
    long = "Пересмотр отказа " * 20 + "的"
    raw = file_of([entry(title=long)], details=True)
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    [event] = Calendar.from_ical(raw).walk("VEVENT")
    assert event["SUMMARY"] == long


def test_text_cannot_break_out_of_its_line():
    hostile = "Call\r\nBEGIN:VALARM\rX;Y,Z\\n\x00\x07\ud800 end"
    raw = file_of([entry(title=hostile, detail=hostile)], details=True)
    assert b"\r\nBEGIN:VALARM\r\nACTION" in raw
    assert raw.count(b"\r\nBEGIN:VALARM") == 4
    assert not set(range(32)) - {10, 13} & set(raw)
    [event] = Calendar.from_ical(raw).walk("VEVENT")
    assert event["SUMMARY"] == "Call\nBEGIN:VALARM\nX;Y,Z\\n? end"


@pytest.mark.parametrize(
    "words", ["\x85next\u2028line\u2029.", "\u202ereversed", "a\\nb\\,c", "", "🩺" * 60, "\t."]
)
def test_odd_letters_come_back_as_they_went_in(words):
    [event] = events([entry(title=f"x{words}", detail=f"y{words}")], details=True)
    assert (event["SUMMARY"], event["DESCRIPTION"]) == (f"x{words}", f"y{words}")


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.dates(), st.text(max_size=90), st.text(max_size=90)), min_size=1, max_size=4
    )
)
def test_any_words_on_any_day_give_a_valid_file(rows):
    made = [
        entry(id=f"d-{number}", on=on, title=title, detail=detail)
        for number, (on, title, detail) in enumerate(rows)
    ]
    found = events(made, details=True)
    assert sorted(event["DTSTART"].dt for event in found) == sorted(on for on, _, _ in rows)


def test_the_order_of_the_entries_does_not_matter():
    one, two = entry(), entry(id="d-0", on=date(2027, 5, 1))
    assert file_of([one, two], details=True) == file_of([two, one], details=True)


def test_the_moment_of_making_is_written_in_utc():
    local = MADE_AT.astimezone(timezone(timedelta(hours=-8)))
    assert b"DTSTAMP:20261121T153000Z\r\n" in file_of([entry()], made_at=local)


def test_a_file_without_entries_is_still_a_calendar():
    raw = file_of([])
    assert read_strictly(raw).within == []
    assert Calendar.from_ical(raw)["VERSION"] == "2.0"


def test_the_file_tells_how_many_things_it_cannot_hold():
    assert "X-WR-CALDESC" not in Calendar.from_ical(file_of([entry()]))
    said = Calendar.from_ical(file_of([entry()], undated=1))["X-WR-CALDESC"]
    assert said.startswith("1 thing to do has no date yet")
    raw = file_of([entry()], undated=12)
    assert Calendar.from_ical(raw)["X-WR-CALDESC"].startswith("12 things to do have no date yet")
    read_strictly(raw)


def test_the_last_and_the_first_day_of_all_can_be_written():
    found = events([entry(on=date.max), entry(id="d-2", on=date.min)])
    assert [event["DTSTART"].dt for event in found] == [date.min, date.max]


def test_two_thousand_entries_are_all_there():
    days = [date(2019, 1, 1) + timedelta(days=number) for number in range(1999)]
    made = [entry(id=f"d-{day}", on=day, title="Long title " * 12) for day in days]
    raw = file_of([*made, entry()], details=True)
    assert len(read_strictly(raw).within) == 2000
    assert raw.count(b"BEGIN:VALARM") == 4  # of the only one that is still to come
