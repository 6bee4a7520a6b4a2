"""Where each word of a PDF's own text stands. Asked for only when a page is looked at.

PDFium tells the place of one letter at a time: for a whole page that takes longer than reading
its text, so it is not done while papers are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from app.importing.pdf import opened, page_of
from app.importing.places import Box, turned_box
from app.workers import Reply


def words(values: dict[str, Any], _blobs: tuple[bytes, ...]) -> Reply:
    """Task: answer {"words", "boxes"} of a page, turned clockwise by "turned" degrees."""
    with (
        opened(values["path"], values["password"]) as document,
        page_of(document, values["page"]) as page,
    ):
        degrees = (page.get_rotation() + values["turned"]) % 360
        found = list(_words(page.get_textpage(), page.get_bbox(), degrees))
    boxes = [round(place, 5) for _, box in found for place in box]
    return Reply({"words": [word for word, _ in found], "boxes": boxes})


def _words(
    letters: pdfium.PdfTextPage, page: tuple[float, float, float, float], degrees: int
) -> Iterator[tuple[str, Box]]:
    left, bottom, right, top = page
    across, down = max(right - left, 1e-3), max(top - bottom, 1e-3)
    word, boxes = "", list[Box]()
    for letter, rect in _letters(letters):
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
        elif word:
            yield word, _around(boxes, degrees)
            word, boxes = "", []
    if word:
        yield word, _around(boxes, degrees)


def _letters(letters: pdfium.PdfTextPage) -> Iterator[tuple[str, pdfium_c.FS_RECTF]]:
    """Yield each letter with its box in points; letters that are not drawn have spaces' place."""
    for index in range(letters.count_chars()):
        rect = pdfium_c.FS_RECTF()
        pdfium_c.FPDFText_GetLooseCharBox(letters, index, byref(rect))
        code = pdfium_c.FPDFText_GetUnicode(letters, index)
        yield (chr(code) if 32 < code < 0xFFFE else " "), rect


def _around(boxes: list[Box], degrees: int) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    around = min(lefts), min(tops), max(rights), max(bottoms)
    x0, y0, x1, y1 = (min(max(place, 0.0), 1.0) for place in turned_box(around, degrees))
    return x0, y0, x1, y1
