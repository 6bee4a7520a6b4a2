"""What is to be said above the form: still being read, a second copy, two letters in one file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.storage.queries.matching import Likeness
from app.storage.queries.papers import PaperRow
from ui.pages.confirm_read import PaperRead
from ui.style import Tone
from ui.widgets.layout import column, line
from ui.widgets.text import Click, button, icon_label, label
from ui.wording import count_of, tr


class Notice(QFrame):
    """A sentence with an icon, and the one thing to do about it."""

    def __init__(
        self, icon: str, verb: str = "", do: Click | None = None, tone: Tone = "accent"
    ) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.words = label("")
        self.button = button(verb, do)
        self.button.setVisible(bool(verb))
        said = QHBoxLayout()
        said.setSpacing(12)
        said.addWidget(icon_label(icon, 20, tone), 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.words, 1)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.setSpacing(8)
        inside.addLayout(said)
        if verb:
            inside.addLayout(line(self.button))
        self.hide()

    def say(self, sentence: str) -> None:
        """Say this, or nothing."""
        self.words.setText(sentence)
        self.setVisible(bool(sentence))


class Notices(QWidget):
    """`show_wanted(document_id)` for the other copy; `split_wanted(pages)` for two letters."""

    show_wanted = Signal(str)
    split_wanted = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._copy = ""
        self._letters: tuple[int, ...] = (1,)
        self.reading = Notice("clock")
        self.copy = Notice("papers", tr("Show the other one"), self._show)
        self.letters = Notice("letter", tr("Make separate papers"), self._split)
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
        is_known = row is not None and read.document_id == row.id
        waits = row is not None and row.read == "waiting"
        unsifted = is_known and not read.facts.is_sifted and row is not None and row.read == "done"
        self.reading.say(
            tr("Still being read. What is found comes into the fields by itself; what you type "
               "stays.") if waits or unsifted else ""
        )  # fmt: skip
        copies: Sequence[Likeness] = read.copies if is_known else ()
        self._copy = copies[0].document_id if copies else ""
        self.copy.say(
            tr("This looks like a second copy of “{name}”. Both are kept.", name=copies[0].name)
            if copies else ""
        )  # fmt: skip
        self._letters = read.facts.letters if is_known else (1,)
        self.letters.say(_letters_words(self._letters))
        shown = (self.reading, self.copy, self.letters)
        self.setVisible(any(not notice.isHidden() for notice in shown))

    def _show(self) -> None:
        self.show_wanted.emit(self._copy)

    def _split(self) -> None:
        self.split_wanted.emit(list(self._letters))


def _letters_words(letters: Sequence[int]) -> str:
    if len(letters) < 2:
        return ""
    pages = ", ".join(tr("page {page}", page=page) for page in letters)
    if len(letters) == 2:
        return tr("Two letters seem to be in this file ({pages}).", pages=pages)
    seem = count_of(len(letters), "{n} letter seems", "{n} letters seem")
    return tr("{seem} to be in this file ({pages}).", seem=seem, pages=pages)
