"""What is drawn on a page of a PDF beside its text, and whether its text can be seen at all."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from app.importing.embedded import PICTURED_FROM, Drawn, letters

_MOST_OBJECTS: Final = 5000  # looked at on a page: a bomb may have millions
_DEEPEST: Final = 3  # groups inside groups
_MOSTLY: Final = 0.7
_PATHS: Final = frozenset((pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_SHADING))

_Rect = tuple[float, float, float, float]  # left, bottom, right, top, in points


def drawn_on(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> Drawn:
    """Return how much of a page is pictures and drawing."""
    count = min(pdfium_c.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    objects = [pdfium_c.FPDFPage_GetObject(page, index) for index in range(count)]
    kinds = [pdfium_c.FPDFPageObj_GetType(item) for item in objects]
    paths = sum(kind in _PATHS for kind in kinds)
    whole = page.get_bbox()
    pictures = [
        (order, rect)
        for order, (item, kind) in enumerate(zip(objects, kinds, strict=True))
        if _is_picture(item, kind, _DEEPEST) and (rect := _within(whole, _bounds(item)))
    ]
    if not pictures:
        return Drawn(paths=paths + kinds.count(pdfium_c.FPDF_PAGEOBJ_FORM))
    share = min(sum(_area(rect) for _, rect in pictures) / max(_area(whole), 1e-6), 1.0)
    if share < PICTURED_FROM:
        return Drawn(share, paths=paths)
    inside = textpage.get_text_bounded(*_around([rect for _, rect in pictures]))
    largest = max(_area(rect) for _, rect in pictures)
    last = max(order for order, rect in pictures if _area(rect) >= largest / 2)  # not a logo
    return Drawn(share, letters(inside), paths, hidden=_is_hidden(objects, kinds, last))


def has_lost_picture(page: pdfium.PdfPage) -> bool:
    """Say whether PDFium draws nothing for a picture of the page: it is damaged, or too large."""
    count = min(pdfium_c.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    return any(
        _is_lost(pdfium_c.FPDFPage_GetObject(page, index), _DEEPEST) for index in range(count)
    )


def texts_on(page: pdfium.PdfPage) -> Iterator[Any]:
    """Yield the pieces of text of a page, those in groups too."""
    for index in range(pdfium_c.FPDFPage_CountObjects(page)):
        yield from _texts_in(pdfium_c.FPDFPage_GetObject(page, index), _DEEPEST)


def _texts_in(item: Any, depth: int) -> Iterator[Any]:
    kind = pdfium_c.FPDFPageObj_GetType(item)
    if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
        yield item
    elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth:
        for member in _members(item):
            yield from _texts_in(member, depth - 1)


def _is_lost(item: Any, depth: int) -> bool:
    kind = pdfium_c.FPDFPageObj_GetType(item)
    if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
        return depth > 0 and any(_is_lost(member, depth - 1) for member in _members(item))
    if kind != pdfium_c.FPDF_PAGEOBJ_IMAGE:
        return False
    pixels = pdfium_c.FPDFImageObj_GetBitmap(item)
    if not pixels:
        return True
    pdfium_c.FPDFBitmap_Destroy(pixels)
    return False


def _is_hidden(objects: list[Any], kinds: list[int], last_picture: int) -> bool:
    """Say whether most pieces of text are drawn invisibly or lie under the pictures."""
    seen = [
        order > last_picture and not invisible
        for order, (item, kind) in enumerate(zip(objects, kinds, strict=True))
        for invisible in _texts(item, kind, _DEEPEST)
    ]
    return seen.count(False) > _MOSTLY * len(seen)


def _texts(item: Any, kind: int, depth: int) -> Iterator[bool]:
    """Yield for each piece of text in an object whether it is drawn invisibly."""
    if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(item)
        yield mode == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
    elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth:
        for member in _members(item):
            yield from _texts(member, pdfium_c.FPDFPageObj_GetType(member), depth - 1)


def _is_picture(item: Any, kind: int, depth: int) -> bool:
    """Say whether an object is a picture, or a group that holds one."""
    if kind != pdfium_c.FPDF_PAGEOBJ_FORM:
        return kind == pdfium_c.FPDF_PAGEOBJ_IMAGE
    return depth > 0 and any(
        _is_picture(member, pdfium_c.FPDFPageObj_GetType(member), depth - 1)
        for member in _members(item)
    )


def _members(group: Any) -> Iterator[Any]:
    for index in range(min(pdfium_c.FPDFFormObj_CountObjects(group), _MOST_OBJECTS)):
        yield pdfium_c.FPDFFormObj_GetObject(group, index)


def _bounds(item: Any) -> _Rect:
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    pdfium_c.FPDFPageObj_GetBounds(item, byref(left), byref(bottom), byref(right), byref(top))
    return left.value, bottom.value, right.value, top.value


def _within(whole: _Rect, part: _Rect) -> _Rect | None:
    left, bottom = max(whole[0], part[0]), max(whole[1], part[1])
    right, top = min(whole[2], part[2]), min(whole[3], part[3])
    return (left, bottom, right, top) if left < right and bottom < top else None


def _area(rect: _Rect) -> float:
    return abs(rect[2] - rect[0]) * abs(rect[3] - rect[1])


def _around(rects: list[_Rect]) -> _Rect:
    lefts, bottoms, rights, tops = zip(*rects, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)
