"""JPEG files as PDF wants them: the picture's own bytes, without what the camera added."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SOI: Final = 0xD8
_EOI: Final = 0xD9
_SOS: Final = 0xDA
_APP0: Final = 0xE0
_APP2: Final = 0xE2
_APP14: Final = 0xEE
_COMMENT: Final = 0xFE
_FRAMES: Final = {0xC0, 0xC1, 0xC2}
"""Baseline, extended and progressive: the kinds that PDF readers decode."""
_OTHER_FRAMES: Final = {0xC3, *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)}
_ICC: Final = b"ICC_PROFILE\0"
_NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


@dataclass(frozen=True, slots=True)
class BareJpeg:
    """A JPEG without EXIF, GPS, comments, thumbnails, and whatever followed its end.

    `components` is 1 (grey), 3 (colour) or 4 (CMYK); `is_adobe` tells that CMYK is stored inverted.
    """

    data: bytes
    width: int
    height: int
    components: int
    profile: bytes
    is_adobe: bool
    dropped: int


def bare_jpeg(data: bytes) -> BareJpeg | None:
    """Return the picture without re-encoding it, or None where PDF cannot hold it as it is."""
    parts = _Parts(data)
    return parts.result() if parts.read() else None


class _Parts:
    """Walks over the segments of a JPEG file (ITU-T T.81, annex B)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._kept = [b"\xff\xd8"]
        self._frame = b""
        self._profile: list[bytes] = []
        self._is_adobe = False
        self._dropped = 0

    def read(self) -> bool:
        """Return whether the file is a JPEG that PDF can hold."""
        if self._data[:2] != b"\xff\xd8":
            return False
        at = 2
        while (found := self._segment(at)) is not None:
            marker, start, end = found
            if marker == _EOI:
                self._kept.append(b"\xff\xd9")
                return bool(self._frame) and self._frame[0] == 8
            if marker in _OTHER_FRAMES or not self._take(marker, self._data[start:end]):
                return False
            at = end
            if marker == _SOS:
                at = self._scan_end(end)
                self._kept.append(self._data[end:at])
        return False

    def _segment(self, at: int) -> tuple[int, int, int] | None:
        """Return the marker at a place, and where its segment begins and ends."""
        data = self._data
        while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] == b"\xff":
            at += 1
        head = data[at : at + 4]
        if len(head) < 2 or head[0] != 0xFF:
            return None
        if head[1] == _EOI:
            return _EOI, at, at + 2
        length = int.from_bytes(head[2:4], "big")
        if length < 2 or at + 2 + length > len(data):
            return None
        return head[1], at, at + 2 + length

    def _scan_end(self, start: int) -> int:
        found = _NEXT_MARKER.search(self._data, start)
        return found.start() if found else len(self._data)

    def _take(self, marker: int, segment: bytes) -> bool:
        """Keep or drop one segment; False where the whole picture cannot be used."""
        body = segment[4:]
        if marker in _FRAMES:
            if self._frame or len(body) < 6:
                return False
            self._frame = body
        if marker == _APP2 and body.startswith(_ICC):
            self._profile.append(body[len(_ICC) :])
            return True
        is_adobe = marker == _APP14 and body.startswith(b"Adobe")
        is_plain = marker == _APP0 and body.startswith(b"JFIF\0")
        self._is_adobe = self._is_adobe or is_adobe
        if marker == _COMMENT or (0xE0 <= marker <= 0xEF and not is_adobe and not is_plain):
            self._dropped += 1
            return True
        self._kept.append(_without_thumbnail(segment) if is_plain else segment)
        return True

    def result(self) -> BareJpeg:
        """Return what was kept."""
        chunks = sorted(chunk for chunk in self._profile if len(chunk) > 2)
        return BareJpeg(
            data=b"".join(self._kept),
            width=int.from_bytes(self._frame[3:5], "big"),
            height=int.from_bytes(self._frame[1:3], "big"),
            components=self._frame[5],
            profile=b"".join(chunk[2:] for chunk in chunks),
            is_adobe=self._is_adobe,
            dropped=self._dropped,
        )


def _without_thumbnail(segment: bytes) -> bytes:
    """Return a JFIF segment with its little picture left out."""
    return b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0"
