"""Papers as a phone photographs them: on a table, leaning, folded, unevenly lit, out of focus."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from typing import Final, Self

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

_SIZES: Final = ((1944, 2592), (2268, 3024), (2268, 3024), (3024, 4032))
_ORIENTATION: Final = 0x0112
_T = Image.Transpose
_STORED_AS: Final = {
    2: _T.FLIP_LEFT_RIGHT,
    3: _T.ROTATE_180,
    4: _T.FLIP_TOP_BOTTOM,
    5: _T.TRANSPOSE,
    6: _T.ROTATE_90,
    7: _T.TRANSVERSE,
    8: _T.ROTATE_270,
}
"""How the pixels lie for each EXIF orientation, so that the viewer's turn undoes it."""

_LYING: Final = (_T.ROTATE_90, _T.ROTATE_180, _T.ROTATE_270)
_FIELD: Final = 16  # light is computed in so many times fewer pixels

Field = NDArray[np.float32]
"""Height × width, or height × width × (red, green, blue)."""


@dataclass(frozen=True, slots=True)
class Shot:
    """How one photo is taken. Lengths are parts of the photo's width unless they say pixels."""

    size: tuple[int, int]
    tilt: float  # degrees
    lean: tuple[float, ...]  # eight: how far the corners move across and down
    margin: float
    curl: float
    folds: bool
    ground: int
    shade: float  # how dark the darkest corner is
    shadow: float  # of hand or phone; 0 is none
    blur: float  # pixels of a photo 3,024 wide
    shake: int  # pixels
    noise: float  # grey levels
    quality: int
    orientation: int  # EXIF
    lying: int  # 0 upright, else a place in `_LYING` from 1: turned, and EXIF does not say so

    @classmethod
    def of(cls, chance: random.Random) -> Self:
        """Throw the dice: most photos are fair, some are bad."""
        bad = chance.random() ** 2
        lying = chance.randint(1, 3) if chance.random() < 0.15 else 0
        turns = (1,) * 9 + (6,) * 5 + (3, 8, 2, 4, 5, 7)
        return cls(
            size=chance.choice(_SIZES),
            tilt=chance.gauss(0, 1 + 3 * bad),
            lean=tuple(chance.uniform(-1, 1) * (0.01 + 0.05 * bad) for _ in range(8)),
            margin=chance.uniform(0.03, 0.1),
            curl=chance.uniform(-1, 1) * 0.012 * bad,
            folds=chance.random() < 0.5,
            ground=chance.randrange(len(_GROUNDS)),
            shade=chance.uniform(0.1, 0.25 + 0.35 * bad),
            shadow=chance.uniform(0.15, 0.3 + 0.25 * bad) if chance.random() < 0.6 else 0,
            blur=chance.uniform(0.5, 0.9 + 1.2 * bad),
            shake=chance.choice((0, 0, 0, round(2 + 3 * bad))),
            noise=chance.uniform(1.5, 4 + 6 * bad),
            quality=chance.randint(70, 93),
            orientation=1 if lying else chance.choice(turns),
            lying=lying,
        )


def photo(page: Image.Image, chance: random.Random, shot: Shot | None = None) -> bytes:
    """Return a grey page as a JPEG from a phone; without a `shot` the dice choose one."""
    taken = shot or Shot.of(chance)
    noise = np.random.default_rng(chance.getrandbits(32))
    sheet = _creased(np.asarray(page, np.float32), taken, chance)
    grey, mask = _seen(sheet, taken)
    ground = _GROUNDS[taken.ground](taken.size, noise)
    lit = _laid(grey, mask, ground) * _light(taken, chance)[..., np.newaxis]
    picture = _focused(lit.astype(np.float32), taken, noise)
    image = Image.fromarray(picture.clip(0, 255).astype(np.uint8), "RGB")
    return _stored(image, taken)


def _creased(page: Field, shot: Shot, chance: random.Random) -> Field:
    """Print is not black and paper not white; a letter was folded in three for its envelope."""
    grey = 28 + page * (226 - 28) / 255
    if shot.folds and page.shape[0] > page.shape[1]:
        rows = np.arange(page.shape[0], dtype=np.float32)[:, np.newaxis]
        for part in (1 / 3, 2 / 3):
            place = page.shape[0] * (part + chance.uniform(-0.02, 0.02))
            away = (rows - place) / page.shape[0]
            grey = grey - 26 * np.exp(-((away / 0.0012) ** 2))
            grey = grey - chance.uniform(-9, 9) * np.sign(away) * np.exp(-np.abs(away) / 0.03)
    return grey.astype(np.float32)


def _seen(sheet: Field, shot: Shot) -> tuple[Field, Field]:
    """Return the sheet as the lens sees it, and where it is (0 to 1)."""
    width, height = shot.size
    high, wide = sheet.shape
    view = cv2.getPerspectiveTransform(_corners(wide, high, shot), _rectangle(wide, high))
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    depth = view[2, 0] * across + view[2, 1] * down + view[2, 2]
    x = (view[0, 0] * across + view[0, 1] * down + view[0, 2]) / depth
    y = (view[1, 0] * across + view[1, 1] * down + view[1, 2]) / depth
    y += shot.curl * high * np.sin(np.pi * x / wide)
    x, y = x.astype(np.float32), y.astype(np.float32)
    shrink = wide / (width * (1 - 2 * shot.margin))
    soft = cv2.GaussianBlur(sheet, (0, 0), max(0.45 * shrink, 0.3))  # or small print would flicker
    grey = cv2.remap(soft, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inside = np.minimum.reduce([x, y, wide - x, high - y]) / max(shrink, 1)
    return np.asarray(grey, np.float32), np.clip(inside + 0.5, 0, 1).astype(np.float32)


def _rectangle(wide: float, high: float) -> NDArray[np.float32]:
    return np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)


def _corners(wide: int, high: int, shot: Shot) -> NDArray[np.float32]:
    """Return where the sheet's corners lie in the photo, clockwise from top left."""
    width, height = shot.size
    room = 1 - 2 * shot.margin
    scale = min(width * room / wide, height * room / high)
    box = (_rectangle(wide, high) - (wide / 2, high / 2)) * scale
    turn = np.radians(shot.tilt)
    box = box @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    box += np.array(shot.lean).reshape(4, 2) * min(width, wide * scale)
    box += (width / 2, height / 2)
    return box.clip((4, 4), (width - 4, height - 4)).astype(np.float32)


def _laid(grey: Field, mask: Field, ground: Field) -> Field:
    """Put the sheet on the table, with the thin shadow that its edge throws."""
    small = cv2.resize(mask, None, fx=1 / _FIELD, fy=1 / _FIELD, interpolation=cv2.INTER_AREA)
    thrown = cv2.GaussianBlur(np.roll(small, (1, 1), (0, 1)), (0, 0), 1.2)
    dark = cv2.resize(thrown, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    below = ground * (1 - 0.45 * dark)[..., np.newaxis]
    paper = grey[..., np.newaxis] * np.array((1.0, 0.985, 0.955), np.float32)
    return np.asarray(below + (paper - below) * mask[..., np.newaxis], np.float32)


def _light(shot: Shot, chance: random.Random) -> Field:
    """Return how bright each place is: a lamp to one side, the shadow of a hand or the phone."""
    width, height = (side // _FIELD for side in shot.size)
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    lamp = chance.uniform(-0.2, 1.2) * width, chance.uniform(-0.3, 1.0) * height
    away = np.hypot(across - lamp[0], down - lamp[1])
    light = 1.04 - shot.shade * away / away.max()
    if shot.shadow:
        hidden = np.zeros((height, width), np.float32)
        side = chance.choice((-0.1, 1.1)) * width
        middle = chance.uniform(0.2, 0.9) * height
        reach = chance.uniform(0.4, 0.8) * width
        shape = [
            (side, middle - 0.5 * reach),
            (width / 2 + chance.uniform(-0.3, 0.3) * width, middle - 0.2 * reach),
            (width / 2 + chance.uniform(-0.3, 0.3) * width, middle + 0.3 * reach),
            (side, middle + 0.7 * reach),
        ]
        cv2.fillConvexPoly(hidden, np.array(shape, np.int32), (1.0,))
        light -= shot.shadow * cv2.GaussianBlur(hidden, (0, 0), chance.uniform(1.5, 8))
    return np.asarray(cv2.resize(light, shot.size, interpolation=cv2.INTER_CUBIC), np.float32)


def _focused(picture: Field, shot: Shot, noise: np.random.Generator) -> Field:
    """Blur by focus and a shaking hand; add the sensor's grain."""
    blurred = cv2.GaussianBlur(picture, (0, 0), shot.blur * shot.size[0] / 3024)
    if shot.shake:
        kernel = np.zeros((shot.shake, shot.shake), np.float32)
        np.fill_diagonal(kernel, 1 / shot.shake)
        blurred = cv2.filter2D(blurred, -1, kernel)
    grain = noise.standard_normal(blurred.shape[:2], np.float32) * shot.noise
    return np.asarray(blurred + grain[..., np.newaxis], np.float32)


def _stored(image: Image.Image, shot: Shot) -> bytes:
    if shot.lying:
        image = image.transpose(_LYING[shot.lying - 1])
    if shot.orientation in _STORED_AS:
        image = image.transpose(_STORED_AS[shot.orientation])
    exif = Image.Exif()
    exif[_ORIENTATION] = shot.orientation
    out = io.BytesIO()
    image.save(out, "JPEG", quality=shot.quality, exif=exif)
    return out.getvalue()


def _wood(size: tuple[int, int], noise: np.random.Generator) -> Field:
    """Brown boards with grain along them."""
    grain = noise.standard_normal((size[1] // 4, size[0] // 4), np.float32)
    grain = cv2.GaussianBlur(grain, (0, 0), sigmaX=40, sigmaY=1.2)
    grain = cv2.resize(grain / (np.abs(grain).max() + 1e-6), size)
    board = size[1] // 5
    gaps = (np.arange(size[1]) % board < 5).astype(np.float32)[:, np.newaxis]
    level = (1 + 0.35 * grain) * (1 - 0.5 * gaps)
    return level[..., np.newaxis] * np.array((128, 88, 56), np.float32)


def _cloth(size: tuple[int, int], noise: np.random.Generator) -> Field:
    """A woven table cloth, light blue."""
    down, across = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    weave = 1 + 0.06 * np.sin(across / 3) * np.sin(down / 3)
    weave = weave + 0.03 * noise.standard_normal(weave.shape, np.float32)
    return (weave[..., np.newaxis] * np.array((142, 160, 182), np.float32)).astype(np.float32)


def _stone(size: tuple[int, int], noise: np.random.Generator) -> Field:
    """A speckled kitchen counter."""
    specks = noise.standard_normal((size[1] // 3, size[0] // 3), np.float32)
    specks = cv2.resize(cv2.GaussianBlur(specks, (0, 0), 1.3), size)
    return (1 + 0.7 * specks[..., np.newaxis]) * np.array((112, 108, 104), np.float32)


def _dark(size: tuple[int, int], noise: np.random.Generator) -> Field:
    """A black desk."""
    level = 36 + 3 * noise.standard_normal((size[1], size[0]), np.float32)
    return np.repeat(level[..., np.newaxis], 3, axis=2)


def _pale(size: tuple[int, int], noise: np.random.Generator) -> Field:
    """A table almost as white as paper: its edge is hard to see."""
    level = 196 + 3 * noise.standard_normal((size[1], size[0]), np.float32)
    return level[..., np.newaxis] * np.array((1, 0.99, 0.97), np.float32)


_GROUNDS: Final = (_wood, _cloth, _stone, _dark, _pale)
