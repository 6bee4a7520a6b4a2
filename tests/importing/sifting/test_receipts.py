"""Merchant, total and payment of receipts and card slips."""

# ruff: noqa: E501 - papers and lists of examples are clearer in one line
from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.importing.sifting.paper import Paper
from app.importing.sifting.receipt_rows import role_of_row
from app.importing.sifting.receipts import is_receipt_like, receipt_facts
from app.resources import resource_json

DATA = resource_json("reading", "receipts.json")


def read(text: str, kind: str | None = "receipt") -> dict[str, str]:
    found = receipt_facts(Paper.of_text(text), kind)
    assert len({item.name for item in found}) == len(found)
    return {item.name: str(item.value) for item in found}


PHARMACY = """
      CORNER PHARMACY #2114
     120 MAIN ST
     ALBANY, NY 12207
     TEL 555-0142
04/11/26        10:42 AM
BANDAGE STERILE 4X4     6.49
GREETING CARD           4.99
SUBTOTAL               11.48
TAX                     0.92
TOTAL                  12.40
VISA ************4528  12.40
APPROVED 004417
YOU SAVED $3.00
 RETURNS WITHIN 30 DAYS WITH RECEIPT
"""


def test_a_pharmacy_till():
    assert read(PHARMACY) == {
        "merchant": "CORNER PHARMACY #2114",
        "total": "12.40",
        "payment": "Visa 4528",
    }


def test_cash_handed_over_and_change_are_not_the_total():
    text = """
Hometown Hardware
Albany, NY 12207
TAPE MEDICAL      3.89
Total             4.16
Cash             20.00
Change           15.84
"""
    assert read(text) == {"merchant": "Hometown Hardware", "total": "4.16", "payment": "Cash"}


def test_several_totals_the_one_that_adds_up():
    text = """
Blue Door Clinic
TOTAL BEFORE TAX   100.00
SUBTOTAL           100.00
TAX                  8.00
TOTAL              108.00
TOTAL SAVINGS       12.00
TOTAL POINTS     1,250.00
GRAND TOTAL        108.00
"""
    assert read(text)["total"] == "108.00"


def test_of_two_totals_that_nothing_confirms_none_is_given():
    assert "total" not in read("Blue Door Clinic\nTOTAL   100.00\nTOTAL   108.00\n")


def test_a_paid_balance_of_nothing_is_not_the_total():
    text = "Blue Door Clinic\nTotal   80.00\nVisa   80.00\nBALANCE DUE   0.00\n"
    assert read(text)["total"] == "80.00"


def test_a_tip_that_was_charged_belongs_to_the_total():
    text = """
Sub Total    17.53
Sales Tax     1.47
Order Total  19.00
Mastercard   19.00
TIP AMOUNT    1.90
AUTHORIZED AMOUNT  20.90
"""
    assert read(text)["total"] == "20.90"


def test_a_suggested_tip_does_not():
    text = "SUBTOTAL 30.00\nTax(8.625%):  2.59\nTOTAL:  32.59\n18%   5.40 =  37.99\n"
    assert read(text)["total"] == "32.59"


def test_taxes_fees_and_coupons_stand_between_subtotal_and_total():
    text = "SUBTOTAL  84.10\nSurcharge  2.52\nCOUPON  5.00\nTAX  7.25\nTOTAL DUE  88.87\n"
    assert read(text)["total"] == "88.87"


def test_a_letter_misread_in_total_does_not_matter():
    text = "Sale Subtütal***  8.13\nTax  0.52\n*** Tutal Sale ***  8.65\nCREDIT CARD  8.65\n"
    assert read(text)["total"] == "8.65"


def test_a_card_slip():
    text = """
ST. BRENDAN INFUSION CENTER
MESA, AZ 85201
SALE
MASTERCARD   XXXX XXXX XXXX 4454
AMOUNT       $46.15
APPROVED - THANK YOU
CUSTOMER COPY
"""
    assert read(text, "card_slip") == {
        "merchant": "ST. BRENDAN INFUSION CENTER",
        "total": "46.15",
        "payment": "Mastercard 4454",
    }


def test_the_post_office_prints_a_total_of_postage_and_fees():
    text = """
U.S. Postal Service
CERTIFIED MAIL RECEIPT
Certified Mail Fee        $5.30
Return Receipt            $4.40
Postage                   $2.17
Total Postage and Fees    $11.87
"""
    assert read(text, "mail_receipt") == {"total": "11.87"}


def test_a_total_in_foreign_dollars_is_noted():
    (found,) = [
        item
        for item in receipt_facts(Paper.of_text("Jersey 7.99\nTotal   81.73 CAD\n"), "receipt")
        if item.name == "total"
    ]
    assert found.value == "81.73"
    assert "another currency (CAD)" in found.note
    assert found.score < 0.8


def test_euros_are_not_read_as_dollars():
    assert "total" not in read("Boutique\nTOTAL   €81.73\n")


def test_a_total_that_payment_and_sum_contradict_is_left_out():
    text = "SUBTOTAL  10.00\nTAX  1.00\nTOTAL  71.00\nVISA  11.00\n"
    assert "total" not in read(text)


def test_a_receipt_by_mail():
    text = """
From: WALGROVE DRUGS <receipts@shop.example>
To: Maria Ortega
Thanks for your order, Maria Ortega.
HEATING PAD:     $29.99
Tax:              $2.49
Total charged:   $32.48
"""
    assert read(text) == {"merchant": "WALGROVE DRUGS", "total": "32.48"}


MERCHANTS = {
    "Welcome to Best Goods\n1 MAIN ST\nTOTAL 5.00": "Best Goods",
    "STORE # NV-1525\n4065 S. Maryland Pkwy\nHelp Five Friends\nTOTAL  5.00": None,
    "12 Oak Avenue\nTOTAL   5.00": None,
    "RECEIPT\n555-0142\nEmployee: George\nTOTAL  5.00": None,
    "SEA TO SKY\nGONDOLA\nSea to Sky Gondola\n401 Cleveland Ave\nTOTAL  5.00": "Sea to Sky Gondola",
    "Bay Street Optical   Receipt\n14 Mill Rd\nTOTAL   5.00": "Bay Street Optical",
    "02/17/2026 FROM: 555-0152 TO: 555-0194 P.01/01\nMediMart Supply\n5 Elm St\nTOTAL  5.00": (
        "MediMart Supply"
    ),
    "WHÓLE GRAINS\nM A R K E T\n37 Foothill Blvd\nTOTAL 5.00\nThanks for shopping at Whole Grains Market": (
        "Whole Grains Market"
    ),
    "CUSTOMER COPY\nHOLLYHOCK PHARMACY #118\nJUN 03 2026\nTOTAL  5.00": "HOLLYHOCK PHARMACY #118",
    "AllCare Home Medical (online store)\n5 Elm St\nTOTAL  5.00": "AllCare Home Medical",
    "MAPLE STREET PHYSICAL\nTHERAPY LLC\nALBANY, NY 12203\nTOTAL  5.00": (
        "MAPLE STREET PHYSICAL THERAPY LLC"
    ),
    "": None,
}


@pytest.mark.parametrize("text", MERCHANTS)
def test_the_merchant_is_the_name_at_the_top(text: str):
    assert read(text).get("merchant") == MERCHANTS[text]


PAID = {
    "hsa": ("HSA CARD ending in 4411   5.00", "HSA card 4411"),
    "fsa": ("FSA card **** 4411   5.00", "FSA card 4411"),
    "visa": ("VISA ************4528   5.00", "Visa 4528"),
    "mastercard": ("MC   5.00", "Mastercard"),
    "amex": ("AMEX XXXXXXXXXXX1003   5.00", "American Express 1003"),
    "discover": ("Discover ...6611   5.00", "Discover 6611"),
    "debit": ("DEBIT CARD   5.00", "Debit card"),
    "credit": ("Credit Card   5.00", "Credit card"),
    "check": ("Check #1043   5.00", "Check"),
    "cash": ("Cash   5.00", "Cash"),
}


@pytest.mark.parametrize("name", PAID)
def test_how_it_was_paid(name: str):
    line, payment = PAID[name]
    assert read(f"Blue Door Clinic\nTotal   5.00\n{line}\n")["payment"] == payment


def test_every_method_has_its_example():
    assert {item["name"] for item in DATA["methods"]} <= set(PAID)


ROWS = {
    "total": ["TOTAL", "Grand Total", "Total Sale", "TOTAL (2 items)", "Amount Due", "Total a pagar", "T0TAL"],
    "amount": ["AMOUNT", "Sale amount", "Purchase", "Importe"],
    "balance": ["BALANCE"],
    "subtotal": ["Subtotal", "SUB TOTAL", "Net Total", "Merchandise"],
    "tax": ["TAX", "Sales Tax 8.25%", "5% GST", "IVA", "Impuesto"],
    "tip": ["Tip", "Gratuity", "Propina"],
    "less": ["COUPON", "Member savings", "You saved", "Store discount"],
    "change": ["CHANGE", "Change Due", "Su cambio"],
    "cash": ["CASH", "Cash tendered", "Efectivo"],
    "card": ["VISA", "Debit Mastercard", "Credit card", "Paid", "Check 1043"],
    None: ["GREETING CARD", "BANDAGE", "CHOC CHIP COOKIE", "TOTAL POINTS", "TOTAL SAVED TODAY X", "FSA Eligible Items"],
}  # fmt: skip


@pytest.mark.parametrize("role", ROWS)
def test_rows_are_told_apart_by_their_words(role: str | None):
    for label in ROWS[role]:
        assert role_of_row(label) == role or (role is None and role_of_row(label) == "less"), label


def test_every_role_of_a_row_has_its_examples():
    assert set(DATA["rows"]) == set(ROWS) - {None}


def test_a_receipt_looks_like_one_and_a_letter_does_not():
    letter = "Dear Maria,\nyour claim number 7 was denied. You may appeal.\nMember ID W1\n"
    assert is_receipt_like(Paper.of_text(PHARMACY)) > 0.6
    assert is_receipt_like(Paper.of_text(letter)) < 0.2
    assert read(letter, None) == {}
    assert read(PHARMACY, None)["total"] == "12.40"


def test_other_kinds_of_paper_give_nothing():
    assert read(PHARMACY, "denial") == {}


def test_the_spans_are_those_of_the_words():
    paper = Paper.of_text(PHARMACY)
    found = {
        item.name: paper.text[item.start : item.end] for item in receipt_facts(paper, "receipt")
    }
    assert (found["merchant"], found["total"]) == ("CORNER PHARMACY #2114", "12.40")


words = st.sampled_from(
    ["TOTAL", "TAX", "12.40", "$5", "\n", "  ", "CASH", "CHANGE", "VISA", "****1234", "#", "Welcome to",
     "From:", "<", "CAD", "Subtotal", "A", "thank you for shopping at "]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(words, max_size=50).map(" ".join))
def test_no_text_breaks_the_reading(text: str):
    paper = Paper.of_text(text)
    for item in receipt_facts(paper, "receipt"):
        assert paper.text[item.start : item.end].strip()
    assert 0 <= is_receipt_like(paper) <= 1


@pytest.mark.parametrize(
    "line", ["TOTAL  $1.00", "VISA ****1234  5.00", "tax " * 20 + "5.00", "x " * 50]
)
def test_a_hostile_page_takes_no_longer_than_another(line: str):
    sheet = "\n".join([line] * 60)
    paper = Paper.of_text("\f".join([sheet] * (50_000 // len(sheet))))
    began = time.process_time()
    receipt_facts(paper, "receipt")
    assert time.process_time() - began < 3


LIKE = {
    "masked_card": "Visa ****4471",
    "bare_thanks": "Corner Shop\nThank you!\n",
    "order_mail": "Thanks for your order, Odalys.",
}


@pytest.mark.parametrize("name", LIKE)
def test_what_tills_and_shops_print_makes_a_paper_like_a_receipt(name: str):
    pattern = next(item["pattern"] for item in DATA["like"] if item["name"] == name)
    assert re.search(pattern, LIKE[name].lower())
    assert is_receipt_like(Paper.of_text(LIKE[name])) > 0


@pytest.mark.parametrize(
    "name",
    ["SALTMARSH NEUROLOGY GRP", "Casco Drip Lounge", "Bay Spine Institute", "Laboratorio Sol"],
)
def test_a_kind_of_business_in_its_name_makes_a_merchant(name: str):
    text = f"MERCHANT COPY\n{name}\nMID 88004417\nSALE AMOUNT    $85.00\nTOTAL    $85.00"
    assert read(text, "card_slip")["merchant"] == name


def test_the_license_of_a_pharmacy_is_no_part_of_its_name():
    assert read("NORTH COMPOUNDING PHARMACY 503A\nRx 771204")["merchant"] == (
        "NORTH COMPOUNDING PHARMACY"
    )
