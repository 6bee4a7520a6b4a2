"""Pages of a paper as they were read: size, which way up, text and words with their places."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, Literal, cast

How = Literal["embedded", "ocr"]

LEAST_SURE: Final = 0.55
"""Below this many a word is wrong, and a person who reads the page will struggle too."""

PICTURES: Final = frozenset({"photo", "imaging", "envelope"})
"""Kinds of paper on which a page without words is nothing strange."""

_MAX_UNPACKED = 64 << 20  # bytes; what was packed may have been damaged or swapped since
_STEPS = 10_000  # a box is kept to a ten-thousandth of the page


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box, as fractions of the upright page, origin top left.

    `score` is how sure the reader is, 0 to 1; text that came with the file has 1.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page (the first is 1), lines in reading order, parted by newlines.

    `how` says whether it came with the file ("embedded") or was read from the picture ("ocr").
    """

    number: int
    text: str
    how: How
    words: tuple[Word, ...] = ()

    @property
    def sureness(self) -> float | None:
        """How sure the reader is of the words it saw in a picture, 0 to 1; None without any."""
        if self.how != "ocr" or not self.words:
            return None
        return sum(word.score for word in self.words) / len(self.words)


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page that was read. Sizes in points (1/72 inch) and the JPEG thumbnail are upright.

    `turned` is by how many degrees clockwise (0, 90, 180, 270) the page had to be turned to
    stand upright, after its file's own wish (EXIF, /Rotate) was already followed. `corners` says
    where the sheet lies in a photo that was flattened before it was turned: eight fractions of
    the picture as its file wants it seen, clockwise from top left; None for any other page.
    """

    number: int
    width_pt: float
    height_pt: float
    turned: int
    thumbnail: bytes
    text: PageText
    corners: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class PageFailed:
    """A page that could not be read, and why, in a whole sentence."""

    number: int
    reason: str


def plain_corners(corners: Sequence[float]) -> str:
    """Return the corners of a sheet as one line of text."""
    return " ".join(f"{place:.5f}" for place in corners)


def corners_of(text: str) -> tuple[float, ...]:
    """Return what `plain_corners` was given."""
    return tuple(float(place) for place in text.split())


def pack_page(page: PageText) -> bytes:
    """Return a page's text with its words as bytes to keep."""
    about = {"number": page.number, "how": page.how, "text": page.text}
    return zlib.compress(_json(about)) + (zlib.compress(_words(page.words)) if page.words else b"")


def unpack_page(data: bytes) -> PageText:
    """Return what `pack_page` was given, places rounded.

    Raises:
        ValueError: the bytes are not what `pack_page` made.
    """
    about, rest = _unpacked(data)
    try:
        words = _words_of(_unpacked(rest)[0]) if rest else ()
        return PageText(int(about["number"]), str(about["text"]), about["how"], words)
    except (KeyError, TypeError) as error:
        raise ValueError("not a packed page") from error


def unpack_text(data: bytes) -> str:
    """Return only the text of what `pack_page` made; the words stay packed.

    Raises:
        ValueError: the bytes are not what `pack_page` made.
    """
    return str(_unpacked(data)[0].get("text", ""))


def _words(words: tuple[Word, ...]) -> bytes:
    places = chain.from_iterable((word.x0, word.y0, word.x1, word.y1) for word in words)
    return _json(
        {
            "texts": [word.text for word in words],
            "boxes": [round(place * _STEPS) for place in places],
            "scores": [round(word.score * 100) for word in words],
        }
    )


def _words_of(content: dict[str, Any]) -> tuple[Word, ...]:
    places = iter(int(place) / _STEPS for place in content["boxes"])
    boxes = zip(places, places, places, places, strict=True)
    return tuple(
        Word(str(text), *box, score=int(score) / 100)
        for text, box, score in zip(content["texts"], boxes, content["scores"], strict=True)
    )


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _unpacked(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the first packed object and the bytes after it."""
    unpacker = zlib.decompressobj()
    try:
        content: object = json.loads(unpacker.decompress(data, _MAX_UNPACKED))
    except (zlib.error, RecursionError) as error:
        raise ValueError("not a packed page") from error
    if not isinstance(content, dict) or not unpacker.eof:  # the end holds the checksum
        raise ValueError("not a packed page")
    return cast("dict[str, Any]", content), unpacker.unused_data
