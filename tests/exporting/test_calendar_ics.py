from datetime import UTC, date, datetime, timedelta, timezone

from icalendar import Calendar

from app.domain.calendar import CalendarEntry
from app.exporting.calendar_ics import NEUTRAL_TITLE, calendar_ics

MADE_AT = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)


def entry(**changed):
    return CalendarEntry(
        **{
            "id": "d-1",
            "on": date(2027, 4, 19),
            "title": "Appeal the lab denial, Maya",
            "detail": "Harbor Mutual; G93.32",
            "kind": "deadline",
            **changed,
        }
    )


def events(entries, *, details=False, made_at=MADE_AT):
    return Calendar.from_ical(calendar_ics(entries, details=details, made_at=made_at)).walk(
        "VEVENT"
    )


def test_an_entry_is_one_whole_day():
    [event] = events([entry()])
    assert event["DTSTART"].dt == date(2027, 4, 19)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["DTEND"].dt == date(2027, 4, 20)


def test_without_details_nothing_private_leaves_the_binder():
    text = calendar_ics([entry()], details=False, made_at=MADE_AT).decode()
    assert NEUTRAL_TITLE in text
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


def test_reminders_come_at_nine_in_the_morning_14_7_and_1_days_before():
    [event] = events([entry()])
    triggers = [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
    midnight = datetime(2027, 4, 19, tzinfo=UTC)
    assert [midnight + trigger for trigger in triggers] == [
        datetime(2027, 4, day, 9, tzinfo=UTC) for day in (5, 12, 18)
    ]


def test_reminders_also_say_nothing_private():
    [event] = events([entry()])
    assert {str(alarm["DESCRIPTION"]) for alarm in event.walk("VALARM")} == {NEUTRAL_TITLE}


def test_reminders_already_past_are_left_out():
    [soon] = events([entry(on=date(2026, 11, 28))])
    assert [alarm["TRIGGER"].dt.days for alarm in soon.walk("VALARM")] == [-7, -1]
    [over] = events([entry(on=date(2026, 11, 1))])
    assert over.walk("VALARM") == []


def test_lines_end_with_cr_lf_and_are_at_most_75_octets():
    long = "Пересмотр отказа " * 20 + "的"
    raw = calendar_ics([entry(title=long)], details=True, made_at=MADE_AT)
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    [event] = Calendar.from_ical(raw).walk("VEVENT")
    assert event["SUMMARY"] == long


def test_text_cannot_break_out_of_its_line():
    hostile = "Call\r\nBEGIN:VALARM\rX;Y,Z\\n\x00\x07\ud800 end"
    raw = calendar_ics([entry(title=hostile, detail=hostile)], details=True, made_at=MADE_AT)
    assert b"\r\nBEGIN:VALARM\r\nACTION" in raw
    assert raw.count(b"\r\nBEGIN:VALARM") == 3
    assert not set(range(32)) - {10, 13} & set(raw)
    [event] = Calendar.from_ical(raw).walk("VEVENT")
    assert event["SUMMARY"] == "Call\nBEGIN:VALARM\nX;Y,Z\\n? end"


def test_the_order_of_the_entries_does_not_matter():
    one, two = entry(), entry(id="d-0", on=date(2027, 5, 1))
    assert calendar_ics([one, two], details=True, made_at=MADE_AT) == calendar_ics(
        [two, one], details=True, made_at=MADE_AT
    )


def test_the_moment_of_making_is_written_in_utc():
    local = MADE_AT.astimezone(timezone(timedelta(hours=-8)))
    assert b"DTSTAMP:20261121T153000Z\r\n" in calendar_ics([entry()], details=False, made_at=local)


def test_a_file_without_entries_is_still_a_calendar():
    calendar = Calendar.from_ical(calendar_ics([], details=False, made_at=MADE_AT))
    assert calendar["VERSION"] == "2.0"
    assert calendar.walk("VEVENT") == []


def test_the_last_day_of_all_can_be_written():
    [event] = events([entry(on=date.max)])
    assert event["DTSTART"].dt == date.max
