"""Text as it is compared: lower case, without accents, every letter still at its place."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Return a text of the same length in lower case without accents; “n.º” becomes “n.o”."""
    if text.isascii():
        return text.lower()
    odd = {ord(letter): _plain(letter) for letter in set(text) if not letter.isascii()}
    return text.translate(odd).lower()


def _plain(letter: str) -> str:
    first = unicodedata.normalize("NFKD", letter)[:1].lower()
    return first if len(first) == 1 and first.isprintable() and not first.isspace() else " "
