"""The task that sifts a paper stays within bounds whatever its pages are."""

from __future__ import annotations

from app.domain.page import PageText, Word, pack_page
from app.domain.sifted_form import MOST_FACTS, sifted_from
from app.importing.sifter import sift_paper
from tests.importing.small_papers import PdfMaker, text_content

LETTER = ("Acme Health Plan", "March 3, 2026", "Claim number: 20260214-773190")


def about(path, page=1):
    file = {"path": str(path), "media_type": "application/pdf", "password": None, "turned": 0}
    return {"width": 612.0, "height": 792.0, "file": {**file, "page": page}}


def embedded(text=""):
    return pack_page(PageText(1, text, "embedded"))


def sifted(pages, blobs):
    return sifted_from(sift_paper({"pages": pages}, blobs).values)


def named(read, name):
    return [fact.value for fact in read.facts if fact.name == name]


def letter_file(tmp_path):
    maker = PdfMaker()
    maker.page(text_content(LETTER))
    path = tmp_path / "letter.pdf"
    maker.pdf.save(path)
    return path


def test_a_page_that_does_not_open_costs_no_other_page(tmp_path):
    path = letter_file(tmp_path)
    read = sifted([about(path), about(path, page=9)], (embedded(), embedded()))
    assert named(read, "claim_number") == ["20260214-773190"]


def test_words_under_a_picture_that_ocr_found_empty_are_not_looked_for(tmp_path):
    path = letter_file(tmp_path)
    read = sifted([about(path)], (pack_page(PageText(1, "", "ocr")),))
    assert read.facts == ()


def test_a_value_without_end_is_no_value_and_hides_no_other(tmp_path):
    words = [*" ".join(LETTER).split(), "Member", "ID:", "X" + "9" * 200_000]
    page = PageText(
        1,
        "\n".join((*LETTER, " ".join(words[-3:]))),
        "ocr",
        tuple(
            Word(word, 0.1 * (at % 8), 0.1 + 0.02 * at, 0.1 * (at % 8) + 0.05, 0.11 + 0.02 * at)
            for at, word in enumerate(words)
        ),
    )
    read = sifted([about(tmp_path / "no file")], (pack_page(page),))
    assert named(read, "claim_number") == ["20260214-773190"]
    assert named(read, "member_id") == []


def test_more_values_than_may_be_kept_hide_not_all_of_them(tmp_path):
    pages = []
    heads = ("Service date", "Code", "Billed", "Allowed", "Plan paid", "You owe")
    for number in range(9):
        rows = [("Explanation of Benefits",), (f"Claim number: 20260214-{number:06}",), heads]
        for at in range(70):
            amounts = (f"${base + number * 70 + at}.{at:02}" for base in (1000, 800, 500, 300))
            rows.append((f"{number + 1:02}/{at % 28 + 1:02}/2026", f"{99200 + at}", *amounts))
        words, lines = [], []
        for at, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                for place, word in enumerate(cell.split()):
                    left = 0.05 + 0.15 * column + 0.05 * place
                    words.append(Word(word, left, at / 80, left + 0.045, (at + 0.7) / 80))
            lines.append(" ".join(cells))
        pages.append(PageText(number + 1, "\n".join(lines), "ocr", tuple(words)))
    read = sifted([about(tmp_path / "no file")] * 9, tuple(map(pack_page, pages)))
    assert len(read.facts) == MOST_FACTS
    assert len(named(read, "claim_number")) == 9
