"""Telling what a sentence states from what it supposes, reports or denies."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Final

from app.importing.sifting.phrases import Phrases, Token
from app.resources import resource_json

_STOP: Final = re.compile(r"[.!?;]\s|\n\n|\f|\t|•")
_NEAR: Final = 2  # words between “may” and what may be
_LONGEST: Final = 600  # letters of a sentence; before that another one has begun


class Hedges:
    """The places of a text after which a phrase does not state anything."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self._stops = [match.end() for match in _STOP.finditer(text)]
        self._starts = [token.start for token in tokens]
        self._words = [token.text for token in tokens]
        self._before = [hit.start for hit in _phrases().find(tokens)]

    def sentence(self, at: int) -> int:
        """Return where the sentence around a place begins."""
        number = bisect_right(self._stops, at)
        return max(self._stops[number - 1] if number else 0, at - _LONGEST)

    def sentence_end(self, at: int) -> int:
        """Return where the sentence around a place ends."""
        number = bisect_right(self._stops, at)
        return self._stops[number] if number < len(self._stops) else at + _LONGEST

    def is_hedged(self, start: int, end: int) -> bool:
        """Say whether the phrase at `start` to `end` is supposed, reported or denied."""
        first = self.sentence(start)
        if bisect_left(self._before, first) < bisect_left(self._before, start):
            return True
        at = bisect_left(self._starts, start)
        behind = bisect_left(self._starts, end)
        last = self.sentence_end(end - 1)
        return (
            self._has("near", max(at - _NEAR, 0), at, first, last)
            or self._has("beside", max(at - 1, 0), at, first, last)
            or self._has("after", behind, behind + 1, first, last)
        )

    def _has(self, place: str, start: int, end: int, first: int, last: int) -> bool:
        """Say whether one of the words from `start` to `end` that lie in the sentence is such."""
        return any(
            word in _words(place) and first <= at < last
            for word, at in zip(self._words[start:end], self._starts[start:end], strict=True)
        )


@cache
def _words(place: str) -> frozenset[str]:
    return frozenset(resource_json("reading", "hedges.json")[place])


@cache
def _phrases() -> Phrases[None]:
    data = resource_json("reading", "hedges.json")["before"]
    return Phrases((phrase, None) for phrase in data)
