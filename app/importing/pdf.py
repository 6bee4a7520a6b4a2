"""PDF files through PDFium. Runs in a worker only: PDFium is not safe for two threads."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from app.domain.errors import PasswordNeededError, UnreadableError
from app.importing import sentences
from app.importing.embedded import cleaned, judged
from app.importing.limits import MAX_PAGES, MAX_SIDE_PT, thumbnail_size
from app.importing.pdf_drawn import drawn_on, has_lost_picture
from app.importing.pictures import THUMBNAIL_QUALITY, Fit, Picture, as_jpeg, turned
from app.workers import Reply

_PAGES_LOST: Final = 25  # so many damaged pages in a row: the rest is not there either
_SAMPLED_LETTERS: Final = 24
_NEEDS_FLATTENING: Final = frozenset(
    (pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP)
)


@contextmanager
def opened(path: str, password: str | None) -> Generator[pdfium.PdfDocument]:
    """Open a PDF.

    Raises:
        PasswordNeededError: it needs a password, or another one.
        UnreadableError: it is damaged, or locked in an unknown way.
    """
    try:
        document = pdfium.PdfDocument(Path(path), password=password)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            wrong = sentences.STILL_PROTECTED if password else sentences.PROTECTED
            raise PasswordNeededError(wrong) from error
        locked = error.err_code == pdfium_c.FPDF_ERR_SECURITY
        sentence = sentences.LOCKED_PDF if locked else sentences.DAMAGED_PDF
        raise UnreadableError(sentence) from error
    try:
        if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
            document.init_forms()
        yield document
    finally:
        document.close()


def needs_password(path: str) -> bool:
    """Say whether a PDF that opens with a password stays shut without one."""
    try:
        with opened(path, None):
            return False
    except PasswordNeededError:
        return True


def page_count(document: pdfium.PdfDocument) -> int:
    """Return how many pages there are, within reason.

    Raises:
        UnreadableError: there are none, or more than are read.
    """
    count = len(document)
    if count < 1:
        raise UnreadableError(sentences.NO_PAGES)
    if count > MAX_PAGES:
        raise UnreadableError(sentences.TOO_MANY_PAGES.format(pages=count, most=MAX_PAGES))
    return count


@contextmanager
def loaded(document: pdfium.PdfDocument, number: int) -> Generator[pdfium.PdfPage]:
    """Load a page (the first is 1), what was filled in or stamped on made part of its content.

    Raises:
        PdfiumError: the page is damaged.
    """
    page = document[number - 1]
    try:
        if _has_filled_in(page):
            page.flatten()
            page.close()
            page = document[number - 1]
        yield page
    finally:
        page.close()


def painted(page: pdfium.PdfPage, size: tuple[float, float]) -> Image.Image:
    """Draw a page as large as fits into `size` pixels."""
    width, height = page.get_size()
    scale = min(size[0] / max(width, 1e-3), size[1] / max(height, 1e-3))
    return page.render(scale=scale, may_draw_forms=False).to_pil()


def size_in_points(page: pdfium.PdfPage) -> tuple[float, float]:
    """Return width and height as the page is seen, held within what the PDF standard allows."""
    width, height = page.get_size()
    return min(max(width, 1.0), MAX_SIDE_PT), min(max(height, 1.0), MAX_SIDE_PT)


def read(values: dict[str, Any], _blobs: tuple[bytes, ...]) -> Iterator[Reply]:
    """Task: yield {"pages": how many}, then each page from `first` on that is not in `skip`.

    A page with good text comes as {"number", "width", "height", "turned"} and the blobs
    (thumbnail, text). One that must be read from its picture comes as {"number", "ocr": verdict}
    and the text so far, a damaged one as {"number", "reason"}.
    """
    skip = set(values["skip"])
    damaged = 0
    with opened(values["path"], values["password"]) as document:
        count = page_count(document)
        yield Reply({"pages": count})
        for number in range(values["first"], count + 1):
            if number in skip:
                continue
            try:
                with loaded(document, number) as page:
                    reply = _read_page(page, number)
                damaged = 0
            except pdfium.PdfiumError as error:
                damaged += 1
                if damaged > _PAGES_LOST:
                    lost = sentences.PAGES_LOST.format(page=number - damaged + 1)
                    raise UnreadableError(lost) from error
                reason = sentences.PAGE_DAMAGED.format(page=number)
                reply = Reply({"number": number, "reason": reason})
            yield reply


def picture(path: str, password: str | None, number: int, fit: Fit) -> Picture:
    """Draw a page; `fit` gives pixels per point.

    Raises:
        PasswordNeededError, UnreadableError: it cannot be shown.
    """
    with opened(path, password) as document, page_of(document, number) as page:
        width, height = size_in_points(page)
        pixels = fit(width, height)
        image = painted(page, (width * pixels, height * pixels))
        if _is_plain(image) and has_lost_picture(page):
            raise UnreadableError(sentences.PICTURE_LOST.format(page=number))
        return Picture(image, width, height)


@contextmanager
def page_of(document: pdfium.PdfDocument, number: int) -> Generator[pdfium.PdfPage]:
    """Load a page that must be there.

    Raises:
        UnreadableError: there is no such page, or it is damaged.
    """
    if not 1 <= number <= page_count(document):
        raise UnreadableError(sentences.NO_SUCH_PAGE.format(page=number))
    try:
        with loaded(document, number) as page:
            yield page
    except pdfium.PdfiumError as error:
        raise UnreadableError(sentences.PAGE_DAMAGED.format(page=number)) from error


def _read_page(page: pdfium.PdfPage, number: int) -> Reply:
    letters = page.get_textpage()
    text = cleaned(letters.get_text_bounded())
    drawn = drawn_on(page, letters)
    verdict = judged(text, drawn)
    degrees = _lying(letters, page.get_rotation()) if verdict == "good" else 0
    letters.close()
    blank = not text and not drawn.share and not drawn.paths
    if verdict != "good" and not blank:
        return Reply({"number": number, "ocr": verdict}, (text.encode(),))
    width, height = size_in_points(page)
    small = turned(painted(page, thumbnail_size(width, height)), degrees)
    if degrees in (90, 270):
        width, height = height, width
    about = {"number": number, "width": width, "height": height, "turned": degrees}
    return Reply(about, (as_jpeg(small, THUMBNAIL_QUALITY), text.encode("utf-8", "replace")))


def _has_filled_in(page: pdfium.PdfPage) -> bool:
    """Say whether there are fields or notes whose text PDFium does not count as page content."""
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        subtype = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        if subtype in _NEEDS_FLATTENING:
            return True
    return False


def _is_plain(image: Image.Image) -> bool:
    """Say whether a picture has one colour all over."""
    return image.getcolors(1) is not None


def _lying(letters: pdfium.PdfTextPage, rotation: int) -> int:
    """Return by how much a page must be turned clockwise for most of its letters to stand.

    PDFium tells the angle of a letter clockwise, before the rotation of its page.
    """
    count = letters.count_chars()
    step = max(count // _SAMPLED_LETTERS, 1)
    angles = [
        pdfium_c.FPDFText_GetCharAngle(letters, index)
        for index in range(step // 2, count, step)
        if pdfium_c.FPDFText_GetUnicode(letters, index) > 32
    ]
    turns = [round(math.degrees(angle) / 90) % 4 * 90 for angle in angles if angle >= 0]
    most = max(set(turns), key=turns.count, default=0)
    return (-most - rotation) % 360 if turns.count(most) > 0.8 * len(angles) else 0
