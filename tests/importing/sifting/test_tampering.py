"""Values that may look other than they are: nothing is read of them."""

import pytest

from app.importing.sifting.dates import dates_in
from app.importing.sifting.identifiers import identifier_facts
from app.importing.sifting.paper import Paper
from app.importing.sifting.parties import party_facts
from app.importing.sifting.tampering import is_tampered


@pytest.mark.parametrize(
    "text",
    [
        "Claim number: 7788-\u202e1234",
        "Claim number: \u202e7788-1234\u202c",
        "Claim number: 77\u206688\u2069-1234",
        "Claim number: 7788-1234\u202c",
        "Claim number: 77\u033688-1234",
        "Claim number: 7788-1234\u0335",
        "Claim number: 7788-\u00ff1234",
        "Claim number: 7788\u00ff",
        "Claim number: 7788-\n\nMember: Ana Ruiz",
    ],
)
def test_a_number_that_is_not_understood_to_its_end_is_not_read(text):
    assert [found.value for found in identifier_facts(Paper.of_text(text))] == []


def test_a_number_without_such_marks_is_read():
    (found,) = identifier_facts(Paper.of_text("Claim number: 7788-1234"))
    assert found.value == "7788-1234"


@pytest.mark.parametrize("text", ["03/1\u03362/2026", "03/12/2026\u202c", "March \u202e12, 2026"])
def test_a_date_with_such_marks_is_not_read(text):
    assert dates_in(text) == ()
    assert len(dates_in("03/12/2026")) == 1


def test_a_name_with_such_marks_is_not_read():
    assert party_facts(Paper.of_text("Patient name: Ana \u202eRuiz\u202c"), "denial") == ()
    (found,) = party_facts(Paper.of_text("Patient name: Ana Ruiz"), "denial")
    assert found.value == "Ana Ruiz"


def test_accents_of_letters_are_no_such_marks():
    assert not is_tampered("Jose\u0301 Mun\u0303oz", 0, 12)
