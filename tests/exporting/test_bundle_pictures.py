"""Photos, scans and faxes on their way into a bundle."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops

from app.domain.errors import UserError
from tests.exporting.bundle_papers import (
    CORNERS,
    corner_colours,
    everything,
    normalised,
    photo,
    quarters,
    seen,
    srgb_profile,
    words,
)


def image_of(path):
    """The first picture of a piece, as (its stream's bytes, its dictionary)."""
    with pikepdf.open(path) as pdf:
        form = pdf.pages[0].obj.Resources.XObject.P
        while "/Im" not in form.Resources.XObject:
            form = form.Resources.XObject.P
        image = form.Resources.XObject.Im
        return image.read_raw_bytes(), {key: str(image[key]) for key in image}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_phone_was_held(tmp_path, orientation):
    source = photo(tmp_path / "a.jpg", orientation)
    answer = normalised(source, tmp_path / "a.pdf")
    (size,) = answer["sizes"]
    assert size == pytest.approx((288, 216))
    assert corner_colours(seen(tmp_path / "a.pdf")) == CORNERS


def test_a_page_found_lying_on_its_side_is_turned(tmp_path):
    source = photo(tmp_path / "a.jpg", upright=quarters().transpose(Image.Transpose.ROTATE_90))
    normalised(source, tmp_path / "a.pdf", readings=[[90, False, []]])
    assert corner_colours(seen(tmp_path / "a.pdf")) == CORNERS


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_every_turn_is_clockwise(tmp_path, turn):
    undone = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180,
              270: Image.Transpose.ROTATE_270}[turn]  # fmt: skip
    quarters().transpose(undone).save(tmp_path / "a.png")
    normalised(tmp_path / "a.png", tmp_path / "a.pdf", readings=[[turn, False, []]])
    assert corner_colours(seen(tmp_path / "a.pdf")) == CORNERS


def test_a_jpeg_keeps_its_own_bytes_and_loses_what_the_camera_wrote(tmp_path):
    source = photo(tmp_path / "a.jpg", 6)
    answer = normalised(source, tmp_path / "a.pdf")
    data, about = image_of(tmp_path / "a.pdf")
    scan = source.read_bytes().partition(b"\xff\xda")[2]
    assert data.partition(b"\xff\xda")[2] == scan
    assert about["/Filter"] == "/DCTDecode"
    for secret in (b"SecretCamera", b"SECRETPLACE", b"SECRETCOMMENT", b"Exif"):
        assert secret in source.read_bytes()
        assert secret not in everything(tmp_path / "a.pdf")
    assert list(answer["removed"].values()) == [1]


def test_what_follows_the_end_of_a_photo_is_left_behind(tmp_path):
    source = photo(tmp_path / "a.jpg")
    source.write_bytes(source.read_bytes() + b"SECRETFILM" * 100)
    normalised(source, tmp_path / "a.pdf")
    assert b"SECRETFILM" not in (tmp_path / "a.pdf").read_bytes()


def test_the_colour_profile_of_a_photo_is_kept(tmp_path):
    source = photo(tmp_path / "a.jpg", icc_profile=srgb_profile())
    normalised(source, tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        image = pdf.pages[0].obj.Resources.XObject.P.Resources.XObject.Im
        assert image.ColorSpace[0] == pikepdf.Name.ICCBased
        assert image.ColorSpace[1].read_bytes() == srgb_profile()


def test_a_grey_photo_stays_grey(tmp_path):
    quarters().convert("L").save(tmp_path / "a.jpg", quality=95)
    normalised(tmp_path / "a.jpg", tmp_path / "a.pdf")
    shown = seen(tmp_path / "a.pdf").resize((40, 30))
    meant = Image.open(tmp_path / "a.jpg").convert("RGB").resize((40, 30))
    assert max(high for _, high in ImageChops.difference(shown, meant).getextrema()) < 60


def test_a_photo_in_printing_inks_is_not_shown_as_its_negative(tmp_path):
    quarters().convert("CMYK").save(tmp_path / "a.jpg", quality=95)
    normalised(tmp_path / "a.jpg", tmp_path / "a.pdf")
    assert corner_colours(seen(tmp_path / "a.pdf")) == CORNERS


def test_a_drawing_stays_sharp_to_the_dot(tmp_path):
    quarters(64, 48).save(tmp_path / "a.png")
    normalised(tmp_path / "a.png", tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        image = pdf.pages[0].obj.Resources.XObject.P.Resources.XObject.Im
        assert pikepdf.PdfImage(image).as_pil_image().tobytes() == quarters(64, 48).tobytes()


def test_what_is_see_through_becomes_white(tmp_path):
    clear = Image.new("RGBA", (200, 200), (255, 0, 0, 0))
    clear.paste((0, 0, 255, 255), (0, 0, 100, 200))
    clear.save(tmp_path / "a.png")
    normalised(tmp_path / "a.png", tmp_path / "a.pdf")
    assert corner_colours(seen(tmp_path / "a.pdf")) == ("blue", "white", "blue", "white")


def test_a_deep_grey_scan_is_neither_black_nor_white(tmp_path):
    Image.new("I;16", (200, 200), 0x8000).save(tmp_path / "a.png")
    normalised(tmp_path / "a.png", tmp_path / "a.pdf")
    assert seen(tmp_path / "a.pdf").getpixel((70, 70))[0] == pytest.approx(128, abs=2)


def test_each_page_of_a_fax_goes_in_with_dots_as_high_as_the_machine_made_them(tmp_path):
    pages = [quarters(204, 98).convert("1"), quarters(204, 98).convert("1").rotate(180)]
    pages[0].save(
        tmp_path / "fax.tif", save_all=True, append_images=pages[1:],
        compression="group4", dpi=(204, 98),
    )  # fmt: skip
    answer = normalised(tmp_path / "fax.tif", tmp_path / "a.pdf")
    assert len(answer["sizes"]) == 2
    for width, height in answer["sizes"]:
        assert width / height == pytest.approx(1.0, abs=0.01)
    _, about = image_of(tmp_path / "a.pdf")
    assert about["/Filter"] == "/CCITTFaxDecode"


def test_a_fax_is_black_on_white(tmp_path):
    page = Image.new("1", (200, 200), 1)
    page.paste(0, (0, 0, 100, 100))
    page.save(tmp_path / "fax.tif", compression="group4")
    normalised(tmp_path / "fax.tif", tmp_path / "a.pdf")
    assert corner_colours(seen(tmp_path / "a.pdf")) == ("black", "white", "white", "white")


@pytest.mark.parametrize("orientation", [3, 6])
def test_a_scan_says_in_its_own_way_which_side_is_up(tmp_path, orientation):
    stored = quarters().transpose(
        {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90}[orientation]
    )
    stored.save(tmp_path / "a.tif", tiffinfo={274: orientation})
    normalised(tmp_path / "a.tif", tmp_path / "a.pdf")
    assert corner_colours(seen(tmp_path / "a.pdf")) == CORNERS


def test_words_lie_invisibly_where_they_were_read(tmp_path):
    source = photo(tmp_path / "a.jpg")
    reading = [["Núñez", 0.1, 0.1, 0.4, 0.2], ["王小明", 0.5, 0.1, 0.8, 0.2],
               ["bottom", 0.1, 0.8, 0.4, 0.9]]  # fmt: skip
    normalised(source, tmp_path / "with.pdf", readings=[[0, False, reading]])
    normalised(source, tmp_path / "without.pdf")
    assert words(tmp_path / "with.pdf").split() == ["Núñez", "王小明", "bottom"]
    assert seen(tmp_path / "with.pdf").tobytes() == seen(tmp_path / "without.pdf").tobytes()


def test_a_word_can_be_marked_at_its_own_place(tmp_path):
    import pypdfium2  # noqa: PLC0415

    source = photo(tmp_path / "a.jpg", upright=quarters(1000, 1000))
    box = ["Appeal", 0.25, 0.5, 0.5, 0.55]
    normalised(source, tmp_path / "a.pdf", readings=[[0, False, [box]]])
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        texts = document[0].get_textpage()
        boxes = [texts.get_charbox(place) for place in range(6)]
    side = 720
    assert boxes[0][0] == pytest.approx(0.25 * side, abs=3)
    assert boxes[-1][2] == pytest.approx(0.5 * side, abs=3)
    assert min(box[1] for box in boxes) == pytest.approx(0.45 * side, abs=8)


def test_a_photo_cut_off_in_the_middle_shows_what_is_there_and_says_so(tmp_path):
    source = photo(tmp_path / "a.jpg", upright=quarters(800, 600))
    source.write_bytes(source.read_bytes()[:-600])
    answer = normalised(source, tmp_path / "a.pdf")
    assert "cut off" in answer["warnings"][0]
    assert corner_colours(seen(tmp_path / "a.pdf"))[:2] == CORNERS[:2]


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0 no picture", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_refused_in_words(tmp_path, content):
    (tmp_path / "a.jpg").write_bytes(content)
    with pytest.raises(UserError, match="damaged"):
        normalised(tmp_path / "a.jpg", tmp_path / "a.pdf")


def test_a_picture_of_absurd_size_is_refused_before_it_fills_the_memory(tmp_path):
    Image.new("1", (30_000, 20_000)).save(tmp_path / "a.tif", compression="group4")
    with pytest.raises(UserError, match="more dots"):
        normalised(tmp_path / "a.tif", tmp_path / "a.pdf")


def test_a_file_that_is_neither_picture_nor_pdf_is_named_as_such(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04")
    with pytest.raises(UserError, match="save it as a PDF"):
        normalised(tmp_path / "a.docx", tmp_path / "a.pdf", media_type="application/zip")


def test_a_heic_photo_is_turned_once_and_loses_what_the_camera_wrote(tmp_path):
    source = Path(__file__).parent.parent / "importing" / "data" / "lying.heic"
    answer = normalised(source, tmp_path / "a.pdf")
    ((width, height),) = answer["sizes"]
    assert width / height == pytest.approx(64 / 96)
    shown = seen(tmp_path / "a.pdf", scale=4).resize((2, 2))
    strongest = [max(range(3), key=shown.getpixel(at).__getitem__) for at in ((0, 0), (1, 0))]
    assert strongest == [0, 1]  # red at the left, green at the right
    assert b"Exif" not in everything(tmp_path / "a.pdf")
