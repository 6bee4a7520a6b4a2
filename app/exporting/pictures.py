"""Photos and scans as pages: upright, undistorted, in their own colours."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pi_heif
from pikepdf import Dictionary, Name, Object
from PIL import ExifTags, Image, ImageFile, ImageOps

from app.domain.errors import UserError
from app.exporting.image_stream import ImageData, encode, image_object
from app.exporting.jpeg import BareJpeg, bare_jpeg
from app.exporting.photo_data import PHOTO_DATA
from app.exporting.piece import Piece, Reading, Readings

FORMATS: Final = ("JPEG", "PNG", "TIFF", "HEIF", "WEBP", "GIF", "BMP", "PPM")
"""What is opened; never EPS and its like, which would start another program."""

POINTS_PER_PIXEL: Final = 0.72
"""Pictures are laid out at 100 dots per inch, then shrunk to the page: never coarser than that."""
_MOST_PIXELS: Final = 250_000_000
_MOST_PIXELS_DECODED: Final = 110_000_000

_SHEET_DOTS: Final = 300
"""Dots per inch of a flattened sheet at most: a scanner gives no more."""
_WORTH_IT: Final = 0.9
_PAPER: Final = 0.1  # of a sheet, its brightest part, is surely paper
_WHITE: Final = 252
_MOST_GAIN: Final = 1.6

_TURNS: Final = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
"""How the stored picture is turned for each EXIF orientation, on a page of 1 × 1."""

Image.init()
pi_heif.register_heif_opener()


def add_pictures(source: Path, readings: Readings, piece: Piece) -> None:
    """Append each picture of a file as a page; `readings` are those of its pages in turn.

    Raises:
        UserError: the file is no picture that can be shown; the sentence says why.
    """
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with Image.open(source, formats=FORMATS) as image:
            _add_frames(image, source, readings, piece)
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError) as error:
        raise UserError(
            "This picture is damaged and cannot be shown. Take the photo again, or open it in "
            "another program, save it as JPEG and add that."
        ) from error


def _too_large() -> UserError:
    return UserError(
        "This picture has more dots than can be printed. Save it in a smaller size and add that."
    )


def _add_frames(image: Image.Image, source: Path, readings: Readings, piece: Piece) -> None:
    if image.width * image.height > _MOST_PIXELS:
        raise _too_large()
    if image.format in {"JPEG", "MPO"} and _add_jpeg(image, source, readings, piece):
        return
    frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    piece.pages_of_original = frames
    for number in readings.chosen(frames):
        image.seek(number)
        if image.width * image.height > _MOST_PIXELS_DECODED:
            raise _too_large()
        across, up = _pixel_shape(image)
        upright = _decoded(image, piece)
        reading = readings.of(number)
        if reading.corners and _add_sheet(upright, reading, piece):
            continue
        _add_image(encode(upright, is_photo=_is_lossy(image)), (across, up), reading, piece)


def _add_sheet(image: Image.Image, reading: Reading, piece: Piece) -> bool:
    """Append the sheet of paper that is seen in a photo: flat, and in its true proportions.

    False if its corners make no sheet.
    """
    from app.imaging.sheet import Sheet, evened, is_sheet, laid_flat  # noqa: PLC0415 - OpenCV: 25 MB

    corners = reading.corners or ()
    if not is_sheet(corners):
        return False
    sheet = Sheet.of(corners, image.size)
    finest = _SHEET_DOTS / 72 * sheet.height_pt / sheet.height
    seen = image if image.mode == "RGB" else image.convert("RGB")
    if finest < _WORTH_IT:
        size = round(image.width * finest), round(image.height * finest)
        seen = seen.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
        sheet = Sheet.of(corners, size)
    profile = image.info.get("icc_profile")
    if seen is not image:
        image.close()  # its pixels are not needed any more
    flat = laid_flat(seen, sheet)
    if reading.ink != "color":
        flat = _whitened(evened(flat))
    flat.info["icc_profile"] = profile
    size = sheet.width_pt, sheet.height_pt
    form = picture_form(encode(flat, is_photo=True), size, piece)
    piece.add_page(form, *size, reading)
    return True


def _whitened(sheet: Image.Image) -> Image.Image:
    """Return a flat sheet with its paper white: phones show it grey."""
    levels = sheet.convert("L").histogram()
    brighter, paper = 0, 255
    while paper > 1 and brighter < _PAPER * sheet.width * sheet.height:
        brighter += levels[paper]
        paper -= 1
    gain = min(_WHITE / paper, _MOST_GAIN)
    brightened = [min(round(level * gain), 255) for level in range(256)]
    return sheet.point(brightened * len(sheet.getbands())) if gain > 1 else sheet


def _add_jpeg(image: Image.Image, source: Path, readings: Readings, piece: Piece) -> bool:
    """Append a JPEG with its own bytes; False if it must be decoded and encoded again."""
    reading = readings.of(0)
    if reading.corners or not readings.wanted.is_in(0):
        return False
    bare = bare_jpeg(source.read_bytes())
    if bare is None or bare.components not in {1, 3, 4} or (bare.width, bare.height) != image.size:
        return False
    turn = _TURNS[_orientation(image)]
    try:
        image.draft(image.mode, (image.width // 8, image.height // 8))
        image.load()
    except OSError:
        return False
    if bare.dropped:
        piece.removed[PHOTO_DATA] += 1
    _add_image(_as_stored(bare), (1.0, 1.0), reading, piece, turn)
    piece.pages_of_original = 1
    return True


def _as_stored(bare: BareJpeg) -> ImageData:
    return ImageData(
        bare.data, bare.width, bare.height, bare.components, 8, Name.DCTDecode,
        profile=bare.profile, is_inverted=bare.components == 4 and bare.is_adobe,
    )  # fmt: skip


def _orientation(image: Image.Image) -> int:
    found = image.getexif().get(ExifTags.Base.Orientation, 1)
    return found if found in _TURNS else 1


def _pixel_shape(image: Image.Image) -> tuple[float, float]:
    """Return the width and height of one dot, in dots: fax dots are twice as high as wide."""
    across, up = (float(value) for value in image.info.get("dpi", (1, 1)))
    if image.format != "TIFF" or not (0.2 < across / max(up, 1e-6) < 5):
        return 1.0, 1.0
    shape = (1.0, across / up) if across > up else (up / across, 1.0)
    return (shape[1], shape[0]) if _orientation(image) >= 5 else shape


def _decoded(image: Image.Image, piece: Piece) -> Image.Image:
    """Return the current frame, upright; of a cut-off file as much as there is."""
    had_data = bool(image.getexif())
    try:
        image.load()
    except OSError:
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            image.load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
        piece.warnings.append("A picture is cut off: its lower part is missing in the file.")
    if had_data and image.format != "TIFF":
        piece.removed[PHOTO_DATA] += 1
    if image.format == "TIFF":
        return _on_white(ImageOps.exif_transpose(image))
    if image.format != "HEIF":
        ImageOps.exif_transpose(image, in_place=True)  # a copy would double the memory
    return _on_white(image)


def _on_white(image: Image.Image) -> Image.Image:
    """Return the picture as black-and-white, grey or colour, with nothing see-through."""
    if image.mode in {"1", "L", "RGB"} and "transparency" not in image.info:
        return image
    if image.mode.startswith("I") or image.mode == "F":
        return _eight_bit(image)
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return image.convert("RGB")


def _eight_bit(image: Image.Image) -> Image.Image:
    deep = image.convert("F")
    low, high = deep.getextrema()
    top = 65535.0 if isinstance(high, (int, float)) and high > 255 else 255.0
    if isinstance(low, (int, float)) and low < 0:
        top = 255.0
    return deep.point(lambda value: value * (255.0 / top)).convert("L")


def _is_lossy(image: Image.Image) -> bool:
    return image.format in {"HEIF", "JPEG", "MPO"} or image.info.get("compression") == "jpeg"


def add_rendered(
    image: Image.Image, size: tuple[float, float], reading: Reading, piece: Piece
) -> None:
    """Append a rendered page as a picture that fills `size`, in points."""
    form = picture_form(encode(_on_white(image), is_photo=False), size, piece)
    piece.add_page(form, *size, reading)


def _add_image(
    encoded: ImageData,
    pixel: tuple[float, float],
    reading: Reading,
    piece: Piece,
    turn: tuple[int, int, int, int, int, int] = _TURNS[1],
) -> None:
    width = encoded.width * pixel[0] * POINTS_PER_PIXEL
    height = encoded.height * pixel[1] * POINTS_PER_PIXEL
    size = (width, height) if turn[0] else (height, width)
    piece.add_page(picture_form(encoded, size, piece, turn), *size, reading)


def picture_form(
    encoded: ImageData,
    size: tuple[float, float],
    piece: Piece,
    turn: tuple[int, int, int, int, int, int] = _TURNS[1],
) -> Object:
    """Return a picture that fills a page of this size, in points, turned on the way."""
    width, height = size
    a, b, c, d, e, f = turn
    matrix = (a * width, b * height, c * width, d * height, e * width, f * height)
    content = " ".join(f"{number:.3f}" for number in matrix) + " cm /Im Do"
    resources = Dictionary(XObject=Dictionary(Im=image_object(encoded, piece.pdf)))
    return piece.form(content.encode("ascii"), resources, (0, 0, width, height))
