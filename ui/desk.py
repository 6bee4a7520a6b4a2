"""What every page is handed: the open binder and the few things around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.binder import Binder
    from app.domain.page import Word
    from app.domain.sheet import Corners
    from app.jobs import Progress
    from app.operations.reading import ReadingResult
    from ui.bridges import JobBridge
    from ui.memory import Memory


class PageReader(Protocol):
    """Shows and reads papers. Called on a thread: all of it may be slow."""

    def page_picture(self, document_id: str, page: int, width_px: int) -> bytes:
        """Return page `page` (1 is the first) as an encoded picture about `width_px` wide.

        Raises:
            UserError: the page cannot be shown; the sentence says why.
        """
        ...

    def page_photo(
        self, document_id: str, page: int, width_px: int, corners: Corners | None = None
    ) -> bytes:
        """Return the photo of a page as it came, or the sheet with these corners, flat.

        Raises:
            UserError: the page is no photo, or cannot be shown.
        """
        ...

    def find_edges(self, document_id: str, page: int) -> Corners | None:
        """Look for the sheet in the photo of a page; None if none is surely seen."""
        ...

    def page_text(self, document_id: str, page: int) -> str:
        """Return the words of a page, as far as they were read."""
        ...

    def page_words(self, document_id: str, page: int) -> tuple[Word, ...]:
        """Return the words of a page with their places, or none where there are none."""
        ...

    def read_waiting(self, progress: Progress) -> ReadingResult:
        """Read every paper that waits; for a job of `Shell.run`."""
        ...

    def give_password(self, document_id: str, password: str) -> None:
        """Open a protected paper; then `read_waiting` reads it.

        Raises:
            UserError: the password is not the right one.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Everything a page may use. Pages read with `binder.ask`, write through `app.operations`.

    `jobs` runs long work that shows in the job strip; `quick` runs questions and page pictures
    that show nothing. `memory` holds the settings and the sizes of panes. `author` gives the id of
    the person at the desk, if one was chosen.
    """

    binder: Binder
    jobs: JobBridge
    quick: JobBridge
    memory: Memory
    reader: PageReader
    today: Callable[[], date]
    author: Callable[[], str | None]
