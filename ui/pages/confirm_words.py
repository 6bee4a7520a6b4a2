"""Words clicked on the page: which of them are meant, and what they are for a field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.errors import UserError
from app.domain.fact import Box
from app.domain.page import Word
from ui.desk import Desk
from ui.widgets.page_view import PageView
from ui.widgets.typed_dates import Lean, read_date

_LONGEST_DATE: Final = 5  # words: “3 de agosto de 2026”
_AROUND: Final = " \t,.;:()[]{}“”\"'*•–—"


class WordPicking(QObject):
    """Fetches the words of the page that is shown; `picked` carries those that are clicked.

    That is (all words of the page, the numbers of the picked ones).
    """

    picked = Signal(object, object)

    def __init__(self, desk: Desk, view: PageView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self._of: tuple[str, int] = ("", 0)
        self._asked: tuple[str, int] = ("", 0)
        self._words: tuple[Word, ...] = ()
        view.page_shown.connect(self._fetch)
        view.sheet.picked.connect(self._pick)

    @Slot(str, int)
    def _fetch(self, document_id: str, page: int) -> None:
        wanted = document_id, page
        if wanted == self._of:
            self._offer()
            return
        if wanted == self._asked:
            return
        self._asked = wanted
        reader = self._desk.reader

        def take(words: tuple[Word, ...]) -> None:
            self._asked = "", 0
            if words:
                self._of, self._words = wanted, words
                self._offer()

        def refused(_error: BaseException) -> None:
            self._asked = "", 0  # a page whose words cannot be had is looked at all the same

        self._desk.quick.run(
            "", lambda _progress: reader.page_words(document_id, page), take, refused, owner=self
        )

    def _offer(self) -> None:
        document_id, page = self._of
        self._view.set_words(document_id, page, [box_of([word]) for word in self._words])

    @Slot(tuple)
    def _pick(self, numbers: tuple[int, ...]) -> None:
        self.picked.emit(self._words, numbers)


def box_of(words: Sequence[Word]) -> Box:
    """Return the box around some words."""
    return (
        min(word.x0 for word in words), min(word.y0 for word in words),
        max(word.x1 for word in words), max(word.y1 for word in words),
    )  # fmt: skip


def text_of(words: Sequence[Word]) -> str:
    """Return words as one value, without the points and brackets around it."""
    return " ".join(word.text for word in words).strip(_AROUND)


def date_in(
    words: Sequence[Word], numbers: Sequence[int], today: Callable[[], date], lean: Lean = "past"
) -> tuple[date, tuple[Word, ...]] | None:
    """Return the date that the picked words are, or that one of them is a part of.

    The longest run of words on the page that is one date and touches the picked ones is meant:
    a click on “August” takes all of “August 3, 2026”.
    """
    if not numbers:
        return None
    first, last = min(numbers), max(numbers)
    runs = [
        (start, end)
        for start in range(max(0, first - _LONGEST_DATE + 1), last + 1)
        for end in range(max(start, first), min(start + _LONGEST_DATE, len(words)))
    ]
    for start, end in sorted(runs, key=lambda run: run[0] - run[1]):
        some = tuple(words[start : end + 1])
        if day := _date(text_of(some), today(), lean):
            return day, some
    return None


def _date(text: str, today: date, lean: Lean) -> date | None:
    """Return the date that a text is; a label in front, as in “Date:8/3/2026”, is left out."""
    for said in (text, text.rpartition(":")[2]):
        try:
            return read_date(said, today, lean) if any(map(str.isdigit, said)) else None
        except UserError:
            continue
    return None
