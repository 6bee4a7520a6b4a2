"""Flattened photos, black on white, text papers, smaller pictures."""

from __future__ import annotations

import re

import cv2
import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from app.domain.bundle import ExhibitPlan, FlatPage, SourceFile
from app.domain.errors import UserError
from app.domain.page import PageText
from app.exporting.ink import black_on_white
from app.exporting.legible import lost_words
from app.exporting.making import Making, Wanted, making_for
from app.exporting.original import Original
from app.exporting.sizes import size_of
from app.imaging.text_page import placed_words
from tests.exporting.bundle_papers import (
    corner_colours,
    everything,
    exhibit,
    letter,
    normalised,
    photo,
    quarters,
    seen,
    words,
)

CORNERS_SEEN = ((120, 90), (700, 130), (760, 950), (60, 900))
SIZE = (900, 1100)


def leaning(page: Image.Image):
    """A sheet of US Letter on a dark table, seen askew; and its corners as fractions."""
    width, height = page.size
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    places = np.array(CORNERS_SEEN, np.float32)
    view = cv2.getPerspectiveTransform(flat, places)
    table = np.full((SIZE[1], SIZE[0], 3), (60, 45, 40), np.uint8)
    shown = cv2.warpPerspective(
        np.asarray(page), view, SIZE, dst=table, borderMode=cv2.BORDER_TRANSPARENT
    )
    return Image.fromarray(shown), tuple(float(at) for at in (places / np.array(SIZE)).ravel())


def picture_of(path):
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
                return dict(thing.items()), len(thing.read_raw_bytes())
    raise AssertionError


@pytest.mark.parametrize("turn", [0, 180])
def test_a_sheet_in_a_photo_is_laid_flat_upright_and_without_the_table(tmp_path, turn):
    shown, corners = leaning(quarters(850, 1100).rotate(turn))
    source = photo(tmp_path / "a.jpg", upright=shown)
    read = [[turn, False, [["Found", 0.1, 0.1, 0.3, 0.15]]]]
    answer = normalised(source, tmp_path / "b.pdf", read, wanted=Wanted(corners={0: corners}))
    width, height = answer["sizes"][0]
    assert height / width == pytest.approx(11 / 8.5, rel=0.03)
    assert corner_colours(seen(tmp_path / "b.pdf")) == ("red", "lime", "blue", "black")
    assert words(tmp_path / "b.pdf").strip() == "Found"
    content = everything(tmp_path / "b.pdf")
    for secret in (b"SecretCamera", b"SECRETPLACE", b"SECRETCOMMENT"):
        assert secret not in content


def test_corners_that_make_no_sheet_leave_the_photo_as_it_is(tmp_path):
    crossed = (0.1, 0.1, 0.9, 0.9, 0.9, 0.1, 0.1, 0.9)
    source = photo(tmp_path / "a.jpg")
    normalised(source, tmp_path / "b.pdf", wanted=Wanted(corners={0: crossed}))
    assert corner_colours(seen(tmp_path / "b.pdf")) == ("red", "lime", "blue", "black")


def test_the_paper_of_a_flattened_sheet_is_white_unless_its_colours_matter(tmp_path):
    shown, corners = leaning(Image.new("RGB", (850, 1100), (200, 198, 190)))
    shown.save(tmp_path / "a.jpg", quality=95)
    for ink, level in (("", 245), ("color", 197)):
        wanted = Wanted(corners={0: corners}, ink=ink)
        normalised(tmp_path / "a.jpg", tmp_path / "b.pdf", wanted=wanted)
        middle = seen(tmp_path / "b.pdf").convert("L").getpixel((300, 400))
        assert middle == pytest.approx(level, abs=9)


def written(words_on: str, paper: int = 255, ink: int = 0) -> Image.Image:
    page = Image.new("L", (600, 200), paper)
    draw = ImageDraw.Draw(page)
    draw.text((30, 40), words_on, ink, ImageFont.load_default(32))
    draw.line((30, 150, 570, 150), ink, 1)
    return page.convert("RGB")


@pytest.mark.parametrize(("paper", "ink"), [(255, 0), (255, 170), (190, 60), (110, 255), (40, 200)])
def test_ink_of_any_strength_stays_on_paper_of_any_tint(paper, ink):
    page = Image.new("RGB", (600, 900), "white")
    page.paste(written("Member ID 4711", paper, ink).crop((0, 30, 600, 100)), (0, 30))
    made = black_on_white(page, 200).convert("L")
    letters = np.asarray(written("Member ID 4711").convert("L"))[35:95, 25:400] < 127
    near = cv2.dilate(letters.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    black = ~np.asarray(made)[35:95, 25:400].astype(bool)
    assert (black == (letters if ink < paper else ~letters))[near].mean() > 0.9


def test_a_thin_line_is_not_broken():
    made = np.asarray(black_on_white(written("x", 255, 150), 200))
    assert not made[150, 35:565].any()


def test_a_shadow_does_not_become_ink():
    page = np.asarray(written("In the shade"), np.float32)
    shade = np.linspace(1.0, 0.45, page.shape[1])[None, :, None]
    made = np.asarray(
        black_on_white(Image.fromarray((page * shade).astype(np.uint8)), 200, shaded=True)
    )
    assert made[100:140].mean() > 0.99


def test_a_photo_becomes_dots_and_keeps_its_tones():
    slope = np.tile(np.linspace(60, 200, 400, dtype=np.uint8), (400, 1))
    page = Image.new("L", (800, 800), 255)
    page.paste(Image.fromarray(slope), (200, 200))
    made = np.asarray(black_on_white(page.convert("RGB"), 200))
    dark, light = made[300:500, 300:350].mean(), made[300:500, 450:500].mean()
    assert 0.1 < dark < light < 0.9


def test_a_faxed_page_is_one_bit_a_dot_and_keeps_its_words(tmp_path):
    normalised(letter(tmp_path / "a.pdf", ["Denied"]), tmp_path / "b.pdf", wanted=Wanted(ink="fax"))
    about, size = picture_of(tmp_path / "b.pdf")
    assert (about["/BitsPerComponent"], str(about["/Filter"])) == (1, "/CCITTFaxDecode")
    assert 1500 <= about["/Width"] <= 1700
    assert size < 20_000
    assert words(tmp_path / "b.pdf").strip() == "Denied"


MAIL = """From: Dr. Ruiz
Subject: Infusion

Code       Amount
J1745      12.00

SECRETNAME is López."""


def test_a_mail_is_printed_with_its_columns(tmp_path):
    (tmp_path / "a.eml").write_text("x")
    answer = normalised(tmp_path / "a.eml", tmp_path / "b.pdf", media_type="message/rfc822",
                        texts=[MAIL, "Second page"])  # fmt: skip
    assert answer["sizes"] == [(612, 792)] * 2
    said = words(tmp_path / "b.pdf")
    assert "Printed from an e-mail" in said
    assert set(MAIL.split()) <= set(said.split())
    assert "Second page" in words(tmp_path / "b.pdf", 1)


def test_a_box_on_a_text_paper_blackens_the_words_that_the_window_shows_there(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    (box,) = (box for *_, word, box in placed_words(MAIL.split("\n")) if word == "SECRETNAME")
    answer = normalised(tmp_path / "a.txt", tmp_path / "b.pdf", media_type="text/plain",
                        texts=[MAIL], wanted=Wanted(boxes={0: (box,)}))  # fmt: skip
    assert answer["withheld"] == []
    assert "SECRETNAME" not in words(tmp_path / "b.pdf")
    assert {"is", "López."} <= set(words(tmp_path / "b.pdf").split())
    ((x0, y0, x1, y1),) = answer["black"][0]
    shown = seen(tmp_path / "b.pdf", scale=2).convert("L")
    middle = shown.getpixel((int((x0 + x1) / 2 * 1224), int((y0 + y1) / 2 * 1584)))
    assert middle == 0


def test_pages_of_a_text_paper_are_chosen_and_withheld_like_any_other(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    wanted = Wanted(pages=frozenset({1, 2}), withheld=frozenset({2}))
    answer = normalised(tmp_path / "a.txt", tmp_path / "b.pdf", media_type="text/plain",
                        texts=["FIRST", "SECOND", "THIRD"], wanted=wanted)  # fmt: skip
    assert (answer["numbers"], answer["withheld"]) == ([1, 2], [1])
    assert "SECOND" in words(tmp_path / "b.pdf")
    content = everything(tmp_path / "b.pdf")
    assert b"FIRST" not in content
    assert "THIRD" not in words(tmp_path / "b.pdf", 1)


def test_markup_in_a_text_paper_is_only_text(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    odd = '#read("/etc/passwd") $x$ *bold* <label> @ref \\u{41}'
    normalised(tmp_path / "a.txt", tmp_path / "b.pdf", media_type="text/plain", texts=[odd])
    said = words(tmp_path / "b.pdf")
    assert '#read("/etc/passwd") $x$ *bold* <label> @ref' in said


def test_a_text_paper_that_was_not_read_yet_cannot_go_in(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    source = SourceFile(path=tmp_path / "a.txt", media_type="text/plain")
    plan = ExhibitPlan(document_id="a", name="a", title="a", sources=(source,))
    with pytest.raises(UserError, match="not read yet"):
        Original(plan, source, 0, Making()).texts()
    text = PageText(1, "Hello", "embedded")
    plan = ExhibitPlan(document_id="a", name="a", title="a", sources=(source,), page_texts=(text,))
    assert Original(plan, source, 0, Making()).texts() == ["Hello"]


def test_a_source_with_a_problem_is_a_gap_by_its_own_sentence(tmp_path):
    source = SourceFile(path=tmp_path / "gone", media_type="text/plain", problem="It is damaged.")
    plan = ExhibitPlan(document_id="a", name="a", title="a", sources=(source,))
    with pytest.raises(UserError, match="It is damaged"):
        Original(plan, source, 0, Making()).wanted()


def noisy(width, height):
    dust = np.random.default_rng(1).normal(0, 12, (height, width, 3))
    page = np.asarray(quarters(width, height), np.float32) * 0.8 + 25 + dust
    return Image.fromarray(page.clip(0, 255).astype(np.uint8))


def test_a_picture_too_fine_for_its_sheet_is_made_smaller_and_no_further(tmp_path):
    noisy(1275, 1650).save(tmp_path / "a.jpg", quality=92)
    answer = normalised(tmp_path / "a.jpg", tmp_path / "b.pdf", wanted=Wanted(dots=75))
    about, size = picture_of(tmp_path / "b.pdf")
    assert answer["shrunk"] == [0]
    assert about["/Height"] == pytest.approx(75 * 732 / 72, rel=0.03)
    assert size < (tmp_path / "a.jpg").stat().st_size / 3
    assert corner_colours(seen(tmp_path / "b.pdf", scale=0.5)) == ("red", "lime", "blue", "black")


def test_a_page_that_must_stay_legible_keeps_its_dots(tmp_path):
    noisy(1275, 1650).save(tmp_path / "a.jpg", quality=92)
    wanted = Wanted(dots=75, full=frozenset({0}))
    answer = normalised(tmp_path / "a.jpg", tmp_path / "b.pdf", wanted=wanted)
    assert (answer["shrunk"], picture_of(tmp_path / "b.pdf")[0]["/Width"]) == ([], 1275)


def test_only_words_that_are_really_gone_count():
    page = "The infusion of 2026-05-01 was denied as not medically necessary for María López"
    assert lost_words(page, page.upper().replace("Í", "I").split()) == ()
    assert lost_words(page, page.split()[:-3]) == ("for", "lopez", "maria")
    assert lost_words(page, re.sub("denied", "demied", page).split()) == ()


def test_sizes_are_told_before_anything_is_made(tmp_path):
    noisy(1275, 1650).save(tmp_path / "a.jpg", quality=92)
    plan = exhibit(tmp_path / "a.jpg")
    size = (tmp_path / "a.jpg").stat().st_size
    assert size_of(plan).pages == 1
    assert size_of(plan).bytes == pytest.approx(size, rel=0.02)
    assert size_of(plan, making_for("portal")).bytes < 400_000
    assert size_of(plan, making_for("fax")).bytes < 60_000
    flat = exhibit(tmp_path / "a.jpg", flat=(FlatPage(page=1, corners=(0.0,) * 8),), pages=())
    assert size_of(flat).pages == 0
