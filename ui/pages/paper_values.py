"""What was read in a paper, and what of it was confirmed, below the paper itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot

from app.changes import Changes
from app.domain.fact_rows import FactRow
from app.domain.person import Person
from ui.desk import Desk
from ui.pages.confirm_more import AlsoRead
from ui.pages.confirm_read import PaperRead, read_paper
from ui.widgets.page_view import PageView

_HIGHEST = 176  # pixels at 100 %: the paper keeps the larger part


class PaperValues(AlsoRead):
    """A fold with every value of the paper that `view` shows; a chosen one lights up there."""

    def __init__(self, desk: Desk, view: PageView) -> None:
        words = "What was read: {n} value", "What was read: {n} values"
        super().__init__(desk.memory, "paper", words, _HIGHEST)
        self._desk, self._view = desk, view
        self._document_id = ""
        self._people: dict[str, str] = {}
        self.chosen.connect(self._light)

    def show_paper(self, document_id: str, people: Sequence[Person]) -> None:
        """Show what is known of this paper; none hides the fold."""
        self._people = {person.id: person.name for person in people}
        if document_id != self._document_id:
            self._document_id = document_id
            self.show_values(PaperRead(), (), self._people)
        self._ask()

    def hear(self, changes: Changes) -> None:
        """Ask again, if anything may have been read or said."""
        if changes.of("reading", "said_fact", "document"):
            self._ask()

    def _ask(self) -> None:
        binder, document_id = self._desk.binder, self._document_id
        if document_id:
            self._desk.quick.run(
                "", lambda _progress: read_paper(binder, document_id), self._take, owner=self
            )

    def _take(self, read: PaperRead) -> None:
        if read.document_id == self._document_id:
            self.show_values(read, (), self._people)

    @Slot(object)
    def _light(self, row: FactRow) -> None:
        if row.page and row.boxes:
            self._view.light_up(row.page, row.boxes)
