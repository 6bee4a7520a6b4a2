"""Texts as a page and a bookmark can show them."""

from __future__ import annotations

import unicodedata
from typing import Final

_DIRECTION_OVERRIDES: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NO_LETTERS: Final = frozenset("\ufeff\ufffe\uffff")
_LOST_LETTER: Final = "\ufffd"
"""Stands where a file name holds no text; bookmarks cannot carry it through every library."""


def printable(text: str) -> str:
    """Return a text without what no page can show and what would disguise the rest.

    Control letters but newline and tab, halves of letters (from odd file names), byte order marks
    and overrides of the writing direction are dropped; letters with accents are composed, and a
    letter that was lost before is a question mark.
    """
    composed = unicodedata.normalize("NFC", text).replace(_LOST_LETTER, "?")
    return "".join(letter for letter in composed if _is_printable(letter))


def _is_printable(letter: str) -> bool:
    if letter in _DIRECTION_OVERRIDES or letter in _NO_LETTERS:
        return False
    return letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"}


def shortened(text: str, longest: int) -> str:
    """Return a text on one line, at most `longest` letters, cut between words where possible."""
    line = " ".join(printable(text).split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    head = cut.rpartition(" ")[0]
    return f"{head if len(head) > longest // 2 else cut} …"
