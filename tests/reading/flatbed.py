"""Papers as a flatbed scanner and a fax machine see them."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from time import strptime
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

_PLATEN: Final = (8.5, 11.0)  # inches; a receipt lies in the corner of it
_FAX_ACROSS: Final = 204
_FAX_DOWN: Final = (98, 196, 196, 196)  # standard resolution is seldom chosen today
_MADE_AT: Final = strptime("2026-01-01 12:00", "%Y-%m-%d %H:%M")

Grey = NDArray[np.uint8]


def scan(pages: Sequence[Image.Image], page_dpi: int, chance: random.Random) -> bytes:
    """Return grey pages as a PDF that holds pictures only: a little askew, soft and dusty."""
    dpi = chance.choice((150, 150, 200, 200, 200))
    tilt, soft = chance.uniform(-1.4, 1.4), chance.uniform(0.35, 0.8)
    black, white = chance.uniform(10, 60), chance.uniform(228, 252)
    noise = _noise(chance)
    scanned: list[Image.Image] = []
    for page in pages:
        bed = _on_platen(page, page_dpi, dpi, dpi)
        grey = cv2.GaussianBlur(_turned(bed, tilt, 250), (0, 0), soft).astype(np.float32)
        grey = np.asarray(black + grey * (white - black) / 255, np.float32)
        grey += noise.standard_normal(grey.shape, np.float32) * chance.uniform(1.5, 5)
        _shade_edge(grey, chance)
        _dust(grey, chance, dpi)
        scanned.append(Image.fromarray(grey.clip(0, 255).astype(np.uint8)))
    return _as_pdf(scanned, (dpi, dpi), quality=chance.randint(60, 85))


def fax(
    pages: Sequence[Image.Image], page_dpi: int, chance: random.Random
) -> tuple[bytes, str, str]:
    """Return grey pages in black and white as a fax machine keeps them, the kind and suffix.

    A TIFF with Group 4 compression, or a PDF as a fax service mails it. The dots are not square.
    """
    down = chance.choice(_FAX_DOWN)
    tilt, level = chance.uniform(-0.8, 0.8), chance.uniform(120, 185)
    noise = _noise(chance)
    header = _fax_header(chance) if chance.random() < 0.7 else None
    streak = chance.random() < 0.5
    sent: list[Image.Image] = []
    for number, page in enumerate(pages, start=1):
        bed = _turned(_on_platen(page, page_dpi, _FAX_ACROSS, down), tilt, 255)
        grey = cv2.GaussianBlur(bed, (0, 0), 0.5).astype(np.float32)
        grey += noise.standard_normal(grey.shape, np.float32) * 14
        dots = np.where(grey > level, 255, 0).astype(np.uint8)
        specks = noise.random(dots.shape)
        dots[specks < 0.0003] = 0
        dots[specks > 0.998] = 255
        if streak:
            _streaks(dots, chance)
        picture = Image.fromarray(dots)
        if header:
            _stamp(picture, f"{header}   P. {number:02}/{len(pages):02}", down)
        sent.append(picture.convert("1", dither=Image.Dither.NONE))
    if chance.random() < 0.6:
        return _as_tiff(sent, (_FAX_ACROSS, down)), "image/tiff", ".tif"
    return _as_pdf(sent, (_FAX_ACROSS, down)), "application/pdf", ".pdf"


def _noise(chance: random.Random) -> np.random.Generator:
    return np.random.default_rng(chance.getrandbits(32))


def _on_platen(page: Image.Image, page_dpi: int, across: int, down: int) -> Grey:
    """Return the page in these dots per inch on a bed of Letter size, or longer if it is."""
    inches = page.width / page_dpi, page.height / page_dpi
    size = round(inches[0] * across), round(inches[1] * down)
    wide, high = max(round(_PLATEN[0] * across), size[0]), max(round(_PLATEN[1] * down), size[1])
    bed = np.full((high, wide), 236 if inches[0] < _PLATEN[0] - 1 else 255, np.uint8)
    bed[: size[1], : size[0]] = np.asarray(page.resize(size, Image.Resampling.LANCZOS))
    return bed


def _turned(picture: Grey, degrees: float, fill: int) -> Grey:
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    out = cv2.warpAffine(
        picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(float(fill),)
    )
    return np.asarray(out, np.uint8)


def _shade_edge(grey: NDArray[np.float32], chance: random.Random) -> None:
    """Darken one long side, as where a page does not lie flat."""
    if chance.random() < 0.5:
        return
    depth = chance.uniform(20, 80)
    reach = int(grey.shape[1] * chance.uniform(0.01, 0.04)) + 1
    ramp = depth * np.exp(-np.arange(grey.shape[1], dtype=np.float32) / reach)
    grey -= ramp if chance.random() < 0.5 else ramp[::-1]


def _dust(grey: NDArray[np.float32], chance: random.Random, dpi: int) -> None:
    height, width = grey.shape
    for _ in range(chance.randint(0, 25)):
        place = chance.randrange(width), chance.randrange(height)
        cv2.circle(grey, place, max(round(dpi * chance.uniform(0.002, 0.008)), 1), (90.0,), -1)


def _streaks(dots: Grey, chance: random.Random) -> None:
    """Dirt on the glass draws lines down the page; lost lines leave white ones across it."""
    height, width = dots.shape
    for _ in range(chance.randint(0, 2)):
        place = chance.randrange(width)
        dots[:, place : place + chance.randint(1, 2)] = 0
    for _ in range(chance.randint(0, 6)):
        line = chance.randrange(height)
        dots[line : line + 1, :] = 255


def _fax_header(chance: random.Random) -> str:
    day = f"{chance.randint(1, 12):02}/{chance.randint(1, 28):02}/2026"
    stamp = f"{day} {chance.randint(8, 17)}:{chance.randint(10, 59)}"
    return f"{stamp}   FROM: 555-0{chance.randint(100, 199)}   TO: 555-0{chance.randint(100, 199)}"


def _stamp(picture: Image.Image, text: str, down: int) -> None:
    """Print the line that the machine puts over a page."""
    strip = Image.new("L", (picture.width, 30), 255)
    ImageDraw.Draw(strip).text((60, 3), text, 0, ImageFont.load_default(22))
    strip = strip.resize((picture.width, max(30 * down // _FAX_ACROSS, 14)))
    picture.paste(strip.point([255 * (level > 140) for level in range(256)]), (0, 8))


def _as_pdf(
    pages: Sequence[Image.Image], dpi: tuple[int, int], quality: int | None = None
) -> bytes:
    """Return a PDF of pictures: JPEGs of this quality, or Group 4 if they are black and white."""
    out = io.BytesIO()
    first, *others = pages
    jpeg = {} if quality is None else {"quality": quality}
    first.save(
        out, "PDF", dpi=dpi, save_all=True, append_images=others,
        creationDate=_MADE_AT, modDate=_MADE_AT, **jpeg,
    )  # fmt: skip
    return out.getvalue()


def _as_tiff(pages: Sequence[Image.Image], dpi: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    first, *others = pages
    first.save(out, "TIFF", save_all=True, append_images=others, compression="group4", dpi=dpi)
    return out.getvalue()
