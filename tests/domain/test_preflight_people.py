"""Whose paper it is: names and numbers that are others' are asked about, never judged."""

from __future__ import annotations

import pytest

from app.domain.fact_rows import FactRow
from app.domain.preflight_people import Belongs, is_same_person, people_findings

KNOWN = Belongs(
    patient="Rosa M. Alvarez",
    others=("Luis Alvarez",),
    member_ids=("HMX 4471-01",),
    numbers=("HM-118204",),
)


def fact(name: str, value: str, page: int = 1, score: float = 0.9) -> FactRow:
    return FactRow(name=name, value=value, page=page, score=score)


def codes(*facts: FactRow, kind: str | None = "denial", known: Belongs = KNOWN) -> list[str]:
    return [each.code for each in people_findings("d1", "Letter", kind, facts, known)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Rosa Alvarez", "ALVAREZ, ROSA M", True),
        ("R. Alvarez", "Rosa Alvarez", True),
        ("Rosa Álvarez", "Rosa Alvarez", True),
        ("Mrs. Alvarez", "Rosa Alvarez", True),
        ("Tomas Alvarez", "Rosa Alvarez", False),
        ("Dana Whitfield", "Rosa Alvarez", False),
        ("", "Rosa Alvarez", True),
    ],
)
def test_a_name_is_the_same_in_any_order_and_shortened(one, other, same):
    assert is_same_person(one, other) is same


def test_a_paper_that_names_another_patient_is_asked_about():
    (found,) = people_findings("d1", "Lab", None, [fact("patient", "Dana Whitfield", 2)], KNOWN)
    assert (found.code, found.severity, found.page) == ("other_person", "look", 2)
    assert found.sentence.endswith("Is this paper about Rosa M. Alvarez?")


def test_one_page_of_another_patient_among_ones_own_is_asked_about_as_a_page():
    facts = [fact("patient", "Rosa Alvarez"), fact("patient", "Dana Whitfield", 3)]
    (found,) = people_findings("d1", "Lab", None, facts, KNOWN)
    assert found.sentence.startswith("Page 3 of “Lab” names “Dana Whitfield”")


def test_the_household_and_what_is_hardly_read_are_no_strangers():
    assert codes(fact("patient", "Luis Alvarez")) == []
    assert codes(fact("patient", "Dana Whitfield", score=0.2)) == []
    assert codes(fact("patient", "Dana Whitfield"), known=Belongs()) == []


def test_a_member_id_may_be_written_with_more_or_less_around_it():
    assert codes(fact("member_id", "HMX4471")) == []
    assert codes(fact("member_id", "ZZQ99120")) == ["other_member"]
    assert codes(fact("member_id", "ZZQ99120"), fact("member_id", "HMX447101")) == []


def test_another_claim_number_is_asked_about_only_in_a_letter_of_one_claim():
    assert codes(fact("claim_number", "HM 118204")) == []
    assert codes(fact("claim_number", "HM-777000")) == ["other_claim"]
    assert codes(fact("claim_number", "HM-777000"), kind="eob") == []
    assert codes(fact("claim_number", "HM-777000"), known=Belongs(patient="Rosa")) == []
