"""Papers for the eye: page pictures and words, and the reading of what waits."""

from __future__ import annotations

import threading

from app.binder import Binder
from app.domain.page import Word, unpack_text
from app.domain.sheet import Corners
from app.jobs import Progress
from app.operations.page_words import words_on_page
from app.operations.papers import page_picture
from app.operations.photo_pages import find_edges, page_photo
from app.operations.reading import DocumentReader, ReadingResult, give_password, read_waiting
from app.storage.queries.papers import page_words

_POLL_SECONDS = 0.2


class BinderReader:
    """Reads the papers of one binder through the worker processes. All of it may be slow."""

    def __init__(self, binder: Binder, documents: DocumentReader) -> None:
        self._binder = binder
        self._documents = documents
        self._reading = threading.Lock()

    def page_picture(self, document_id: str, page: int, width_px: int) -> bytes:
        """Return a page as PNG or JPEG, about `width_px` wide; refuses with a `UserError`."""
        return page_picture(self._binder, self._documents, document_id, page, width_px)

    def page_photo(
        self, document_id: str, page: int, width_px: int, corners: Corners | None = None
    ) -> bytes:
        """Return the photo of a page as it came, or the sheet with these corners, flat."""
        return page_photo(self._binder, self._documents, document_id, page, width_px, corners)

    def find_edges(self, document_id: str, page: int) -> Corners | None:
        """Look for the sheet in the photo of a page; None if none is surely seen."""
        return find_edges(self._binder, self._documents, document_id, page)

    def page_text(self, document_id: str, page: int) -> str:
        """Return the words of a page, as far as they were read."""
        for words in self._binder.ask(page_words, document_id):
            if words.page == page and words.packed:
                return unpack_text(words.packed)
        return ""

    def page_words(self, document_id: str, page: int) -> tuple[Word, ...]:
        """Return the words of a page with their places, or none where there are none."""
        return words_on_page(self._binder, self._documents, document_id, page)

    def read_waiting(self, progress: Progress) -> ReadingResult:
        """Read everything in the queue; what was read before a Cancel stays read.

        Only one reading goes on at a time: a second one waits, then takes what is left.
        """
        while not self._reading.acquire(timeout=_POLL_SECONDS):
            progress.step(0, 0)
        try:
            return read_waiting(self._binder, self._documents, progress)
        finally:
            self._reading.release()

    def give_password(self, document_id: str, password: str) -> None:
        """Open a protected paper with its password; refuses with a `UserError`."""
        give_password(self._binder, self._documents, document_id, password)
