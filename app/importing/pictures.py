"""Pictures of pages: standing them upright, making them small, packing them."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PIL import Image

from app.importing.limits import thumbnail_size

THUMBNAIL_QUALITY: Final = 75
SHOWN_QUALITY: Final = 88

_T = Image.Transpose
_CLOCKWISE: Final = {90: _T.ROTATE_270, 180: _T.ROTATE_180, 270: _T.ROTATE_90}
_EXIF: Final = {
    2: _T.FLIP_LEFT_RIGHT,
    3: _T.ROTATE_180,
    4: _T.FLIP_TOP_BOTTOM,
    5: _T.TRANSPOSE,
    6: _T.ROTATE_270,
    7: _T.TRANSVERSE,
    8: _T.ROTATE_90,
}
SIDEWAYS: Final = frozenset((5, 6, 7, 8))
"""The EXIF orientations that make height of width."""


Fit = Callable[[float, float], float]
"""From width and height of a page as it is seen to the scale at which it is wanted."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as an RGB picture, upright as far as its file knows, and its size in points.

    `photographed`: it may come from a camera, with a sheet of paper somewhere in it.
    """

    image: Image.Image
    width_pt: float
    height_pt: float
    photographed: bool = False


def turned(image: Image.Image, degrees: int) -> Image.Image:
    """Return the picture turned clockwise by 0, 90, 180 or 270 degrees."""
    return image.transpose(_CLOCKWISE[degrees]) if degrees else image


def as_exif_says(image: Image.Image, orientation: int) -> Image.Image:
    """Return the picture as its EXIF orientation (1 to 8) wants it seen."""
    return image.transpose(_EXIF[orientation]) if orientation in _EXIF else image


def as_jpeg(image: Image.Image, quality: int) -> bytes:
    """Return the picture as JPEG, without any of its metadata."""
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=quality, exif=b"", icc_profile=None)
    return packed.getvalue()


def thumbnail(image: Image.Image) -> bytes:
    """Return the JPEG thumbnail of an upright page."""
    small = image.resize(thumbnail_size(*image.size), Image.Resampling.BOX, reducing_gap=2.0)
    return as_jpeg(small, THUMBNAIL_QUALITY)
