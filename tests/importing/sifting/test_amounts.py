"""Amounts of money in a text, and what only looks like one."""

# ruff: noqa: E501 - papers and lists of examples are clearer in one line
from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Money
from app.importing.sifting.amounts import amount_of, amounts_in

PRINTED = {
    "$1,234.50": "1234.50",
    "1,234.50": "1234.50",
    "$45": "45.00",
    "$1,850": "1850.00",
    "$.50": "0.50",
    "-$120": "-120.00",
    "$-120.00": "-120.00",
    "- $120": "-120.00",
    "−$120.00": "-120.00",
    "($300.00)": "-300.00",
    "$(300.00)": "-300.00",
    "(300.00)": "-300.00",
    "12.00-": "-12.00",
    "120.00CR": "-120.00",
    "120.00 CR": "-120.00",
    "USD 45.00": "45.00",
    "US$300": "300.00",
    "$ 45.00": "45.00",
    "300 dollars": "300.00",
    "300 dólares": "300.00",
    "Total:45.00": "45.00",
    "Total charges ........45.00": "45.00",
    "**45.00": "45.00",
    "$45.00*": "45.00",
    "the sum of $2,100.00.": "2100.00",
    "$300.00, and": "300.00",
    "(which was $300.00)": "300.00",
    "$7999.23 for": "7999.23",
    "$0.00": "0.00",
}
MISREAD = {
    "$l25.00": "125.00",
    "1,O00.00": "1000.00",
    "1O.00": "10.00",
    "$ 1 234.50": "1234.50",
    "$12,50": "12.50",
    "$1.234.50": "1234.50",
    "$1.234,50": "1234.50",
    "$45. 00": "45.00",
    "$45 .00": "45.00",
}
NONE = [
    "01.22.2026", "10:45.00", "E11.90", "ICD-9 250.00", "section 12.50", "§ 12.50", "version 2.10",
    "12.00 days", "2.50 mg", "45.00%", "45.00 percent", "12.00 units", "99392", "1,234", "(555) 010-2000",
    "555-0100", "90210", "$1.2 million", "$2 million", "$40-$60", "$40 - $60", "10.00-12.00", "$12.345",
    "$3,4000", "$1,234.5", "$S0.00", "$OO.O0", "12,50", "1 234.50.20", "€12.50", "v1.20", "", "$", "$$", "-",
]  # fmt: skip


@pytest.mark.parametrize("printed", PRINTED)
def test_an_amount_is_read_as_printed(printed: str):
    (amount,) = amounts_in(printed)
    assert (amount.value, amount.note, amount.score) == (PRINTED[printed], "", 1.0)


@pytest.mark.parametrize("printed", MISREAD)
def test_a_slip_with_one_possible_reading_is_repaired_and_noted(printed: str):
    (amount,) = amounts_in(printed)
    assert amount.value == MISREAD[printed]
    assert amount.note
    assert amount.score < 1


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_an_amount_is_none(text: str):
    assert amounts_in(text) == ()


def test_dollars_of_another_country_are_noted():
    (amount,) = amounts_in("TOTAL CAD$ 81.73")
    assert amount.value == "81.73"
    assert "another dollar" in amount.note


def test_the_span_is_that_of_the_printed_amount():
    text = "We paid ($1,234.50) of $2,000 to you."
    assert [text[item.start : item.end] for item in amounts_in(text)] == ["($1,234.50)", "$2,000"]


def test_amounts_of_neighbouring_columns_stay_apart():
    assert [item.value for item in amounts_in("$45 10.00 $300.00\t12.00-")] == [
        "45.00", "10.00", "300.00", "-12.00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("45", "45.00"),
        ("0", "0.00"),
        ("12,50", "12.50"),
        ("$45*", "45.00"),
        (" 45.00 (a) ", "45.00"),
    ],
)
def test_in_a_column_of_amounts_a_bare_number_is_one(cell: str, value: str):
    amount = amount_of(cell)
    assert amount
    assert amount.value == value


@pytest.mark.parametrize(
    "cell", ["", "--", "007", "12,5", "CO-45", "45.00 of 60.00", "1,234", "N/A"]
)
def test_a_cell_that_says_something_else_is_no_amount(cell: str):
    assert amount_of(cell) is None


@given(st.integers(0, 99_999_999_99), st.sampled_from(["${}", "{}", "USD {}", "x {} y", "\t{}\n"]))
def test_every_amount_is_read_back_as_it_was_written(cents: int, around: str):
    printed = f"{cents // 100:,}.{cents % 100:02}"
    (amount,) = amounts_in(around.format(printed))
    assert amount.money == Money(cents)


@given(st.text(alphabet="$0123456789,. -()OlI|CRUSDm%/:\t\n", max_size=120))
def test_spans_lie_in_the_text_in_order_and_never_overlap(text: str):
    at = 0
    for amount in amounts_in(text):
        assert at <= amount.start < amount.end <= len(text)
        assert any(map(str.isalnum, text[amount.start : amount.end]))
        at = amount.end


@pytest.mark.parametrize(
    "piece", ["$", "1,", "$1 ", "1 234 ", "O", "(", "-", "$ 1 ", "1.1", "12.50 "]
)
def test_a_hostile_page_takes_no_longer_than_another(piece: str):
    text = (piece * 100_000)[:100_000]
    began = time.process_time()
    amounts_in(text)
    assert time.process_time() - began < 1.5
