"""Corners of a sheet in its photo: which make one, and where they lie in a turned photo."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import UserError
from app.domain.sheet import WHOLE_PHOTO, refuse_no_sheet, turned_corners

LEANING = (0.2, 0.1, 0.8, 0.05, 0.95, 0.9, 0.05, 0.95)
fractions = st.floats(0, 1).map(lambda place: round(place, 4))


def test_corners_of_a_leaning_sheet_and_of_the_whole_photo_are_fine():
    refuse_no_sheet(LEANING)
    refuse_no_sheet(WHOLE_PHOTO)


@pytest.mark.parametrize(
    ("corners", "words"),
    [
        ((0.2, 0.1, 0.8, 0.05, 0.95, 0.9), "inside"),
        ((0.2, 0.1, 0.8, -0.05, 0.95, 0.9, 0.05, 0.95), "inside"),
        ((0.2, 0.1, 0.8, float("nan"), 0.95, 0.9, 0.05, 0.95), "inside"),
        ((0.8, 0.1, 0.2, 0.1, 0.9, 0.9, 0.1, 0.9), "cross"),
        ((0.1, 0.1, 0.1, 0.9, 0.9, 0.9, 0.9, 0.1), "cross"),
        ((0.1, 0.1, 0.9, 0.1, 0.3, 0.3, 0.1, 0.9), "cross"),
        ((0.5, 0.5, 0.6, 0.5, 0.6, 0.6, 0.5, 0.6), "too small"),
        ((0.1, 0.1, 0.5, 0.1, 0.9, 0.1, 0.1, 0.9), "too small"),  # three in one line
        ((0.5,) * 8, "too small"),
    ],
)
def test_corners_of_no_sheet_are_refused_with_what_to_do(corners, words):
    with pytest.raises(UserError, match=words) as refused:
        refuse_no_sheet(corners)
    assert "Put" in str(refused.value)


def test_a_quarter_clockwise_brings_the_bottom_left_to_the_top_left():
    assert turned_corners(LEANING, 90) == pytest.approx(
        (1 - 0.95, 0.05, 1 - 0.1, 0.2, 1 - 0.05, 0.8, 1 - 0.9, 0.95)
    )
    assert turned_corners(WHOLE_PHOTO, 270) == WHOLE_PHOTO


@given(st.lists(fractions, min_size=8, max_size=8), st.sampled_from((0, 90, 180, 270)))
def test_turning_there_and_back_changes_nothing_nor_what_makes_a_sheet(places, degrees):
    corners = tuple(places)
    there = turned_corners(corners, degrees)
    assert turned_corners(there, -degrees) == pytest.approx(corners)
    assert is_sheet(there) == is_sheet(corners)


def is_sheet(corners) -> bool:
    try:
        refuse_no_sheet(tuple(round(place, 6) for place in corners))
    except UserError:
        return False
    return True
