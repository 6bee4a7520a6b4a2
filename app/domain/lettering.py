"""The letters of exhibits: A to Z, then AA, AB … as spreadsheets and courts count."""

from __future__ import annotations

from itertools import count, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALPHABET = 26


def letter_of(position: int) -> str:
    """Return the letters of the exhibit at `position`, counted from 0: 0 is A, 26 is AA.

    Raises:
        ValueError: the position is negative.
    """
    if position < 0:
        raise ValueError(position)
    letters = ""
    left = position + 1
    while left:
        left, digit = divmod(left - 1, _ALPHABET)
        letters = chr(ord("A") + digit) + letters
    return letters


def letters(how_many: int) -> Iterator[str]:
    """Yield the letters of the first `how_many` exhibits in order."""
    return islice(map(letter_of, count()), how_many)
