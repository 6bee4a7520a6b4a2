"""What the patient owes for each line: always the total that the explanation tells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.importing.benefits import Amounts, Benefit, BenefitLine
from app.importing.eob_shares import UNKNOWN, shares_of


def cents(amounts: Amounts, *lines: Amounts | BenefitLine) -> list[int]:
    return [share.owed.cents for share in shares_of(claim(amounts, *lines))]


def notes(amounts: Amounts, *lines: Amounts | BenefitLine) -> list[str]:
    return [share.note for share in shares_of(claim(amounts, *lines))]


def claim(amounts: Amounts, *lines: Amounts | BenefitLine) -> Benefit:
    made = (line if isinstance(line, BenefitLine) else BenefitLine(amounts=line) for line in lines)
    return Benefit(row=1, key="k", version="", print="p", amounts=amounts, lines=tuple(made))


def test_what_a_line_says_the_member_owes_stands_before_its_parts() -> None:
    assert cents({}, {"patient_owes": 500, "copay": 20_00, "deductible": 30_00}) == [500]


def test_the_parts_of_a_line_add_up() -> None:
    assert cents({}, {"deductible": 1, "copay": 2, "coinsurance": 4}, {"copay": -8}) == [7, -8]
    assert notes({}, {"deductible": 1, "copay": 2, "coinsurance": 4}) == [""]


def test_lines_that_agree_with_the_total_keep_their_figures() -> None:
    assert cents({"patient_owes": 30}, {"copay": 10}, {"copay": 20}) == [10, 20]


def test_a_total_without_lines_stands_in_the_first_line() -> None:
    assert cents({"patient_owes": 30}, {"billed": 50}, {"billed": 60}) == [30, 0]
    assert "whole claim" in notes({"patient_owes": 30}, {}, {})[0]
    assert cents({"copay": 5, "deductible": 6}, {}, {}) == [11, 0]


def test_a_part_told_only_for_the_claim_is_added_to_the_first_line() -> None:
    found = shares_of(claim({"deductible": 100_00}, {"copay": 10_00}, {"copay": 20_00}))
    assert [share.owed.cents for share in found] == [110_00, 20_00]
    assert "$100.00 of this" in found[0].note
    assert found[1].note == ""


def test_lines_that_say_more_than_the_total_give_way_to_it() -> None:
    assert cents({"patient_owes": 15}, {"copay": 10}, {"copay": 20}) == [15, 0]
    assert all(
        "$0.30" in note and "$0.15" in note
        for note in notes({"patient_owes": 15}, {"copay": 10}, {"copay": 20})
    )


def test_a_total_of_nothing_beside_a_copay_is_doubted() -> None:
    first, second = shares_of(claim({"patient_owes": 0, "copay": 120_00}, {}, {}))
    assert (first.owed.cents, second.owed.cents) == (0, 0)
    assert "$120.00" in first.note
    assert second.note == ""


def test_where_nothing_is_said_it_is_not_known() -> None:
    assert cents({"billed": 9}, {"billed": 9, "plan_paid": 5}) == [0]
    assert notes({}, {"billed": 9}) == [UNKNOWN]
    assert notes({}) == [UNKNOWN]
    assert notes({"patient_owes": 0}, {}) == [""]


def test_what_was_not_covered_is_the_patients_only_where_a_reason_says_so() -> None:
    patients = BenefitLine(amounts={"not_covered": 40}, reasons=("PR-96",))
    providers = BenefitLine(amounts={"not_covered": 40}, reasons=("CO-97",))
    nobodys = BenefitLine(amounts={"not_covered": 40}, reasons=("96",))
    assert cents({}, patients, providers, nobodys) == [40, 0, 0]
    found = notes({}, patients, providers, nobodys)
    assert "who owes it" not in found[0]
    assert "$0.40 was not covered" in found[1]
    assert "$0.40 was not covered" in found[2]


def test_what_was_paid_at_the_counter_is_named_and_counts_where_nothing_else_does() -> None:
    assert cents({}, {"patient_paid": 9_00}) == [9_00]
    assert cents({}, {"patient_paid": 9_00, "copay": 5_00}) == [5_00]
    assert "$9.00" in notes({}, {"patient_paid": 9_00})[0]


def test_a_claim_without_lines_has_one_share() -> None:
    assert cents({"coinsurance": 12}) == [12]


amount = st.integers(-(10**9), 10**9)
roles = st.sampled_from(
    ("billed", "not_covered", "deductible", "copay", "coinsurance", "patient_owes", "patient_paid")
)
amounts = st.dictionaries(roles, amount, max_size=5)


@given(amounts, st.lists(amounts, max_size=6))
def test_the_lines_always_come_to_what_the_claim_says(
    header: Amounts, lines: list[Amounts]
) -> None:
    figures = cents(header, *lines)
    assert len(figures) == max(len(lines), 1)
    if "patient_owes" in header:
        assert sum(figures) == header["patient_owes"]
