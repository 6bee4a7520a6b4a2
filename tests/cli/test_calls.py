"""Calls and the story on the command line."""

from __future__ import annotations

import pypdf
import pytest


def words_of(path):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


@pytest.fixture
def call(run, household):
    logged = run(
        "call", "--claim", household["claim"], "--with", "Dana", "--department", "Appeals",
        "--note", "She was rude", "--outcome", "They look again", "--minutes", "47",
        "--reference", "R-4471", "--promise", "mail the policy", "--by", "2026-11-14",
        "--on", "2026-11-02", "--at", "14:05",
    )  # fmt: skip
    assert logged.status == 0, logged.out
    return logged.value


def test_a_promise_that_was_not_kept_is_listed_as_late(run, call):
    (row,) = run("calls").value
    assert (row["promise_state"], row["days_late"], row["by"]) == ("late", 7, "2026-11-14")
    assert (row["on"], row["minutes"], row["outcome"]) == ("2026-11-02", 47, "They look again")
    assert [late["call"] for late in run("calls", "--late").value] == [call["call"]]
    assert run("date-done", call["deadline"], "--on", "2026-11-20").status == 0
    assert run("calls", "--late").value == []
    (row,) = run("calls").value
    assert (row["promise_state"], row["kept_on"]) == ("kept", "2026-11-20")


def test_a_call_is_corrected_and_what_is_not_named_stays(run, call):
    changed = run("call-change", call["call"], "--with", "Dana Reed", "--by", "2026-12-01")
    assert changed.value == {"call": call["call"], "deadline": call["deadline"]}
    (row,) = run("calls").value
    assert (row["with"], row["reference"], row["promise_state"]) == ("Dana Reed", "R-4471", "open")
    assert run("call-change", call["call"], "--no-promise").value["deadline"] is None
    assert run("calls").value[0]["promise"] is None
    assert run("undo").value == {"undone": "Change a call"}
    assert run("trash", "call", call["call"]).status == 0
    assert run("calls").value == []


@pytest.mark.parametrize("day", ["2027-01-01", "1924-05-05", "0001-01-01"])
def test_a_call_on_a_day_that_cannot_be_is_refused(run, household, day):
    assert run("call", "--with", "Dana", "--on", day).status == 1
    assert run("calls").value == []


def test_the_call_log_is_printed_and_remarks_only_on_choice(run, call, household, tmp_path):
    plain, full = tmp_path / "log.pdf", tmp_path / "full.pdf"
    made = run("call-log", household["claim"], "-o", plain)
    assert made.value["calls"] == 1
    assert made.value["bytes"] == plain.stat().st_size
    said = words_of(plain)
    for word in ("Dana", "R-4471", "mail the policy", "November 14, 2026", "Not done", "2:05 PM",
                 "47 minutes", "Appeals", "Rosa Alvarez"):  # fmt: skip
        assert word in said
    assert "rude" not in said
    assert "look again" not in said
    run("call-log", household["claim"], "-o", full, "--remarks")
    assert "She was rude" in words_of(full)


def test_the_story_marks_what_is_private_and_a_line_can_be_hidden(run, call, household, tmp_path):
    claim, file = household["claim"], tmp_path / "story.pdf"
    run("expense", "--claim", claim, "--amount", "75", "--paid", "2026-11-03", "--provider", "Bay")
    rows = {row["what"]: row for row in run("story", claim).value}
    assert [rows[what]["private"] for what in ("call", "expense", "deadline")] == [
        False, True, True,
    ]  # fmt: skip
    name = f"call/{call['call']}"
    hidden = run("story", claim, "--hide", name).value
    assert [row["what"] for row in hidden if row["hidden"]] == ["call"]
    assert run("story", claim, "-o", file).value == []
    assert "Dana" not in words_of(file)
    assert run("undo").value == {"undone": "Leave a line out of the story"}
    run("story", claim, "--hide", name)
    (shown,) = run("story", claim, "--show", name, "-o", file).value
    assert "rude" not in shown["text"]
    assert "Dana, Appeals. Reference R-4471" in shown["text"]
    assert "Reference R-4471" in words_of(file)


def test_a_private_line_goes_into_one_file_where_it_is_named(run, household, tmp_path):
    claim, file = household["claim"], tmp_path / "story.pdf"
    run("expense", "--claim", claim, "--amount", "75", "--paid", "2026-11-03", "--provider", "Bay")
    (row,) = run("story", claim).value
    name = f"expense/{row['id']}"
    assert run("story", claim, "--show", name).status == 1
    run("story", claim, "--show", name, "-o", file)
    assert "$75.00" in words_of(file)
    run("story", claim, "-o", file)
    assert "$75.00" not in words_of(file)
    run("story", claim, "--all", "-o", file)
    assert "$75.00" in words_of(file)
    assert "not for others" in words_of(file)


@pytest.mark.parametrize(
    ("words", "status"),
    [(("--hide", "call/none"), 1), (("--hide", "call"), 2), (("--show", "x/"), 2)],
)
def test_a_line_that_is_not_there_is_refused_in_words(run, household, words, status):
    assert run("story", household["claim"], *words).status == status


def test_a_file_within_the_binder_is_refused(run, household, place):
    assert run("story", household["claim"], "-o", place / "x.pdf").status == 1
    assert run("call-log", household["claim"], "-o", place / "x.pdf").status == 1
