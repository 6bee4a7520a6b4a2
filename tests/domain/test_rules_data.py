"""The data files of the rules: every number as in the facts, every rule with a source."""

from __future__ import annotations

import copy
import re

import pytest

from app.domain.deadline_rule import DeadlineRule
from app.domain.due_facts import Fact
from app.domain.plan import PROGRAMS, STATES
from app.domain.rules_data import RulesDataError, parse_deadlines
from app.domain.window import Unit, Window
from app.resources import resource_json
from tests.domain.deadline_data import BOOK, RULES, UNDATED, book_of

DEADLINES = resource_json("rules", "deadlines.json")
PROGRAMMES = resource_json("rules", "programmes.json")

NUMBERS = """
com.internal.group | 180 calendar_days | 0 | P26
com.internal.group.level2 | see_letter | 0 | M-high
com.internal.individual | 180 calendar_days | 0 | P26
com.info.request | 45 calendar_days | 0 | P26
com.info.request.urgent | 48 hours | 0 | P26
com.concurrent.extend | 24 hours_before | 0 | P26
com.ext.federal | 4 months, 4 months | 0 | P26
com.ext.perfect | 48 hours | 0 | P26
com.ext.moreinfo | 10 business_days | 0 | M-high
com.internal.urgent | no_fixed_deadline | 0 | P26
com.court | see_plan_document | 0 | M-high
om.l1 | 120 calendar_days | 5 | P26
om.l2 | 180 calendar_days | 5 | P26
om.l3 | 60 calendar_days | 5 | P26
om.l4 | 60 calendar_days | 5 | P
om.l5 | 60 calendar_days | 5 | M-high
om.qio.hospital | same_day | 0 | Q26
om.qio.services | noon_next_day | 0 | Q26
om.qic.expedited | noon_next_day | 0 | M-high
om.claim.timely | 1 years | 0 | P
ma.l1 | 60 calendar_days | 5 | Q26
ma.l2 | automatic | 0 | Q26
ma.l3 | 60 calendar_days | 5 | Q26
ma.l4 | 60 calendar_days | 5 | M-high
ma.l5 | 60 calendar_days | 5 | M-high
ma.grievance | 60 calendar_days | 0 | M-high
pd.l1 | 60 calendar_days | 5 | Q26
pd.l2 | 60 calendar_days | 5 | Q26
pd.l3 | 60 calendar_days | 5 | Q26
pd.l3.exp | 60 calendar_days | 0 | Q26
pd.l4 | 60 calendar_days | 5 | P
pd.l5 | 60 calendar_days | 5 | M-high
mcd.mco.appeal | 60 calendar_days | 0 | Q26
mcd.mco.continue | 10 calendar_days | 0 | Q26
mcd.sfh | 90 calendar_days | 0 | Q26
mcd.sfh.continue | 10 calendar_days | 0 | M-high
mcd.ffs.hearing | see_letter | 0 | Q26
mcd.ffs.continue | before_date | 0 | M-high
mcd.ffs.reinstate | 10 calendar_days | 5 | P26
chip.review | 60 calendar_days | 0 | M-med
fehb.reconsider | 6 months | 0 | P
fehb.opm | 90 calendar_days | 0 | S
fehb.court | 3 dec31_of_nth_year_after | 0 | P
fehb.claim.timely | 1 dec31_of_nth_year_after | 0 | M-high
tri.reconsider | 90 calendar_days | 0 | P
tri.tqmc | 90 calendar_days | 0 | P
tri.formal | 60 calendar_days | 0 | S
tri.hearing | 60 calendar_days | 0 | M-high
tri.expedited | 3 calendar_days | 0 | M-med
tri.claim.timely | 1 years | 0 | S
champva.reconsider | 1 years | 0 | P
champva.l2 | 90 calendar_days | 0 | P
va.benefit | 1 years | 0 | P
va.er.notice | 72 hours | 0 | M-high
ihs.l1 | 30 calendar_days | 0 | P
ihs.l2 | 30 calendar_days | 0 | P
ihs.l3 | 30 calendar_days | 0 | P
nsa.ppdr | 120 calendar_days | 0 | P
nsa.external | 4 months | 0 | P26
mkt.eligibility | 90 calendar_days | 0 | P
bill.501r | 240 calendar_days | 0 | M-high
bill.fdcpa | 30 calendar_days | 0 | M-high
other.stld | see_letter | 0 | S
other.dental_vision | 180 calendar_days | 0 | M-high
other.grandfathered | 180 calendar_days | 0 | M-high
other.workcomp | see_letter | 0 | M-high
other.state_complaint | no_fixed_deadline | 0 | M-high
state.AL | 4 months, 60 calendar_days | 0 | S
state.AK | 180 calendar_days, 4 months | 0 | M-low
state.AZ | 4 months, 4 months | 0 | S
state.AR | 4 months, 4 months | 0 | M-med
state.CA | 6 months, 6 months | 0 | P
state.CO | 4 months, 4 months | 0 | M-high
state.CT | 120 calendar_days, 120 calendar_days | 0 | M-med
state.DE | 4 months, 4 months | 0 | M-med
state.DC | 4 months, 4 months | 0 | M-med
state.FL | 4 months, 60 calendar_days | 0 | P
state.GA | see_letter, 60 calendar_days | 0 | M-low
state.HI | 130 calendar_days, 120 calendar_days | 0 | P
state.ID | 4 months, 4 months | 0 | M-high
state.IL | 4 months, 4 months | 0 | S
state.IN | 120 calendar_days, 120 calendar_days | 0 | M-med
state.IA | 4 months, 4 months | 0 | M-high
state.KS | 120 calendar_days, 120 calendar_days | 0 | M-med
state.KY | 4 months, 60 calendar_days | 0 | M-med
state.LA | 4 months, 4 months | 0 | M-high
state.ME | 12 months, 4 months | 0 | M-med
state.MD | 4 months, 120 calendar_days | 0 | S
state.MA | 4 months, 4 months | 0 | P
state.MI | 127 calendar_days, 120 calendar_days | 0 | P
state.MN | 6 months, 4 months | 0 | P
state.MS | 4 months, 4 months | 0 | M-low
state.MO | see_letter, 4 months | 0 | M-low
state.MT | 4 months, 4 months | 0 | M-med
state.NE | 4 months, 4 months | 0 | M-med
state.NV | 4 months, 4 months | 0 | M-med
state.NH | 180 calendar_days, 4 months | 0 | M-med
state.NJ | 4 months, 4 months | 0 | P
state.NM | 4 months, 4 months | 0 | M-med
state.NY | 4 months, 4 months | 0 | P
state.NC | 120 calendar_days, 120 calendar_days | 0 | P
state.ND | 4 months, 4 months | 0 | M-med
state.OH | 180 calendar_days, 180 calendar_days | 0 | P
state.OK | 4 months, 4 months | 0 | M-med
state.OR | 180 calendar_days, 4 months | 0 | P
state.PA | 4 months, 4 months | 0 | P
state.RI | 4 months, 4 months | 0 | M-med
state.SC | 4 months, 60 calendar_days | 0 | M-med
state.SD | 4 months, 4 months | 0 | P
state.TN | 6 months, 4 months | 0 | M-low
state.TX | see_letter, 4 months | 0 | S
state.UT | 180 calendar_days, 4 months | 0 | M-med
state.VT | 120 calendar_days, 120 calendar_days | 0 | M-low
state.VA | 120 calendar_days, 120 calendar_days | 0 | S
state.WA | see_letter, 120 calendar_days | 0 | M-low
state.WV | 4 months, 4 months | 0 | M-med
state.WI | 4 months, 120 calendar_days | 0 | S
state.WY | 4 months, 4 months | 0 | M-low
"""
"""Rule, window (and conservative window), presumed mail days, verification."""


def plain(window: Window) -> str:
    return f"{window.amount} {window.unit}" if window.amount else str(window.unit.value)


def in_numbers(rule: DeadlineRule) -> str:
    windows = [plain(rule.window)]
    if rule.conservative_window:
        windows.append(plain(rule.conservative_window))
    return (
        f"{rule.id} | {', '.join(windows)} | {rule.receipt_presumption_days} | {rule.verification}"
    )


def spoiled(changes, index=0):
    """The shipped data with one row changed; a value of None takes the word out."""
    data = copy.deepcopy(DEADLINES)
    row = data["rules"][index]
    for key, value in changes.items():
        row.pop(key, None)
        if value is not None:
            row[key] = value
    return data


def test_every_number_is_the_one_of_the_facts():
    assert [in_numbers(rule) for rule in RULES] == NUMBERS.strip().splitlines()


def test_every_state_has_its_rule_and_every_rule_a_source():
    assert {rule.state for rule in RULES} - {None} == set(STATES)
    assert all(rule.id == f"state.{rule.state}" for rule in RULES if rule.state)
    assert all(rule.source.strip() for rule in RULES)


def test_no_rule_of_the_program_names_where_its_text_was_read_but_the_text_itself():
    words = str(DEADLINES)
    assert not re.search(r"github|index id|\.py\b|\.md\b|spec-v", words)
    for text, place in DEADLINES["sources"].items():
        assert text
        assert place is None or place.startswith("https://")


def test_a_rule_that_computes_was_read_somewhere():
    states = {rule.id for rule in RULES if rule.state}
    unread = [rule.id for rule in RULES if rule.gives_dates and not rule.sources]
    assert set(unread) <= states


def test_only_the_federal_external_review_rolls_or_overflows():
    federal = {"com.ext.federal", "nsa.external"}
    assert {rule.id for rule in RULES if rule.rolls} == federal
    assert {rule.id for rule in RULES if rule.overflow == "first_day_of_following_month"} == federal


def test_the_presumption_of_mail_days_exists_in_medicare_and_one_medicaid_rule_only():
    presumed = {rule.id for rule in RULES if rule.receipt_presumption_days}
    assert {rule.split(".")[0] for rule in presumed} == {"om", "ma", "pd", "mcd"}
    assert {rule for rule in presumed if rule.startswith("mcd")} == {"mcd.ffs.reinstate"}


def test_where_the_regulator_counts_from_the_decision_so_does_the_rule():
    assert BOOK.get("state.NY").counts_from == (Fact.NOTICE, Fact.RECEIVED)


@pytest.mark.parametrize("rule", ["state.AL", "state.FL", "com.ext.federal"])
def test_where_a_form_is_stricter_than_its_law_the_plan_is_made_from_the_letter(rule):
    """The federal form must arrive within four months of the day the decision was sent."""
    assert BOOK.get(rule).counts_from == (Fact.RECEIVED, Fact.NOTICE)
    assert BOOK.get(rule).conservative_from == (Fact.NOTICE, Fact.RECEIVED)
    assert BOOK.get(rule).conservative_window


def test_titles_are_plain_words_with_the_terms_of_the_field():
    titles = [rule.title for rule in RULES]
    assert len(set(titles)) == len(titles)
    for title in titles:
        assert len(title) <= 80
        assert title[0].isupper()
        assert not re.search(r"[/_;>=]|\.$|adverse|^PRC", title)
    assert BOOK.get("om.l1").title == "Redetermination (first Medicare appeal)"
    assert BOOK.get("state.DC").title.endswith("in the District of Columbia")


def test_a_law_on_late_requests_has_its_sentence_and_no_note_tells_it_before_time():
    for rule in RULES:
        assert rule.late_note or not rule.good_cause
        assert not rule.late_note or rule.late_note.startswith("You may still ask")
        assert rule.good_cause is None or rule.good_cause in rule.late_note
        assert "You may still ask" not in rule.note
    assert all(rule.late_note for rule in RULES if rule.later_of and rule.gives_dates)
    assert {rule.id for rule in RULES if rule.good_cause} == {"om.l1", "om.l2", "ma.l1"}


def test_notes_are_whole_sentences_for_people():
    for rule in RULES:
        assert not rule.note or rule.note.endswith(".")
        assert not re.search(r"memory|stored|CONFLICT|_", rule.note)
    for rule in UNDATED:
        assert rule.ask is None or "?" in rule.ask


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"source": " "}, "names no source"),
        ({"source": None}, "lacks source"),
        ({"sources": ["hearsay"]}, "texts that are not listed: hearsay"),
        ({"surce": "29 CFR"}, "unknown words surce"),
        ({"id": None}, "The rule without an id lacks id"),
        ({"verification": "sure"}, "cannot be read"),
        ({"window": {"amount": 0, "unit": "calendar_days"}}, "is no window of time"),
        ({"window": {"amount": None, "unit": "calendar_days"}}, "is no window of time"),
        ({"window": {"amount": 3, "unit": "see_letter"}}, "is no window of time"),
        ({"window": {"amount": 3, "unit": "moons"}}, "cannot be read"),
        ({"window": None}, "lacks window"),
        ({"counts_from": []}, "from what it is counted"),
        ({"conservative_from": []}, "from what it is counted"),
        ({"counts_from": ["postmark"]}, "cannot be read"),
        ({"month_overflow": "somehow"}, "cannot be read"),
        ({"weekend_holiday_roll": "always"}, "no way to move a last day"),
        ({"effective_from": "soon"}, "cannot be read"),
        ({"program": 7}, "cannot be read"),
        ({"effective_from": "2025-01-01", "earlier": {"source": ""}}, "names no source"),
        ({"earlier": {"note": ""}}, "does not say when it began"),
        ({"effective_until": "soon"}, "cannot be read"),
        (
            {"effective_from": "2025-01-01", "effective_until": "2024-12-31"},
            "it ends before it begins",
        ),
        (
            {"effective_from": "2025-01-01", "earlier": {"effective_until": "2025-01-01"}},
            "two versions that hold on the same day",
        ),
        ({"amount_step": "mayor"}, "cannot be read"),
    ],
)
def test_a_slip_in_the_data_is_refused_by_the_name_of_the_rule(changes, words):
    with pytest.raises(RulesDataError) as refused:
        parse_deadlines(spoiled(changes))
    assert words in str(refused.value)
    assert "The rule" in str(refused.value)


def test_a_rule_that_stands_there_twice_is_refused():
    with pytest.raises(RulesDataError, match="there twice"):
        parse_deadlines(spoiled({"id": "com.court"}))


def test_a_next_step_that_does_not_exist_is_refused():
    with pytest.raises(RulesDataError, match=r"om\.l9 is named"):
        book_of(deadlines=spoiled({"next_level": ["om.l9"]}))


def test_a_plan_that_leads_to_no_rule_is_refused():
    programmes = copy.deepcopy(PROGRAMMES)
    programmes["plans"]["employer"]["levels"]["3"]["self"] = ["com.ext.federl"]
    with pytest.raises(RulesDataError, match=r"com\.ext\.federl is named"):
        book_of(programmes=programmes)


def test_the_table_of_plans_has_every_kind_and_names_only_programmes_of_rules():
    assert set(BOOK.programmes.kinds) == set(PROGRAMS)
    named = {name for word in PROGRAMS for name in BOOK.programmes.programs(word)}
    assert named <= {name for rule in RULES for name in rule.programs}


def test_the_rule_before_a_rule_is_the_same_row_with_what_was_different():
    now = BOOK.get("ma.l1")
    assert now.earlier is not None
    assert now.earlier.effective_from is None
    assert now.earlier.earlier is None
    assert (now.earlier.window, now.earlier.source) == (now.window, now.source)
    assert now.earlier.receipt_presumption_days == 0
    assert {unit for unit in Unit if unit in {rule.window.unit for rule in RULES}} == set(Unit)
