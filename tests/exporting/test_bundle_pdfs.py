"""PDFs from outside on their way into a bundle."""

from __future__ import annotations

import subprocess
import sys

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from app.domain.errors import PasswordNeededError, UserError
from tests.exporting.bundle_papers import (
    CORNERS,
    add_text_page,
    corner_colours,
    everything,
    hostile,
    letter,
    normalised,
    photo,
    protected,
    quartered_pdf,
    seen,
    words,
)

TURNED = {
    0: CORNERS,
    90: ("blue", "red", "black", "lime"),
    180: ("black", "blue", "lime", "red"),
    270: ("lime", "black", "red", "blue"),
}


@pytest.mark.parametrize("turn", [0, 90, 180, 270, -90, 450])
def test_a_turned_page_is_shown_as_its_file_wants_it(tmp_path, turn):
    source = quartered_pdf(tmp_path / "a.pdf", Rotate=turn)
    answer = normalised(source, tmp_path / "b.pdf")
    assert corner_colours(seen(tmp_path / "b.pdf")) == TURNED[turn % 360]
    assert corner_colours(seen(tmp_path / "b.pdf")) == corner_colours(seen(source))
    assert tuple(answer["sizes"][0]) == ((400, 300) if turn % 180 == 0 else (300, 400))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_only_what_a_reader_shows_of_a_cropped_page_goes_in(tmp_path, turn):
    source = quartered_pdf(tmp_path / "a.pdf", CropBox=Array([200, 150, 400, 300]), Rotate=turn)
    answer = normalised(source, tmp_path / "b.pdf")
    assert sorted(answer["sizes"][0]) == [150, 200]
    assert set(corner_colours(seen(tmp_path / "b.pdf"))) == {"lime"}


def test_a_page_that_does_not_begin_at_the_corner_is_not_shifted(tmp_path):
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(100, 100))
        page.obj.MediaBox = Array([-50, -50, 50, 50])
        page.obj.Contents = pdf.make_stream(b"1 0 0 rg -50 0 50 50 re f")
        pdf.save(tmp_path / "a.pdf")
    normalised(tmp_path / "a.pdf", tmp_path / "b.pdf")
    assert corner_colours(seen(tmp_path / "b.pdf")) == ("red", "white", "white", "white")


def test_a_page_measured_in_larger_units_has_its_true_size(tmp_path):
    answer = normalised(quartered_pdf(tmp_path / "a.pdf", UserUnit=2), tmp_path / "b.pdf")
    assert tuple(answer["sizes"][0]) == (800, 600)
    assert corner_colours(seen(tmp_path / "b.pdf")) == CORNERS


def test_what_pages_inherit_comes_along(tmp_path):
    source = quartered_pdf(tmp_path / "a.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        pdf.Root.Pages["/MediaBox"], pdf.Root.Pages["/Rotate"] = page.MediaBox, 90
        del page["/MediaBox"]
        pdf.save()
    answer = normalised(source, tmp_path / "b.pdf")
    assert tuple(answer["sizes"][0]) == (300, 400)
    assert corner_colours(seen(tmp_path / "b.pdf")) == TURNED[90]


@pytest.mark.parametrize("box", [Array([0, 0, 0, 0]), Name.Nonsense, Array([1, 2]),
                                 Array([0, 0, 1e9, 1e9])])  # fmt: skip
def test_a_page_with_a_senseless_size_is_us_letter(tmp_path, box):
    answer = normalised(letter(tmp_path / "a.pdf", MediaBox=box), tmp_path / "b.pdf")
    assert tuple(answer["sizes"][0]) == (612, 792)
    assert "Hello" in words(tmp_path / "b.pdf")


def test_words_of_a_pdf_stay_words_and_are_not_doubled(tmp_path):
    source = letter(tmp_path / "a.pdf", ["Denied because"])
    box = ["Denied", 0.1, 0.1, 0.2, 0.12]
    normalised(source, tmp_path / "b.pdf", readings=[[0, True, [box]]])
    assert words(tmp_path / "b.pdf").split() == ["Denied", "because"]


def test_words_read_from_a_scanned_pdf_are_laid_over_it(tmp_path):
    source = quartered_pdf(tmp_path / "a.pdf")
    box = ["Scanned", 0.1, 0.1, 0.4, 0.2]
    normalised(source, tmp_path / "b.pdf", readings=[[0, False, [box]]])
    assert words(tmp_path / "b.pdf").split() == ["Scanned"]
    assert corner_colours(seen(tmp_path / "b.pdf")) == CORNERS


def test_nothing_that_acts_or_tells_comes_along(tmp_path):
    source = hostile(tmp_path / "a.pdf")
    answer = normalised(source, tmp_path / "b.pdf")
    content = everything(tmp_path / "b.pdf")
    for bad in (b"BAD", b"/JavaScript", b"/Launch", b"/URI", b"/OpenAction", b"/AA", b"/EmbeddedF",
                b"/Annots", b"/PieceInfo", b"/Sneaky", b"/Metadata"):  # fmt: skip
        assert bad in everything(source)
        assert bad not in content
    assert words(tmp_path / "b.pdf").split() == ["Visible", "words"]
    assert answer["removed"]["command that starts a program"] == 2
    assert answer["removed"]["script"] >= 3
    assert answer["removed"]["attached file"] == 1
    assert answer["removed"]["web link"] == 1


def test_a_filled_form_and_a_stamp_stay_visible(tmp_path):
    with pikepdf.new() as pdf:
        page = add_text_page(pdf, "Name:")
        look = pdf.make_stream(b"1 0 0 rg 0 0 100 100 re f")
        look["/Type"], look["/Subtype"] = Name.XObject, Name.Form
        look["/BBox"] = Array([0, 0, 100, 100])
        stamp = Dictionary(
            Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 306, 396]), F=4,
            AP=Dictionary(N=look),
        )  # fmt: skip
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=pikepdf.String("name"), F=4,
            Rect=Array([150, 690, 400, 720]), V=pikepdf.String("Filled in"),
            DA=pikepdf.String("/F 12 Tf 0 g"),
        )  # fmt: skip
        fields = [pdf.make_indirect(field)]
        pdf.Root.AcroForm = Dictionary(
            Fields=Array(fields), NeedAppearances=True, DA=pikepdf.String("/F 12 Tf 0 g"),
            DR=page.obj.Resources,
        )  # fmt: skip
        page.obj.Annots = Array([pdf.make_indirect(stamp), *fields])
        pdf.save(tmp_path / "a.pdf")
    normalised(tmp_path / "a.pdf", tmp_path / "b.pdf")
    assert "Filled in" in words(tmp_path / "b.pdf")
    assert corner_colours(seen(tmp_path / "b.pdf"))[2] == "red"


def test_notes_whose_look_is_left_to_the_reader_stay_visible(tmp_path):
    notes = (
        Dictionary(Subtype=Name.Square, Rect=Array([0, 0, 306, 396]), C=Array([1, 0, 0]),
                   IC=Array([1, 0, 0])),
        Dictionary(Subtype=Name.FreeText, Rect=Array([320, 500, 600, 540]),
                   DA=pikepdf.String("/Helv 12 Tf 0 g"), Contents=pikepdf.String("My remark")),
        Dictionary(Subtype=Name.Square, Rect=Array([306, 0, 612, 396]), F=2, IC=Array([0, 0, 1])),
    )  # fmt: skip
    with pikepdf.new() as pdf:
        page = add_text_page(pdf, "Letter")
        for note in notes:
            note["/Type"] = Name.Annot
        page.obj.Annots = Array([pdf.make_indirect(note) for note in notes])
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pikepdf.String("bad"))
        pdf.save(tmp_path / "a.pdf")
    answer = normalised(tmp_path / "a.pdf", tmp_path / "b.pdf")
    assert corner_colours(seen(tmp_path / "b.pdf"))[2:] == ("red", "white")
    assert "My remark" in words(tmp_path / "b.pdf")
    assert answer["removed"]["script"] == 1


def test_a_hidden_layer_stays_hidden(tmp_path):
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(100, 100))
        layers = [
            pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String(name)))
            for name in ("hidden", "shown")
        ]
        page.obj.Resources = Dictionary(Properties=Dictionary(H=layers[0], S=layers[1]))
        page.obj.Contents = pdf.make_stream(
            b"/OC /H BDC 1 0 0 rg 0 50 50 50 re f EMC /OC /S BDC 0 0 1 rg 0 0 50 50 re f EMC"
        )
        pdf.Root.OCProperties = Dictionary(OCGs=Array(layers), D=Dictionary(OFF=Array([layers[0]])))
        pdf.save(tmp_path / "a.pdf")
    normalised(tmp_path / "a.pdf", tmp_path / "b.pdf")
    with pikepdf.open(tmp_path / "b.pdf") as piece:
        (hidden,) = piece.pages[0].obj["/HiddenLayers"]
        shown = piece.pages[0].obj.Resources.XObject.P.Resources.Properties
        assert hidden.objgen == shown.H.objgen != shown.S.objgen


def test_marks_for_blacking_out_that_were_never_used_are_told(tmp_path):
    mark = Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=Array([0, 0, 9, 9]))
    answer = normalised(letter(tmp_path / "a.pdf", Annots=Array([mark])), tmp_path / "b.pdf")
    assert "blacked out" in answer["warnings"][0]


def test_bookmarks_of_a_paper_come_along_with_their_pages(tmp_path):
    source = letter(tmp_path / "a.pdf", ["one", "two", "three"])
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        with pdf.open_outline() as outline:
            outline.root += [
                pikepdf.OutlineItem("Second part", 1), pikepdf.OutlineItem("Third part", 2),
            ]  # fmt: skip
        pdf.save()
    answer = normalised(source, tmp_path / "b.pdf")
    assert [tuple(mark) for mark in answer["bookmarks"]] == [("Second part", 1), ("Third part", 2)]


@pytest.mark.parametrize("mark", [{"Dest": 318}, {"A": Array([])}, {"Dest": Array([])}])
def test_a_damaged_bookmark_costs_only_itself(tmp_path, mark):
    source = letter(tmp_path / "a.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        item = pdf.make_indirect(Dictionary(Title=pikepdf.String("x"), **mark))
        pdf.Root.Outlines = Dictionary(First=item, Last=item, Count=1)
        pdf.save()
    answer = normalised(source, tmp_path / "b.pdf")
    assert answer["bookmarks"] == []
    assert "Hello" in words(tmp_path / "b.pdf")


def test_a_protected_pdf_opens_with_its_password(tmp_path):
    source = protected(tmp_path / "a.pdf", "swordfish")
    normalised(source, tmp_path / "b.pdf", password="swordfish")
    assert "Behind the lock" in words(tmp_path / "b.pdf")
    with pikepdf.open(tmp_path / "b.pdf") as piece:
        assert not piece.is_encrypted


@pytest.mark.parametrize("password", [None, "wrong"])
@pytest.mark.parametrize("attempt", [0, 1, 2])
def test_a_protected_pdf_without_its_password_is_refused_in_words(tmp_path, password, attempt):
    source = protected(tmp_path / "a.pdf", "swordfish")
    with pytest.raises(PasswordNeededError, match="password"):
        normalised(source, tmp_path / "b.pdf", password=password, attempt=attempt)


def test_a_form_that_only_one_program_can_show_is_refused(tmp_path):
    source = letter(tmp_path / "a.pdf", ["Please wait..."])
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.Root.NeedsRendering = True
        pdf.save()
    with pytest.raises(UserError, match="Adobe Reader"):
        normalised(source, tmp_path / "b.pdf")


def test_a_pdf_without_its_table_of_contents_is_mended(tmp_path):
    source = letter(tmp_path / "a.pdf", ["one", "two"])
    data = source.read_bytes()
    source.write_bytes(data[: data.rindex(b"xref")])
    answer = normalised(source, tmp_path / "b.pdf")
    assert len(answer["sizes"]) == 2
    assert "two" in words(tmp_path / "b.pdf", 1)


@pytest.mark.parametrize("attempt", [1, 2])
def test_the_more_careful_ways_show_the_same(tmp_path, attempt):
    source = quartered_pdf(tmp_path / "a.pdf", Rotate=90)
    answer = normalised(source, tmp_path / "b.pdf", attempt=attempt)
    assert tuple(answer["sizes"][0]) == (300, 400)
    assert corner_colours(seen(tmp_path / "b.pdf")) == TURNED[90]


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"junk%PDF-1.4 1 0 obj"])
def test_a_pdf_of_which_nothing_can_be_read_is_refused_in_words(tmp_path, content):
    (tmp_path / "a.pdf").write_bytes(content)
    with pytest.raises(UserError, match="damaged"):
        normalised(tmp_path / "a.pdf", tmp_path / "b.pdf")


def test_a_pdf_with_junk_before_it_is_still_a_pdf(tmp_path):
    source = letter(tmp_path / "a.jpg")
    source.write_bytes(b"junk\r\n" * 50 + source.read_bytes())
    normalised(source, tmp_path / "b.pdf")
    assert "Hello" in words(tmp_path / "b.pdf")


def test_contents_in_many_streams_draw_the_same(tmp_path):
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(100, 100))
        parts = (b"1 0 0 r", b"g 0 50 50 50 re f", b"Q Q 0 0 1 rg", b"0 0 50 50 re f q q")
        page.obj.Contents = Array(
            [pdf.make_stream(part) for part in (parts[0] + parts[1], *parts[2:])]
        )
        pdf.save(tmp_path / "a.pdf")
    normalised(tmp_path / "a.pdf", tmp_path / "b.pdf")
    assert corner_colours(seen(tmp_path / "b.pdf")) == ("red", "white", "blue", "white")


def test_an_original_that_is_gone_is_named_as_such(tmp_path):
    with pytest.raises(UserError, match="cannot be opened"):
        normalised(tmp_path / "gone.pdf", tmp_path / "b.pdf")


def test_a_photo_in_a_pdf_travels_without_camera_and_place(tmp_path):
    taken = photo(tmp_path / "a.jpg").read_bytes()
    with Image.open(tmp_path / "a.jpg") as image, pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=image.size)
        stored = pdf.make_stream(
            taken, Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height,
            ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode,
        )  # fmt: skip
        page.obj.Resources = Dictionary(XObject=Dictionary(Im=stored))
        page.obj.Contents = pdf.make_stream(
            f"{image.width} 0 0 {image.height} 0 0 cm /Im Do".encode()
        )
        pdf.save(tmp_path / "a.pdf")
    answer = normalised(tmp_path / "a.pdf", tmp_path / "b.pdf")
    assert b"SECRET" in everything(tmp_path / "a.pdf").upper()
    assert b"SECRET" not in everything(tmp_path / "b.pdf").upper()
    assert corner_colours(seen(tmp_path / "b.pdf")) == CORNERS
    assert answer["removed"] == {"camera, time and place data in a photo": 1}


def test_a_worker_for_plain_papers_loads_no_library_for_photos():
    asked = (
        "import sys, app.exporting.normalise; "
        "print({'cv2', 'numpy', 'pypdf'} & set(sys.modules) or 'none')"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "none"


def test_a_pdf_for_one_certificate_alone_is_refused_in_words(tmp_path):
    (tmp_path / "a.pdf").write_bytes(
        b"%PDF-1.6\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3/ID[<00><00>]/Encrypt<</Filter/Adobe.PubSec/V 4/"
        b"SubFilter/adbe.pkcs7.s5>>>>\n%%EOF"
    )
    with pytest.raises(UserError, match="certificate"):
        normalised(tmp_path / "a.pdf", tmp_path / "b.pdf")
