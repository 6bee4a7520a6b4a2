"""Photos inside a PDF: the same bytes, without what the camera added to them."""

from __future__ import annotations

import base64
import re
import zlib
from typing import Final

from pikepdf import Array, Dictionary, Name, Pdf, Stream

from app.exporting.jpeg import bare_jpeg
from app.exporting.jpeg2000 import bare_jpeg2000

PHOTO_DATA: Final = "camera, time and place data in a photo"
"""What is said of it in the report of a bundle."""

_MARKERS: Final = (b"\xff\xe1", b"\xff\xed", b"\xff\xfe")  # EXIF and XMP; Photoshop's; a comment
_MOST: Final = 100_000_000  # bytes
_HEAD: Final = 65_536  # bytes; what a camera adds begins right at the start of a file


def drop_photo_data(pdf: Pdf) -> int:
    """Take camera data out of the JPEG pictures of a PDF; return from how many."""
    return sum(_drop_from(thing) for thing in pdf.objects if isinstance(thing, Stream))


def _drop_from(picture: Stream) -> bool:
    filters = _filters(picture)
    if not filters or filters[-1] not in {"/DCTDecode", "/JPXDecode"}:
        return False
    data = picture.read_raw_bytes()
    for packed in filters[:-1]:
        data = _UNPACKED.get(packed, _as_it_is)(data)
    is_jpeg = filters[-1] == "/DCTDecode"
    if is_jpeg and not any(marker in data[:_HEAD] for marker in _MARKERS):
        return False
    bare = _bare_jpeg(data) if is_jpeg else bare_jpeg2000(data)
    if bare is None:
        return False
    parameters = picture.get("/DecodeParms")
    picture.write(bare, filter=Name(filters[-1]))
    if isinstance(parameters, Dictionary):
        picture["/DecodeParms"] = parameters
    return True


def _filters(picture: Stream) -> list[str]:
    filters = picture.get("/Filter")
    if isinstance(filters, Array):
        return [str(packed) for packed in filters]
    return [] if filters is None else [str(filters)]


def _bare_jpeg(data: bytes) -> bytes | None:
    bare = bare_jpeg(data)
    return bare.data if bare is not None and bare.dropped else None


def _as_it_is(data: bytes) -> bytes:
    return data


def _inflated(data: bytes) -> bytes:
    """Return what was deflated; of a damaged stream as much as there is."""
    unpacker = zlib.decompressobj()
    try:
        return unpacker.decompress(data, _MOST)
    except zlib.error:
        return data


def _from_hex(data: bytes) -> bytes:
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", data.partition(b">")[0])
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _from_85(data: bytes) -> bytes:
    try:
        return base64.a85decode(data.strip().removesuffix(b"~>"), adobe=False)
    except ValueError:
        return data


_UNPACKED: Final = {
    "/FlateDecode": _inflated, "/ASCIIHexDecode": _from_hex, "/ASCII85Decode": _from_85,
}  # fmt: skip
