"""One denial gives all its dates: the appeal's own and the shorter ones beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.domain.denial import Denial
from app.domain.denial_dates import coverage_of, denial_dates, letter_window
from app.domain.plan import Plan
from app.domain.planned_deadline import LetterWindow
from app.domain.programmes import Coverage
from app.domain.window import Unit, Window
from tests.domain.deadline_data import BOOK

TODAY = date(2026, 11, 21)
NOTICE = date(2026, 11, 2)
DENIAL = Denial(
    id="d", claim_id="c", notice_on=NOTICE, letter_says="nothing",
    added_at=datetime(2026, 11, 21, tzinfo=UTC),
)  # fmt: skip


def dates(program, *, service_on=None, today=TODAY, buffer_days=0, **said):
    plan = Plan(id="p", name="Plan", program=program, funding="insured", state="OH")
    denial = replace(DENIAL, **said)
    return denial_dates(denial, plan, service_on, BOOK, today=today, buffer_days=buffer_days)


def sides(program, **said):
    return [
        (side.kind, side.rule and side.rule.id, side.planned.last_day)
        for side in dates(program, **said).sides
    ]


def test_what_the_rules_need_to_know_of_a_plan():
    plan = Plan(id="p", name="Plan", program="employer", funding="self", state="OH")
    assert coverage_of(plan, "coding_error") == Coverage(
        "employer", "self", "OH", reason="coding_error"
    )
    assert coverage_of(plan) == Coverage("employer", "self", "OH")
    assert coverage_of(None) == Coverage()


@pytest.mark.parametrize(
    ("said", "window"),
    [
        ({"letter_says": "date", "letter_date": TODAY}, LetterWindow(last_day=TODAY)),
        (
            {"letter_says": "days", "letter_days": 4, "letter_unit": "months"},
            LetterWindow(window=Window(4, Unit.MONTHS)),
        ),
        (
            {"letter_says": "days", "letter_days": 9, "letter_counts_from": "receipt"},
            LetterWindow(window=Window(9, Unit.CALENDAR_DAYS), from_receipt=True),
        ),
        ({"letter_says": "days", "letter_days": None}, LetterWindow()),
        ({"letter_says": "nothing", "letter_days": 9}, LetterWindow()),
        ({"letter_says": "unknown"}, LetterWindow()),
    ],
)
def test_what_a_person_entered_of_the_letter_becomes_its_window(said, window):
    assert letter_window(replace(DENIAL, **said)) == window


def test_an_appeal_is_counted_by_the_main_rule_of_its_level():
    found = dates("employer")
    assert (found.rule and found.rule.id, found.why_no_rule) == ("com.internal.group", None)
    assert found.appeal.last_day == date(2027, 5, 1)
    assert found.ask is None
    assert found.sides == ()


def test_a_reserve_moves_the_day_to_aim_for_of_every_step():
    found = dates("medicaid_managed_care", buffer_days=7)
    assert found.appeal.last_day == date(2027, 1, 1)
    assert found.appeal.safe_file_by == date(2026, 12, 24)
    (keep,) = found.sides
    assert (keep.planned.last_day, keep.planned.safe_file_by) == (
        date(2026, 11, 12), date(2026, 11, 5),
    )  # fmt: skip


def test_nothing_is_counted_before_the_letter_has_come():
    found = dates("medicaid_managed_care", today=date(2026, 11, 1))
    assert found.appeal.last_day is None
    assert found.ask is not None
    assert "November 2, 2026" in found.ask
    assert [side.planned.last_day for side in found.sides] == [None]


def test_a_plan_that_is_not_known_is_asked_about():
    found = denial_dates(DENIAL, None, None, BOOK, today=TODAY)
    assert found.rule is None
    assert found.sides == ()
    assert found.why_no_rule is not None
    assert found.ask == found.why_no_rule.ask


@pytest.mark.parametrize("continuing", ["", "yes", "unsure"])
def test_keeping_the_care_has_its_own_day_unless_no_care_is_running(continuing):
    kept = ("keep_benefits", "mcd.mco.continue", date(2026, 11, 12))
    assert sides("medicaid_managed_care", continuing=continuing) == [kept]
    assert sides("medicaid_managed_care", continuing="no") == []


def test_the_letters_own_day_to_keep_the_care_is_planned_where_it_is_the_earlier():
    early, late = date(2026, 11, 10), date(2026, 12, 1)
    (kept,) = dates("medicaid_managed_care", keep_by=early).sides
    assert (kept.planned.last_day, kept.planned.basis) == (early, "letter")
    (kept,) = dates("medicaid_managed_care", keep_by=late).sides
    assert (kept.planned.last_day, kept.planned.letter_day) == (date(2026, 11, 12), late)


def test_a_letter_may_speak_of_keeping_the_care_where_no_rule_does():
    by = date(2026, 11, 20)
    assert sides("employer", keep_by=by) == [("keep_benefits", None, by)]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"continuing": "yes", "action_on": date(2026, 12, 10)}, [date(2026, 12, 9)]),
        ({"continuing": "unsure", "action_on": date(2026, 12, 10)}, [date(2026, 12, 9)]),
        ({"continuing": "yes"}, []),
        ({"continuing": "no", "action_on": date(2026, 12, 10)}, []),
        ({"action_on": date(2026, 12, 10)}, []),
    ],
)
def test_asking_for_more_of_a_treatment_needs_a_day_on_which_it_ends(said, found):
    steps = [side for side in dates("employer", **said).sides if side.kind == "step"]
    assert [side.planned.last_day for side in steps] == found


def test_the_day_of_the_care_reaches_the_rules_that_count_from_it():
    found = dates("fehb", level=3, service_on=date(2026, 3, 2))
    assert found.appeal.last_day == date(2029, 12, 31)
    assert dates("fehb", level=3).appeal.last_day is None
