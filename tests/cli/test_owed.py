"""What is owed, from an imported explanation to the account, in the words of the command line."""

from __future__ import annotations

import pytest

from tests.importing.eob_papers import amount, an_eob, line, saved

CARE = "2026-03-02"
PLACE = "Lakeside Infusion Center"
EOB = an_eob(
    line(amount("submitted", 600), amount("eligible", 421), amount("discount", 179),
         amount("benefit", 9), amount("memberliability", 412))
)  # fmt: skip
NEWER = {
    **an_eob(
        line(amount("submitted", 600), amount("eligible", 421), amount("discount", 179),
             amount("benefit", 346), amount("memberliability", 75))
    ),
    "created": "2026-05-01",
}  # fmt: skip


def test_from_the_explanation_to_what_is_really_owed(run, household, tmp_path):
    claim = household["claim"]
    run("import-eob", saved(tmp_path / "a.json", EOB), "--claim", claim)
    bill = run("bill", "--amount", "600", "--provider", PLACE, "--served", CARE, "--billed",
               "2026-04-01", "--claim", claim).value  # fmt: skip
    told = run("owed", claim).value
    (row,) = told["rows"]
    assert (row["provider"], row["patient"]) == (PLACE, "Rosa Alvarez")
    shown = ("billed", "allowed", "plan_paid", "share", "asked", "owed", "state")
    assert [row[name] for name in shown] == [
        "600.00", "421.00", "9.00", "412.00", "600.00", "412.00", "due",
    ]  # fmt: skip
    assert "M01" in row["findings"]
    assert (told["total"]["owed"], told["total"]["on_hold"]) == ("412.00", "0.00")

    run("import-eob", saved(tmp_path / "b.json", NEWER), "--claim", claim)
    run("expense", "--served", CARE, "--paid", "2026-06-01", "--provider", PLACE, "--amount",
        "100", "--claim", claim)  # fmt: skip
    (row,) = run("owed", claim).value["rows"]
    assert (row["share"], row["paid"], row["owed"], row["overpaid"], row["state"]) == (
        "75.00", "100.00", "0.00", "25.00", "overpaid",
    )  # fmt: skip
    assert "changed from $412.00 to $75.00" in row["text"]
    assert len(run("eobs", "--all").value) == 2
    (shown_eob,) = run("eobs").value
    assert (shown_eob["share"], shown_eob["versions"], shown_eob["in_force"]) == ("75.00", 2, True)

    found = run("findings", "--claim", claim, "--year", "2026").value
    ids = [each["id"] for each in found]
    assert {"M01", "M13"} <= set(ids)
    assert [each["severity"] for each in found] == sorted(
        (each["severity"] for each in found), key=["high", "med", "info"].index
    )
    (about,) = [each["about"] for each in found if each["id"] == "M01"]
    assert about == f"M01 {bill['bill']}"
    assert run("finding-mark", about, "--state", "as_printed", "--note", "x").status == 0
    assert about not in [each["about"] for each in run("findings").value]
    assert about in [each["about"] for each in run("findings", "--all").value]
    assert run("finding-mark", about, "--clear").value["answer"] is None

    changed = run("bill-change", bill["bill"], "--state", "disputed", "--amount", "75").value
    assert (changed["state"], changed["amount"]) == ("disputed", "75.00")
    assert [each["bill"] for each in run("bills", "--claim", claim).value] == [bill["bill"]]


def test_a_typed_explanation_and_the_limits_of_its_plan(run, household):
    plan = household["plan"]
    year = run("plan-year", plan, "--from", "2026-01-01", "--deductible-person", "300",
               "--oop-person", "1000", "--coinsurance", "20").value  # fmt: skip
    assert (year["until"], year["scope"]) == ("2026-12-31", "in")
    made = run(
        "eob", "--provider", PLACE, "--patient", "Rosa Alvarez", "--plan", plan, "--number", "7",
        "--processed", "2026-03-20", "--deductible-met", "350", "--to-ledger",
        "--line", "served=2026-03-02 code=96365 modifiers=59,JW deductible=350 owes=350 "
        "service='Infusion, first hour' units=1",
    )  # fmt: skip
    assert made.status == 0
    (told,) = made.value["lines"]
    assert (told["service"], told["modifiers"]) == ("Infusion, first hour", "59 JW")
    meters = {(each["who"], each["kind"]): each for each in run("meters", "--plan", plan).value}
    mine = meters["Rosa Alvarez", "deductible"]
    assert (mine["used"], mine["limit"], mine["left"], mine["printed"]) == (
        "350.00", "300.00", "0.00", "350.00",
    )  # fmt: skip
    assert "M05" in [each["id"] for each in run("findings").value]
    (row,) = run("expenses").value
    assert (row["amount"], row["paid_on"]) == ("350.00", None)
    run("eob-change", made.value["eob"], "--owes", "300", "--processed", "unknown")
    (row,) = run("eobs").value
    assert (row["share"], row["processed_on"]) == ("300.00", None)
    assert run("plan-year", plan, "--from", "2026-01-01", "--remove").status == 0
    assert run("preventive-codes", "99395").value == {"codes": ["99395"]}
    assert run("preventive-codes").value == {"codes": ["99395"]}


REFUSED = (
    ("owed", "Nothing"),
    ("eob",),
    ("eob", "--line", "served=soon owes=1"),
    ("eob", "--line", "owes=lots"),
    ("eob", "--line", 'service="x'),
    ("eob", "--line", "color=red"),
    ("bill-change", "nothing", "--amount", "1"),
    ("finding-mark", "M01 x", "--state", "settled"),
    ("finding-mark", "M01 x"),
    ("finding-mark", "M01 x", "--clear"),
    ("plan-year", "Harbor Mutual", "--from", "2026-01-01", "--remove"),
)


@pytest.mark.usefixtures("household")
def test_what_cannot_be_done_is_refused_in_words(run):
    for words in REFUSED:
        done = run(*words)
        assert (done.status, done.value["refused"][-1] in ".?") == (1, True), words


def test_an_empty_binder_owes_nothing(run, binder):
    told = run("owed").value
    assert (told["rows"], told["owed"]) == ([], "0.00")
    assert run("findings").value == run("eobs").value == run("bills").value == []
    assert run("meters").value == []
