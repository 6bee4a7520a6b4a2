"""From the answers of workers to domain values.

A worker may have been taken over by a hostile file, so each answer is checked: an answer of
another shape raises a `ValueError`, and its page counts as one that could not be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast

from app.domain.page import How, PageRead, PageText, Word
from app.importing.embedded import Verdict
from app.importing.limits import MAX_SIDE_PT
from app.workers import Reply

_TURNS: Final = (0, 90, 180, 270)
_VERDICTS: Final[dict[str, Verdict]] = {"sparse": "sparse", "hidden": "hidden"}
_PLACES: Final = 8  # x and y of four corners
_JPEG: Final = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Unread:
    """A page that must be read from its picture; what its own text is worth, and that text."""

    number: int
    verdict: Verdict
    text: str


def pages_from(reply: Reply) -> int:
    """Return how many pages a file has."""
    count: object = reply.values.get("pages")
    if isinstance(count, int) and count > 0:
        return count
    raise ValueError("no number of pages")


def number_from(reply: Reply) -> int:
    """Return which page a reply is about."""
    number: object = reply.values.get("number")
    if isinstance(number, int) and number > 0:
        return number
    raise ValueError("no number of a page")


def page_from(reply: Reply, number: int, how: How) -> PageRead:
    """Return a page that was read."""
    values = reply.values
    width, height, turned = values.get("width"), values.get("height"), values.get("turned")
    if turned not in _TURNS or len(reply.blobs) != 2:
        raise ValueError("not a page")
    text = reply.blobs[1].decode("utf-8", "replace")
    words = words_from(reply) if "words" in values else ()
    return PageRead(
        number=number,
        width_pt=_within(width, 0.0, MAX_SIDE_PT),
        height_pt=_within(height, 0.0, MAX_SIDE_PT),
        turned=turned,
        thumbnail=picture_from(reply),
        text=PageText(number, text, how, words),
        corners=corners_from(reply),
    )


def corners_from(reply: Reply) -> tuple[float, ...] | None:
    """Return where the sheet lies in a photo, if it was found."""
    if reply.values.get("corners") is None:
        return None
    corners = tuple(_within(place, 0.0, 1.0) for place in _list(reply, "corners"))
    if len(corners) == _PLACES:
        return corners
    raise ValueError("not four corners")


def unread_from(reply: Reply, number: int) -> Unread:
    """Return a page that the PDF worker leaves to OCR."""
    verdict = _VERDICTS.get(str(reply.values.get("ocr")), "none")
    text = reply.blobs[0].decode("utf-8", "replace") if reply.blobs else ""
    return Unread(number, verdict, text)


def picture_from(reply: Reply) -> bytes:
    """Return the JPEG that is the first blob."""
    if not reply.blobs or not reply.blobs[0].startswith(_JPEG):
        raise ValueError("not a JPEG")
    return reply.blobs[0]


def words_from(reply: Reply) -> tuple[Word, ...]:
    """Return words with their boxes."""
    texts, boxes = _list(reply, "words"), _list(reply, "boxes")
    scores = _list(reply, "scores") if "scores" in reply.values else [1.0] * len(texts)
    places = iter([_within(place, 0.0, 1.0) for place in boxes])
    rows = zip(texts, places, places, places, places, scores, strict=True)
    return tuple(
        Word(str(text), x0, y0, x1, y1, _within(score, 0.0, 1.0))
        for text, x0, y0, x1, y1, score in rows
    )


def _list(reply: Reply, name: str) -> list[Any]:
    found: object = reply.values.get(name)
    if isinstance(found, list):
        return cast("list[Any]", found)
    raise ValueError(f"no {name}")


def _within(value: object, least: float, most: float) -> float:
    if isinstance(value, int | float) and least <= value <= most:
        return float(value)
    raise ValueError("out of bounds")
