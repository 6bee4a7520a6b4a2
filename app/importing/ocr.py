"""Reading a page from its picture. Runs in a worker only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.imaging.sheet import Corners, evened, moved
from app.importing import engine
from app.importing.engine import (
    Pixels,
    closer_look,
    cut_out,
    detected,
    first_look,
    recognised,
    tall,
)
from app.importing.flatten import flattened
from app.importing.limits import ocr_scale
from app.importing.lines import Piece, in_reading_order, text_of
from app.importing.page_edges import LONG_SIDE, inside, sheets
from app.importing.pages import picture
from app.importing.pictures import Picture, thumbnail, turned
from app.workers import Reply

_LEAST_SCORE: Final = 0.5  # below, what the engine reads is noise
_SAMPLES: Final = 5  # pieces that tell which way up a page is
_SAMPLE_SHAPE: Final = (3.0, 14.0)  # width to height of a good sample: some words, not a whole line
_UPRIGHT_FROM: Final = 0.85  # mean score; text upside down scores 0.5 to 0.75, upright 0.94 to 1
_CLEARLY: Final = 0.1
_HUGE: Final = 0.2  # of the photo: what the engine takes for a letter so high is the sheet itself
_MOST_DOUBTS: Final = 6  # pieces outside a sheet that are looked at: more are surely text

_Readings = dict[int, tuple[Piece, float]]


@dataclass(frozen=True, slots=True)
class _View:
    """A page as it is read, where its sheet lies in the photo, and where there is text on it."""

    page: Picture
    corners: Corners | None
    text: engine.Corners


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
    view = _view(values)
    page = view.page
    degrees, pieces = _read(view)
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
        "corners": view.corners and list(view.corners),
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
    page = picture({**values, "corners": None}, ocr_scale)
    found = _sheet(page, first_look(_pixels(page))[0])
    return Reply({"corners": found and list(found)})


def _view(values: dict[str, Any]) -> _View:
    """Return the page as it is read: the sheet in a photo is looked for and flattened."""
    page = picture(values, ocr_scale)
    if "corners" in values or not page.photographed:
        corners = values.get("corners")
        lit = _lit(page) if page.photographed else page
        return _View(lit, corners and tuple(corners), detected(_pixels(lit)))
    pixels = _pixels(page)
    text, is_fine = first_look(pixels)
    corners = _sheet(page, text)
    if corners is None:
        lit = _lit(page)
        return _View(lit, None, closer_look(_pixels(lit)) if is_fine else text)
    if is_fine:  # the background is gone: there are more pixels for the print
        flat = picture({**values, "corners": corners}, ocr_scale)
        return _View(flat, corners, detected(_pixels(flat)))
    flat = flattened(lambda _: page, corners, ocr_scale)
    return _View(flat, corners, _from_top_left(moved(text, corners, page.image.size)))


def _pixels(page: Picture) -> Pixels:
    return np.ascontiguousarray(np.asarray(page.image)[:, :, ::-1])


def _lit(page: Picture) -> Picture:
    return replace(page, image=evened(page.image))


def _sheet(page: Picture, text: engine.Corners) -> Corners | None:
    """Return where the sheet lies in a photo; nothing if no sheet surely holds all the text."""
    scale = min(LONG_SIDE / max(page.image.size), 1.0)
    width, height = (max(round(side * scale), 1) for side in page.image.size)
    pixels = np.asarray(page.image)
    small = np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    most = _HUGE * max(page.image.size)
    pieces = text[engine.heights(text) < most]
    for quad in sheets(small):
        held = inside(quad, pieces * scale, (width, height))
        if held.any() and not _says_something(page, pieces[~held]):
            return tuple(round(float(x), 5) for x in (quad / (width, height)).clip(0, 1).ravel())
    return None


def _says_something(page: Picture, text: engine.Corners) -> bool:
    """Say whether there is text in places where the pattern of a table may look like text."""
    if len(text) > _MOST_DOUBTS:
        return True
    read = recognised(cut_out(_pixels(page), text), text) if len(text) else []
    return any(score >= _LEAST_SCORE and piece.words for piece, score in read)


def _from_top_left(text: engine.Corners) -> engine.Corners:
    """Return pieces with their corners counted from the one that is now top left."""
    first = text.sum(axis=2).argmin(axis=1)
    order = (first[:, np.newaxis] + np.arange(4)) % 4
    return np.take_along_axis(text, order[:, :, np.newaxis], axis=1)


def _read(view: _View) -> tuple[int, list[Piece]]:
    """Return by how much the page must be turned clockwise, and its pieces as they then lie."""
    pixels, corners = _pixels(view.page), view.text
    cuttings = cut_out(pixels, corners)
    standing = _standing(cuttings, corners)
    read = standing.read
    if standing.degrees:
        pixels = np.ascontiguousarray(np.rot90(pixels, -standing.degrees // 90))
        if standing.degrees == 180:
            corners = _upside_down(corners, view.page.image.size)
        else:  # on end, the engine overlooks single letters and numbers
            corners = detected(pixels)
        cuttings, read = cut_out(pixels, corners), {}
    rest = [index for index in range(len(cuttings)) if index not in read]
    found = recognised([cuttings[index] for index in rest], corners[rest])
    every = {**read, **dict(zip(rest, found, strict=True))}
    return standing.degrees, [
        piece for piece, score in every.values() if score >= _LEAST_SCORE and piece.words
    ]


def _upside_down(text: engine.Corners, size: tuple[int, int]) -> engine.Corners:
    """Return where pieces lie once the picture of this size stands on its head."""
    return np.roll(np.array(size, np.float32) - text, 2, axis=1)


def _standing(cuttings: list[Pixels], corners: engine.Corners) -> _Standing:
    """Find out which way up the page is.

    The direction in which most pieces were cut out tells of a quarter turn; whether a few of them
    read well as they are or the other way round tells the rest. An upright page pays nothing:
    these pieces are needed.
    """
    if not cuttings:
        return _Standing(0, {})
    quarters, lengths = _directions(corners)
    lying = lengths[quarters % 2 == 1].sum() > lengths.sum() / 2
    ways = (1, 3) if lying else (0, 2)
    way = max(ways, key=lambda quarter: float(lengths[quarters == quarter].sum()))
    samples = _samples(cuttings, np.flatnonzero(quarters == way))
    read = dict(
        zip(samples, recognised([cuttings[i] for i in samples], corners[samples]), strict=True)
    )
    as_it_is, over = -90 * way % 360, (180 - 90 * way) % 360
    score = _mean(read)
    if score >= _UPRIGHT_FROM:
        return _Standing(as_it_is, read)
    flipped = [np.ascontiguousarray(np.rot90(cuttings[index], 2)) for index in samples]
    turned_round = dict(zip(samples, recognised(flipped, corners[samples]), strict=True))
    if _mean(turned_round) > score + _CLEARLY:
        return _Standing(over, {})
    return _Standing(0, read)


def _directions(corners: engine.Corners) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return where each piece as cut out reads to, in quarter turns from right, and its length."""
    on_end = tall(corners)[:, np.newaxis]
    along = np.where(on_end, corners[:, 2] - corners[:, 1], corners[:, 1] - corners[:, 0])
    quarters = np.round(np.arctan2(along[:, 1], along[:, 0]) / (np.pi / 2)).astype(int) % 4
    return quarters, np.linalg.norm(along, axis=1)


def _samples(cuttings: list[Pixels], candidates: NDArray[np.intp]) -> list[int]:
    """Choose a few pieces that are neither a single word nor a whole line, the longest first."""
    least, most = _SAMPLE_SHAPE
    shapes = {int(i): cuttings[i].shape[1] / max(cuttings[i].shape[0], 1) for i in candidates}
    good = [index for index, shape in shapes.items() if least <= shape <= most] or list(shapes)
    return sorted(good, key=shapes.__getitem__, reverse=True)[:_SAMPLES]


def _mean(read: _Readings) -> float:
    return sum(score for _, score in read.values()) / len(read) if read else 0.0
