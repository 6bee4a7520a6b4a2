"""Letters to a doctor's office that greet nobody: their times are not the patient's."""

from __future__ import annotations

import pytest

from app.domain.fact import WindowSaid
from app.importing.sifting.paper import Paper
from app.importing.sifting.windows import windows_in

LETTER = """Prairie Summit Health Plan
Payment Review

November 3, 2026

{address}

Patient: Odalys Quist
Claim: 26-3044-91187

{text}
"""
ASKED = (
    "Please fax the notes to 406-555-0182 within 30 calendar days from the date of this request."
)
DENIED = "You may appeal within 60 days of the date of this letter."

OFFICES = [
    "Bitterroot Spine Clinic\nAttn: Records\n402 Orchard Homes Dr\nMissoula, MT 59801",
    "Palmetto Retina\nBilling Department",
    "Lakeside Hospital\nPO Box 771\nDuluth, MN 55805",
    "Kwabena Osei, MD\n71 Pond View\nDuluth, MN 55805",
    "K. Osei, M.D., P.C.\nNPI 1416721102\n71 Pond View\nDuluth, MN 55805",
    "Red Mesa Family Medicine\n9 Canyon Rd, Suite 4\nSanta Fe, NM 87501-2210",
    "Attention: Business Office\nSunrise Women's Care\n9 Canyon Rd\nSanta Fe, NM 87501",
    "Provider Relations\nHarbor Rehabilitation Group\n9 Canyon Rd\nSanta Fe, NM 87501",
]
HOMES = [
    "Odalys Quist\n402 Hospital Road\nMissoula, MT 59801",
    "Odalys Quist\n9 Clinic St, Apt 4\nSanta Fe, NM 87501",
    "Parent of Odalys Quist\n71 Pond View\nDuluth, MN 55805",
    "Prairie Summit Health Plan\nMedical Records Unit\n71 Pond View\nDuluth, MN 55805",
    "Questions? Call Member Services, Monday to Friday.",
]


def people(address: str, text: str, kind: str | None) -> list[str]:
    paper = Paper.of_text(LETTER.format(address=address, text=text))
    read = windows_in(paper, (), kind)
    return [item.value.for_whom for item in read if isinstance(item.value, WindowSaid)]


@pytest.mark.parametrize("address", OFFICES)
def test_a_letter_addressed_to_an_office_gives_the_patient_no_time(address: str):
    assert people(address, ASKED, "information_request") == ["provider"]
    assert people(address, DENIED, None) == ["provider"]


@pytest.mark.parametrize("address", HOMES)
def test_a_letter_addressed_to_a_home_speaks_to_the_patient(address: str):
    assert people(address, DENIED, "denial") == ["patient"]
    assert people(address, ASKED, "information_request") == ["patient"]


@pytest.mark.parametrize(
    "words",
    [
        "We reviewed the request for your patient.",
        "The claim that your office sent is not complete.",
        "Your participation agreement asks for notice.",
        "As a participating provider, you agreed to this.",
    ],
)
def test_a_letter_that_says_your_patient_speaks_to_the_office(words: str):
    assert people("", f"{words} {DENIED}", "denial") == ["provider"]


@pytest.mark.parametrize(
    "words",
    ["See your patient rights.", "Use your patient portal.", "Your office visit is denied."],
)
def test_words_that_only_look_so_leave_the_time_with_the_patient(words: str):
    assert people("", f"{words} {DENIED}", "denial") == ["patient"]


def test_a_greeting_of_the_patient_counts_for_more_than_an_office_above():
    text = f"Dear Odalys Quist,\n\n{DENIED}"
    assert people(OFFICES[0], text, "denial") == ["patient"]


def test_what_is_said_of_members_stays_with_them_in_a_letter_to_an_office():
    text = "Members may appeal within 60 days of the date of this letter."
    assert people(OFFICES[0], text, "denial") == ["patient"]


def test_the_bill_of_a_hospital_is_no_letter_to_it():
    text = "If you think the bill is wrong, dispute it within 30 days of the date on this bill."
    assert people(OFFICES[2], text, "itemized_bill") == ["patient"]
