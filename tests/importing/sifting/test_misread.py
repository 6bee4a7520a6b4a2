"""Labels that a reader of pictures has misread by a letter."""

import pytest

from app.importing.sifting.identifiers import identifier_facts
from app.importing.sifting.misread import labels_mended
from app.importing.sifting.paper import Paper
from app.importing.sifting.parties import party_facts


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Clain No.: 26-0590-113377", "claim_number", "26-0590-113377"),
        ("CIaim Number: 26-0590-113377", "claim_number", "26-0590-113377"),
        ("Anthorization: GMU5530917", "authorization_number", "GMU5530917"),
        ("Membcr ID: XQN807895886", "member_id", "XQN807895886"),
        ("Refererce Number: AP-2026-0093", "reference_number", "AP-2026-0093"),
    ],
)
def test_a_number_is_read_after_a_misread_label(text, name, value):
    found = identifier_facts(Paper.of_text(text))
    assert [(item.name, item.value) for item in found] == [(name, value)]


def test_a_name_is_read_after_a_misread_label():
    found = party_facts(Paper.of_text("Patlent: Ana Ruiz\nProvlder: Bayview Hospital"))
    assert {item.name: item.value for item in found} == {
        "patient": "Ana Ruiz",
        "provider": "Bayview Hospital",
    }


@pytest.mark.parametrize("text", ["clain to fame", "slumber: 4", "we nember you", "members: 4"])
def test_words_that_are_no_misread_label_stay(text):
    assert labels_mended(text) == text


def test_mending_keeps_every_place():
    text = "clain no.: 4471, patlent: ana"
    assert len(labels_mended(text)) == len(text)
