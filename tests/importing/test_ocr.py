"""Real OCR of a few small pages, in the real workers, with sockets forbidden."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from app.domain.page import PageRead
from app.importing.reader import DocumentReader
from app.jobs import Cancelled, Silent
from tests.importing.small_papers import (
    LINES,
    PROSE,
    PdfMaker,
    letter_picture,
    text_content,
    whole_page,
)

_T = Image.Transpose
SHEET = (648.0, 360.0)
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def read_sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[int, PageRead]:
    """A scan of one letter laid on the glass in all four ways, and an empty sheet."""
    upright = letter_picture()
    lying = [upright.transpose(turn) for turn in (_T.ROTATE_270, _T.ROTATE_180, _T.ROTATE_90)]
    empty = Image.new("RGB", upright.size, (252, 252, 250))
    path = tmp_path_factory.mktemp("scan") / "scan.tif"
    sheets = [*lying, empty]
    upright.save(path, save_all=True, append_images=sheets, compression="tiff_lzw", dpi=(100, 100))
    with DocumentReader() as reader:
        pages = list(reader.read(path, media_type="image/tiff", progress=Silent()))
    assert all(isinstance(page, PageRead) for page in pages)
    return {page.number: page for page in pages if isinstance(page, PageRead)}


@pytest.mark.parametrize(("number", "turned"), [(1, 0), (2, 270), (3, 180), (4, 90)])
def test_a_page_is_read_whichever_way_it_lay(
    read_sheets: dict[int, PageRead], number: int, turned: int
) -> None:
    page = read_sheets[number]
    assert page.turned == turned
    assert page.text.how == "ocr"
    assert page.text.text.splitlines() == list(LINES)
    assert (page.width_pt, page.height_pt) == pytest.approx(SHEET)
    with Image.open(io.BytesIO(page.thumbnail), formats=["JPEG"]) as small:
        assert small.size == (240, 133)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_each_word_is_placed_where_it_stands(read_sheets: dict[int, PageRead], number: int) -> None:
    words = read_sheets[number].text.words
    assert [word.text for word in words] == " ".join(LINES).split()
    places = {word.text: word for word in words}
    for row, line in enumerate(LINES):
        middle = (50 + row * 66 + 18) / 500
        for text in line.split():
            assert places[text].y0 < middle < places[text].y1
            assert places[text].y1 - places[text].y0 < 0.12
    assert places["Notice"].x0 == pytest.approx(70 / 900, abs=0.015)
    assert places["Claim"].x1 < places["number"].x0 + 0.01 < places["20260214-773190-00"].x0 + 0.02
    assert all(word.score > 0.85 for word in words)


def test_an_empty_sheet_is_read_as_empty(read_sheets: dict[int, PageRead]) -> None:
    page = read_sheets[5]
    assert (page.text.text, page.text.words, page.turned) == ("", (), 0)
    assert page.thumbnail


def test_a_scan_inside_a_pdf_is_read_better_than_its_hidden_text(tmp_path: Path) -> None:
    maker = PdfMaker()
    hidden = text_content(["N0tlce cf Denia1", "C1aim nurnber 2O26O2I4"], 3, "1 0 0 1 72 300")
    maker.page(whole_page(size=SHEET) + hidden, size=SHEET, picture=letter_picture())
    maker.page(text_content(PROSE))
    path = maker.save(tmp_path / "a.pdf")
    with DocumentReader(pool_size=1) as reader:
        pages = {
            page.number: page
            for page in reader.read(path, media_type="application/pdf", progress=Silent())
        }
    assert isinstance(pages[1], PageRead)
    assert isinstance(pages[2], PageRead)
    assert pages[1].text.text.splitlines() == list(LINES)
    assert (pages[1].text.how, pages[2].text.how) == ("ocr", "embedded")
    assert (pages[1].width_pt, pages[1].height_pt) == SHEET


def test_cancel_does_not_wait_for_a_page_that_is_being_read(tmp_path: Path) -> None:
    class StopsAtOnce:
        def step(self, done: int, total: int, note: str = "") -> None:
            raise Cancelled

    letter_picture().save(tmp_path / "a.png")
    with DocumentReader() as reader, pytest.raises(Cancelled):
        list(reader.read(tmp_path / "a.png", media_type="image/png", progress=StopsAtOnce()))


def test_fine_print_on_a_wide_sheet_loses_no_line(tmp_path: Path) -> None:
    """A screenshot of a page in the corner of a wide white sheet, its lines close together."""
    lines = [f"{number} of {word} lines in a note" for number, word in enumerate(PROSE * 10, 100)]
    sheet = Image.new("RGB", (2560, 2130), "white")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(17)
    for row, line in enumerate(lines):
        draw.text((400, 600 + row * 17), line, "black", font)
    sheet.save(tmp_path / "screen.png")
    with DocumentReader(pool_size=1) as reader:
        (page,) = reader.read(tmp_path / "screen.png", media_type="image/png", progress=Silent())
    assert isinstance(page, PageRead)
    read = [line.split()[0] for line in page.text.text.splitlines()]
    assert read == [line.split()[0] for line in lines]


def test_the_engine_reports_its_use_to_nobody(tmp_path):
    code = (
        "from app.importing.engine import detected; import numpy as np; "
        "detected(np.zeros((64, 64, 3), np.uint8))"
    )
    home = {**os.environ, "TMPDIR": str(tmp_path)}
    home.pop("ORT_DISABLE_TELEMETRY", None)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=home, check=True)
    assert list(tmp_path.iterdir()) == []  # its reporter would keep a session there
