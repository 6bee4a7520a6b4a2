"""Each command answers in the shape that scripts rely on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cli.conftest import TODAY


def keys(value):
    return set(value)


def test_a_new_binder_is_empty_and_named(run, place):
    made = run("init", place)
    assert (made.status, made.value) == (0, {"binder": str(place)})
    for command in ("documents", "claims", "deadlines", "expenses", "trash"):
        listed = run(command)
        assert (listed.status, listed.value) == (0, [])
    assert run("find", "anything").value == []


def test_a_place_that_is_not_empty_is_refused_in_words(run, binder):
    again = run("init", binder)
    assert again.status == 1
    assert keys(again.value) == {"refused", "ask"}
    assert "not empty" in again.value["refused"]


def test_people_plans_and_claims_give_their_ids(household):
    assert keys(household) == {"person", "plan", "claim"}
    assert all(household.values())


def test_a_claim_is_listed_with_the_patient_and_the_plan_in_force(run, household):
    (row,) = run("claims").value
    assert row["claim"] == household["claim"]
    assert (row["title"], row["patient"], row["plan"], row["status"]) == (
        "Infusions in March", "Rosa Alvarez", "Harbor Mutual", "open",
    )  # fmt: skip


def test_a_denial_gives_its_deadline_from_the_law(run, household):
    recorded = run("denial", household["claim"], "--notice-date", "2026-11-02")
    assert recorded.status == 0
    assert keys(recorded.value) >= {"denial", "deadlines", "ask"}
    (row,) = recorded.value["deadlines"]
    assert row["last_day"] == "2027-05-01"  # 180 days after the date on the letter, no mail days
    assert row["safe_file_by"] == "2027-04-30"  # the last day is a Saturday
    assert row["days_left"] == (date(2027, 5, 1) - date.fromisoformat(TODAY)).days
    assert (row["claim"], row["state"]) == (household["claim"], "open")
    assert "2560.503-1" in row["source"]
    assert recorded.value["ask"] is None
    assert run("deadlines").value == [row]
    assert run("claims").value[0]["status"] == "denied"


def test_the_day_in_the_letter_is_kept_where_it_is_the_earlier_one(run, household):
    recorded = run(
        "denial", household["claim"], "--notice-date", "2026-11-02", "--appeal-by", "2027-01-15"
    )
    (row,) = recorded.value["deadlines"]
    assert (row["last_day"], row["source"]) == ("2027-01-15", "Your letter")


def test_the_dates_of_a_filed_letter_need_not_be_typed_again(run, household, paper):
    run("add", paper("letter.txt"), "--no-read")
    run("file", "letter.txt", "--dated", "2026-11-02", "--received", "2026-11-05")
    recorded = run("denial", household["claim"], "--letter", "letter.txt")
    assert recorded.value["deadlines"][0]["last_day"] == "2027-05-04"  # 180 days from receipt
    (row,) = run("documents").value
    assert (row["claim"], row["kind"]) == (household["claim"], "denial")


def test_a_denial_without_a_plan_gives_no_date_and_stands_first_until_it_has_one(run, binder):
    claim = run("claim-new", "Scan").value["claim"]
    run("call", "--claim", claim, "--with", "Bea", "--promise", "write", "--by", "2026-11-23")
    recorded = run("denial", "Scan", "--notice-date", "2026-11-02")
    assert recorded.value["deadlines"] == []
    assert "kind of plan" in recorded.value["ask"]
    first, second = run("deadlines").value
    assert (first["deadline"], first["last_day"], first["state"]) == (None, None, "needs_date")
    assert (first["claim"], first["denial"]) == (claim, recorded.value["denial"])
    assert second["last_day"] == "2026-11-23"
    wanted = {
        "deadline", "claim", "title", "last_day", "safe_file_by", "days_left", "source", "state",
    }  # fmt: skip
    assert keys(first) >= wanted
    assert keys(second) >= wanted


def test_deadlines_come_the_soonest_first_and_say_when_they_have_passed(run, household):
    for by in ("2026-12-24", "2026-11-20", "2026-12-01"):
        run("call", "--claim", household["claim"], "--with", "B", "--promise", "it", "--by", by)
    rows = run("deadlines").value
    assert [(row["last_day"], row["days_left"], row["state"]) for row in rows] == [
        ("2026-11-20", -1, "passed"), ("2026-12-01", 10, "open"), ("2026-12-24", 33, "open"),
    ]  # fmt: skip


def test_a_promise_on_the_phone_becomes_something_due(run, household):
    logged = run(
        "call", "--claim", household["claim"], "--with", "Deanna", "--note", "on hold",
        "--reference", "C-1", "--promise", "mail the policy", "--by", "2026-12-01",
    )  # fmt: skip
    assert keys(logged.value) == {"call", "deadline"}
    (row,) = run("deadlines").value
    assert (row["deadline"], row["last_day"]) == (logged.value["deadline"], "2026-12-01")
    without = run("call", "--claim", household["claim"], "--with", "Bea", "--note", "no news")
    assert without.value["deadline"] is None


def test_the_story_of_a_claim_is_told_in_time_order(run, household, paper):
    run("add", paper("letter.txt"), "--no-read", "--claim", household["claim"])
    run("file", "letter.txt", "--dated", "2026-10-01")
    run("denial", household["claim"], "--notice-date", "2026-10-05", "--letter", "letter.txt")
    story = run("claim", "Infusions in March").value
    assert (story["claim"], story["status"]) == (household["claim"], "denied")
    for line in story["story"]:
        assert keys(line) >= {"on", "what", "id", "text"}
    days = [line["on"] for line in story["story"]]
    assert days == sorted(days)
    assert {line["what"] for line in story["story"]} == {"document", "denial", "deadline"}


def test_an_expense_is_entered_and_listed_by_the_year_it_was_paid(run, household):
    entered = run(
        "expense", "--served", "2025-12-30", "--paid", "2026-01-05", "--provider", "Lab",
        "--amount", "$1,234.50", "--patient", "Rosa Alvarez", "--method", "hsa",
        "--category", "Laboratory test", "--claim", household["claim"],
    )  # fmt: skip
    assert keys(entered.value) == {"expense"}
    (row,) = run("expenses", "--year", "2026").value
    assert (row["expense"], row["served_on"], row["paid_on"], row["provider"], row["patient"]) == (
        entered.value["expense"], "2025-12-30", "2026-01-05", "Lab", "Rosa Alvarez",
    )  # fmt: skip
    assert (row["category"], row["amount"], row["method"], row["claim"], row["source"]) == (
        "Laboratory test", "1234.50", "hsa", household["claim"], "typed",
    )  # fmt: skip
    assert run("expenses", "--year", "2025").value == []


def test_an_expense_may_still_be_unpaid(run, household):
    run("expense", "--served", "2026-01-05", "--provider", "Lab", "--amount", "10")
    assert run("expenses").value[0]["paid_on"] is None


def test_steps_are_undone_and_done_again_by_later_commands(run, household):
    assert run("undo").value == {"undone": "Open a claim"}
    assert run("claims").value == []
    assert run("redo").value == {"redone": "Open a claim"}
    assert len(run("claims").value) == 1
    nothing = run("redo")
    assert (nothing.status, keys(nothing.value)) == (1, {"refused", "ask"})


def test_a_record_is_known_by_the_beginning_of_its_id(run, household):
    assert run("claim", household["claim"][:6]).value["claim"] == household["claim"]


def test_a_name_that_two_records_have_is_asked_about(run, binder):
    ids = {run("claim-new", "Scan").value["claim"] for _ in range(2)}
    refused = run("claim", "scan")
    assert refused.status == 1
    assert all(key in refused.value["ask"] for key in ids)


@pytest.mark.parametrize(
    "words",
    [
        ("claim", "nowhere"),
        ("file", "nowhere", "--kind", "eob"),
        ("text", "nowhere"),
        ("denial", "nowhere"),
        ("claim-new", "T", "--patient", "nobody"),
        ("claim-new", "T", "--plan", "none"),
        ("claim-new", " "),
        ("person-new", " "),
        ("plan-new", "P", "--state", "XX"),
        ("call", "--note", ""),
        ("call", "--with", "B", "--by", "2026-12-01"),
        ("expense", "--provider", "L", "--amount", "0"),
        ("expense", "--provider", "L", "--amount", "1", "--receipt", "nowhere"),
        ("join", "nowhere", "nothing"),
        ("trash", "claim", "nowhere"),
        ("untrash", "claim", "nowhere"),
        ("password", "nowhere", "secret"),
        ("add", "/dev/null", "--claim", "nowhere"),
        ("bundle", "nowhere", "-o", "out.pdf"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(run, binder, words):
    refused = run(*words)
    assert (refused.status, keys(refused.value)) == (1, {"refused", "ask"})
    assert refused.value["refused"].rstrip().endswith((".", "?"))
    assert refused.err == ""


def test_today_moves_the_count_of_days(run, household):
    tomorrow = (date.fromisoformat(TODAY) + timedelta(days=1)).isoformat()
    run("call", "--with", "B", "--promise", "it", "--by", "2026-12-01")
    assert run("deadlines").value[0]["days_left"] == 10
    assert run("deadlines", "--today", tomorrow).value[0]["days_left"] == 9


def test_what_was_confirmed_in_the_letter_need_not_be_typed_again(run, household, paper):
    run("add", paper("letter.txt"), "--no-read")
    window = (
        '{"amount": 60, "anchor": "date_of_notice", "due": null, "filed_when": null, '
        '"for": "patient", "level": "internal", "unit": "calendar_days"}'
    )
    run("confirm", "letter.txt", "letter_date=2026-11-02", f"appeal_window={window}")
    recorded = run("denial", household["claim"], "--letter", "letter.txt")
    (row,) = recorded.value["deadlines"]
    assert (row["last_day"], row["basis"]) == ("2027-01-01", "letter")
    assert row["rule_day"] == "2027-05-01"


@pytest.mark.parametrize("flag", ["--urgent", "--continuing-treatment", "--maybe-urgent"])
def test_a_flag_of_a_denial_does_not_take_the_claim_for_its_answer(run, household, flag):
    recorded = run("denial", flag, household["claim"], "--notice-date", "2026-11-02")
    assert recorded.status == 0
    assert recorded.value["undated"][0]["state"] == "ask_today"
    assert run("denial", "--urgent", "--not-urgent", household["claim"]).status == 2
