"""The sheet in a photo is found on any table; where it is not sure, nothing is said."""

from __future__ import annotations

import math
from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.imaging.quads import Quad, depths
from app.importing.page_edges import inside, sheets
from tests.importing.small_photos import (
    LEANING,
    STRAIGHT,
    STRONG,
    Shot,
    checked_cloth,
    finger,
    granite,
    grey_table,
    letter,
    photo,
    receipt,
    table_of,
    white_table,
    wood,
)
from tests.importing.small_photos import Quad as Quad8

SMALL = (480, 640)
FILLING: Quad8 = (-0.03, -0.03, 1.03, -0.02, 1.04, 1.03, -0.02, 1.04)
LONG: Quad8 = (0.36, 0.04, 0.66, 0.05, 0.68, 0.97, 0.34, 0.95)
NEAR = 9.0
"""Pixels of 640 by which a corner may be missed: a hundredth of the photo, and a margin."""


def seen(shot: Shot, page: Image.Image | None = None) -> list[Quad]:
    small = replace(shot, size=SMALL, noise=shot.noise / 3)  # made small, a photo has less grain
    return sheets(np.asarray(photo(page or letter(), small)))


def true_corners(shot: Shot) -> Quad:
    return np.array(shot.quad).reshape(4, 2) * SMALL


def tilted(degrees: float, scale: float = 0.8) -> Shot:
    """A sheet laid at an angle."""
    turn = math.radians(degrees)
    across = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    away = (np.array(STRAIGHT).reshape(4, 2) - 0.5) * SMALL * scale
    places = (away @ across / SMALL + 0.5).ravel()
    return Shot(quad=tuple(float(place) for place in places))  # type: ignore[arg-type]


def crumpled_three_times() -> Image.Image:
    """A letter that was folded for its envelope: creases, and a shade beside each."""
    page = np.asarray(letter(), np.float32).copy()
    for row in (550, 1100):
        page[row - 3 : row + 3] -= 40
        page[row : row + 90] -= np.linspace(30, 0, 90)[:, None, None]
    return Image.fromarray(page.clip(0, 255).astype(np.uint8))


def boxed() -> Image.Image:
    """A form with a heavy frame printed inside its margin."""
    page = letter()
    ImageDraw.Draw(page).rectangle((70, 70, 1205, 1580), outline=20, width=6)
    return page


def two_fingers(image: Image.Image) -> None:
    finger(image, (0.14, 0.6))
    finger(image, (0.9, 0.7))


@pytest.mark.parametrize(
    ("shot", "page"),
    [
        pytest.param(Shot(quad=STRAIGHT), None, id="straight"),
        pytest.param(Shot(quad=LEANING), None, id="leaning"),
        pytest.param(Shot(quad=STRONG), None, id="strong perspective"),
        pytest.param(Shot(table=wood), None, id="boards"),
        pytest.param(Shot(table=granite), None, id="granite"),
        pytest.param(Shot(table=grey_table), None, id="grey table"),
        pytest.param(Shot(table=white_table), None, id="white table"),
        pytest.param(Shot(table=table_of((20, 20, 22)), noise=12, shade=0.6), None, id="dark"),
        pytest.param(Shot(shadow=0.5), None, id="shadow of a hand"),
        pytest.param(tilted(30), None, id="30 degrees"),
        pytest.param(tilted(-20), None, id="-20 degrees"),
        pytest.param(Shot(things=two_fingers), None, id="fingers on two edges"),
        pytest.param(Shot(table=wood), crumpled_three_times(), id="folded letter"),
        pytest.param(Shot(table=grey_table), boxed(), id="frame printed on it"),
        pytest.param(Shot(quad=LONG, table=wood), receipt(), id="receipt"),
    ],
)
def test_the_sheet_is_found_and_whole(shot: Shot, page: Image.Image | None) -> None:
    found, true = seen(shot, page)[0], true_corners(shot)
    assert np.linalg.norm(found - true, axis=1).max() < NEAR
    assert depths(found, true).min() > -1


def test_a_cloth_of_squares_does_not_hide_the_sheet() -> None:
    shot = Shot(table=checked_cloth)
    found = seen(shot)[0]
    assert depths(found, true_corners(shot)).min() > -2
    assert np.linalg.norm(found - true_corners(shot), axis=1).max() < 3 * NEAR


@pytest.mark.parametrize("curl", [0.008, 0.015])
def test_a_curled_sheet_stays_whole(curl: float) -> None:
    shot = Shot(curl=curl, shade=0.1, size=SMALL)
    taken = np.asarray(photo(Image.new("RGB", (850, 1100), (250, 250, 250)), shot))
    found = sheets(taken)[0]
    outside = np.ones(taken.shape[:2], np.uint8)
    cv2.fillConvexPoly(outside, found.round().astype(np.int32), (0,))
    paper = (taken.min(axis=2) > 130) & (cv2.erode(outside, np.ones((3, 3), np.uint8)) > 0)
    assert paper.mean() < 0.001


@pytest.mark.parametrize(
    ("quad", "page"),
    [
        pytest.param(FILLING, None, id="it fills the photo"),
        pytest.param(FILLING, boxed(), id="a frame is printed on it"),
        pytest.param((-0.04, 0.03, 0.8, 0.08, 0.93, 0.88, 0.07, 0.93), None, id="no corner"),
        pytest.param((0.1, 0.03, 1.03, 0.06, 1.05, 0.9, 0.07, 0.93), None, id="no right side"),
    ],
)
def test_a_sheet_that_is_not_all_in_the_photo_is_left_alone(
    quad: Quad8, page: Image.Image | None
) -> None:
    assert seen(Shot(quad=quad), page) == []


def test_what_is_no_photo_of_a_sheet_has_none() -> None:
    grain = np.random.default_rng(3).integers(0, 256, (640, 480, 3)).astype(np.uint8)
    slope = np.broadcast_to(np.linspace(20, 240, 480)[None, :, None], (640, 480, 3))
    for picture in (grain, slope.astype(np.uint8), np.zeros((640, 480, 3), np.uint8)):
        assert sheets(picture) == []
    assert sheets(np.full((4, 640, 3), 200, np.uint8)) == []
    assert sheets(np.full((1, 1, 3), 200, np.uint8)) == []


def test_text_beside_the_sheet_is_seen_as_outside() -> None:
    sheet = np.array([(100, 100), (300, 100), (300, 400), (100, 400)], float)
    piece = np.array([(0, 0), (60, 0), (60, 12), (0, 12)], float)
    places = [(120, 120), (60, 200), (301, 380), (237, 110)]
    pieces = np.stack([piece + place for place in places])
    assert inside(sheet, pieces, (480, 640)).tolist() == [True, False, False, True]
