"""The evidence list: the core and all kinds of “no” are there, in plain words, with a source."""

from __future__ import annotations

import copy
import re

import pytest

from app.domain.document import KINDS
from app.domain.evidence import _RECORDS
from app.domain.evidence_data import RECORDS, WHEN, parse_evidence
from app.domain.rule_rows import RulesDataError
from app.operations.rules import clock_book
from app.resources import resource_json
from ui.names import DENIAL_REASONS

DATA = resource_json("rules", "evidence.json")
BOOK = parse_evidence(DATA)

CORE = {
    "denial_letter", "appeal_letter", "proof_of_filing", "necessity_letter", "medical_records",
    "treatments", "plan_language", "medical_policy", "studies", "claim_file", "call_log",
    "timeline", "representative_form", "impact_statement", "packet_contents",
}  # fmt: skip
KINDS_OF_NO = {
    "medical_necessity": {"criteria_met", "specialist_letters", "measures", "emergency_visits",
                          "peer_to_peer"},
    "experimental_investigational": {"fda_approval", "trials_and_reviews", "society_statement",
                                     "other_coverage", "standard_failed", "clinical_trial"},
    "out_of_network": {"no_network_provider", "network_gap", "emergency_facts", "surprise_bill",
                       "continuity"},
    "not_covered_benefit": {"exclusion_words", "state_law", "parity"},
    "prior_auth_missing": {"authorization", "who_was_responsible", "emergency_facts",
                           "retro_request", "told_none_needed"},
    "coding_error": {"itemized_bill", "corrected_claim", "right_codes", "codes_request",
                     "codes_valid"},
    "step_therapy": {"fill_history", "contraindication", "step_exception", "stable_now"},
    "timely_filing": {"first_submission", "reason_for_delay", "provider_filed_late"},
    "wellness_vs_medical": {"lab_proof", "treatment_order", "failed_oral",
                            "facility_accreditation", "purpose_statement"},
    "site_of_care": {"why_this_place", "site_policy", "infusion_reactions"},
    "compounded_drug": {"no_commercial_product", "pharmacy_registration",
                        "certificate_of_analysis", "commercial_reactions"},
    "quantity_limit": {"dose_reason", "lower_dose", "fill_history"},
    "level_of_care_or_length_of_stay": {"daily_notes", "concurrent_log"},
    "duplicate_or_coordination": {"other_coverage_dates", "primary_eob", "distinct_service"},
}  # fmt: skip
"""The items of the facts by kind of “no”, under their names here."""


def ids_for(*reasons):
    some = frozenset(reasons)
    return {item.id for item in BOOK.items.values() if item.needed_when(some)}


def test_every_appeal_has_the_core_list():
    assert ids_for() >= CORE
    assert {item.id for item in BOOK.items.values() if not item.denials} == ids_for()


@pytest.mark.parametrize("kind", KINDS_OF_NO)
def test_every_kind_of_no_has_its_own_items(kind):
    assert ids_for(kind) >= CORE | KINDS_OF_NO[kind]


def test_the_kinds_of_no_are_those_that_the_program_names():
    assert set(KINDS_OF_NO) == set(BOOK.notes) == set(DENIAL_REASONS)


@pytest.mark.parametrize("item", BOOK.items.values(), ids=lambda each: each.id)
def test_each_item_says_in_one_plain_sentence_why_it_helps(item):
    assert re.fullmatch(r"[A-Z“].*[.]", item.why)
    assert not re.search(r"[.!?] [A-Z]", item.why), "one sentence"
    assert len(item.why.split()) <= 22
    assert len(item.text) <= 75
    assert len(item.title) <= 50
    assert not re.search(r"\b(?:you|your)\b", item.title, re.IGNORECASE), "others read it too"
    assert not item.text.endswith(".")
    assert item.source
    assert item.verification.may_name_number


def test_each_item_can_be_ticked_by_known_papers_and_records_only():
    assert set(_RECORDS) == RECORDS
    for item in BOOK.items.values():
        assert item.papers <= set(KINDS)
        assert item.when in WHEN


def test_what_can_be_requested_names_a_rule_of_its_time():
    named = {item.request for item in BOOK.items.values() if item.request}
    assert named == set(clock_book().requests)


def test_a_law_that_an_item_rests_on_has_its_own_mark():
    laws = {item.id: item for item in BOOK.items.values() if item.law}
    assert laws["claim_file"].law_verification == "P26"
    assert "147.136(b)(2)(ii)(E)(2)" in laws["codes_request"].law
    assert BOOK.notes["timely_filing"][0].source == "42 CFR 424.44(b)"


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("medical_necessity", "medical_necessity"),
        ("Medical Necessity", "medical_necessity"),
        ("not medically necessary", "medical_necessity"),
        ("Experimental", "experimental_investigational"),
        ("step-therapy", "step_therapy"),
        ("something else", None),
        ("", None),
    ],
)
def test_a_kind_of_no_is_known_by_several_names(word, kind):
    assert BOOK.kind_of(word) == kind


def spoiled(**changes):
    data = copy.deepcopy(DATA)
    data["rows"][1] |= changes
    return data


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"source": " "}, "names no source"),
        ({"sources": ["hearsay"]}, "not listed: hearsay"),
        ({"id": "denial_letter"}, "denial_letter is there twice"),
        ({"papers": ["postcard"]}, "“papers” what nobody knows: postcard"),
        ({"for": ["bad_luck"]}, "“for” what nobody knows: bad_luck"),
        ({"also": ["bad_luck"]}, "“also” what nobody knows: bad_luck"),
        ({"records": ["dreams"]}, "“records” what nobody knows: dreams"),
        ({"when": "sometimes"}, "does not say what, why or when"),
        ({"title": " "}, "does not say what, why or when"),
        ({"why": ""}, "does not say what, why or when"),
        ({"hint": ""}, "unknown words hint"),
        ({"verification": "sure"}, "cannot be read"),
        ({"law": "29 CFR 2560", "law_verification": "sure"}, "cannot be read"),
    ],
)
def test_a_slip_in_the_list_is_refused(changes, words):
    with pytest.raises(RulesDataError, match=re.escape(words)):
        parse_evidence(spoiled(**changes))


def test_two_kinds_of_no_with_one_name_are_refused():
    data = copy.deepcopy(DATA)
    data["kinds"]["step_therapy"]["aliases"].append("late")
    with pytest.raises(RulesDataError, match="“late” means two kinds"):
        parse_evidence(data)
