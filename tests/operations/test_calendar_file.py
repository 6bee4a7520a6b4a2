"""The calendar file over the life of a binder, and what Today says of a calendar that is behind."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from app.domain.calendar import next_edition
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.operations import claims, dates, people
from app.operations.calendar_file import calendar_drift, calendar_made_at, write_calendar
from app.operations.denials import DenialAnswer, do_not_appeal, record_denial
from app.operations.trash import delete_forever, put_in_trash, restore
from app.storage import calendar_exports

TODAY = date(2026, 11, 21)
FIRST = (datetime(2026, 11, 21, 16, tzinfo=UTC) - datetime(2026, 1, 1, tzinfo=UTC)) // timedelta(
    minutes=1
)
"""The number that the first file gives; the clock of these tests stands still."""
FEB, MARCH = date(2027, 2, 1), date(2027, 3, 1)


@pytest.fixture
def target(tmp_path):
    return tmp_path / "dates.ics"


@pytest.fixture
def claim(binder):
    person = people.add_person(binder, "Rosa Alvarez", relation="self")
    return claims.open_claim(binder, "Infusions", person_id=person.id)


def exported(binder, target, *, details=False):
    """The counts of a new file, and its events: status, day, how often its number grew."""
    made = write_calendar(binder, target, details=details)
    found = Calendar.from_ical(target.read_bytes()).events
    rows = [
        (str(event["STATUS"]), event["DTSTART"].dt, int(event["SEQUENCE"]) - FIRST)
        for event in found
    ]
    return (made.entries, made.cancelled, made.undated), rows


def drift(binder):
    found = calendar_drift(binder)
    return found and [(row.title, row.what, row.old_on, row.new_on) for row in found.differences]


def test_a_new_file_moves_the_old_entry_and_takes_back_what_is_settled(binder, claim, target):
    moving = dates.add_own_date(binder, "Renew", FEB, claim_id=claim.id)
    going = dates.add_own_date(binder, "Stop and decide", MARCH)
    assert exported(binder, target) == (
        (2, 0, 0), [("CONFIRMED", FEB, 0), ("CONFIRMED", MARCH, 0)]
    )  # fmt: skip
    dates.move_date(binder, moving.id, date(2027, 2, 9))
    dates.mark_done(binder, going.id, TODAY)
    again = (
        (1, 1, 0), [("CONFIRMED", date(2027, 2, 9), 1), ("CANCELLED", MARCH, 1)]
    )  # fmt: skip
    assert exported(binder, target) == again
    assert exported(binder, target) == again
    dates.mark_open(binder, going.id)
    assert exported(binder, target)[1][1] == ("CONFIRMED", MARCH, 2)


@pytest.mark.parametrize("how", ["removed", "trash", "waived"])
def test_whatever_leaves_the_calendar_goes_out_as_cancelled(binder, claim, target, how):
    item = dates.add_own_date(binder, "Renew", FEB, claim_id=claim.id)
    exported(binder, target)
    if how == "removed":
        dates.remove_date(binder, item.id)
    elif how == "trash":
        put_in_trash(binder, [("claim", claim.id)])
    else:
        with binder.operation("Let go") as work:
            work.due_items.save(replace(item, waived_on=TODAY))
    title = "" if how == "removed" else "Renew"
    assert drift(binder) == [(title, "settled", FEB, None)]
    assert exported(binder, target) == ((0, 1, 0), [("CANCELLED", FEB, 1)])
    assert drift(binder) is None


def test_a_cancelled_entry_stays_in_the_files_of_a_year_and_longer(binder, clock, target):
    item = dates.add_own_date(binder, "Renew", FEB)
    exported(binder, target)
    dates.mark_done(binder, item.id, TODAY)
    exported(binder, target)
    for _ in range(4):
        clock.pass_by(days=92)
        assert exported(binder, target)[0] == (0, 1, 0)
    clock.pass_by(days=92)
    assert exported(binder, target)[0] == (0, 0, 0)
    dates.mark_open(binder, item.id)
    [(status, _, grown)] = exported(binder, target)[1]
    assert (status, grown > 1) == ("CONFIRMED", True)


def test_a_calendar_is_behind_after_every_kind_of_change_and_after_undo(binder, claim, target):
    moving = dates.add_own_date(binder, "Renew", FEB)
    assert drift(binder) is None  # no file was ever made
    exported(binder, target)
    assert drift(binder) is None
    dates.move_date(binder, moving.id, MARCH)
    assert drift(binder) == [("Renew", "moved", FEB, MARCH)]
    exported(binder, target)
    assert drift(binder) is None
    binder.undo()
    assert drift(binder) == [("Renew", "moved", MARCH, FEB)]
    dates.add_own_date(binder, "Ask again", date(2027, 1, 5), claim_id=claim.id)
    assert drift(binder)[0] == ("Ask again", "new", None, date(2027, 1, 5))
    put_in_trash(binder, [("claim", claim.id)])
    exported(binder, target)
    restore(binder, [("claim", claim.id)])
    assert [what for _, what, _, _ in drift(binder)] == ["new"]


def test_a_calendar_that_was_given_no_dates_lacks_the_first_one(binder, target):
    exported(binder, target)
    assert calendar_made_at(binder) == binder.now()
    assert drift(binder) is None
    dates.add_own_date(binder, "Renew", FEB)
    assert drift(binder) == [("Renew", "new", None, FEB)]


def test_what_is_not_in_the_binder_any_more_is_named_by_its_day(binder, target):
    dates.add_own_date(binder, "Renew", FEB)
    exported(binder, target)
    binder.undo()
    assert drift(binder) == [("", "settled", FEB, None)]


def test_other_words_do_not_make_a_calendar_late(binder, claim, target):
    dates.add_own_date(binder, "Renew", FEB, claim_id=claim.id)
    exported(binder, target, details=True)
    assert exported(binder, target, details=True)[1] == [("CONFIRMED", FEB, 0)]
    claims.change_claim(binder, replace(claim, title="Infusions at home"))
    assert drift(binder) is None
    assert exported(binder, target, details=True)[1] == [("CONFIRMED", FEB, 1)]
    assert exported(binder, target, details=False)[1] == [("CONFIRMED", FEB, 2)]
    assert exported(binder, target, details=False)[1] == [("CONFIRMED", FEB, 2)]


def test_the_file_is_no_undo_step_and_tells_only_that_it_was_made(binder, target):
    dates.add_own_date(binder, "Renew", FEB)
    heard = []
    binder.feed.listen(heard.append)
    exported(binder, target)
    assert [(news.label, set(news.ids)) for news in heard] == [
        ("Save the calendar file", {"calendar_file"})
    ]
    assert binder.labels().undo == "Add a date"


def test_what_was_not_written_is_not_remembered(binder, tmp_path):
    dates.add_own_date(binder, "Renew", FEB)
    with pytest.raises(UserError, match="not there"):
        write_calendar(binder, tmp_path / "nowhere" / "dates.ics", details=False)
    assert calendar_drift(binder) is None
    assert calendar_made_at(binder) is None
    assert binder.ask(calendar_exports.told_entries) == {}


def test_what_has_no_date_is_counted_and_not_in_the_file(binder, book, claim, target):
    answer = DenialAnswer(notice_on=date(2026, 11, 2), urgent="yes")
    recorded = record_denial(binder, book, claim.id, answer, confirmed=False)
    counts, rows = exported(binder, target)
    assert rows == []
    assert counts[2] >= 2  # the denial itself, and asking for a fast appeal
    assert f"X-WR-CALDESC:{counts[2]} things".encode() in target.read_bytes()
    do_not_appeal(binder, recorded.denial.id)
    assert exported(binder, target)[0] == (0, 0, 0)


def test_the_last_day_has_an_entry_of_its_own_and_leaves_with_the_denial(
    binder, book, claim, target
):
    sunday = date(2027, 2, 28)
    answer = DenialAnswer(letter_says="date", letter_date=sunday, notice_on=date(2026, 11, 2))
    recorded = record_denial(binder, book, claim.id, answer, confirmed=True)
    (item,) = recorded.items
    assert exported(binder, target)[1] == [
        ("CONFIRMED", item.safe_on, 0), ("CONFIRMED", sunday, 0)
    ]  # fmt: skip
    do_not_appeal(binder, recorded.denial.id)
    assert [what for _, what, _, _ in drift(binder)] == ["settled"]
    assert {status for status, _, _ in exported(binder, target)[1]} == {"CANCELLED"}


def timed(binder, claim, due_at, **changed):
    item = DueItem(
        id="noon", kind="step", title="Call the reviewer", claim_id=claim.id, basis="rule",
        last_day=date(2026, 11, 24), due_at=due_at, zone="America/Chicago",
        added_at=binder.now(),
    )  # fmt: skip
    with binder.operation("Add") as work:
        return work.due_items.add(replace(item, **changed))


def test_hours_are_one_moment_everywhere_and_the_letter_names_the_clock(binder, claim, target):
    noon = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
    timed(binder, claim, noon)
    write_calendar(binder, target, details=True)
    [event] = Calendar.from_ical(target.read_bytes()).events
    assert event["DTSTART"].dt == noon
    assert event["DESCRIPTION"].startswith(
        "By Tuesday, November 24, 2026, noon (America/Chicago).\n"
    )


def test_a_moment_that_moves_within_its_day_makes_the_calendar_late(binder, claim, target):
    noon = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
    item = timed(binder, claim, noon)
    exported(binder, target)
    with binder.operation("Count again") as work:
        work.due_items.save(replace(item, due_at=noon - timedelta(hours=1)))
    assert drift(binder) == [("Call the reviewer", "moved", item.last_day, item.last_day)]
    assert exported(binder, target)[1] == [("CONFIRMED", noon - timedelta(hours=1), 1)]


def test_a_zone_that_this_computer_does_not_know_spoils_nothing(binder, claim, target):
    timed(binder, claim, datetime(2026, 11, 24, 18, 0, tzinfo=UTC), zone="Mars/Olympus")
    write_calendar(binder, target, details=True)
    [event] = Calendar.from_ical(target.read_bytes()).events
    assert "Mars" not in event["DESCRIPTION"]


def test_nothing_of_what_is_deleted_forever_stays_in_the_memory(binder, claim, target):
    dates.add_own_date(binder, "Renew Rosa's pills", FEB, claim_id=claim.id)
    exported(binder, target, details=True)
    put_in_trash(binder, [("claim", claim.id)])
    assert drift(binder) == [("Renew Rosa's pills", "settled", FEB, None)]
    delete_forever(binder, [("claim", claim.id)])
    assert drift(binder) == [("", "settled", FEB, None)]
    for file in binder.root.glob("binder.db*"):
        assert b"pills" not in file.read_bytes()
    assert exported(binder, target)[1] == [("CANCELLED", FEB, 1)]


def test_five_hundred_dates_are_compared_quickly(binder, claim):
    with binder.operation("Add") as work:
        work.due_items.add_all(
            [
                DueItem(
                    id=f"d{number}", kind="own", title=f"Date {number}", claim_id=claim.id,
                    last_day=MARCH + timedelta(days=number), safe_on=MARCH, added_at=binder.now(),
                )
                for number in range(1, 501)
            ]
        )  # fmt: skip
    now = binder.ask(calendar_exports.open_entries).values()
    with binder.operation("Note") as work:
        edition = next_edition(now, {}, details=True, made_at=binder.now())
        calendar_exports.note_edition(work.connection, edition.memory, binder.now())
    assert len(edition.memory) == 1000
    took = []
    for _ in range(5):
        start = time.perf_counter()
        assert calendar_drift(binder) is None
        took.append(time.perf_counter() - start)
    assert min(took) < 0.05  # seconds; 5 ms were measured on a machine at rest
