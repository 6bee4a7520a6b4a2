"""What is to be said above the form: still being read, a second copy, two letters in one file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.storage.queries.papers import PaperRow
from ui.pages.confirm_read import PaperRead
from ui.widgets.evidence import Evidence, Mark
from ui.widgets.layout import column
from ui.wording import count_of, tr


class Notices(QWidget):
    """`show_wanted(document_id)` for the other copy; `split_wanted(pages)` for two letters."""

    show_wanted = Signal(str)
    split_wanted = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._letters: tuple[int, ...] = (1,)
        self.reading, self.copy, self.letters = Evidence(), Evidence(), Evidence()
        self.copy.pressed.connect(self.show_wanted)
        self.letters.pressed.connect(self._split)
        layout = column(8)
        self.setLayout(layout)
        for notice in (self.reading, self.copy, self.letters):
            layout.addWidget(notice)
        self.hide()

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [self.copy.button, self.letters.button]

    def show_paper(self, row: PaperRow | None, read: PaperRead) -> None:
        """Say what is to be said of one paper; None says nothing."""
        marks = None, None, None
        if row is not None:
            known = read if read.document_id == row.id else None
            self._letters = known.facts.letters if known else (1,)
            marks = (
                _reading(row, known),
                _copy(known) if known else None,
                _letters(self._letters),
            )
        for notice, mark in zip((self.reading, self.copy, self.letters), marks, strict=True):
            notice.show_mark(mark)
        self.setVisible(any(marks))

    @Slot()
    def _split(self) -> None:
        self.split_wanted.emit(list(self._letters))


def _reading(row: PaperRow, known: PaperRead | None) -> Mark | None:
    unsifted = row.read == "done" and known is not None and not known.facts.is_sifted
    if row.read != "waiting" and not unsifted:
        return None
    return Mark(
        tr("Still being read. What is found comes into the fields; what you type stays."), "clock"
    )


def _copy(known: PaperRead) -> Mark | None:
    if not known.copies:
        return None
    other = known.copies[0]
    words = tr("This looks like a second copy of “{name}”. Both are kept.", name=other.name)
    return Mark(words, "papers", "muted", tr("Show it"), other.document_id)


def _letters(letters: Sequence[int]) -> Mark | None:
    if len(letters) < 2:
        return None
    pages = ", ".join(tr("page {page}", page=page) for page in letters)
    seem = (
        tr("Two letters seem")
        if len(letters) == 2
        else count_of(len(letters), "{n} letter seems", "{n} letters seem")
    )
    words = tr("{seem} to be in this file ({pages}).", seem=seem, pages=pages)
    return Mark(words, "letter", "accent", tr("Make separate papers"), "split")
