"""A sheet of paper seen in a photo: its true shape, how it is laid flat, and the light on it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.imaging.quads import Floats, areas, convex

Corners = tuple[float, ...]
"""Eight fractions of a picture, x and y of four corners, clockwise from top left."""

_FORMATS: Final = ((612.0, 792.0), (612.0, 1008.0), (595.0, 842.0))
"""Letter, Legal and A4 in points, the likeliest in the United States first."""

_A_FORMAT: Final = 0.02  # by which proportions may differ from a format that is surely meant
_LIKE_A_FORMAT: Final = 0.04  # and from one that is likely
_LONG_SIDE_PT: Final = 792.0  # of a sheet of no known format
_NEAR_SIDE: Final = 1.2  # pixels given to a sheet for each it has: its near side has more
_PHONE_LENS: Final = 0.78  # focal length of a phone, in long sides of its picture
_LENSES: Final = (0.5, 3.0)  # such lengths that are believed when worked out from one sheet
_LEAST_PERSPECTIVE: Final = 1e-3  # of a vanishing point; below, sides are as good as parallel

_STRIP: Final = 128  # rows worked on at once
_LIGHT_SIDE: Final = 256  # pixels of the picture in which light is judged
_PRINT: Final = 0.06  # of that side: wider than print and the gaps of a bold heading
_EVEN: Final = 0.8  # darkest to brightest paper of a page whose light is even enough
_DEEPEST: Final = 0.3  # of the brightest paper; no shadow is darker
_COLOURLESS: Final = 0.55  # of its brightest colour, what paper has of each other one
_KNOWN: Final = 0.05  # of what lies around a place that must be paper, to tell its light


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet in a picture: its corners in pixels and its true shape."""

    corners: NDArray[np.float32]
    width: float
    height: float
    width_pt: float
    height_pt: float

    @classmethod
    def of(cls, corners: Corners, size: tuple[float, float]) -> Sheet:
        """Work out the true shape of a sheet with these corners in a picture of this size."""
        places = np.array(corners, np.float64).reshape(4, 2) * size
        area = max(float(areas(places)), 1.0) * _NEAR_SIDE
        ratio, (width_pt, height_pt) = _shape(places, size)
        width, height = math.sqrt(area * ratio), math.sqrt(area / ratio)
        return cls(places.astype(np.float32), width, height, width_pt, height_pt)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in whole pixels."""
        return max(round(self.width), 1), max(round(self.height), 1)

    def view(self) -> NDArray[np.float64]:
        """Return the matrix that lays the sheet flat."""
        width, height = self.size
        flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
        matrix = cv2.getPerspectiveTransform(self.corners - 0.5, flat - 0.5)  # of pixels' middles
        return np.asarray(matrix, np.float64)


def is_sheet(corners: Corners) -> bool:
    """Say whether corners make a sheet: four, without a dent and without crossing edges."""
    return len(corners) == 8 and bool(convex(np.array(corners).reshape(4, 2)))


def laid_flat(image: Image.Image, sheet: Sheet) -> Image.Image:
    """Return the sheet alone, flat, in the light in which it was seen; `image` (RGB) is closed.

    Its pixels are let go as soon as they are copied: of a photo there are tens of megabytes.
    """
    pixels = np.empty((image.height, image.width, 3), np.uint8)
    for top, strip in _strips(image):
        pixels[top : top + len(strip)] = strip
    image.close()
    pixels = cv2.warpPerspective(
        pixels, sheet.view(), sheet.size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return Image.fromarray(pixels)


def _strips(image: Image.Image) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """Yield a picture from top to bottom: the first row of each strip, and its pixels."""
    for top in range(0, image.height, _STRIP):
        bottom = min(top + _STRIP, image.height)
        yield top, np.asarray(image.crop((0, top, image.width, bottom)))


def moved(points: Floats, corners: Corners, size: tuple[int, int]) -> NDArray[np.float32]:
    """Return where points of a picture, … × 2, lie on the flattened sheet."""
    seen = points.reshape(-1, 1, 2).astype(np.float32)
    flat = cv2.perspectiveTransform(seen, Sheet.of(corners, size).view())
    return np.asarray(flat, np.float32).reshape(points.shape)


def evened(image: Image.Image) -> Image.Image:
    """Lift the shadows of a page, in the picture itself (RGB), unless its light is even."""
    light = _light(image)
    brightest = float(np.percentile(light, 95))
    if float(np.percentile(light, 3)) >= _EVEN * brightest:
        return image
    gain = np.clip(brightest / np.maximum(light, 1.0), 1.0, 1 / _DEEPEST).astype(np.float32)
    wide = np.asarray(cv2.resize(gain, (image.width, len(gain))), np.float32)
    for top, strip in _strips(image):
        rows = (np.arange(top, top + len(strip)) + 0.5) * len(gain) / image.height - 0.5
        upper = np.clip(np.floor(rows).astype(int), 0, len(gain) - 1)
        lower = np.minimum(upper + 1, len(gain) - 1)
        part = np.clip(rows - upper, 0, 1).astype(np.float32)[:, np.newaxis]
        by = wide[upper] * (1 - part) + wide[lower] * part
        lifted = cv2.multiply(strip, cv2.merge([by, by, by]), dtype=cv2.CV_8U)
        image.paste(Image.fromarray(lifted), (0, top))
    return image


def _light(page: Image.Image) -> Floats:
    """Return how brightly the paper is lit all over a page, in a small picture.

    What is coloured, or darker than any shadow, is printed: the light there is that around it.
    """
    scale = _LIGHT_SIDE / max(page.size)
    size = max(round(page.width * scale), 8), max(round(page.height * scale), 8)
    small = np.asarray(page.resize(size, Image.Resampling.BOX))
    reach = max(round(min(_LIGHT_SIDE * _PRINT, min(size) / 2)) | 1, 3)
    kernel = np.ones((reach, reach), np.uint8)
    bare = np.asarray(cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel), np.float32)
    bright, dull = bare.max(axis=2), bare.min(axis=2)
    paper = (dull > _COLOURLESS * bright) & (bright > _DEEPEST * np.percentile(bright, 95))
    share = cv2.GaussianBlur(paper.astype(np.float32), (0, 0), reach / 4)
    lit = cv2.GaussianBlur(bright * paper, (0, 0), reach / 4)
    known = np.asarray(share, np.float32) > _KNOWN
    if not known.any():
        return bright
    around = np.asarray(lit, np.float32) / np.maximum(np.asarray(share, np.float32), _KNOWN)
    return np.where(known, around, np.percentile(around[known], 95))


def _shape(
    places: NDArray[np.float64], size: tuple[float, float]
) -> tuple[float, tuple[float, float]]:
    """Return width to height of a sheet, and its size in points."""
    ratios = _ratios(places, size)
    for told, tolerance in ((ratios[:1], _A_FORMAT), (ratios, _LIKE_A_FORMAT)):
        for short, long in _FORMATS:
            for width, height in ((short, long), (long, short)):
                if min(abs(math.log(ratio * height / width)) for ratio in told) <= tolerance:
                    return width / height, (width, height)
    ratio = ratios[0]
    return ratio, (_LONG_SIDE_PT * min(ratio, 1.0), _LONG_SIDE_PT / max(ratio, 1.0))


def _ratios(places: NDArray[np.float64], size: tuple[float, float]) -> Sequence[float]:
    """Return what width to height may be, the likeliest first.

    The corners of a rectangle under perspective tell the lens and the proportions (Zhang and He,
    "Whiteboard scanning and image enhancement", 2007), the better the more perspective there is.
    """
    long = max(size)
    centred = (places - np.array(size) / 2) / long
    m1, m2, m4, m3 = (
        np.array([x, y, 1.0]) for x, y in centred
    )  # top left, right; bottom right, left
    over = np.cross(m1, m4)
    k2 = float(over @ m3) / _apart_from_zero(float(np.cross(m2, m4) @ m3))
    k3 = float(over @ m2) / _apart_from_zero(float(np.cross(m3, m4) @ m2))
    n2, n3 = k2 * m2 - m1, k3 * m3 - m1
    lenses = [_PHONE_LENS]
    if min(abs(n2[2]), abs(n3[2])) > _LEAST_PERSPECTIVE:
        squared = -float(n2[0] * n3[0] + n2[1] * n3[1]) / float(n2[2] * n3[2])
        if _LENSES[0] ** 2 <= squared <= _LENSES[1] ** 2:
            lenses.insert(0, math.sqrt(squared))
    told = [
        math.hypot(n2[0] / lens, n2[1] / lens, n2[2])
        / max(math.hypot(n3[0] / lens, n3[1] / lens, n3[2]), 1e-9)
        for lens in lenses
    ]
    sides = [float(np.linalg.norm(places[k] - places[(k + 1) % 4])) for k in range(4)]
    plain = (sides[0] + sides[2]) / max(sides[1] + sides[3], 1e-9)
    return [min(max(ratio, 0.02), 50.0) for ratio in (*told, plain)]


def _apart_from_zero(value: float) -> float:
    return value if abs(value) > 1e-12 else 1e-12
