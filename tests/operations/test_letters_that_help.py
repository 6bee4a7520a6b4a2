"""What letters cite, by the plan, and which of them help at a stage of a denial."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.binder import Binder
from app.operations import answers, claims, sendings
from app.operations.answers import AppealAnswer
from app.operations.letter_case import letter_case
from app.operations.letter_law import law_words
from app.operations.letters import draft_letter, useful_letters
from tests.operations.letter_world import known_world

NOW = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
SENT = date(2026, 9, 1)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A known world that is only read, and its binder."""
    with Binder.create(tmp_path_factory.mktemp("letters") / "binder", now=lambda: NOW) as opened:
        yield opened, known_world(opened)


def written(binder, world, kind, **more):
    return draft_letter(binder, world.claim.id, kind, **more).text


def kinds(binder, claim_id):
    return {template.kind for template in useful_letters(binder, claim_id)}


# ----------------------------------------------------------------------- law, by the plan


def cited(house, **plan):
    """What a letter cites, were the plan another."""
    binder, world = house
    case = letter_case(binder, world.claim.id)
    assert case.plan is not None
    other = replace(case.known, plan=replace(case.plan, **plan))
    return law_words(replace(case, known=other))


def test_the_right_to_the_claim_file_is_cited_where_it_surely_holds(house):
    for plan, law in (
        ({"program": "employer"}, " (29 CFR 2560.503-1(h)(2)(iii), (m)(8))"),
        ({"program": "marketplace", "funding": None}, "45 CFR 147.136(b)(3)(i)"),
        ({"program": "church", "funding": "insured"}, "45 CFR 147.136(b)(2)(i)"),
    ):
        assert law in cited(house, **plan)["law_claim_file"]


def test_where_no_law_was_read_none_is_cited(house):
    for program in ("unknown", "medicaid_ffs", "grandfathered", "tricare", "other"):
        assert cited(house, program=program, funding=None).keys() <= {"law_review", "law_late"}
    assert "law_claim_file" not in cited(house, program="church", funding=None)
    assert "law_claim_file" not in cited(house, program="medicaid_managed_care", funding=None)


def test_a_late_appeal_cites_good_cause_where_the_program_has_it(binder):
    world = known_world(binder, program="original_medicare", funding=None)
    assert "(42 CFR 405.942(b))" in written(binder, world, "late_filing")


def test_an_outside_review_cites_its_rule_only_at_its_level(binder, book):
    world = known_world(binder)
    assert "CFR 147.136(d)" not in written(binder, world, "external_review")
    with binder.operation("The last no") as work:
        work.denials.save(replace(work.denials.get(world.denial.id), level=3))
    text = written(binder, world, "external_review")
    assert "somebody outside of the plan. (45 CFR 147.136(d)(2)(i)" in text
    assert "This is a request for: Outside review (federal external review)" in text
    assert "external_review" in kinds(binder, world.claim.id)


# ----------------------------------------------------------------------- what helps now


def test_letters_that_help_now_follow_where_the_denial_stands(binder, book, clock):
    empty = claims.open_claim(binder, "Scan")
    assert useful_letters(binder, empty.id) == ()
    world = known_world(binder)
    first = kinds(binder, world.claim.id)
    assert {"claim_file", "appeal", "doctor_letter", "peer_to_peer", "plan_documents"} <= first
    assert not {"second_appeal", "reprocess", "late_filing", "keep_care", "status_request"} & first
    clock.pass_by(days=90)
    assert "late_filing" in kinds(binder, world.claim.id)
    sendings.record_sending(binder, world.claim.id, SENT, denial_id=world.denial.id)
    waiting = kinds(binder, world.claim.id)
    assert {"status_request", "explanation", "helper"} <= waiting
    assert "appeal" not in waiting
    answers.record_answer(
        binder, book, world.denial.id, AppealAnswer(outcome="overturned", on=date(2026, 12, 1))
    )
    assert kinds(binder, world.claim.id) == {"reprocess", "refund"}


def test_a_complaint_to_the_state_is_for_plans_of_an_insurer(binder, book):
    for funding, helps in (("self", False), ("insured", True), (None, True)):
        world = known_world(binder, funding=funding)
        sendings.record_sending(binder, world.claim.id, SENT, denial_id=world.denial.id)
        assert ("regulator" in kinds(binder, world.claim.id)) is helps
    medicare = known_world(binder, program="medicare_advantage", funding=None)
    assert "plan_documents" not in kinds(binder, medicare.claim.id)
