"""Letters filled from the record: what is known stands there, what is not is a blank."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.letter_template import ADDRESSEES, BLANK
from app.domain.plan import FUNDINGS, PROGRAMS
from app.domain.saved_bundle import SavedBundle
from app.domain.verification import Verification
from app.jobs import Silent
from app.operations import (
    answers,
    authorizations,
    claims,
    clocks,
    criteria,
    denials,
    people,
    providers,
    representatives,
    sendings,
)
from app.operations.answers import AppealAnswer
from app.operations.denials import DenialAnswer
from app.operations.facts import SaidValue, say_facts
from app.operations.intake import add_papers
from app.operations.letter_law import citations
from app.operations.letters import (
    draft_letter,
    letter_templates,
    status_request,
    template_of,
    useful_letters,
)
from app.resources import resource, resource_json
from app.storage.queries.clocks import claim_denials
from app.storage.queries.records import record
from tests.operations.letter_world import known_world

NOW = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
KINDS = [template.kind for template in letter_templates()]
SENT = date(2026, 9, 1)


@pytest.fixture
def world(binder):
    return known_world(binder)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A known world that is only read, and its binder."""
    with Binder.create(tmp_path_factory.mktemp("letters") / "binder", now=lambda: NOW) as opened:
        yield opened, known_world(opened)


def written(binder, world, kind, **more):
    return draft_letter(binder, world.claim.id, kind, **more).text


def kinds(binder, claim_id):
    return {template.kind for template in useful_letters(binder, claim_id)}


def whats(draft):
    return [blank.what for blank in draft.blanks]


# ----------------------------------------------------------------------- the templates as data


def test_every_letter_can_be_written_when_nothing_is_known(binder):
    claim = claims.open_claim(binder, "Scan")
    for kind in KINDS:
        draft = draft_letter(binder, claim.id, kind)
        assert draft.blanks, "somebody has to be told who writes"
        assert all(blank.what for blank in draft.blanks), "each blank says what belongs there"
        assert "$" not in draft.text
        assert "\n\n\n" not in draft.text
        assert "None" not in draft.text
        assert not re.search(r"\d+ (CFR|U\.S\.C\.)", draft.text), "no law without a plan"


def test_every_letter_has_its_words():
    for template in letter_templates():
        assert template.to in ADDRESSEES
        assert template.about.endswith(".")
        assert template.useful


def test_letters_are_read_with_eight_years_of_school():
    for template in letter_templates():
        lines = (re.sub(r"^[?!][a-z_]+ ", "", line) for line in template.lines)
        said = "\n".join(line for line in lines if not re.search(r": \$\w+$", line))
        assert school_years(re.sub(r"\$\{?[a-z_]+\}?|_{8,}( \[[^\]]*\])?", "", said)) < 8
        assert school_years(template.about) < 8


def school_years(text):
    """The Flesch-Kincaid grade of a text."""
    sentences = [each for each in re.split(r"(?<=[.!?:])\s+|\n+", text) if re.search("[a-z]", each)]
    words = re.findall(r"[A-Za-z']+", text)
    heard = sum(max(1, len(re.findall("[aeiouy]+", word.lower()))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * heard / len(words) - 15.59


def test_each_blank_of_the_templates_has_a_name():
    names = resource_json("letters", "blanks.json")["names"]
    own = {"today", "subject", "sent", "due"}
    for template in letter_templates():
        for line in template.lines:
            condition = re.match(r"\?([a-z_]+) ", line)
            used = set(re.findall(r"\$\{?([a-z_]+)", line)) - own - {condition and condition[1]}
            assert {name for name in used if not name.startswith(("law_", "of_"))} <= set(names)


def test_what_a_letter_asks_for_is_something_that_can_be_asked_for():
    askable = clocks.clock_book().askable()
    asked = {template.asks for template in letter_templates()} - {""}
    assert asked == {"claim-file", "plan-documents", "codes", "records", "explanation"}
    assert asked <= set(askable)


def test_only_law_that_was_read_is_cited():
    for citation in citations():
        assert citation.verification.computes, citation
        assert citation.programs <= set(PROGRAMS)
        assert citation.funding <= set(FUNDINGS)
    known = resource_json("letters", "law.json")
    assert all(source in known["sources"] for row in known["rows"] for source in row["sources"])
    names = {citation.name for citation in citations()} | {"law_review", "law_late"}
    used = {name for each in letter_templates() for name in each.names if name.startswith("law_")}
    assert used <= names
    assert Verification.M_HIGH not in {citation.verification for citation in citations()}


def test_a_file_beside_the_letters_is_no_letter(binder):
    assert {path.stem for path in resource("letters").glob("*.txt")} == set(KINDS)
    with pytest.raises(UserError, match="claim_file"):
        template_of("status_call")
    assert template_of("Claim-File").kind == "claim_file"


# ----------------------------------------------------------------------- filled from the record


def test_an_appeal_holds_all_that_is_known(house):
    binder, world = house
    text = written(binder, world, "appeal")
    for known in (
        "Rosa Alvarez\n12 Quarry Road\nMillbrook, OH 43000\nPhone: 555-0111",
        "Harbor Mutual\nP.O. Box 5500\nPort Lorain, OH 43000\nBy fax: 555-0143",
        "November 21, 2026", "Member ID: HM-1", "Group number: G-7", "Claim number: 2026-77",
        "Reference numbers: PA-9", "Date of birth: February 3, 1960", "Saline infusions",
        "Provider: Dr. Ann Osei, NPI 1234567893", "Service codes: 96360, J7030",
        "Diagnosis codes: G90.A", "Your letter of: August 3, 2026",
        "“The infusions are not medically necessary.”", "What I ask for: Approve 12 infusions.",
        "1. “Two oral drugs have failed.”\nBoth failed.",
        f"2. “A tilt table test is on file.”\n{BLANK} [your answer to this point]",
        "• Fludrocortisone, 0.1 mg, by mouth, January 2025 to April 2025. It had no effect.\n• Mid",
        "• Midodrine, by mouth, from May 2025. There was a reaction: rash.",
        "This is a request for: Appeal to the plan (internal appeal)",
    ):  # fmt: skip
        assert known in text
    assert whats(draft_letter(binder, world.claim.id, "appeal")) == [
        "your answer to this point",
        "list of what you enclose",
    ]


def test_what_this_appeal_asks_for_goes_before_what_the_claim_asks_for(binder, world):
    with binder.operation("Say what is asked") as work:
        work.denials.save(replace(work.denials.get(world.denial.id), asks="Approve the rest."))
    assert "What I ask for: Approve the rest." in written(binder, world, "appeal")


def test_enclosures_are_those_that_are_named(house):
    binder, world = house
    text = written(binder, world, "appeal", enclosures=["Denial letter", "Lab\nresult"])
    assert "Enclosed:\n\n1. Denial letter\n2. Lab result\n" in text
    assert "[list of what you enclose]" not in text


def test_without_names_the_newest_bundle_is_what_goes_along(binder, world):
    exhibits = [{"letter": "A", "title": "Denial letter"}, {"title": "Photo"}, {"letter": "C"}]
    with binder.operation("Make a bundle") as work:
        work.saved_bundles.add(
            SavedBundle(id="b", claim_id=world.claim.id, title="Appeal",
                        exhibits=json.dumps(exhibits), made_at=binder.now())
        )  # fmt: skip
    assert "1. Exhibit A: Denial letter\n2. Photo\n" in written(binder, world, "appeal")


def test_a_doctor_gets_the_points_to_answer(house):
    binder, world = house
    text = written(binder, world, "doctor_letter")
    assert "Dr. Ann Osei\n4 Mill Lane\nMillbrook, OH 43000\nBy fax: 555-0122" in text
    assert "1. The plan writes: “Two oral drugs have failed.”" in text
    for question in resource_json("letters", "points.json")["points"]["medical_necessity"]:
        assert question in text
    assert "• Midodrine" in text
    assert "The last day for the appeal is February 2, 2027." in text
    assert "CFR" not in text


def test_a_letter_may_go_to_another_doctor(binder, world):
    other = providers.add_provider(binder, "Dr. Lee Park", address="9 Elm Street")
    text = written(binder, world, "doctor_letter", addressed_id=other.id)
    assert "Dear Dr. Lee Park," in text
    assert "9 Elm Street" in text
    with pytest.raises(UserError, match="no provider"):
        draft_letter(binder, world.claim.id, "doctor_letter", addressed_id="nobody")


def test_what_the_doctor_signs_comes_from_the_doctor(house):
    binder, world = house
    text = written(binder, world, "doctor_urgency")
    assert text.startswith("Dr. Ann Osei\nMD, neurology\n4 Mill Lane")
    assert "NPI: 1234567893" in text
    assert text.count("☐") == 3
    assert "Name: Dr. Ann Osei" in text


def test_a_reason_that_was_only_quoted_point_by_point_is_the_reason(binder, book):
    claim = claims.open_claim(binder, "Scan")
    denial = denials.record_denial(
        binder, book, claim.id, DenialAnswer(notice_on=date(2026, 8, 3)), confirmed=True
    ).denial
    criteria.add_point(binder, denial.id, quote="“Not proven.”", kind="reason")
    assert "“Not proven.”" in draft_letter(binder, claim.id, "medical_policy").text


def test_words_and_numbers_that_were_confirmed_on_the_letter_are_told(binder, book, paper):
    claim = claims.open_claim(binder, "Scan")
    (document,) = add_papers_of(binder, paper("denial.txt"))
    answer = DenialAnswer(notice_on=date(2026, 8, 3), document_id=document)
    denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    said = [
        SaidValue(name="denial_reason", value="other", words="Not proven\nto work.", page=1),
        SaidValue(name="reference_number", value="REF-5", words="REF-5", page=1),
    ]
    say_facts(binder, document, said)
    text = draft_letter(binder, claim.id, "medical_policy").text
    assert "“Not proven to work.”" in text
    assert "Reference numbers: REF-5" in text


def test_harm_and_running_treatment_are_said_only_where_they_are_known(binder, book):
    world = known_world(binder)
    assert "FAST" not in written(binder, world, "appeal")
    assert "running now" not in written(binder, world, "appeal")
    answer = replace(
        denials.answer_of(world.denial), urgent="yes", continuing="yes",
        action_on=date(2026, 12, 1),
    )  # fmt: skip
    denials.change_denial(binder, book, world.denial.id, answer, confirmed=True)
    text = written(binder, world, "appeal")
    assert "FAST (EXPEDITED) APPEAL" in text
    assert "(29 CFR 2560.503-1(h)(3)(vi))" in text
    assert "The treatment is running now." in text
    assert "from this day on: December 1, 2026" in written(binder, world, "keep_care")


def test_a_second_appeal_tells_what_went_before_and_what_is_new(binder, book, world):
    sendings.record_sending(binder, world.claim.id, SENT, denial_id=world.denial.id)
    answered = answers.record_answer(
        binder, book, world.denial.id,
        AppealAnswer(outcome="upheld", on=date(2026, 10, 26), reason="Still no."),
    )  # fmt: skip
    text = written(binder, world, "second_appeal")
    assert "You first said no on August 3, 2026." in text
    assert "I appealed on September 1, 2026." in text
    assert "You said no again on October 26, 2026." in text
    assert "“Still no.”" in text
    assert "[what is new: a letter, a test result, a study]" in text
    assert "second_appeal" in kinds(binder, world.claim.id)
    older = draft_letter(binder, world.claim.id, "appeal", world.denial.id).text
    assert "Your letter of: August 3, 2026" in older
    follows = answered.follows.denial
    with binder.operation("Say what is new") as work:
        work.denials.save(replace(work.denials.get(follows.id), news="A tilt table test."))
    assert "since the first appeal: A tilt table test." in written(binder, world, "second_appeal")
    told = written(binder, world, "regulator")
    assert (
        "• August 3, 2026: The company said no.\n• September 1, 2026: An appeal was sent.\n"
        "• October 26, 2026: The company said no to the appeal." in told
    )


def test_payments_are_summed_and_a_refund_names_only_its_provider(binder, world):
    assert "• Together: $200.50" in written(binder, world, "reprocess")
    refund = written(binder, world, "refund")
    assert "• August 10, 2026: $120.00 to Dr. Ann Osei" in refund
    claim = replace(world.claim, provider_id=None, provider="Somebody else")
    claims.change_claim(binder, claim)
    assert "[what was paid, on which day, and how much]" in written(binder, world, "refund")


def test_the_newest_approval_is_what_was_approved(binder, world):
    text = written(binder, world, "reprocess")
    assert (
        "Your decision: number PA-9, Infusions, 6 infusions, from September 1, 2026 until "
        "December 31, 2026" in text
    )
    authorizations.add_authorization(
        binder, "Infusions", claim_id=world.claim.id, number="PA-10", status="denied"
    )
    assert "Your decision: number PA-9" in written(binder, world, "reprocess")


def test_an_employer_learns_nothing_about_the_care(house):
    binder, world = house
    text = written(binder, world, "plan_documents")
    for private in ("Saline", "G90", "96360", "February 3, 1960", "necessary"):
        assert private not in text


# ----------------------------------------------------------------------- who writes


def test_a_helper_with_a_form_signs_unless_the_patient_writes(binder, world, paper):
    (form,) = add_papers_of(binder, paper("form.txt"))
    ann = people.add_person(binder, "Ann Lee", relation="helper")
    representatives.add_representative(
        binder, world.claim.person_id, "Ann Lee", helper_id=ann.id, relation="daughter",
        document_id=form, signed_on=date(2026, 5, 1), accepted_on=date(2026, 5, 2),
        sent_on=date(2026, 5, 4), address="3 Oak Lane", phone="555-0177",
    )  # fmt: skip
    text = written(binder, world, "claim_file")
    assert text.startswith("Ann Lee\nAuthorized representative of Rosa Alvarez\n3 Oak Lane")
    assert "I act for the patient." in text
    assert "of May 2, 2026, allows it. It was sent to you on May 4, 2026." in text
    assert "Name: Ann Lee\nAuthorized representative of Rosa Alvarez" in text
    assert "sent to you" not in written(binder, world, "doctor_letter")
    binder.author_id = world.claim.person_id
    text = written(binder, world, "claim_file")
    assert text.startswith("Rosa Alvarez\n12 Quarry Road")
    assert "You may also speak with Ann Lee (daughter), phone 555-0177." in text
    assert "Name: Rosa Alvarez" in text


def test_a_helper_without_signatures_is_offered_for_the_form_only(binder, world):
    representatives.add_representative(
        binder, world.claim.person_id, "Ann Lee", relation="daughter", phone="555-0177"
    )
    assert "Ann Lee" not in written(binder, world, "claim_file")
    form = written(binder, world, "helper")
    assert "Name: Ann Lee\nRelation to the patient: daughter" in form
    assert form.count("Signature:") == 2


def test_for_a_child_a_parent_signs(binder, world):
    child = people.add_person(binder, "Mia", relation="dependent", born_on=date(2015, 1, 1))
    claims.change_claim(binder, replace(world.claim, person_id=child.id))
    text = written(binder, world, "claim_file")
    assert f"Name: {BLANK} [name of who signs]\nParent or guardian of Mia" in text
    assert "Parent or guardian who signs:" in written(binder, world, "helper")


# ----------------------------------------------------------------------- where does it stand


def test_the_status_letter_of_a_claim_is_that_of_its_newest_wait(binder, world):
    clocks.ask_for(binder, world.claim.id, "claim-file", date(2026, 10, 1))
    text = written(binder, world, "status_request")
    assert "On October 1, 2026 I asked for:" in text
    sent = sendings.record_sending(
        binder, world.claim.id, SENT, denial_id=world.denial.id, way="fax"
    )
    text = written(binder, world, "status_request")
    assert "On September 1, 2026 the appeal was sent to you by fax." in text
    assert text == status_request(binder, sent.clock.id).letter
    assert "Phone: 555-0111" in text


def test_denials_of_another_claim_are_refused(binder, world):
    other = claims.open_claim(binder, "Scan")
    with pytest.raises(UserError, match="another claim"):
        draft_letter(binder, other.id, "appeal", world.denial.id)
    with pytest.raises(UserError, match="no claim"):
        draft_letter(binder, "nothing", "appeal")
    assert binder.ask(claim_denials, other.id) == ()
    assert binder.ask(record, "letter", "x") is None


def add_papers_of(binder, *paths):
    return [row.document_id for row in add_papers(binder, list(paths), Silent())]
