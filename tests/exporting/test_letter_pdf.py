"""Letters as PDF: the parts of a plain text, the window of the envelope, pages, the same bytes."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pypdf
import pypdfium2
import pytest

from app.exporting.letter_pdf import LetterSheet, letter_pdf
from app.exporting.page_pictures import page_pictures
from app.workers import WorkerPool

INCH = 72
WINDOW = (2.3, 3.2)
"""Inches from the top that a window shows however the folded sheet slips, for four lines or so."""

LETTER = """\
Rosa Alvarez
12 Quarry Road
Phone: 555-0111

November 21, 2026

Harbor Mutual
P.O. Box 5500
Port Lorain, OH 43000

About: Appeal of a denial

Patient: Rosa Alvarez
Member ID: ________ [number on the card]

Hello,

“Not needed.”

1. First point
with its answer
2. Second point

• One
• Two

THE HELPER

Sincerely,

Signature: ________________________________
Name: Rosa Alvarez
"""


def sheet(text=LETTER, **more):
    return LetterSheet(title="Appeal", text=text, made_on=date(2026, 11, 21), **more)


def pages(content):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def height_of(content, words, page=0):
    """How far from the top of its page some words stand, in inches."""
    with pypdfium2.PdfDocument(content) as document:
        text = document[page].get_textpage()
        found = text.search(words).get_next()
        assert found, words
        box = text.get_charbox(found[0])
        return (document[page].get_height() - box[3]) / INCH


def test_a_letter_is_one_tagged_page_with_title_language_and_number():
    made = letter_pdf(sheet(runner="Claim 77"))
    reader = pypdf.PdfReader(io.BytesIO(made))
    assert reader.metadata.title == "Appeal"
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.Root.Lang == "en"
        assert document.Root.MarkInfo.Marked
    (page,) = pages(made)
    assert "Page 1 of 1" in page
    assert "Claim 77" in page
    assert reader.pages[0].mediabox.width == 612


def test_the_address_and_nothing_else_stands_in_the_window_of_the_envelope():
    made = letter_pdf(sheet())
    assert height_of(made, "555-0111") < WINDOW[0]
    for words in ("Harbor Mutual", "Port Lorain"):
        assert WINDOW[0] < height_of(made, words) < WINDOW[1]
    assert height_of(made, "About: Appeal") > 3.6
    assert abs(height_of(made, "November 21") - height_of(made, "Rosa Alvarez")) < 0.05


@pytest.mark.parametrize("day", ["11/21/2026", "Nov. 21, 2026", "21 November 2026", "2026-11-21"])
def test_however_it_is_dated_the_address_stands_in_the_window(day):
    made = letter_pdf(sheet(LETTER.replace("November 21, 2026", day)))
    assert WINDOW[0] < height_of(made, "Harbor Mutual") < WINDOW[1]


def test_nothing_of_the_text_is_lost():
    (page,) = pages(letter_pdf(sheet()))
    bare = " ".join(page.split())
    for words in (
        "“Not needed.”", "First point with its answer", "Second point", "One", "Two",
        "THE HELPER", "[number on the card]", "Signature: ______", "Patient", "Member ID",
    ):  # fmt: skip
        assert words in bare
    assert bare.count("Rosa Alvarez") == 3


def test_a_blank_has_room_for_a_pen():
    (page,) = pages(
        letter_pdf(sheet("________ [your address]\n\nThe number is ________ [number]."))
    )
    long, short = (each.split("[")[0].rsplit(" ", 2)[-2] for each in page.split("]")[:2])
    assert len(long) > 2 * len("________")
    assert len(short) > 2 * len("________")


def test_without_a_date_the_text_runs_from_the_top():
    made = letter_pdf(sheet("Only a note.\n\nNothing more."))
    assert height_of(made, "Only a note") < 1.1
    assert height_of(made, "Nothing more") < 1.6


def test_a_form_has_its_address_at_the_top_and_no_window():
    made = letter_pdf(sheet("Harbor Mutual\nP.O. Box 5500\n\nAbout: A form\n\nTHE HELPER\n\nText"))
    assert height_of(made, "Harbor Mutual") < 1.1
    assert height_of(made, "About: A form") < 2


def test_what_is_signed_never_stands_alone_on_a_page():
    for lines in range(24, 34):
        body = "\n\n".join(f"Paragraph {number} of the letter." for number in range(lines))
        text = f"{body}\n\nThank you.\n\nSincerely,\n\nSignature: {'_' * 32}\nName: Rosa"
        last = pages(letter_pdf(sheet(text)))[-1]
        if "Signature" in last and "Page 1 of" not in last:
            assert f"Paragraph {lines - 1} of" in last
            assert "Sincerely," in last


def test_a_long_letter_numbers_all_its_pages():
    text = "\n\n".join(["A long paragraph about what happened. " * 12] * 20)
    made = pages(letter_pdf(sheet(text, runner="Claim 77")))
    assert len(made) > 2
    for number, page in enumerate(made, start=1):
        assert f"Page {number} of {len(made)}" in page
        assert "Claim 77" in page


def test_a4_is_a_sheet_of_its_own():
    reader = pypdf.PdfReader(io.BytesIO(letter_pdf(sheet(paper="a4"))))
    assert round(reader.pages[0].mediabox.width) == 595


def test_the_same_letter_gives_the_same_bytes():
    assert letter_pdf(sheet()) == letter_pdf(sheet())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        "#pagebreak() $x$ *bold* _it_ @ref <label> `raw` \\",
        "x" * 3000,
        "1. \n2. \n• \n",
        "About: \n\nAbout: ",
        "\ud800 \x00 \ufeff \u202e evil",
        "名前 アレルギー Ω \u200f\u0639\u0631\u0628\u0649 \U0001f642",
        "________ [" + "x" * 300 + "]",
        "1. one\n\n99. two\n\n3. three\nmore\n",
        "November 21, 2026",
        "November 21, 2026\n\n\n",
        "A: 1\nB: 2",
    ],
)
def test_odd_text_is_printed_and_never_taken_for_markup(text):
    made = letter_pdf(sheet(text, runner=text))
    assert pypdf.PdfReader(io.BytesIO(made)).pages
    if text.startswith("#pagebreak"):
        assert "#pagebreak()" in pages(made)[0]


def test_what_a_printer_gets_are_the_pages_of_the_file():
    made = letter_pdf(sheet())
    with WorkerPool(1) as workers:
        (picture,) = page_pictures(made, workers, dpi=36)
    with pypdfium2.PdfDocument(made) as document:
        drawn = document[0].render(scale=0.5, grayscale=True).to_pil()
    packed = io.BytesIO()
    drawn.save(packed, "PNG", compress_level=1)
    assert picture == packed.getvalue()
