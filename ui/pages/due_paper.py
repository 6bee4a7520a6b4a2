"""The words of the letter that a date comes from, and the letter opened at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy

from app.binder import Binder
from app.domain.denial import Denial
from app.domain.fact import WindowSaid
from app.domain.fact_rows import FactRow
from app.storage.queries.facts import paper_facts
from app.storage.queries.papers import PaperRow, paper_row
from ui.desk import Desk
from ui.dialogs.telling import TellDialog
from ui.pages.due_grounds import Grounds
from ui.style import px
from ui.widgets.page_view import PageView
from ui.widgets.text import label
from ui.wording import tr

_UNITS = {"calendar_days", "business_days", "months", "years", "hours"}


@dataclass(frozen=True, slots=True)
class LetterWords:
    """Words of a letter that a date comes from: where they stand, and whether a person said so."""

    paper: PaperRow
    row: FactRow

    @property
    def quoted(self) -> str:
        """The words themselves, with the page."""
        said = tr("“{words}”", words=" ".join(self.row.text.split()))
        return tr("{said} (page {page})", said=said, page=self.row.page) if self.row.page else said

    @property
    def how_sure(self) -> str:
        """Whether a person has looked at them."""
        if self.row.is_confirmed:
            return tr("You confirmed these words.")
        return tr("Read by the program, not confirmed by you: look in the letter.")


def letter_words(binder: Binder, grounds: Grounds) -> tuple[LetterWords, ...]:
    """Return the words of the letter about the time there is, then those with its date."""
    if grounds.document_id is None:
        return ()
    paper = binder.ask(paper_row, grounds.document_id)
    if paper is None:
        return ()
    rows = binder.ask(paper_facts, paper.id).rows
    found = [*_about_time(rows, grounds.denial), *_about_date(rows, grounds)]
    return tuple(LetterWords(paper, row) for row in found if row.text)


def _about_time(rows: tuple[FactRow, ...], denial: Denial | None) -> Iterator[FactRow]:
    """Yield the window of the letter that the denial has, what a person confirmed first."""
    fitting = [row for row in rows if denial and _says(row.value, denial)]
    yield from sorted(fitting, key=lambda row: (not row.is_confirmed, -row.score))[:1]


def _says(value: object, denial: Denial) -> bool:
    """Say whether a window of the letter is the one that stands in the denial."""
    if not isinstance(value, WindowSaid) or value.for_whom != "patient":
        return False
    if denial.letter_says == "date":
        return value.due is not None and value.due == denial.letter_date
    if denial.letter_says != "days" or value.unit not in _UNITS:
        return False
    return (value.amount, value.unit) == (denial.letter_days, denial.letter_unit)


def _about_date(rows: tuple[FactRow, ...], grounds: Grounds) -> Iterator[FactRow]:
    """Yield the words of the date on the letter, if it is the one that was counted from."""
    days = {day.isoformat() for _words, day in grounds.facts}
    dated = [row for row in rows if row.name == "letter_date" and row.value in days]
    yield from sorted(dated, key=lambda row: (not row.is_confirmed, -row.score))[:1]


class LetterDialog(TellDialog):
    """Shows a letter at the page with the words that a date comes from, lit up."""

    def __init__(self, desk: Desk, words: LetterWords) -> None:
        super().__init__(words.paper.name)
        self.form.hide()
        self.view = PageView(desk.quick, desk.reader.page_picture, desk.reader.page_text)
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.view.setMinimumHeight(px(240))
        self.body.insertWidget(0, label(words.quoted))
        self.body.insertWidget(1, self.view, 1)
        self.body.setStretch(self.body.count() - 1, 0)
        self.view.show_paper(words.paper.id, words.paper.pages or 0, words.paper.name)
        self.view.light_up(words.row.page or 1, words.row.boxes)

    def sizeHint(self) -> QSize:
        """A large part of the screen: it is for reading."""
        screen = self.screen().availableSize()
        return QSize(
            min(px(900), screen.width() * 9 // 10), min(px(860), screen.height() * 9 // 10)
        )
