"""What a bundle prints around its papers: links to the very page, sheets for two sides, A4."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pikepdf
import pypdf
import pypdfium2
import pytest

from app.domain.bundle import (
    CallRow,
    Cover,
    CriterionRow,
    DiaryRow,
    EvidenceRow,
    PlaceOfProof,
    StoryRow,
    TreatmentRow,
)
from app.exporting.bundle_pdf import bind
from app.jobs import Silent
from tests.exporting.bundle_papers import exhibit, letter, plan

A4 = [0, 0, 595, 842]


def page_words(path):
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def links_said(path):
    """What each link says, and the page from 1 that it leads to."""
    reader = pypdf.PdfReader(path)
    numbers = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages, start=1)}
    with pypdfium2.PdfDocument(path) as document:
        for page, shown in zip(reader.pages, document, strict=True):
            texts = shown.get_textpage()
            for note in page.annotations or ():
                link = note.get_object()
                place = link.get("/Dest") or link["/A"]["/D"]
                if isinstance(place.get_object(), str):
                    place = reader.named_destinations[place.get_object()].dest_array
                said = texts.get_text_bounded(*(float(side) for side in link["/Rect"]))
                yield " ".join(said.split()), numbers[place.get_object()[0].idnum]


@pytest.fixture
def papers(tmp_path):
    long = tmp_path / "roll.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 3000))
        pdf.save(long)
    pages = [f"Page {n} of the record" for n in range(1, 7)]
    return [
        exhibit(letter(tmp_path / "denial.pdf", ["Denied", "You may appeal"]), "Denial"),
        exhibit(long, "Roll"),
        exhibit(letter(tmp_path / "record.pdf", pages), "Record", pages=(2, 4, 5)),
    ]


def proof(document_id, page=None):
    return PlaceOfProof(document_id=document_id, page=page)


def test_a_reason_leads_to_the_very_page_that_answers_it(papers, pool, tmp_path):
    row = CriterionRow(
        kind="criterion", quote="Tried for ninety days", source=proof("denial", 2),
        answer="A hundred and twenty days",
        proofs=(proof("record", 4), proof("record", 3), proof("roll"), proof("elsewhere")),
    )  # fmt: skip
    bind(plan(*papers, criteria=(row,)), tmp_path / "b.pdf", pool, Silent(), allow_gaps=False)
    texts = page_words(tmp_path / "b.pdf")
    assert "“Tried for ninety days”" in texts[1]
    said = [(words, page) for words, page in links_said(tmp_path / "b.pdf") if "page" in words]
    assert [words for words, _ in said] == [f"Exhibit {x}, page {y}" for x, y in
                                            (("A", 6), ("C", 15), ("C", 13), ("B", 7))]  # fmt: skip
    for words, page in said:
        assert int(words.rpartition(" ")[2]) == page
    assert "You may appeal" in texts[5]
    assert "Page 4 of the record" in texts[14]
    assert "Record" in texts[12]
    assert "Page 3 of the record" not in " ".join(texts)


def test_what_nobody_answered_is_not_printed(papers, pool, tmp_path):
    rows = (
        CriterionRow(kind="reason", quote="Not shown here"),
        CriterionRow(kind="reason", quote="Nor here", proofs=(proof("elsewhere"),)),
    )
    bind(plan(*papers, criteria=rows), tmp_path / "b.pdf", pool, Silent(), allow_gaps=False)
    texts = " ".join(page_words(tmp_path / "b.pdf"))
    assert "Not shown here" not in texts
    assert "Why this should be approved" not in texts


def test_every_section_has_its_page_its_line_in_the_contents_and_its_bookmark(
    papers, pool, tmp_path
):
    made = plan(
        *papers,
        letter="Dear reader,\n\nI appeal.\nPlease help.",
        criteria=(CriterionRow(kind="reason", quote="No", answer="Yes"),),
        treatments=(
            TreatmentRow(what="Prednisone", dose="60 mg", how="by mouth", when="2025",
                         outcome="No gain", proof=proof("record", 5)),
        ),
        evidence=(
            EvidenceRow(item="The denial letter", document_ids=("denial",)),
            EvidenceRow(item="What is not there", document_ids=("elsewhere",)),
        ),
        story=(StoryRow(on=date(2026, 3, 3), what="Denied", text="", document_id="denial",
                        page=1),),
        diary=(DiaryRow(on=date(2026, 2, 10), text="Could not hold a cup", score=7),),
        calls=(CallRow(on=date(2026, 4, 1), with_whom="Denise", document_id="roll"),),
    )  # fmt: skip
    bind(made, tmp_path / "b.pdf", pool, Silent(), allow_gaps=False)
    texts = page_words(tmp_path / "b.pdf")
    reader = pypdf.PdfReader(tmp_path / "b.pdf")
    marks = [
        (mark.title, reader.get_destination_page_number(mark) + 1)
        for mark in reader.outline
        if not isinstance(mark, list)
    ]
    titles = [
        "Letter", "Why this should be approved", "Contents", "Treatments tried", "Evidence",
        "What happened, in order", "Symptom diary", "Telephone calls",
    ]  # fmt: skip
    assert marks[1:9] == [(title, page) for page, title in enumerate(titles, start=2)]
    for title, page in marks[1:9]:
        if title != "Contents":
            assert f"{title} {page}" in texts[3]
    assert texts[1].startswith("Dear reader, I appeal. Please help.")
    for words, page in (
        ("Prednisone", 4), ("60 mg, by mouth", 4), ("Exhibit C, page 22", 4),
        ("Exhibit A, page 10", 5), ("Exhibit A, page 11", 6), ("Could not hold a cup 7", 7),
        ("Exhibit B, page 13", 8),
    ):  # fmt: skip
        assert words in texts[page]
    assert "What is not there" not in texts[5]


def test_on_paper_each_sheet_comes_on_the_front_of_a_leaf(papers, pool, tmp_path):
    result = bind(
        plan(*papers, profile="print"), tmp_path / "b.pdf", pool, Silent(), allow_gaps=False
    )
    texts = page_words(tmp_path / "b.pdf")
    assert [place.first_page % 2 for place in result.exhibits] == [1, 1, 1]
    blank = [n for n, text in enumerate(texts, start=1) if "left blank on purpose" in text]
    assert blank == [6]
    assert all(f"Page {n} of {len(texts)}" in text for n, text in enumerate(texts, start=1))
    assert [place.pages for place in result.exhibits] == [3, 6, 4]


def test_a_large_bundle_is_set_like_a_small_one(pool, tmp_path):
    large = exhibit(letter(tmp_path / "a.pdf", ["One page of many"] * 310), title="Chart")
    small = exhibit(letter(tmp_path / "b.pdf", ["The last word"]), title="Letter")
    result = bind(
        plan(large, small, profile="print"), tmp_path / "c.pdf", pool, Silent(), allow_gaps=False
    )
    texts = page_words(tmp_path / "c.pdf")
    assert [(place.first_page, place.pages) for place in result.exhibits] == [(3, 311), (315, 2)]
    assert f"Page 1 of {len(texts)}" in texts[0]
    assert "A Chart 3 B Letter 315" in texts[0]
    assert "Contents" in texts[1]
    assert "Letter 315" in texts[1]
    assert "left blank on purpose" in texts[313]


def test_contents_of_many_papers_fit_a_page_and_never_leave_a_single_row_behind(pool, tmp_path):
    paper = letter(tmp_path / "a.pdf", ["one"])
    for count, rows in ((22, 22), (34, 31)):
        papers = [
            replace(exhibit(paper, title=f"Paper {n}"), document_id=str(n)) for n in range(count)
        ]
        bind(plan(*papers), tmp_path / "b.pdf", pool, Silent(), allow_gaps=False)
        texts = page_words(tmp_path / "b.pdf")
        assert "Contents" in texts[1]
        assert texts[1].count("Paper ") == rows
        assert texts[2].count("Paper ") == (count - rows or 1)


def test_a_bundle_on_a4_is_on_a4_throughout(papers, pool, tmp_path):
    wide = exhibit(
        letter(tmp_path / "wide.pdf", ["wide"], MediaBox=pikepdf.Array([0, 0, 1100, 850]))
    )
    bind(
        plan(*papers, wide, paper="a4"), tmp_path / "b.pdf", pool, Silent(), allow_gaps=False
    )  # fmt: skip
    pages = pypdf.PdfReader(tmp_path / "b.pdf").pages
    assert {tuple(round(float(side)) for side in page.mediabox) for page in pages} == {tuple(A4)}
    assert [page.rotation for page in pages if page.rotation] == [90]


def test_a_cover_as_full_as_can_be_is_one_page(tmp_path, pool, papers):
    cover = Cover(
        sender=("Ana López", "14 Elm Street", "Columbus, OH 43004", "614-555-0143"),
        recipient=("Acme Health Plan", "Appeals", "P.O. Box 1", "Hartford, CT", "Fax 860-555-0199"),
        patient="Maria López", born_on=date(1961, 5, 2), plan="Acme PPO", member_id="ACM 123",
        group_number="77812", claim_numbers=("20260214-773190-00", "20260228-773191-00"),
        service_dates=tuple(date(2026, 2, day) for day in range(1, 13)), level="First appeal",
        expedited=True, asked="Please cover the twelve infusions that were ordered. " * 2,
        denial_words="The requested service is not medically necessary. " * 8,
        denied_on=date(2026, 3, 3), subscriber="Jorge López", reference_numbers=("UM-88213",),
        provider="Dr. Inés Muñoz-Peña", provider_npi="1234567893", facility="Riverside Clinic",
        service_codes=("J1569", "96365", "96366"), diagnosis_codes=("G61.81", "R20.2"),
        representative=("Ana López, daughter", "Signed form enclosed"), signer="Ana López",
    )  # fmt: skip
    many = [exhibit(letter(tmp_path / f"p{n}.pdf"), f"A paper with a name, {n}") for n in range(14)]
    bind(plan(*many, cover=cover), tmp_path / "b.pdf", pool, Silent(), allow_gaps=False)
    texts = page_words(tmp_path / "b.pdf")
    assert texts[1].startswith("Contents")
    for words in (
        "NPI 1234567893", "UM-88213", "J1569, 96365, 96366", "G61.81", "Jorge López",
        "Signed form enclosed", "Signature: Ana López", "Date",
        "February 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 2026", "N A paper with a name, 13 29",
    ):  # fmt: skip
        assert words in texts[0]


def test_a_title_of_a_number_is_no_page_number(pool, tmp_path):
    paper = exhibit(letter(tmp_path / "a.pdf"), "2026")
    assert bind(plan(paper), tmp_path / "b.pdf", pool, Silent(), allow_gaps=False).files


def test_a_long_name_never_hides_the_claim_number(pool, tmp_path):
    cover = Cover(patient="Maria " + "del Carmen " * 20, claim_numbers=("20260214-773190-00",))
    paper = exhibit(letter(tmp_path / "a.pdf"))
    for profile in ("reviewer", "portal"):
        made = plan(paper, cover=cover, profile=profile)
        bind(made, tmp_path / "b.pdf", pool, Silent(), allow_gaps=False)
        assert all(
            "… · Claim 20260214-773190-00" in text for text in page_words(tmp_path / "b.pdf")
        )


def test_a_day_of_which_only_the_month_is_known_is_said_in_words(papers, pool, tmp_path):
    story = (StoryRow(on=None, when="October 2024", what="Treatment", text="Salt and fluids"),)
    bind(plan(*papers, story=story), tmp_path / "b.pdf", pool, Silent(), allow_gaps=False)
    assert "October 2024 Treatment Salt and fluids" in page_words(tmp_path / "b.pdf")[2]
