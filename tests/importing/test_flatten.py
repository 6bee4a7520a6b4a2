"""Sheets are flattened in their true proportions; shadows go, colours and print stay."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.imaging.sheet import Corners, Sheet, evened, moved
from app.importing.flatten import flattened
from app.importing.limits import ocr_scale
from app.importing.pictures import Picture
from tests.importing.small_papers import UPRIGHT, colours_at_corners, corners
from tests.importing.small_photos import LEANING, Shot, letter, photo, plain

PHOTO = (3024, 4032)
LENS = 0.78 * 4032
"""Focal length of a phone in pixels of its photo."""


def through_a_lens(width: float, height: float, tip: float, lean: float, turn: float) -> Corners:
    """Where the corners of a sheet (inches) are seen by a camera tipped and leaning (degrees)."""
    a, b, c = map(math.radians, (tip, lean, turn))
    about_x = np.array([[1, 0, 0], [0, math.cos(a), -math.sin(a)], [0, math.sin(a), math.cos(a)]])
    about_y = np.array([[math.cos(b), 0, math.sin(b)], [0, 1, 0], [-math.sin(b), 0, math.cos(b)]])
    about_z = np.array([[math.cos(c), -math.sin(c), 0], [math.sin(c), math.cos(c), 0], [0, 0, 1]])
    sheet = np.array([(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0)]) * (width / 2, height / 2, 0)
    placed = sheet @ (about_x @ about_y @ about_z).T + (0, 0, 1.35 * max(width, height))
    seen = placed[:, :2] / placed[:, 2:] * LENS + np.array(PHOTO) / 2
    return tuple(float(place) for place in (seen / PHOTO).ravel())


@pytest.mark.parametrize(
    ("tip", "lean", "turn"), [(0, 0, 0), (20, 0, 3), (-25, 12, -8), (10, -30, 0), (30, 20, 10)]
)
@pytest.mark.parametrize(
    ("inches", "points"),
    [
        ((8.5, 11), (612, 792)),
        ((11, 8.5), (792, 612)),
        ((8.27, 11.69), (595, 842)),
        ((8.5, 14), (612, 1008)),
        ((3.1, 11), (223, 792)),
        ((6.0, 6.0), (792, 792)),
    ],
)
def test_proportions_come_from_the_perspective(
    inches: tuple[float, float], points: tuple[float, float], tip: float, lean: float, turn: float
) -> None:
    sheet = Sheet.of(through_a_lens(*inches, tip, lean, turn), PHOTO)
    assert (sheet.width_pt, sheet.height_pt) == pytest.approx(points, rel=0.03)
    assert sheet.width / sheet.height == pytest.approx(points[0] / points[1], rel=0.03)


def whole(image: Image.Image) -> Picture:
    return Picture(image, *image.size, photographed=True)


def test_a_sheet_is_laid_flat_without_its_table() -> None:
    page = corners(850, 1100)
    taken = photo(page, Shot(quad=LEANING, shade=0, size=(756, 1008), noise=0))
    flat = flattened(lambda _: whole(taken), LEANING, ocr_scale)
    assert colours_at_corners(flat.image) == UPRIGHT
    edge = np.asarray(flat.image)[3:-3, 3:-3].reshape(-1, 3).astype(int)
    table = np.array((70, 55, 45))
    assert (np.abs(edge - table).max(axis=1) < 20).mean() < 0.002


def test_a_sheet_is_as_large_as_the_page_is_wanted() -> None:
    taken = Image.new("RGB", (3000, 4000), "white")

    def at(fit: object) -> Picture:
        scale = fit(3000.0, 4000.0)  # type: ignore[operator]
        return whole(taken.resize((round(3000 * scale), round(4000 * scale))))

    flat = flattened(at, (0.25, 0.25, 0.75, 0.25, 0.75, 0.75, 0.25, 0.75), ocr_scale)
    small = flattened(at, LEANING, lambda width, height: 700 / width)
    assert 3_000_000 < flat.image.width * flat.image.height < 3_150_000
    assert small.image.width == pytest.approx(700, abs=2)


def test_corners_that_make_no_sheet_leave_the_photo_as_it_is() -> None:
    taken = whole(corners(300, 400))
    for crossed in ((0.1, 0.1, 0.9, 0.9, 0.9, 0.1, 0.1, 0.9), (0.5,) * 8):
        assert flattened(lambda _: taken, crossed, ocr_scale) is taken


def test_text_moves_with_the_sheet() -> None:
    places = np.array(LEANING, np.float32).reshape(1, 4, 2) * (756, 1008)
    width, height = Sheet.of(LEANING, (756, 1008)).size
    flat = moved(places, LEANING, (756, 1008))
    assert flat[0] == pytest.approx(
        np.array([(0, 0), (width, 0), (width, height), (0, height)]), abs=1
    )


def shadowed(page: Image.Image) -> Image.Image:
    light = np.ones((page.height, page.width, 1), np.float32)
    light[page.height // 2 :, : page.width // 2] = 0.5
    return Image.fromarray((np.asarray(page) * light).astype(np.uint8))


def test_a_shadow_is_lifted_and_print_stays_dark() -> None:
    page = letter()
    lifted = np.asarray(evened(shadowed(page)), int)
    height, width = lifted.shape[:2]
    dark, light = lifted[height * 3 // 4 :, : width // 3], lifted[: height // 4, : width // 3]
    assert np.median(dark) == pytest.approx(np.median(light), abs=12)
    assert np.percentile(dark, 1) < 120


def test_even_light_is_not_touched() -> None:
    page = letter()
    assert evened(page) is page
    grey = Image.fromarray(plain(300, 400, (140, 140, 140)).astype(np.uint8))
    assert evened(grey) is grey


def test_a_dark_heading_does_not_count_as_shadow() -> None:
    page = letter()
    ImageDraw.Draw(page).rectangle((0, 0, page.width, 90), fill=(20, 50, 110))
    heading = np.asarray(evened(page), int)[20:70, 200:1000]
    assert heading[..., 2].mean() < 200
    assert heading[..., 2].mean() - heading[..., 0].mean() > 60


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3)])
def test_any_size_can_be_evened(size: tuple[int, int]) -> None:
    assert evened(Image.new("RGB", size, "white")).size == size
