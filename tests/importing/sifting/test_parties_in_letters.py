"""Who is who in letters of many authors: heads without labels, names in running text."""

import pytest

from app.importing.sifting.paper import Paper
from app.importing.sifting.parties import party_facts


def read(text: str, kind: str | None = None) -> dict[str, object]:
    return {found.name: found.value for found in party_facts(Paper.of_text(text), kind)}


def providers(text: str, kind: str | None = None) -> list[object]:
    facts = party_facts(Paper.of_text(text), kind)
    return [found.value for found in facts if found.name == "provider"]


HEADS = [
    (
        "Hearth & Harbor Health Sharing Plan of Maine",
        "Hearth & Harbor Health Sharing Plan of Maine",
    ),
    ("LONGSHORE & TERMINAL WELFARE FUND", "LONGSHORE & TERMINAL WELFARE FUND"),
    ("KAISER PERMANENTE\nMEMBER SERVICES DETERMINATIONS", "KAISER PERMANENTE"),
    ("ScriptHaven", "ScriptHaven"),
    ("aetna", "aetna"),
    ("TRICARE EXPLANATION OF BENEFITS", "TRICARE"),
    ("Galena Mutual Coverage Position", "Galena Mutual"),
    ("Quartz Valley Health Notice of Denial", "Quartz Valley Health"),
    ("Oakline Choice PPO\nHealth Services", "Oakline Choice PPO"),
    ("Bramble Health Co-op: Silver 3800", "Bramble Health Co-op"),
    ("Larkspur Value (PDP)", "Larkspur Value (PDP)"),
    ("Sol Naciente Salud", "Sol Naciente Salud"),
    ("Fondo de Salud Obrero", "Fondo de Salud Obrero"),
    ("Teamsters Local 9918 Welfare Fund", "Teamsters Local 9918 Welfare Fund"),
    ("Mariposa County Employees' Medical Trust", "Mariposa County Employees' Medical Trust"),
    ("Bluestem Utilization Review", "Bluestem Utilization Review"),
]


@pytest.mark.parametrize("kind", ["denial", "eob"])
@pytest.mark.parametrize(("head", "name"), HEADS)
def test_the_organisation_at_the_head_of_a_payers_letter_is_the_insurer(head, name, kind):
    text = f"{head}\n\nMay 3, 2026\n\nPatient: Ana Ruiz\n\nYour claim was denied."
    assert read(text, kind).get("insurer") == name


@pytest.mark.parametrize(
    "head",
    [
        "STATE OF COLUMBIA RIVER\nOffice of the Insurance Commissioner",
        "BEFORE THE STATE HEARINGS DIVISION",
        "Department of Health and Human Services\nMidland Field Office",
        "Explanation of Benefits",
        "Important Notice\nPage 1 of 2",
        "Parte B (Seguro Médico)",
    ],
)
def test_an_authority_or_a_title_at_the_head_is_no_insurer(head):
    assert "insurer" not in read(f"{head}\n\nMay 3, 2026\n\nYour claim was denied.", "msn")


def test_a_letter_of_an_authority_names_the_insurer_in_its_text():
    text = (
        "STATE OF COLUMBIA RIVER\nOffice of the Insurance Commissioner\n\nAugust 12, 2026\n\n"
        "Dear Ms. Birgitta Solano,\n\nWe have your request for external review of the decision of\n"
        "Puget Horizon Health Plan. The form is not signed."
    )
    found = read(text, "information_request")
    assert found["insurer"] == "Puget Horizon Health Plan"
    assert found["patient"] == "Birgitta Solano"


PROSE = [
    ("We got the bill of Heartland Cardiac\nImaging for the 23rd.", "Heartland Cardiac Imaging"),
    ("The clinic (Saltmarsh Neurology Group) is not in our network.", "Saltmarsh Neurology Group"),
    ("Urgent care visit at Tumbleweed Urgent Care: denied.", "Tumbleweed Urgent Care"),
    ("We cannot pay for six vitamin infusions at Casco Drip Lounge in May.", "Casco Drip Lounge"),
    ("Have Lakehead Infusion Clinic send the statement to us.", "Lakehead Infusion Clinic"),
    ("We cannot process the claim ($2,311.75, Lakewood Emergency Physicians).",
     "Lakewood Emergency Physicians"),
    ("servicios del 12 de octubre en el Centro Radiológico Arecibo y otros",
     "Centro Radiológico Arecibo"),
    ("We denied the request from Lakewood Emergency Physicians.", "Lakewood Emergency Physicians"),
    ("Service\nClinic:  Bayview Orthotics", "Bayview Orthotics"),
    ("Pharmacy      Northloop Compounding Pharmacy", "Northloop Compounding Pharmacy"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), PROSE)
def test_a_place_of_care_is_read_in_running_text(text, name):
    assert providers(text, "denial") == [name]


NOBODY = [
    "We use the guideline of the American Academy of Neurology.",
    "PROVIDER: CORRECTED CLAIMS MUST BE RECEIVED WITHIN 365 DAYS.",
    "Your Right to Home Infusion and Physical Therapy",
    "Office of Administrative Hearings, 1020 S Prairie Avenue",
    "Mail the form to Lakewood Appeals Center.",
    "Effective Date Coverage of Your Current Skilled Nursing Facility Services Will End",
    "Referred to Lakewood Cardiology by your doctor.",
    "Department of Radiology",
]


@pytest.mark.parametrize("text", NOBODY)
def test_running_text_makes_nobody_a_provider(text):
    assert providers(text, "denial") == []


PAPERS = [
    ("Wendell Obermeier, LCSW\nPsychotherapy\n\nClient: Tabitha Nyqvist", "superbill",
     ["Wendell Obermeier, LCSW"]),
    ("Dra. Inmaculada Ferrán Soto\nReumatología\n\nAtentamente, Dra. I. Ferrán Soto",
     "necessity_letter", ["Dra. Inmaculada Ferrán Soto"]),
    ("Laboratorio Clínico Los Almendros\nSan Juan\n\nPaciente: Ana Ruiz", "lab_result",
     ["Laboratorio Clínico Los Almendros"]),
    ("Riverbend Health System\n\nHospital Services\nPatient: Ana Ruiz", "itemized_bill",
     ["Riverbend Health System"]),
    ("Larkspur Dermatology Associates\n88 Mill St\n\nProvider: Amos Grady, PA-C",
     "itemized_bill", ["Larkspur Dermatology Associates", "Amos Grady, PA-C"]),
    ("Marrowstone General Hospital\n\nDetailed Notice of Discharge", "denial",
     ["Marrowstone General Hospital"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "names"), PAPERS)
def test_whose_paper_it_is_gave_the_care(text, kind, names):
    assert providers(text, kind) == names


PATIENTS = [
    ("Hello Genevieve,\nThanks for sending in your receipts.", "denial", None),
    ("Covered person Yevgenia Kroll\nCert. no. SV4400218-02", "appeal_decision", "Yevgenia Kroll"),
    ("Appeal of: Cordelia Vance-Ito\nBefore: Ruth Landesman", "appeal_decision",
     "Cordelia Vance-Ito"),
    ("In the Matter of:\nAUGUSTIN LAROCHE, Claimant", "appeal_decision", "AUGUSTIN LAROCHE"),
    ("Rochelle Vandermeer\nContract 0000-4471-2093-8", "denial", "Rochelle Vandermeer"),
    ("Deandre Whitlock\nRE: Occupational therapy", "denial", "Deandre Whitlock"),
    ("Radiology report for Bartholomew Quist. Right wrist.", "imaging", "Bartholomew Quist"),
    ("Rx 771204\nABERNETHY, COSIMA\nINJECT 1 ML WEEKLY", "pharmacy_label", "ABERNETHY, COSIMA"),
    ("Rx# 8694264\n03/07/2026\nCARLOS YAMADA\n\nMethotrexate", "pharmacy_label", "CARLOS YAMADA"),
    ("Paciente: DELGADO ROSARIO, INÉS", "pharmacy_label", "DELGADO ROSARIO, INÉS"),
    ("Beneficiary: T. Marchetti", "appeal_decision", "T. Marchetti"),
    ("Patient: Tessa Ellery Hospital Account: 60014477120", "itemized_bill", "Tessa Ellery"),
    ("Bill to: Anselm Trujillo, 14 Juniper Way", "itemized_bill", "Anselm Trujillo"),
    ("Guarantor: Marcus Ellery\nPatient: Tessa Ellery", "itemized_bill", "Tessa Ellery"),
    ("To: Ottoline Frye\nClaim 88120447", "denial", "Ottoline Frye"),
    ("To: Ottoline Frye\nFrom: Ana Ruiz", "fax_confirmation", None),
    ("Dear Sister Hannah Yoder,\nYour bill", "denial", "Hannah Yoder"),
    ("Mernber: Sylvan Ordway", "denial", "Sylvan Ordway"),
    ("NAME : WILLOW CREEK SURGERY CENTER", "fax_confirmation", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "name"), PATIENTS)
def test_the_patient_is_read_on_papers_of_every_kind(text, kind, name):
    assert read(text, kind).get("patient") == name


def test_each_provider_of_a_column_is_read():
    text = (
        "Provider             Date      Claim\n"
        "Coastal Bend Clinic  05/27/26  88120447\n"
        "Bayou Labs LP        06/02/26  88120448\n"
    )
    assert providers(text, "eob") == ["Coastal Bend Clinic", "Bayou Labs LP"]


@pytest.mark.parametrize(
    "text",
    ["Health Plan    Deductible\n$20.00         $40.00", "Pagado por el seguro   Ajuste"],
)
def test_a_heading_of_a_table_is_no_insurer(text):
    assert "insurer" not in read(text, "eob")


def test_who_reviews_for_another_is_not_the_insurer():
    text = "eviCore healthcare\n\nWe review on behalf of Quartz Valley Health Plan.\n"
    assert read(text, "denial")["insurer"] == "Quartz Valley Health Plan"


MORE_INSURERS = [
    ("MEDICARE\nMedicare Redetermination Notice\n\nDear Ana Ruiz:", "appeal_decision", "MEDICARE"),
    ("Keystone Federal Appeals Corporation\n\nDear Ana Ruiz:", "appeal_decision",
     "Keystone Federal Appeals Corporation"),
    ("Lakemont Choice Plan\nDepartamento de Apelaciones", "appeal_decision",
     "Lakemont Choice Plan"),
    ("STATE OF MICHIGAN\n\nRespondent: Wolverine Mutual Health", "appeal_decision",
     "Wolverine Mutual Health"),
    ("Medicare Summary Notice\nMedicare", "msn", None),
    ("Attn: Medical Director, Maine Anchor Health\nRe: Letter of Medical Necessity",
     "necessity_letter", "Maine Anchor Health"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "name"), MORE_INSURERS)
def test_who_insures_is_read_on_papers_of_every_kind(text, kind, name):
    assert read(text, kind).get("insurer") == name


def test_who_writes_an_appeal_is_the_patient():
    text = (
        "Verity Lockhart\n5 Alder Way, Bend, OR 97701\n\nSummit Ridge Health Plan\n\n"
        "I am appealing your denial.\n\nSincerely,\nVerity Lockhart"
    )
    assert read(text, "appeal_letter")["patient"] == "Verity Lockhart"


def test_a_name_whose_beginning_is_in_doubt_is_not_read():
    assert providers("Date of care: 9/4/2026, paid: $742.15, Boise\nValley Oncology") == []
