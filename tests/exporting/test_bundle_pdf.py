"""The bound bundle as a whole: numbers, links, gaps, safety of what was there before."""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import replace
from datetime import date

import pikepdf
import pypdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from app.domain.bundle import CallRow, SourceFile, StoryRow
from app.domain.errors import UserError
from app.domain.page import PageText, Word
from app.exporting.bundle_pdf import bind
from app.exporting.frame import BAND
from app.jobs import Cancelled, Silent
from app.workers import Limits, WorkerPool
from tests.exporting.bundle_papers import (
    CORNERS,
    corner_colours,
    everything,
    exhibit,
    hostile,
    letter,
    multiplying,
    photo,
    plan,
    protected,
    quartered_pdf,
    quarters,
    seen,
)


def bound(plan, target, pool, *, allow_gaps=False):
    return bind(plan, target, pool, Silent(), allow_gaps=allow_gaps)


def page_words(path):
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def drawn(path, page):
    """What is drawn on a page above the line with its number, twice as large, without margins."""
    shown = seen(path, page, scale=2)
    shown = shown.crop((0, 0, shown.width, shown.height - 2 * int(BAND)))
    box = shown.convert("L").point(lambda value: 255 if value < 250 else 0).getbbox()
    return shown.crop(box)


def bookmarks(reader):
    """Title, page from 1 and children of each bookmark."""
    marks = []
    for mark in reader.outline:
        if isinstance(mark, list):
            marks[-1][2].extend(
                (kid.title, reader.get_destination_page_number(kid) + 1) for kid in mark
            )
        else:
            marks.append((mark.title, reader.get_destination_page_number(mark) + 1, []))
    return marks


@pytest.fixture
def papers(tmp_path):
    return (
        exhibit(letter(tmp_path / "denial.pdf", ["Denied one", "Denied two"]), "Denial letter",
                kind="Denial letter", on=date(2026, 3, 3)),
        exhibit(photo(tmp_path / "card.jpg", 6), "Insurance card"),
        exhibit(quartered_pdf(tmp_path / "turned.pdf", Rotate=90), "Dr. Inés Muñoz: Bericht"),
    )  # fmt: skip


def test_every_page_shows_its_number_and_the_letter_of_its_exhibit(papers, pool, tmp_path):
    result = bound(plan(*papers), tmp_path / "b.pdf", pool)
    texts = page_words(tmp_path / "b.pdf")
    assert result.files[0].pages == len(texts) == 2 + 3 + 2 + 2
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
    for place in result.exhibits:
        for number in range(place.first_page, place.first_page + place.pages):
            assert f"Exhibit {place.letter}" in texts[number - 1]
    assert [(place.letter, place.first_page, place.pages) for place in result.exhibits] == [
        ("A", 3, 3), ("B", 6, 2), ("C", 8, 2),
    ]  # fmt: skip
    assert "Denied two" in texts[4]


def test_contents_and_bookmarks_lead_to_the_exhibits(papers, pool, tmp_path):
    result = bound(plan(*papers), tmp_path / "b.pdf", pool)
    reader = pypdf.PdfReader(tmp_path / "b.pdf")
    assert bookmarks(reader) == [
        ("Appeal of a denied claim", 1, []),
        ("Contents", 2, []),
        ("Exhibit A: Denial letter", 3, [("Page 4 (1 of 2)", 4), ("Page 5 (2 of 2)", 5)]),
        ("Exhibit B: Insurance card", 6, []),
        ("Exhibit C: Dr. Inés Muñoz: Bericht", 8, []),
    ]
    contents = page_words(tmp_path / "b.pdf")[1]
    for place in result.exhibits:
        assert f"{place.title}" in contents
    assert "Denial letter Denial letter · March 3, 2026 3" in contents
    assert reader.page_labels == [str(number) for number in range(1, 10)]


def test_a_name_of_lost_letters_is_shown_and_stops_nothing(tmp_path, pool):
    paper = exhibit(letter(tmp_path / "a.pdf", ["Denied"]), "bad\ufffd\ufffdname")
    bound(plan(paper), tmp_path / "b.pdf", pool)
    reader = pypdf.PdfReader(tmp_path / "b.pdf")
    assert bookmarks(reader)[-1] == ("Exhibit A: bad??name", 3, [])
    assert "bad??name" in page_words(tmp_path / "b.pdf")[2]


def test_every_page_is_us_letter_and_upright(papers, pool, tmp_path):
    bound(plan(*papers), tmp_path / "b.pdf", pool)
    for page in pypdf.PdfReader(tmp_path / "b.pdf").pages:
        assert [float(side) for side in page.mediabox] == [0, 0, 612, 792]
    assert corner_colours(drawn(tmp_path / "b.pdf", 6)) == CORNERS
    assert corner_colours(drawn(tmp_path / "b.pdf", 8)) == ("blue", "red", "black", "lime")


def test_a_landscape_page_is_read_without_turning_the_head(tmp_path, pool):
    wide = photo(tmp_path / "wide.jpg", upright=quarters(1600, 1000))
    bound(plan(exhibit(wide)), tmp_path / "b.pdf", pool)
    assert seen(tmp_path / "b.pdf", 3).size == (792, 612)
    assert corner_colours(drawn(tmp_path / "b.pdf", 3)) == CORNERS
    assert "Page 4 of 4" in page_words(tmp_path / "b.pdf")[3]


@pytest.mark.parametrize("shape", [(1000, 1600), (1600, 1000), (400, 300)])
def test_a_photo_keeps_its_proportions(tmp_path, pool, shape):
    source = photo(tmp_path / "a.jpg", upright=quarters(*shape))
    bound(plan(exhibit(source)), tmp_path / "b.pdf", pool)
    width, height = drawn(tmp_path / "b.pdf", 3).size
    assert width / height == pytest.approx(shape[0] / shape[1], abs=0.02)


def test_a_till_roll_goes_on_over_several_pages_under_one_letter(tmp_path, pool):
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 3000))
        page.obj.Contents = pdf.make_stream(b"0 0 200 3000 re f")
        pdf.save(tmp_path / "roll.pdf")
    (place,) = bound(plan(exhibit(tmp_path / "roll.pdf")), tmp_path / "b.pdf", pool).exhibits
    assert place.pages == 1 + 5
    for number in range(3, 8):
        assert drawn(tmp_path / "b.pdf", number).width == pytest.approx(400, abs=3)


def test_story_and_calls_are_printed_and_point_at_exhibits(papers, pool, tmp_path):
    story = (
        StoryRow(on=date(2026, 3, 3), what="Denied", text="Not necessary", document_id="denial"),
        StoryRow(on=None, what="Pain", text="", document_id="not in the bundle"),
    )
    calls = (
        CallRow(on=date(2026, 4, 1), at="10:05 AM", with_whom="Denise", reference="REF-1",
                said="Wait", promised="Call back", promised_by=date(2026, 4, 9)),
    )  # fmt: skip
    bound(plan(*papers, story=story, calls=calls), tmp_path / "b.pdf", pool)
    texts = page_words(tmp_path / "b.pdf")
    assert "Exhibit A, page 5" in texts[2]
    assert "March 3, 2026 Denied" in texts[2]
    for words in ("10:05 AM", "REF-1", "Call back (by April 9, 2026)"):
        assert words in texts[3]


def test_the_words_of_a_photo_can_be_searched_in_the_bundle(tmp_path, pool):
    source = photo(tmp_path / "a.jpg", 6)
    words = (Word("Medically", 0.1, 0.1, 0.3, 0.15), Word("necessary", 0.32, 0.1, 0.5, 0.15))
    read = PageText(1, "Medically necessary", "ocr", words)
    bound(plan(exhibit(source, page_texts=(read,))), tmp_path / "b.pdf", pool)
    assert "Medically necessary" in page_words(tmp_path / "b.pdf")[3]


def test_three_photos_of_one_letter_are_one_exhibit(tmp_path, pool):
    files = tuple(
        SourceFile(path=photo(tmp_path / f"{n}.jpg"), media_type="image/jpeg", name=f"{n}.jpg")
        for n in range(3)
    )
    one = replace(
        exhibit(files[0].path, "Letter"), sources=files, turns=(0, 180, 0),
        page_texts=tuple(PageText(n, f"page{n}", "ocr", (Word(f"page{n}", 0.1, 0.1, 0.3, 0.2),))
                         for n in (1, 2, 3)),
    )  # fmt: skip
    result = bound(plan(one), tmp_path / "b.pdf", pool)
    assert result.exhibits[0].pages == 4
    texts = page_words(tmp_path / "b.pdf")
    for n in (1, 2, 3):
        assert f"page{n}" in texts[2 + n]


def test_a_paper_that_cannot_go_in_stops_the_bundle_by_name(papers, pool, tmp_path):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    result = bound(plan(papers[0], exhibit(broken), papers[1]), tmp_path / "b.pdf", pool)
    assert not result.files
    assert not result.exhibits
    (gap,) = result.gaps
    assert (gap.document_id, gap.name) == ("broken", "broken.pdf")
    assert gap.reason.endswith(".")
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".jpg", ".pdf", ".pdf", ".pdf"]


def test_with_leave_a_page_names_what_is_missing_and_the_rest_is_whole(papers, pool, tmp_path):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    locked = protected(tmp_path / "locked.pdf", "x")
    result = bound(
        plan(papers[0], exhibit(broken), exhibit(locked), papers[1]), tmp_path / "b.pdf", pool,
        allow_gaps=True,
    )  # fmt: skip
    texts = page_words(tmp_path / "b.pdf")
    assert [place.first_page for place in result.exhibits] == [3, 6, 8, 10]
    assert "Denied two" in texts[4]
    assert "broken.pdf" in texts[6]
    assert "damaged" in texts[6]
    assert "password" in texts[8]
    assert len(result.gaps) == 2
    assert len(texts) == result.files[0].pages == 11


def test_one_broken_photo_of_three_is_named_and_the_others_stay(tmp_path, pool):
    good = photo(tmp_path / "good.jpg")
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(b"\xff\xd8 broken")
    files = tuple(SourceFile(path=path, media_type="image/jpeg", name=path.name)
                  for path in (good, bad, good))  # fmt: skip
    one = replace(exhibit(good, "Letter"), sources=files)
    result = bound(plan(one), tmp_path / "b.pdf", pool, allow_gaps=True)
    assert [gap.name for gap in result.gaps] == ["bad.jpg"]
    assert result.exhibits[0].pages == 4
    assert "bad.jpg" in page_words(tmp_path / "b.pdf")[4]


def test_a_hostile_paper_comes_out_clean_and_says_what_was_removed(tmp_path, pool):
    result = bound(plan(exhibit(hostile(tmp_path / "a.pdf"))), tmp_path / "b.pdf", pool)
    content = everything(tmp_path / "b.pdf")
    for bad in (b"BAD", b"/JavaScript", b"/Launch", b"/URI", b"/EmbeddedFile", b"/OpenAction"):
        assert bad not in content
    removed = {found.what: found.count for found in result.removed}
    assert removed["attached file"] == 1
    assert {found.document_id for found in result.removed} == {"a"}


def test_a_layer_hidden_in_its_paper_is_hidden_in_the_bundle(tmp_path, pool):
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(612, 792))
        layer = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("hidden"))
        )
        page.obj.Resources = pikepdf.Dictionary(Properties=pikepdf.Dictionary(H=layer))
        page.obj.Contents = pdf.make_stream(b"/OC /H BDC 0 0 612 792 re f EMC")
        off = pikepdf.Array([layer])
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=off, D=pikepdf.Dictionary(OFF=off))
        pdf.save(tmp_path / "a.pdf")
    bound(plan(exhibit(tmp_path / "a.pdf")), tmp_path / "b.pdf", pool)
    assert seen(tmp_path / "b.pdf", 3).getpixel((306, 300)) == (255, 255, 255)


def test_the_same_plan_gives_the_same_bytes(papers, pool, tmp_path):
    first = bound(plan(*papers), tmp_path / "one.pdf", pool)
    again = bound(plan(*papers), tmp_path / "two.pdf", pool)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert first.files[0].sha256 == again.files[0].sha256
    digest = hashlib.sha256((tmp_path / "one.pdf").read_bytes()).hexdigest()
    assert first.files[0].sha256 == digest
    assert first.files[0].bytes == (tmp_path / "one.pdf").stat().st_size


def test_title_and_language_are_set_and_no_claim_is_made_for_untagged_exhibits(
    papers, pool, tmp_path
):
    bound(plan(*papers), tmp_path / "b.pdf", pool)
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        assert pdf.docinfo["/Title"] == "Appeal of a denied claim"
        assert pdf.Root.Lang == "en"
        assert b"pdfuaid:part" not in pdf.Root.Metadata.read_bytes()
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert b"2026-08-18" in pdf.Root.Metadata.read_bytes()


def test_a_reader_by_ear_comes_to_each_page_behind_its_sheet(papers, pool, tmp_path):
    bound(plan(*papers), tmp_path / "b.pdf", pool)
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        paragraphs = [
            numbers[part.Pg.objgen]
            for part in pdf.Root.StructTreeRoot.K[0].K
            if "/Pg" in part and part.S == pikepdf.Name.P
        ]
        for number in (4, 5, 7, 9):
            content = pdf.pages[number - 1].Contents.read_bytes()
            inside = content[content.index(b"BDC") : content.index(b"EMC")]
            assert b"/Exhibit Do" in inside
    assert paragraphs == sorted(paragraphs)
    assert {4, 5, 7, 9} <= set(paragraphs)


class StopsAt:
    """A progress that asks to stop at its n-th step."""

    def __init__(self, last):
        self.left = last

    def step(self, done, total, note=""):
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.mark.parametrize("last", [0, 1, 3])
def test_cancel_leaves_nothing_behind_and_the_old_file_as_it_was(papers, tmp_path, last):
    target = tmp_path / "out" / "b.pdf"
    target.parent.mkdir()
    target.write_bytes(b"old")
    with WorkerPool(2) as own, pytest.raises(Cancelled):
        bind(plan(*papers), target, own, StopsAt(last), allow_gaps=False)
    assert [path.name for path in target.parent.iterdir()] == ["b.pdf"]
    assert target.read_bytes() == b"old"


def test_progress_counts_up_to_its_end(papers, pool, tmp_path):
    steps = []

    class Notes:
        def step(self, done, total, note=""):
            steps.append((done, total, note))

    bind(plan(*papers), tmp_path / "b.pdf", pool, Notes(), allow_gaps=False)
    assert [done for done, _, _ in steps] == sorted(done for done, _, _ in steps)
    assert steps[-1][:2] == (5, 5)
    assert any("exhibit A: Denial letter" in note for _, _, note in steps)


def test_a_folder_that_is_not_there_is_refused_in_words(papers, pool, tmp_path):
    with pytest.raises(UserError, match="is not there"):
        bound(plan(*papers), tmp_path / "nowhere" / "b.pdf", pool)


def test_a_folder_is_no_file(papers, pool, tmp_path):
    (tmp_path / "b.pdf").mkdir()
    with pytest.raises(UserError, match="is a folder"):
        bound(plan(*papers), tmp_path / "b.pdf", pool)


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with a name in a folder")
def test_what_is_no_ordinary_file_is_not_replaced(papers, pool, tmp_path):
    os.mkfifo(tmp_path / "b.pdf")
    with pytest.raises(UserError, match="left alone"):
        bound(plan(*papers), tmp_path / "b.pdf", pool)
    assert (tmp_path / "b.pdf").is_fifo()


def test_an_original_is_never_overwritten(papers, pool, tmp_path):
    source = papers[0].sources[0].path
    before = source.read_bytes()
    (tmp_path / "alias.pdf").symlink_to(source)
    for target in (source, tmp_path / "alias.pdf"):
        with pytest.raises(UserError, match="never changed"):
            bound(plan(*papers), target, pool)
    assert source.read_bytes() == before


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is a place where nobody may write")
def test_a_place_that_takes_no_files_is_refused_in_words(papers, pool):
    from pathlib import Path  # noqa: PLC0415

    with pytest.raises(UserError, match="Choose another place"):
        bound(plan(*papers), Path("/proc/b.pdf"), pool)


def test_what_an_earlier_crash_left_is_written_over(papers, pool, tmp_path):
    target = tmp_path / "b.pdf"
    bound(plan(*papers), target, pool)
    names = {path.name for path in tmp_path.iterdir()}
    result = bound(plan(*papers), target, pool)
    assert {path.name for path in tmp_path.iterdir()} == names
    assert result.files[0].pages == 9


def test_a_paper_over_which_a_worker_dies_is_a_gap_and_the_rest_goes_on(papers, tmp_path):
    Image.new("RGB", (9000, 9000)).save(tmp_path / "huge.png", compress_level=1)
    with WorkerPool(2, Limits(memory_bytes=600 << 20)) as tight:
        result = bound(
            plan(papers[0], exhibit(tmp_path / "huge.png")), tmp_path / "b.pdf", tight,
            allow_gaps=True,
        )  # fmt: skip
    assert [gap.name for gap in result.gaps] == ["huge.png"]
    assert "stopped at this one" in result.gaps[0].reason
    assert "Denied one" in page_words(tmp_path / "b.pdf")[3]


@pytest.mark.skipif(sys.platform != "linux", reason="macOS does not hold processes to their memory")
def test_a_drawing_that_multiplies_is_a_gap_and_the_rest_goes_on(papers, tmp_path):
    laughs = multiplying(tmp_path / "laughs.pdf")
    with WorkerPool(2, Limits(memory_bytes=1 << 30)) as small:
        result = bound(plan(*papers, exhibit(laughs)), tmp_path / "b.pdf", small,
                       allow_gaps=True)  # fmt: skip
    assert [gap.name for gap in result.gaps] == ["laughs.pdf"]
    assert len(result.exhibits) == 4


def test_a_disk_that_takes_no_more_is_named_and_nothing_is_left(tmp_path):
    noise = Image.effect_noise((1500, 1500), 90)
    noise.save(tmp_path / "noise.jpg", quality=95)
    target = tmp_path / "out" / "b.pdf"
    target.parent.mkdir()
    with (
        WorkerPool(1, Limits(file_bytes=200_000)) as small,
        pytest.raises(UserError, match="Nothing was saved"),
    ):
        bound(plan(exhibit(tmp_path / "noise.jpg")), target, small, allow_gaps=True)
    assert not list(target.parent.iterdir())


def test_a_bundle_of_nothing_is_a_cover_and_contents(pool, tmp_path):
    assert bound(plan(), tmp_path / "b.pdf", pool).files[0].pages == 2


SHAPES = st.tuples(
    st.integers(1, 4),
    st.sampled_from([(612, 792), (792, 612), (30, 30), (200, 3000), (2000, 2000), (595, 842)]),
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SHAPES, min_size=1, max_size=6))
def test_printed_numbers_contents_and_places_agree_whatever_goes_in(pool, tmp_path, shapes):
    exhibits = []
    for number, (pages, size) in enumerate(shapes):
        path = tmp_path / f"paper{number}.pdf"
        with pikepdf.new() as pdf:
            for _ in range(pages):
                pdf.add_blank_page(page_size=size)
            pdf.save(path)
        exhibits.append(exhibit(path, f"Paper number{number}"))
    result = bound(plan(*exhibits), tmp_path / "out.pdf", pool)
    texts = page_words(tmp_path / "out.pdf")
    at = len(texts) - sum(place.pages for place in result.exhibits) + 1
    for place, (pages, size) in zip(result.exhibits, shapes, strict=True):
        assert place.first_page == at
        assert place.pages >= pages + 1 if size == (200, 3000) else place.pages == pages + 1
        assert f"{place.title} {at}" in " ".join(texts[: result.exhibits[0].first_page - 1])
        at += place.pages
    assert at == len(texts) + 1
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
