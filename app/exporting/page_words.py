"""The words that a page of a PDF draws, with their places. Runs in a worker only."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from app.exporting.text_layer import PlacedWord

_UNSEEN_MODES: Final = frozenset((raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP))
_LEAST_CONTRAST: Final = 24
"""Grey levels between ink and paper below which nobody sees a word."""


_Run = tuple[str, list[tuple[float, ...]], bool]
"""The letters of a word, the box of each (left, right, low, high), and whether one sees them."""


def drawn_words(page: pypdfium2.PdfPage, seen: Image.Image | None = None) -> Iterator[PlacedWord]:
    """Yield the words of an upright page that begins at the origin, in the order of the file.

    With a picture of the page only those that one sees on it: words that a scanner laid unseen
    over a picture may lie anywhere, and none of them may give away what is blacked out.
    """
    width, height = page.get_size()
    texts = page.get_textpage()
    try:
        grey = seen.convert("L") if seen is not None else None
        for letters, boxes, is_seen in _runs(texts.raw, only_seen=seen is not None):
            x0, x1 = min(box[0] for box in boxes) / width, max(box[1] for box in boxes) / width
            y0, y1 = (
                1 - max(box[3] for box in boxes) / height,
                1 - min(box[2] for box in boxes) / height,
            )
            word = (letters, x0, y0, x1, y1)
            if grey is None or (is_seen and _has_ink(grey, word)):
                yield word
    finally:
        texts.close()


def _runs(texts: Any, *, only_seen: bool) -> Iterator[_Run]:
    """Yield what stands between spaces."""
    letters: list[str] = []
    boxes: list[tuple[float, ...]] = []
    is_seen = True
    for index in range(raw.FPDFText_CountChars(texts)):
        letter = _letter(raw.FPDFText_GetUnicode(texts, index))
        if letter.isspace():
            if boxes:
                yield "".join(letters), boxes, is_seen
            letters, boxes, is_seen = [], [], True
        elif letter:
            letters.append(letter)
            boxes.append(_box(texts, index))
            is_seen = is_seen and not (only_seen and _is_unseen(texts, index))
    if boxes:
        yield "".join(letters), boxes, is_seen


def _letter(code: int) -> str:
    """Return a letter; a line's end is a space, what is none is nothing."""
    if code < ord(" "):
        return " "
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF and code != 0xFFFE else ""


def _box(texts: Any, index: int) -> tuple[float, ...]:
    rect = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(texts, index, ctypes.byref(rect))
    return (
        min(rect.left, rect.right), max(rect.left, rect.right),
        min(rect.bottom, rect.top), max(rect.bottom, rect.top),
    )  # fmt: skip


def _is_unseen(texts: Any, index: int) -> bool:
    drawn = raw.FPDFText_GetTextObject(texts, index)
    return bool(drawn) and raw.FPDFTextObj_GetTextRenderMode(drawn) in _UNSEEN_MODES


def _has_ink(grey: Image.Image, word: PlacedWord) -> bool:
    _, x0, y0, x1, y1 = word
    width, height = grey.size
    box = (
        max(int(x0 * width), 0), max(int(y0 * height), 0),
        min(int(x1 * width) + 1, width), min(int(y1 * height) + 1, height),
    )  # fmt: skip
    if box[0] >= box[2] or box[1] >= box[3]:
        return False
    low, high = grey.crop(box).getextrema()
    return isinstance(low, int) and isinstance(high, int) and high - low >= _LEAST_CONTRAST
