"""Numbers whose label names something else on some papers."""

import pytest

from app.importing.sifting.identifiers import identifier_facts
from app.importing.sifting.paper import Paper


def read(text: str) -> list[tuple[str, object]]:
    return [(found.name, found.value) for found in identifier_facts(Paper.of_text(text))]


@pytest.mark.parametrize(
    "text",
    [
        "screening for trial LRN-204 (NCT06110042). Your participant number is 204-017.",
        "Informed consent\nParticipant ID: 204-0177",
        "Clinical trial of an antibody\nParticipant No.: 204-0177",
    ],
)
def test_who_takes_part_in_a_trial_is_no_member(text):
    assert read(text) == []


def test_who_takes_part_in_a_plan_is_a_member():
    assert read("Participant ID: PF-20447-1") == [("member_id", "PF-20447-1")]


def test_the_number_of_an_employee_is_that_of_the_member_if_no_other_is_printed():
    assert read("Employee ID: JSE0081174") == [("member_id", "JSE0081174")]
    assert read("Employee ID: 4471002\nMember ID: ZGP447199020") == [("member_id", "ZGP447199020")]


@pytest.mark.parametrize("printed", ["4.00-11.00", "150.00-450.00", "0.4-1.2", "13–17.5"])
def test_a_range_of_a_laboratory_is_no_reference_number(printed):
    assert read(f"Reference: {printed}") == []
    assert read(f"WBC  REFERENCE\n6.10  {printed}") == []


def test_a_control_number_is_that_of_the_claim():
    assert read("Control no.: 26128-40917") == [("claim_number", "26128-40917")]


def test_an_identification_in_spanish_is_that_of_the_member():
    assert read("IDENTIFICACIÓN: PV7704412") == [("member_id", "PV7704412")]


def test_the_number_of_a_form_of_medicare_is_no_claim():
    assert read("Control number: 0938-0829") == []
