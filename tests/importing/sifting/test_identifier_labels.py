"""Every label of the data files is known by a sentence of its own."""

import pytest

from app.importing.sifting.folding import folded
from app.importing.sifting.labelled import lexicon
from app.resources import resource_json

SENTENCES = {
    "labels.json": {
        "claim-number": "Claim Number: 88120447",
        "claim-alone": "Re: Claim 88120447",
        "claim-number-spanish": "Número de reclamación: 88120447",
        "claim-control": "ICN 2026098801234",
        "reference-number": "Appeal number 4471-22",
        "paperwork-number": "Application ID 40-77182",
        "reference-alone": "Reference: AP-4471",
        "reference-number-spanish": "N.º de caso: 4471-22",
        "authorization-number": "Pre-cert no. X88120",
        "authorization-alone": "under authorization A-99812",
        "authorization-number-spanish": "Número de autorización previa: 88120",
        "member-id": "Subscriber ID: 795045775",
        "holder-number": "Trust ID: MCE 0441-7",
        "health-record": "Medical record number 00 4417 0092",
        "identification-number": "Identification No. 88120447",
        "id-alone": "ID: ZGP447199020",
        "member-alone": "member W127241817",
        "member-id-spanish": "N.º de afiliado: BHV 260 324",
        "policy-number": "Policy number: KLM-447199",
        "employee-id": "Employee ID: JSE0081174",
        "participant-number": "Participant number: PF-20447",
        "plan-id": "Plan ID: GFC0091182",
        "policy-alone": "Contract 0000-4471-2093-8",
        "group-number": "Group No. 7781",
        "group-alone": "Group: 4471-2",
        "drug-group": "RxGrp 4471",
        "group-number-spanish": "Número de grupo: 4471",
        "medicare-number": "Medicare Number: 1EG4-TE5-MK73",
        "npi": "NPI 1234567893",
        "provider-id": "Provider ID: 1234567893",
        "account": "Patient account no. 88120447",
        "invoice": "Invoice # 2026-0115",
        "prescription": "Rx# 2487355",
        "payment": "Check No. 662287",
        "tax": "Tax ID 12-3456789",
        "telephone": "Fax number 866-555-0164",
    },
    "codes.json": {
        "diagnosis-code": "Diagnosis code: G43.909",
        "diagnosis-code-spanish": "Código de diagnóstico: G43.909",
        "procedure-code": "CPT/HCPCS code 96365",
        "procedure-code-spanish": "Código de procedimiento 96365",
        "code-alone": "the code 96365",
        "modifier": "with modifier 59",
        "ndc": "NDC 00071-0155-23",
        "adjustment-code": "Claim adjustment reason code 50",
        "reason-alone": "Reason: CO-50",
        "remark-code": "Remark code N130",
        "reason-or-remark": "Reason/Remark code: CO-50",
        "group-code": "Group code: CO",
        "other-code": "ZIP code 45402",
    },
    "parties.json": {
        "provider-label": "Rendering provider: Dr. Luis Okafor",
        "provider-alone": "Provider: Dr. Luis Okafor",
        "provider-spanish": "Nombre del proveedor: Dr. Luis Okafor",
        "provider-in-words": "requested by Dr. Luis Okafor",
        "care-at": "six infusions at Casco Drip Lounge",
        "pharmacy": "Pharmacy: Northloop Compounding Pharmacy",
        "who-pays-the-bill": "Bill to: Ana Ruiz",
        "sent-to": "To: Ana Ruiz",
        "provider-by": "on May 3 by Dr. Luis Okafor",
        "facility-label": "Facility: Riverbend Hospital",
        "patient-label": "Patient name: Ana Ruiz",
        "office-of": "the office of Dr. Ana Ruiz",
        "patient-short": "Pt: Ana Ruiz",
        "recipient-alone": "Recipient: Ana Ruiz",
        "insurer-company": "Company: Acme Mutual Insurance",
        "patient-alone": "Patient: Ana Ruiz",
        "patient-in-words": "your daughter, Mia Torres",
        "patient-supposed": "coverage for Ana Ruiz",
        "on-behalf-of": "on behalf of Ana Ruiz",
        "appeals-go-to": "Mail your appeal to Cedar Valley Mutual",
        "payee": "PAY TO THE ORDER OF Ana Ruiz",
        "member-name": "Member name: Ana Ruiz",
        "member-alone": "Member: Ana Ruiz",
        "name-alone": "Name: Ana Ruiz",
        "salutation": "Dear Ana Ruiz",
        "insurer-label": "Insurance company: Cedar Valley Mutual",
        "insurer-alone": "Insurer: Cedar Valley Mutual",
        "plan-alone": "Plan: Cedar Valley Mutual",
        "insurer-in-words": "underwritten by Cedar Valley Mutual",
        "administrator": "administered by Prairie Benefit Services",
        "other-person": "Reviewed by Dr. Luis Okafor",
    },
}


@pytest.mark.parametrize(
    ("file", "pattern", "sentence"),
    [(file, *item) for file, sentences in SENTENCES.items() for item in sentences.items()],
)
def test_each_label_is_known_by_its_sentence(file, pattern, sentence):
    mentions = lexicon(file).mentions(folded(sentence))
    assert pattern in [mention.label.pattern for mention in mentions]


@pytest.mark.parametrize("file", SENTENCES)
def test_no_label_of_the_data_is_without_a_sentence(file):
    patterns = {entry["pattern"] for entry in resource_json("reading", file)["labels"]}
    assert patterns == set(SENTENCES[file])


def test_the_longest_of_several_labels_counts():
    plain = folded("patient account number 88120447")
    assert [mention.label.pattern for mention in lexicon("labels.json").mentions(plain)] == [
        "account"
    ]


def test_a_number_that_begins_like_a_label_is_none():
    plain = folded("number CLM-2026-118")
    assert lexicon("labels.json").mentions(plain) == []


def test_folding_keeps_every_letter_at_its_place():
    text = "Núm. de Reclamación n.º 4 – ÑANDÚ İ №"
    assert len(folded(text)) == len(text)
    assert folded("Núm. n.º") == "num. n.o"
