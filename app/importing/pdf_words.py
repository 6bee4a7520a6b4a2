"""Where each word of a PDF's own text stands. Asked for only when a page is looked at.

PDFium tells the place of one letter at a time: for a whole page that takes longer than reading
its text, so it is not done while papers are read.

Words that nobody can see are left out: white on white, drawn invisibly, or as small as dust. A
paper says what a person reads there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import byref, c_uint
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from app.importing.pdf import opened, page_of, painted
from app.importing.places import Box, turned_box
from app.workers import Reply

_NEARLY_WHITE: Final = 215  # of 255, in each colour
_NEARLY_CLEAR: Final = 60  # of 255
_DUST_PT: Final = 2.5  # high; nobody reads smaller print
_LOOK_PX: Final = 1100  # height of the picture in which doubtful words are looked for
_LEAST_CONTRAST: Final = 40  # of 255, between the darkest and the lightest pixel of a word


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
        degrees = (page.get_rotation() + values["turned"]) % 360
        found = _seen(page, list(_words(page.get_textpage(), page.get_bbox())))
    upright = [_within_page(turned_box(word.box, degrees)) for word in found]
    boxes = [round(place, 5) for box in upright for place in box]
    return Reply({"words": [word.text for word in found], "boxes": boxes})


def _words(
    letters: pdfium.PdfTextPage, page: tuple[float, float, float, float]
) -> Iterator[_Placed]:
    left, bottom, right, top = page
    across, down = max(right - left, 1e-3), max(top - bottom, 1e-3)
    word, boxes, first = "", list[Box](), 0
    for index, letter, rect in _letters(letters):
        if not letter.isspace():
            first = first if word else index
            word += letter
            boxes.append(
                (
                    (rect.left - left) / across,
                    (top - rect.top) / down,
                    (rect.right - left) / across,
                    (top - rect.bottom) / down,
                )
            )
        elif word:
            yield _Placed(word, _around(boxes), _is_doubtful(letters, first))
            word, boxes = "", []
    if word:
        yield _Placed(word, _around(boxes), _is_doubtful(letters, first))


def _is_doubtful(letters: pdfium.PdfTextPage, index: int) -> bool:
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if pdfium_c.FPDFText_GetFillColor(
        letters, index, byref(red), byref(green), byref(blue), byref(alpha)
    ):
        light = min(red.value, green.value, blue.value) >= _NEARLY_WHITE
        if light or alpha.value <= _NEARLY_CLEAR:
            return True
    drawn = pdfium_c.FPDFText_GetTextObject(letters, index)
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(drawn)
    return mode == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE


def _seen(page: pdfium.PdfPage, found: Sequence[_Placed]) -> list[_Placed]:
    """Return the words that leave a trace in the picture of the page."""
    width, height = page.get_size()
    sides = (height, width) if page.get_rotation() in (90, 270) else (width, height)
    readable = [word for word in found if _height(word.box) * sides[1] >= _DUST_PT]
    if not any(word.is_doubtful for word in readable):
        return readable
    across = min(round(_LOOK_PX * width / max(height, 1e-3)), 4 * _LOOK_PX)
    grey = np.asarray(painted(page, (max(across, 1), _LOOK_PX)).convert("L"))
    return [word for word in readable if not word.is_doubtful or _shows(grey, word.box, page)]


def _shows(grey: np.ndarray[Any, Any], box: Box, page: pdfium.PdfPage) -> bool:
    height, width = grey.shape
    x0, y0, x1, y1 = _within_page(turned_box(box, page.get_rotation()))
    part = grey[int(y0 * height) : int(y1 * height) + 1, int(x0 * width) : int(x1 * width) + 1]
    return bool(part.size) and int(part.max()) - int(part.min()) >= _LEAST_CONTRAST


def _height(box: Box) -> float:
    return box[3] - box[1]


def _letters(letters: pdfium.PdfTextPage) -> Iterator[tuple[int, str, pdfium_c.FS_RECTF]]:
    """Yield each letter with its box in points; letters that are not drawn are spaces."""
    for index in range(letters.count_chars()):
        rect = pdfium_c.FS_RECTF()
        pdfium_c.FPDFText_GetLooseCharBox(letters, index, byref(rect))
        code = pdfium_c.FPDFText_GetUnicode(letters, index)
        yield index, (chr(code) if 32 < code < 0xFFFE else " "), rect


def _around(boxes: list[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _within_page(box: Box) -> Box:
    x0, y0, x1, y1 = (min(max(place, 0.0), 1.0) for place in box)
    return x0, y0, x1, y1
