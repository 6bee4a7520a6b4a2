"""Every rule, every state and every gap: a date with its source, or a question. Nothing else."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from app.domain.counting import letter_reckoning, reckoning
from app.domain.deadline import Due, compute_due
from app.domain.due_facts import CannotSay, DueFacts
from app.domain.plan import FUNDINGS, PROGRAMS, STATES
from app.domain.planned_deadline import LetterWindow, planned_deadline
from app.domain.programmes import Coverage
from app.domain.window import Unit, Window
from tests.domain.deadline_data import BOOK, HOLIDAYS, RULES

TODAY = date(2026, 4, 20)
EVERY_DATE = {
    "notice_date": date(2026, 3, 2),
    "received": date(2026, 3, 5),
    "service_date": date(2026, 2, 20),
    "bill_date": date(2026, 3, 1),
    "action_date": date(2026, 3, 20),
}
CLOCKS = ((None, None), (time(14), None), (None, ZoneInfo("UTC")), (time(0), ZoneInfo("UTC")))
LETTERS = (
    LetterWindow(),
    LetterWindow(last_day=date(2026, 5, 4)),
    LetterWindow(window=Window(60, Unit.CALENDAR_DAYS), from_receipt=True),
    LetterWindow(window=Window(10, Unit.BUSINESS_DAYS)),
    LetterWindow(window=Window(9999, Unit.CALENDAR_DAYS)),
)


def gaps():
    """All subsets of the dates, from none to all."""
    for known in itertools.product((False, True), repeat=len(EVERY_DATE)):
        yield DueFacts(
            **{name: day for (name, day), is_known in zip(EVERY_DATE.items(), known, strict=True)
               if is_known}
        )  # fmt: skip


GAPS = tuple(gaps())


def is_one_question(ask):
    """A question, or the sentence that sends to the letter with one."""
    return ask is not None and ask.count("?") == 1


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_with_every_gap_is_a_dated_source_or_one_question(rule):
    clocks = CLOCKS if rule.window.hours or rule.window.unit is Unit.NOON_NEXT_DAY else CLOCKS[::3]
    for gap, (at, zone), conservative in itertools.product(GAPS, clocks, (False, True)):
        known = replace(gap, at=at, zone=zone)
        result = compute_due(rule, known, HOLIDAYS, conservative=conservative, buffer_days=7)
        steps = reckoning(rule, known, HOLIDAYS, conservative=conservative, buffer_days=7)
        if isinstance(result, CannotSay):
            assert is_one_question(result.ask)
            assert steps.lines == (result.sentence, result.ask)
        elif result.last_day is None:
            assert is_one_question(result.ask)
            assert steps.lines == (result.note, result.ask)
        else:
            assert rule.verification.computes
            assert result.source.strip()
            assert result.ask is None
            assert result.safe_file_by <= result.last_day
            assert steps.days


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_beside_every_letter_is_a_dated_source_or_one_question(rule):
    for letter, known in itertools.product(LETTERS, GAPS):
        plan = planned_deadline(letter, rule, known, HOLIDAYS, today=TODAY, buffer_days=7)
        if plan.last_day is None:
            assert is_one_question(plan.ask)
            assert plan.basis is None
        else:
            assert plan.source
            assert plan.basis == ("letter" if plan.last_day == plan.letter_day else "rule")
        if plan.rule_day:
            assert rule.verification.computes
        own = letter_reckoning(letter, known, HOLIDAYS, buffer_days=7)
        assert bool(own.days) == (plan.letter_day is not None)


def test_every_plan_in_every_state_leads_to_such_rules_or_to_one_question():
    """What holds for each rule alone holds for every plan: they lead to no others."""
    kinds = itertools.product(
        (None, *PROGRAMS), (None, *FUNDINGS), (None, *STATES, "", "ZZ"), (None, False, True)
    )
    for program, funding, state, grandfathered in kinds:
        coverage = Coverage(program, funding, state, grandfathered=grandfathered)
        for level in range(7):
            found = BOOK.rules_for(coverage, level)
            if isinstance(found, CannotSay):
                assert is_one_question(found.ask)
            else:
                assert found
                assert all(BOOK.rules[rule.id] is rule for rule in found)


def test_the_rule_of_every_state_is_a_dated_source_or_one_question_by_its_state_alone():
    for state in STATES:
        rule = BOOK.get("state_external_review", state)
        for known in GAPS:
            result = compute_due(rule, known, HOLIDAYS)
            dated = isinstance(result, Due) and result.last_day
            assert dated or is_one_question(result.ask)
            assert not dated or rule.verification in {"P26", "Q26", "P"}


@pytest.mark.parametrize("fact", ["notice_date", "received", "bill_date"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_day_to_come_is_never_planned_on_by_any_rule(rule, fact):
    others = {"notice_date": None, "received": None}
    known = DueFacts(**{**EVERY_DATE, **others, fact: date(2026, 4, 21)})
    plan = planned_deadline(LetterWindow(), rule, known, HOLIDAYS, today=TODAY)
    assert plan.last_day is None
    assert "today is April 20, 2026" in " ".join(plan.explanation)
    assert is_one_question(plan.ask)
