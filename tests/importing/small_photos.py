"""Photographed papers for these tests, drawn by our own code: tables, light, lenses, hands.

Each photo tells where the corners of its sheet lie, so that what was found can be measured.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

SAID = (
    "the claim was denied because medical necessity records of provider infusion therapy and "
    "treatment member benefit review decision letter date appeal within days you may request a "
    "copy of the plan documents coverage authorization number amount paid service hospital"
)

Quad = tuple[float, float, float, float, float, float, float, float]
STRAIGHT: Quad = (0.12, 0.09, 0.88, 0.09, 0.88, 0.91, 0.12, 0.91)
LEANING: Quad = (0.17, 0.12, 0.80, 0.08, 0.93, 0.88, 0.07, 0.93)
STRONG: Quad = (0.25, 0.20, 0.73, 0.17, 0.95, 0.90, 0.04, 0.94)

_Colour = NDArray[np.float32]
Table = Callable[[int, int, np.random.Generator], _Colour]


@dataclass(frozen=True, slots=True)
class Shot:
    """How a sheet is photographed.

    `quad` are the sheet's corners as fractions of the photo (clockwise from the sheet's top left);
    `curl` bends its edges by this part of the photo's width; `shade` is how much darker the far
    side is; `shadow` how dark a hand's shadow on it is; `things` are painted over the finished
    photo.
    """

    quad: Quad = LEANING
    size: tuple[int, int] = (1512, 2016)
    table: Table = field(default=lambda width, height, _: plain(width, height, (70, 55, 45)))
    shade: float = 0.25
    shadow: float = 0.0
    curl: float = 0.0
    blur: float = 0.7
    noise: float = 4.0
    paper: tuple[float, float, float] = (1.0, 0.985, 0.95)
    things: Callable[[Image.Image], None] | None = None


def letter(lines: int = 40, size: tuple[int, int] = (1275, 1650), seed: int = 5) -> Image.Image:
    """A dense typed page at 150 dpi; `words_of` tells what it says."""
    page = Image.new("L", size, 250)
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(22)
    step = (size[1] - 240) // lines
    for row, line in enumerate(letter_lines(lines, seed, most=max(size[0] // 150, 2))):
        draw.text((110, 120 + row * step), line, 25, font)
    return page.convert("RGB")


def letter_lines(lines: int = 40, seed: int = 5, most: int = 8) -> list[str]:
    """The lines of `letter`."""
    chance, known = np.random.default_rng(seed), cycle(SAID.split())
    rows: list[str] = []
    for row in range(lines):
        said = [next(known) for _ in range(int(chance.integers(min(3, most), most + 1)))]
        rows.append(f"{' '.join(said)} ${chance.integers(100, 9999)}.{row + 10}")
    return rows


def receipt(lines: int = 44, seed: int = 3) -> Image.Image:
    """A receipt three times as long as wide."""
    return letter(lines, (560, 1900), seed)


def plain(width: int, height: int, colour: Sequence[float]) -> _Colour:
    """A table of one colour."""
    return np.full((height, width, 3), colour, np.float32)


def table_of(colour: Sequence[float]) -> Table:
    """A table of one colour, for a `Shot`."""
    return lambda width, height, _: plain(width, height, colour)


def wood(width: int, height: int, chance: np.random.Generator) -> _Colour:
    """Boards with grain along them and dark joints."""
    grain = cv2.GaussianBlur(
        chance.normal(0, 60, (height, width)).astype(np.float32), (0, 0), sigmaX=80, sigmaY=1.2
    )
    base = plain(width, height, (150, 105, 66)) + grain[..., None] * 3
    for joint in range(height // 7, height, height // 4):
        base[joint : joint + 4] *= 0.45
    return base


def checked_cloth(width: int, height: int, _: np.random.Generator) -> _Colour:
    """A tablecloth in red and white squares."""
    y, x = np.mgrid[0:height, 0:width] // (width // 14)
    stripes = ((x % 2) + (y % 2)).astype(np.float32)[..., None] / 2
    return (1 - stripes) * (235, 232, 228) + stripes * np.array((170, 45, 50), np.float32)


def granite(width: int, height: int, chance: np.random.Generator) -> _Colour:
    """A speckled worktop."""
    fine = cv2.GaussianBlur(chance.normal(0, 1, (height, width)).astype(np.float32), (0, 0), 3)
    coarse = cv2.GaussianBlur(chance.normal(0, 1, (height, width)).astype(np.float32), (0, 0), 12)
    return plain(width, height, (120, 118, 116)) + (fine * 180 + coarse * 700)[..., None]


def white_table(width: int, height: int, _: np.random.Generator) -> _Colour:
    """A white table, hardly darker than the paper; the shadow under the sheet tells them apart."""
    return plain(width, height, (232, 232, 230))


def grey_table(width: int, height: int, _: np.random.Generator) -> _Colour:
    """A light grey desk."""
    return plain(width, height, (205, 206, 208))


def photo(page: Image.Image, shot: Shot | None = None, seed: int = 1) -> Image.Image:
    """Photograph a page."""
    shot = shot or Shot()
    chance = np.random.default_rng(seed)
    width, height = shot.size
    sheet = np.asarray(page, np.float32) * np.array(shot.paper, np.float32)
    corners = _corners(shot.quad, shot.size)
    tall, wide = sheet.shape[:2]
    flat = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)], np.float32)
    to_sheet = cv2.getPerspectiveTransform(corners, flat)
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    if shot.curl:
        bend = shot.curl * width
        x, y = x + bend * np.sin(y / height * np.pi), y + bend * np.sin(x / width * np.pi * 2)
    w = to_sheet[2, 0] * x + to_sheet[2, 1] * y + to_sheet[2, 2]
    u = ((to_sheet[0, 0] * x + to_sheet[0, 1] * y + to_sheet[0, 2]) / w).astype(np.float32)
    v = ((to_sheet[1, 0] * x + to_sheet[1, 1] * y + to_sheet[1, 2]) / w).astype(np.float32)
    # drawn small, a page must be averaged, not picked from
    shrink = max(wide / np.ptp(corners[:, 0]), 1.0)
    sheet = cv2.GaussianBlur(sheet, (0, 0), 0.35 * shrink) if shrink > 1.2 else sheet
    seen = cv2.remap(sheet, u, v, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    inside = ((u > 0) & (u < wide) & (v > 0) & (v < tall)).astype(np.float32)
    soft = cv2.GaussianBlur(inside, (0, 0), 0.8)[..., None]
    under = cv2.GaussianBlur(inside, (0, 0), 5)
    under = np.roll(under, (4, 4), (0, 1))[..., None]  # light comes from the top left
    ground = shot.table(width, height, chance) * (1 - 0.35 * under)
    scene = ground * (1 - soft) + seen * soft
    scene = cv2.GaussianBlur(scene, (0, 0), shot.blur) if shot.blur else scene
    scene *= _light(shot, width, height)[..., None]
    scene += chance.normal(0, shot.noise, scene.shape).astype(np.float32)
    taken = Image.fromarray(np.clip(scene, 0, 255).astype(np.uint8))
    if shot.things:
        shot.things(taken)
    return taken


def finger(image: Image.Image, at: tuple[float, float], length: float = 0.16) -> None:
    """Lay a finger over the photo from an edge towards the middle, its tip at `at`."""
    width, height = image.size
    x, y = at[0] * width, at[1] * height
    away = -1 if at[0] < 0.5 else 1
    thick, long = 0.06 * width, length * width
    draw = ImageDraw.Draw(image)
    skin = (196, 142, 116)
    draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), skin)
    draw.rectangle(
        (min(x, x + away * long), y - thick / 2, max(x, x + away * long), y + thick / 2), skin
    )


def _corners(quad: Quad, size: tuple[int, int]) -> NDArray[np.float32]:
    return (np.array(quad, np.float32).reshape(4, 2) * np.array(size, np.float32)).astype(
        np.float32
    )


def _light(shot: Shot, width: int, height: int) -> NDArray[np.float32]:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    fall = (x / width + y / height) / 2
    light = 1 - shot.shade * fall
    if shot.shadow:
        hand = ((x - 0.75 * width) ** 2 / (0.4 * width) ** 2) + (
            (y - 0.75 * height) ** 2 / (0.3 * height) ** 2
        ) < 1
        light *= 1 - shot.shadow * cv2.GaussianBlur(hand.astype(np.float32), (0, 0), 25)
    return light
