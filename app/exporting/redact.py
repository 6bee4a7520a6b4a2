"""Proof that a black-out holds: what is drawn there is black, and no reader finds words there.

The proof looks at the finished file alone and knows nothing of how it was made. Two libraries read
it: PDFium for what one sees and for the places of words, pypdf for words that PDFium overlooked.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import pypdf
import pypdfium2
from PIL import Image
from pypdf.errors import PyPdfError
from pypdfium2 import raw

from app.exporting.frame import Placement
from app.exporting.making import Box
from app.workers import Reply

_DOTS: Final = 150
_MOST_PIXELS: Final = 12_000_000
_BLACK: Final = 70
"""The brightest grey of a blackened place, of 255; JPEG is not exact."""
_EDGE: Final = 1.5  # pixels along the edge of a box that may be half black


def check_black_outs(values: dict[str, Any], _blobs: Sequence[bytes]) -> Reply:
    """Task: look at the black-outs of a finished bundle.

    `values`: `path`; `pages`, for each page (from 1) with black-outs `[page, boxes]`, as
    `boxes_on_sheet` gives them.

    Returns: `unproven`, the pages on which something can still be seen or read, or where that
    cannot be told.
    """
    pages = [(int(page) - 1, [tuple(box) for box in boxes]) for page, boxes in values["pages"]]
    path = Path(values["path"])
    unproven = {*still_seen(path, pages), *_overlooked(path, [page for page, _ in pages])}
    return Reply({"unproven": sorted(page + 1 for page in unproven)})


def boxes_on_sheet(
    boxes: Iterable[Box],
    size: tuple[float, float],
    placement: Placement,
    sheet: tuple[float, float],
) -> list[Box]:
    """Return where boxes of a page come to lie on the sheet it is placed on.

    `size` is that of the page and `sheet` that of the sheet as it is read (wide if it is turned),
    in points. The answer is in fractions of the sheet as it is read, origin top left. A box that
    lies on another strip of the page is not among them.
    """
    placed: list[Box] = []
    width, height = sheet
    left, low, right, high = placement.clip
    for x0, y0, x1, y1 in boxes:
        ax = max(placement.x + x0 * size[0] * placement.scale, left)
        bx = min(placement.x + x1 * size[0] * placement.scale, right)
        ay = max(placement.y + (1 - y1) * size[1] * placement.scale, low)
        by = min(placement.y + (1 - y0) * size[1] * placement.scale, high)
        if ax < bx and ay < by:
            placed.append((ax / width, 1 - by / height, bx / width, 1 - ay / height))
    return placed


def still_seen(path: Path, pages: Iterable[tuple[int, Sequence[Box]]]) -> list[int]:
    """Return those pages, from 0, on which PDFium sees anything but black within some box."""
    with pypdfium2.PdfDocument(path) as document:
        return [number for number, boxes in pages if boxes and _is_seen(document[number], boxes)]


def _is_seen(page: pypdfium2.PdfPage, boxes: Sequence[Box]) -> bool:
    width, height = page.get_size()
    scale = min(_DOTS / 72, (_MOST_PIXELS / (width * height)) ** 0.5)
    grey = page.render(scale=scale).to_pil().convert("L")  # pyright: ignore[reportArgumentType]
    letters = _places_of_letters(page)
    page.close()
    return any(
        not _is_black(grey, box) or any(_lies_in(place, box) for place in letters) for box in boxes
    )


def _is_black(grey: Image.Image, box: Box) -> bool:
    width, height = grey.size
    x0, x1 = _inner(box[0] * width, box[2] * width, width)
    y0, y1 = _inner(box[1] * height, box[3] * height, height)
    _, brightest = grey.crop((x0, y0, x1, y1)).getextrema()
    return isinstance(brightest, int | float) and brightest <= _BLACK


def _inner(low: float, high: float, most: int) -> tuple[int, int]:
    """Return the pixels from `low` to `high` without the half-covered ones at the edges."""
    first, last = round(low + _EDGE), round(high - _EDGE)
    if first < last:
        return first, last
    middle = min(max(int((low + high) / 2), 0), most - 1)
    return middle, middle + 1


def _places_of_letters(page: pypdfium2.PdfPage) -> list[tuple[float, float]]:
    """Return the middle of each letter as fractions of the page as it is seen."""
    texts = page.get_textpage()
    places: list[tuple[float, float]] = []
    for index in range(raw.FPDFText_CountChars(texts.raw)):
        if chr(max(raw.FPDFText_GetUnicode(texts.raw, index), 1) % 0x110000).isspace():
            continue
        box = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(texts.raw, index, ctypes.byref(box))
        places.append(_as_seen(page, (box.left + box.right) / 2, (box.top + box.bottom) / 2))
    texts.close()
    return places


_STEPS: Final = 100_000  # of a side; PDFium counts pixels of what is shown in whole numbers


def _as_seen(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, _STEPS, _STEPS, 0, x, y, across, down)
    return across.value / _STEPS, down.value / _STEPS


def _lies_in(place: tuple[float, float], box: Box) -> bool:
    return box[0] <= place[0] <= box[2] and box[1] <= place[1] <= box[3]


def _overlooked(path: Path, pages: Sequence[int]) -> list[int]:
    """Return those pages on which pypdf reads words that PDFium, which tells places, does not."""
    found: list[int] = []
    try:
        with pypdfium2.PdfDocument(path) as document, path.open("rb") as file:
            reader = pypdf.PdfReader(file)
            for number in pages:
                texts = document[number].get_textpage()
                known = _plain(texts.get_text_range())
                texts.close()
                read = reader.pages[number].extract_text()
                if any(_plain(word) not in known for word in read.split()):
                    found.append(number)
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError):
        return list(pages)
    return found


def _plain(text: str) -> str:
    """Return the letters of a text, so that two libraries' spaces and ligatures compare."""
    letters = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in letters if letter.isalnum())
