"""The task that reads a paper's facts from the words of its pages. Runs in a worker only.

Words that OCR has seen come with the task; those of a file's own text are placed here, from the
file: that takes longer than reading the text, and is done once, for the pages that are sifted.
"""

from __future__ import annotations

from typing import Any

from app.domain.page import PageText, Word, unpack_page
from app.domain.sifted_form import plain_sifted
from app.importing import pdf_words, written
from app.importing.answers import words_from
from app.importing.kinds import TEXT_KINDS
from app.importing.sifting.layout import PageSeen
from app.importing.sifting.sift import sift
from app.workers import Reply


def sift_paper(values: dict[str, Any], blobs: tuple[bytes, ...]) -> Reply:
    """Task: answer what `sifted_form.plain_sifted` makes of the paper.

    "pages" are its pages in order: for each "width", "height" (points) and the blob (packed text
    and words) of the same place; and "file" (path, media type, password, page, turned), which is
    opened where the kept words lack their places.
    """
    pages = [
        _seen(about, unpack_page(packed))
        for about, packed in zip(values["pages"], blobs, strict=True)
    ]
    return Reply(plain_sifted(sift(pages)))


def _seen(about: dict[str, Any], page: PageText) -> PageSeen:
    words = page.words or _placed(about["file"])
    return PageSeen(words, page.text, page.how, about["width"], about["height"])


def _placed(file: dict[str, Any]) -> tuple[Word, ...]:
    """Return the words of a page's own text; a picture without words has none."""
    if file["media_type"] in TEXT_KINDS:
        return words_from(written.words(file, ()))
    if file["media_type"] == "application/pdf":
        return words_from(pdf_words.words(file, ()))
    return ()
