"""Who is who where a paper leads astray: descriptions, departments, names cut by a line."""

import pytest

from app.importing.sifting.paper import Paper
from app.importing.sifting.parties import party_facts


def read(text: str, kind: str | None = "denial") -> dict[str, object]:
    return {found.name: found.value for found in party_facts(Paper.of_text(text), kind)}


@pytest.mark.parametrize(
    "below",
    [
        "A Medicaid Managed Care Plan",
        "SunCare Managed Care Organization",
        "An Independent Licensee",
        "Your Medicaid Health Plan",
    ],
)
def test_a_line_that_says_what_the_insurer_is_is_not_its_name(below):
    text = f"Clearwater Community Care\n{below}\n\nMember: Ana Ruiz\nWe denied your claim."
    assert read(text)["insurer"] == "Clearwater Community Care"


def test_a_department_is_no_part_of_the_insurer():
    text = "We denied your claim.\nSend it to: CHAMPVA Reconsiderations, PO Box 12, Denver, CO"
    assert read(text)["insurer"] == "CHAMPVA"


@pytest.mark.parametrize(
    "title",
    [
        "Notice of Medicare Non-Coverage",
        "Detailed Explanation of Non-Coverage",
        "Advance Beneficiary Notice of Noncoverage",
    ],
)
def test_a_notice_that_the_provider_hands_out_bears_its_own_name(title):
    found = read(f"Willow Bend Skilled Nursing\n{title}\n\nPatient name: Ana Ruiz")
    assert found["provider"] == "Willow Bend Skilled Nursing"
    assert "insurer" not in found


def test_who_takes_complaints_is_no_insurer_but_the_company_is():
    text = "Ohio Health Complaints Bureau\n\nConsumer: Ana Ruiz\nCompany: Acme Mutual Insurance"
    assert read(text, "appeal_decision")["insurer"] == "Acme Mutual Insurance"


def test_an_authority_that_reviews_is_no_provider():
    text = "Acme Health Plan\n\nYou may ask the U.S. Office of Personnel Management to review this."
    assert "provider" not in read(text, "appeal_decision")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The benefit maximum was reached. Provider: High Desert\nCounseling.\nAppeal to us.",
         "High Desert Counseling"),
        ("Aprobamos diez sesiones para usted en el Hospital Santa\nRita, válidas desde enero.",
         "Hospital Santa Rita"),
        ("We denied the claim from Oak Hill Family\nDental of May 3.", "Oak Hill Family Dental"),
        ("The care was given in the office of your choice. Provider: Dr. Sam\nOyelaran-Smith.",
         "Dr. Sam Oyelaran-Smith"),
        ("Your doctor, Imelda Castellanos, PT, asked for 12 visits.", "Imelda Castellanos, PT"),
        ("Es una infusión solicitada por el Dr. Baltasar Nieves.", "Dr. Baltasar Nieves"),
    ],
)  # fmt: skip
def test_the_whole_name_of_who_treats_is_read(text, name):
    assert read(f"Acme Health Plan\n\n{text}")["provider"] == name


@pytest.mark.parametrize(
    "label",
    ["Trust member", "Household contact", "Recipient", "Medicaid recipient", "Fund member"],
)
def test_a_member_is_known_by_other_words_too(label):
    assert read(f"Acme Health Plan\n\n{label}: Ana Ruiz\nWe denied it.")["patient"] == "Ana Ruiz"


def test_a_greeting_is_no_part_of_a_name():
    assert read("Hi Ana Ruiz (member ID MLH 2201 884),\nIt was not approved.")["patient"] == (
        "Ana Ruiz"
    )


def test_each_provider_of_a_statement_with_several_claims_is_read():
    text = (
        "Acme Health Plan\n\nClaim ID: 820260109334471\nProvider: Ridge Runner Orthopedics\n"
        "Claim ID: 820260116090027\nProvider: Cedar Lab Services"
    )
    facts = party_facts(Paper.of_text(text), "eob")
    assert [found.value for found in facts if found.name == "provider"] == [
        "Ridge Runner Orthopedics",
        "Cedar Lab Services",
    ]


def test_who_reviews_for_medicare_is_not_the_plan():
    text = "Maximus Federal Services\n\nEnrollee: Ana Ruiz\nPlan: Larkspur Value (PDP)"
    assert read(text, "appeal_decision")["insurer"] == "Larkspur Value (PDP)"


def test_an_office_is_a_provider_only_if_its_name_says_so():
    head = "Acme Health Plan\n\nYou may write to the office of"
    assert "provider" not in read(f"{head} Integrated Veteran Care.")
    assert (
        read("Acme Health Plan\n\nThe claim is from the office of Dr. Sam Poe.")["provider"]
        == "Dr. Sam Poe"
    )


def test_a_row_of_totals_is_no_provider():
    assert "provider" not in read("Acme Health Plan\n\nProvider: Totals for May", "eob")
