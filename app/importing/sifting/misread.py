"""Words of labels in which a reader of pictures took one letter for another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from app.resources import resource_json

_BEFORE_COLON: Final = re.compile(r"(?<![a-z0-9])[a-z0-9]{5,14}(?![a-z0-9])(?=[a-z #./]{0,24}[:#])")


def labels_mended(plain: str) -> str:
    """Return a folded text of the same length in which misread words of labels are put right.

    “clain no.:” is “claim no.:”; only before a colon or number sign, and only where one letter
    differs from a word of the data.
    """
    return _BEFORE_COLON.sub(lambda match: _meant(match[0]), plain)


def _meant(word: str) -> str:
    known = _by_gap()
    if word in _label_words():
        return word
    return next((known[gap] for gap in _gaps(word) if gap in known), word)


def _gaps(word: str) -> Iterator[str]:
    """Yield a word with each of its letters left open in turn."""
    for at in range(len(word)):
        yield f"{word[:at]}?{word[at + 1 :]}"


@cache
def _by_gap() -> dict[str, str]:
    return {gap: word for word in _label_words() for gap in _gaps(word)}


@cache
def _label_words() -> frozenset[str]:
    words: Iterable[str] = resource_json("reading", "labels.json")["often_misread"]
    return frozenset(words)
