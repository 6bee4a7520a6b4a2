"""Who is who, told by labels, letterheads and sentences."""

import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.importing.sifting.paper import Paper
from app.importing.sifting.parties import party_facts


def read(text: str, kind: str | None = None) -> dict[str, object]:
    return {found.name: found.value for found in party_facts(Paper.of_text(text), kind)}


PATIENTS = [
    ("Patient: Ana Ruiz", "Ana Ruiz"),
    ("Patient Name: ANA M. RUIZ", "ANA M. RUIZ"),
    ("PATIENT: Linda Thompson  DOB: 03/15/1954", "Linda Thompson"),
    ("Patient: Ruiz, Ana", "Ruiz, Ana"),
    ("Name of patient: Maria de la Cruz", "Maria de la Cruz"),
    ("Patient: Robert Chen (DOB 09/10/2017)", "Robert Chen"),
    ("Member name: Kavita O'Brien", "Kavita O'Brien"),
    ("Member: Dmitri Delgado-Reyes", "Dmitri Delgado-Reyes"),
    ("Enrollee: Wei Yamada Jr.", "Wei Yamada Jr."),
    ("Beneficiary       Thuy Van Houten", "Thuy Van Houten"),
    ("Patient\nAna Ruiz", "Ana Ruiz"),
    ("RE: Rosa Nguyen", "Rosa Nguyen"),
    ("Your daughter, Mia Torres, was seen in May.", "Mia Torres"),
    ("To the parent or guardian of Mia Torres:", "Mia Torres"),
    ("Grace Ruiz, ID W127241817", "Grace Ruiz"),
    ("Grace Ruiz (DOB 4/2/1980) was seen.", "Grace Ruiz"),
    ("Bridget Moss\nMember ID VMJ 706 965", "Bridget Moss"),
    ("Notice for: Eleanor Ruiz", "Eleanor Ruiz"),
    ("Paciente: José Núñez", "José Núñez"),
    ("Nombre del miembro: Rosa Ortega", "Rosa Ortega"),
    ("su hija, Mia Torres, fue atendida", "Mia Torres"),
    ("Dear Mrs. Ana Ruiz:", "Ana Ruiz"),
    ("Hello, Maria Thornbury.", "Maria Thornbury"),
    ("Estimado(a) Ana Greenbaum: Recibimos", "Ana Greenbaum"),
    ("Date: 3/2/2026\n\nAna Ruiz\n12 Elm St\nDayton, OH 45402\n", "Ana Ruiz"),
]


@pytest.mark.parametrize(("text", "name"), PATIENTS)
def test_the_patient_is_read_as_printed(text, name):
    assert read(text).get("patient") == name


NO_PATIENTS = [
    "Patient responsibility: $60.00",
    "Patient account number: 88120",
    "Dear Member,",
    "Dear Sir or Madam:",
    "Dear Dr. Okafor:",
    "Dear Provider:",
    "Member Services: (800) 555-0100",
    "Re: Notice of Adverse Benefit Determination",
    "request for Botox Cosmetic",
    "Boise, ID 83702",
    "Member ID: W127241817",
    "Dear Ana Torres,\nYour child was seen in May.",
    "Patient Financial Services",
    "CUSTOMER COPY\nI AGREE TO PAY",
    "Patient Assistance Foundation\n\nDear Friend",
    "Utilization Management\n12 Elm St\nDayton, OH 45402",
    "Referring provider: Ana Ruiz",
]


@pytest.mark.parametrize("text", NO_PATIENTS)
def test_nobody_is_made_a_patient(text):
    assert "patient" not in read(text)


def test_the_patient_is_not_the_member_whose_child_it_is():
    text = "Member: Ana Torres\nPatient: Mia Torres\n\nDear Ana Torres,"
    assert read(text)["patient"] == "Mia Torres"


def test_a_salutation_alone_is_a_weak_hint():
    sure = {item.name: item.score for item in party_facts(Paper.of_text("Patient: Ana Ruiz"))}
    weak = {item.name: item.score for item in party_facts(Paper.of_text("Dear Ana Ruiz:"))}
    assert weak["patient"] < 0.8 < sure["patient"]


PROVIDERS = [
    ("Provider: Dr. Lisa Rodriguez, MD", "Dr. Lisa Rodriguez, MD"),
    ("Provider: Lisa Rodriguez, MD, PhD - Internal Medicine", "Lisa Rodriguez, MD, PhD"),
    ("PROVIDER: Metro Diabetes Care Center", "Metro Diabetes Care Center"),
    ("Rendering provider: Northfield Imaging Center", "Northfield Imaging Center"),
    ("Provider: Mapleton Home Infusion, LLC", "Mapleton Home Infusion, LLC"),
    ("Physician: Luis Okafor, M.D.", "Luis Okafor, M.D."),
    ("Doctor or facility:\nCedar Medical Group", "Cedar Medical Group"),
    ("Servicing Provider     Bayview Hospital", "Bayview Hospital"),
    ("requested by Dr. Ana Ruiz on March 3", "Dr. Ana Ruiz"),
    ("a claim from Deborah Barrow, MD for care in May", "Deborah Barrow, MD"),
    (
        "for services on 5/2/2026 by Neurology Associates of Dayton was denied",
        "Neurology Associates of Dayton",
    ),
    ("your doctor Francis Ortega, MD, PhD:\nSleep study", "Francis Ortega, MD, PhD"),
    ("Your doctor's office, Henry O'Brien, DO, asked us", "Henry O'Brien, DO"),
    ("Services provided by Riverbend Infusion Center. You may", "Riverbend Infusion Center"),
    ("Attending       Owen Barrow, MD\nphysician:", "Owen Barrow, MD"),
    ("Provider: Miguel Fitzgerald, MD,\n          PhD", "Miguel Fitzgerald, MD, PhD"),
    ("Proveedor: Clínica de Salud Bayview", "Clínica de Salud Bayview"),
    ("prestado por Peter Yamada, NP.", "Peter Yamada, NP"),
    ("Nombre del proveedor: Dra. Rosa Petrov", "Dra. Rosa Petrov"),
    ("Facility: Union Square Hospital", "Union Square Hospital"),
]


@pytest.mark.parametrize(("text", "name"), PROVIDERS)
def test_the_provider_is_read_as_printed(text, name):
    assert read(text).get("provider") == name


NO_PROVIDERS = [
    "Reviewed by John Smith, MD, Medical Director",
    "Referring provider: Dr. Ana Ruiz",
    "Primary care physician: Dr. Ana Ruiz",
    "Provider discount: $40.00",
    "Provider Services Department",
    "Participating providers may dispute this payment.",
    "Your provider may call us.",
    "from the Centers for Medicare & Medicaid Services",
    "This notice was sent by Cedar Valley Mutual.",
]


@pytest.mark.parametrize("text", NO_PROVIDERS)
def test_nobody_is_made_a_provider(text):
    assert "provider" not in read(text)


INSURERS = [
    ("Insurance company: Cedar Valley Mutual", "Cedar Valley Mutual"),
    ("Health plan: Lakemont Health Partners", "Lakemont Health Partners"),
    ("Insurance: Delta Dental", "Delta Dental"),
    ("Payer: Northgate Benefit Administrators", "Northgate Benefit Administrators"),
    ("Insurance (Aetna):     -$1,800.00", "Aetna"),
    ("This policy is underwritten by Granite State Insurance Co.", "Granite State Insurance Co."),
    (
        "Juniper Health Plan complies with applicable Federal civil rights laws.",
        "Juniper Health Plan",
    ),
    ("On May 3, Prairie Mutual has denied your claim.", "Prairie Mutual"),
    ("Send your appeal to Tidewater Health Plan, Appeals", "Tidewater Health Plan"),
    ("Plan de salud: Evergreen Community Health Plan", "Evergreen Community Health Plan"),
    ("Aseguradora: Seguros Triple Monte", "Seguros Triple Monte"),
]


@pytest.mark.parametrize(("text", "name"), INSURERS)
def test_the_insurer_is_read_as_printed(text, name):
    assert read(text).get("insurer") == name


LETTER = """{head}
PO Box 123, Dayton, OH 45402

March 3, 2026

Ana Ruiz
12 Elm St
Dayton, OH 45402

Dear Ana Ruiz:
We have reviewed your claim number 88120447 and your plan does not cover it. You may appeal.

Sincerely,
Jane Roe
Claims Department
"""

HEADS = [
    "Lakemont Health Plan",
    "NORTHGATE BENEFIT ADMINISTRATORS",
    "Cedar Valley Care Network, Inc.",
    "Summit Ridge Advantage (HMO)",
    "UnitedHealthcare",
    "Blue Cross and Blue Shield of Dayton",
    "First Pioneer Health Insurance Company",
]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("kind", [None, "denial"])
def test_the_letterhead_of_a_denial_is_the_insurers(head, kind):
    facts = read(LETTER.format(head=head), kind)
    assert facts["insurer"] == head
    assert facts["patient"] == "Ana Ruiz"
    assert "provider" not in facts


def test_a_name_in_the_letterhead_may_go_on_in_the_next_line():
    text = LETTER.format(head="Great Basin Health Insurance\nCompany")
    assert read(text, "denial")["insurer"] == "Great Basin Health Insurance Company"


def test_the_head_of_a_bill_is_the_providers():
    text = (
        "METROPOLITAN SURGICAL CENTER\nInvoice P010\n\nPatient: Amanda Lee\n"
        "Total charges: $2,540\nInsurance: Aetna\nAmount due: $440"
    )
    assert read(text) == {
        "provider": "METROPOLITAN SURGICAL CENTER", "patient": "Amanda Lee", "insurer": "Aetna",
    }  # fmt: skip


@pytest.mark.parametrize(
    "head",
    ["EXPLANATION OF BENEFITS", "Utilization Management", "IMPORTANT NOTICE", "Appeals Department"],
)
def test_a_title_is_no_insurer(head):
    assert "insurer" not in read(LETTER.format(head=head), "denial")


def test_an_authority_is_no_insurer():
    text = "For help contact the Employee Benefits Security Administration. It has reviewed this."
    assert "insurer" not in read(text, "denial")


def test_the_administrator_is_told_from_the_insurer():
    text = "Health plan: Cedar Valley Mutual\nAdministered by Prairie Benefit Services"
    assert read(text) == {
        "insurer": "Cedar Valley Mutual", "administrator": "Prairie Benefit Services",
    }  # fmt: skip


def test_on_behalf_of_names_the_insurer_or_the_patient():
    assert read("We write on behalf of Cedar Valley Mutual.") == {"insurer": "Cedar Valley Mutual"}
    assert read("I appeal on behalf of Mia Torres.") == {"patient": "Mia Torres"}


def test_the_payee_of_a_check_is_the_patient_only_on_a_check():
    text = "PAY TO THE ORDER OF   DMITRI YAMADA   $401.88"
    assert read(text, "check")["patient"] == "DMITRI YAMADA"
    assert "patient" not in read(text, "itemized_bill")


def test_names_stand_in_columns_under_their_heads():
    text = (
        "Patient          Provider                Plan\n"
        "Ana Ruiz         Bayview Hospital        Juniper Mutual"
    )
    assert read(text) == {
        "patient": "Ana Ruiz", "provider": "Bayview Hospital", "insurer": "Juniper Mutual",
    }  # fmt: skip


def test_a_label_with_an_empty_value_takes_no_other_label():
    assert read("Provider:          Valid through:\n") == {}


@given(st.text(alphabet=string.ascii_letters + " .,:-\n\téDr", max_size=400))
@settings(deadline=None, max_examples=60)
def test_any_text_is_read_without_harm(text):
    paper = Paper.of_text(text)
    for found in party_facts(paper):
        assert 0 <= found.start < found.end <= len(paper.text)


@pytest.mark.parametrize(
    "piece", ["Provider: Dr. A B ", "by Dr. Ana Ruiz, MD, ", "Dear ", "has denied "]
)
def test_hostile_repetition_is_read_in_bounded_time(piece):
    paper = Paper.of_text("\n".join([piece * 6] * (100_000 // (6 * len(piece)))))
    began = time.perf_counter()
    party_facts(paper)
    assert time.perf_counter() - began < 5
