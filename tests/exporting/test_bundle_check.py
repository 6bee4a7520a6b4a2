"""The check of a finished bundle finds what is wrong; each fault is planted here."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from app.domain.errors import UserError
from app.domain.page import PageText, Word
from app.exporting.bundle_pdf import bind
from app.exporting.checking import BundleCheckError
from app.exporting.verify import check_pages, check_structure
from app.jobs import Silent
from tests.exporting.bundle_papers import exhibit, letter, plan


@pytest.fixture
def bundle(tmp_path, pool):
    """A good bundle of four pages, and what its check is told."""
    path = tmp_path / "bundle.pdf"
    bind(
        plan(exhibit(letter(tmp_path / "a.pdf"), "Letter")), path, pool, Silent(), allow_gaps=False
    )
    values = {
        "path": str(path), "pages": 4, "first": 1, "last": 4, "wordy": [],
        "exhibits": [{"bookmark": "Exhibit A: Letter", "first_page": 3}],
        "stamps": {"3": "A", "4": "A"}, "number": "Page", "sheet": [612.0, 792.0],
    }  # fmt: skip
    return path, values


@pytest.fixture
def spoiled(bundle):
    """Change the bundle, then check it; return what is wrong, each with its page."""
    path, values = bundle

    def check(spoil, **changed):
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            spoil(pdf)
            pdf.save()
        found = [check({**values, **changed}, ()) for check in (check_structure, check_pages)]
        return [fault for reply in found for fault in reply.values["faults"]]

    return check


def test_a_good_bundle_passes(spoiled):
    assert spoiled(lambda pdf: None) == []


def test_a_lost_page_is_found(spoiled):
    (first, *_) = spoiled(lambda pdf: pdf.pages.__delitem__(3))
    assert first == (None, "it has 3 pages where 4 were meant.")


def test_a_bookmark_to_another_page_is_found(spoiled):
    def spoil(pdf):
        with pdf.open_outline() as outline:
            outline.root[2].destination = pikepdf.make_page_destination(pdf, 0)

    assert spoiled(spoil) == [(None, "the bookmark “Exhibit A: Letter” does not lead to its page.")]


def links(pdf):
    return [note for page in pdf.pages for note in page.obj.get("/Annots", ())]


def test_a_link_to_another_page_than_it_says_is_found(spoiled):
    def spoil(pdf):
        for link in links(pdf):
            for key in ("/Dest", "/A"):
                if key in link:
                    del link[key]
            link["/Dest"] = Array([pdf.pages[3].obj, Name.Fit])

    assert (None, "page 2 names a wrong page number, 3.") in spoiled(spoil)


def test_contents_without_links_are_found(spoiled):
    def spoil(pdf):
        for page in pdf.pages:
            if "/Annots" in page.obj:
                del page.obj["/Annots"]

    assert spoiled(spoil) == [(None, "no link of the contents leads to page 3.")]


def test_a_link_to_the_outside_is_found(spoiled):
    def spoil(pdf):
        links(pdf)[0].A = Dictionary(S=Name.URI, URI=pikepdf.String("http://bad.example"))

    assert (1, "it still carries a link to the outside.") in spoiled(spoil)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda pdf: pdf.Root.__setattr__("OpenAction", Dictionary(S=Name.JavaScript)),
        lambda pdf: pdf.Root.__setattr__("AA", Dictionary()),
        lambda pdf: pdf.pages[3].obj.__setattr__(
            "Hidden", pdf.make_indirect(Dictionary(S=Name.Launch))
        ),
        lambda pdf: pdf.attachments.__setitem__("a.txt", b"secret"),
    ],
    ids=["open action", "trigger", "launch", "attachment"],
)
def test_what_acts_is_found(spoiled, spoil):
    assert any("still carries" in what for _, what in spoiled(spoil))


def test_a_form_field_is_found(spoiled):
    def spoil(pdf):
        links(pdf)[0]["/AA"] = Dictionary()

    assert (1, "it still carries a note or a form field.") in spoiled(spoil)


def test_a_page_of_another_size_is_found(spoiled):
    assert spoiled(
        lambda pdf: pdf.pages[3].obj.__setattr__("MediaBox", Array([0, 0, 595, 842]))
    ) == [(4, "page 4 has another size than its paper.")]


def test_a_page_without_its_number_is_found(spoiled):
    (fault, *_) = spoiled(
        lambda pdf: pdf.pages[3].obj.__setattr__("Contents", pdf.make_stream(b""))
    )
    assert fault == (4, "page 4 does not show its number.")


def test_a_page_with_another_letter_is_found(spoiled):
    assert spoiled(lambda pdf: None, stamps={"4": "B"}) == [
        (4, "page 4 does not show its exhibit letter.")
    ]


def test_words_that_can_no_longer_be_found_are_told(tmp_path, pool):
    read = PageText(1, "word " * 100, "embedded", (Word("word", 0.1, 0.1, 0.2, 0.2),))
    source = letter(tmp_path / "a.pdf", ["few"])
    result = bind(
        plan(exhibit(source, page_texts=(read,))), tmp_path / "b.pdf", pool, Silent(),
        allow_gaps=False,
    )  # fmt: skip
    assert result.warnings == ("The words on page 4 (Exhibit A) can be seen but not searched.",)


def test_a_failed_check_is_a_sentence_that_names_the_next_step():
    error = BundleCheckError("page 4 is not US Letter.")
    assert isinstance(error, UserError)
    assert "nothing was saved" in str(error)
    assert str(error).endswith("with a plain cover.")
