"""The amount of checks, in digits and in words."""

from __future__ import annotations

import time

import pytest

from app.importing.sifting.checks import is_check
from app.importing.sifting.paper import Paper
from app.importing.sifting.receipts import receipt_facts

CHECK = """
BAY INDEMNITY                      No. 00771820
PAY {words} dollars
TO THE ORDER OF    Odalys Ames     {digits}
MEMO claim 022607  VOID AFTER 180 DAYS
"""


def read(words: str, digits: str, kind: str | None = "check") -> dict[str, object]:
    paper = Paper.of_text(CHECK.format(words=words, digits=digits))
    return {item.name: item.value for item in receipt_facts(paper, kind)}


@pytest.mark.parametrize(
    ("words", "digits", "amount"),
    [
        ("Two hundred twelve and 33/100", "$**212.33", "212.33"),
        ("Five hundred twelve and no/100", "$ 512.00", "512.00"),
        ("Twelve thousand forty-one and 05/100", "$12,041.05", "12041.05"),
        ("One thousand two hundred and xx/100", "$1,200.00", "1200.00"),
        ("EXACTLY ninety-nine and 00/100", "$***99.00***", "99.00"),
    ],
)
def test_the_amount_in_digits_is_that_in_words(words: str, digits: str, amount: str):
    assert read(words, digits) == {"total": amount}
    assert read(words, digits, None) == {"total": amount}


def test_words_choose_among_amounts():
    assert read("Ten and 50/100", "$10.50    fee $2.00") == {"total": "10.50"}


def test_where_words_and_digits_differ_nothing_is_given():
    assert read("Ten and 50/100", "$70.50") == {}


def test_one_amount_without_legible_words_is_given():
    assert read("~~~~", "$70.50") == {"total": "70.50"}
    assert read("~~~~", "$70.50   $7.50") == {}


def test_another_paper_is_no_check():
    assert not is_check(Paper.of_text("Please pay $70.50 by check to Bay Clinic."))
    assert is_check(Paper.of_text("Páguese a la orden de Odalys Ames  $70.50"))


def test_a_hostile_page_takes_no_longer_than_another():
    paper = Paper.of_text("to the order of one and two " * 3_000)
    began = time.process_time()
    receipt_facts(paper, "check")
    assert time.process_time() - began < 2.5
