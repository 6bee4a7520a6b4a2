"""Letters of exhibits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.lettering import letter_of


def test_letters_go_on_after_z_as_in_a_spreadsheet():
    assert [letter_of(place) for place in (0, 25, 26, 27, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


@given(st.integers(0, 20_000))
def test_each_place_has_letters_of_its_own_in_order(place):
    here, there = letter_of(place), letter_of(place + 1)
    assert (len(here), here) < (len(there), there)


@given(st.integers(0, 20_000))
def test_letters_count_the_place(place):
    value = 0
    for letter in letter_of(place):
        value = value * 26 + ord(letter) - ord("A") + 1
    assert value - 1 == place


def test_there_is_no_exhibit_before_the_first():
    with pytest.raises(ValueError, match="-1"):
        letter_of(-1)
