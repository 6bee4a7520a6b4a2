"""Reading a page from its picture. Runs in a worker only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.importing import engine
from app.importing.engine import Pixels, cut_out, detected, recognised, tall
from app.importing.flatten import Corners, evened
from app.importing.limits import ocr_scale
from app.importing.lines import Piece, in_reading_order, text_of
from app.importing.page_edges import LONG_SIDE, holds, sheets
from app.importing.pages import picture
from app.importing.pictures import Picture, thumbnail, turned
from app.workers import Reply

_LEAST_SCORE: Final = 0.5  # below, what the engine reads is noise
_SAMPLES: Final = 5  # pieces that tell which way up a page is
_SAMPLE_SHAPE: Final = (3.0, 14.0)  # width to height of a good sample: some words, not a whole line
_UPRIGHT_FROM: Final = 0.85  # mean score; text upside down scores 0.5 to 0.75, upright 0.94 to 1
_CLEARLY: Final = 0.1

_Readings = dict[int, tuple[Piece, float]]


@dataclass(frozen=True, slots=True)
class _Standing:
    """By how much a page must be turned clockwise, and the pieces read on the way."""

    degrees: int
    read: _Readings


def read_page(values: dict[str, Any], _blobs: tuple[bytes, ...]) -> Reply:
    """Task: read one page from its picture.

    Answers {"width", "height" (points), "turned", "corners", "words", "boxes", "scores"} and the
    blobs (thumbnail, text), all of the upright page; boxes are four fractions for each word.
    "corners" says where the sheet lies in its photo, null if it is read as the photo is; "corners"
    in `values` say where a person sees it, or null: leave the photo as it is.
    """
    page, corners = _page(values)
    readable = evened(page.image) if page.photographed or corners else page.image
    pixels = np.ascontiguousarray(np.asarray(readable)[:, :, ::-1])
    degrees, pieces = _read(pixels)
    upright = turned(page.image, degrees)
    lines = in_reading_order(pieces)
    words = [word for line in lines for piece in line for word in piece.words]
    across, down = upright.size
    width, height = page.width_pt, page.height_pt
    if degrees in (90, 270):
        width, height = height, width
    about = {
        "width": width,
        "height": height,
        "turned": degrees,
        "corners": corners and list(corners),
        "words": [word.text for word in words],
        "boxes": [
            round(min(max(place, 0.0), 1.0), 5)
            for word in words
            for place in (word.x0 / across, word.y0 / down, word.x1 / across, word.y1 / down)
        ],
        "scores": [round(word.score, 3) for word in words],
    }
    return Reply(about, (thumbnail(upright), text_of(lines).encode()))


def find_sheet(values: dict[str, Any], _blobs: tuple[bytes, ...]) -> Reply:
    """Task: answer with the "corners" of the sheet in a photo, null where none is sure."""
    found = _sheet(picture({**values, "corners": None}, ocr_scale))
    return Reply({"corners": found and list(found)})


def _page(values: dict[str, Any]) -> tuple[Picture, Corners | None]:
    """Return the page to read, and the corners of the sheet if it was flattened."""
    page = picture(values, ocr_scale)
    if "corners" in values:
        corners = values["corners"]
        return page, tuple(corners) if corners else None
    found = _sheet(page)
    if found is None:
        return page, None
    return picture({**values, "corners": found}, ocr_scale), found


def _sheet(page: Picture) -> Corners | None:
    """Return where the sheet lies in a photo; nothing if no sheet surely holds all the text."""
    if not page.photographed:
        return None
    scale = min(LONG_SIDE / max(page.image.size), 1.0)
    size = max(round(page.image.width * scale), 1), max(round(page.image.height * scale), 1)
    small = np.asarray(page.image.resize(size, Image.Resampling.BOX))
    quads = sheets(small)
    if not quads:
        return None
    pieces = detected(np.ascontiguousarray(small[:, :, ::-1]))
    sheet = next((quad for quad in quads if holds(quad, pieces, size)), None)
    if sheet is None:
        return None
    return tuple(round(float(place), 5) for place in (sheet / size).clip(0, 1).ravel())


def _read(pixels: Pixels) -> tuple[int, list[Piece]]:
    """Return by how much the page must be turned clockwise, and its pieces as they then lie."""
    corners = detected(pixels)
    cuttings = cut_out(pixels, corners)
    standing = _standing(cuttings, corners)
    read = standing.read
    if standing.degrees:
        pixels = np.ascontiguousarray(np.rot90(pixels, -standing.degrees // 90))
        corners = detected(pixels)
        cuttings, read = cut_out(pixels, corners), {}
    rest = [index for index in range(len(cuttings)) if index not in read]
    found = recognised([cuttings[index] for index in rest], corners[rest])
    every = {**read, **dict(zip(rest, found, strict=True))}
    return standing.degrees, [
        piece for piece, score in every.values() if score >= _LEAST_SCORE and piece.words
    ]


def _standing(cuttings: list[Pixels], corners: engine.Corners) -> _Standing:
    """Find out which way up the page is.

    Lines that stand on end tell of a quarter turn; whether a few pieces read well as they are or
    the other way round tells the rest. An upright page pays nothing: these pieces are needed.
    """
    if not cuttings:
        return _Standing(0, {})
    on_end = tall(corners)
    lengths = np.maximum(*(np.linalg.norm(corners[:, 0] - corners[:, k], axis=1) for k in (1, 3)))
    lying = bool(lengths[on_end].sum() > lengths.sum() / 2)
    samples = _samples(cuttings, np.flatnonzero(on_end == lying))
    read = dict(
        zip(samples, recognised([cuttings[i] for i in samples], corners[samples]), strict=True)
    )
    as_it_is, over = 270 if lying else 0, 90 if lying else 180
    score = _mean(read)
    if not samples or score >= _UPRIGHT_FROM:
        return _Standing(as_it_is if samples else 0, read)
    flipped = [np.ascontiguousarray(np.rot90(cuttings[index], 2)) for index in samples]
    turned_round = dict(zip(samples, recognised(flipped, corners[samples]), strict=True))
    if _mean(turned_round) > score + _CLEARLY:
        return _Standing(over, {})
    return _Standing(0, read)


def _samples(cuttings: list[Pixels], candidates: NDArray[np.intp]) -> list[int]:
    """Choose a few pieces that are neither a single word nor a whole line, the longest first."""
    least, most = _SAMPLE_SHAPE
    shapes = {int(i): cuttings[i].shape[1] / max(cuttings[i].shape[0], 1) for i in candidates}
    good = [index for index, shape in shapes.items() if least <= shape <= most] or list(shapes)
    return sorted(good, key=shapes.__getitem__, reverse=True)[:_SAMPLES]


def _mean(read: _Readings) -> float:
    return sum(score for _, score in read.values()) / len(read) if read else 0.0
