"""Where pages come to lie on US Letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exporting.frame import BAND, MARGIN, placements

SIDES = st.floats(1, 20_000, allow_nan=False)


def test_a_letter_page_is_shrunk_only_as_far_as_its_number_needs():
    (place,) = placements(612, 792)
    assert not place.landscape
    assert 0.92 < place.scale < 0.95


def test_a_wide_page_turns_the_sheet():
    (place,) = placements(792, 612)
    assert place.landscape
    assert place.scale > 0.9


def test_a_small_wide_paper_stays_as_large_as_it_is_on_an_upright_sheet():
    (place,) = placements(400, 250)
    assert (place.landscape, place.scale) == (False, 1.0)


def test_a_paper_as_small_as_a_stamp_is_enlarged_to_three_inches():
    (place,) = placements(30, 60)
    assert place.scale == pytest.approx(216 / 60)


def test_a_till_roll_is_cut_into_strips_wide_enough_to_read():
    strips = placements(226, 4000)
    assert len(strips) > 4
    assert {strip.scale for strip in strips} == {1.0}


@given(SIDES, SIDES)
def test_nothing_reaches_the_band_or_the_margins(width, height):
    for place in placements(width, height):
        across, up = (792, 612) if place.landscape else (612, 792)
        x0, y0, x1, y1 = place.clip
        assert (x0, y0, x1, y1) == (MARGIN, BAND, across - MARGIN, up - MARGIN)
        assert place.x >= x0 - 1e-6
        assert place.x + width * place.scale <= x1 + 1e-6


@given(SIDES, SIDES)
def test_every_bit_of_a_page_is_shown_on_some_sheet(width, height):
    shown = []
    for place in placements(width, height):
        low = (max(place.clip[1], place.y) - place.y) / place.scale
        high = (min(place.clip[3], place.y + height * place.scale) - place.y) / place.scale
        shown.append((low, high))
    top = height
    for low, high in shown:
        assert high >= top - 1e-6 * height
        top = low
    assert top <= 1e-6 * height
