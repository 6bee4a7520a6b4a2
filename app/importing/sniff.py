"""What kind of file this is, by its content; its name is never asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.importing.kinds import FHIR, MAIL, PLAIN, TEXT_KINDS, WORD

HEAD_BYTES: Final = 4096
"""How much of the beginning of a file `sniff` wants to see; more does no harm."""

_PDF_WITHIN: Final = 1024  # readers accept that much before the `%PDF-`

_PICTURES: Final = ("jpeg", "png", "tiff", "gif", "bmp", "webp", "heic")

READABLE: Final = frozenset(
    ("application/pdf", *TEXT_KINDS, *(f"image/{name}" for name in _PICTURES))
)
"""The media types whose pages can be shown and read."""


@dataclass(frozen=True, slots=True)
class MediaKind:
    """A kind of file, and the suffix its name would have."""

    media_type: str
    suffix: str

    @property
    def readable(self) -> bool:
        """Whether its pages can be shown and read."""
        return self.media_type in READABLE


UNKNOWN: Final = MediaKind("application/octet-stream", "")

_PDF = MediaKind("application/pdf", ".pdf")
_HEIC = MediaKind("image/heic", ".heic")
_TEXT = MediaKind(PLAIN, ".txt")
_FHIR = MediaKind(FHIR, ".json")
_MAIL = MediaKind(MAIL, ".eml")
_HTML = MediaKind("text/html", ".html")
_ZIP = MediaKind("application/zip", ".zip")

_BY_START: Final = (
    (b"\xff\xd8\xff", MediaKind("image/jpeg", ".jpg")),
    (b"\x89PNG\r\n\x1a\n", MediaKind("image/png", ".png")),
    (b"II*\0", MediaKind("image/tiff", ".tif")),
    (b"MM\0*", MediaKind("image/tiff", ".tif")),
    (b"II+\0", MediaKind("image/tiff", ".tif")),  # BigTIFF
    (b"MM\0+", MediaKind("image/tiff", ".tif")),
    (b"GIF87a", MediaKind("image/gif", ".gif")),
    (b"GIF89a", MediaKind("image/gif", ".gif")),
    (b"{\\rtf", MediaKind("application/rtf", ".rtf")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", MediaKind("application/msword", ".doc")),
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_BY_ZIP_ENTRY: Final = (
    (b"word/", MediaKind(WORD, ".docx")),
    (b"xl/", MediaKind(f"{_OFFICE}spreadsheetml.sheet", ".xlsx")),
    (b"ppt/", MediaKind(f"{_OFFICE}presentationml.presentation", ".pptx")),
    (
        b"mimetypeapplication/vnd.oasis.opendocument.text",
        MediaKind("application/vnd.oasis.opendocument.text", ".odt"),
    ),
)
_HEIC_BRANDS: Final = frozenset(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
)
_HEADERS = re.compile(
    rb"(?:From [^\r\n]*\r?\n)?"  # as it stands before each mail of a mailbox file
    rb"((?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+)"
)
_MAIL_HEADER = re.compile(
    rb"^(From|To|Date|Subject|Received|Return-Path|Delivered-To|MIME-Version|Message-ID|X-[\w-]+"
    rb"|DKIM-Signature|Content-Type):",
    re.IGNORECASE | re.MULTILINE,
)
_MAIL_HEADERS = 3  # so many known ones, and nothing but headers before them
_RESOURCE = re.compile(rb'"resourceType"\s*:\s*"[A-Z]')
_MARKUP = re.compile(rb"\s*<(!doctype html|html)\b", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def sniff(head: bytes) -> MediaKind:
    """Return the kind of a file from its first `HEAD_BYTES`."""
    for start, kind in _BY_START:
        if head.startswith(start):
            return kind
    if head.startswith(b"PK\x03\x04"):  # before PDF: one may lie in the zip as it is
        return next((kind for entry, kind in _BY_ZIP_ENTRY if entry in head), _ZIP)
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return _PDF
    return _container(head) or _written(head)


def _container(head: bytes) -> MediaKind | None:
    """Recognise the kinds whose mark does not stand at the very start, or is too short alone."""
    if head[4:8] == b"ftyp" and _HEIC_BRANDS & {head[at : at + 4] for at in range(8, 40, 4)}:
        return _HEIC
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return MediaKind("image/webp", ".webp")
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return MediaKind("image/bmp", ".bmp")
    return None


def _written(head: bytes) -> MediaKind:
    """Recognise what people and mail programs write, or give up."""
    headers = _HEADERS.match(head)
    if headers and len(_MAIL_HEADER.findall(headers[1])) >= _MAIL_HEADERS:
        return _MAIL
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, as old Windows notes are
        return _TEXT
    if not head.strip() or _CONTROLS.search(head):
        return UNKNOWN
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare.startswith((b"{", b"[")) and _RESOURCE.search(bare):
        return _FHIR
    if bare.startswith(b"<?xml"):
        return MediaKind("application/xml", ".xml")
    return _HTML if _MARKUP.match(head) else _TEXT
