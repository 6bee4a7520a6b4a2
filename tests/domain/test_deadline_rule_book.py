"""Finding a rule by its name, by programme and state, and by a person's plan."""

from __future__ import annotations

import itertools

import pytest

from app.domain.due_facts import CannotSay
from app.domain.errors import UserError
from app.domain.plan import PROGRAMS, STATES
from app.domain.programmes import Coverage
from tests.domain.deadline_data import BOOK, RULES


def answer(program, level=1, **known):
    result = BOOK.rules_for(Coverage(program, **known), level)
    return result if isinstance(result, CannotSay) else [rule.id for rule in result]


@pytest.mark.parametrize("name", ["state.OH", "STATE.oh", " state.OH "])
def test_a_rule_is_found_in_any_case_of_letters(name):
    assert BOOK.get(name).id == "state.OH"


@pytest.mark.parametrize("name", ["state", "state_external_review"])
def test_the_rule_of_a_state_is_found_by_the_state(name):
    assert BOOK.get(name, "oh").id == "state.OH"
    with pytest.raises(UserError):
        BOOK.get(name)


def test_an_unknown_rule_names_those_that_are_spelled_alike():
    with pytest.raises(UserError) as refused:
        BOOK.get("com.internal.grup")
    assert "com.internal.grup" in str(refused.value)
    assert "com.internal.group" in refused.value.ask
    with pytest.raises(UserError) as refused:
        BOOK.get("xyzzy")
    assert refused.value.ask == "Which rule of the list do you mean?"


def test_an_unknown_programme_is_refused():
    with pytest.raises(UserError, match="no kind of plan"):
        BOOK.programs("employed")


def test_programmes_by_funding():
    table = BOOK.programmes
    assert "erisa_insured" not in table.programs("employer", "self")
    assert table.programs("employer") >= table.programs("employer", "insured")
    assert table.programs("part_d", "insured") == {"part_d"}


@pytest.mark.parametrize("funding", [None, "self", "insured"])
def test_the_first_appeal_to_an_employers_plan_does_not_ask_who_pays(funding):
    assert answer("employer", funding=funding)[0] == "com.internal.group"


@pytest.mark.parametrize(
    ("program", "level", "known", "rules"),
    [
        ("individual", 1, {}, ["com.internal.individual", "com.concurrent.extend"]),
        ("marketplace", 1, {}, ["com.internal.individual", "com.concurrent.extend"]),
        ("individual", 2, {"state": "oh"}, ["state.OH"]),
        ("employer", 3, {"funding": "self"}, ["com.ext.federal"]),
        ("employer", 3, {"funding": "insured", "state": " oh "}, ["state.OH"]),
        ("nonfed_gov", 3, {"funding": "self"}, ["com.ext.federal"]),
        ("employer", 2, {}, ["com.internal.group.level2"]),
        ("grandfathered", 1, {}, ["other.grandfathered"]),
        ("employer", 1, {"grandfathered": True}, ["other.grandfathered"]),
        (
            "employer",
            1,
            {"grandfathered": False},
            ["com.internal.group", "com.concurrent.extend"],
        ),
        ("original_medicare", 3, {}, ["om.l3"]),
        ("medicare_advantage", 2, {}, ["ma.l2"]),
        ("part_d", 2, {}, ["pd.l2"]),
        ("medicaid_managed_care", 1, {}, ["mcd.mco.appeal", "mcd.mco.continue"]),
        ("pshb", 2, {}, ["fehb.opm"]),
        ("student", 1, {"funding": "insured"}, ["com.internal.individual"]),
        ("chip", 1, {}, ["chip.review"]),
        ("workers_comp", 1, {}, ["other.workcomp"]),
        ("employer", 4, {}, ["com.court"]),
        ("tricare", 2, {"reason": "medical_necessity"}, ["tri.tqmc"]),
        ("tricare", 2, {"reason": "timely_filing"}, ["tri.formal"]),
        ("individual", 3, {"state": "FL"}, ["state.FL", "com.ext.federal"]),
        ("employer", 3, {"funding": "insured", "state": "AL"}, ["state.AL", "com.ext.federal"]),
    ],
)
def test_a_plan_leads_to_its_rule(program, level, known, rules):
    assert answer(program, level, **known) == rules


@pytest.mark.parametrize(
    ("program", "level", "known", "asks"),
    [
        (None, 1, {}, "What kind of plan"),
        ("unknown", 1, {}, "What kind of plan"),
        ("other", 1, {}, "What kind of plan"),
        ("nonsense", 1, {}, "What kind of plan"),
        ("individual", 1, {"grandfathered": True}, "How long does the letter give"),
        ("student", 1, {}, "Does the school pay the claims"),
        ("student", 3, {"state": "OH"}, "Does the school pay the claims"),
        ("church", 3, {"funding": "both"}, "Does the church pay the claims"),
        ("employer", 3, {}, "self-funded"),
        ("employer", 3, {"state": "OH"}, "self-funded"),
        ("employer", 3, {"funding": "both"}, "self-funded"),
        ("employer", 3, {"funding": "insured"}, "In which state"),
        ("employer", 3, {"funding": "insured", "state": " "}, "In which state"),
        ("employer", 3, {"funding": "insured", "state": "PR"}, "In which state"),
        ("individual", 3, {}, "In which state"),
        ("employer", 5, {"funding": "self"}, "How long does the letter give"),
        ("employer", 0, {"funding": "self"}, "How long does the letter give"),
        ("grandfathered", 3, {"funding": "self"}, "Does the letter offer"),
        ("church", 3, {"funding": "self"}, "Does the letter offer"),
        ("student", 1, {"funding": "self"}, "How long does the letter give"),
        ("tricare", 2, {}, "not medically needed"),
        ("tricare", 2, {"reason": "experimental_investigational"}, "not medically needed"),
        ("tricare", 2, {"reason": "they just said no"}, "not medically needed"),
    ],
)
def test_what_is_not_known_becomes_the_one_question_that_settles_it(program, level, known, asks):
    result = answer(program, level, **known)
    assert isinstance(result, CannotSay)
    assert asks in result.ask
    assert result.ask.count("?") == 1
    assert result.sentence.endswith(".")


def steps(program, **known):
    return [rule.id for rule in BOOK.steps_for(Coverage(program, **known))]


FOR_ANYBODY = ["nsa.ppdr", "bill.501r", "bill.fdcpa"]


@pytest.mark.parametrize("program", [None, "unknown", "other", "nonsense", "chip", "workers_comp"])
def test_bills_and_debts_may_be_counted_by_anybody(program):
    assert steps(program) == FOR_ANYBODY


def test_steps_counted_by_hand_are_those_of_the_plan_and_then_those_of_anybody():
    medicare = steps("original_medicare")
    assert medicare == [
        "om.qio.hospital",
        "om.qio.services",
        "om.qic.expedited",
        "om.claim.timely",
        *FOR_ANYBODY,
    ]
    assert "mkt.eligibility" in steps("marketplace")
    assert "com.info.request" in steps("employer")
    assert "nsa.external" in steps("employer", grandfathered=True)
    assert steps("individual", grandfathered=True) == FOR_ANYBODY
    assert "ma.grievance" in steps("part_d")


def test_a_step_of_the_federal_review_is_not_offered_where_an_insurance_company_pays():
    assert "com.ext.perfect" in steps("employer", funding="self")
    assert "com.ext.perfect" in steps("employer")
    assert "com.ext.perfect" not in steps("employer", funding="insured")


def test_every_rule_is_reached_by_some_plan():
    reached = set(BOOK.programmes.by_hand)
    reasons = ("medical_necessity", "eligibility")
    for program, funding, state in itertools.product(PROGRAMS, ("self", "insured"), STATES):
        for reason in reasons:
            known = {"funding": funding, "state": state, "reason": reason}
            for level in range(1, 6):
                result = answer(program, level, **known)
                reached.update([] if isinstance(result, CannotSay) else result)
            reached.update(steps(program, **known))
    assert {rule.id for rule in RULES} - reached == {"com.internal.urgent", "other.state_complaint"}


def test_every_plan_level_funding_and_state_leads_to_rules_or_a_question():
    fundings = (None, "self", "insured")
    places = (None, *STATES, "GU")
    for program, funding, state in itertools.product(PROGRAMS, fundings, places):
        for level in range(1, 7):
            result = answer(program, level, funding=funding, state=state)
            if isinstance(result, CannotSay):
                assert result.ask
            else:
                assert result
                assert all(name in BOOK.rules for name in result)
