"""A paper to look at, and what keeps it from being shown: still read, locked, damaged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.binder import Binder
from app.domain.document import Part
from app.operations.reading import read_again
from app.storage.queries.papers import PageRef, PaperRow, document_parts, page_refs
from ui.desk import Desk
from ui.dialogs.password import PasswordDialog
from ui.pages.edge_steps import EdgesOffer
from ui.pages.expense_offer import ExpenseOffer
from ui.pages.paper_reading import start_reading
from ui.shell import Shell
from ui.widgets.layout import column, line
from ui.widgets.page_view import PageView
from ui.widgets.text import button, icon_label, label
from ui.wording import tr


class PaperPane(QWidget):
    """Shows one paper, page by page; above it, calmly, why pages are missing and what to do."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._row: PaperRow | None = None
        self._page_wanted = 1
        self.view = PageView(desk.quick, desk.reader.page_picture, desk.reader.page_text)
        self.words = label("")
        self.unlock = button(tr("Enter the password …"), self.enter_password, "lock")
        self.again = button(tr("Read it again"), self.read_again)
        self.notice = QFrame()
        self.notice.setProperty("look", "card")
        said = QHBoxLayout()
        said.setSpacing(12)
        said.addWidget(icon_label("info", 20, "accent"), 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.words, 1)
        inside = QVBoxLayout(self.notice)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.setSpacing(8)
        inside.addLayout(said)
        inside.addLayout(line(self.unlock, self.again))
        layout = column(8)
        self.setLayout(layout)
        layout.addWidget(self.notice)
        layout.addWidget(self.view, 1)
        self.edges = EdgesOffer(desk, shell, self.view)
        layout.addWidget(self.edges)
        self.offer = ExpenseOffer(desk, shell)
        layout.addWidget(self.offer)
        self.show_row(None)

    @property
    def document_id(self) -> str:
        """The paper that is shown, or an empty text."""
        return self._row.id if self._row else ""

    def show_row(self, row: PaperRow | None, page: int | None = None) -> None:
        """Show a paper as it stands now, at a page if one is given; None shows none."""
        is_other = row is None or self._row is None or row.id != self._row.id
        if page or is_other:
            self._page_wanted = page or 1
        elif self._row and row and self._row.read == "done" and row.read == "waiting":
            self._page_wanted = max(1, self.view.page)  # it is read anew: come back to this page
        self._row = row
        self.offer.show_row(row)
        self._show_notice()
        if row is None:
            self._clear(tr("Choose a paper to see it here."))
        elif row.pages is not None and row.read == "done":
            self._show_pages(row, row.pages)
        else:
            self._ask_pages(row, is_other=is_other)

    def take_keys(self) -> None:
        """Give the keys to the page, shown as a picture or as text."""
        shown = self.view.stack.currentWidget()
        if shown:
            shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _clear(self, sentence: str = "") -> None:
        self.view.clear(sentence)
        self.view.thumbnails.hide()
        self.edges.hide()

    def _show_notice(self) -> None:
        row = self._row
        has_failed = row is not None and row.read == "failed"
        self.notice.setVisible(has_failed)
        if row is None or not has_failed:
            return
        self.words.setText(
            tr("This paper is protected with a password. It is kept; once you enter the "
               "password it can be read and searched.")
            if row.needs_password else row.reason or ""
        )  # fmt: skip
        self.unlock.setVisible(row.needs_password)
        self.again.setVisible(not row.needs_password)

    def _ask_pages(self, row: PaperRow, *, is_other: bool) -> None:
        """Find out, on a thread, how many pages can be shown already."""
        if is_other:
            self._clear()
        binder = self._desk.binder

        def show(count: int) -> None:
            if self._row == row:
                self._show_some(row, count)

        self._desk.quick.run("", lambda _progress: _ready(binder, row), show, owner=self)

    def _show_some(self, row: PaperRow, count: int) -> None:
        if count:
            self._show_pages(row, count)
        elif row.needs_password:
            self._clear(tr("Its pages will be shown here after the password."))
        elif row.read == "failed":
            self._clear(tr("Its pages cannot be shown. The paper itself is kept as it came."))
        else:
            self._clear(tr("This paper is still being read. Its pages come in a moment."))

    def _show_pages(self, row: PaperRow, count: int) -> None:
        self.view.show_paper(row.id, count, row.name)
        if self._page_wanted > 1 and count >= self._page_wanted:
            self.view.go_to(self._page_wanted)
            self._page_wanted = 1

    # ------------------------------------------------------------------ doing

    def enter_password(self) -> None:
        """Ask for the password of the paper that is shown."""
        row = self._row
        if row is None:
            return
        reader = self._desk.reader
        dialog = PasswordDialog(
            self._desk.quick, row.name, lambda typed: reader.give_password(row.id, typed)
        )
        if self._shell.ask_dialog(dialog):
            start_reading(self._desk, self._shell)

    def read_again(self) -> None:
        """Put the paper that is shown into the queue once more."""
        row, binder = self._row, self._desk.binder
        if row is not None:
            self._desk.quick.run(
                "",
                lambda _progress: read_again(binder, row.id),
                lambda _nothing: start_reading(self._desk, self._shell),
                owner=self,
            )


def _ready(binder: Binder, row: PaperRow) -> int:
    refs = binder.ask(page_refs, row.id)
    if row.read != "waiting":
        return len(refs)
    return pages_in_order(binder.ask(document_parts, row.id), refs)


def pages_in_order(parts: Sequence[Part], refs: Sequence[PageRef]) -> int:
    """Return how many first pages have their lasting numbers while the rest is being read.

    Pages are read in any order; one that comes before a missing page would move on later.
    """
    ready = 0
    for part in parts:
        number = 0
        while ready < len(refs) and (refs[ready].sha256, refs[ready].page_of_part) == (
            part.sha256,
            number + 1,
        ):
            number += 1
            ready += 1
        if number == 0 or refs[ready - 1].part_pages != number:
            break
    return ready
