"""Prints of a text: few and short, mostly the same for two scans of one paper (MinHash bands)."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from app.importing.sifting.phrases import Token

_BANDS: Final = 8
_ROWS: Final = 3  # hashes a band: two texts that share 4 of 5 words share a band with p = 0.997
_LEAST_WORDS: Final = 12
_PRIME: Final = (1 << 61) - 1
_FACTORS: Final = tuple(
    int.from_bytes(blake2b(bytes([number]), digest_size=14).digest(), "big") % _PRIME
    for number in range(_BANDS * _ROWS)
)


def prints_of(tokens: list[Token]) -> tuple[str, ...]:
    """Return the prints of a text; one of a few words has none."""
    words = {token.text for token in tokens if len(token.text) > 2}
    if len(words) < _LEAST_WORDS:
        return ()
    hashes = [
        int.from_bytes(blake2b(word.encode(), digest_size=7).digest(), "big") for word in words
    ]
    least = [min(factor * value % _PRIME for value in hashes) for factor in _FACTORS]
    bands = [least[at : at + _ROWS] for at in range(0, len(least), _ROWS)]
    return tuple(
        f"{number}-{blake2b(repr(band).encode(), digest_size=6).hexdigest()}"
        for number, band in enumerate(bands)
    )
