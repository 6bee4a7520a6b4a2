"""Which expenses add up to an amount: held against every choice there is, and never hanging."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.adding_up import ORDERS, Addend, add_up
from app.domain.money import Money

NEW_YEAR = date(2020, 1, 1)


def lines_of(cents: list[int]) -> list[Addend]:
    return [
        Addend(f"line-{at:05}", NEW_YEAR + timedelta(days=at), Money(each))
        for at, each in enumerate(cents)
    ]


@given(st.lists(st.integers(-5, 40), max_size=9), st.integers(1, 120), st.sampled_from(ORDERS))
def test_no_other_choice_comes_nearer_and_none_of_fewer_lines_comes_as_near(
    cents: list[int], target: int, order: str
) -> None:
    lines = lines_of(cents)
    good = [each for each in cents if each > 0]
    every = [choice for size in range(len(good) + 1) for choice in combinations(good, size)]
    best = max(sum(choice) for choice in every if sum(choice) <= target)
    least = min(len(choice) for choice in every if sum(choice) == best)

    found = add_up(Money(target), lines, order)

    chosen = [line.amount.cents for line in lines if line.key in found.keys]
    assert sum(chosen) == found.total.cents == best
    assert found.missing.cents == target - best
    assert found.is_best
    if order == "fewest":
        assert len(found.keys) == least


def test_the_oldest_lines_go_first_so_that_the_newest_stay() -> None:
    found = add_up(Money(300), lines_of([100, 100, 100, 300]), "oldest")
    assert found.keys == ("line-00000", "line-00001", "line-00002")


def test_one_line_is_enough_where_one_line_comes_to_it() -> None:
    assert add_up(Money(300), lines_of([100, 100, 100, 300])).keys == ("line-00003",)


def test_nothing_is_chosen_where_every_line_is_too_large() -> None:
    found = add_up(Money(5000), lines_of([5001, 9000]))
    assert (found.keys, found.total, found.missing) == ((), Money(), Money(5000))


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    ("cents", "target"),
    [
        ([500 + 37 * at % 39_000 for at in range(10_000)], 115_000),
        ([57_501 + 5 * at for at in range(10_000)], 115_000),
        ([2 ** (at % 18) for at in range(3_000)], 299_999),
        ([500 + 37 * at % 39_000 for at in range(10_000)], 20_000_000),
    ],
    ids=["usual", "all more than half", "powers of two", "two hundred thousand dollars"],
)
def test_ten_thousand_lines_never_hang(cents: list[int], target: int, order: str) -> None:
    began = process_time()
    found = add_up(Money(target), lines_of(cents), order)
    assert process_time() - began < 10
    assert found.total.cents <= target
    assert found.missing.cents < 10_000
