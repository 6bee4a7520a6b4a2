"""The task that reads a paper's facts from the words of its pages. Runs in a worker only.

Words that OCR has seen come with the task; those of a file's own text are placed here, from the
file: that takes longer than reading the text, and is done once, for the pages that are sifted.
"""

from __future__ import annotations

from typing import Any, Final

from app.domain.errors import UnreadableError
from app.domain.page import PageText, Word, unpack_page
from app.domain.sifted_form import plain_sifted
from app.importing import pdf_words, written
from app.importing.answers import words_from
from app.importing.kinds import TEXT_KINDS
from app.importing.sifting.layout import PageSeen
from app.importing.sifting.sift import sift
from app.workers import Reply

_WORDS: Final = {
    "application/pdf": pdf_words.words,
    **dict.fromkeys(TEXT_KINDS, written.words),
}
_MOST_ON_A_PAGE: Final = 4_000
_MOST_WORDS: Final = 20_000
"""Further words of a page, or of a paper, are not sifted: a dense page has 1,200. Each word costs
up to half a millisecond, and a paper that takes too long would be read not at all."""


def sift_paper(values: dict[str, Any], blobs: tuple[bytes, ...]) -> Reply:
    """Task: answer what `sifted_form.plain_sifted` makes of the paper.

    "pages" are its pages in order: for each "width", "height" (points) and the blob (packed text
    and words) of the same place; and "file" (path, media type, password, page, turned), which is
    opened where the kept words lack their places.
    """
    pages: list[PageSeen] = []
    left = _MOST_WORDS
    for about, packed in zip(values["pages"], blobs, strict=True):
        seen = _seen(about, unpack_page(packed), min(left, _MOST_ON_A_PAGE))
        left -= len(seen.words)
        pages.append(seen)
    return Reply(plain_sifted(sift(pages)))


def _seen(about: dict[str, Any], page: PageText, most: int) -> PageSeen:
    words = page.words or (_placed(about["file"]) if page.how == "embedded" else ())
    return PageSeen(words[:most], page.text, page.how, about["width"], about["height"])


def _placed(file: dict[str, Any]) -> tuple[Word, ...]:
    """Return the words of a page's own text; a page that does not open any more has none."""
    task = _WORDS.get(file["media_type"])
    if task is None:
        return ()
    try:
        return words_from(task(file, ()))
    except UnreadableError:
        return ()
