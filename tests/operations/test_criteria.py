"""The points to answer: their words with a place, the facts, the proof, and their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.errors import UserError
from app.domain.fact import Fact, KindRead, Sifted
from app.domain.sifted_form import pack_sifted
from app.jobs import Silent
from app.operations import criteria, trash
from app.operations.claims import open_claim
from app.operations.code_check import check_codes
from app.operations.denials import DenialAnswer, record_denial
from app.operations.facts import SaidValue, say_facts
from app.operations.intake import Filing, add_papers
from app.operations.notice_check import check_notice
from app.operations.people import add_plan
from app.storage.derived import Sifting
from app.storage.queries.evidence import criteria_of
from app.storage.queries.papers import document_parts

REASON = "The records do not show that the care is medically necessary."


@pytest.fixture
def claim(binder):
    plan = add_plan(binder, "Harbor Mutual", program="employer", funding="self")
    return open_claim(binder, "Saline infusions", plan_id=plan.id, service_on=date(2026, 8, 3))


@pytest.fixture
def add(binder, paper, claim):
    def make(kind, name, *, claim_id=claim.id):
        (row,) = add_papers(
            binder, [paper(name)], Silent(), filing=Filing(claim_id=claim_id, kind=kind)
        )
        return row.document_id

    return make


@pytest.fixture
def letter(add):
    return add("denial", "denial.txt")


@pytest.fixture
def denial(binder, book, claim, letter):
    answer = DenialAnswer(document_id=letter, notice_on=date(2026, 11, 2), reason=REASON)
    return record_denial(binder, book, claim.id, answer, confirmed=True).denial


def sift(binder, document_id, *facts):
    """Let the reader have found these facts in a paper."""
    found = Sifted(KindRead("denial", 0.9), tuple(facts))
    made_of = " ".join(part.sha256 for part in binder.ask(document_parts, document_id))
    with binder.deriving("Reading") as derived:
        derived.keep_sifting(Sifting(document_id, made_of, 1, pack_sifted(found), ()))


def fact(name, value, text):
    return Fact(name=name, value=value, text=text, page=1, boxes=((0.1, 0.1, 0.9, 0.2),), score=0.9)


def quotes(binder, denial):
    return [point.quote for point in binder.ask(criteria_of, denial.id)]


def test_a_point_has_its_place_its_facts_and_its_proof(binder, denial, add):
    policy, note = add("medical_policy", "policy.txt"), add("medical_record", "visit.txt")
    made = criteria.add_point(
        binder, denial.id, "  Tried oral salt\n for three months. ", source_document_id=policy,
        answer="From March to July.", proofs=[(note, 1), (note, 1), (policy, None)],
    )  # fmt: skip
    (point,) = binder.ask(criteria_of, denial.id)
    assert (point.id, point.quote) == (made.id, "Tried oral salt for three months.")
    assert (point.source, point.kind, point.is_answered) == ("policy.txt", "criterion", True)
    assert [(one.document, one.page) for one in point.proofs] == [
        ("policy.txt", None), ("visit.txt", 1),
    ]  # fmt: skip
    binder.undo()
    assert quotes(binder, denial) == []


def test_a_point_without_facts_or_without_a_paper_is_open(binder, denial, add):
    note = add("medical_record", "visit.txt")
    criteria.add_point(binder, denial.id, "One", answer="Facts alone.")
    criteria.add_point(binder, denial.id, "Two", proofs=[(note, None)])
    assert [each.is_answered for each in binder.ask(criteria_of, denial.id)] == [False, False]


def test_papers_in_the_trash_prove_nothing_and_are_no_source(binder, denial, add):
    policy, note = add("medical_policy", "policy.txt"), add("medical_record", "visit.txt")
    criteria.add_point(
        binder, denial.id, "One", source_document_id=policy, answer="Facts.", proofs=[(note, None)]
    )
    trash.put_in_trash(binder, [("document", policy), ("document", note)])
    (point,) = binder.ask(criteria_of, denial.id)
    assert (point.source_document_id, point.proofs, point.is_answered) == (None, (), False)


def test_points_move_and_close_up_when_one_goes(binder, denial):
    one, two, three = (criteria.add_point(binder, denial.id, word) for word in ("A", "B", "C"))
    criteria.move_point(binder, three.id, 1)
    assert quotes(binder, denial) == ["C", "A", "B"]
    criteria.move_point(binder, three.id, 99)
    assert quotes(binder, denial) == ["A", "B", "C"]
    criteria.remove_point(binder, two.id)
    assert quotes(binder, denial) == ["A", "C"]
    assert [point.position for point in binder.ask(criteria_of, denial.id)] == [1, 2]
    binder.undo()
    assert quotes(binder, denial) == ["A", "B", "C"]
    assert one.position == 1


def test_changing_a_point_keeps_what_is_not_named(binder, denial, add):
    note = add("medical_record", "visit.txt")
    made = criteria.add_point(binder, denial.id, "A", answer="Facts.", proofs=[(note, None)])
    criteria.change_point(binder, made.id, quote="B")
    (point,) = binder.ask(criteria_of, denial.id)
    assert (point.quote, point.answer, len(point.proofs)) == ("B", "Facts.", 1)
    criteria.change_point(binder, made.id, proofs=())
    assert binder.ask(criteria_of, denial.id)[0].proofs == ()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"quote": " "}, "Write down their words"),
        ({"kind": "wish"}, "Say whether it is a reason"),
        ({"source_page": 2}, "A page needs its paper"),
        ({"answer": "x" * 5000}, "very long"),
        ({"source_document_id": "nothing"}, "There is no paper"),
    ],
)
def test_a_point_that_cannot_be_is_refused(binder, denial, given, words):
    given = {"quote": "A point", **given}
    with pytest.raises(UserError, match=words):
        criteria.add_point(binder, denial.id, given.pop("quote"), **given)
    assert quotes(binder, denial) == []


def test_a_paper_that_would_not_be_in_the_packet_proves_nothing(binder, denial, add):
    other = add("study", "other.txt", claim_id=open_claim(binder, "Knee scan").id)
    with pytest.raises(UserError, match="not filed under this claim"):
        criteria.add_point(binder, denial.id, "A", proofs=[(other, None)])


def test_reasons_come_from_the_denial_and_from_words_that_a_person_confirmed(
    binder, denial, letter
):
    said = "your plan requires oral therapy first"
    sift(binder, letter, fact("denial_reason", "step_therapy", said))
    assert [each.quote for each in criteria.suggested_reasons(binder, denial.id)] == [REASON]
    say_facts(
        binder, letter, [SaidValue(name="denial_reason", value="step_therapy",
                                   read_as="step_therapy", words=said, page=1)]
    )  # fmt: skip
    found = criteria.suggested_reasons(binder, denial.id)
    assert [(each.quote, each.page) for each in found] == [(REASON, None), (said, 1)]
    assert quotes(binder, denial) == []
    assert criteria.add_reasons(binder, denial.id, found) == 2
    assert criteria.suggested_reasons(binder, denial.id) == ()
    assert [each.kind for each in binder.ask(criteria_of, denial.id)] == ["reason", "reason"]
    binder.undo()
    assert quotes(binder, denial) == []


def test_what_the_letter_should_say_comes_with_its_law_unless_a_person_has_found_it(
    binder, denial, letter
):
    assert not check_notice(binder, denial.id).was_read
    sift(
        binder, letter,
        fact("missing_from_notice", "n.procedures", "Dear Rosa"),
        fact("missing_from_notice", "n.language", "Dear Rosa"),
        fact("missing_from_notice", "no.such", "Dear Rosa"),
    )  # fmt: skip
    found = check_notice(binder, denial.id)
    assert found.was_read
    assert [item.id for item in found.missing] == ["n.procedures", "n.language"]
    assert found.missing[0].source == "29 CFR 2560.503-1(g)(1)(iv)"
    say_facts(
        binder, letter,
        [SaidValue(name="missing_from_notice", value="", read_as="n.procedures")],
    )  # fmt: skip
    assert [item.id for item in check_notice(binder, denial.id).missing] == ["n.language"]


def test_a_law_that_does_not_hold_for_the_plan_is_left_out(binder, denial, letter, claim):
    sift(binder, letter, fact("missing_from_notice", "n.procedures", "Dear Rosa"))
    with binder.operation("Other plan") as work:
        plan = work.plans.get(claim.plan_id)
        work.plans.save(replace(plan, program="original_medicare", funding=None))
    assert check_notice(binder, denial.id).missing == ()


def test_codes_of_the_claim_and_confirmed_ones_of_its_papers_are_looked_through(
    binder, claim, letter
):
    with binder.operation("Codes") as work:
        work.claims.save(replace(claim, diagnosis_codes="G90.A, G93.3", service_codes="J703"))
    sift(binder, letter, fact("icd10", "G43.9", "G43.9"), fact("icd10", "E11", "E11"))
    say_facts(
        binder, letter,
        [
            SaidValue(name="icd10", value="G43.9", read_as="G43.9", words="G43.9", page=1),
            SaidValue(name="icd10", value="G93.3", words="G93.3"),
            SaidValue(name="procedure", value="96360"),
        ],
    )  # fmt: skip
    found = check_codes(binder, claim.id)
    assert [(each.problem.code, each.document, each.page) for each in found] == [
        ("G93.3", "", None), ("J703", "", None), ("G43.9", "denial.txt", 1),
        ("E11", "denial.txt", 1),
    ]  # fmt: skip
    assert {each.on for each in found} == {date(2026, 8, 3)}


def test_codes_that_were_only_read_count_in_papers_about_this_care_if_read_surely(
    binder, claim, letter, add
):
    unsure = replace(fact("icd10", "E11", "E11"), score=0.5)
    sift(binder, letter, fact("icd10", "G43.9", "G43.9"), unsure)
    sift(binder, add("medical_policy", "policy.txt"), fact("icd10", "G93.3", "G93.3"))
    found = check_codes(binder, claim.id)
    assert [(each.problem.code, each.is_confirmed) for each in found] == [("G43.9", False)]
    say_facts(binder, letter, [SaidValue(name="icd10", value="", read_as="G43.9")])
    assert check_codes(binder, claim.id) == ()


def test_the_day_of_the_care_on_a_paper_goes_before_that_of_the_claim(binder, claim, letter):
    say_facts(
        binder, letter,
        [
            SaidValue(name="service_date", value="2021-03-01"),
            SaidValue(name="icd10", value="G93.3"),
        ],
    )  # fmt: skip
    assert check_codes(binder, claim.id) == ()
