"""JPEG 2000 files without what is told about the picture: only what draws it stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_DRAWING: Final = frozenset((b"jP  ", b"ftyp", b"jp2h", b"jp2c"))
"""Signature, kind of file, header, and picture (ISO 15444-1, annex I); all others tell."""
_CODESTREAM: Final = b"\xff\x4f\xff\x51"
_START_OF_TILE: Final = b"\xff\x90"
_COMMENT: Final = b"\xff\x64"


def bare_jpeg2000(data: bytes) -> bytes | None:
    """Return the picture without the boxes and the comments about it.

    None if there are none, or if it cannot be walked through.
    """
    if data.startswith(_CODESTREAM):
        bare = _without_comments(data)
    else:
        boxes = list(_boxes(data))
        if b"jp2c" not in (kind for kind, _ in boxes):
            return None
        bare = b"".join(
            _boxed(kind, _without_comments(body) if kind == b"jp2c" else body)
            for kind, body in boxes
            if kind in _DRAWING
        )
    return bare if len(bare) < len(data) else None


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        length, kind, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if length == 1:
            length, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        end = at + length if length else len(data)
        if end < at + head:
            return
        yield kind, data[at + head : end]
        at = end


def _boxed(kind: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4, "big") + kind + body


def _without_comments(stream: bytes) -> bytes:
    """Return a code stream without the comments in its main header."""
    kept = [stream[:2]]
    at = 2
    while at + 4 <= len(stream) and stream[at : at + 2] != _START_OF_TILE:
        end = at + 2 + int.from_bytes(stream[at + 2 : at + 4], "big")
        if stream[at : at + 2] != _COMMENT:
            kept.append(stream[at:end])
        at = end
    return b"".join((*kept, stream[at:]))
