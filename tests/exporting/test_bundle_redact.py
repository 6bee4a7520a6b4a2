"""Black-outs and pages left out: nothing of them travels, neither seen nor unseen."""

from __future__ import annotations

import pikepdf
import pypdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

from app.domain.bundle import BlackBox
from app.exporting.frame import placements
from app.exporting.making import Making, Wanted
from app.exporting.original import Original
from app.exporting.redact import boxes_on_sheet, check_black_outs
from tests.exporting.bundle_papers import (
    add_text_page,
    everything,
    exhibit,
    letter,
    normalised,
    photo,
    quartered_pdf,
    seen,
    words,
)

ON_HELLO = (0.1, 0.09, 0.5, 0.13)
"""Where `add_text_page` puts its words on an upright page."""


def pictures_in(path):
    """How many pictures a PDF carries, seen or not."""
    with pikepdf.open(path) as pdf:
        return sum(
            isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == Name.Image
            for thing in pdf.objects
        )


def is_black(path, box, page=0):
    shown = seen(path, page, scale=2).convert("L")
    width, height = shown.size
    part = (box[0] * width + 2, box[1] * height + 2, box[2] * width - 2, box[3] * height - 2)
    return shown.crop(tuple(map(int, part))).getextrema()[1] < 30


def test_blacked_out_words_are_gone_and_the_others_stay(tmp_path):
    source = letter(tmp_path / "a.pdf", ["SECRETNAME"])
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(
            page.Contents.read_bytes() + b" BT /F 14 Tf 72 400 Td (stays here) Tj ET"
        )
        pdf.save()
    answer = normalised(source, tmp_path / "b.pdf", wanted=Wanted(boxes={0: (ON_HELLO,)}))
    assert words(tmp_path / "b.pdf").split() == ["stays", "here"]
    assert is_black(tmp_path / "b.pdf", ON_HELLO)
    assert b"SECRETNAME" not in everything(tmp_path / "b.pdf")
    assert answer["withheld"] == []
    assert answer["black"][0][0] == pytest.approx(ON_HELLO)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (36, 36, 576, 756)])
def test_a_box_is_meant_on_the_upright_page_however_it_is_stored(tmp_path, turn, crop):
    keys = {"Rotate": turn, **({"CropBox": Array(crop)} if crop else {})}
    source = letter(tmp_path / "a.pdf", ["SECRETNAME"], **keys)
    plain = seen(letter(tmp_path / "plain.pdf", ["SECRETNAME"], **keys), scale=1).convert("L")
    left, top, right, low = plain.point(lambda level: 255 * (level < 128)).getbbox()
    width, height = plain.size
    box = ((left - 3) / width, (top - 3) / height, (right + 3) / width, (low + 3) / height)
    normalised(source, tmp_path / "b.pdf", wanted=Wanted(boxes={0: (box,)}))
    assert words(tmp_path / "b.pdf").strip() == ""
    assert is_black(tmp_path / "b.pdf", box)
    outside = seen(tmp_path / "b.pdf").convert("L").point(lambda level: 255 * (level < 128))
    assert outside.getbbox() == pytest.approx((left - 3, top - 3, right + 3, low + 3), abs=2)


def test_a_word_that_a_box_only_touches_goes_whole(tmp_path):
    source = letter(tmp_path / "a.pdf", ["123-45-6789 remains"])
    normalised(source, tmp_path / "b.pdf", wanted=Wanted(boxes={0: ((0.1, 0.09, 0.14, 0.13),)}))
    assert words(tmp_path / "b.pdf").split() == ["remains"]


@pytest.mark.parametrize(
    "box", [(0.3, 0.3, 0.3, 0.3), (0.0, 0.1, 0.0001, 0.9), (1.0, 1.0, 1.0, 1.0)]
)
def test_a_box_too_small_to_be_proven_is_made_larger(tmp_path, box):
    source = quartered_pdf(tmp_path / "a.pdf")
    answer = normalised(source, tmp_path / "b.pdf", wanted=Wanted(boxes={0: (box,)}))
    assert answer["withheld"] == []
    assert looked_at(tmp_path / "b.pdf", answer["black"][0]) == []


def test_words_read_from_a_photo_are_taken_out_of_its_text_layer(tmp_path):
    source = photo(tmp_path / "a.jpg", 6)
    read = [["Secret", 0.1, 0.1, 0.3, 0.2], ["open", 0.6, 0.6, 0.8, 0.7]]
    normalised(source, tmp_path / "b.pdf", readings=[[0, False, read]],
               wanted=Wanted(boxes={0: ((0.05, 0.05, 0.4, 0.3),)}))  # fmt: skip
    assert words(tmp_path / "b.pdf").split() == ["open"]
    assert is_black(tmp_path / "b.pdf", (0.05, 0.05, 0.4, 0.3))
    assert pictures_in(tmp_path / "b.pdf") == 1


def test_unseen_words_of_a_scanner_cannot_give_away_what_is_black(tmp_path):
    with pikepdf.new() as pdf:
        page = add_text_page(pdf, "x")
        page.obj.Contents = pdf.make_stream(
            b"0.6 g 50 50 500 700 re f 0 g BT /F 14 Tf 3 Tr 72 200 Td (SECRETNAME) Tj ET "
            b"BT /F 14 Tf 0 Tr 72 300 Td (seen) Tj ET"
        )
        pdf.save(tmp_path / "a.pdf")
    normalised(tmp_path / "a.pdf", tmp_path / "b.pdf", wanted=Wanted(boxes={0: (ON_HELLO,)}))
    assert words(tmp_path / "b.pdf").split() == ["seen"]


def test_words_white_on_white_do_not_travel_with_a_blacked_page(tmp_path):
    with pikepdf.new() as pdf:
        page = add_text_page(pdf, "x")
        page.obj.Contents = pdf.make_stream(b"1 g BT /F 14 Tf 72 200 Td (SECRETNAME) Tj ET")
        pdf.save(tmp_path / "a.pdf")
    answer = normalised(
        tmp_path / "a.pdf", tmp_path / "b.pdf", wanted=Wanted(boxes={0: (ON_HELLO,)})
    )
    assert words(tmp_path / "b.pdf").split() == []
    assert "can be seen but not searched" in answer["warnings"][0]


def shared_resources(path, pages=3):
    """A PDF whose pages share one dictionary with the pictures and fonts of all of them."""
    with pikepdf.new() as pdf:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        drawn = Dictionary()
        for number in range(pages):
            picture = pdf.make_stream(bytes([number * 60 + 40]) * 3 * 400)
            picture["/Type"], picture["/Subtype"] = Name.XObject, Name.Image
            picture["/Width"] = picture["/Height"] = 20
            picture["/BitsPerComponent"], picture["/ColorSpace"] = 8, Name.DeviceRGB
            drawn[f"/Im{number}"] = picture
        shared = pdf.make_indirect(Dictionary(Font=Dictionary(F=font), XObject=drawn))
        for number in range(pages):
            page = pdf.add_blank_page(page_size=(612, 792)).obj
            page.Resources = shared
            said = f"BT /F 14 Tf 72 700 Td (PAGE{number}) Tj ET"
            shown = f"q 200 0 0 200 72 300 cm /Im{number} Do Q"
            page.Contents = pdf.make_stream(f"{said} {shown}".encode())
        with pdf.open_outline() as outline:
            outline.root.extend(
                pikepdf.OutlineItem(f"MARK{number}", number) for number in range(pages)
            )
        pdf.save(path)
    return path


def test_only_chosen_pages_go_in_and_nothing_of_the_others(tmp_path):
    source = shared_resources(tmp_path / "a.pdf")
    answer = normalised(source, tmp_path / "b.pdf", wanted=Wanted(pages=frozenset({0, 2})))
    assert answer["numbers"] == [0, 2]
    assert answer["pages_of_original"] == 3
    assert [words(tmp_path / "b.pdf", page).strip() for page in (0, 1)] == ["PAGE0", "PAGE2"]
    assert pictures_in(tmp_path / "b.pdf") == 2
    assert b"PAGE1" not in everything(tmp_path / "b.pdf")
    assert [tuple(mark) for mark in answer["bookmarks"]] == [("MARK0", 0), ("MARK2", 1)]


def test_the_picture_below_a_black_out_does_not_travel_with_its_neighbour(tmp_path):
    source = shared_resources(tmp_path / "a.pdf", pages=2)
    whole = (0.0, 0.0, 1.0, 1.0)
    answer = normalised(source, tmp_path / "b.pdf", wanted=Wanted(boxes={0: (whole,)}))
    assert pictures_in(tmp_path / "b.pdf") == 2  # the black page, and the neighbour's own
    assert b"PAGE0" not in everything(tmp_path / "b.pdf")
    assert words(tmp_path / "b.pdf", 1).strip() == "PAGE1"
    assert [tuple(mark) for mark in answer["bookmarks"]] == [("MARK1", 1)]


def test_of_a_file_without_a_chosen_page_there_is_no_piece(tmp_path):
    answer = normalised(
        letter(tmp_path / "a.pdf"), tmp_path / "b.pdf", wanted=Wanted(pages=frozenset())
    )
    assert (answer["sizes"], answer["pages_of_original"]) == ([], 1)
    assert not (tmp_path / "b.pdf").exists()


def test_a_page_can_be_withheld_and_says_so(tmp_path):
    source = letter(tmp_path / "a.pdf", ["SECRETNAME", "second"])
    answer = normalised(source, tmp_path / "b.pdf", wanted=Wanted(withheld=frozenset({0})))
    assert words(tmp_path / "b.pdf").startswith("This page was left out")
    assert words(tmp_path / "b.pdf", 1).strip() == "second"
    assert answer["withheld"] == [0]
    assert b"SECRETNAME" not in everything(tmp_path / "b.pdf")


def looked_at(path, boxes):
    return check_black_outs({"path": str(path), "pages": [[1, boxes]]}, ()).values["unproven"]


def test_the_check_believes_a_black_out_that_holds(tmp_path):
    source = letter(tmp_path / "a.pdf", ["SECRETNAME"])
    normalised(source, tmp_path / "b.pdf", wanted=Wanted(boxes={0: (ON_HELLO,)}))
    assert looked_at(tmp_path / "b.pdf", [ON_HELLO]) == []


def test_the_check_finds_words_under_a_black_rectangle(tmp_path):
    source = letter(tmp_path / "a.pdf", ["SECRETNAME"])
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" 0 g 60 680 300 60 re f")
        pdf.save()
    assert is_black(source, ON_HELLO)
    assert looked_at(source, [ON_HELLO]) == [1]


def test_the_check_finds_a_place_that_is_not_black(tmp_path):
    source = tmp_path / "a.png"
    image = Image.new("RGB", (850, 1100), "white")
    ImageDraw.Draw(image).rectangle((85, 99, 425, 140), fill=(0, 0, 0))
    ImageDraw.Draw(image).line((100, 120, 140, 120), fill=(110, 110, 110), width=4)
    image.save(source)
    normalised(source, tmp_path / "b.pdf")
    assert looked_at(tmp_path / "b.pdf", [ON_HELLO]) == [1]


def test_the_check_finds_words_that_only_the_other_library_reads(tmp_path):
    source = letter(tmp_path / "a.pdf", ["shown"], CropBox=Array([0, 0, 612, 792]))
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(
            page.Contents.read_bytes()
            + b" 0 g 60 100 300 60 re f BT /F 0 Tf 90 90 Td (SECRETNAME) Tj ET"
        )
        pdf.save()
    assert "SECRETNAME" in pypdf.PdfReader(source).pages[0].extract_text()
    box = (0.12, 0.81, 0.5, 0.86)
    assert is_black(source, box)
    assert looked_at(source, [box]) == [1]


@pytest.mark.parametrize("size", [(612, 792), (792, 612), (300, 3000), (40, 30), (2900, 2100)])
def test_a_box_is_found_again_on_the_sheet_that_its_page_is_laid_on(size):
    box = (0.1, 0.2, 0.4, 0.5)
    placed = placements(*size)
    for placement in placed[:1]:
        sheet = (792.0, 612.0) if placement.landscape else (612.0, 792.0)
        (found,) = boxes_on_sheet([box], size, placement, sheet)
        left = placement.x + 0.1 * size[0] * placement.scale
        top = sheet[1] - (placement.y + 0.8 * size[1] * placement.scale)
        assert found[0] * sheet[0] == pytest.approx(left)
        if len(placed) == 1:
            assert found[1] * sheet[1] == pytest.approx(top)


def original(plan, number=0, before: int | None = 0, **making):
    return Original(plan, plan.sources[number], before, Making(**making))


def test_pages_and_boxes_are_counted_through_all_originals(tmp_path):
    box = BlackBox(page=5, x0=0.4, y0=0.3, x1=0.1, y1=0.2)
    plan = exhibit(letter(tmp_path / "a.pdf"), pages=(2, 4, 5), black_outs=(box,))
    wanted = original(plan, before=3, withheld=frozenset({("a", 4), ("b", 5)})).wanted()
    assert Wanted.of(wanted.values()).boxes[1] == ((0.1, 0.2, 0.4, 0.3),)
    assert [page for page in range(3) if wanted.is_in(page)] == [0, 1]
    assert 0 in wanted.withheld
    assert 1 not in wanted.withheld
