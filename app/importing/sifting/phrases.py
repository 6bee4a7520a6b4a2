"""Finding many fixed phrases in a text at once, whatever their case, accents and line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from app.importing.sifting.folding import folded

T = TypeVar("T")

_TOKEN: Final = re.compile(r"[a-z0-9]+|[#%<=]")
_GAP: Final = "…"
_GAP_TOKENS: Final = 4
_MOST_TOKENS: Final = 200_000


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign of a text, folded, and its span there."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase that was found: what it stands for, and its span in the text."""

    meaning: T
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text in lower case and without accents, in order."""
    found: list[Token] = []
    for match in _TOKEN.finditer(folded(text)):
        found.append(Token(match[0], match.start(), match.end()))
        if len(found) == _MOST_TOKENS:
            break
    return found


class Phrases(Generic[T]):
    """A set of phrases, each with a meaning. “…” in a phrase stands for up to four words."""

    def __init__(self, meanings: Iterable[tuple[str, T]]) -> None:
        by_start: dict[tuple[str, ...], list[tuple[tuple[tuple[str, ...], ...], T]]] = {}
        for phrase, meaning in meanings:
            runs = tuple(
                tuple(token.text for token in tokens_of(part)) for part in phrase.split(_GAP)
            )
            by_start.setdefault(runs[0][:2], []).append((runs, meaning))
        self._by_start = by_start

    def find(self, tokens: Sequence[Token]) -> Iterator[Hit[T]]:
        """Yield every phrase wherever it stands."""
        words = [token.text for token in tokens]
        for at, word in enumerate(words):
            for start in dict.fromkeys(((word,), tuple(words[at : at + 2]))):
                for runs, meaning in self._by_start.get(start, ()):
                    end = _end(words, at, runs)
                    if end:
                        yield Hit(meaning, tokens[at].start, tokens[end - 1].end)


def _end(words: Sequence[str], at: int, runs: Sequence[tuple[str, ...]]) -> int:
    """Return where a phrase that begins here ends, 0 if it does not stand here."""
    end = at
    for number, run in enumerate(runs):
        reach = _GAP_TOKENS + 1 if number else 1
        start = next(
            (s for s in range(end, end + reach) if tuple(words[s : s + len(run)]) == run), None
        )
        if start is None:
            return 0
        end = start + len(run)
    return end
