"""Pictures made smaller in the copy: never below the dots that small print needs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

import pikepdf
from pikepdf import Array, Name, Object, Stream
from PIL import Image

from app.exporting.frame import placements
from app.exporting.piece import Piece
from app.exporting.placed import placed_pictures

_WORTH: Final = 1.2
"""By how much a picture must be too fine to be made smaller."""
_GAIN: Final = 0.8
"""What is left of its bytes at most; less gain is not worth a second encoding."""
_FINEST: Final = 1_000_000
_QUALITY: Final = 80
_MODES: Final = {"/DeviceGray": "L", "/CalGray": "L", "/DeviceRGB": "RGB", "/CalRGB": "RGB"}
_MODES_BY_COLOURS: Final = {1: "L", 3: "RGB"}
_PICTURE_STRIP: Final = 288.0


def shrink(piece: Piece, dots: int, full: frozenset[int], *, is_picture: bool) -> list[int]:
    """Give pictures at most `dots` dots per inch of the sheet on which their page will lie.

    Pictures on pages of the original that are in `full` (from 0) stay as they are. Returns the
    pages of the piece, from 0, on which pictures became smaller.
    """
    needed: dict[tuple[int, int], tuple[float, float]] = {}
    shown: dict[tuple[int, int], list[int]] = {}
    pictures: dict[tuple[int, int], Stream] = {}
    for place, picture, width, height in _placed(piece, is_picture=is_picture):
        key = picture.objgen
        pictures[key] = picture
        before = needed.get(key, (0.0, 0.0))
        finest = _FINEST if piece.readings[place].number in full else dots
        needed[key] = (max(before[0], width * finest), max(before[1], height * finest))
        shown.setdefault(key, []).append(place)
    return sorted(
        {place for key, picture in pictures.items() if _shrunk(picture, *needed[key])
         for place in shown[key]}
    )  # fmt: skip


def _placed(piece: Piece, *, is_picture: bool) -> Iterator[tuple[int, Stream, float, float]]:
    """Yield the pictures of each page with their width and height on the sheet in inches."""
    strip = _PICTURE_STRIP if is_picture else None
    for place, page in enumerate(piece.pdf.pages):
        scale = placements(*piece.sizes[place], strip_width=strip)[0].scale / 72
        try:
            found = list(placed_pictures(page.obj.Resources.XObject.P))
        except (pikepdf.PdfError, ValueError, TypeError):
            continue  # a drawing that cannot be followed goes in with the pictures it has
        for picture, width, height in found:
            yield place, picture, width * scale, height * scale


def _shrunk(picture: Stream, across: float, down: float) -> bool:
    """Make a picture smaller that is finer than so many dots; return whether it was."""
    width, height = int(picture.get("/Width", 0)), int(picture.get("/Height", 0))
    if not width or not height:
        return False
    factor = max(across / width, down / height)
    mode = _mode(picture)
    if mode is None or factor * _WORTH > 1 or "/Decode" in picture or "/Mask" in picture:
        return False
    size = max(round(width * factor), 1), max(round(height * factor), 1)
    image = _decoded(picture, mode, (width, height))
    if image is None:
        return False
    data = io.BytesIO()
    small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    small.info.clear()  # a comment or a profile would be written too
    small.save(data, "JPEG", quality=_QUALITY)
    if len(data.getvalue()) > _GAIN * len(picture.read_raw_bytes()):
        return False
    picture.write(data.getvalue(), filter=Name.DCTDecode)
    picture["/Width"], picture["/Height"] = size
    return True


def _mode(picture: Stream) -> str | None:
    """Return how Pillow calls the colours of a picture; None for those that stay as they are."""
    space: Object | None = picture.get("/ColorSpace")
    if int(picture.get("/BitsPerComponent", 8)) != 8 or bool(picture.get("/ImageMask", False)):
        return None
    if isinstance(space, Array) and len(space) > 1 and space[0] == Name.ICCBased:
        return _MODES_BY_COLOURS.get(int(space[1].get("/N", 0)))
    if isinstance(space, Array) and len(space) > 0:
        space = space[0]
    return _MODES.get(str(space)) if isinstance(space, Name) else None


def _decoded(picture: Stream, mode: str, size: tuple[int, int]) -> Image.Image | None:
    filters = picture.get("/Filter")
    if isinstance(filters, Array) and len(filters) == 1:
        filters = filters[0]
    try:
        if filters == Name.DCTDecode:
            image = Image.open(io.BytesIO(picture.read_raw_bytes()), formats=("JPEG",))
            image.load()
            return image if image.mode == mode and image.size == size else None
        if filters == Name.FlateDecode:
            return Image.frombytes(mode, size, picture.read_bytes())
    except (OSError, ValueError, pikepdf.PdfError):
        return None
    return None
