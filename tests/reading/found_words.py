"""How many of the words printed on a paper were read from its picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

import pypdfium2

from app.importing.sifting.layout import PageSeen
from tests.reading.typeset import PaperData, pdf_of

_ALIKE: Final = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"'} | dict.fromkeys("-–—\ufffe", " ")
)
"""Quotes are alike; a word with hyphens counts by its parts, for it may be broken over lines.

U+FFFE is how PDFium gives a hyphen at the end of a line.
"""


def words_found(paper: PaperData, pages: Iterable[PageSeen]) -> tuple[int, int]:
    """Return how many words of a paper were read, each as often as it stands there, of how many."""
    printed = _counted(_printed_on(paper))
    read = _counted(" ".join(page.text for page in pages))
    return (printed & read).total(), printed.total()


def _printed_on(paper: PaperData) -> str:
    """Return what can be seen on a paper: its typeset text without what is printed in white."""
    seen = {**paper, "blocks": [block for block in paper["blocks"] if not _is_hidden(block)]}
    document = pypdfium2.PdfDocument(pdf_of(seen))
    try:
        return " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _is_hidden(block: Mapping[str, Any]) -> bool:
    return "hidden" in block


def _counted(text: str) -> Counter[str]:
    """Count words as a reader would: without the case and what stands around them."""
    words = (word.strip(".,;:!?()[]\"'*•_") for word in text.translate(_ALIKE).casefold().split())
    return Counter(word for word in words if any(letter.isalnum() for letter in word))
