"""Amounts in sentences: every named saying has its example, every stop a sentence that it stops."""

# ruff: noqa: E501 - papers and lists of examples are clearer in one line
from __future__ import annotations

import re
import time

import pytest

from app.importing.sifting.amount_prose import prose_amounts
from app.resources import resource_json

DATA = resource_json("reading", "amounts.json")

SAYINGS = {
    "paid_of_billed": ("We paid $120.00 of the $300.00 billed.", "plan_paid=120.00 billed=300.00"),
    "payer_paid": ("Your plan has already paid your provider $1,240.00.", "plan_paid=1240.00"),
    "payment_sent": ("A payment of $88.10 was sent to your doctor.", "plan_paid=88.10"),
    "payer_issued": ("We have issued a check for $75.00 to you.", "plan_paid=75.00"),
    "provider_billed": ("Your provider billed us $310.00 for this visit.", "billed=310.00"),
    "allowed_and_paid": (
        "Your plan allowed $800.00 and paid $640.00.",
        "allowed=800.00 plan_paid=640.00",
    ),
    "billed_was": ("The total charge for your MRI was $2,400.00.", "billed=2400.00"),
    "amount_billed_after": ("Of the $450.00 charged, nothing was paid.", "billed=450.00"),
    "claim_for": ("We received a claim from Dr. Lee for $1,250.00.", "billed=1250.00"),
    "allowed_was": ("The allowed amount for this service is $180.00.", "allowed=180.00"),
    "asked_to_pay": (
        "Your doctor asked us to pay $512.00 for IV infusion, each added hour.",
        "billed=512.00",
    ),
    "we_charged": ("For your visit on May 3 we charged $220.00.", "billed=220.00"),
    "insurance_named_paid": (
        "Your insurance, Harbor Light Health, Inc. (HMO), paid $1,965.48.",
        "plan_paid=1965.48",
    ),
    "wrote_off": ("We wrote off $60.00 under our contract.", "discount=60.00"),
    "payer_allowed": ("Medicare approved $88.10 for this infusion.", "allowed=88.10"),
    "amount_not_covered": ("Of this, $150.00 is not covered by your plan.", "not_covered=150.00"),
    "did_not_cover": ("The plan did not cover $75.50 of your bill.", "not_covered=75.50"),
    "denied_charges": ("The denied amount is $450.00.", "not_covered=450.00"),
    "applied_to_deductible": (
        "$100.00 was applied to your medical deductible.",
        "deductible=100.00",
    ),
    "we_applied_to_deductible": ("We applied $62.00 toward your deductible.", "deductible=62.00"),
    "deductible_for_claim": ("The deductible for this claim is $62.00.", "deductible=62.00"),
    "copay_for_claim": ("Your copay for this visit was $40.00.", "copay=40.00"),
    "coinsurance_was": ("Your coinsurance is $36.00.", "coinsurance=36.00"),
    "you_owe": ("You may owe your provider $45.00.", "patient_owes=45.00"),
    "responsible_for": (
        "You are responsible for paying the remaining $160.00.",
        "patient_owes=160.00",
    ),
    "your_share": ("Your share of the cost is $36.00.", "patient_owes=36.00"),
    "amount_you_owe": ("The amount you owe for these services is $412.00.", "patient_owes=412.00"),
    "balance_of": ("Our records show an unpaid balance of $85.00.", "patient_owes=85.00"),
    "provider_may_bill": ("Your provider may bill you $2,610.00.", "patient_owes=2610.00"),
    "our_payment": ("Our payment is $0.00.", "plan_paid=0.00"),
    "may_be_billed": ("You may be billed for $17.62.", "patient_owes=17.62"),
    "full_amount_of": (
        "You are responsible for the full cost of $4,250.00.",
        "patient_owes=4250.00",
    ),
    "denied_payment": ("We denied payment of $450.00.", "not_covered=450.00"),
    "leaving_you": ("The rest was taken off, leaving you with $36.00.", "patient_owes=36.00"),
    "is_your_responsibility": (
        "The remaining $36.00 is your responsibility.",
        "patient_owes=36.00",
    ),
    "you_paid": ("You already paid the office $25.00.", "patient_paid=25.00"),
    "your_payment": ("Thank you for your payment of $60.00.", "patient_paid=60.00"),
    "discount_of": ("A network savings of $142.50 was taken.", "discount=142.50"),
    "proveedor_facturo": ("Su médico facturó $310.00 al plan.", "billed=310.00"),
    "reclamo_por": ("Recibimos un reclamo por $1,250.00.", "billed=1250.00"),
    "plan_pago": ("Su plan pagó al proveedor $120.00.", "plan_paid=120.00"),
    "pagamos": ("Pagamos a su médico $88.10.", "plan_paid=88.10"),
    "pagamos_de": (
        "El plan pago $120.00 de los $300.00 facturados.",
        "plan_paid=120.00 billed=300.00",
    ),
    "usted_debe": ("Usted debe pagar $45.00.", "patient_owes=45.00"),
    "su_responsabilidad": ("Su responsabilidad es de $36.00.", "patient_owes=36.00"),
    "saldo_de": ("Tiene un saldo pendiente de $85.00.", "patient_owes=85.00"),
    "aplico_al_deducible": ("$100.00 se aplicaron a su deducible.", "deductible=100.00"),
    "aplicamos_al_deducible": ("Se aplicaron $62.00 a su deducible.", "deductible=62.00"),
    "monto_permitido": ("El monto permitido es de $180.00.", "allowed=180.00"),
    "no_cubrio": ("$150.00 no están cubiertos.", "not_covered=150.00"),
    "usted_pago": ("Usted ya pagó $25.00.", "patient_paid=25.00"),
    "amount_billed_beside": ("The amount billed, $480.50, is unusual.", "billed=480.50"),
    "submitted_by": ("We looked at the $612.00 you submitted.", "billed=612.00"),
    "the_bill": ("We have your $5,620.00 hospital bill.", "billed=5620.00"),
    "billed_at": ("The scan was billed at $1,940.", "billed=1940.00"),
    "claim_of": ("We have a claim of $5,620.00 from Bay Hospital.", "billed=5620.00"),
    "request_of": ("Your request for reimbursement of $240.00 came late.", "billed=240.00"),
    "will_pay": ("We reverse our denial and will pay $742.15 to Bay Clinic.", "plan_paid=742.15"),
    "was_paid_to": ("$88.10 has been paid directly to your doctor.", "plan_paid=88.10"),
    "payment_will_be": ("A payment of $88.10 will be mailed soon.", "plan_paid=88.10"),
    "you_must_pay": ("You must pay your provider $45.00.", "patient_owes=45.00"),
    "please_pay": ("Please pay the remaining balance of $45.00.", "patient_owes=45.00"),
    "is_due": ("On your account $45.00 is past due.", "patient_owes=45.00"),
    "amount_due_of": ("There is a past due amount of $45.00.", "patient_owes=45.00"),
    "you_owe_beside": ("The amount you owe, $45.00, is your copay.", "patient_owes=45.00"),
    "not_covered_come_to": (
        "Charges not covered for those days come to $5,150.00.",
        "not_covered=5150.00",
    ),
    "denied_of": ("We denied $150.00 of the bill.", "not_covered=150.00"),
    "deductible_was_applied": (
        "The $1,736.00 Part A deductible was applied.",
        "deductible=1736.00",
    ),
    "deductible_of_applied": ("Your deductible of $62.00 was taken.", "deductible=62.00"),
    "counted_to_deductible": ("$62.00 was counted toward your deductible.", "deductible=62.00"),
    "copay_of_taken": ("A copay of $40.00 was subtracted.", "copay=40.00"),
    "copay_collected": ("A copay of $40.00 was collected at the desk.", "patient_paid=40.00"),
    "received_from_you": ("We received $60.00 from you in May.", "patient_paid=60.00"),
    "thank_you_for": ("Thanks for paying $60.00.", "patient_paid=60.00"),
    "billed_then_allowed": ("Billed $18,204.16; allowed $0.00.", "billed=18204.16 allowed=0.00"),
    "will_pay_named": ("We will pay Dr. Mabel Orr, MD $386.20.", "plan_paid=386.20"),
    "owe_a_copay": ("You owe a $45.00 copay.", "copay=45.00"),
    "owe_coinsurance": ("You owe $36.00 in coinsurance.", "coinsurance=36.00 patient_owes=36.00"),
    "responsible_for_payment": (
        "You are responsible for payment of $914.30.",
        "patient_owes=914.30",
    ),
    "nuevo_saldo": ("Su nuevo saldo es de $612.40.", "patient_owes=612.40"),
    "new_balance": ("Your new balance is $212.40.", "patient_owes=212.40"),
    "responsibility_to_provider": (
        "Your responsibility to the provider is $900: $310 deductible and the rest.",
        "patient_owes=900.00",
    ),
    "charge_of_provider": ("The hospital's charge of $12,400 is high.", "billed=12400.00"),
    "facturados": ("De los $300.00 facturados, nada se aprobó.", "billed=300.00"),
    "cargo_fue": ("El cargo total fue de $310.00.", "billed=310.00"),
    "reclamo_por_valor": ("Tenemos su reclamo por valor de $640.00.", "billed=640.00"),
    "se_pagaron": ("Se pagaron al hospital $120.00.", "plan_paid=120.00"),
    "tiene_que_pagar": ("Usted tiene que pagar al hospital $45.00.", "patient_owes=45.00"),
    "su_copago": ("Su copago es de $25.00.", "copay=25.00"),
    "su_coaseguro": ("Su coaseguro fue $16.00.", "coinsurance=16.00"),
    "no_cubiertos_suman": ("Los servicios no cubiertos suman $150.00.", "not_covered=150.00"),
}
STOPPED = {
    "each": ["You owe $40.00 for each visit.", "You owe $40.00 per day."],
    "year": ["Your share is $2,000.00 a year.", "You paid $300.00 last year."],
    "unsure": [
        "You may owe up to $500.00.",
        "If you use another doctor, you owe $80.00.",
        "You would owe about $80.00.",
        "Your estimated share is $80.00.",
    ],
    "condition": ["If you call us, you owe $80.00.", "You owe $80.00 unless we reverse this."],
    "limit": ["You owe more than $500.00.", "Your share is $8,000.00 at most, a limit of the plan."],
    "running": ["You paid $1,200.00 so far.", "$900.00 was applied to your deductible and met it."],
    "fee": ["You owe $312.00 for your premium.", "You owe a late fee of $25.00."],
    "spanish": ["Usted debe $40.00 por visita.", "Usted debe hasta $500.00.", "Si usted apela, su parte es $80.00."],
}  # fmt: skip
NOTHING = [
    "Your deductible is $3,400.00.",
    "The plan covers expenses over $500.00.",
    "You do not owe $45.00.",
    "The fee for an external review is $25.00.",
    "Call us about the $300.00.",
    "A copayment of $40.00 applies.",
    "Fines of $11,000.00 apply.",
    "$1,200.00 of $3,400.00 met.",
]


def read(text: str) -> str:
    found = sorted(prose_amounts(text), key=lambda item: item.start)
    return " ".join(f"{item.name}={item.value}" for item in found)


@pytest.mark.parametrize("name", [item["name"] for item in DATA["prose"]])
def test_every_saying_is_understood(name: str):
    sentence, values = SAYINGS[name]
    assert set(read(sentence).split()) == set(values.split())


@pytest.mark.parametrize("name", [item["name"] for item in DATA["prose_stops"]])
def test_every_stop_keeps_a_sentence_from_telling_an_amount(name: str):
    for sentence in STOPPED[name]:
        assert read(sentence) == "", sentence


@pytest.mark.parametrize("sentence", NOTHING)
def test_limits_fees_and_plans_tell_no_amount(sentence: str):
    assert read(sentence) == ""


def test_a_stop_ends_with_its_sentence():
    assert read("A premium of $312.00 is due. You owe $45.00.") == "patient_owes=45.00"


def test_a_sentence_may_run_over_lines_and_a_doctor_does_not_end_it():
    text = "The charge from Dr. Okafor\nwas\n$310.00. You\nowe $36.00."
    assert read(text) == "billed=310.00 patient_owes=36.00"


def test_cells_and_blocks_are_no_sentence():
    assert read("You owe\t$45.00") == ""
    assert read("You owe\n\n$45.00") == ""


def test_a_condition_after_what_was_billed_leaves_it():
    text = "The amount billed, $812.50, is your responsibility unless your provider agreed."
    assert read(text) == "billed=812.50"


def test_brackets_around_an_amount_of_a_sentence_are_no_minus():
    assert read("The amount billed ($812.50) was high.") == "billed=812.50"


def test_names_and_requests_may_stand_between():
    assert read("Su proveedor, Clínica Sol, nos cobró $640.00.") == "billed=640.00"
    assert read("You asked us to reimburse you for $389.99.") == "billed=389.99"


def test_the_span_is_that_of_the_amount():
    text = "Thank you. You owe $45.00 now."
    (found,) = prose_amounts(text)
    assert text[found.start : found.end] == "$45.00"


@pytest.mark.parametrize(
    "piece",
    ["you owe ", "paid $1.00 ", "your plan ", "@ ", "$5 of ", "claim for a total of ", "a."],
)
def test_a_hostile_page_takes_no_longer_than_another(piece: str):
    text = (piece * 100_000)[:100_000]
    began = time.process_time()
    prose_amounts(text)
    assert time.process_time() - began < 2.5


def test_patterns_mark_an_amount_for_each_of_their_roles():
    for item in DATA["prose"]:
        marks = len(re.findall("@", item["pattern"]))
        assert marks == len(item["roles"]), item["name"]
