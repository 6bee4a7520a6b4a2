"""Sentences in which payers state why they do not pay, and sentences that state no reason."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importing.sifting.code_book import is_known_reason
from app.importing.sifting.codes import code_facts
from app.importing.sifting.denial_reasons import denial_reasons
from app.importing.sifting.paper import Paper
from app.resources import resource_json

DATA = resource_json("reading", "denial_reasons.json")

STATED = {
    ("medical_necessity", "not_necessary"): "We denied the scan. It is not medically necessary.",
    ("medical_necessity", "criteria_not_met"): "Denied: the request does not meet our criteria.",
    ("medical_necessity", "not_supported"): "We denied it, as records do not show a need.",
    ("medical_necessity", "spanish"): "Denegamos el pago. No es médicamente necesario.",
    ("experimental_investigational", "experimental"): "Denied. The plan considers it experimental.",
    (
        "experimental_investigational",
        "investigational",
    ): "We deny it because it is investigational.",
    ("experimental_investigational", "unproven"): "Not approved: this use has not been proven.",
    ("experimental_investigational", "spanish"): "Denegamos la terapia porque es experimental.",
    ("out_of_network", "not_in_network"): "The clinic is not in our network, so we cannot pay.",
    ("out_of_network", "spanish"): "No pagamos porque la clínica está fuera de la red.",
    ("not_covered_benefit", "not_a_benefit"): "We denied acupuncture. It is not a covered benefit.",
    ("not_covered_benefit", "excluded"): "We cannot pay. Hearing aids are excluded.",
    ("not_covered_benefit", "not_covered"): "Denied: massage is not covered under your plan.",
    ("not_covered_benefit", "spanish"): "Denegamos la cirugía. No es un beneficio cubierto.",
    ("prior_auth_missing", "no_authorization"): "We paid nothing. No authorization was on file.",
    ("prior_auth_missing", "spanish"): "No pagamos porque no se obtuvo autorización.",
    ("coding_error", "coding"): "Denied. The procedure code is invalid for that date.",
    ("coding_error", "spanish"): "Rechazada: código incorrecto.",
    ("step_therapy", "try_first"): "Not approved. You must first try metformin.",
    ("step_therapy", "spanish"): "No aprobamos la droga. Debe probar primero otra.",
    ("timely_filing", "late"): "The claim was filed too late and is denied.",
    ("timely_filing", "spanish"): "Rechazada: se recibió tarde.",
    ("wellness_vs_medical", "wellness"): "We denied the drips as wellness services.",
    ("wellness_vs_medical", "spanish"): "Denegamos la infusión por ser de bienestar.",
    ("site_of_care", "setting"): "Not approved in a hospital: it can be given at home.",
    ("site_of_care", "spanish"): "No aprobamos el hospital: hay un entorno menos costoso.",
    ("compounded_drug", "compounded"): "Denied. Compounded drugs are excluded by the brochure.",
    ("compounded_drug", "spanish"): "Denegamos el medicamento compuesto.",
    ("quantity_limit", "too_many"): "Denied: this is over the plan's quantity limit.",
    ("quantity_limit", "spanish"): "Denegado porque excede el límite del plan.",
    ("level_of_care_or_length_of_stay", "level"): "Denied: an inpatient level of care was not met.",
    ("level_of_care_or_length_of_stay", "spanish"): "Denegamos el nivel de cuidado pedido.",
    ("duplicate_or_coordination", "duplicate"): "Denied: this is a duplicate of claim 7.",
    ("duplicate_or_coordination", "coordination"): "Denied because Medicare is primary.",
    ("duplicate_or_coordination", "spanish"): "Rechazada: reclamación duplicada.",
    ("missing_information", "missing"): "We must deny it since the records were not received.",
    ("missing_information", "spanish"): "Denegada: no recibimos los documentos.",
    ("eligibility", "not_insured"): "Denied. Your coverage was not in effect that day.",
    ("eligibility", "spanish"): "Denegada porque no tenía cobertura.",
}


def reasons(text: str, kind: str | None = "denial") -> list[str]:
    """The types of the reasons read in a text."""
    paper = Paper.of_text(text)
    return [str(found.value) for found in denial_reasons(paper, kind, code_facts(paper))]


@pytest.mark.parametrize(("group", "text"), STATED.items())
def test_a_stated_reason_gives_its_type(group: tuple[str, str], text: str) -> None:
    assert reasons(text) == [group[0]]


def test_every_group_of_phrases_has_a_sentence() -> None:
    groups = {(of, name) for of, names in DATA["types"].items() for name in names}
    assert groups == STATED.keys()


@pytest.mark.parametrize(
    "text",
    [
        "We denied it. This is not a medical necessity decision.",
        ("If the denial is based on medical necessity or experimental treatment, you may ask for "
        "the clinical judgment free of charge."),
        "Denied. You may appeal decisions that a service is not medically necessary.",
        "We denied this claim. Network providers may not bill you for it.",
        "Denied. Claims may be denied if they are filed too late.",
        "We told you that it was not medically necessary.",
    ],
)  # fmt: skip
def test_rights_rules_and_other_letters_state_no_reason(text: str) -> None:
    assert reasons(text) == []


def test_two_reasons_are_both_given() -> None:
    text = "We denied the drug because it is experimental and no prior authorization was obtained."
    assert set(reasons(text)) == {"experimental_investigational", "prior_auth_missing"}


def test_not_covered_beside_a_nearer_reason_is_no_reason_of_its_own() -> None:
    text = "It is investigational and so it is excluded. We deny the request."
    assert reasons(text) == ["experimental_investigational"]


def test_the_span_holds_the_words_that_state_the_reason() -> None:
    paper = Paper.of_text("We denied the scan because it is\nnot medically necessary for you.")
    (found,) = denial_reasons(paper, "denial")
    assert paper.text[found.start : found.end] == "not medically necessary"
    assert found.name == "denial_reason"


@pytest.mark.parametrize("kind", ["approval", "itemized_bill", "plan_document", "other"])
def test_papers_that_decide_nothing_have_no_reason(kind: str) -> None:
    assert reasons("It is not medically necessary.", kind) == []


def test_an_unknown_paper_has_a_reason_only_with_a_verdict() -> None:
    assert reasons("It is not medically necessary.", None) == []
    assert reasons("We have denied it. It is not medically necessary.", None) == [
        "medical_necessity"
    ]


def test_an_appeal_that_was_won_has_no_reason() -> None:
    text = "We denied it as not medically necessary. On appeal we overturned that."
    assert reasons(text, "appeal_decision") == []


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Reason code CO-50", ["medical_necessity"]),
        ("Reason code CO-197", ["prior_auth_missing"]),
        ("Reason code PR-1", []),
        ("Reason code CO-45", []),
        ("Adjustment reason codes: CO-29, CO-18", ["timely_filing", "duplicate_or_coordination"]),
    ],
)
def test_without_words_the_code_gives_the_type(text: str, types: list[str]) -> None:
    assert reasons(text, "eob") == types


def test_words_come_before_codes() -> None:
    text = "Denied: no authorization was on file. Reason code CO-96"
    assert reasons(text) == ["prior_auth_missing"]


def test_every_code_of_the_table_is_known_and_has_a_type_in_use() -> None:
    types = {*DATA["types"]}
    assert all(is_known_reason(code) and of in types for code, of in DATA["carc"].items())


IMPLIED = {
    "prior_auth_missing": "We must deny it as nobody gave permission first.",
    "out_of_network": "We cannot pay, for the doctor is on no panel of ours.",
    "experimental_investigational": "We declined it: the literature is too small and too weak.",
    "timely_filing": "It is denied, being submitted past the end of March.",
    "coding_error": "Rejected: those two codes were in conflict.",
    "step_therapy": "We cannot approve it until some generic step comes first.",
    "quantity_limit": "Denied as our allowance was used.",
    "level_of_care_or_length_of_stay": "Denied: an overnight admission was more than enough.",
    "duplicate_or_coordination": "Rejected, for the same service appears twice and was settled as "
    "paid earlier.",
    "missing_information": "We must deny it as the questionnaire has not come.",
    "wellness_vs_medical": "We decided that a spa treatment is not care of any disease.",
    "site_of_care": "We cannot approve the setting, a cheaper one would be used instead.",
    "compounded_drug": "We cannot pay for a cream that was custom mixed, that product is refused.",
    "eligibility": "We cannot pay, for your policy had lapsed.",
    "medical_necessity": "We find that the test is not warranted.",
}  # fmt: skip


def test_every_pair_of_word_lists_has_a_sentence() -> None:
    assert DATA["concepts"].keys() == IMPLIED.keys() == set(DATA["order"])


@pytest.mark.parametrize(("of", "text"), IMPLIED.items())
def test_two_words_of_a_sentence_together_imply_a_type(of: str, text: str) -> None:
    assert reasons(text) == [of]


@pytest.mark.parametrize("text", ["Your appeal was denied.", "You may appeal, no network needed."])
def test_sentences_about_appeals_imply_no_reason(text: str) -> None:
    assert reasons(text) == []


def test_words_together_imply_nothing_on_an_eob() -> None:
    text = "We find that the test is not warranted."
    assert reasons(text, "denial") == ["medical_necessity"]
    assert reasons(text, "eob") == []


@given(st.lists(st.sampled_from(
    ["we denied", "not medically necessary", "if", ".", "\n\n", "experimental", "code", "CO-50",
     "upheld", "overturned", "\t", "appeal", "…", "not"]), max_size=40))  # fmt: skip
def test_spans_lie_in_the_text_and_types_are_known(words: list[str]) -> None:
    paper = Paper.of_text(" ".join(words))
    for found in denial_reasons(paper, "denial", code_facts(paper)):
        assert 0 <= found.start < found.end <= len(paper.text)
        assert found.value in DATA["types"]


@pytest.mark.parametrize("word", ["not ", "We denied it. ", "limit has been ", "a "])
def test_a_hostile_page_is_read_in_bounded_time(word: str) -> None:
    paper = Paper.of_text((word * 100_000)[:100_000])
    denial_reasons(Paper.of_text("warm"), "denial")
    began = time.process_time()
    denial_reasons(paper, "denial")
    assert time.process_time() - began < 0.6
