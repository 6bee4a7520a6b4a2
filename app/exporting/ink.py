"""Pages as black on white: text and thin lines sharp, shadows gone, photos as a screen of dots."""

from __future__ import annotations

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.imaging.sheet import evened

_WINDOW: Final = 1 / 6  # of an inch: some letters wide, so that there is paper around each
_CONTRAST: Final = 0.2  # Sauvola's k
_HALF_RANGE: Final = 128.0  # Sauvola's R, of 8-bit grey
_ALWAYS_BLACK: Final = 0.5  # of the paper's brightness; large dark areas have no paper in sight
_TONES: Final = (0.2, 0.75)  # of the paper's brightness: neither ink nor paper
_STEP: Final = 3  # dots; of these only one is looked at for photos: none is blurred
_BLOCK: Final = 8  # of such dots
_AROUND: Final = 5  # blocks looked at together: a heading in grey is no photo
_TONAL: Final = 0.6  # share of such tones around a block that belongs to a photo
_UNEVEN: Final = 8.0  # grey levels by which blocks differ there; a tint with words is no photo
_BAND: Final = 400  # rows
_NO_PART: Final = 1e-3

_Grey = NDArray[np.floating[Any]]


def black_on_white(image: Image.Image, dots: int, *, shaded: bool = False) -> Image.Image:
    """Return a page of `dots` an inch with each dot black or white.

    A dot is black if it is darker than the paper around it (Sauvola and Pietikäinen, "Adaptive
    document image binarization", 2000), so that faint print on tinted paper stays. On a sheet that
    was photographed, and so is `shaded`, the light is evened first.
    """
    lit = evened(image.convert("RGB")) if shaded else image
    grey = np.asarray(lit.convert("L"), np.uint8)
    paper = float(np.percentile(grey[::_STEP, ::_STEP], 95))
    black = np.empty(grey.shape, np.bool_)
    side = max(round(dots * _WINDOW) | 1, 3)
    for top in range(0, len(grey), _BAND):  # in bands: the sums need a dozen bytes for each dot
        above = min(top, side)
        seen = grey[top - above : top + _BAND + side].astype(np.float32)
        black[top : top + _BAND] = _darker(seen, side, paper)[above : above + _BAND]
    photo = _photo(grey[::_STEP, ::_STEP].astype(np.float32), paper)
    if photo.any():
        there = Image.fromarray(photo).resize((grey.shape[1], grey.shape[0]))
        screened = np.asarray(Image.fromarray(grey).convert("1"), np.bool_)
        black = np.where(np.asarray(there, np.bool_), ~screened, black)
    return Image.fromarray(~black)


def _darker(grey: _Grey, side: int, paper: float) -> NDArray[np.bool_]:
    """Return which dots are darker than those around them, or so dark that they must be ink."""
    mean = np.asarray(cv2.blur(grey, (side, side)), np.float32)
    squares = np.asarray(cv2.blur(grey * grey, (side, side)), np.float32)
    spread = np.sqrt(np.maximum(squares - mean * mean, 0.0))
    limit = mean * (1 + _CONTRAST * (spread / _HALF_RANGE - 1))
    return (grey < limit) | (grey < _ALWAYS_BLACK * paper)


def _photo(grey: _Grey, paper: float) -> NDArray[np.bool_]:
    """Return which blocks of a page, given by every third dot, belong to a photo."""
    height, width = grey.shape
    size = max(width // _BLOCK, 1), max(height // _BLOCK, 1)
    tone = ((grey > _TONES[0] * paper) & (grey < _TONES[1] * paper)).astype(np.float32)
    parts = np.asarray(cv2.resize(tone, size, interpolation=cv2.INTER_AREA), np.float32)
    tones = np.asarray(cv2.resize(grey * tone, size, interpolation=cv2.INTER_AREA), np.float32)
    mean = tones / np.maximum(parts, _NO_PART)
    share, first, second = (
        np.asarray(cv2.blur(of, (_AROUND, _AROUND)), np.float32)
        for of in (parts, parts * mean, parts * mean * mean)
    )
    whole = np.maximum(share, _NO_PART)
    blocks = (share > _TONAL) & (second / whole - (first / whole) ** 2 > _UNEVEN**2)
    whole_photos = np.ones((_AROUND, _AROUND), np.uint8)  # a few blocks alone are none
    return np.asarray(cv2.morphologyEx(blocks.astype(np.uint8), cv2.MORPH_OPEN, whole_photos)) > 0
