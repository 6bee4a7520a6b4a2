"""The letters of exhibits: A to Z, then AA, AB … as spreadsheets and courts count."""

from __future__ import annotations

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
