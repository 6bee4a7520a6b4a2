"""Marks that make a value look other than it is: turned writing, strokes over a digit."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_TURNED: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


def is_tampered(text: str, start: int, end: int) -> bool:
    """Say whether a value at `start` to `end` can look other than its letters are in order.

    So it is where a mark that turns the direction of writing stands in it or touches it, or
    where a mark is set over one of its digits.
    """
    around = text[max(start - 1, 0) : end + 1]
    if around.isascii():
        return False
    return _TURNED.search(around) is not None or _has_struck_digit(text, start, end)


def _has_struck_digit(text: str, start: int, end: int) -> bool:
    return any(
        text[at].isdigit() and unicodedata.combining(text[at + 1])
        for at in range(start, min(end, len(text) - 1))
    )
