"""`due`: the clock and its zone, the steps of the count, and days that have not come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.cli import main
from tests.cli.conftest import TODAY

URGENT = ("due", "com.info.request.urgent", "--received", "2026-03-07")


@pytest.fixture
def without_a_day(capsys):
    """Run a command on the day of this computer."""

    def command(*words):
        capsys.readouterr()
        return main(list(words)), capsys.readouterr().out

    return command


def test_hours_end_at_a_moment_of_their_zone(run):
    row = run(*URGENT, "--at", "14:00", "--zone", "America/Chicago").value
    assert (row["due_at"], row["zone"]) == ("2026-03-09T15:00-05:00", "America/Chicago")
    assert (row["last_day"], row["safe_file_by"]) == ("2026-03-09", "2026-03-09")


def test_without_a_time_of_day_there_is_no_moment(run):
    row = run(*URGENT, "--zone", "America/Chicago").value
    assert (row["last_day"], row["due_at"], row["zone"]) == ("2026-03-09", None, None)


def test_a_time_of_day_without_its_zone_is_a_question(run):
    done = run(*URGENT, "--at", "9:30")
    assert (done.status, set(done.value)) == (1, {"refused", "ask"})
    assert "time zone" in done.value["ask"]


@pytest.mark.parametrize("zone", ["", "EST", "Mars/Olympus", "../../etc/passwd"])
def test_an_unknown_zone_is_refused_in_words(run, zone):
    done = run(*URGENT, "--at", "14:00", "--zone", zone)
    assert done.status == 1
    assert f"“{zone}” is not a time zone" in done.value["refused"]
    assert done.value["ask"].endswith("?")


@pytest.mark.parametrize("clock", ["25:00", "24:00", "14:60", "2pm", "14", "", "٠٩:٣٠", "14:00:00"])
def test_what_is_no_time_of_day_is_not_understood(run, clock):
    done = run(*URGENT, "--at", clock, "--zone", "America/Chicago")
    assert (done.status, set(done.value)) == (2, {"error"})
    assert "is not a time of day like 09:30 or 14:00" in done.value["error"]


def test_the_steps_of_the_count_are_always_there(run, say):
    words = ("due", "om.l1", "--notice-date", "2026-02-10", "--buffer-days", "7")
    row = run(*words).value
    assert row["steps"][:3] == [
        "Counted from the date on the letter: Tuesday, February 10, 2026.",
        "The law presumes 5 days in the mail: Sunday, February 15, 2026.",
        "Sunday, February 15, 2026 is not counted.",
    ]
    assert row["steps"][-1] == "The day to file by: Monday, June 8, 2026."
    assert "days" not in row
    assert "\n  The day to file by: Monday, June 8, 2026." in say(*words).out


def test_every_day_is_shown_with_its_number_on_request(run, say):
    words = ("due", "mcd.mco.appeal", "--notice-date", "2026-06-01", "--show-days")
    days = run(*words).value["days"]
    assert days[0] == {"day": "2026-06-01", "number": None, "remark": "not counted"}
    assert [day["number"] for day in days[1:]] == list(range(1, 61))
    assert days[-1]["remark"] == "the last day; the day to file by"
    assert "Friday, July 31, 2026" in say(*words).out


def test_a_rule_without_a_date_has_its_words_as_steps(run):
    row = run("due", "state.TX", "--notice-date", "2026-03-01", "--show-days").value
    assert row["steps"] == [row["note"], row["ask"]]
    assert row["days"] == []


@pytest.mark.parametrize("fact", ["--notice-date", "--received", "--bill-date"])
def test_a_day_after_the_day_that_was_named_is_counted_and_remarked_upon(run, fact):
    rule = "nsa.ppdr" if fact == "--bill-date" else "com.internal.group"
    after = (date.fromisoformat(TODAY) + timedelta(days=1)).isoformat()
    done = run("due", rule, fact, after)
    assert done.status == 0
    assert done.value["last_day"]
    assert "has not come yet: check the year" in done.value["note"]
    assert "has not come" not in run("due", rule, fact, TODAY).value["note"]


def test_where_no_day_is_named_a_day_to_come_is_counted_and_remarked_upon(without_a_day):
    status, said = without_a_day("due", "com.internal.group", "--received", "2201-03-02")
    assert status == 0
    assert "last day: 2201-08-29" in said
    assert "has not come yet: check the year" in said
    status, said = without_a_day("due", "com.internal.group", "--received", "2020-01-15")
    assert (status, "has not come" in said) == (0, False)


def test_a_letter_that_took_months_is_counted_and_the_envelope_is_the_proof(run):
    row = run(
        "due", "com.internal.group", "--notice-date", "2025-11-03", "--received", "2026-05-04"
    ).value
    assert row["last_day"] == "2026-10-31"
    assert "182 days after the date on it. Keep the envelope" in row["note"]
