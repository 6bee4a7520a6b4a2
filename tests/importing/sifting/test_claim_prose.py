"""The charge a letter decides on, mentioned in passing: every named mention has its example."""

from __future__ import annotations

import time

import pytest

from app.importing.sifting.amount_facts import amount_facts
from app.importing.sifting.claim_prose import charge_in_question
from app.importing.sifting.paper import Paper
from app.resources import resource_json

DATA = resource_json("reading", "amounts.json")["charge_in_question"]

MENTIONS = {
    "in_brackets": [
        "We cannot process the claim ($2,311.75, Lakewood Physicians).",
        "This is about the bill of Bay Imaging (Claim MPM 664120; code 78452; $2,940).",
        "Payment for code 90867 ($410.00) at Bay Clinic was denied.",
        "The infusion on May 3 ($1,860) is not a covered benefit.",
        "El servicio del 3 de mayo ($640.00) no está cubierto.",
    ],
    "code_in_brackets": [
        "Urgent care (99203, $178.00) at Bay Urgent Care: denied.",
        "Oxygen (G0277-59; $410.00) is investigational.",
    ],
    "not_paid": [
        "Sadly we can't pay back the $1,200 for six vitamin infusions.",
        "We are unable to reimburse your $85.00.",
        "We will not approve payment for the charge of $240.00.",
        "The Fund declines to cover the $3,150.00 you ask for.",
    ],
    "was_denied": [
        "The charge from Bay Hospital dated May 3, $5,620.00, cannot be paid.",
        "Your bill, in all $512.00, was turned down.",
        "Services on 05/03/2026 in the sum of $77.00 are excluded.",
    ],
    "denied_the_charge": [
        "We have denied the charge for your MRI, $1,940.",
        "We received an invoice from Bay Pharmacy, total $99.00.",
        "We are rejecting your request for the wheelchair: $2,450.00.",
    ],
    "concerns": [
        "This letter concerns the MRI of May 3, $1,940.",
        "Re: ambulance ride on 05/03/2026, $1,275.00",
    ],
    "dated_service": [
        "Infusion on 05/03/2026, $812.00.",
        "Your visit of May 3, 2026 at $178.00 needs a referral.",
    ],
    "no_aprobamos": [
        "No aprobamos el pago de $1,860.00 por la infusión de hierro.",
        "No podemos reembolsar su factura de $240.00.",
        "El plan no pagará los $99.00.",
    ],
    "fue_denegado": [
        "Su factura, en total $512.00, fue rechazada.",
        "El pago del hospital, $5,620.00, ha sido denegado.",
    ],
    "denegamos": [
        "Hemos denegado el cargo de la ambulancia: $1,275.00.",
        "Recibimos la factura del hospital, $512.00.",
    ],
}
NOTHING = [
    "Your copay for the visit ($40.00) was not refunded.",
    "We denied the claim. The review costs a fee of $25.00.",
    "We paid the claim ($88.10) in full.",
    "Your claim was denied. Fines of up to $11,000.00 apply to fraud.",
    "Your plan pays for visits up to $500.00.",
    "If your claim is denied, you may owe the $300.00.",
    "El reclamo se pagó menos su copago ($25.00).",
    "We denied the claim for the $2,000 deductible.",
    "We denied your claim because your $2,000 benefit for therapy is used up.",
    "Tell us if the settlement of $5,000.00 covered this bill.",
    "We did not approve the $40 copay waiver.",
]


def read(text: str, kind: str | None = "denial") -> list[object]:
    return [item.value for item in charge_in_question(text, kind)]


@pytest.mark.parametrize("item", DATA["patterns"], ids=lambda item: item["name"])
def test_every_mention_tells_what_was_billed(item: dict[str, str]):
    for text in MENTIONS[item["name"]]:
        found = charge_in_question(text, None)
        assert {one.name for one in found} == {"billed"}, text
        assert len({one.value for one in found}) == 1
        assert text[found[0].start : found[0].end].strip("()").lstrip("$")[0].isdigit()


@pytest.mark.parametrize("text", NOTHING)
def test_shares_fees_and_payments_are_not_what_was_billed(text: str):
    assert read(text) == []


def test_the_only_amount_of_a_decision_is_what_it_decides_on():
    text = "Your claim came in at\n$640.00 last week."
    assert read(text) == ["640.00"]
    assert read(text, None) == []
    assert read("We reverse our decision on your claim and now pay the sum of $742.15.") == []
    assert read(text + " Another charge was $12.00.") == []


def test_other_papers_mention_no_charge_in_question():
    text = "Payment for code 90867 ($410.00) at Bay Clinic was denied."
    assert read(text, "eob") == read(text, "other") == []


def test_what_the_letter_says_plainly_goes_first():
    text = "Amount billed:   $700.00\n\nWe cannot pay for the visit ($410.00)."
    facts = amount_facts(Paper.of_text(text), "denial")
    assert [item.value for item in facts if item.name == "billed"] == ["700.00"]


@pytest.mark.parametrize(
    "piece", ["claim ( $1.00 ", "we cannot pay the ", "($1) ", "visit on may 3 $2 "]
)
def test_a_hostile_page_takes_no_longer_than_another(piece: str):
    text = (piece * 100_000)[:100_000]
    began = time.process_time()
    charge_in_question(text, "denial")
    assert time.process_time() - began < 2.5
