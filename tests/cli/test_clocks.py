"""What was sent and asked for starts a time for others; their answers close it."""

from __future__ import annotations

import pytest

TIME_KEYS = {
    "clock", "kind", "title", "claim", "claim_title", "denial", "sent", "rule", "asked_of",
    "started_on", "received_on", "about", "at_latest", "state", "answered_on", "waived_on",
    "source", "verification", "note",
}  # fmt: skip
NEVER = "no such thing"


@pytest.fixture
def denied(run, household) -> dict[str, str]:
    """The household with one denial of August 3."""
    made = run("denial", household["claim"], "--notice-date", "2026-08-03")
    return {**household, "denial": made.value["denial"]}


def appeal(run, denied, *more):
    return run("sent", denied["claim"], "--on", "2026-09-01", "--way", "certified_mail", *more)


def test_sending_answers_the_one_open_denial_and_starts_the_payer_s_time(run, denied):
    sent = appeal(run, denied, "--to", "Appeals", "--tracking", "9400", "--pages", "12")
    assert sent.status == 0
    assert set(sent.value) == {"sent", "denial", "bundle", "clock", "deadlines", "ask"}
    assert sent.value["denial"] == denied["denial"]
    assert sent.value["ask"] is None
    (row,) = sent.value["deadlines"]
    assert (row["kind"], row["claim"], row["clock"]) == (
        "answer", denied["claim"], sent.value["clock"],
    )  # fmt: skip
    assert (row["last_day"], row["latest"]) == ("2026-10-31", "2026-11-05")
    assert (row["rule"], row["verification"]) == ("c.com.app.post.1", "P26")
    assert run("deadlines").value == [row]
    assert run("claims").value[0]["status"] == "appealed"


def test_an_answer_is_late_only_after_its_latest_day(run, denied):
    appeal(run, denied)
    states = {
        day: run("--today", day, "deadlines").value[0]["state"]
        for day in ("2026-10-31", "2026-11-05", "2026-11-06")
    }
    assert states == {
        "2026-10-31": "waiting", "2026-11-05": "waiting", "2026-11-06": "appears_late",
    }  # fmt: skip
    assert run("--today", "2026-11-05", "clocks").value[0]["state"] == "due: you may ask"
    assert run("--today", "2026-11-06", "clocks").value[0]["state"] == "appears late: ask"


def test_the_times_are_listed(run, denied):
    clock = appeal(run, denied).value["clock"]
    (row,) = run("clocks").value
    assert set(row) == TIME_KEYS
    assert (row["clock"], row["about"], row["at_latest"], row["denial"]) == (
        clock, "2026-10-31", "2026-11-05", denied["denial"],
    )  # fmt: skip
    run("waive-clock", clock)
    assert run("clocks").value == []
    (settled,) = run("clocks", "--all").value
    assert (settled["state"], settled["waived_on"]) == ("waived", "2026-11-21")


def test_the_day_they_got_it_counts_from_then_on(run, denied):
    clock = appeal(run, denied).value["clock"]
    got = run("got", clock[:6], "--on", "2026-09-04")
    assert got.value["deadlines"][0]["last_day"] == "2026-11-03"
    assert got.value["deadlines"][0]["latest"] == "2026-11-03"
    assert run("got", clock, "--on", "2026-08-31").status == 1


def test_hours_run_from_a_clock_time(run, denied):
    sent = run(
        "sent", denied["claim"], "--on", "2026-11-20", "--way", "fax", "--fast",
        "--at", "14:30", "--zone", "america/new_york",
    )  # fmt: skip
    (row,) = sent.value["deadlines"]
    assert (row["rule"], row["last_day"]) == ("c.com.app.urgent", "2026-11-23")
    assert row["due_at"].startswith("2026-11-23T19:30:00")
    assert "fast_appeal" not in {row["kind"] for row in run("deadlines").value}


def test_without_a_denial_it_is_only_recorded_and_said(run, household):
    sent = run("sent", household["claim"], "--on", "2026-11-20")
    assert sent.status == 0
    assert (sent.value["denial"], sent.value["clock"], sent.value["deadlines"]) == (None, None, [])
    assert "answers no denial" in sent.value["ask"]


def test_with_several_open_denials_the_person_must_choose(run, denied):
    other = run("denial", denied["claim"], "--notice-date", "2026-08-10").value["denial"]
    unsure = appeal(run, denied)
    assert unsure.status == 1
    assert set(unsure.value) == {"refused", "ask"}
    assert denied["denial"] in unsure.value["ask"]
    assert other in unsure.value["ask"]
    assert run("clocks").value == []
    sure = appeal(run, denied, "--denial", other)
    assert sure.value["denial"] == other


def test_a_second_sending_for_the_same_denial_says_that_the_first_still_waits(run, denied):
    appeal(run, denied)
    again = appeal(run, denied, "--denial", denied["denial"])
    assert again.status == 0
    assert "still waiting" in again.value["ask"]
    assert len(run("clocks").value) == 2


REFUSED = [
    (("--on", "2026-11-22"), "still to come"),
    (("--on", "9999-12-31"), "still to come"),
    (("--on", "1926-09-01"), "year 1926"),
    (("--on", "2026-08-02"), "Check the two days"),
    (("--on", "2026-09-01", "--got-on", "2026-08-31"), "cannot have arrived"),
    (("--on", "2026-09-01", "--got-on", "2026-11-22"), "still to come"),
    (("--on", "2026-09-01", "--denial", NEVER), "no denial"),
    (("--on", "2026-09-01", "--denial", ""), "no denial"),
    (("--on", "2026-09-01", "--at", "14:30"), "needs its time zone"),
    (("--on", "2026-09-01", "--at", "14:30", "--zone", "EST5"), "not a time zone"),
    (("--on", "2026-09-01", "--zone", "America/Chicago"), "says nothing"),
]


def test_what_cannot_be_right_is_refused_in_a_sentence(run, denied):
    before = run("deadlines").value
    for words, why in REFUSED:
        refused = run("sent", denied["claim"], *words)
        assert refused.status == 1, words
        assert why in refused.value["refused"]
    assert run("deadlines").value == before
    assert run("clocks").value == []


WRONG = [
    ("sent", "x"),
    ("sent", "x", "--on", "2026-02-30"),
    ("sent", "x", "--on", "2026-09-01", "--way", "pigeon"),
    ("sent", "x", "--on", "2026-09-01", "--pages", "many"),
    ("sent", "x", "--on", "2026-09-01", "--at", "25:00"),
    ("answer", "x", "--on", "2026-09-01"),
    ("answer", "x", "--on", "2026-09-01", "--outcome", "maybe"),
    ("answer", "x", "--on", "2026-09-01", "--outcome", "upheld", "--final", "perhaps"),
    ("asked", "x", "money", "--on", "2026-09-01"),
    ("asked", "x", "records"),
    ("answered",),
    ("status-request",),
]


def test_wrong_words_are_told(run, binder):
    for words in WRONG:
        said = run(*words)
        assert said.status == 2, words
        assert set(said.value) == {"error"}


def test_an_overlong_note_is_kept_and_an_overlong_address_is_refused_in_a_sentence(run, denied):
    long = "long " * 20_000
    for name in ("--to", "--tracking"):
        refused = appeal(run, denied, name, long)
        assert refused.status == 1
        assert "1,000 letters" in refused.value["refused"]
    sent = appeal(run, denied, "--to", "long " * 199, "--note", long)
    assert sent.status == 0
    assert run("status-request", sent.value["clock"]).status == 0


def test_upheld_opens_the_next_level_and_tells_its_dates(run, denied):
    appeal(run, denied)
    said = run("answer", denied["claim"], "--on", "2026-11-02", "--outcome", "upheld",
               "--final", "yes", "--received", "2026-11-06")  # fmt: skip
    assert set(said.value) == {
        "denial", "outcome", "next_denial", "level", "deadlines", "ask", "undated",
    }  # fmt: skip
    assert said.value["level"] == 3
    (row,) = said.value["deadlines"]
    assert row["denial"] == said.value["next_denial"]
    assert row["rule"] == "state.OH"
    assert run("clocks").value == []
    assert run("undo").value == {"undone": "Record the answer to an appeal"}
    assert len(run("clocks").value) == 1


def test_upheld_without_a_known_next_step_stands_undated(run, denied):
    appeal(run, denied)
    said = run("answer", denied["claim"], "--on", "2026-11-02", "--outcome", "partly")
    assert said.value["deadlines"] == []
    assert "final decision" in said.value["ask"]
    assert [row["kind"] for row in said.value["undated"]] == ["denial"]
    assert [row["state"] for row in run("deadlines").value] == ["needs_date"]


def test_a_day_in_the_answer_s_letter_is_kept(run, denied):
    appeal(run, denied)
    said = run("answer", denied["claim"], "--on", "2026-11-02", "--outcome", "upheld",
               "--appeal-by", "2027-01-15")  # fmt: skip
    assert [row["last_day"] for row in said.value["deadlines"]] == ["2027-01-15"]


def test_overturned_wins_the_claim(run, denied):
    appeal(run, denied)
    said = run("answer", denied["claim"], "--on", "2026-11-02", "--outcome", "overturned")
    assert (said.value["next_denial"], said.value["deadlines"]) == (None, [])
    assert run("claims").value[0]["status"] == "won"
    assert run("deadlines").value == []
    again = run("answer", denied["claim"], "--on", "2026-11-02", "--outcome", "overturned")
    assert again.status == 1


def test_the_letter_of_an_answer_brings_its_day_of_arrival(run, denied, paper):
    run("add", paper("answer.txt"), "--no-read")
    run("file", "answer.txt", "--received", "2026-11-06")
    appeal(run, denied)
    run("answer", denied["claim"], "--on", "2026-11-02", "--outcome", "overturned",
        "--letter", "answer.txt")  # fmt: skip
    (row,) = run("documents").value
    assert (row["claim"], row["kind"]) == (denied["claim"], "appeal_decision")


def test_which_denial_was_answered_must_be_clear(run, denied):
    other = run("denial", denied["claim"], "--notice-date", "2026-08-10").value["denial"]
    for denial in (denied["denial"], other):
        appeal(run, denied, "--denial", denial)
    unsure = run("answer", denied["claim"], "--on", "2026-11-02", "--outcome", "upheld")
    assert unsure.status == 1
    assert other in unsure.value["ask"]
    sure = run(
        "answer", denied["claim"], "--on", "2026-11-02", "--outcome", "overturned",
        "--denial", other[:5],
    )  # fmt: skip
    assert sure.value["denial"] == other


def test_requests_for_papers_run_with_and_without_a_date(run, household):
    claim = household["claim"]
    dated = run("asked", claim, "explanation", "--on", "2026-11-05", "--of", "The plan")
    assert dated.value["deadlines"][0]["last_day"] == "2026-11-15"
    for what in ("claim-file", "codes", "plan-documents", "records"):
        asked = run("asked", claim, what, "--on", "2026-11-05")
        assert asked.status == 0
        assert asked.value["deadlines"] == []
        assert asked.value["ask"]
    assert len(run("clocks").value) == 5
    done = run("answered", dated.value["clock"], "--on", "2026-11-12")
    assert done.value == {"clock": dated.value["clock"], "answered_on": "2026-11-12"}
    assert len(run("clocks").value) == 4
    assert run("answered", dated.value["clock"], "--on", "2026-11-12").status == 1


def test_the_answer_to_an_appeal_is_not_just_ticked_off(run, denied):
    clock = appeal(run, denied).value["clock"]
    refused = run("answered", clock, "--on", "2026-11-20")
    assert refused.status == 1
    assert "Record what they answered" in refused.value["refused"]


def test_a_status_request_is_a_letter_and_lines_for_the_phone(run, say, denied):
    clock = appeal(run, denied).value["clock"]
    made = run("status-request", clock).value
    assert set(made) == {"clock", "letter", "phone"}
    assert "Rosa Alvarez" in made["letter"]
    assert "________" in made["letter"]
    assert made["phone"][0].startswith("Call ")
    assert "Dear" not in made["letter"]
    assert "Hello," in say("status-request", clock).out
    for command in ("status-request", "waive-clock"):
        assert run(command, NEVER).status == 1
    assert run("got", NEVER, "--on", "2026-09-04").status == 1


def test_plain_answers_say_when_the_answer_was_due(say, run, denied):
    said = say("sent", denied["claim"], "--on", "2026-09-01", "--way", "fax")
    assert "An answer was due about October 31, 2026." in said.out
    listed = say("clocks").out
    assert "appears late: ask" in listed
    assert "violat" not in (said.out + listed).casefold()
