"""What counts as found, missing, wrong and invented."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.fact import Fact, KindRead, Sifted, WindowSaid
from tests.reading.compare import Score, compared

WINDOW = {
    "amount": 180, "unit": "calendar_days", "anchor": "receipt", "for": "patient",
    "level": "internal", "filed_when": None,
}  # fmt: skip
SAID = WindowSaid(180, "calendar_days", "receipt", "patient", "internal")


def fact(name: str, value: str | WindowSaid) -> Fact:
    return Fact(name=name, value=value, text="", page=1, boxes=((0, 0, 1, 1),), score=1.0)


def score_of(*facts: Fact, truth=(), optional=(), kind: str | None = "denial", given=None) -> Score:
    paper = {"id": "p", "kind": kind, "truth": list(truth), "optional": list(optional)}
    return compared(paper, Sifted(KindRead(given, 1.0), facts))


def named(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value}


def window(**more: object) -> dict[str, object]:
    return {"name": "appeal_window", "value": {**WINDOW, **more}, "due": more.get("due")}


def test_a_value_that_stands_in_the_truth_is_found():
    score = score_of(fact("claim_number", "A-1"), truth=[named("claim_number", "A-1")])

    assert score.facts["claim_number", "found"] == 1
    assert score.facts["claim_number", "wrong"] == 0


def test_a_value_that_nobody_printed_is_wrong():
    score = score_of(fact("claim_number", "A-2"), truth=[named("claim_number", "A-1")])

    assert score.facts["claim_number", "wrong"] == 1
    assert score.facts["claim_number", "found"] == 0


def test_an_optional_value_is_neither_missed_nor_wrong():
    given = score_of(fact("billed", "1.00"), optional=[named("billed", "1.00")])
    left_out = score_of(optional=[named("billed", "1.00")])

    assert given.facts.total() == left_out.facts.total() == 0


def test_the_same_value_twice_counts_once():
    score = score_of(fact("billed", "1.00"), fact("billed", "1.00"))

    assert score.facts["billed", "wrong"] == 1


@pytest.mark.parametrize("given", ["OAK HILL, INC", "Oak Hill Inc.", "oak  hill inc"])
def test_names_are_the_same_without_case_and_punctuation(given: str):
    score = score_of(fact("insurer", given), truth=[named("insurer", "Oak Hill, Inc.")])

    assert score.facts["insurer", "found"] == 1


def test_a_number_keeps_its_punctuation():
    score = score_of(fact("claim_number", "A1"), truth=[named("claim_number", "A-1")])

    assert score.facts["claim_number", "wrong"] == 1


def test_a_window_is_right_by_amount_unit_anchor_and_for_whom():
    score = score_of(fact("appeal_window", SAID), truth=[window()])

    assert score.windows["right"] == score.windows["level right"] == 1


def test_another_anchor_makes_a_window_wrong_and_not_invented():
    said = WindowSaid(180, "calendar_days", "date_of_notice")
    score = score_of(fact("appeal_window", said), truth=[window()])

    assert (score.windows["wrong"], score.windows["invented"], score.windows["right"]) == (1, 0, 0)


def test_a_deadline_of_the_patient_that_the_paper_does_not_give_is_invented():
    score = score_of(
        fact("appeal_window", WindowSaid(90, "calendar_days", "service")),
        truth=[window()],
        optional=[window(amount=90, anchor="service", **{"for": "provider"})],
    )

    assert score.windows["invented"] == 1


def test_the_plans_clock_may_be_given_or_left_out():
    plan = window(amount=30, **{"for": "plan"})
    said = WindowSaid(30, "calendar_days", "receipt", "plan")

    assert score_of(fact("appeal_window", said), optional=[plan]).windows["wrong"] == 0
    assert score_of(optional=[plan]).windows["truth"] == 0


def test_a_printed_last_day_must_be_the_right_day():
    truth = [window(amount=None, unit="explicit_date", anchor="unstated", due="2026-08-28")]
    right = WindowSaid(None, "explicit_date", due=date(2026, 8, 28))
    wrong = WindowSaid(None, "explicit_date", due=date(2026, 8, 29))

    assert score_of(fact("appeal_window", right), truth=truth).windows["right"] == 1
    assert score_of(fact("appeal_window", wrong), truth=truth).windows["right"] == 0


@pytest.mark.parametrize(
    ("given", "outcome"), [("denial", "right"), (None, "can't tell"), ("eob", "wrong")]
)
def test_a_kind_is_right_wrong_or_not_told(given: str | None, outcome: str):
    assert score_of(given=given).kinds == {("denial", outcome): 1}


def test_where_nobody_can_tell_the_kind_saying_so_is_right():
    assert score_of(kind=None, given=None).kinds == {(None, "right"): 1}
