"""What every page is handed: the open binder and the few things around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.binder import Binder
    from ui.bridges import JobBridge
    from ui.memory import Memory


class PageReader(Protocol):
    """Gives the pictures and the words of a paper's pages. Called on a thread, may be slow."""

    def page_picture(self, document_id: str, page: int, width_px: int) -> bytes:
        """Return page `page` (1 is the first) as an encoded picture about `width_px` wide.

        Raises:
            UserError: the page cannot be shown; the sentence says why.
        """
        ...

    def page_text(self, document_id: str, page: int) -> str:
        """Return the words of a page, as far as they were read."""
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
