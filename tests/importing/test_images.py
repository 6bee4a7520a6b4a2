"""Photos, scans and faxes: upright, in the right shape, and never too large."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.domain.errors import UnreadableError
from app.importing import images
from app.importing.limits import OCR_PIXELS, ocr_scale, shown_scale
from app.importing.pictures import Picture, thumbnail, turned
from tests.importing.small_papers import (
    LYING_HEIC,
    UPRIGHT,
    bomb_png,
    colours_at_corners,
    corners,
)

ORIENTATION = 0x0112
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera stores an upright scene under each EXIF orientation."""


def page(path: Path, media_type: str, number: int = 1, fit: object = ocr_scale) -> Picture:
    with images.opened(str(path), media_type) as image:
        return images.picture(image, number, fit)  # type: ignore[arg-type]


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_every_exif_orientation_is_followed(tmp_path: Path, form: str, orientation: int) -> None:
    scene = corners(320, 480)
    step = STORED[orientation]
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    stored = scene.transpose(step) if step is not None else scene
    stored.save(tmp_path / "a", form, exif=exif)
    seen = page(tmp_path / "a", f"image/{form.lower()}")
    assert seen.image.size == (320, 480)
    assert colours_at_corners(seen.image) == UPRIGHT
    assert seen.height_pt > seen.width_pt


def test_a_large_photo_on_its_side_is_made_smaller_and_stands(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    stored = corners(3024, 4032).transpose(STORED[6])
    stored.save(tmp_path / "a.jpg", exif=exif)
    seen = page(tmp_path / "a.jpg", "image/jpeg")
    assert OCR_PIXELS * 0.9 < seen.image.width * seen.image.height <= OCR_PIXELS * 1.01
    assert seen.image.width / seen.image.height == pytest.approx(0.75, abs=0.01)
    assert colours_at_corners(seen.image) == UPRIGHT


def test_a_heic_photo_that_turns_itself_is_not_turned_twice() -> None:
    seen = page(LYING_HEIC, "image/heic")
    assert seen.image.size == (64, 96)
    assert colours_at_corners(seen.image) == UPRIGHT


def test_a_photo_that_carries_a_second_picture_is_one_page(tmp_path: Path) -> None:
    depth = Image.new("RGB", (32, 48))
    corners().save(tmp_path / "a.jpg", "MPO", save_all=True, append_images=[depth])
    with images.opened(str(tmp_path / "a.jpg"), "image/jpeg") as image:
        assert image.format == "MPO"
        assert images.page_count(image) == 1
    assert colours_at_corners(page(tmp_path / "a.jpg", "image/jpeg").image) == UPRIGHT


def test_a_fax_has_square_pixels_and_its_true_size(tmp_path: Path) -> None:
    sheet = corners(1728, 1078).convert("1")
    sheet.save(tmp_path / "fax.tif", compression="group4", dpi=(204, 98))
    seen = page(tmp_path / "fax.tif", "image/tiff")
    assert seen.image.height / seen.image.width == pytest.approx(11 / 8.47, abs=0.01)
    assert (seen.width_pt, seen.height_pt) == pytest.approx((610, 792), abs=1)


def test_a_fax_on_its_side_stands_in_its_true_size(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    sheet = corners(1078, 1728).transpose(STORED[6]).convert("1")
    sheet.save(tmp_path / "fax.tif", compression="group4", dpi=(204, 98), exif=exif)
    seen = page(tmp_path / "fax.tif", "image/tiff")
    assert (seen.width_pt, seen.height_pt) == pytest.approx((792, 610), abs=1)
    assert seen.image.width / seen.image.height == pytest.approx(792 / 610, abs=0.01)


def test_every_page_of_a_tiff_is_there(tmp_path: Path) -> None:
    sheets = [Image.new("L", (200, 100 * number), 255) for number in (1, 2, 3)]
    sheets[0].save(tmp_path / "a.tif", save_all=True, append_images=sheets[1:])
    with images.opened(str(tmp_path / "a.tif"), "image/tiff") as image:
        assert images.page_count(image) == 3
    heights = [page(tmp_path / "a.tif", "image/tiff", number).image.height for number in (1, 2, 3)]
    assert heights == [100, 200, 300]


def test_a_page_that_is_not_there_is_refused(tmp_path: Path) -> None:
    corners().save(tmp_path / "a.png")
    with pytest.raises(UnreadableError, match="no page 2"):
        page(tmp_path / "a.png", "image/png", 2)


def test_the_resolution_of_a_scan_gives_its_size_on_paper(tmp_path: Path) -> None:
    Image.new("L", (1700, 2200), 255).save(tmp_path / "a.png", dpi=(200, 200))
    seen = page(tmp_path / "a.png", "image/png")
    assert (seen.width_pt, seen.height_pt) == pytest.approx((612, 792), abs=1)


def test_the_false_resolution_of_a_photo_is_not_believed(tmp_path: Path) -> None:
    Image.new("L", (4032, 3024), 255).save(tmp_path / "a.jpg", dpi=(72, 72))
    seen = page(tmp_path / "a.jpg", "image/jpeg")
    assert (seen.width_pt, seen.height_pt) == pytest.approx((792, 594), abs=1)


@pytest.mark.parametrize(
    "mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "YCbCr", "I;16", "I", "F"]
)
def test_every_way_to_store_colour_becomes_plain(tmp_path: Path, mode: str) -> None:
    if mode in {"I;16", "I"}:
        dark_left = np.full((40, 60), 60_000, np.uint16)
        dark_left[:, :30] = 2_000
        image = Image.fromarray(dark_left)
        image = image.convert("I") if mode == "I" else image
    else:
        image = Image.new("L", (60, 40), 235)
        image.paste(8, (0, 0, 30, 40))
        image = image.convert("RGB").convert(mode) if mode != "F" else image.convert("F")
    image.save(tmp_path / "a.tif")
    seen = page(tmp_path / "a.tif", "image/tiff").image
    assert seen.mode == "RGB"
    assert max(seen.getpixel((5, 20))) < 60
    assert min(seen.getpixel((55, 20))) > 190


def test_what_is_transparent_is_white_paper(tmp_path: Path) -> None:
    layer = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    layer.paste((200, 0, 0, 255), (0, 0, 20, 40))
    layer.save(tmp_path / "a.png")
    seen = page(tmp_path / "a.png", "image/png").image
    assert seen.getpixel((5, 5)) == (200, 0, 0)
    assert seen.getpixel((35, 5)) == (255, 255, 255)


def test_a_small_picture_is_not_blown_up(tmp_path: Path) -> None:
    corners(50, 40).save(tmp_path / "a.png")
    seen = page(tmp_path / "a.png", "image/png", fit=lambda w, h: shown_scale(w, h, 2000))
    assert seen.image.size == (50, 40)


def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="million pixels"):
        page(bomb_png(tmp_path / "a.png", 60_000), "image/png")


def test_a_later_page_may_be_a_bomb_too(tmp_path: Path) -> None:
    small = Image.new("1", (10, 10))
    small.save(
        tmp_path / "a.tif",
        save_all=True,
        append_images=[Image.new("1", (14_000, 14_000))],
        compression="group4",
    )
    assert page(tmp_path / "a.tif", "image/tiff", 1).image.size == (10, 10)
    with pytest.raises(UnreadableError, match="million pixels"):
        page(tmp_path / "a.tif", "image/tiff", 2)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "GIF", "BMP", "WEBP"])
def test_a_picture_cut_off_anywhere_is_refused_in_words(tmp_path: Path, form: str) -> None:
    corners(300, 200).save(tmp_path / "whole", form)
    data = (tmp_path / "whole").read_bytes()
    for part in (0.02, 0.1, 0.3, 0.6):
        (tmp_path / "cut").write_bytes(data[: int(len(data) * part)])
        with pytest.raises(UnreadableError, match=r"damaged or incomplete.*again\.$"):
            page(tmp_path / "cut", f"image/{form.lower()}")


def test_damaged_bytes_never_raise_anything_else(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    for form in ("JPEG", "PNG", "TIFF", "GIF", "BMP", "WEBP"):
        corners(64, 48).save(tmp_path / "whole", form)
        data = np.frombuffer((tmp_path / "whole").read_bytes(), np.uint8)
        for _ in range(40):
            bent = data.copy()
            bent[rng.integers(0, len(bent), 6)] = rng.integers(0, 256, 6)
            (tmp_path / "bent").write_bytes(bent.tobytes())
            try:
                page(tmp_path / "bent", f"image/{form.lower()}")
            except UnreadableError:
                continue


def test_a_picture_of_another_kind_is_not_opened(tmp_path: Path) -> None:
    corners().save(tmp_path / "a.png")
    with pytest.raises(UnreadableError):
        page(tmp_path / "a.png", "image/jpeg")


@pytest.mark.parametrize(("degrees", "top_left"), [(90, "blue"), (180, "yellow"), (270, "green")])
def test_a_page_is_turned_clockwise(degrees: int, top_left: str) -> None:
    assert colours_at_corners(turned(corners(), degrees))[0] == top_left


@pytest.mark.parametrize(
    ("size", "small"), [((850, 1100), (240, 311)), ((200, 4000), (36, 720)), ((9000, 2), (240, 1))]
)
def test_a_thumbnail_is_small_whatever_the_page(
    tmp_path: Path, size: tuple[int, int], small: tuple[int, int]
) -> None:
    (tmp_path / "a.jpg").write_bytes(thumbnail(corners(*size)))
    with Image.open(tmp_path / "a.jpg") as image:
        assert image.size == small
        assert not image.getexif()
