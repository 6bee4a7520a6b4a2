"""All rules as one list: nothing left out, every row with its law, filtered by plan and state."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app.domain.errors import UserError
from app.domain.plan import PROGRAMS, STATES
from app.domain.rule_entry import RuleEntry, entries_for
from app.domain.rule_group import RuleGroup
from app.operations.rules import all_rules, clock_book, rule_book

BOOK = rule_book()
ENTRIES = all_rules()


def ids(program: str | None = None, state: str | None = None) -> set[str]:
    return {entry.id for entry in entries_for(ENTRIES, BOOK, program, state)}


def entry(name: str) -> RuleEntry:
    return next(each for each in ENTRIES if each.id == name)


def test_every_rule_of_every_kind_is_in_the_list_once():
    clocks = clock_book()
    wanted = [
        *BOOK.rules,
        *(row.advice.id for row in (*BOOK.urgent.rows, *BOOK.urgent.remarks)),
        BOOK.urgent.otherwise.id,
        *clocks.clocks,
        *clocks.requests,
        *(amount.id for amount in BOOK.amounts.values()),
        *BOOK.notices,
    ]
    assert [each.id for each in ENTRIES] == wanted
    assert len(set(wanted)) == len(wanted)
    assert {each.group for each in ENTRIES} == set(RuleGroup)


def test_every_rule_names_its_law_or_is_the_one_advice_without_any():
    without = [each.id for each in ENTRIES if not each.source or each.verification is None]
    assert without == ["urgent.any"]


def test_no_entry_shows_a_number_of_time_that_is_not_known_well_enough():
    for each in ENTRIES:
        if each.verification is not None and not each.verification.may_name_number:
            assert not re.search(r"\d", each.window)
            words = f"{each.note} {each.text}"
            assert not re.search(r"\b\d+ (?:\w+ )?(?:days?|hours?|months?)\b", words)


def test_the_list_of_a_plan_and_a_state_holds_what_is_for_them_and_for_anybody():
    texas = ids("employer", "tx")
    assert {"com.internal.group", "urgent.texas", "notice.texas.once", "r.hipaa"} <= texas
    assert {"state.TX", "urgent.any", "c.com.app.urgent"} <= texas
    assert not {"om.l1", "amount.2026", "state.OH", "remark.virginia.cancer"} & texas
    medicare = ids("original_medicare")
    assert {"om.l1", "amount.2026", "urgent.qio", "c.om.l1"} <= medicare
    assert not {"urgent.appeal", "com.internal.group"} & medicare


def test_a_programme_of_the_rules_may_stand_for_the_kind_of_plan():
    self_funded = ids("erisa_self_funded")
    assert {"com.ext.federal", "n.502a", "urgent.appeal"} <= self_funded
    assert not {"state.OH", "urgent.tricare", "pd.l1"} & self_funded


def deadlines(program: str | None = None, state: str | None = None) -> set[str]:
    chosen = entries_for(ENTRIES, BOOK, program, state)
    return {each.id for each in chosen if each.group is RuleGroup.DEADLINES}


def test_all_deadlines_are_listed_when_nothing_is_asked():
    assert deadlines() == set(BOOK.rules)


def test_the_deadlines_of_a_kind_of_plan_and_of_a_programme():
    employer = deadlines("employer")
    assert {"com.internal.group", "com.ext.federal", "state.OH", "nsa.external"} <= employer
    assert not {"om.l1", "com.internal.individual"} & employer
    self_funded = deadlines("erisa_self_funded")
    assert "com.ext.federal" in self_funded
    assert "state.OH" not in self_funded
    assert deadlines("part_d") >= {"pd.l1", "pd.l5", "ma.grievance"}
    assert deadlines("unknown") == set()


def test_the_deadlines_of_a_state_leave_out_the_other_states_only():
    ohio = deadlines(state="oh")
    assert {"state.OH", "com.internal.group", "om.l1"} <= ohio
    assert len(ohio) == len(BOOK.rules) - len(STATES) + 1
    insured = deadlines("erisa_insured", "OH")
    assert "state.OH" in insured
    assert not {"state.TX", "om.l1"} & insured


@pytest.mark.parametrize(("program", "state"), [("gold", None), (None, "ZZ")])
def test_an_unknown_plan_or_state_is_refused(program, state):
    with pytest.raises(UserError):
        ids(program, state)


def test_every_kind_of_plan_in_every_state_has_its_rules():
    for program in PROGRAMS:
        assert ids(program) >= {"urgent.any", "r.hipaa"}
    assert all(f"state.{state}" in ids(None, state) for state in STATES)


def test_a_step_that_needs_an_amount_shows_those_of_every_year():
    assert [amount.year for amount in entry("pd.l5").amounts] == list(BOOK.amounts)
    assert entry("om.l1").amounts == ()
    assert entry("amount.2025").window.startswith("commonly $190")
    assert entry("amount.2026").window.startswith("$200 for a hearing")


def test_a_number_that_was_not_read_in_the_law_is_only_common():
    assert entry("om.l1").window == "120 calendar days"
    assert entry("om.l5").window == "commonly 60 calendar days"
    assert entry("state.IL").window == "commonly 4 months"
    assert entry("state.AK").window == "as the letter says"
    assert entry("other.stld").window == "as the letter says"
    assert entry("c.om.l1").window == "commonly 60 calendar days"
    for each in ENTRIES:
        if each.verification and not each.verification.computes and re.search(r"\d", each.window):
            assert each.window.startswith("commonly ")


def test_a_tick_stands_only_where_a_date_is_counted():
    for each in ENTRIES:
        if each.counts_dates:
            assert each.group in {RuleGroup.DEADLINES, RuleGroup.CLOCKS, RuleGroup.REQUESTS}
            assert each.verification
            assert each.verification.computes
    assert entry("com.internal.group").counts_dates
    assert entry("c.com.app.urgent").counts_dates
    assert not entry("com.internal.urgent").counts_dates
    assert not entry("state.IL").counts_dates


def test_the_span_of_a_rule_is_that_of_its_record():
    assert entry("state.PA").span.first == date(2024, 1, 1)
    assert entry("om.l1").span.first is None
