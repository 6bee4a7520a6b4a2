"""Whether the amounts of an explanation of benefits add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.eob_sums import EobAmounts, sums
from app.domain.money import Money


def amounts(**dollars: str) -> EobAmounts:
    return EobAmounts.of({name: Money.parse(text) for name, text in dollars.items()})


WHOLE = {
    "billed": "600.00",
    "discount": "179.00",
    "allowed": "421.00",
    "plan_paid": "309.00",
    "deductible": "62.00",
    "copay": "0",
    "coinsurance": "50.00",
    "patient_owes": "112.00",
}


def test_a_line_that_adds_up_asks_nothing():
    assert sums([amounts(**WHOLE)], None) == ()


def test_a_discount_that_is_off_by_a_dollar_is_asked_about():
    (found,) = sums([amounts(**{**WHOLE, "discount": "178.00"})], None)
    assert (found.equation, found.row, found.said, found.parts) == (
        "E1", 1, Money(60000), Money(59900),
    )  # fmt: skip
    assert found.text == (
        "Line 1: the amount allowed and the discount add up to $599.00, "
        "the paper says $600.00 for the amount billed. Which is right?"
    )


def test_what_is_not_covered_may_stand_beside_the_discount_or_lie_in_it():
    beside = {**WHOLE, "discount": "100.00", "not_covered": "79.00", "patient_owes": "191.00"}
    inside = {**WHOLE, "not_covered": "79.00", "patient_owes": "112.00"}
    assert sums([amounts(**beside), amounts(**inside)], None) == ()


def test_the_parts_of_the_allowed_amount_are_asked_about_by_name():
    (found,) = sums([amounts(**{**WHOLE, "plan_paid": "300.00"})], None)
    assert found.equation == "E2"
    assert "add up to $412.00, the paper says $421.00 for the amount allowed" in found.text


def test_what_you_owe_is_the_shares_and_what_the_plan_leaves_to_you():
    (found,) = sums([amounts(**{**WHOLE, "patient_owes": "120.00"})], None)
    assert (found.equation, found.said, found.parts) == ("E3", Money(12000), Money(11200))


def test_a_share_in_one_column_counts_as_its_parts():
    merged = {
        "billed": "200.00", "discount": "80.00", "allowed": "120.00",
        "plan_paid": "90.00", "cost_share": "30.00", "patient_owes": "30.00",
    }  # fmt: skip
    assert sums([amounts(**merged)], None) == ()
    (found,) = sums([amounts(**{**merged, "cost_share": "25.00", "patient_owes": "25.00"})], None)
    assert found.equation == "E2"


def test_without_a_column_of_coinsurance_nothing_is_asked_about_the_shares():
    dental = {"allowed": "220.00", "deductible": "50.00", "plan_paid": "136.00"}
    assert sums([amounts(**dental, patient_owes="84.00")], None) == ()


def test_without_an_allowed_amount_the_whole_must_close():
    three = {"billed": "300.00", "discount": "120.00", "plan_paid": "150.00"}
    assert sums([amounts(**three, patient_owes="30.00")], None) == ()
    (found,) = sums([amounts(**three, patient_owes="40.00")], None)
    assert (found.equation, found.parts) == ("E4", Money(31000))


def test_another_insurance_counts_as_paid():
    line = {**WHOLE, "plan_paid": "209.00", "other_paid": "100.00"}
    assert sums([amounts(**line)], None) == ()


def test_a_total_that_is_not_the_sum_of_its_lines_is_asked_about():
    lines = [amounts(billed="100.00", plan_paid="60.00"), amounts(billed="50.00", plan_paid="0")]
    (found,) = sums(lines, amounts(billed="160.00", plan_paid="60.00"))
    assert (found.equation, found.row, found.said, found.parts) == (
        "E5", None, Money(16000), Money(15000),
    )  # fmt: skip
    assert found.text == (
        "The lines add up to $150.00 for the amount billed, "
        "the paper's total says $160.00. Which is right?"
    )


def test_a_column_with_a_blank_is_not_added_up():
    lines = [amounts(billed="100.00", copay="20.00"), amounts(billed="50.00")]
    assert sums(lines, amounts(billed="150.00", copay="35.00")) == ()


def test_totals_without_lines_are_checked_for_themselves():
    (found,) = sums([], amounts(**{**WHOLE, "billed": "700.00"}))
    assert (found.equation, found.row) == ("E1", None)
    assert found.text.startswith("The amount allowed and the discount add up to $600.00")


def test_the_number_of_a_line_is_that_of_the_paper():
    (found,) = sums([amounts(**{**WHOLE, "billed": "700.00"})], None, first_row=4)
    assert found.row == 4
    assert found.text.startswith("Line 4: ")


def test_a_single_part_is_said_in_the_singular():
    lines = [amounts(cost_share="30.00", patient_owes="35.00")]
    (found,) = sums(lines, None)
    assert "your share of the cost is $30.00, the paper says $35.00" in found.text


@pytest.mark.parametrize("name", ["billed", "allowed", "plan_paid", "patient_owes"])
def test_one_amount_alone_asks_nothing(name: str):
    assert sums([amounts(**{name: "12.00"})], None) == ()


cents = st.integers(0, 10**9)


@given(cents, cents, cents, cents, cents)
def test_amounts_made_by_the_equations_close(
    discount: int, paid: int, deductible: int, copay: int, coinsurance: int
):
    owed = deductible + copay + coinsurance
    line = EobAmounts.of(
        {
            "billed": Money(discount + paid + owed),
            "discount": Money(discount),
            "allowed": Money(paid + owed),
            "plan_paid": Money(paid),
            "deductible": Money(deductible),
            "copay": Money(copay),
            "coinsurance": Money(coinsurance),
            "patient_owes": Money(owed),
        }
    )
    assert sums([line, line], None) == ()
