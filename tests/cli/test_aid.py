"""Help with the cost, money under appeal, and what the fight costs, from the command line."""

from __future__ import annotations

import pytest

KEYS = {
    "aid", "kind", "name", "what", "claim", "claim_title", "patient", "provider", "asked_on",
    "papers", "due_on", "answered_on", "answer", "amount", "until_on", "document", "paid", "left",
    "next_on", "note",
}  # fmt: skip


@pytest.fixture
def fund(run, household) -> str:
    """A program that was asked for the claim of the household."""
    made = run(
        "aid", "Copay fund", "--claim", household["claim"], "--asked", "2026-11-01",
        "--due", "2026-12-01", "--papers", "The form",
    )  # fmt: skip
    assert made.status == 0, made.out
    return made.value["aid"]


def paid(run, household, amount: str, *more: str) -> str:
    made = run(
        "expense", "--amount", amount, "--claim", household["claim"], "--paid", "2026-11-05", *more
    )
    return made.value["expense"]


def test_a_program_has_its_day_until_the_answer_and_then_what_is_left_of_it(run, household, fund):
    (row,) = run("aids").value
    assert set(row) == KEYS
    assert (row["kind"], row["claim"], row["next_on"]) == ("program", household["claim"],
                                                          "2026-12-01")  # fmt: skip
    (due,) = run("deadlines").value
    assert (due["kind"], due["last_day"]) == ("assistance", "2026-12-01")
    answered = run(
        "aid-answer", "Copay fund", "--answer", "approved", "--amount", "500",
        "--until", "2027-11-01",
    )  # fmt: skip
    assert set(answered.value) == {*KEYS, "deadlines"}
    assert [each["last_day"] for each in answered.value["deadlines"]] == ["2027-11-01"]
    line = paid(run, household, "120.50")
    assert run("aid-paid", fund, line).value["amount"] == "120.50"
    assert run("aids").value[0]["left"] == "379.50"
    assert run("aid-change", fund, "--until", "unknown").value["until_on"] is None
    assert run("deadlines").value == []


REFUSED = (
    (("aid", " "), 1),
    (("aid", "Fund", "--amount", "-5"), 1),
    (("aid", "Fund", "--asked", "2027-01-01"), 1),
    (("aid", "Fund", "--claim", "no such claim"), 1),
    (("aid", "Fund", "--kind", "gift"), 2),
    (("aid-answer", "no such fund", "--answer", "approved"), 1),
    (("hold", "no such line", "--wait"), 1),
    (("hold", "no such line"), 2),
    (("fighting-costs", "no such claim"), 1),
)


@pytest.mark.usefixtures("household")
def test_what_cannot_be_is_refused_in_a_sentence(run):
    for words, status in REFUSED:
        done = run(*words)
        assert done.status == status, words
        assert (done.value.get("refused") or done.value["error"]).endswith("."), words
        assert run("aids").value == []


def test_money_under_appeal_waits_or_is_claimed_as_the_person_says(run, household):
    line = paid(run, household, "400")
    assert run("hold", line, "--wait").value == {"expense": line, "hold": "hold"}
    assert run("hold", line, "--claim").value["hold"] == "claim"
    assert run("hold", line, "--ask-again").value["hold"] is None


def test_what_the_fight_costs_is_told_and_printed(run, household, tmp_path):
    run("denial", household["claim"], "--notice-date", "2026-08-03")
    paid(run, household, "400")
    paid(run, household, "25.50", "--method", "hra")
    target = tmp_path / "costs.pdf"
    told = run("fighting-costs", household["claim"], "-o", target).value
    assert (told["from"], told["out_of_pocket"], told["by_others"], told["ask"]) == (
        "2026-08-03", "400.00", "25.50", None,
    )  # fmt: skip
    assert {row["out_of_pocket"] for row in told["rows"]} == {"400.00", "0.00"}
    assert told["file"] == str(target)
    assert target.read_bytes().startswith(b"%PDF")
