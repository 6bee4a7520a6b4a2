"""Dates of one's own, steps, corrections and days in reserve, from the command line."""

from __future__ import annotations

import pytest

ROW = {
    "deadline", "claim", "title", "last_day", "safe_file_by", "days_left", "source", "state",
}  # fmt: skip
RECOUNTED = {
    "deadline", "denial", "clock", "claim_title", "title", "was", "would_be", "because", "keeps",
    "by_rule", "source", "sentence",
}  # fmt: skip


@pytest.fixture
def denied(run, household):
    """A denial of November 2: the employer's rule gives until May 1."""
    return run("denial", household["claim"], "--notice-date", "2026-11-02").value


def test_a_date_of_ones_own_from_its_making_to_its_removal(run, household):
    made = run(
        "date-new", "Stop and decide", "--on", "2027-01-15", "--kind", "stop",
        "--claim", "Infusions in March",
    ).value  # fmt: skip
    assert set(made) >= ROW
    assert (made["claim"], made["days_left"], made["state"]) == (household["claim"], 55, "open")
    assert made["note"] == "You decide today whether to go on. Either answer is right."
    key = made["deadline"]
    assert run("date-move", key, "--to", "2027-02-01").value["last_day"] == "2027-02-01"
    assert run("date-done", key[:6]).value["state"] == "done"
    assert run("date-open", "stop AND decide").value["state"] == "open"
    assert run("date-waive", key).value["state"] == "waived"
    changed = run("date-change", key, "--title", "Decide", "--note", "With Bo").value
    assert (changed["title"], changed["note"], changed["last_day"]) == (
        "Decide", "With Bo", "2027-02-01",
    )  # fmt: skip
    assert run("date-remove", key).value == {"removed": key}
    assert run("deadlines", "--all").value == []


def test_a_legal_date_is_neither_moved_nor_waived_but_done(run, denied):
    (row,) = denied["deadlines"]
    for words in (
        ("date-move", row["deadline"], "--to", "2027-12-24"),
        ("date-change", row["deadline"], "--on", "2027-12-24"),
        ("date-waive", row["deadline"]),
        ("date-remove", row["deadline"]),
        ("date-done", row["deadline"], "--on", "2026-11-22"),
        ("date-done", "none such"),
    ):
        done = run(*words)
        assert (done.status, set(done.value)) == (1, {"refused", "ask"}), words
    assert run("date-done", row["deadline"], "--on", "2026-11-20").value["state"] == "done"
    assert run("claims").value[0]["status"] == "appealed"
    assert run("date-open", row["deadline"]).value["state"] == "open"
    assert run("claims").value[0]["status"] == "denied"


def test_a_correction_is_shown_first_and_made_with_yes(run, household, denied):
    words = ("denial-change", denied["denial"], "--received", "2026-11-07")
    shown = run(*words)
    assert (shown.status, shown.value["applied"]) == (0, False)
    (row,) = shown.value["recounted"]
    assert set(row) >= RECOUNTED
    assert (row["was"], row["would_be"], row["keeps"]) == ("2027-05-01", "2027-05-06", False)
    assert row["sentence"].endswith("because the letter arrived on November 7, 2026")
    assert run("deadlines").value[0]["last_day"] == "2027-05-01"
    made = run(*words, "--yes").value
    assert (made["applied"], made["recounted"]) == (True, [row])
    assert (made["deadlines"][0]["last_day"], made["ask"]) == ("2027-05-06", None)
    assert run("undo").value == {"undone": "Change a denial"}
    assert run("deadlines").value[0]["last_day"] == "2027-05-01"


def test_a_plan_and_a_claim_are_corrected_with_their_dates(run, household, denied):
    plan = ("plan-change", "Harbor Mutual", "--program", "medicaid_managed_care")
    rows = run(*plan).value["recounted"]
    assert [row["would_be"] for row in rows] == ["2027-01-01", "2026-11-12"]
    assert len(run("deadlines").value) == 1
    assert run(*plan, "--yes").value["applied"]
    assert {row["last_day"] for row in run("deadlines").value} == {"2027-01-01", "2026-11-12"}
    lost = run("plan-change", "Harbor Mutual", "--program", "unknown", "--yes").value["recounted"]
    assert [row["would_be"] for row in lost] == [None, None]
    (entry,) = [row for row in run("deadlines").value if row["state"] == "needs_date"]
    assert entry["denial"] == denied["denial"]
    other = run("plan-new", "New card", "--program", "employer", "--funding", "self").value["plan"]
    moved = run("claim-change", household["claim"], "--plan", other).value
    assert "the plan is New card" not in moved["recounted"][0]["sentence"]
    assert "can be planned on now" in moved["recounted"][0]["sentence"]
    assert run("claim-change", household["claim"], "--note", "x", "--yes").value["recounted"] == []
    assert run("denial-change", denied["denial"], "--yes").status == 0


def test_a_state_can_become_unknown_again(run, household):
    run("denial", household["claim"], "--notice-date", "2026-11-02", "--level", "3")
    for word in (("--state", "unknown"), ("--funding", "unknown")):
        (row,) = run("plan-change", "Harbor Mutual", *word).value["recounted"]
        assert row["would_be"] is None
        assert "?" in row["because"]


def test_a_denial_is_let_stand_and_taken_up_again(run, denied):
    key = denied["denial"]
    stand = run("not-appealing", key[:8]).value
    assert stand == {"denial": key, "standing": "not_appealing"}
    assert run("deadlines").value == []
    again = run("appeal-after-all", "Infusions in March").value
    assert again == {"denial": key, "standing": "open"}
    assert [row["state"] for row in run("deadlines").value] == ["needs_date"]


def test_a_fast_appeal_and_keeping_the_care_are_noted(run, household):
    key = run(
        "denial", household["claim"], "--notice-date", "2026-11-02", "--urgent",
        "--continuing-treatment",
    ).value["denial"]  # fmt: skip
    assert run("deadlines").value[0]["kind"] == "fast_appeal"
    asked = run("fast", key, "--asked-on", "2026-11-20").value
    assert asked == {"denial": key, "fast": "asked", "fast_on": "2026-11-20"}
    kept = run("keep-care", key, "--not-needed").value
    assert kept == {"denial": key, "keep": "not_needed", "keep_on": None}
    assert {row["kind"] for row in run("deadlines").value} == {"appeal"}


def test_a_step_is_started_corrected_and_settled(run, household):
    started = run("step", "nsa.ppdr", "--claim", household["claim"], "--bill-date", "2026-11-02")
    (row,) = started.value["deadlines"]
    assert (row["last_day"], row["kind"], row["verification"]) == ("2027-03-02", "step", "P")
    changed = run("step-change", started.value["step"], "--by", "2027-02-01").value
    assert (changed["deadlines"][0]["last_day"], changed["ask"]) == ("2027-02-01", None)
    assert changed["deadlines"][0]["rule_day"] == "2027-03-02"
    assert run("date-done", row["deadline"]).value["state"] == "done"
    assert run("deadlines").value == []


def test_a_step_without_a_date_asks_and_is_settled_by_its_own_id(run, household):
    for word, state in (("date-done", "done"), ("date-waive", "waived")):
        started = run("step", "com.court", "--claim", household["claim"]).value
        assert started["deadlines"] == []
        assert started["ask"]
        (row,) = run("deadlines").value
        assert (row["state"], row["clock"]) == ("needs_date", started["step"])
        settled = run(word, started["step"]).value
        assert settled == {"deadline": None, "clock": started["step"], "state": state}
        assert run("deadlines").value == []


def test_hours_need_a_clock_and_a_zone(run, household):
    words = ("step", "com.ext.perfect", "--received", "2026-11-20", "--at", "14:00")
    refused = run(*words)
    assert (refused.status, set(refused.value)) == (1, {"refused", "ask"})
    (row,) = run(*words, "--zone", "America/Chicago").value["deadlines"]
    assert (row["last_day"], row["due_at"]) == ("2026-11-22", "2026-11-22T20:00:00+00:00")


def test_days_in_reserve_are_shown_then_chosen(run, denied):
    assert run("reserve").value == {"buffer_days": 0}
    shown = run("reserve", "7").value
    (row,) = shown["recounted"]
    assert (shown["buffer_days"], shown["applied"]) == (0, False)
    assert (row["was"], row["would_be"]) == ("2027-04-30", "2027-04-23")
    assert run("reserve", "7", "--yes").value["buffer_days"] == 7
    (due,) = run("deadlines").value
    assert (due["last_day"], due["safe_file_by"]) == ("2027-05-01", "2027-04-23")
    assert run("reserve", "61").status == 1


@pytest.mark.parametrize(
    "words",
    [
        ("date-new", "x"),
        ("date-new", "x", "--on", "soon"),
        ("date-new", "x", "--on", "2027-01-01", "--kind", "appeal"),
        ("date-move", "x"),
        ("step",),
        ("step", "nsa.ppdr", "--at", "25:00"),
        ("plan-change",),
        ("plan-change", "x", "--program", "gold"),
        ("fast", "x"),
        ("keep-care", "x", "--asked-on", "2027-01-01", "--not-needed"),
        ("reserve", "-1"),
        ("reserve", "many"),
    ],
)
def test_wrong_words_are_told_in_one_sentence(run, words):
    done = run(*words)
    assert (done.status, list(done.value)) == (2, ["error"])


def test_people_read_sentences(say, denied, binder):
    shown = say("plan-change", "Harbor Mutual", "--state", "TX", "--program", "part_d").out
    assert "Infusions in March: Send the appeal was May 1, 2027, would be January 1, 2027" in shown
    assert "Nothing was changed. Say it again with --yes to accept this." in shown
    assert "No deadline hangs on this." in say("plan-change", "Harbor Mutual", "--name", "H").out
    assert "Days kept in reserve: 0" in say("reserve").out


def test_nothing_is_written_down_about_a_claim_in_the_trash(run, household, denied):
    claim = household["claim"]
    run("trash", "claim", claim)
    for words in (
        ("denial", claim, "--notice-date", "2026-11-02"),
        ("sent", claim, "--on", "2026-11-20"),
        ("answer", claim, "--on", "2026-11-20", "--outcome", "upheld"),
        ("asked", claim, "claim-file", "--on", "2026-11-20"),
        ("call", "--claim", claim, "--with", "Dana", "--note", "On hold"),
        ("date-new", "Decide", "--on", "2027-01-15", "--claim", claim),
        ("step", "nsa.ppdr", "--claim", claim, "--bill-date", "2026-11-02"),
    ):
        done = run(*words)
        assert done.status == 1
        assert f"“claimbinder untrash claim {claim}”" in done.value["refused"]
        assert done.value["ask"]
    run("untrash", "claim", claim)
    assert [row["denial"] for row in run("deadlines", "--all").value] == [denied["denial"]]
