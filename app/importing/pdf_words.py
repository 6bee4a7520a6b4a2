"""Where each word of a PDF's own text stands. Asked for only when a page is looked at.

PDFium tells the place of one letter at a time: for a whole page that takes longer than reading
its text, so it is not done while papers are read.

Words that nobody can see are left out: white on white, drawn invisibly, covered, cut off, beside
the page, or as small as dust. A paper says what a person reads there. So the page is drawn once
with its words and once without: a word that makes no difference is not seen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from ctypes import byref, c_uint, c_void_p, cast
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from app.importing.pdf import opened, page_of, painted
from app.importing.pdf_drawn import texts_on
from app.importing.places import Box, turned_box
from app.workers import Reply

_MOST_LETTERS: Final = 80_000  # looked at on a page; a dense one has 8,000
_HYPHENS: Final = frozenset((0x02, 0xFFFE))  # at the end of a line, as PDFium marks them
_HALVES: Final = range(0xD800, 0xE000)  # of letters: alone they can neither be kept nor shown
_NEARLY_WHITE: Final = 215  # of 255, in each colour
_NEARLY_CLEAR: Final = 60  # of 255
_DUST_PT: Final = 2.5  # high; nobody reads smaller print
_FEW_LETTERS: Final = 2
_SQUEEZED_PT: Final = 0.4  # the width of a letter; narrower ones are a smear
_LOOK_SCALE: Final = 1.4  # pixels per point of the pictures in which words are looked for
_LOOK_PIXELS: Final = 4_000_000
_LEAST_TRACE: Final = 40  # of 255, by which a pixel of a word differs from the page without it
_FAINT_TRACE: Final = 10  # the same on a sheet so large that its letters are thinner than a pixel
_LARGE_SHEET: Final = 0.5  # pixels per point

_Grey = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word, its box on the page as stored, and whether it may be one that nobody sees."""

    text: str
    box: Box
    is_doubtful: bool


def words(values: dict[str, Any], _blobs: tuple[bytes, ...]) -> Reply:
    """Task: answer {"words", "boxes"} of a page, turned clockwise by "turned" degrees."""
    with (
        opened(values["path"], values["password"]) as document,
        page_of(document, values["page"]) as page,
    ):
        placed = list(_words(page.get_textpage(), page.get_bbox()))
        found = [
            replace(word, box=_within_page(turned_box(word.box, page.get_rotation())))
            for word in placed
        ]
        seen = _seen(page, [word for word in found if _is_readable(word, page)])
        upright = [turned_box(word.box, values["turned"]) for word in seen]
    boxes = [round(place, 5) for box in upright for place in box]
    return Reply({"words": [word.text for word in seen], "boxes": boxes})


def _words(
    letters: pdfium.PdfTextPage, page: tuple[float, float, float, float]
) -> Iterator[_Placed]:
    left, bottom, right, top = page
    across, down = max(right - left, 1e-3), max(top - bottom, 1e-3)
    word, boxes, is_doubtful = "", list[Box](), False
    known: dict[int | None, bool] = {}
    for index, letter, rect in _letters(letters):
        if not letter.isspace():
            word += letter
            boxes.append(
                (
                    (rect.left - left) / across,
                    (top - rect.top) / down,
                    (rect.right - left) / across,
                    (top - rect.bottom) / down,
                )
            )
            is_doubtful = is_doubtful or _is_doubtful_at(letters, index, known)
        elif word:
            yield _Placed(word, _around(boxes), is_doubtful)
            word, boxes, is_doubtful = "", [], False
    if word:
        yield _Placed(word, _around(boxes), is_doubtful)


def _is_doubtful_at(letters: pdfium.PdfTextPage, index: int, known: dict[int | None, bool]) -> bool:
    """Say whether a letter belongs to text that may not be seen; `known` is by address."""
    drawn = pdfium_c.FPDFText_GetTextObject(letters, index)
    if not drawn:
        return False
    address = cast(drawn, c_void_p).value
    if address not in known:
        known[address] = _is_doubtful(drawn)
    return known[address]


def _is_doubtful(drawn: Any) -> bool:
    """Say whether a piece of text is drawn invisibly, or hardly unlike white paper."""
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if pdfium_c.FPDFPageObj_GetFillColor(
        drawn, byref(red), byref(green), byref(blue), byref(alpha)
    ):
        light = min(red.value, green.value, blue.value) >= _NEARLY_WHITE
        if light or alpha.value <= _NEARLY_CLEAR:
            return True
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(drawn)
    return mode == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE


def _is_readable(word: _Placed, page: pdfium.PdfPage) -> bool:
    """Say whether a word lies on the page, and is larger than dust."""
    across, down = page.get_size()
    width = (word.box[2] - word.box[0]) * across
    height = (word.box[3] - word.box[1]) * down
    narrow, wide = sorted((width, height))
    if len(word.text) > _FEW_LETTERS:  # whichever way it runs, it is longer than high
        return narrow >= _DUST_PT
    return wide >= _DUST_PT and narrow >= _SQUEEZED_PT * len(word.text)


def _seen(page: pdfium.PdfPage, found: Sequence[_Placed]) -> list[_Placed]:
    """Return the words without which the picture of the page would be another.

    Doubtful words are taken away first, so that what is printed over them does not speak for
    them. The page in memory has no visible text afterwards.
    """
    if not found:
        return []
    whole = _picture(page)
    certain = whole
    if any(word.is_doubtful for word in found):
        _hide_text(page, only_doubtful=True)
        certain = _picture(page)
    _hide_text(page, only_doubtful=False)
    doubtful_traces, traces = _traces(page, whole, certain), _traces(page, certain, _picture(page))
    return [word for word in found if _shows(doubtful_traces if word.is_doubtful else traces, word)]


def _scale(page: pdfium.PdfPage) -> float:
    across, down = page.get_size()
    return min(_LOOK_SCALE, math.sqrt(_LOOK_PIXELS / max(across * down, 1.0)))


def _picture(page: pdfium.PdfPage) -> _Grey:
    across, down = page.get_size()
    scale = _scale(page)
    size = max(across * scale, 1.0), max(down * scale, 1.0)
    return np.asarray(painted(page, size).convert("L"), dtype=np.int16)


def _traces(page: pdfium.PdfPage, one: _Grey, other: _Grey) -> _Grey:
    least = _FAINT_TRACE if _scale(page) < _LARGE_SHEET else _LEAST_TRACE
    return np.abs(one - other) >= least


def _shows(traces: _Grey, word: _Placed) -> bool:
    height, width = traces.shape
    x0, y0, x1, y1 = word.box
    part = traces[int(y0 * height) : int(y1 * height) + 1, int(x0 * width) : int(x1 * width) + 1]
    return bool(part.any())


def _hide_text(page: pdfium.PdfPage, *, only_doubtful: bool) -> None:
    """Make text of the page invisible, in memory only."""
    for item in texts_on(page):
        if not only_doubtful or _is_doubtful(item):
            pdfium_c.FPDFTextObj_SetTextRenderMode(item, pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE)


def _letters(letters: pdfium.PdfTextPage) -> Iterator[tuple[int, str, pdfium_c.FS_RECTF]]:
    """Yield each letter with its box in points; letters that are not drawn are spaces."""
    for index in range(min(letters.count_chars(), _MOST_LETTERS)):
        rect = pdfium_c.FS_RECTF()
        pdfium_c.FPDFText_GetLooseCharBox(letters, index, byref(rect))
        code = pdfium_c.FPDFText_GetUnicode(letters, index)
        yield index, _letter(code), rect
        if code in _HYPHENS:  # PDFium leaves out the new line after it
            yield index, " ", rect


def _letter(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    if code in _HALVES:
        return "\ufffd"
    return chr(code) if 32 < code < 0xFFFE else " "


def _around(boxes: list[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _within_page(box: Box) -> Box:
    x0, y0, x1, y1 = (min(max(place, 0.0), 1.0) for place in box)
    return x0, y0, x1, y1
