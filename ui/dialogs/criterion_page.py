"""The words of a page of a paper, to take a quote from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.jobs import Progress
from app.storage.queries.papers import PaperRow
from ui.desk import Desk
from ui.style import px
from ui.widgets.fields import ChoiceField
from ui.widgets.layout import column, line
from ui.widgets.text import Label, button, icon_button, muted
from ui.wording import tr

_ENDS: Final = ".;!?"
_FIRST_KINDS: Final = ("medical_policy", "plan_document", "denial", "appeal_decision")


class PageWords(QWidget):
    """Shows a page as text. `taken(words)` comes with what the person chose of it."""

    taken = Signal(str)

    def __init__(self, desk: Desk, papers: Sequence[PaperRow]) -> None:
        super().__init__()
        self._desk = desk
        self._pages = {paper.id: paper.pages or 1 for paper in papers}
        self._page = 1
        self._is_meant = False
        first = sorted(papers, key=lambda each: _rank(each.kind))
        self.paper = ChoiceField(
            [(each.id, each.name) for each in first], unknown=tr("No paper: I type it")
        )
        self.paper.changed.connect(self._other_paper)
        words = Label(tr("Where do they say so?"), "strong")
        words.setBuddy(self.paper)
        self.paper.setAccessibleName(words.text())
        self.before = icon_button(tr("Page before"), "left", self._back)
        self.after = icon_button(tr("Next page"), "right", self._on)
        self.where = muted("", wrap=False)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(px(160))
        self.text.setAccessibleName(tr("Words of the page"))
        self.take = button(tr("Quote the chosen words"), self._take, "text")
        self.hint = muted(tr("Mark the words with the mouse or with Shift and the arrow keys. "
                             "Without a mark the sentence at the cursor is taken."))  # fmt: skip
        self._turning = QWidget()
        self._turning.setLayout(line(self.before, self.where, self.after))
        layout = column(8)
        for each in (words, self.paper, self._turning, self.text, self.hint, self.take):
            layout.addWidget(each)
        self.setLayout(layout)
        self._other_paper()

    @property
    def place(self) -> tuple[str | None, int | None]:
        """The paper that is shown and its page, from 1; None where there is none.

        A page that nobody has turned to or quoted is not meant.
        """
        paper_id = self.paper.value()
        return paper_id, self._page if paper_id and self._is_meant else None

    def go_to(self, document_id: str | None, page: int | None) -> None:
        """Show a page of a paper, without telling."""
        self.paper.blockSignals(True)
        self.paper.set_value(document_id)
        self.paper.blockSignals(False)
        self._show(page or 1)
        self._is_meant = page is not None

    @Slot()
    def _other_paper(self) -> None:
        self._show(1)
        self._is_meant = False

    def _back(self) -> None:
        self._turn(self._page - 1)

    def _on(self) -> None:
        self._turn(self._page + 1)

    def _turn(self, page: int) -> None:
        self._show(page)
        self._is_meant = True

    def _show(self, page: int) -> None:
        paper_id = self.paper.value()
        count = self._pages.get(paper_id or "", 1)
        self._page = min(max(page, 1), count)
        for each in (self._turning, self.text, self.hint, self.take):
            each.setVisible(paper_id is not None)
        self.before.setEnabled(self._page > 1)
        self.after.setEnabled(self._page < count)
        self.where.setText(tr("page {page} of {count}", page=self._page, count=count))
        self.text.setPlainText("")
        if paper_id is None:
            return
        wanted = paper_id, self._page

        def read(_progress: Progress) -> str:
            return self._desk.reader.page_text(*wanted)

        def done(words: str) -> None:
            if wanted == (self.paper.value(), self._page):
                self._fill(words)

        self._desk.quick.run("", read, done, owner=self)

    def _fill(self, words: str) -> None:
        self.text.setPlainText(words or tr("No words were read on this page. Type the quote."))
        self.take.setEnabled(bool(words))

    def _take(self) -> None:
        cursor = self.text.textCursor()
        chosen = cursor.selectedText() or sentence_at(self.text.toPlainText(), cursor)
        if words := " ".join(chosen.split()):
            self._is_meant = True
            self.taken.emit(words)


def sentence_at(text: str, cursor: QTextCursor) -> str:
    """Return the sentence of a text in which the cursor stands; lines may run through it."""
    at = cursor.position()
    first = max((text.rfind(f"{end} ", 0, at) for end in _ENDS), default=-1)
    first = max(first, *(text.rfind(f"{end}\n", 0, at) for end in _ENDS), text.rfind("\n\n", 0, at))
    ends = [place for end in (*_ENDS, "\n\n") if (place := text.find(end, at)) >= 0]
    return text[first + 1 : min(ends, default=len(text)) + 1].strip()


def _rank(kind: str | None) -> int:
    return _FIRST_KINDS.index(kind) if kind in _FIRST_KINDS else len(_FIRST_KINDS)
