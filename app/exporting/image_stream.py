"""Picture data in the forms that PDF holds: JPEG, lossless rows, and fax."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf
from PIL import Image, TiffImagePlugin

_LOSSLESS_LIMIT: Final = 3_000_000
"""Beyond this many bytes a lossless picture is a photo and is kept as a good JPEG."""
_QUALITY: Final = 92


@dataclass(frozen=True, slots=True)
class ImageData:
    """A picture as a PDF image stream holds it; `colours` is 1 (grey), 3 (RGB) or 4 (CMYK)."""

    data: bytes
    width: int
    height: int
    colours: int
    bits: int
    filter: Name
    parms: Dictionary | None = None
    profile: bytes = b""
    is_inverted: bool = False


def encode(image: Image.Image, *, is_photo: bool) -> ImageData:
    """Encode a black-and-white, grey or colour picture; without loss unless that is wasteful."""
    if image.mode == "1":
        return _fax(image)
    if not is_photo:
        lossless = _png(image)
        if len(lossless.data) <= _LOSSLESS_LIMIT:
            return lossless
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY, subsampling=0, comment=b"", exif=b"", xmp=b"")
    colours = len(image.getbands())
    profile = _profile(image)
    return ImageData(buffer.getvalue(), *image.size, colours, 8, Name.DCTDecode, profile=profile)


def _profile(image: Image.Image) -> bytes:
    return image.info.get("icc_profile") or b""


def _fax(image: Image.Image) -> ImageData:
    """Encode black and white as fax group 4, which PDF holds as it is."""
    buffer = io.BytesIO()
    options = TiffImagePlugin.ImageFileDirectory_v2()
    options[TiffImagePlugin.ROWSPERSTRIP] = image.height
    image.convert("1").save(buffer, "TIFF", compression="group4", tiffinfo=options)
    buffer.seek(0)
    with TiffImagePlugin.TiffImageFile(buffer) as written:
        tags = written.tag_v2
        (start,) = tags[TiffImagePlugin.STRIPOFFSETS]
        (length,) = tags[TiffImagePlugin.STRIPBYTECOUNTS]
        is_white_zero = tags[TiffImagePlugin.PHOTOMETRIC_INTERPRETATION] == 0
    width, height = image.size
    parms = Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=not is_white_zero)
    data = buffer.getvalue()[start : start + length]
    return ImageData(data, width, height, 1, 1, Name.CCITTFaxDecode, parms)


def _png(image: Image.Image) -> ImageData:
    """Encode without loss: the compressed rows of a PNG are what PDF calls predictor 15."""
    buffer = io.BytesIO()
    bare = image.copy()
    bare.info.clear()
    bare.save(buffer, "PNG")
    colours = len(image.getbands())
    parms = Dictionary(Predictor=15, Colors=colours, BitsPerComponent=8, Columns=image.width)
    data = b"".join(_png_rows(buffer.getvalue()))
    profile = _profile(image)
    return ImageData(data, *image.size, colours, 8, Name.FlateDecode, parms, profile)


def _png_rows(png: bytes) -> list[bytes]:
    rows: list[bytes] = []
    at = 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"IDAT":
            rows.append(png[at + 8 : at + 8 + length])
        at += length + 12
    return rows


def image_object(encoded: ImageData, pdf: Pdf) -> Object:
    """Return the picture as an image of `pdf`."""
    image = pdf.make_stream(encoded.data)
    image["/Type"] = Name.XObject
    image["/Subtype"] = Name.Image
    image["/Width"] = encoded.width
    image["/Height"] = encoded.height
    image["/BitsPerComponent"] = encoded.bits
    image["/ColorSpace"] = _colour_space(encoded, pdf)
    image["/Filter"] = encoded.filter
    image["/Interpolate"] = False
    if encoded.parms is not None:
        image["/DecodeParms"] = encoded.parms
    if encoded.is_inverted:
        image["/Decode"] = Array([1, 0] * 4)
    return image


def _colour_space(encoded: ImageData, pdf: Pdf) -> Object:
    plain = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}[encoded.colours]
    spaces = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}
    profile = encoded.profile
    if profile[36:40] != b"acsp" or profile[16:20] != spaces[encoded.colours]:
        return plain
    stream = pdf.make_stream(profile)
    stream["/N"] = encoded.colours
    stream["/Alternate"] = plain
    return Array([Name.ICCBased, stream])
