"""Changing what is said about papers."""

from __future__ import annotations

from collections.abc import Sequence

from app.operations.sorting import Sorting
from app.storage.queries.papers import PaperRow
from ui.desk import Desk
from ui.pages.paper_feed import Papers
from ui.pages.paper_form import Draft, PaperFields, checked, draft_of
from ui.widgets.dialog import AskDialog
from ui.widgets.text import label
from ui.wording import tr


class PaperDialog(AskDialog[Sorting]):
    """The same fields as in the Inbox, for one paper or for several at once."""

    def __init__(self, desk: Desk, rows: Sequence[PaperRow], papers: Papers) -> None:
        many = len(rows) > 1
        super().__init__(
            tr("Change {n} papers", n=len(rows)) if many else tr("Change the paper"), tr("Save")
        )
        if many:
            words = tr("What you say here is said of all of them; what you leave empty stays.")
            self.form.add_widget(label(words))
        self.fields = PaperFields(self.form, desk.today)
        self.fields.offer(papers.claims, papers.people)
        self.fields.set_many(many=many)
        self.fields.fill(Draft() if many else draft_of(rows[0]))

    def answer(self) -> Sorting:
        """Return what is filled in now."""
        return checked(self.fields)
