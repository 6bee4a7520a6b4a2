"""`rules`: every kind of rule, with its law, its span of dates and what it asks."""

from __future__ import annotations

import pytest

KEYS = {
    "rule", "kind", "program", "level", "title", "window", "trigger", "source", "verification",
    "state", "applies_from", "applies_until", "before", "text", "note", "ask",
}  # fmt: skip


def listed(run, *words: str) -> dict[str, dict[str, object]]:
    done = run("rules", *words)
    assert done.status == 0
    return {row["rule"]: row for row in done.value}


def test_without_a_kind_the_deadlines_are_listed(run):
    rows = listed(run)
    assert {row["kind"] for row in rows.values()} == {"deadlines"}
    assert rows == listed(run, "--kind", "deadlines")
    assert all(row["source"] and row["verification"] and row["window"] for row in rows.values())


@pytest.mark.parametrize(
    ("kind", "one"),
    [
        ("clocks", "c.com.app.urgent"),
        ("requests", "r.claimfile"),
        ("amounts", "amount.2026"),
        ("notices", "n.reason"),
        ("urgent", "urgent.texas"),
    ],
)
def test_each_kind_of_rule_can_be_listed_by_itself(run, kind, one):
    rows = listed(run, "--kind", kind)
    assert one in rows
    assert {row["kind"] for row in rows.values()} == {kind}
    assert all(set(row) == KEYS for row in rows.values())
    assert set(rows) < set(listed(run, "--kind", "all"))


def test_a_rule_says_for_which_letters_it_holds_and_what_held_before(run):
    rule = listed(run)["ma.l1"]
    assert (rule["applies_from"], rule["applies_until"]) == ("2025-01-01", None)
    (before,) = rule["before"]
    assert (before["applies_from"], before["applies_until"]) == (None, "2024-12-31")
    assert before["trigger"] == "date on notice"
    amount = listed(run, "--kind", "amounts")["amount.2026"]
    assert (amount["applies_from"], amount["applies_until"]) == ("2026-01-01", "2026-12-31")


def test_a_rule_says_what_it_asks(run):
    assert "last day" in listed(run)["com.internal.group.level2"]["ask"]


def test_plan_and_state_narrow_every_kind(run):
    rows = listed(run, "--kind", "urgent", "--program", "employer", "--state", "TX")
    assert "urgent.texas" in rows
    assert "already receiving" in rows["urgent.texas"]["text"]
    assert "urgent.pd.appeal" not in rows
    assert "urgent.texas" not in listed(run, "--kind", "urgent", "--state", "OH")


def test_an_unknown_kind_of_rule_is_a_wrong_word(run):
    assert run("rules", "--kind", "wishes").status == 2
