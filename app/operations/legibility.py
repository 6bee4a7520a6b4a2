"""Which papers a person will struggle to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.binder import Binder
from app.domain.page import LEAST_SURE, PICTURES, PageText, unpack_page
from app.storage.queries.legibility import LookedAt, looked_at


def hard_to_read(binder: Binder, papers: Iterable[str]) -> frozenset[str]:
    """Return which of these papers failed to be read, or whose scan is too coarse or blurred.

    That is measured by the reader of pictures: it found no word at all, or was sure of few. What
    nobody looked at yet, or what waits for its password, is not called hard to read.
    """
    pages = binder.ask(looked_at, papers)
    hard = {page.document_id for page in pages if page.is_failed}
    with_words = {page.document_id for page in pages if page.how == "embedded"}
    wordless: set[str] = set()
    for page, text in _scanned(pages):
        if text.sureness is not None and text.sureness < LEAST_SURE:
            hard.add(page.document_id)
        (with_words if text.words else wordless).add(page.document_id)
    return frozenset(hard | (wordless - with_words))


def _scanned(pages: Iterable[LookedAt]) -> Iterator[tuple[LookedAt, PageText]]:
    for page in pages:
        if page.packed and page.kind not in PICTURES:
            try:
                yield page, unpack_page(page.packed)
            except ValueError:
                continue  # the index is damaged, not the paper: reading it again mends that
