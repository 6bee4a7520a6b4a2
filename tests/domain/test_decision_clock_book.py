"""The times as they ship, and which of them runs after an appeal is sent."""

from __future__ import annotations

import copy
from datetime import date

import pytest

from app.domain.clock_book import ClockBook
from app.domain.clocks_data import parse_clocks
from app.domain.decision_clock import DecisionClock
from app.domain.denial import CARE
from app.domain.due_facts import CannotSay
from app.domain.errors import UserError
from app.domain.plan import FUNDINGS, PROGRAMS
from app.domain.programmes import Coverage
from app.domain.rule_rows import RulesDataError
from app.operations.rules import clock_book
from app.resources import resource_json

BOOK = clock_book()
DECISIONS = resource_json("rules", "decision_clocks.json")
REQUESTS = resource_json("rules", "request_clocks.json")
ON = date(2026, 3, 5)

NUMBERS = """
c.com.init.urgent | 72 hours | P26
c.com.init.concurrent | 24 hours | P26
c.com.init.pre | 15 calendar_days + 15 | P26
c.com.init.post | 30 calendar_days + 15 | P26
c.com.app.urgent | 72 hours | P26
c.com.app.pre.1 | 30 calendar_days | P26
c.com.app.pre.2 | 15 calendar_days | P26
c.com.app.post.1 | 60 calendar_days | P26
c.com.app.post.2 | 30 calendar_days | P26
c.com.app.multi | board_meeting | P26
c.com.deemed | 10 calendar_days | P26
c.ext.prelim | 5 business_days | P26
c.ext.std | 45 calendar_days | P26
c.ext.exp | 72 hours | P26
c.qhp.drug.std | 72 hours | P
c.qhp.drug.exigent | 24 hours | P
c.om.l1 | 60 calendar_days | M-high
c.om.l2 | 60 calendar_days | M-high
c.om.l3 | 90 calendar_days | P
c.om.l4 | 90 calendar_days | M-high
c.qio.hosp | 1 calendar_days | Q26
c.qio.serv | 72 hours | Q26
c.ma.od.nopa | 14 calendar_days + 14 | Q26
c.ma.od.pa | 7 calendar_days + 14 | Q26
c.ma.od.partb | 72 hours | Q26
c.ma.od.exp | 72 hours + 14 | Q26
c.ma.od.partb.exp | 24 hours | Q26
c.ma.rec.svc | 30 calendar_days + 14 | Q26
c.ma.rec.pay | 60 calendar_days | Q26
c.ma.rec.partb | 7 calendar_days | Q26
c.ma.rec.exp | 72 hours + 14 | Q26
c.ma.ire | cms_contract | Q26
c.pd.cd.std | 72 hours | Q26
c.pd.cd.exp | 24 hours | Q26
c.pd.cd.pay | 14 calendar_days | Q26
c.pd.rd.std | 7 calendar_days | Q26
c.pd.rd.pay | 14 calendar_days | Q26
c.pd.rd.exp | 72 hours | Q26
c.pd.ire | 7 calendar_days | Q26
c.pd.alj | 90 calendar_days | Q26
c.mcd.pa.std | 7 calendar_days + 14 | Q26
c.mcd.pa.exp | 72 hours + 14 | Q26
c.mcd.rx | 24 hours | M-high
c.mcd.app.std | 30 calendar_days + 14 | Q26
c.mcd.app.exp | 72 hours + 14 | Q26
c.mcd.sfh | 90 calendar_days | Q26
c.fehb.rec | 30 calendar_days | P
c.fehb.opm | 60 calendar_days | P
c.0057.denialreason | duty | S
r.claimfile | no_number | P26
r.codes | as_soon_as_practicable | P26
r.spd | 30 calendar_days | M-high
r.hipaa | 30 calendar_days + 30 | M-high
"""


def told(clock: DecisionClock) -> str:
    limit, longer = clock.limit, clock.extension
    number = f"{limit.amount} {limit.unit}" if limit.amount else str(limit.unit.value)
    more = f" + {longer.limit.amount}" if longer else ""
    return f"{clock.id} | {number}{more} | {clock.verification}"


def test_every_number_is_as_in_the_facts():
    every = (*BOOK.clocks.values(), *BOOK.requests.values())
    assert [told(clock) for clock in every] == NUMBERS.strip().splitlines()


def test_every_time_cites_a_law_and_speaks_plainly():
    for clock in (*BOOK.clocks.values(), *BOOK.requests.values()):
        assert clock.source
        assert clock.title[0].isupper()
        assert not clock.title.endswith(".")
        assert clock.note == "" or clock.note.endswith(".")
        assert clock.ask == "" or clock.ask.endswith((".", "?"))
        assert clock.starts
        if clock.verification.computes:
            assert clock.sources


def test_numbers_of_a_weak_row_stand_in_no_note():
    for clock in (*BOOK.clocks.values(), *BOOK.requests.values()):
        if not clock.verification.may_name_number:
            assert not any(letter.isdigit() for letter in clock.note)


# ------------------------------------------------------------------------- which one runs


def chosen(program: str, level: int, *, funding: str | None = None, **known) -> str:
    found = BOOK.decision(Coverage(program, funding), level, **{"on": ON, **known})
    assert isinstance(found, DecisionClock), found
    return found.id


@pytest.mark.parametrize(
    ("program", "level", "known", "clock"),
    [
        ("employer", 1, {"care": "ahead"}, "c.com.app.pre.1"),
        ("employer", 1, {"care": "done"}, "c.com.app.post.1"),
        ("employer", 1, {}, "c.com.app.post.1"),
        ("employer", 1, {"care": "infused_drug"}, "c.com.app.post.1"),
        ("employer", 1, {"care": "ahead", "plan_levels": 2}, "c.com.app.pre.2"),
        ("employer", 2, {"care": "done", "plan_levels": 2}, "c.com.app.post.2"),
        ("employer", 2, {"care": "done"}, "c.com.app.post.1"),
        ("employer", 1, {"urgent": True}, "c.com.app.urgent"),
        ("employer", 3, {}, "c.ext.std"),
        ("employer", 3, {"urgent": True}, "c.ext.exp"),
        ("individual", 1, {"care": "ahead"}, "c.com.app.pre.1"),
        ("individual", 2, {}, "c.ext.std"),
        ("marketplace", 2, {"urgent": True}, "c.ext.exp"),
        ("church", 1, {}, "c.com.app.post.1"),
        ("nonfed_gov", 3, {}, "c.ext.std"),
        ("original_medicare", 1, {}, "c.om.l1"),
        ("original_medicare", 4, {"urgent": True}, "c.om.l4"),
        ("medicare_advantage", 1, {"care": "ahead"}, "c.ma.rec.svc"),
        ("medicare_advantage", 1, {"care": "done"}, "c.ma.rec.pay"),
        ("medicare_advantage", 1, {"care": "infused_drug"}, "c.ma.rec.partb"),
        ("medicare_advantage", 1, {}, "c.ma.rec.pay"),
        ("medicare_advantage", 1, {"urgent": True}, "c.ma.rec.exp"),
        ("medicare_advantage", 2, {}, "c.ma.ire"),
        ("medicare_advantage", 0, {"care": "infused_drug"}, "c.ma.od.partb"),
        ("part_d", 1, {"care": "ahead"}, "c.pd.rd.std"),
        ("part_d", 1, {}, "c.pd.rd.pay"),
        ("part_d", 2, {"care": "ahead"}, "c.pd.ire"),
        ("part_d", 3, {}, "c.pd.alj"),
        ("medicaid_managed_care", 1, {}, "c.mcd.app.std"),
        ("medicaid_managed_care", 1, {"urgent": True}, "c.mcd.app.exp"),
        ("medicaid_managed_care", 2, {}, "c.mcd.sfh"),
        ("medicaid_ffs", 1, {"urgent": True}, "c.mcd.sfh"),
        ("fehb", 1, {}, "c.fehb.rec"),
        ("fehb", 2, {"urgent": True}, "c.fehb.opm"),
    ],
)
def test_the_time_follows_plan_level_care_and_urgency(program, level, known, clock):
    assert chosen(program, level, **known) == clock


def test_what_is_not_known_is_decided_for_the_payer_and_said():
    unsure = BOOK.decision(Coverage("employer"), 1, on=ON)
    assert isinstance(unsure, DecisionClock)
    assert "whether the care was already given" in unsure.remark
    assert "how many levels this plan requires" in unsure.remark
    sure = BOOK.decision(Coverage("employer"), 1, care="ahead", plan_levels=1, on=ON)
    assert isinstance(sure, DecisionClock)
    assert sure.remark == ""


def test_a_fast_answer_without_a_known_time_takes_the_usual_one_and_says_so():
    found = BOOK.decision(Coverage("medicaid_ffs"), 1, urgent=True, on=ON)
    assert isinstance(found, DecisionClock)
    assert "No shorter time for a fast answer" in found.remark


def test_a_part_b_drug_allows_no_longer_time():
    drug = BOOK.decision(Coverage("medicare_advantage"), 1, care="infused_drug", urgent=True, on=ON)
    other = BOOK.decision(Coverage("medicare_advantage"), 1, care="ahead", urgent=True, on=ON)
    assert isinstance(drug, DecisionClock)
    assert isinstance(other, DecisionClock)
    assert drug.extension is None
    assert other.extension is not None


@pytest.mark.parametrize(
    ("care", "urgent", "amount", "unit"),
    [("ahead", False, 7, "calendar_days"), ("done", False, 14, "calendar_days"),
     ("", False, 14, "calendar_days"), ("ahead", True, 72, "hours")],
)  # fmt: skip
def test_the_part_d_reviewer_has_the_same_times_as_the_plan(care, urgent, amount, unit):
    found = BOOK.decision(Coverage("part_d"), 2, care=care, urgent=urgent, on=ON)
    assert isinstance(found, DecisionClock)
    assert (found.id, found.limit.amount, found.limit.unit) == ("c.pd.ire", amount, unit)


def test_a_fast_judge_in_part_d_has_ten_days():
    found = BOOK.decision(Coverage("part_d"), 3, urgent=True, on=ON)
    assert isinstance(found, DecisionClock)
    assert str(found.limit) == "10 calendar days"


def test_the_shorter_times_for_prior_authorization_hold_from_2026_on():
    for clock in ("c.ma.od.pa", "c.mcd.pa.std"):
        rule = BOOK.clocks[clock]
        before, after = rule.in_force(date(2025, 12, 31)), rule.in_force(date(2026, 1, 1))
        assert before
        assert after
        assert (before.limit.amount, after.limit.amount) == (14, 7)
    coverage = Coverage("medicaid_managed_care")
    found = BOOK.decision(coverage, 0, care="ahead", on=date(2025, 12, 31))
    assert isinstance(found, DecisionClock)
    assert found.limit.amount == 14


@pytest.mark.parametrize("program", [None, "unknown", "other", "", "no such plan"])
def test_without_the_kind_of_plan_there_is_a_question(program):
    found = BOOK.decision(Coverage(program), 1, on=ON)
    assert isinstance(found, CannotSay)
    assert found.ask
    assert "What kind of plan" in found.ask


@pytest.mark.parametrize(
    ("program", "level"),
    [("tricare", 1), ("chip", 1), ("grandfathered", 1), ("employer", 4), ("fehb", 3),
     ("original_medicare", 5), ("medicare_advantage", 3), ("pshb", 1), ("student", 1)],
)  # fmt: skip
def test_where_no_time_is_kept_nothing_is_guessed(program, level):
    found = BOOK.decision(Coverage(program), level, on=ON)
    assert isinstance(found, CannotSay)
    assert found.ask


def test_a_grandfathered_plan_of_an_employer_is_not_taken_for_a_newer_one():
    found = BOOK.decision(Coverage("employer", grandfathered=True), 1, on=ON)
    assert isinstance(found, CannotSay)


def test_every_plan_level_care_and_urgency_ends_in_a_time_or_in_a_question():
    for program in PROGRAMS:
        for funding in (None, *FUNDINGS):
            for level in range(8):
                for care in CARE:
                    for urgent in (False, True):
                        found = BOOK.decision(
                            Coverage(program, funding), level, care=care, urgent=urgent, on=ON
                        )
                        assert isinstance(found, DecisionClock) or found.ask


def test_the_review_from_outside_is_found_by_the_kind_of_plan():
    assert BOOK.review_level(Coverage("employer", "self"), 1) == 3
    assert BOOK.review_level(Coverage("individual"), 1) == 2
    assert BOOK.review_level(Coverage("employer"), 3) is None
    assert BOOK.review_level(Coverage("original_medicare"), 1) is None
    assert BOOK.review_level(Coverage(None), 1) is None


def test_what_one_may_ask_for_has_a_word():
    assert list(BOOK.askable()) == [
        "claim-file", "codes", "plan-documents", "records", "explanation",
    ]  # fmt: skip
    assert BOOK.request("R.HIPAA").id == BOOK.request(" records ").id == "r.hipaa"
    assert BOOK.request("explanation").id == "c.com.deemed"
    for named in ("", "c.com.app.post.1", "money"):
        with pytest.raises(UserError, match="Choose one of claim-file"):
            BOOK.request(named)


def test_times_are_listed_by_kind_of_plan_and_by_programme():
    assert len(BOOK.matching()) == 53
    assert {clock.id for clock in BOOK.matching("fehb")} >= {"c.fehb.rec", "c.fehb.opm"}
    assert BOOK.matching("erisa_self_funded") == BOOK.matching("erisa_insured")


# ------------------------------------------------------------------------- files in disorder


def parsed(decisions=DECISIONS, requests=REQUESTS) -> ClockBook:
    return parse_clocks(decisions, requests, BOOK.programmes, BOOK.holidays)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"source": " "}, "names no source"),
        ({"source": None}, "cannot be read"),
        ({"sources": []}, "no text is named"),
        ({"sources": ["a text nobody lists"]}, "not listed"),
        ({"verification": "sure"}, "cannot be read"),
        ({"limit": {"amount": None, "unit": "hours"}}, "no time to answer in"),
        ({"limit": {"amount": 3, "unit": "moons"}}, "cannot be read"),
        ({"limit": 60}, "cannot be read"),
        ({"answers": "everything"}, "is none of"),
        ({"care": ["later"]}, "is none of"),
        ({"after": "c.none"}, "cannot be read"),
        ({"variants": [{"speed": 3}]}, "unknown words speed"),
        ({"effective_from": "soon"}, "cannot be read"),
        ({"word": "codes"}, "in two ways"),
        ({"whim": 1}, "unknown words whim"),
        ({"id": "c.com.deemed"}, "there twice"),
        ({"id": "r.codes"}, "there twice"),
    ],
)
def test_a_row_in_disorder_stops_the_program(change, why):
    data = copy.deepcopy(DECISIONS)
    data["clocks"][5] |= change
    with pytest.raises(RulesDataError, match=why):
        parsed(data)


@pytest.mark.parametrize("word", ["source", "sources", "verification", "limit", "starts", "title"])
def test_a_row_that_lacks_a_needed_word_is_refused(word):
    data = copy.deepcopy(REQUESTS)
    del data["clocks"][0][word]
    with pytest.raises(RulesDataError, match=f"lacks {word}"):
        parsed(requests=data)
