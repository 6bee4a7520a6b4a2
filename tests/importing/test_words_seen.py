"""Only the words of a PDF that a person can see are words of the paper."""

from __future__ import annotations

import pikepdf
import pytest

from app.importing import pdf_words
from tests.importing.small_papers import PdfMaker, text_content

VISIBLE = "You have 180 days"
TRAP = "You have 30 days"
IN_PLACE = "1 0 0 1 72 720"
AT_TRAP = "1 0 0 1 72 400"


def words_of(tmp_path, content, *, before=b"", rotate=0, size=(612.0, 792.0)):
    maker = PdfMaker()
    maker.page(before + text_content([VISIBLE]) + content, rotate=rotate, size=size)
    path = tmp_path / "paper.pdf"
    maker.pdf.save(path)
    source = {"path": str(path), "password": None, "page": 1, "turned": 0}
    return pdf_words.words(source, ()).values["words"]


def trap(matrix=AT_TRAP, mode=0):
    return text_content([TRAP], mode, matrix)


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param(b"1 g " + trap(), id="white on white"),
        pytest.param(b"0.9 g " + trap(), id="nearly white"),
        pytest.param(trap(mode=3), id="drawn invisibly"),
        pytest.param(trap(mode=7), id="only cuts out"),
        pytest.param(b"1 1 1 RG " + trap(mode=1), id="outlined in white"),
        pytest.param(trap() + b"1 g 60 380 400 40 re f", id="under a white box"),
        pytest.param(b"0 g 60 380 400 40 re f " + trap(), id="black on black"),
        pytest.param(b"q 0 0 5 5 re W n " + trap() + b" Q", id="cut off"),
        pytest.param(trap("1 0 0 1 700 400"), id="right of the page"),
        pytest.param(trap("1 0 0 1 72 -40"), id="below the page"),
        pytest.param(trap("1 0 0 1 72 900"), id="above the page"),
        pytest.param(trap("0.05 0 0 1 72 400"), id="squeezed flat"),
        pytest.param(trap("1 0 0 0.02 72 400"), id="squeezed low"),
        pytest.param(trap("0.1 0 0 0.1 72 400"), id="as small as dust"),
    ],
)
def test_words_that_nobody_sees_are_no_words_of_the_paper(tmp_path, hidden):
    assert words_of(tmp_path, hidden) == VISIBLE.split()


@pytest.mark.parametrize("hidden", [b"1 g " + trap(IN_PLACE) + b"0 g ", trap(IN_PLACE, mode=3)])
def test_words_under_those_that_are_seen_are_no_words_of_the_paper(tmp_path, hidden):
    assert "30" not in words_of(tmp_path, b"", before=hidden)


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param(b"0.6 g " + trap(), id="grey"),
        pytest.param(b"0 0 0.6 rg 60 380 400 40 re f 1 g " + trap(), id="white on blue"),
        pytest.param(b"1 1 0.6 rg 60 380 400 40 re f 0 g " + trap(), id="black on yellow"),
        pytest.param(trap("0.5 0 0 0.5 72 400"), id="small print"),
        pytest.param(trap("0 1 -1 0 300 300"), id="on end"),
        pytest.param(trap(mode=2), id="outlined and filled"),
    ],
)
@pytest.mark.parametrize("rotate", [0, 90])
def test_words_that_can_be_seen_stay(tmp_path, seen, rotate):
    assert sorted(words_of(tmp_path, seen, rotate=rotate)) == sorted(
        [*VISIBLE.split(), *TRAP.split()]
    )


def test_a_page_as_long_as_a_receipt_keeps_its_words(tmp_path):
    tall = trap("1 0 0 1 72 14000")
    assert len(words_of(tmp_path, tall, size=(250.0, 14400.0))) == 8


def test_a_digit_that_nobody_sees_does_not_change_a_number(tmp_path):
    mixed = b"BT /F1 12 Tf 72 400 Td 0 g (3) Tj 1 g (65) Tj 0 g ( days) Tj ET"
    assert "365" not in words_of(tmp_path, mixed)


def test_half_a_letter_is_replaced(tmp_path):
    maker = PdfMaker()
    page = maker.page(text_content(["7A7"]))
    mapped = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def"
        b" 1 begincodespacerange <00> <FF> endcodespacerange"
        b" 1 beginbfchar <41> <D800> endbfchar endcmap end end"
    )
    page.Resources.Font.F1.ToUnicode = pikepdf.Stream(maker.pdf, mapped)
    path = tmp_path / "half.pdf"
    maker.pdf.save(path)
    source = {"path": str(path), "password": None, "page": 1, "turned": 0}
    assert pdf_words.words(source, ()).values["words"] == ["7\ufffd7"]


def test_a_hyphen_at_the_end_of_a_line_stays_with_its_word(tmp_path):
    maker = PdfMaker()
    maker.page(text_content(["Your claim has the number MPM-", "664120 in our books."]))
    path = tmp_path / "paper.pdf"
    maker.pdf.save(path)
    source = {"path": str(path), "password": None, "page": 1, "turned": 0}
    words = pdf_words.words(source, ()).values["words"]
    assert words[5:7] == ["MPM-", "664120"]
