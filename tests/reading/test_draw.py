"""Drawn papers are what their form says: text, pictures, one bit a dot, EXIF."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageOps

from tests.reading.draw import FORMS, draw
from tests.reading.photo import Shot, photo
from tests.reading.typeset import chance_of, pictures_of

LETTER = {
    "id": "letter",
    "language": "en",
    "style": {"font": "serif", "size": 11, "margins": "normal", "paper": "letter"},
    "blocks": [
        {"head": ["Lakemont Health Plan", "PO Box 100"], "align": "left", "big": True},
        {"pairs": [["Claim #", "2026-0001"], ["Member ID", "XQ 1"]], "as": "tabs", "columns": 2},
        {"table": {"head": ["Code", "Billed"], "rows": [["96365", "$1.00"]], "rules": True}},
        {"text": "You have 180 days from the date you receive this letter."},
    ],
}
HIDDEN = {"hidden": "You have 9999 days."}
SHOT = Shot(
    size=(900, 1200), tilt=2, lean=(0.01,) * 8, margin=0.05, curl=0.004, folds=True, ground=0,
    shade=0.2, shadow=0.2, blur=1, shake=2, noise=2, quality=90, orientation=1, lying=0,
)  # fmt: skip


def opened(content: bytes) -> Image.Image:
    return ImageOps.exif_transpose(Image.open(io.BytesIO(content)))


def grey_of(content: bytes) -> np.ndarray:
    return np.asarray(opened(content).convert("L"), np.float32)


def shot_of(**more: object) -> bytes:
    page = pictures_of(LETTER, 100)[0]
    return photo(page, chance_of(LETTER), replace(SHOT, **more))


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("form", FORMS)
def test_the_same_seed_draws_the_same_file(form: str):
    assert draw(LETTER, form, 3) == draw(LETTER, form, 3)


@pytest.mark.parametrize("form", ["scan", "fax"])
def test_another_seed_draws_another_picture(form: str):
    assert draw(LETTER, form, 3) != draw(LETTER, form, 4)


def test_a_pdf_has_the_words_and_a_scan_has_none():
    assert "180 days" in text_of(draw(LETTER, "pdf")[0].content)
    assert text_of(draw(LETTER, "scan")[0].content).strip() == ""


def test_hidden_words_are_in_the_file_and_cannot_be_seen():
    hiding = {**LETTER, "blocks": [*LETTER["blocks"], HIDDEN]}

    assert "9999" in text_of(draw(hiding, "pdf")[0].content)
    assert pictures_of(hiding, 80) == pictures_of(LETTER, 80)


def test_faxes_are_black_and_white_with_dots_that_are_not_square():
    faxes = [draw(LETTER, "fax", seed)[0] for seed in range(8)]

    pictures = [Image.open(io.BytesIO(fax.content)) for fax in faxes if fax.suffix == ".tif"]
    assert {picture.mode for picture in pictures} == {"1"}
    assert {picture.info["dpi"] for picture in pictures} <= {(204.0, 98.0), (204.0, 196.0)}
    assert {fax.suffix for fax in faxes} == {".tif", ".pdf"}


@pytest.mark.parametrize("orientation", range(2, 9))
def test_exif_tells_how_a_photo_is_seen_upright(orientation: int):
    upright, turned = grey_of(shot_of()), grey_of(shot_of(orientation=orientation))

    assert upright.shape == turned.shape
    assert np.abs(upright - turned).mean() < 4  # both went through JPEG


@pytest.mark.parametrize(("lying", "turns"), [(1, 1), (2, 2), (3, 3)])
def test_a_paper_can_lie_on_its_side_without_exif_saying_so(lying: int, turns: int):
    upright, turned = grey_of(shot_of()), grey_of(shot_of(lying=lying))

    assert np.abs(np.rot90(upright, turns) - turned).mean() < 4


def test_a_photo_shows_the_table_around_the_paper():
    dark = grey_of(shot_of(ground=3, shadow=0))

    assert dark[:20].mean() < 70
    assert dark[500:520, 400:500].mean() > 150


def test_a_paper_of_two_pages_is_two_photos():
    two = {**LETTER, "blocks": [{"text": "One."}, {"pagebreak": True}, {"text": "Two."}]}

    assert [file.suffix for file in draw(two, "photo")] == [".jpg", ".jpg"]
