"""Money on the command line: from a bill to its payments, money back, trips and nights."""

from __future__ import annotations

BAD = (
    (("expense", "--amount", "-5"), 1),
    (("expense", "--amount", "1000000000"), 1),
    (("expense", "--amount", "45,00 EUR"), 2),
    (("expense", "--amount", "45,00"), 2),
    (("expense", "--amount", "5", "--paid", "2062-01-01"), 1),
    (("expense", "--amount", "5", "--served", "1066-01-01"), 1),
    (("trip", "--on", "2026-03-02", "--miles", "0"), 1),
    (("trip", "--on", "2026-03-02", "--miles", "12,5"), 2),
    (("trip", "--on", "2026-03-02", "--miles", "-3"), 2),
    (("stay", "--from", "2026-03-02", "--nights", "0", "--amount", "5"), 1),
    (("pay", "nothing", "--on", "2026-03-02"), 1),
)
"""What cannot be, and with which status it is refused."""


def enter(run, *words):
    done = run("expense", *words)
    assert done.status == 0, done.out
    return done.value["expense"]


def ledger(run):
    return {row["expense"]: row for row in run("expenses").value}


def test_a_bill_is_paid_in_part_planned_and_partly_given_back(run, household):
    bill = enter(
        run, "--served", "2026-03-02", "--provider", "North Clinic", "--address", "1 Elm St",
        "--amount", "$1,000.00", "--category", "infusion", "--what", "Session 1",
    )  # fmt: skip
    paid = run("pay", bill, "--on", "2026-03-09", "--amount", "399.99", "--method", "card").value
    assert (paid["paid"], paid["rest"], paid["left"]) == ("399.99", bill, "600.01")
    plan = run(
        "instalments", bill, "--first", "2026-12-31", "--count", "3", "--finance-charge", "4.50"
    ).value
    assert [row["due_on"] for row in plan["lines"]] == ["2026-12-31", "2027-01-31", "2027-02-28"]
    assert [row["amount"] for row in plan["lines"]] == ["200.01", "200.00", "200.00"]
    back = run("refund", paid["expense"], "--on", "2026-05-01", "--amount", "100", "--from",
               "insurer").value  # fmt: skip
    assert back["expense"] == paid["expense"]
    row = ledger(run)[paid["expense"]]
    assert (row["refunded"], row["method"], row["split_from"]) == ("100.00", "card", bill)
    assert (row["category"], row["what"], row["address"]) == (
        "infusion", "Session 1", "1 Elm St",
    )  # fmt: skip
    assert ledger(run)[plan["charge"]]["category"] == "finance_charges"
    assert run("pay", paid["expense"], "--on", "2026-05-02").status == 1
    assert [row["refund"] for row in run("refunds", paid["expense"]).value] == [back["refund"]]
    assert run("refund-remove", back["refund"]).status == 0
    assert run("undo").value == {"undone": "Remove a refund"}


def test_money_back_for_what_an_hsa_card_paid_names_the_day_to_put_it_back(run, household):
    line = enter(run, "--paid", "2026-03-02", "--amount", "75", "--method", "hsa")
    back = run("refund", line, "--on", "2026-05-01", "--amount", "20").value
    assert [row["last_day"] for row in back["deadlines"]] == ["2027-04-15"]


def test_a_line_is_parted_repeated_and_changed(run, household):
    line = enter(run, "--served", "2026-03-02", "--paid", "2026-03-02", "--amount", "75")
    parts = run("expense-split", line, "--part", "1,000.00", "--part", "25").value
    assert "add up to" in parts["refused"]
    parts = run(
        "expense-split", line, "--part", "50", "--part",
        "25.00,category=parking,what=the garage, level 2",
    ).value  # fmt: skip
    other = ledger(run)[parts["expenses"][1]]
    assert (other["category"], other["what"]) == ("parking", "the garage, level 2")
    made = run("repeat", line, "--on", "2026-03-16", "2027-03-02").value["lines"]
    assert [row["paid_on"] for row in made] == ["2026-03-16", None]
    changed = run(
        "expense-change", line, "--method", "hsa", "--served", "unknown", "--note", "card"
    )
    assert changed.value == {"expense": line}
    row = ledger(run)[line]
    assert (row["method"], row["served_on"], row["note"], row["amount"]) == (
        "hsa", None, "card", "50.00",
    )  # fmt: skip
    assert run("expense-change", line, "--unpaid").status == 0
    assert ledger(run)[line]["paid_on"] is None


def test_the_travel_log_on_the_command_line(run, household):
    trip = run("trip", "--on", "2026-03-02", "--miles", "7", "--parking", "6", "--tolls", "1.50",
               "--from", "Home", "--to", "Clinic").value  # fmt: skip
    assert (trip["amount"], trip["rate"], trip["parking_amount"]) == ("1.44", "20.5", "7.50")
    assert run("trip-change", trip["trip"], "--miles", "10.25").value["amount"] == "2.10"
    unknown = run("trip", "--on", "2027-03-02", "--miles", "7")
    assert unknown.status == 1
    assert unknown.value["ask"]
    own = run("trip", "--on", "2027-03-02", "--miles", "7", "--rate", "22.5", "--rate-source", "X")
    assert own.value["amount"] == "1.58"
    stay = run("stay", "--from", "2026-03-02", "--nights", "2", "--amount", "240", "--essential",
               "yes").value  # fmt: skip
    assert (stay["paid_on"], stay["essential"], stay["modest"]) == (None, "yes", None)
    assert run("stay-change", stay["stay"], "--nights", "3", "--paid", "2026-03-05").status == 0
    (row,) = run("stays", "--year", "2026").value
    assert (row["nights"], row["paid_on"], row["amount"]) == (3, "2026-03-05", "240.00")
    assert [row["on"] for row in run("trips").value] == ["2027-03-02", "2026-03-02"]


def test_bad_money_is_refused_plainly_and_nothing_is_kept(run, household):
    for words, status in BAD:
        assert run(*words).status == status, words
    assert run("expenses").value == []
