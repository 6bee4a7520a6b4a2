"""Whether the words of a page whose picture was made smaller can still be read."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

import pypdfium2

from app.workers import Reply

_DOTS: Final = 200
_MOST_SIDE: Final = 2600
_SHORTEST: Final = 3
"""Letters of a word that counts; OCR finds and loses the shorter ones by chance."""
_FEW: Final = 2
_SHARE: Final = 0.04
"""Words that a second reading of the same page loses anyway: this many, or this part of all."""


def draw_page(values: dict[str, Any], _blobs: Sequence[bytes]) -> Reply:
    """Task: draw `page` (from 0) of the PDF at `source` into the PNG `target`."""
    with pypdfium2.PdfDocument(values["source"]) as document:
        page = document[values["page"]]
        scale = min(_DOTS / 72, _MOST_SIDE / max(page.get_size()))
        page.render(scale=scale).to_pil().save(values["target"], "PNG")  # pyright: ignore[reportArgumentType]
    return Reply({})


def lost_words(before: str, after: Iterable[str]) -> tuple[str, ...]:
    """Return the words that could be read before and no longer; nothing where few are missing."""
    known = Counter(_words(before.split()))
    lost = known - Counter(_words(after))
    most = max(_FEW, _SHARE * known.total())
    return tuple(sorted(lost)) if lost.total() > most else ()


def _words(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        letters = unicodedata.normalize("NFKD", word.casefold())
        plain = "".join(letter for letter in letters if letter.isalnum())
        if len(plain) >= _SHORTEST:
            yield plain
