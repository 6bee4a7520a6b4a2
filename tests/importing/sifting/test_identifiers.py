"""Numbers of claims, cases, members and providers in sentences of many authors."""

import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.npi import is_npi
from app.importing.sifting.identifiers import identifier_facts
from app.importing.sifting.mbi import is_mbi, repaired_mbi
from app.importing.sifting.npi import repaired_npi
from app.importing.sifting.paper import Paper


def read(text: str) -> list[tuple[str, object]]:
    return [(found.name, found.value) for found in identifier_facts(Paper.of_text(text))]


CLAIMS = [
    ("Claim number: HM-2026-118204", "HM-2026-118204"),
    ("Claim # 26074553", "26074553"),
    ("Claim #: 26074553", "26074553"),
    ("CLAIM NO. 44-7781-09", "44-7781-09"),
    ("Claim No.: E4471A9902.", "E4471A9902"),
    ("Clm#778120093", "778120093"),
    ("Claim ID: 2026.118.204", "2026.118.204"),
    ("Claim ID 0093/4471/22", "0093/4471/22"),
    ("Claim Control Number 20260417781", "20260417781"),
    ("Your claim (number 12345678) was denied.", "12345678"),
    ("Re: Claim HM-2026-118204", "HM-2026-118204"),
    ("We denied claim 0409652927 on March 3.", "0409652927"),
    ("MEMO Claim 1487 6657 4858", "1487 6657 4858"),
    ("about your claim, number ZK88120, for care in May", "ZK88120"),
    ("The number of this claim is 4992342324A1.", "4992342324A1"),
    ("The claim number assigned is 20-5561-X.", "20-5561-X"),
    ("Please quote claim reference 7781-22-0093 when you call.", "7781-22-0093"),
    ("CLAIM NUMBER\nHM 4471 9902 01", "HM 4471 9902 01"),
    ("ICN: 2026098801234", "2026098801234"),
    ("DCN 26074553301", "26074553301"),
    ("Claim ........ 88120-4471", "88120-4471"),
    ("claim number HM-2026-\n118204 was denied", "HM-2026-118204"),
    ("We refer to your claim number\nHM-2026-118204 of May.", "HM-2026-118204"),
    ("Número de reclamación: 2026-4471-08", "2026-4471-08"),
    ("Núm. de reclamo 88120447", "88120447"),
    ("No. de reclamación: R-20260417", "R-20260417"),
    ("su reclamo (n.º Q7557L2601) de mayo", "Q7557L2601"),
    ("Reclamación n.º 88-12044", "88-12044"),
    ("el reclamo 4471990201 fue negado", "4471990201"),
]


@pytest.mark.parametrize(("text", "value"), CLAIMS)
def test_a_claim_number_is_read_however_it_is_announced(text, value):
    assert read(text) == [("claim_number", value)]


OTHERS = [
    ("Reference number: AP-2026-0093", "reference_number", "AP-2026-0093"),
    ("Ref. No. 7781220", "reference_number", "7781220"),
    ("Ref #: K-22091", "reference_number", "K-22091"),
    ("Our reference: GRV-70-5316", "reference_number", "GRV-70-5316"),
    ("Case ID 20264431", "reference_number", "20264431"),
    ("Case number: C-2026-8812", "reference_number", "C-2026-8812"),
    ("Appeal number 4471-22", "reference_number", "4471-22"),
    ("Your appeal has the tracking number TRK0099123.", "reference_number", "TRK0099123"),
    ("Grievance # G88120", "reference_number", "G88120"),
    ("Request ID: 5566778", "reference_number", "5566778"),
    ("Case reference: REF-827512", "reference_number", "REF-827512"),
    ("N.º de caso: AB-12344", "reference_number", "AB-12344"),
    ("Número de referencia 2026-771", "reference_number", "2026-771"),
    ("Apelación n.º GRV-70-5316", "reference_number", "GRV-70-5316"),
    ("Authorization number: A-99812", "authorization_number", "A-99812"),
    ("Auth #: 2026A44712", "authorization_number", "2026A44712"),
    ("Prior Authorization No. PA-20260417", "authorization_number", "PA-20260417"),
    ("Pre-Auth: AUTH-2026-8837", "authorization_number", "AUTH-2026-8837"),
    ("Precertification # 88120447", "authorization_number", "88120447"),
    ("Pre-cert no. X88120", "authorization_number", "X88120"),
    ("Certification number 7781-2", "authorization_number", "7781-2"),
    ("under authorization A-99812 we approved", "authorization_number", "A-99812"),
    ("PA case: UM2019-05241", "authorization_number", "UM2019-05241"),
    ("Número de autorización previa: 88120-B", "authorization_number", "88120-B"),
    ("Member ID: XQN807895886", "member_id", "XQN807895886"),
    ("Member ID#: HMX 4471 9902 01", "member_id", "HMX 4471 9902 01"),
    ("Subscriber/Member ID W447199020", "member_id", "W447199020"),
    ("Subscriber ID: 795045775-73", "member_id", "795045775-73"),
    ("Member number M76200359 01", "member_id", "M76200359 01"),
    ("Identification No. U49 205 3131", "member_id", "U49 205 3131"),
    ("ID Number 88120447", "member_id", "88120447"),
    ("ID: ZGP447199020", "member_id", "ZGP447199020"),
    ("Your ID with us is 897384855.", "member_id", "897384855"),
    ("Enrollee ID 44719902", "member_id", "44719902"),
    ("Medicaid ID: AB12345C", "member_id", "AB12345C"),
    ("Card ID: 88120 44719", "member_id", "88120 44719"),
    ("member W127241817 was told", "member_id", "W127241817"),
    ("Cardholder ID: W167420189", "member_id", "W167420189"),
    ("Núm. de identificación de miembro: ABC447199", "member_id", "ABC447199"),
    ("ID del afiliado 447199020", "member_id", "447199020"),
    ("N.º de afiliado: BHV 260 324", "member_id", "BHV 260 324"),
    ("Miembro: U76 624 5489", "member_id", "U76 624 5489"),
    ("Policy number: KLM-447199", "member_id", "KLM-447199"),
    ("Group number 0093-441", "group_number", "0093-441"),
    ("Group: 46285754-67-001", "group_number", "46285754-67-001"),
    ("Grp# 55512", "group_number", "55512"),
    ("Group No. 7781", "group_number", "7781"),
    ("Policy/Group: 88120-07", "group_number", "88120-07"),
    ("RxGrp: RX4471", "group_number", "RX4471"),
    ("Número de grupo: 4471", "group_number", "4471"),
    ("Medicare Number: 1EG4-TE5-MK73", "medicare_number", "1EG4-TE5-MK73"),
    ("Member ID: 1EG4TE5MK73", "medicare_number", "1EG4TE5MK73"),
    ("MBI 1EG4 TE5 MK73", "medicare_number", "1EG4 TE5 MK73"),
    ("card 1EG4-TE5-MK73 in my wallet", "medicare_number", "1EG4-TE5-MK73"),
    ("Número de Medicare: 1EG4-TE5-MK73", "medicare_number", "1EG4-TE5-MK73"),
    ("NPI: 1234567893", "npi", "1234567893"),
    ("Rendering provider NPI # 1234567893", "npi", "1234567893"),
    ("National Provider Identifier 1234567893", "npi", "1234567893"),
    ("Provider ID: 1234567893", "npi", "1234567893"),
]


@pytest.mark.parametrize(("text", "name", "value"), OTHERS)
def test_each_number_is_what_its_label_says(text, name, value):
    also = [("member_id", value)] if name == "medicare_number" else []
    assert read(text) == [(name, value), *also]


NOTHING = [
    "Claim number: pending",
    "Claim number: N/A",
    "Claim number: see below",
    "Claim number: 03/02/2026",
    "Claim: 2026-03-02",
    "Claim number: (800) 555-0100",
    "Claim number: 1-800-555-0100",
    "Claim amount: 450.00",
    "Claim 2 of 3",
    "Claim: 2026",
    "Member ID: 123-45-6789",
    "Member ID: 123 45 6789",
    "Member ID: xxx-XX-1234",
    "The claim is denied under section 502(a).",
    "Claim forms are sent within 30 days.",
    "your claim for J1459 was denied",
    "The diagnosis code on the claim is E11.65.",
    "Last day to file your appeal: APRIL 9, 2027",
    "We review each claim within 30 days.",
    "NPI: 1234567890",
    "Account number: 88120447",
    "Patient account no. 447199-02",
    "Patient Acct #: 44719902",
    "Invoice # 2026-0115-051",
    "Receipt #: RX-789456",
    "Rx# 2487355",
    "Check No. 662287",
    "Tax ID 00-0000000",
    "EIN: 12-3456789",
    "Order number 88120447",
    "MRN: 4471990",
    "Boise, ID 83702",
    "Harrisburg, PA 17101",
    "Group therapy 90853 was billed.",
    "Group: Smith Manufacturing",
    "Número de cuenta: 44719902",
    "Medical Policy\nPolicy number: GRV-06-6716",
    "Case 1:26-cv-00231",
    "fax number 866-555-0164",
    "Plan ID 88120",
    "Reference range 4.0 - 11.0",
    "Policy number: ______________",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_such_number_is_left_alone(text):
    assert read(text) == []


def test_two_labels_in_one_line_have_their_own_numbers():
    assert read("Claim #: 88120447 Member ID: XQN807895 Group: 4471-2") == [
        ("claim_number", "88120447"), ("member_id", "XQN807895"), ("group_number", "4471-2"),
    ]  # fmt: skip


def test_a_number_stands_to_the_right_of_its_label():
    text = "Claim number     HM-2026-1182     Member ID    XQN807895\nGroup            4471-2"
    assert read(text) == [
        ("claim_number", "HM-2026-1182"), ("member_id", "XQN807895"), ("group_number", "4471-2"),
    ]  # fmt: skip


def test_numbers_stand_in_columns_under_their_heads():
    text = (
        "Claim Number      Member ID      Group\n"
        "HM-2026-1182      X1234567       55512\n"
        "HM-2026-1183"
    )
    assert sorted(read(text)) == [
        ("claim_number", "HM-2026-1182"), ("claim_number", "HM-2026-1183"),
        ("group_number", "55512"), ("member_id", "X1234567"),
    ]  # fmt: skip


def test_heads_on_two_lines_are_one_label():
    text = (
        "Claim             Member         Group\n"
        "Number            ID             No.\n"
        "HM-2026-1182      X1234567       55512"
    )
    assert sorted(read(text)) == [
        ("claim_number", "HM-2026-1182"), ("group_number", "55512"), ("member_id", "X1234567"),
    ]  # fmt: skip


def test_a_label_that_goes_on_in_the_next_line_keeps_its_number():
    assert read("Identification      061725613\nnumber:") == [("member_id", "061725613")]


def test_labels_beside_one_another_are_no_values_of_each_other():
    text = "Claim no.:        Member ID:\n88-513426         XQN807895"
    assert sorted(read(text)) == [("claim_number", "88-513426"), ("member_id", "XQN807895")]


def test_several_claims_of_one_letter_are_each_given_once():
    text = "Claim numbers 12345678, 12345679 and 12345680. We closed claim 12345679 today."
    assert [value for _, value in read(text)] == ["12345678", "12345679", "12345680"]


def test_a_document_number_is_the_reference_where_the_claim_has_its_own():
    text = "Claim number: HM-118204\nDCN: 26074553301"
    assert read(text) == [("claim_number", "HM-118204"), ("reference_number", "26074553301")]


def test_a_policy_number_is_no_member_id_where_the_member_has_one():
    text = "Member ID: XQN807895\nPolicy number: 88120-4"
    assert read(text) == [("member_id", "XQN807895")]


def test_a_reference_that_is_the_claim_number_is_not_given_twice():
    text = "Claim number: HM-118204\nReference number: HM-118204"
    assert read(text) == [("claim_number", "HM-118204")]


def test_a_covered_number_is_given_with_a_note_and_low_score():
    found = identifier_facts(Paper.of_text("Member ID: XXXXX4321"))
    assert [(item.value, item.score < 0.7) for item in found] == [("XXXXX4321", True)]
    assert "covered" in found[0].note


def test_a_letter_in_an_npi_is_put_right_only_if_the_check_digit_agrees():
    found = identifier_facts(Paper.of_text("NPI: l23456789З".replace("З", "3")))
    assert [(item.value, bool(item.note)) for item in found] == [("1234567893", True)]
    assert read("NPI: l234567890") == []


def test_groups_that_a_line_parts_are_one_number():
    assert read("Re: claim 88120447, member ID U84 243\n2407\n\nDear Ana") == [
        ("claim_number", "88120447"), ("member_id", "U84 243 2407"),
    ]  # fmt: skip
    assert read("Enrollee ID# M81627490 01 • Group # 2281") == [
        ("member_id", "M81627490 01"), ("group_number", "2281"),
    ]  # fmt: skip


def test_the_authorization_of_a_card_payment_is_the_banks():
    assert read("AUTH: 072606\nCustomer copy") == []


def test_the_place_of_a_number_is_that_of_its_words():
    paper = Paper.of_text("Dear Ana,\nclaim number 88120-447 was denied")
    found = identifier_facts(paper)[0]
    assert paper.text[found.start : found.end] == "88120-447"


def test_the_check_digit_of_an_npi_is_checked():
    assert is_npi("1234567893")
    assert not is_npi("1234567894")
    assert not is_npi("3234567893")
    assert repaired_npi("l234567893") == "1234567893"
    assert repaired_npi("1234567893") is None


def test_the_places_of_a_medicare_number_are_checked():
    assert is_mbi("1EG4TE5MK73")
    assert not is_mbi("0EG4TE5MK73")
    assert not is_mbi("1SG4TE5MK73")
    assert repaired_mbi("1EG4TE5MKT3") is None
    assert repaired_mbi("lEG4TE5MK7З".replace("З", "3")) == "1EG4TE5MK73"


@given(st.text(alphabet=string.ascii_letters + string.digits + " #:.-/\n\té°º", max_size=400))
@settings(deadline=None, max_examples=60)
def test_any_text_is_read_without_harm(text):
    paper = Paper.of_text(text)
    for found in identifier_facts(paper):
        assert 0 <= found.start < found.end <= len(paper.text)


@given(st.integers(10**6, 10**9), st.sampled_from(["Claim number: ", "Member ID ", "Group # "]))
@settings(deadline=None, max_examples=40)
def test_a_planted_number_is_found(number, label):
    assert str(number) in [value for _, value in read(f"Dear Ana,\n{label}{number}\nThank you.")]


@pytest.mark.parametrize("piece", ["claim number 12 ", "Member ID:\n", "group # 1234 , ", "no de "])
def test_hostile_repetition_is_read_in_bounded_time(piece):
    paper = Paper.of_text("\n".join([piece * 6] * (100_000 // (6 * len(piece)))))
    began = time.perf_counter()
    identifier_facts(paper)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("CLAIM NUMBER: 2026183 88 40127", "2026183 88 40127"),
        ("CLAIM NUMBER:\t2026239 88 11204", "2026239 88 11204"),
        ("Claim no. 20260411 0092 18", "20260411 0092 18"),
    ],
)
def test_a_number_in_groups_is_whole_where_it_fills_its_line(text, value):
    assert read(text) == [("claim_number", value)]


@pytest.mark.parametrize(
    "text",
    [
        "Member ID: XDJ 771A40882",
        "Member ID  XDJ 771A40882",
        "Subscriber ID# XDJ 771A40882",
        "Retiree ID: XDJ 771A40882",
        "Fund ID: XDJ 771A40882",
        "SSN/ALT ID\tXDJ 771A40882",
        "HIC XDJ 771A40882",
    ],
)
def test_letters_before_a_long_member_id_belong_to_it(text):
    assert read(text) == [("member_id", "XDJ 771A40882")]


def test_a_medicare_number_is_always_a_member_id_too():
    both = "Medicare Number: 1EG4-TE5-MK73\nMember ID: SL40087715"
    assert [value for name, value in read(both) if name == "member_id"] == [
        "1EG4-TE5-MK73",
        "SL40087715",
    ]
    assert ("member_id", "1EG4-TE5-MK73") in read("Medicare Number: 1EG4-TE5-MK73")


def test_kaiser_numbers_its_members_by_their_record_and_nobody_else_does():
    text = "MEDICAL RECORD NUMBER: 00 4417 0092"
    assert read(f"KAISER PERMANENTE\n{text}") == [("member_id", "00 4417 0092")]
    assert read(f"Lakewood Hospital\n{text}") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("Policy/Group IND-EX", "IND-EX"), ("Grp: RIDGE", "RIDGE"), ("Group No. ACME", "ACME")],
)
def test_a_group_number_may_be_letters_alone(text, value):
    assert read(text) == [("group_number", value)]


@pytest.mark.parametrize(
    "text",
    ["GROUP HEALTH", "Your group IND-EX plan", "Group: N/A", "Group: Acme Paper", "Group NONE"],
)
def test_words_after_group_are_no_number(text):
    assert read(text) == []


def test_the_last_word_of_a_clinic_announces_no_group_number():
    assert read("St. Brendan Medical Group\t95810\t$668.88") == []


def test_the_reference_of_a_till_is_that_of_a_payment():
    assert read("Debit Card  24.01\nRef 118840077\nItems sold: 3") == []
