"""Pictures of papers through Pillow: photos, scans, faxes. Runs in a worker only."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import numpy as np
import pi_heif
from PIL import ExifTags, Image

from app.domain.errors import UnreadableError
from app.importing import sentences
from app.importing.limits import MAX_PAGES, MAX_PIXELS, POINTS
from app.importing.pictures import SIDEWAYS, Fit, Picture, as_exif_says

FORMATS: Final = {
    "image/jpeg": ("JPEG",),  # also opens the MPO of phones that keep two pictures in one file
    "image/png": ("PNG",),
    "image/tiff": ("TIFF",),
    "image/gif": ("GIF",),
    "image/bmp": ("BMP",),
    "image/webp": ("WEBP",),
    "image/heic": ("HEIF",),
}
"""The formats opened for each kind of file, never another: Pillow would open PostScript too."""

_DAMAGED: Final = (
    OSError,
    EOFError,
    SyntaxError,  # Pillow's own, for a broken PNG or TIFF
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)
_ORIENTATION: Final = 0x0112
_EXPOSURE: Final = 0x829A  # how long the shutter was open; scanners have none
_CAMERA_FORMATS: Final = frozenset(("JPEG", "MPO", "PNG", "WEBP", "HEIF"))
_REDUCED_AS_STORED: Final = frozenset(("L", "RGB", "RGBA", "CMYK"))
_PAPER_INCHES: Final = (1.0, 24.0)  # a picture of another size does not tell its true resolution
_LEAST_SCANNED: Final = 90.0  # dots per inch; fewer say screens, and Pillow where EXIF is silent
_LONG_SIDE_PT: Final = 792.0  # 11 inches: what a photo without a true resolution is taken for
_MOST_PIXEL_RATIO: Final = 4.0  # fax pixels are up to 2.1 times as tall as wide
_DRAFT_SLACK: Final = 0.95  # half of a 12-megapixel photo is a hair less than wanted, and enough

_TOO_LARGE: Final = sentences.TOO_LARGE_PICTURE.format(most=MAX_PIXELS // 1_000_000)

pi_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


@contextmanager
def opened(path: str, media_type: str) -> Generator[Image.Image]:
    """Open a picture; whatever Pillow stumbles over becomes a sentence.

    Raises:
        UnreadableError: it is damaged, or too large.
    """
    try:
        with Image.open(path, formats=FORMATS[media_type]) as image:
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadableError(_TOO_LARGE) from error
    except _DAMAGED as error:
        raise UnreadableError(sentences.DAMAGED_PICTURE) from error


def page_count(image: Image.Image) -> int:
    """Return the number of pages: those of a TIFF; any other picture is one page.

    Raises:
        UnreadableError: there are more than are read.
    """
    count = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
    if count > MAX_PAGES:
        raise UnreadableError(sentences.TOO_MANY_PAGES.format(pages=count, most=MAX_PAGES))
    return count


def picture(image: Image.Image, number: int, fit: Fit) -> Picture:
    """Decode a page (the first is 1), upright as far as the file knows; never blown up.

    Raises:
        UnreadableError: there is no such page, or it is too large.
    """
    if not 1 <= number <= page_count(image):
        raise UnreadableError(sentences.NO_SUCH_PAGE.format(page=number))
    if image.format == "TIFF":
        image.seek(number - 1)
    if image.width * image.height > MAX_PIXELS:  # a later page of a TIFF is not checked by Pillow
        raise UnreadableError(_TOO_LARGE)
    shape = _Shape.of(image)
    if image.format in {"JPEG", "MPO"}:
        wanted = _wanted_size(image, shape.ratio, fit)
        image.draft("RGB", (round(wanted[0] * _DRAFT_SLACK), round(wanted[1] * _DRAFT_SLACK)))
        image.load()
    else:
        image.load()  # only now a PNG tells its orientation, and a TIFF turns itself
        wanted = _wanted_size(image, shape.ratio, fit)
    seen = as_exif_says(_resized(image, wanted), _orientation(image))
    width_pt, height_pt = shape.width_pt, shape.height_pt
    if _orientation(image) in SIDEWAYS:
        width_pt, height_pt = height_pt, width_pt
    return Picture(seen, width_pt, height_pt, photographed=_may_be_photo(image, shape))


def _may_be_photo(image: Image.Image, shape: _Shape) -> bool:
    """Say whether a picture may come from a camera: a scan or a fax knows its true size."""
    if image.format not in _CAMERA_FORMATS:
        return False
    return not shape.scanned or _EXPOSURE in image.getexif().get_ifd(ExifTags.IFD.Exif)


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation still to be followed. HEIC and loaded TIFF are turned already."""
    if image.format == "HEIF":
        return 1
    orientation: object = image.getexif().get(_ORIENTATION)
    return orientation if isinstance(orientation, int) else 1


def _wanted_size(image: Image.Image, ratio: float, fit: Fit) -> tuple[int, int]:
    """Return the size in pixels, as stored, that makes the page as large as `fit` wants it seen."""
    width, height = image.width, image.height * ratio
    sides = (height, width) if _orientation(image) in SIDEWAYS else (width, height)
    scale = min(fit(*sides), 1.0)
    return max(round(width * scale), 1), max(round(height * scale), 1)


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a picture as stored lies on paper; its pixels are `ratio` times as tall as wide."""

    width_pt: float
    height_pt: float
    ratio: float
    scanned: bool

    @classmethod
    def of(cls, image: Image.Image) -> _Shape:
        """Work out the shape from resolution and pixels, before the picture is loaded."""
        width, height = image.size
        across, down = _resolution(image)
        if image.format == "TIFF" and _orientation(image) in SIDEWAYS:
            across, down = down, across  # Pillow has turned the size already, not the resolution
        ratio = across / down if image.format == "TIFF" and across and down else 1.0
        if not 1 / _MOST_PIXEL_RATIO <= ratio <= _MOST_PIXEL_RATIO:
            ratio = 1.0
        least, most = _PAPER_INCHES
        if (
            across
            and down
            and all(least <= side <= most for side in (width / across, height / down))
        ):
            scanned = min(across, down) >= _LEAST_SCANNED
            return cls(width / across * POINTS, height / down * POINTS, ratio, scanned)
        scale = _LONG_SIDE_PT / max(width, height * ratio)
        return cls(width * scale, height * ratio * scale, ratio, scanned=False)


def _resolution(image: Image.Image) -> tuple[float, float]:
    """Return the dots per inch across and down, zeros if the file does not say."""
    try:
        across, down = map(float, image.info.get("dpi", (0, 0)))
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0, 0.0
    return (across, down) if across >= 1 and down >= 1 else (0.0, 0.0)


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return the picture in RGB and in this size, without holding more than it must."""
    factor = min(image.width // size[0], image.height // size[1])
    if factor > 1 and image.mode in _REDUCED_AS_STORED:
        image = image.reduce(factor)  # before anything needs the whole picture a second time
    plain = _rgb(image)
    return plain if plain.size == size else plain.resize(size, Image.Resampling.BICUBIC)


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    if image.mode.startswith("I") or image.mode == "F":
        image = _eight_bits(image)
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a grey picture of 16 or 32 bits as one of 8; Pillow would cut off what is bright."""
    grey = np.asarray(image).astype(np.float32)
    brightest = 0xFFFF if image.mode.startswith("I;16") else max(float(grey.max()), 255.0)
    return Image.fromarray((grey * (255 / brightest)).clip(0, 255).astype(np.uint8))
