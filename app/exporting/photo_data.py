"""Photos inside a PDF: the same bytes, without what the camera added to them."""

from __future__ import annotations

from typing import Final

from pikepdf import Array, Name, Pdf, Stream

from app.exporting.jpeg import bare_jpeg

PHOTO_DATA: Final = "camera, time and place data in a photo"
"""What is said of it in the report of a bundle."""

_MARKERS: Final = (b"\xff\xe1", b"\xff\xed", b"\xff\xfe")  # EXIF and XMP; Photoshop's; a comment
_HEAD: Final = 65_536  # bytes; what a camera adds begins right at the start of a file


def drop_photo_data(pdf: Pdf) -> int:
    """Take camera data out of the JPEG pictures of a PDF; return from how many."""
    return sum(
        _drop_from(thing) for thing in pdf.objects if isinstance(thing, Stream) and _is_jpeg(thing)
    )


def _is_jpeg(picture: Stream) -> bool:
    filters = picture.get("/Filter")
    if isinstance(filters, Array) and len(filters) == 1:
        filters = filters[0]
    return filters == Name.DCTDecode


def _drop_from(picture: Stream) -> bool:
    data = picture.read_raw_bytes()
    head = data[:_HEAD]
    if not any(marker in head for marker in _MARKERS):
        return False
    bare = bare_jpeg(data)
    if bare is None or not bare.dropped:
        return False
    parameters = picture.get("/DecodeParms")
    picture.write(bare.data, filter=Name.DCTDecode)
    if parameters is not None:
        picture["/DecodeParms"] = parameters
    return True
