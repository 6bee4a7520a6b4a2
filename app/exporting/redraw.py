"""Pages drawn anew as pictures: with parts blacked out, black on white, or left out for good.

Nothing of the old page stays: neither what it drew nor its words. The new page is what PDFium
shows of the old one, painted over, and a text layer of the words that may still be read.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from app.exporting.frame import placements
from app.exporting.image_stream import encode
from app.exporting.making import BLACK_DOTS, Box
from app.exporting.page_words import drawn_words
from app.exporting.pictures import picture_form
from app.exporting.piece import Piece, Reading
from app.exporting.text_layer import PlacedWord
from app.exporting.worded import notice_form

_DOTS: Final = 300
"""Dots per inch, on the sheet, of a page in colours or greys."""
_COLOURED: Final = 12
"""By how many levels red, green and blue of a page may differ that is only grey."""
_MOST_PIXELS: Final = 40_000_000
_LONGEST: Final = 20_000  # pixels of a side
_WORDY: Final = 20
"""Words from which a photo is one of a sheet of paper, on which shadows may lie."""
_SMALLEST: Final = 3.0
"""The shorter side of a black box on the sheet, in points."""
_EDGE: Final = 0.004  # of the longer side
_PICTURE_STRIP: Final = 288.0
_PAGES_AT_ONCE: Final = 20
"""PDFium keeps what it has read of a file until the file is closed."""

_NOT_SEARCHED: Final = (
    "The words on page {}, on which something is blacked out, can be seen but not searched."
)
LEFT_OUT: Final = "This page was left out: its black-out could not be verified."


def redraw(piece: Piece, draft: Path, *, is_picture: bool) -> None:
    """Draw those pages of a piece anew of which their readings say so; `draft` is a free path.

    Raises:
        pypdfium2.PdfiumError: a page cannot be drawn.
    """
    places = [place for place, reading in enumerate(piece.readings) if reading.is_redrawn]
    if not places:
        return
    piece.save_draft(draft)
    try:
        for first in range(0, len(places), _PAGES_AT_ONCE):
            with pypdfium2.PdfDocument(draft) as document:
                for place in places[first : first + _PAGES_AT_ONCE]:
                    _redraw_page(piece, place, document, is_picture=is_picture)
    finally:
        draft.unlink()


def _redraw_page(
    piece: Piece, place: int, document: pypdfium2.PdfDocument, *, is_picture: bool
) -> None:
    reading, size = piece.readings[place], piece.sizes[place]
    if reading.is_withheld:
        withhold(piece, place)
        return
    sheet_scale = _sheet_scale(size, is_picture=is_picture)
    boxes = tuple(_grown(box, size, _SMALLEST / sheet_scale) for box in reading.boxes)
    reading = piece.readings[place] = replace(reading, boxes=boxes)
    page = document[place]
    is_black = reading.ink in BLACK_DOTS
    scale = BLACK_DOTS.get(reading.ink, _DOTS) / 72 * sheet_scale
    scale = min(scale, math.sqrt(_MOST_PIXELS / (size[0] * size[1])), _LONGEST / max(size))
    seen = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")  # pyright: ignore[reportArgumentType]
    words = [
        word
        for word in _words(page, reading, seen)
        if not any(touches(word, box) for box in reading.boxes)
    ]
    if reading.boxes and not words and any(drawn_words(page)):
        piece.warnings.append(_NOT_SEARCHED.format(reading.number + 1))
    page.close()
    is_shaded = bool(reading.corners) or (is_picture and len(reading.words) >= _WORDY)
    inked = (
        _inked(seen, round(scale * 72), is_shaded=is_shaded) if is_black else _fewest_colours(seen)
    )
    if is_black and reading.corners:
        _clear_edges(inked)
    _blacken(inked, reading.boxes)
    piece.replace_page(place, picture_form(encode(inked, is_photo=is_picture), size, piece), words)


def _inked(seen: Image.Image, dots: int, *, is_shaded: bool) -> Image.Image:
    from app.exporting.ink import black_on_white  # noqa: PLC0415 - OpenCV takes 25 MB

    return black_on_white(seen, dots, shaded=is_shaded)


def withhold(piece: Piece, place: int) -> None:
    """Say in place of a page that it was left out."""
    piece.replace_page(place, notice_form(LEFT_OUT, piece.sizes[place], piece))
    piece.withheld.append(place)


def black_places(piece: Piece) -> list[tuple[Box, ...]]:
    """Return for each page of a piece what is blacked out there."""
    return [
        () if place in piece.withheld else reading.boxes
        for place, reading in enumerate(piece.readings)
    ]


def _sheet_scale(size: tuple[float, float], *, is_picture: bool) -> float:
    """Return by how much a page is scaled on its sheet."""
    return placements(*size, strip_width=_PICTURE_STRIP if is_picture else None)[0].scale


def _grown(box: Box, size: tuple[float, float], least: float) -> Box:
    """Return a box with sides of at least so many points: what is smaller cannot be proven."""
    x0, y0, x1, y1 = box
    across = max(least / size[0] - (x1 - x0), 0.0) / 2
    down = max(least / size[1] - (y1 - y0), 0.0) / 2
    return (max(x0 - across, 0.0), max(y0 - down, 0.0), min(x1 + across, 1.0), min(y1 + down, 1.0))


def _words(page: pypdfium2.PdfPage, reading: Reading, seen: Image.Image) -> Iterator[PlacedWord]:
    """Yield the words of a page: those read on its picture, else those that one sees it draw."""
    if reading.words:
        yield from reading.words
    else:
        yield from drawn_words(page, seen if reading.boxes else None)


def touches(word: PlacedWord, box: Box) -> bool:
    """Return whether any part of a word lies within a box."""
    _, x0, y0, x1, y1 = word
    return x0 < box[2] and x1 > box[0] and y0 < box[3] and y1 > box[1]


def _fewest_colours(seen: Image.Image) -> Image.Image:
    """Return a page without colours as grey: a third of the bytes."""
    small = seen.resize((max(seen.width // 4, 1), max(seen.height // 4, 1)), Image.Resampling.BOX)
    red, green, blue = small.split()
    pairs = ((red, green), (green, blue), (red, blue))
    apart = (ImageChops.difference(one, other).histogram() for one, other in pairs)
    return seen if any(any(count[_COLOURED + 1 :]) for count in apart) else seen.convert("L")


def _clear_edges(image: Image.Image) -> None:
    """Whiten the edges of a sheet cut out of a photo: a hair of the table is seen there."""
    edge = round(max(image.size) * _EDGE)
    ImageDraw.Draw(image).rectangle((0, 0, image.width - 1, image.height - 1), None, 255, edge)


def _blacken(image: Image.Image, boxes: Sequence[Box]) -> None:
    draw = ImageDraw.Draw(image)
    width, height = image.size
    for x0, y0, x1, y1 in boxes:
        corners = (
            math.floor(x0 * width), math.floor(y0 * height),
            math.ceil(x1 * width), math.ceil(y1 * height),
        )  # fmt: skip
        draw.rectangle(corners, fill=0)
