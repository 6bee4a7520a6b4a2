"""Codes in sentences, lists and tables, and what only looks like one."""

import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.importing.sifting import icd10
from app.importing.sifting.codes import code_facts, meaning_of
from app.importing.sifting.paper import Paper
from app.resources import resource_json


def read(text: str) -> list[tuple[str, object]]:
    return sorted((found.name, found.value) for found in code_facts(Paper.of_text(text)))


DIAGNOSES = [
    ("Diagnosis code: G43.909", ["G43.909"]),
    ("Diagnosis: Migraine (G43.909), fatigue (G93.32)", ["G43.909", "G93.32"]),
    ("ICD-10: G43909, M54.50", ["G43.909", "M54.50"]),
    ("ICD-10-CM code M05.79", ["M05.79"]),
    ("Dx: I10", ["I10"]),
    (
        "DIAGNOSIS:\n- I10: Essential\n- E11.9: Type 2\n- Z79.899: Drugs",
        ["E11.9", "I10", "Z79.899"],
    ),
    ("The diagnosis code on the claim is\nE11.65.", ["E11.65"]),
    ("Primary diagnosis D80.1; secondary diagnosis K50.90", ["D80.1", "K50.90"]),
    ("Diagnosis (ICD-10): M05.79; D89.40", ["D89.40", "M05.79"]),
    ("S83.511A was treated after the fall", ["S83.511A"]),
    ("Diagnóstico: G61.81", ["G61.81"]),
    ("Código de diagnóstico F33.1", ["F33.1"]),
    ("Diagnosis\nG47.33", ["G47.33"]),
    ("Diagnosis: G61.81 neuropathy\nRequested: J1569, 96365", ["G61.81"]),
    ("Diagnosis: neuropathy\nInfusion of J1569 weekly", []),
    ("Diagnosis: M05.79\nDx on claim: J1569", ["M05.79"]),
    ("Dx: J4550", ["J45.50"]),
]


@pytest.mark.parametrize(("text", "codes"), DIAGNOSES)
def test_diagnosis_codes_are_read_with_their_dot(text, codes):
    assert [value for name, value in read(text) if name == "icd10"] == codes


def test_a_code_that_cannot_be_billed_is_given_with_a_note():
    found = code_facts(Paper.of_text("Diagnosis: G93.3"))
    assert [(item.value, "more exact" in item.note) for item in found] == [("G93.3", True)]


def test_a_letter_for_a_digit_is_put_right_where_only_one_code_is_meant():
    found = code_facts(Paper.of_text("Diagnosis code: G43.9O9"))
    assert [(item.value, bool(item.note)) for item in found] == [("G43.909", True)]


PROCEDURES = [
    ("Codes 22856 with 22858", ["22856", "22858"]),
    ("REQUEST: 29881 KNEE ARTHROSCOPY", ["29881"]),
    ("The claim for a glucose monitor, A4239. We decided", ["A4239"]),
    ("Your claim: the drug, J0585, is not covered", ["J0585"]),
    ("Claim of May\n05/28/26 INJECTION   $204.00\nJ2182\n", ["J2182"]),
    ("Cataract surgery facility fee (66984)   08/19/2026   $3,250.00", ["66984"]),
    ("CT ABDOMEN INTERPRETATION 74177-26   412.00", ["74177"]),
    ("05/28/26 THERAPY   $148.00   $61.90   $25.00\n96372\n", ["96372"]),
    ("09/18/25   95004   skin tests   340.00", ["95004"]),
    ("06/02/26   96365   $310.00   $96.00   $214.00", ["96365"]),
    ("Line   Code   Charged\n1   00731   $900   ($0)   $310", ["00731"]),
    ("CPT 99214", ["99214"]),
    ("CPT codes 96365, 96366 and 96367. Mail to Dallas, TX 75201", ["96365", "96366", "96367"]),
    ("procedure code J1459", ["J1459"]),
    ("HCPCS: J1745 x 4 units", ["J1745"]),
    ("1. CPT 99214 - Office visit\n   Charge: $180.00\n\n2. CPT 80048 - Panel", ["80048", "99214"]),
    ("Preventive Visit (99392)      $175.00", ["99392"]),
    ("Fluoride Treatment (D1206)     $35", ["D1206"]),
    ("We denied J1459 (Privigen).", ["J1459"]),
    ("our denial of MRI (70553) of your claim", ["70553"]),
    ("No pagaremos el servicio 97110 del 10 de mayo", ["97110"]),
    ("Códigos de procedimiento: 99213, J1459", ["99213", "J1459"]),
    ("You were billed for code 95810.", ["95810"]),
    ("Requested service: J1459 Immune globulin", ["J1459"]),
    ("Service code\n0362T", ["0362T"]),
    ("05/08/2025   95810 Sleep study   $75.73", ["95810"]),
    ("Item:\nInfliximab, 10 mg, J1745\nMember ID: 88120447", ["J1745"]),
    ("Service date Code   Billed\n10/08/2025   99204 $490.00", ["99204"]),
    ("Code      Charge\n96365     $450.00\n96366     $120.00", ["96365", "96366"]),
    ("Payment of the claim for ketamine (J3490; 96365) is denied.", ["96365", "J3490"]),
    ("We deny your claim for oxygen (CPT 99183 and G0277).", ["99183", "G0277"]),
    ("Requested: J1569, 96365, 96366", ["96365", "96366", "J1569"]),
    ("Codes for\nbilling: 99601, S9500", ["99601", "S9500"]),
    ("Service: 05/29/2026, 20610-50", ["20610"]),
    ("Member    Claim\nSmith Clinic, 07/06/2026, 93306, claim 26187    $40.00", ["93306"]),
    ("Item: Metabolic panel, 80053", ["80053"]),
    ("Your provider asked:\nService    Code   Decision\nPanel of tests 80053 Denied", ["80053"]),
    (
        "          85025     J3475     Total\nBilled    $502.10   $541.05   $1,043.15",
        ["85025", "J3475"],
    ),
    ("Date       Proc    Charge   Paid\n06-08-26   99183 1,150   0", ["99183"]),
    ("SERV DATE POS PROC MODS   BILLED\n0304 030426 11 92134 LT   185.00", ["92134"]),
    ("Code   Charge\n02/03/2026 0450 99285 Visit   $2,140.00", ["99285"]),
    ("Diagnosis F41.1\nDate  Service Fee Paid\n2026-01-07   90837   160 160", ["90837"]),
    ("CLAIM NUMBER:   2026239 88 11204\nCPT 73221   880.00", ["73221"]),
    ("Denied: 97110 x 12 visits, 97140 x 12 visits", ["97110", "97140"]),
    ("billing code 90837 and add-on 90785", ["90785", "90837"]),
    ("Our claim office (Tampa, FL 33602) is closed.", []),
    ("Your claim is for care in Salem (OR 97302).", []),
]


@pytest.mark.parametrize(("text", "codes"), PROCEDURES)
def test_procedure_codes_are_read_near_what_announces_them(text, codes):
    assert [value for name, value in read(text) if name == "procedure"] == codes


MODIFIERS = [
    ("procedure code 99214-25", ["25"]),
    ("Service: 05/29/2026, 20610-50", ["50"]),
    ("CPT 70450 CT head", []),
    ("CPT 20610 RT Knee", ["RT"]),
    ("CPT 99214-25-59", ["25", "59"]),
    ("CPT/HCPCS Code: 96365 59", ["59"]),
    ("billed under 99214 with modifier 25", ["25"]),
    ("J1459 JW was denied. HCPCS J1459 JW", ["JW"]),
    ("Modifiers: RT, 59", ["59", "RT"]),
    (
        "Code     Modifier   Charge\n96365    59         $450.00\nJ1459    JW         $4,450.00",
        ["59", "JW"],
    ),
]


@pytest.mark.parametrize(("text", "modifiers"), MODIFIERS)
def test_modifiers_are_read_beside_their_code(text, modifiers):
    assert [value for name, value in read(text) if name == "modifier"] == modifiers


REASONS = [
    ("denied with CO-50", [("carc", "CO-50")]),
    ("adjustment codes CO-45, PR-1", [("carc", "CO-45"), ("carc", "PR-1")]),
    ("Adjustment: CO 45", [("carc", "CO-45")]),
    ("Reason code PR204", [("carc", "PR-204")]),
    ("claim adjustment reason code 197", [("carc", "197")]),
    ("CARC 50", [("carc", "50")]),
    ("Group code: CO  Reason code: 50", [("carc", "CO-50")]),
    ("CO-50 N130", [("carc", "CO-50"), ("rarc", "N130")]),
    ("Reason CO-16 applies. (N706)", [("carc", "CO-16"), ("rarc", "N706")]),
    ("Remark code: N130, MA01", [("rarc", "MA01"), ("rarc", "N130")]),
    ("RARC M127", [("rarc", "M127")]),
    ("The reason code is OA-23 and the remark code N4.", [("carc", "OA-23"), ("rarc", "N4")]),
    ("PI–204", [("carc", "PI-204")]),
    ("It does not agree (CO-4, N519).", [("carc", "CO-4"), ("rarc", "N519")]),
    ("1 PR-1 Deductible.   2 CO-97 Part of another.", [("carc", "CO-97"), ("carc", "PR-1")]),
    ("CO-97 Part of another service. M15", [("carc", "CO-97"), ("rarc", "M15")]),
    ("CO 50: not a medical necessity", [("carc", "CO-50")]),
    ("REM: N56 M51", [("rarc", "M51"), ("rarc", "N56")]),
    ("PR-2      12.28", [("carc", "PR-2")]),
    ("Visit     $12.28 CO 45      $0.00", [("carc", "CO-45")]),
    ("See form PR-2 and the CO 50 route.", []),
]


@pytest.mark.parametrize(("text", "codes"), REASONS)
def test_reasons_and_remarks_are_read_with_their_group(text, codes):
    assert read(text) == codes


def test_a_table_of_lines_gives_all_its_codes():
    text = (
        "Date        Code       Modifier    Description    Charge    Reason\n"
        "01/02/26    96365      59          Infusion       $450.00   CO-50 N130\n"
        "01/02/26    J1459      JW          Drug           $4450.00  PR-1"
    )
    assert read(text) == [
        ("carc", "CO-50"), ("carc", "PR-1"), ("modifier", "59"), ("modifier", "JW"),
        ("procedure", "96365"), ("procedure", "J1459"), ("rarc", "N130"),
    ]  # fmt: skip


def test_drug_codes_are_read_with_and_without_dashes():
    assert read("NDC 00071-0155-23") == [("ndc", "00071-0155-23")]
    assert read("NDC: 00071015523") == [("ndc", "00071015523")]
    assert read("NDC\n0002-1436-11") == [("ndc", "0002-1436-11")]
    table = (
        "Code     NDC              Price\n"
        "96366                     $9.00\n"
        "J3420    0517-0130-05     $38.00"
    )
    assert ("ndc", "0517-0130-05") in read(table)
    assert read("Order 0517-0130-05") == []


NOTHING = [
    "09/18/25   95004   340.00",
    "05/28/26 THERAPY   $148.00\n96372\n",
    "Check 95004   $340.00   $20.00   $10.00",
    "Order   95004-1180   $12.00",
    "Dallas, TX 75201",
    "ZIP code 75201",
    "Denver, CO 80202",
    "CO2 24 mmol/L",
    "Texas Insurance Code 4201.303",
    "Insurance Code 10169",
    "Room A1204, Suite 20500",
    "Total $12345",
    "in 2026 and 2027",
    "Vitamin B12 and A1C tests",
    "see section A10.1 of the policy",
    "PR 12 miles away",
    "Call 800-555-0199",
    "Claim number 12345",
    "Revenue code 0260",
    "Reason: 3 visits were missed",
    "The M25 and N4 roads",
    "12345 Gloves $5.99",
    "Form W-9, box 12345",
    "Area code 80055",
    "Place of service 11",
    "Hispanic or Latino: N10",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_code_is_left_alone(text):
    assert read(text) == []


def test_reasons_have_plain_words_and_procedures_none():
    assert "medically necessary" in (meaning_of("carc", "CO-50") or "")
    assert "do not owe" in (meaning_of("carc", "CO-50") or "")
    assert meaning_of("carc", "45") == "Charge above the allowed/contracted amount"
    assert meaning_of("rarc", "N130") == "See plan benefit documents for restrictions"
    assert meaning_of("procedure", "99214") is None
    assert meaning_of("carc", "CO-299") is not None
    assert meaning_of("carc", "299") is None


def test_the_data_says_where_its_words_come_from():
    assert resource_json("reading", "codes.json")["source"]


def test_the_table_of_diagnoses_tells_billable_codes_from_their_beginnings():
    assert icd10.is_code("G43.909")
    assert icd10.is_code("G43909")
    assert not icd10.is_code("G43.99X")
    assert icd10.is_billable("G43.909")
    assert not icd10.is_billable("G93.3")
    assert icd10.with_dot("S83511A") == "S83.511A"
    assert icd10.repaired("G43.909") is None


@given(st.text(alphabet=string.ascii_uppercase + string.digits + " .-$,\n\tcode", max_size=400))
@settings(deadline=None, max_examples=60)
def test_any_text_is_read_without_harm(text):
    paper = Paper.of_text(text)
    for found in code_facts(paper):
        assert 0 <= found.start < found.end <= len(paper.text)


@pytest.mark.parametrize(
    "piece", ["CPT 99214-25 ", "diagnosis G43.909, ", "CO-50 N130 (", "code\n"]
)
def test_hostile_repetition_is_read_in_bounded_time(piece):
    paper = Paper.of_text("\n".join([piece * 6] * (100_000 // (6 * len(piece)))))
    began = time.perf_counter()
    code_facts(paper)
    assert time.perf_counter() - began < 5
