"""Codes: their form, and whether they were complete on the day of the care."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.code_check import (
    codes_in,
    diagnosis_problem,
    drug_problem,
    problem_of_service,
    shown_code,
)
from app.operations.code_check import diagnosis_codes

NOW = date(2026, 8, 1)


def told(code, on=NOW):
    problem = diagnosis_problem(code, on, diagnosis_codes())
    return problem.sentence if problem else None


@pytest.mark.parametrize("code", ["G93.32", "g93.32", "G9332", "G43.909", "I10", "U07.1", "B20"])
def test_a_complete_diagnosis_code_is_left_alone(code):
    assert told(code) is None


@pytest.mark.parametrize("code", ["G93.3", "G43.9", "E11", "S83.511", "m054"])
def test_an_incomplete_one_is_pointed_out_with_its_day(code):
    assert told(code) == (
        f"{shown_code(code)} is not a complete diagnosis code for care on August 1, 2026: there "
        "are longer, more exact codes below it."
    )


@pytest.mark.parametrize(
    ("code", "on", "words"),
    [
        ("G93.3", date(2021, 3, 1), None),
        ("G93.3", date(2019, 3, 1), None),
        ("G93.3", date(2023, 3, 1), "may not have been a complete diagnosis code"),
        ("G93.3", date(2025, 5, 1), "is not a complete diagnosis code"),
        ("G93.32", date(2021, 3, 1), "is newer than the care on March 1, 2021"),
        ("G93.32", date(2025, 5, 1), None),
        ("G35", date(2025, 5, 1), None),
        ("G35", date(2026, 5, 1), "is not a complete diagnosis code"),
        ("G35", date(2027, 1, 4), "is not a complete diagnosis code"),
        ("G43.9", date(2021, 3, 1), "is not a complete diagnosis code"),
        ("G43.909", date(2023, 3, 1), None),
    ],
)
def test_the_day_of_the_care_decides(code, on, words):
    found = told(code, on)
    assert found is None if words is None else words in found


def test_what_no_release_has_is_not_found_and_what_is_no_code_is_said():
    assert told("X99.999") == "We do not find X99.999 among the diagnosis codes that we know."
    assert told("hello") == "“hello” does not look like a diagnosis code (ICD-10-CM)."


def test_no_other_code_is_ever_suggested():
    for code in ("G93.3", "G43.9", "E11"):
        problem = diagnosis_problem(code, NOW, diagnosis_codes())
        words = f"{problem.sentence} {problem.ask}".replace(shown_code(code), "")
        assert not any(letter.isdigit() for letter in words.replace("August 1, 2026", ""))
        assert "Ask the doctor's office for the complete code" in problem.ask


@pytest.mark.parametrize(
    "code", ["96360", "J7030", "0042T", "D0120", "99213-25", "J7030-JW-RT", "00409-7983-09",
             "0409-7983-09", "00409798309"],
)  # fmt: skip
def test_a_whole_service_or_drug_code_is_left_alone(code):
    assert problem_of_service(code) is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [("J703", "service"), ("9636", "service"), ("963600", "service"), ("IV", "service"),
     ("0409-7983", "drug"), ("0409798309", "drug"), ("004097983091", "drug")],
)  # fmt: skip
def test_half_a_service_or_drug_code_is_pointed_out(code, kind):
    problem = problem_of_service(code)
    assert problem.kind == kind
    assert code in problem.sentence
    assert problem.ask.startswith("Ask the ")


def test_a_drug_code_with_a_short_package_number_is_whole():
    assert drug_problem("12345-6789-1") is None


def test_the_codes_of_a_field_come_apart_each_once_without_modifiers():
    assert list(codes_in(" g93.32, G90.A;G93.32\nJ7030 25 ")) == ["G93.32", "G90.A", "J7030"]
