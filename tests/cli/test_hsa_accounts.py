"""Accounts, withdrawals, allocations and letters from the command line: shapes and refusals."""

from __future__ import annotations

from datetime import date

import pytest

from app.binder import Binder
from app.domain.money import Money
from app.operations.expenses import enter_expense
from app.operations.hsa_accounts import add_account
from app.operations.people import add_person


@pytest.fixture
def ledger(place):
    """Ada with an HSA since 2020, three receipts of $50, $100 and $150, and one that is unpaid."""
    with Binder.create(place) as binder:
        ada = add_person(binder, "Ada Example", relation="self", born_on=date(1980, 2, 3))
        account = add_account(
            binder, date(2020, 3, 1), holder_id=ada.id, custodian="Example Bank", last4="1234"
        )
        lines = {
            name: enter_expense(
                binder, Money(dollars * 100), served_on=served, paid_on=paid, provider=name,
                person_id=ada.id, category="physician_visit",
            ).id
            for name, served, paid, dollars in (
                ("one", date(2025, 1, 5), date(2025, 1, 10), 50),
                ("two", date(2025, 2, 5), date(2025, 2, 10), 100),
                ("three", date(2025, 3, 5), date(2025, 3, 10), 150),
                ("early", date(2020, 2, 29), date(2020, 3, 10), 20),
                ("unpaid", date(2025, 3, 5), None, 20),
            )
        }  # fmt: skip
    return {"account": account.id, **lines}


def test_a_withdrawal_is_allocated_in_both_ways_of_saying_it(run, ledger):
    drawn = run("withdrawal", "--date", "2025-06-01", "--amount", "160").value["withdrawal"]
    first = run("allocate", drawn, ledger["one"])
    assert first.value["left"] == "110.00"
    assert first.value["allocations"][0]["amount"] == "50.00"
    assert first.value["allocation"] == first.value["allocations"][0]["allocation"]
    part = run("allocate", "--withdrawal", drawn, "--expense", ledger["two"], "--amount", "60")
    assert part.value["left"] == "50.00"

    (row,) = run("withdrawals", "--year", "2025").value
    assert (row["amount"], row["paid_for"], row["left"]) == ("160.00", "110.00", "50.00")
    assert len(run("allocations", "--withdrawal", drawn).value) == 2

    run("hsa-form", "--year", "2025", "--gross", "165.00", "--code", "1")
    (holder,) = run("hsa-year", "2025").value["holders"]
    assert holder["line_14a"] == "160.00"
    assert (holder["line_15"], holder["line_16"], holder["difference"]) == (
        "110.00", "50.00", "5.00",
    )  # fmt: skip
    rows = {row["year"]: row for row in run("shoebox").value}
    assert rows[2025]["closing"] == "190.00"

    off = run("take-off", first.value["allocation"])
    assert off.value["removed"] == [first.value["allocation"]]
    run("undo")
    assert run("put-back", drawn, "--amount", "20", "--date", "2025-07-01").value["left"] == "30.00"


def test_receipts_add_up_and_another_payer_takes_one_out(run, ledger):
    found = run("add-up", "200").value
    assert (found["total"], found["missing"], found["is_best"]) == ("200.00", "0.00", True)
    assert {row["expense"] for row in found["expenses"]} == {ledger["one"], ledger["three"]}
    run("allocate", "--payer", "fsa", ledger["three"], "--amount", "150")
    run("allocate", "--payer", "deducted", "--expense", ledger["two"], "--year", "2025")
    found = run("add-up", "200", "--order", "oldest").value
    assert (found["total"], found["missing"]) == ("50.00", "150.00")


REFUSED = (
    (("withdrawal", "--date", "2025-06-01", "--amount", "-5"), "more than zero"),
    (("withdrawal", "--date", "2025-06-01", "--amount", "0"), "more than zero"),
    (("withdrawal", "--date", "2025-06-01", "--amount", "1000000000"), "too much"),
    (("withdrawal", "--date", "2025-06-01", "--amount", "9" * 40), "too large"),
    (("withdrawal", "--date", "2045-06-01", "--amount", "5"), "still to come"),
    (("withdrawal", "--date", "2019-06-01", "--amount", "5"), "was established on"),
    (("hsa-account", "--established", "2045-01-01"), "still to come"),
    (("hsa-account", "--holder", "Nobody"), "There is no person"),
    (("allocate",), "Which withdrawal paid it?"),
    (("allocate", "--payer", "fsa"), "Choose the expenses first"),
    (("add-up", "0"), "more than zero"),
    (("contribution", "--date", "2025-01-01", "--amount", "5", "--year", "2020"), "2020"),
    (("necessity-letter", "--patient", "Ada Example"), "Which things"),
    (("dependent", "Ada Example", "2025", "claimed"), "spouse"),
    (("take-off", "nothing"), "There is no allocation"),
)


@pytest.mark.usefixtures("ledger")
def test_what_cannot_be_is_refused_in_a_sentence(run):
    for words, told in REFUSED:
        refused = run(*words)
        assert (refused.status, told in refused.value["refused"]) == (1, True), refused.out
    made = run("hsa-account", "--holder", "Ada Example", "--established", "2021-01-01")
    assert (made.status, list(made.value)) == (0, ["account"])


def test_each_cent_is_claimed_once(run, ledger):
    drawn = run("withdrawal", "--date", "2025-06-01", "--amount", "160").value["withdrawal"]
    run("allocate", drawn, ledger["one"])
    for words, told in (
        ((drawn, ledger["one"]), "Nothing of the expense"),
        ((drawn, ledger["two"], "--amount", "100.01"), "At most $100.00"),
        ((drawn, ledger["two"], ledger["three"]), "is asked for"),
        ((drawn, ledger["unpaid"]), "not paid yet"),
        ((drawn, ledger["early"]), "cannot pay for it"),
        (("--payer", "hra", ledger["one"]), "Nothing of the expense"),
    ):
        refused = run("allocate", *words)
        assert (refused.status, told in refused.value["refused"]) == (1, True), refused.out
    assert len(run("allocations").value) == 1


def test_lists_are_there_and_a_letter_names_its_day_in_the_calendar(run, ledger):
    made = run(
        "necessity-letter", "--patient", "Ada Example", "--covers", "massage", "--signed",
        "2026-10-01", "--until", "2027-09-30",
    ).value  # fmt: skip
    assert [row["last_day"] for row in made["deadlines"]] == ["2027-08-31"]
    later = run("necessity-letter-change", made["necessity_letter"], "--until", "2027-10-31").value
    assert [row["last_day"] for row in later["deadlines"]] == ["2027-10-01"]
    assert [row["established_on"] for row in run("hsa-accounts").value] == ["2020-03-01"]
    run("contribution", "--date", "2025-02-02", "--amount", "1,000", "--account", "Example Bank")
    assert [row["tax_year"] for row in run("contributions").value] == [2025]
    for empty in ("hsa-forms", "dependents", "allocations", "withdrawals"):
        done = run(empty)
        assert (done.status, done.value) == (0, [])
