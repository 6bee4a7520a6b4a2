"""The commands on evidence: the checklist in its fixed shape, marks, codes, and points."""

from __future__ import annotations

import pytest

CLAIM = "Saline infusions"


@pytest.fixture
def at(run, place, tmp_path):
    """A binder with a claim and two papers, not read; `at(command, …)` gives the value."""
    assert run("init", place).status == 0

    def ask(*words, status=0):
        done = run(*words)
        assert done.status == status, done.out + done.err
        return done.value

    ask("claim-new", CLAIM, "--service-date", "2026-08-03")
    for name, kind in (("denial.txt", "denial"), ("visit.txt", "medical_record")):
        path = tmp_path / name
        path.write_text(f"This is {name}.", encoding="utf-8")
        ask("add", path, "--claim", CLAIM, "--kind", kind, "--no-read")
    return ask


def deny(at, **words):
    given = {"kind": "medical_necessity", "notice-date": "2026-11-02", **words}
    flags = [word for name, value in given.items() for word in (f"--{name}", value)]
    return at("denial", CLAIM, *flags)["denial"]


def rows(at, *words):
    return {row["item"]: row for row in at("checklist", CLAIM, *words)}


def test_the_checklist_has_its_fixed_shape(at):
    deny(at, letter="denial.txt")
    found = rows(at)
    for row in found.values():
        assert {"item", "needed", "documents", "why", "state", "text"} <= row.keys()
        assert isinstance(row["needed"], bool)
        assert row["why"].endswith(".")
    letter, records = found["denial_letter"], found["medical_records"]
    assert (letter["state"], len(letter["documents"])) == ("have", 1)
    assert (records["state"], len(records["documents"])) == ("have", 1)
    assert (found["necessity_letter"]["state"], found["necessity_letter"]["documents"]) == (
        "missing", [],
    )  # fmt: skip
    assert found["criteria_met"]["needed"]
    assert not found["genetic_tests"]["needed"]


@pytest.mark.parametrize(
    ("kind", "item"),
    [("step_therapy", "step_exception"), ("Coding error", "corrected_claim"),
     ("wellness", "purpose_statement"), ("compounded_drug", "certificate_of_analysis")],
)  # fmt: skip
def test_each_kind_of_no_has_its_own_list(at, kind, item):
    assert item not in rows(at)
    deny(at, kind=kind)
    assert item in rows(at)


def test_marks_are_made_shown_and_taken_back(at):
    deny(at)
    asked = at("evidence", CLAIM, "studies", "--asked-of", "Dr. Lind", "--again-on", "2026-12-05")
    assert (asked["state"], asked["asked_on"], asked["again_on"]) == (
        "asked", "2026-11-21", "2026-12-05",
    )  # fmt: skip
    due = [row for row in at("deadlines") if row["kind"] == "evidence"]
    assert [row["last_day"] for row in due] == ["2026-12-05"]
    paper = at("evidence", CLAIM, "Medical studies or guidelines", "--paper", "visit.txt")
    assert (paper["state"], len(paper["documents"])) == ("have", 1)
    assert not [row for row in at("deadlines") if row["kind"] == "evidence"]
    at("evidence", CLAIM, "studies", "--not-paper", "visit.txt")
    assert at("evidence", CLAIM, "studies", "--not-needed")["state"] == "not_needed"
    assert at("evidence", CLAIM, "studies", "--clear")["state"] == "missing"


def test_marks_need_a_denial_and_a_known_item(at):
    told = at("evidence", CLAIM, "studies", "--not-needed", status=1)
    assert "Record the denial first" in told["refused"]
    deny(at)
    assert "There is no item" in at("evidence", CLAIM, "luck", "--clear", status=1)["refused"]
    told = at("evidence", CLAIM, "studies", "--clear", "--on", "2026-11-20", status=1)
    assert "--asked-of" in told["refused"]


def test_incomplete_codes_are_pointed_out_and_none_is_suggested(at):
    at("confirm", "visit.txt", "icd10=G93.3", "icd10=G43.909", "service_date=2026-08-03")
    (row,) = at("codes", CLAIM)
    assert (row["code"], row["kind"], row["on"]) == ("G93.3", "diagnosis", "2026-08-03")
    assert "not a complete diagnosis code" in row["problem"]
    assert "G93.32" not in row["problem"] + row["ask"]


def test_points_are_suggested_added_changed_moved_and_removed(at):
    deny(at, reason="Not medically necessary.")
    (reason,) = at("points", CLAIM, "--suggest")
    first = at("point-new", CLAIM, reason["quote"], "--kind", "reason")
    second = at(
        "point-new", CLAIM, "Tried oral salt.", "--from", "denial.txt", "--page", "1",
        "--answer", "From March to July.", "--proof", "visit.txt:1", "--proof", "denial.txt",
    )  # fmt: skip
    assert (first["answered"], second["answered"], second["position"]) == (False, True, 2)
    assert {one["page"] for one in second["proofs"]} == {None, 1}
    assert at("points", CLAIM, "--suggest") == []
    at("point-change", second["point"], "--position", "1", "--no-proof")
    assert [row["quote"] for row in at("points", CLAIM)] == [
        "Tried oral salt.", "Not medically necessary.",
    ]  # fmt: skip
    assert at("point-remove", first["point"]) == {"point": first["point"]}
    (left,) = at("points", CLAIM)
    assert (left["answered"], left["proofs"], left["answer"]) == (
        False, [], "From March to July.",
    )  # fmt: skip


def test_the_notice_of_an_unread_letter_says_nothing(at):
    deny(at, letter="denial.txt")
    assert at("notice", CLAIM) == []
