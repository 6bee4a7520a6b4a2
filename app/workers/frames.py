"""The messages between the program and its workers.

A frame is a JSON header with its length before it, then the blobs whose sizes the header lists.
Nothing is ever unpickled: a decoder that was taken over by a hostile file can send wrong values,
but it cannot run code in the program's process, nor make it set aside more memory than
`MAX_HEADER` and `MAX_BLOBS` allow.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

MAX_HEADER = 16 << 20  # bytes
MAX_BLOBS = 512 << 20  # bytes, all blobs of one frame together

_LENGTH = struct.Struct(">I")


class FrameError(Exception):
    """What came through the pipe is not a frame."""


@dataclass(frozen=True)
class Reply:
    """What a task answers: plain JSON values, and blobs (pictures, long texts) beside them."""

    values: dict[str, Any]
    blobs: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Frame:
    """One message. `kind` is "task" on the way down; "item", "end" or "refused" on the way up."""

    kind: str
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    blobs: tuple[bytes, ...] = ()


def write_frame(
    pipe: BinaryIO, kind: str, values: Mapping[str, Any], blobs: Sequence[bytes] = ()
) -> None:
    """Write one frame; the caller flushes."""
    header = json.dumps(
        {"kind": kind, "values": values, "blobs": [len(blob) for blob in blobs]},
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode("utf-8", "surrogatepass")
    pipe.write(_LENGTH.pack(len(header)) + header)
    for blob in blobs:
        pipe.write(blob)


def read_frame(pipe: BinaryIO) -> Frame:
    """Read one frame.

    Raises:
        EOFError: the other side has closed the pipe, between two frames or inside one.
        FrameError: the other side does not keep to the protocol.
    """
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    if length > MAX_HEADER:
        raise FrameError("header too long")
    kind, values, sizes = _parsed(_exactly(pipe, length))
    if sum(sizes) > MAX_BLOBS:
        raise FrameError("blobs too large")
    return Frame(kind, values, tuple(_exactly(pipe, size) for size in sizes))


def _parsed(header: bytes) -> tuple[str, dict[str, Any], list[int]]:
    try:
        content: object = json.loads(header.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise FrameError("header is not JSON") from error
    match content:
        case {"kind": str(kind), "values": dict(values), "blobs": list(sizes)}:
            if all(type(size) is int and size >= 0 for size in cast("list[object]", sizes)):
                return kind, cast("dict[str, Any]", values), cast("list[int]", sizes)
        case _:
            pass
    raise FrameError("header has another shape")


def _exactly(pipe: BinaryIO, size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data
