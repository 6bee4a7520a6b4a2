"""Which pages of a PDF are read from their own text, and which from their picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.importing import pdf
from app.importing.embedded import cleaned, preferred, reads_like_language
from app.workers import Reply
from tests.importing.small_papers import (
    LETTER,
    LINES,
    PROSE,
    PdfMaker,
    corners,
    letter_picture,
    text_content,
    text_pdf,
    whole_page,
)

JUNK = ["~|l1 ;;!! ::{} qqx", "|~~ ..,, ;: !!l1", "xqz# @@ wvk ((", "rrt kk ~~ ;;"] * 5
SHIFTED = ["Zh kdyh uhdg wkh ohwwhu ri brxu grfwru dqg wkh uhfrugv wkdw fdph zlwk lw"] * 4


def replies(path: Path, *, skip: tuple[int, ...] = (), first: int = 1) -> list[Reply]:
    values = {"path": str(path), "password": None, "first": first, "skip": list(skip)}
    return list(pdf.read(values, ()))[1:]


def how(path: Path) -> list[str]:
    """For each page "embedded", or what its own text is worth before it is read by OCR."""
    return [str(reply.values.get("ocr", "embedded")) for reply in replies(path)]


def one_page(tmp_path: Path, content: bytes, **more: object) -> Path:
    maker = PdfMaker()
    maker.page(content, **more)  # type: ignore[arg-type]
    return maker.save(tmp_path / "one.pdf")


def test_a_page_of_text_is_read_from_its_text(tmp_path: Path) -> None:
    (reply,) = replies(text_pdf(tmp_path / "a.pdf"))
    assert reply.blobs[1].decode().splitlines()[: len(LINES)] == list(LINES)


def test_a_short_page_of_text_is_read_from_its_text(tmp_path: Path) -> None:
    assert how(one_page(tmp_path, text_content(["Page 2 of 2"]))) == ["embedded"]


def test_an_empty_page_needs_no_ocr(tmp_path: Path) -> None:
    (reply,) = replies(one_page(tmp_path, b""))
    assert "ocr" not in reply.values
    assert reply.blobs[1] == b""


def test_a_scan_without_text_is_read_from_its_picture(tmp_path: Path) -> None:
    assert how(one_page(tmp_path, whole_page(), picture=letter_picture())) == ["none"]


def test_a_scan_in_strips_is_a_scan(tmp_path: Path) -> None:
    strips = b"".join(
        b"q 612 0 0 80 0 %d cm /Im Do Q\n" % bottom for bottom in range(0, 792, 80)
    ) + text_content(["Scanned with a phone"])
    assert how(one_page(tmp_path, strips, picture=corners())) == ["sparse"]


def test_the_hidden_text_of_a_scanner_is_not_trusted(tmp_path: Path) -> None:
    content = whole_page() + text_content([*LINES, *PROSE], mode=3)
    assert how(one_page(tmp_path, content, picture=letter_picture())) == ["hidden"]


def test_text_under_the_picture_is_hidden_too(tmp_path: Path) -> None:
    content = text_content([*LINES, *PROSE]) + whole_page()
    assert how(one_page(tmp_path, content, picture=letter_picture())) == ["hidden"]


def test_a_letter_on_printed_paper_is_read_from_its_text(tmp_path: Path) -> None:
    content = whole_page() + text_content([*LINES, *PROSE])
    assert how(one_page(tmp_path, content, picture=corners())) == ["embedded"]


def test_a_stamp_on_a_scan_does_not_hide_the_scan(tmp_path: Path) -> None:
    content = whole_page() + text_content(["Received March 16, 2026"])
    assert how(one_page(tmp_path, content, picture=letter_picture())) == ["sparse"]


def test_a_logo_does_not_make_a_scan(tmp_path: Path) -> None:
    content = b"q 120 0 0 60 72 730 cm /Im Do Q\n" + text_content([*LINES, *PROSE])
    assert how(one_page(tmp_path, content, picture=corners())) == ["embedded"]


@pytest.mark.parametrize("lines", [JUNK, SHIFTED], ids=["rubbish", "a font without its letters"])
def test_text_that_is_no_language_is_not_used(tmp_path: Path, lines: list[str]) -> None:
    plain = [line.replace("(", "").replace(")", "") for line in lines]
    assert how(one_page(tmp_path, text_content(plain))) == ["none"]


def test_letters_drawn_as_curves_are_read_from_the_picture(tmp_path: Path) -> None:
    curves = b"".join(b"%d 300 m %d 320 l S\n" % (x, x + 3) for x in range(72, 500, 2))
    assert how(one_page(tmp_path, curves)) == ["none"]
    assert how(one_page(tmp_path, curves + text_content(["Page 1 of 3"]))) == ["sparse"]


def test_each_page_is_judged_alone(tmp_path: Path) -> None:
    maker = PdfMaker()
    maker.page(text_content(PROSE))
    maker.page(whole_page(), picture=letter_picture())
    maker.page(b"")
    path = maker.save(tmp_path / "mixed.pdf")
    assert how(path) == ["embedded", "none", "embedded"]
    assert [reply.values["number"] for reply in replies(path, skip=(2,))] == [1, 3]
    assert [reply.values["number"] for reply in replies(path, first=3)] == [3]


@pytest.mark.parametrize(
    ("matrix", "turned"),
    [
        ("1 0 0 1 72 720", 0),
        ("0 1 -1 0 100 72", 90),  # reads upwards
        ("-1 0 0 -1 540 72", 180),
        ("0 -1 1 0 500 720", 270),  # reads downwards
    ],
)
def test_a_page_whose_text_lies_is_turned_until_it_stands(
    tmp_path: Path, matrix: str, turned: int
) -> None:
    (reply,) = replies(one_page(tmp_path, text_content(PROSE, matrix=matrix)))
    assert reply.values["turned"] == turned
    sides = LETTER if turned in (0, 180) else LETTER[::-1]
    assert (reply.values["width"], reply.values["height"]) == sides


@pytest.mark.parametrize(
    ("rotate", "matrix", "size"),
    [
        (90, "0 1 -1 0 100 72", LETTER[::-1]),
        (180, "-1 0 0 -1 540 72", LETTER),
        (270, "0 -1 1 0 500 720", LETTER[::-1]),
    ],
)
def test_the_rotation_of_a_page_is_followed_and_not_turned_back(
    tmp_path: Path, rotate: int, matrix: str, size: tuple[float, float]
) -> None:
    content = text_content(PROSE, matrix=matrix)
    (reply,) = replies(one_page(tmp_path, content, rotate=rotate))
    assert reply.values["turned"] == 0
    assert (reply.values["width"], reply.values["height"]) == size


def test_a_wrong_rotation_is_turned_back(tmp_path: Path) -> None:
    (reply,) = replies(one_page(tmp_path, text_content(PROSE), rotate=90))
    assert reply.values["turned"] == 270
    assert (reply.values["width"], reply.values["height"]) == LETTER


@pytest.mark.parametrize(
    "text",
    [
        "$1,234.50",
        "MRI",
        "José Núñez",
        "保险 理赔 决定",
        "Claim 20260214-773190-00 paid 03/14/2026 $12.00",
        "El plan no cubre la infusión que pidió su médico, y usted puede apelar por escrito.",
    ],
)
def test_what_people_write_reads_like_language(text: str) -> None:
    assert reads_like_language(text)


@pytest.mark.parametrize(
    "text", ["", " \n", "\ue001\ue002 \ue003\ue004", "\ufffd\ufffd \ufffd", "~~ |"]
)
def test_rubbish_does_not_read_like_language(text: str) -> None:
    assert not reads_like_language(text)


def test_marks_that_nobody_sees_are_cleaned_away() -> None:
    assert (
        cleaned("\r\nmedi\ufffecal\r\nclaim\xa0number\x00 \xad1\r\n") == "medi-cal\nclaim number 1"
    )


@pytest.mark.parametrize(
    ("seen", "embedded", "verdict", "chosen"),
    [
        ("a letter", "~~", "none", "ocr"),
        ("", "~~ abc", "none", "embedded"),
        ("page 1", "Page 1", "sparse", "embedded"),
        ("page 1 and a whole receipt", "Page 1", "sparse", "ocr"),
        ("Total 12.50", "Tctal 12.5O", "hidden", "ocr"),
        ("T", "A faint page that a better scanner read", "hidden", "embedded"),
    ],
)
def test_the_better_of_two_texts_is_kept(
    seen: str, embedded: str, verdict: str, chosen: str
) -> None:
    assert preferred(seen, embedded, verdict) == chosen  # type: ignore[arg-type]
