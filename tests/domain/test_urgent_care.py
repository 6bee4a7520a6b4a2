"""Asking for a fast appeal: for every plan something to do today, and no number that is not law."""

from __future__ import annotations

import copy
import itertools
import re
from datetime import date

import pytest

from app.domain.plan import PROGRAMS, STATES
from app.domain.programmes import Coverage
from app.domain.rule_rows import RulesDataError
from app.domain.urgent_care import UrgentAdvice, parse_urgent
from app.operations.rules import clock_book
from app.resources import resource_json
from tests.domain.deadline_data import BOOK

URGENT = resource_json("rules", "urgent.json")
INSURED_IN_TEXAS = [
    Coverage("employer", "insured", "TX"),
    Coverage("nonfed_gov", "insured", "tx"),
    Coverage("church", "insured", "TX"),
    Coverage("student", "insured", "TX"),
    Coverage("individual", None, " TX "),
    Coverage("marketplace", "insured", "TX"),
]


def advice(coverage: Coverage, level: int = 1, *, continuing: bool = False):
    return BOOK.urgent_advice(coverage, level, continuing=continuing)


def first(program: str | None, level: int = 1, **known: object) -> UrgentAdvice:
    return advice(Coverage(program, **known), level)[0]  # type: ignore[arg-type]


def everything(said: UrgentAdvice) -> str:
    return " ".join((said.title, said.how, said.doctor, said.together, said.clock, said.note))


def test_every_plan_every_level_and_every_state_has_something_to_do_today():
    states = (None, "", *STATES, "PR")
    for program, funding, state in itertools.product((None, *PROGRAMS), (None, "self"), states):
        for level, continuing in itertools.product((0, 1, 2, 3, 5, 9), (True, False)):
            said = advice(Coverage(program, funding, state), level, continuing=continuing)
            assert said
            assert all(each.title and each.how and each.doctor for each in said)


@pytest.mark.parametrize("program", [None, "unknown", "other", "nonsense", "fehb", "pshb", "ihs"])
def test_where_no_law_is_kept_none_is_named_and_no_number(program):
    said = first(program)
    assert (said.source, said.verification, said.clock, said.together) == ("", None, "", "")
    assert "Nearly every plan has a fast way" in said.how
    assert not re.search(r"\d", everything(said))


def test_a_grandfathered_plan_bought_by_oneself_is_not_taken_for_a_newer_one():
    assert first("individual", grandfathered=True).source == ""
    assert first("employer", grandfathered=True).id == first("grandfathered").id


@pytest.mark.parametrize("program", ["employer", "individual", "marketplace", "nonfed_gov"])
def test_a_plan_under_federal_rules_hears_a_call_and_an_outside_review_may_run_at_once(program):
    said = first(program)
    assert "Call the plan today" in said.how
    assert "A call is enough" in said.how
    assert "must accept that" in said.doctor
    assert "outside (external) review at the same time" in said.together
    assert "72 hours" in said.clock
    assert "2560.503-1(h)(3)(vi)" in said.source


@pytest.mark.parametrize(
    ("program", "level", "hours", "law"),
    [
        ("employer", 1, "72 hours", "29 CFR 2560.503-1(i)(2)(i)"),
        ("employer", 2, "72 hours", "29 CFR 2560.503-1(i)(2)(i)"),
        ("employer", 3, "72 hours", "45 CFR 147.136(d)(3)(iv)"),
        ("individual", 2, "72 hours", "45 CFR 147.136(d)(3)(iv)"),
        ("church", 1, "72 hours", "29 CFR 2560.503-1(i)(2)(i)"),
        ("medicare_advantage", 1, "72 hours", "42 CFR 422.590"),
        ("part_d", 1, "72 hours", "42 CFR 423.590"),
        ("part_d", 2, "72 hours", "42 CFR 423.600(d)"),
        ("part_d", 3, "10 calendar days", "42 CFR 423.2016"),
        ("medicaid_managed_care", 1, "72 hours", "42 CFR 438.408(b)(3)"),
        ("original_medicare", 1, "1 calendar day", "42 CFR 405.1206(d)(6)(i)"),
    ],
)
def test_the_clock_of_a_fast_appeal_is_told_with_its_law(program, level, hours, law):
    said = first(program, level)
    assert hours in said.clock
    assert law in said.clock


@pytest.mark.parametrize(
    ("program", "level"),
    [
        ("grandfathered", 1),
        ("dental", 1),
        ("student", 1),
        ("medicare_advantage", 2),
        ("medicaid_managed_care", 2),
        ("medicaid_ffs", 1),
        ("chip", 1),
        ("tricare", 1),
        ("va_health", 1),
    ],
)
def test_a_time_that_was_not_read_in_the_law_is_not_told(program, level):
    said = first(program, level, funding="insured")
    assert said.source
    assert said.clock == ""
    assert not re.search(r"\b\d+ (?:\w+ )?(?:hours|days)", everything(said))


def test_original_medicare_and_care_that_is_ending_call_the_quality_organization():
    assert "QIO" in first("original_medicare").how
    ending = advice(Coverage("medicare_advantage"), continuing=True)
    assert [each.id for each in ending] == ["urgent.ma.appeal", "urgent.ma.qio"]
    assert len(advice(Coverage("medicare_advantage"))) == 1


def test_medicare_advantage_goes_on_by_itself_and_part_d_must_be_asked_for():
    assert "nothing to file" in first("medicare_advantage", 2).how
    assert "You must ask for this review yourself" in first("part_d", 2).how


@pytest.mark.parametrize("coverage", INSURED_IN_TEXAS)
@pytest.mark.parametrize("level", [1, 2])
def test_texas_sends_an_infusion_already_received_to_the_independent_review_at_once(
    coverage, level
):
    texas = advice(coverage, level, continuing=True)[1]
    assert texas.id == "urgent.texas"
    assert "infusion that you are already receiving" in texas.how
    assert "need not appeal to the plan first" in texas.how
    assert "Tex. Ins. Code 4201.3601" in texas.source
    assert texas.clock == ""
    assert "Commonly" in texas.note


@pytest.mark.parametrize(
    "coverage",
    [
        Coverage("employer", "self", "TX"),
        Coverage("employer", None, "TX"),
        Coverage("employer", "insured", "OK"),
        Coverage("employer", "insured", None),
        Coverage("individual", "self", "TX"),
        Coverage("original_medicare", None, "TX"),
        Coverage("medicare_advantage", "insured", "TX"),
        Coverage("medicaid_managed_care", "insured", "TX"),
        Coverage("grandfathered", "insured", "TX"),
        Coverage("unknown", "insured", "TX"),
        Coverage(None, "insured", "TX"),
    ],
)
def test_the_texas_rule_is_for_plans_of_an_insurance_company_in_texas_only(coverage):
    for level, continuing in itertools.product((1, 2, 3), (True, False)):
        said = advice(coverage, level, continuing=continuing)
        assert all(each.id != "urgent.texas" for each in said)
        about_texas = " ".join(each.note for each in said)
        assert "Texas" not in about_texas or "who pays the claims" in about_texas


def test_in_texas_a_plan_whose_payer_is_unknown_is_asked_who_pays():
    said = first("employer", state="TX")
    assert "who pays the claims" in said.note
    assert "Tex. Ins. Code 4201.303(c)" in said.note


@pytest.mark.parametrize(
    ("state", "level", "words"),
    [
        ("TX", 1, "threatens life"),
        ("VA", 1, "cancer"),
        ("MA", 3, "second business day"),
        ("MI", 3, "within 10 days"),
        ("CA", 1, "only 3 days"),
    ],
)
def test_what_a_state_adds_stands_in_the_note_of_its_insured_plans_only(state, level, words):
    for continuing in (True, False) if state not in {"TX", "MA"} else (state == "MA",):
        insured = advice(Coverage("employer", "insured", state), level, continuing=continuing)
        self_funded = advice(Coverage("employer", "self", state), level, continuing=continuing)
        elsewhere = advice(Coverage("employer", "insured", "OH"), level, continuing=continuing)
        assert words in insured[0].note
        assert words not in self_funded[0].note
        assert words not in elsewhere[0].note


def test_keeping_medicaid_care_meanwhile_is_said_where_care_is_running():
    running = advice(Coverage("medicaid_managed_care"), continuing=True)[0]
    assert "keep the care" in running.note
    assert "keep the care" not in first("medicaid_managed_care").note


def spoiled(**changes):
    data = copy.deepcopy(URGENT)
    row = data["advice"][0]
    for word, value in changes.items():
        if value is None:
            del row[word]
        else:
            row[word] = value
    return data


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"source": " "}, "names no source"),
        ({"source": None}, "lacks source"),
        ({"sources": ["hearsay"]}, "not listed: hearsay"),
        ({"surce": "x"}, "unknown words surce"),
        ({"id": "urgent.texas"}, "there twice"),
        ({"verification": "sure"}, "cannot be read"),
        ({"for": []}, "for nobody"),
        ({"for": [{"kinds": []}]}, "for nobody known"),
        ({"for": [{"kinds": ["employer"], "states": ["XX"]}]}, "for nobody known: XX"),
        ({"for": [{"kinds": ["employer"], "when": 1}]}, "for nobody known: when"),
        ({"for": [{"kinds": ["employer"], "funding": ["both"]}]}, "for nobody known: both"),
        ({"effective_from": "soon"}, "cannot be read"),
        ({"clock": [{"words": "72 hours"}]}, "The clock without an id lacks"),
    ],
)
def test_a_slip_in_the_advice_is_refused(changes, words):
    with pytest.raises(RulesDataError, match=re.escape(words)):
        parse_urgent(spoiled(**changes))


@pytest.mark.parametrize("changes", [{"source": ""}, {"verification": "?"}, {"hint": "x"}])
def test_a_slip_in_a_remark_is_refused(changes):
    data = copy.deepcopy(URGENT)
    data["remarks"][0] |= changes
    with pytest.raises(RulesDataError, match="remark"):
        parse_urgent(data)


@pytest.mark.parametrize("verification", ["S", "M-high", "M-med", "M-low"])
def test_a_clock_is_told_by_how_well_its_number_is_known_whatever_the_row_says(verification):
    clock = {"id": "c.x", "words": "It has 5 hours.", "source": "1 CFR 1"}
    told = parse_urgent(spoiled(clock=[clock | {"verification": "P"}]))
    kept = parse_urgent(spoiled(clock=[clock | {"verification": verification}]))
    assert told.rows[0].advice.clock == "It has 5 hours (1 CFR 1)."
    assert kept.rows[0].advice.clock == ""


def test_advice_holds_for_letters_of_its_own_time_only():
    table = parse_urgent(spoiled(effective_from="2026-01-01", effective_until="2026-12-31"))

    def at(on: date | None) -> str:
        return table.advice(Coverage("employer"), 1, continuing=False, on=on)[0].id

    assert at(date(2026, 1, 1)) == at(date(2026, 12, 31)) == "urgent.appeal"
    assert at(date(2025, 12, 31)) == at(date(2027, 1, 1)) == at(None) == "urgent.any"


def test_the_hours_of_a_clock_are_those_of_the_clock_itself():
    clocks = clock_book().clocks
    told = [clock for row in URGENT["advice"] for clock in row.get("clock", ())]
    assert len(told) > 10
    for clock in told:
        times = [clocks[clock["id"]], *clocks[clock["id"]].variants]
        if clock["id"] == "c.pd.ire":
            times.append(clocks["c.pd.rd.exp"])  # “the same time as the plan”
        assert any(str(each.limit) in clock["words"] for each in times), clock
        assert clock["verification"] == times[0].verification


def test_the_advice_reads_as_whole_sentences_in_plain_words():
    rows = [*URGENT["advice"], *URGENT["remarks"], URGENT["otherwise"]]
    for row in rows:
        for name in ("how", "doctor", "together", "note"):
            assert row.get(name, "").strip() == row.get(name, "")
            assert not row.get(name) or row[name].endswith((".", "”"))
        assert not re.search(r"memory|stored|_", row.get("note", ""))
    used = {text for row in rows for text in row.get("sources", ())}
    assert used == set(URGENT["sources"])
