"""Turns a clean page into what a household has: a phone photo, a scan, a fax. No chance in it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from time import strptime

from PIL import Image, ImageChops, ImageFilter

_PHOTO = (1512, 2016)
_MARGIN = 0.05
"""Table to be seen beside the paper, as a part of the photo's width or height."""

_TURNED = {
    1: None,
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}
"""How the pixels of a photo lie for each EXIF orientation; Pillow turns against the clock."""

_ORIENTATION, _CHANGED_AT, _EXIF_IFD, _TAKEN_AT = 274, 306, 0x8769, 36867
_PAPER_TINT = (1.0, 0.985, 0.945)
_FAX_DOTS = (204, 98)
"""Dots per inch across and down: the standard resolution of fax, whose dots are not square."""

_BLACK_OR_WHITE = [255 * (level > 150) for level in range(256)]
_FAINT = [level // 16 for level in range(256)]


@dataclass(frozen=True, slots=True)
class Camera:
    """How a photo was taken.

    `lean` moves the corners of the view (top left, top right, bottom right, bottom left) over the
    paper, as parts of its width; `shade` is how much darker the far corner is; `turn` is the EXIF
    orientation; `ground` the colour of the table.
    """

    taken_on: date
    ground: tuple[int, int, int]
    lean: tuple[float, float, float, float]
    shade: float
    turn: int


def photo(page: Image.Image, camera: Camera) -> bytes:
    """Return the grey page as a JPEG of a phone: leaning, shaded, noisy, perhaps on its side."""
    view = _view(page.size, camera.lean)
    paper = _seen(page, view, Image.Resampling.BICUBIC)
    mask = _seen(Image.new("L", page.size, 255), view, Image.Resampling.BILINEAR)
    paper = ImageChops.add(paper.filter(ImageFilter.GaussianBlur(0.6)), _noise(), offset=-8)
    light = _light(camera.shade)
    channels = [
        ImageChops.multiply(
            Image.composite(paper.point(_dimmed(tint)), Image.new("L", _PHOTO, colour), mask), light
        )
        for tint, colour in zip(_PAPER_TINT, camera.ground, strict=True)
    ]
    taken = Image.merge("RGB", channels)
    turned = _TURNED[camera.turn]
    if turned is not None:
        taken = taken.transpose(turned)
    out = BytesIO()
    taken.save(out, "JPEG", quality=84, exif=_exif(camera))
    return out.getvalue()


def scan(pages: Sequence[Image.Image], *, dots_per_inch: int, made_on: date) -> bytes:
    """Return grey pages as a PDF of pictures without text, a little askew, like a scan."""
    first, *others = [
        page.rotate(0.5, Image.Resampling.BICUBIC, fillcolor=250).filter(
            ImageFilter.GaussianBlur(0.5)
        )
        for page in pages
    ]
    moment = strptime(f"{made_on.isoformat()} 12:00", "%Y-%m-%d %H:%M")
    out = BytesIO()
    first.save(
        out,
        "PDF",
        resolution=dots_per_inch,
        save_all=True,
        append_images=others,
        creationDate=moment,
        modDate=moment,
    )
    return out.getvalue()


def fax(pages: Sequence[Image.Image]) -> bytes:
    """Return grey US Letter pages as a TIFF of several pages as a fax machine keeps it (G4)."""
    across, down = _FAX_DOTS
    size = (int(8.5 * across), 11 * down)
    first, *others = [
        page.resize(size, Image.Resampling.LANCZOS).point(_BLACK_OR_WHITE, "1") for page in pages
    ]
    out = BytesIO()
    first.save(
        out, "TIFF", save_all=True, append_images=others, compression="group4", dpi=_FAX_DOTS
    )
    return out.getvalue()


def _view(paper: tuple[int, int], lean: tuple[float, float, float, float]) -> tuple[float, ...]:
    """The corners of the photo in the paper's own pixels: NW, SW, SE, NE, as Pillow wants them."""
    width, height = paper
    scale = max(width / _PHOTO[0], height / _PHOTO[1]) * (1 + 2 * _MARGIN)
    left = (width - _PHOTO[0] * scale) / 2
    top = (height - _PHOTO[1] * scale) / 2
    right, bottom = width - left, height - top
    nw, ne, se, sw = (part * width for part in lean)
    return (
        left + nw, top + ne, left - sw, bottom + se, right + se, bottom - sw, right - ne, top + nw
    )  # fmt: skip


def _seen(
    picture: Image.Image, view: tuple[float, ...], resampling: Image.Resampling
) -> Image.Image:
    return picture.transform(_PHOTO, Image.Transform.QUAD, view, resampling, fill=1, fillcolor=0)


def _light(shade: float) -> Image.Image:
    """A light that falls off towards the bottom right corner."""
    darkest = round(255 * (1 - shade))
    fall = Image.linear_gradient("L").rotate(145, Image.Resampling.BILINEAR, fillcolor=128)
    inner = fall.crop((48, 48, 208, 208)).resize(_PHOTO, Image.Resampling.BICUBIC)
    return inner.point([darkest + level * (255 - darkest) // 255 for level in range(256)])


@cache
def _noise() -> Image.Image:
    """Grain between 0 and 16, the same in every run."""
    grain = random.Random(26).randbytes(_PHOTO[0] * _PHOTO[1])  # noqa: S311 - grain, no secret
    return Image.frombytes("L", _PHOTO, grain).point(_FAINT)


def _dimmed(part: float) -> list[int]:
    return [round(level * part) for level in range(256)]


def _exif(camera: Camera) -> Image.Exif:
    moment = f"{camera.taken_on:%Y:%m:%d} 18:20:00"
    exif = Image.Exif()
    exif[_ORIENTATION] = camera.turn
    exif[_CHANGED_AT] = moment
    exif.get_ifd(_EXIF_IFD)[_TAKEN_AT] = moment
    return exif
