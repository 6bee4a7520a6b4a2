"""Chosen pages, black-outs and fax pages in whole bundles: proven on the finished files."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pikepdf
import pypdf
import pytest
from pikepdf import Array

from app.domain.bundle import BlackBox, ExhibitPlan, SourceFile
from app.domain.page import PageText, Word
from app.exporting.bundle_pdf import bind
from app.exporting.crew import Crew
from app.exporting.making import Making
from app.exporting.papers import prepare
from app.jobs import Silent
from tests.exporting.bundle_papers import everything, exhibit, letter, photo, plan, quarters, seen
from tests.exporting.test_bundle_ink import noisy
from tests.exporting.test_bundle_redact import shared_resources

SECRET = "SECRETNAME"


def bound(given, target, pool, **how):
    return bind(given, target, pool, Silent(), allow_gaps=how.get("allow_gaps", False))


def texts_of(path):
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages]


def black(page, x0=0.05, y0=0.05, x1=0.95, y1=0.3):
    return BlackBox(page=page, x0=x0, y0=y0, x1=x1, y1=y1)


SHAPES = [(612, 792), (792, 612), (200, 150), (3000, 2000), (120, 1700)]


def odd_page(path, size, turn):
    """A page of an odd shape with a secret across its middle."""
    source = letter(path, [SECRET], MediaBox=Array([0, 0, *size]), Rotate=turn)
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        place = f"/F {min(size) / 12} Tf {size[0] / 8} {size[1] / 2} Td"
        pdf.pages[0].obj.Contents = pdf.make_stream(f"BT {place} ({SECRET}) Tj ET".encode())
        pdf.save()
    return source


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_black_outs_hold_in_the_bundle_on_pages_of_every_shape(tmp_path, pool, paper):
    sources = [
        odd_page(tmp_path / f"{number}-{turn}.pdf", size, turn)
        for number, size in enumerate(SHAPES)
        for turn in (0, 90)
    ]
    box = black(1, 0.0, 0.05, 1.0, 0.95)
    given = plan(*(exhibit(source, black_outs=(box,)) for source in sources), paper=paper)
    answer = bound(given, tmp_path / "out.pdf", pool)
    assert not answer.gaps
    assert not any("left out" in warning for warning in answer.warnings)
    assert SECRET not in " ".join(texts_of(tmp_path / "out.pdf"))
    assert SECRET.encode() not in everything(tmp_path / "out.pdf")
    for bound_exhibit in answer.exhibits:
        shown = np.asarray(seen(tmp_path / "out.pdf", bound_exhibit.first_page).convert("L"))
        assert (shown < 40).mean() > 0.02


def test_pages_are_chosen_through_all_originals_and_the_rest_leaves_no_trace(tmp_path, pool):
    first = shared_resources(tmp_path / "a.pdf")
    second = letter(tmp_path / "b.pdf", ["OTHER1", "OTHER2"])
    one = exhibit(first, pages=(1, 3, 5))
    sources = (*one.sources, SourceFile(path=second, media_type="application/pdf", name="b.pdf"))
    answer = bound(plan(replace(one, sources=sources)), tmp_path / "out.pdf", pool)
    assert answer.exhibits[0].pages == 4
    said = " ".join(texts_of(tmp_path / "out.pdf"))
    for word, is_in in (("PAGE0", 1), ("PAGE1", 0), ("PAGE2", 1), ("OTHER1", 0), ("OTHER2", 1)):
        assert (word in said) == bool(is_in)
    content = everything(tmp_path / "out.pdf")
    assert b"PAGE1" not in content
    assert b"MARK1" not in content


def test_words_of_a_later_original_stay_with_it_when_an_earlier_one_is_missing(tmp_path, pool):
    photo(tmp_path / "a.jpg", upright=quarters())
    gone = SourceFile(
        path=tmp_path / "gone.jpg", media_type="image/jpeg", name="gone.jpg", pages=1,
        problem="The original of “gone.jpg” is damaged on this disk.",
    )  # fmt: skip
    here = SourceFile(path=tmp_path / "a.jpg", media_type="image/jpeg", name="a.jpg", pages=1)
    text = PageText(2, "Found again", "ocr", (Word("Found", 0.1, 0.1, 0.4, 0.2),))
    given = ExhibitPlan(
        document_id="d", name="d", title="d", sources=(gone, here), page_texts=(text,)
    )
    answer = bound(plan(given), tmp_path / "out.pdf", pool, allow_gaps=True)
    assert [gap.name for gap in answer.gaps] == ["gone.jpg"]
    assert "Found" in texts_of(tmp_path / "out.pdf")[-1]


def test_black_outs_behind_an_original_that_nobody_could_count_stop_the_paper(tmp_path, pool):
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    bad = SourceFile(path=tmp_path / "bad.pdf", media_type="application/pdf", name="bad.pdf")
    good = SourceFile(
        path=letter(tmp_path / "b.pdf", [SECRET]), media_type="application/pdf", name="b"
    )
    given = ExhibitPlan(
        document_id="d", name="d", title="d", sources=(bad, good), black_outs=(black(2),)
    )
    answer = bound(plan(given), tmp_path / "out.pdf", pool, allow_gaps=True)
    assert [gap.name for gap in answer.gaps] == ["bad.pdf", "b"]
    assert SECRET not in " ".join(texts_of(tmp_path / "out.pdf"))


def test_a_withheld_page_is_told_and_never_there(tmp_path, pool):
    given = exhibit(letter(tmp_path / "a.pdf", [SECRET, "second"]), black_outs=(black(1),))
    making = Making(withheld=frozenset({("a", 1)}))
    with Crew(pool, Silent(), 1) as crew:
        (paper,) = prepare([given], ["A"], tmp_path, crew, making)
    assert paper.withheld == [1]
    assert paper.pages == [1, 2]
    assert "left out: its black-out could not be verified" in paper.warnings[0]
    assert SECRET.encode() not in everything(tmp_path / "A-0.pdf")


def test_a_fax_has_only_black_and_white_pictures_and_keeps_its_words(tmp_path, pool):
    photo(tmp_path / "p.jpg", upright=quarters(1000, 1400))
    papers = exhibit(letter(tmp_path / "a.pdf", ["Denied because"])), exhibit(tmp_path / "p.jpg")
    given = plan(*papers, profile="fax")
    bound(given, tmp_path / "out.pdf", pool)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        bits = [
            int(thing.BitsPerComponent)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        ]
    assert bits == [1, 1]
    assert any("Denied because" in said for said in texts_of(tmp_path / "out.pdf"))


def test_a_page_that_would_lose_words_keeps_its_full_size(tmp_path, pool):
    noisy(1275, 1650).save(tmp_path / "a.jpg", quality=92)
    read = PageText(
        1, "one two three four five six seven", "ocr", (Word("one", 0.1, 0.1, 0.2, 0.2),)
    )
    given = exhibit(tmp_path / "a.jpg", page_texts=(read,))

    def prepared(reread):
        with Crew(pool, Silent(), 1) as crew:
            return prepare([given], ["A"], tmp_path, crew, Making(dots=50, reread=reread))[0]

    blurred = prepared(lambda _picture: ["one"])
    assert "was not made smaller" in blurred.warnings[0]
    full = (tmp_path / "A-0.pdf").stat().st_size
    sharp = prepared(lambda picture: read.text.split() if picture.exists() else [])
    assert not sharp.warnings
    assert (tmp_path / "A-0.pdf").stat().st_size < full
    assert not list(tmp_path.glob("*.png"))
