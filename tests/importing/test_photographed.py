"""Photographed pages are found, laid flat, stood upright; words are in their places."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.domain.page import PageRead
from app.importing import ocr
from app.importing.answers import page_from
from app.importing.reader import DocumentReader
from app.jobs import Silent
from tests.importing.small_papers import LINES, letter_picture
from tests.importing.small_photos import Quad, Shot, photo, wood

_T = Image.Transpose
ORIENTATION, EXPOSURE, EXIF = 0x0112, 0x829A, 0x8769
STORED = (None, _T.FLIP_LEFT_RIGHT, _T.ROTATE_180, _T.FLIP_TOP_BOTTOM,
          _T.TRANSPOSE, _T.ROTATE_90, _T.TRANSVERSE, _T.ROTATE_270)  # fmt: skip
LYING = {0: None, 90: _T.ROTATE_90, 180: _T.ROTATE_180, 270: _T.ROTATE_270}
"""How a sheet lies that must be turned clockwise by so many degrees."""

QUAD: Quad = (0.14, 0.16, 0.84, 0.1, 0.93, 0.86, 0.06, 0.9)
SHOT = Shot(quad=QUAD, size=(1200, 800), table=wood, noise=2)
JPEG = "image/jpeg"


def read(path: Path, **more: object) -> PageRead:
    """Read the photo in this process, as a worker does."""
    values = {"path": str(path), "media_type": JPEG, "page": 1, "password": None, **more}
    return page_from(ocr.read_page(values, ()), 1, "ocr")


def taken(path: Path, lying: int = 0, orientation: int = 1) -> Path:
    """Photograph the letter as it lies, and store it as a camera held in that way does."""
    image = photo(letter_picture(), SHOT)
    for step in (LYING[lying], STORED[orientation - 1]):
        image = image if step is None else image.transpose(step)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    image.save(path, quality=90, exif=exif)
    return path


def stands(path: Path, lying: int, orientation: int) -> None:
    page = read(taken(path, lying, orientation))
    assert page.corners is not None
    assert page.turned == lying
    assert page.text.text.splitlines() == list(LINES)
    assert page.width_pt > 1.3 * page.height_pt
    with Image.open(io.BytesIO(page.thumbnail), formats=["JPEG"]) as small:
        assert small.width > 1.3 * small.height


@pytest.mark.parametrize(
    ("orientation", "lying"),
    [(1, 0), (2, 90), (3, 180), (4, 270), (5, 180), (6, 90), (7, 270), (8, 0)],
)
def test_a_photo_stands_upright(tmp_path: Path, lying: int, orientation: int) -> None:
    stands(tmp_path / "a.jpg", lying, orientation)


@pytest.mark.deep
@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("lying", LYING)
def test_a_photo_stands_upright_in_every_case(tmp_path: Path, lying: int, orientation: int) -> None:
    stands(tmp_path / "a.jpg", lying, orientation)


@pytest.fixture(scope="module")
def flat(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PageRead]:
    path = taken(tmp_path_factory.mktemp("photo") / "a.jpg", lying=90, orientation=6)
    return path, read(path)


def test_words_lie_where_they_stand_on_the_flat_page(flat: tuple[Path, PageRead]) -> None:
    words = flat[1].text.words
    assert [word.text for word in words] == " ".join(LINES).split()
    for row, line in enumerate(LINES):
        middle = (50 + row * 66 + 18) / 500
        for word in (each for each in words if each.text in line.split()):
            assert abs((word.y0 + word.y1) / 2 - middle) < 0.04 or line.count(word.text) != 1
    assert words[0].x0 == pytest.approx(70 / 900, abs=0.02)


def test_the_program_reads_proposes_and_shows_the_same_sheet(
    flat: tuple[Path, PageRead],
) -> None:
    path, page = flat
    by_hand = {1: tuple(round(place, 2) for place in page.corners or ())}
    with DocumentReader(pool_size=1) as reader:
        (again,) = reader.read(path, media_type=JPEG, progress=Silent(), corners=by_hand)
        proposed = reader.found_corners(path, media_type=JPEG, page=1)
        shown = reader.render(
            path, media_type=JPEG, page=1, width_px=600, turned=page.turned, corners=page.corners
        )
    assert isinstance(again, PageRead)
    assert again.corners == by_hand[1]
    assert again.text.text.splitlines() == list(LINES)
    assert proposed == page.corners
    with Image.open(io.BytesIO(shown), formats=["JPEG"]) as image:
        assert image.width == pytest.approx(600, abs=2)
        assert image.width / image.height == pytest.approx(page.width_pt / page.height_pt, rel=0.02)
        inner = np.asarray(image.convert("L"))[8:-8, 8:-8]
    assert (inner < 110).mean() < 0.06  # print, no table


def test_a_person_s_corners_count_and_so_does_leave_it_as_it_is(tmp_path: Path) -> None:
    path = taken(tmp_path / "a.jpg")
    upper = (0.14, 0.16, 0.84, 0.1, 0.88, 0.45, 0.1, 0.5)
    by_hand = read(path, corners=upper)
    assert by_hand.corners == upper
    assert by_hand.text.text.splitlines()[:2] == list(LINES[:2])
    assert LINES[5] not in by_hand.text.text
    as_it_is = read(path, corners=None)
    assert as_it_is.corners is None
    assert as_it_is.width_pt / as_it_is.height_pt == pytest.approx(1.5, abs=0.01)
    assert as_it_is.text.text.splitlines() == list(LINES)


def test_a_second_letter_in_the_photo_is_not_cut_off(tmp_path: Path) -> None:
    image = photo(letter_picture(), Shot(quad=(0.03, 0.1, 0.6, 0.1, 0.6, 0.6, 0.03, 0.6)))
    note = letter_picture(("Total due $45.00",), 700, 300)
    image.paste(note, (700, 1500))
    image.save(tmp_path / "a.jpg")
    page = read(tmp_path / "a.jpg")
    assert page.corners is None
    assert "Total due $45.00" in page.text.text
    assert LINES[2] in page.text.text


@pytest.mark.parametrize("dots", [100, 300])
def test_a_scan_is_never_cropped(tmp_path: Path, dots: int) -> None:
    image = photo(letter_picture(), SHOT)
    image.save(tmp_path / "a.jpg", dpi=(dots, dots))
    assert read(tmp_path / "a.jpg").corners is None


def test_a_camera_that_names_a_resolution_is_a_camera(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(EXIF)[EXPOSURE] = 0.02
    photo(letter_picture(), SHOT).save(tmp_path / "a.jpg", dpi=(200, 200), exif=exif)
    assert read(tmp_path / "a.jpg").corners is not None


def test_grain_is_no_text(tmp_path: Path) -> None:
    grain = np.random.default_rng(3).integers(0, 256, (900, 700, 3)).astype(np.uint8)
    Image.fromarray(grain).save(tmp_path / "a.jpg", quality=95)
    page = read(tmp_path / "a.jpg")
    assert page.corners is None
    assert len(page.text.words) < 5


@pytest.mark.parametrize("size", [(20_000, 3), (3, 20_000)])
def test_a_strip_too_thin_for_text_is_an_empty_page(tmp_path: Path, size: tuple[int, int]) -> None:
    Image.new("RGB", size, "white").save(tmp_path / "a.jpg")
    page = read(tmp_path / "a.jpg")
    assert (page.corners, page.text.words) == (None, ())
