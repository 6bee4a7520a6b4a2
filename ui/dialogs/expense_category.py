"""What an expense was for, and who counts that kind of care: said in plain words beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.domain.expense import Expense
from app.domain.tax_book import TaxBook
from app.domain.tax_category import Before, Status, TaxCategory
from ui.names import CATEGORIES, choices
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.form import Form
from ui.widgets.layout import column
from ui.widgets.text import muted
from ui.wording import short_date, tr

_STATES: Final[Mapping[Status, str]] = {
    Status.QUALIFIED: "counts",
    Status.LIMITED: "counts up to a limit",
    Status.NEEDS_LETTER: "only with a doctor's letter of medical necessity",
    Status.CONDITIONAL: "it depends",
    Status.NOT_QUALIFIED: "does not count",
}
_YES_NO: Final = (("yes", "Yes"), ("no", "No"))
_APART: Final = (",", ":", ";", " ")


def category_choices(book: TaxBook, kept: str = "") -> list[tuple[str, str]]:
    """Return the kinds to choose from: those that most bills are for, then all others by name.

    A kind that came from elsewhere stays on offer as it was typed.
    """
    first = choices(CATEGORIES)
    others = [(key, each.label) for key, each in book.categories.items() if key not in CATEGORIES]
    offered = [*first, *sorted(others, key=lambda pair: pair[1].casefold())]
    is_known = not kept or any(key == kept for key, _ in offered)
    return offered if is_known else [*offered, (kept, kept)]


def counting_words(category: TaxCategory | None, paid_on: date | None = None) -> str:
    """Return in plain words for whom a kind of expense counts; three answers, since they differ.

    `paid_on` matters where the law changed: before a day the kind did not count.
    """
    if category is None:
        return ""
    said = tr(
        "HSA: {hsa}. FSA: {fsa}. Tax deduction (Schedule A): {deducted}.",
        hsa=tr(_STATES[category.hsa]),
        fsa=tr(_STATES[category.health_fsa]),
        deducted=tr(_STATES[category.schedule_a]),
    )
    parts = [said]
    before = _earlier_law(category, paid_on)
    if before:
        day = short_date(before.paid_from)
        parts.append(tr("Paid before {day}: {text}", day=day, text=before.text))
    if category.note:
        parts.append(category.note)
    if category.caution:
        parts.append(tr(category.caution))
    return " ".join(parts)


def _earlier_law(category: TaxCategory, paid_on: date | None) -> Before | None:
    """Return what held before the law changed, where the payment was before that."""
    before = category.before
    return before if before and paid_on and paid_on < before.paid_from else None


class CategoryFields:
    """The kind of an expense on a form, what is said about it, and its one question."""

    def __init__(
        self, form: Form, book: TaxBook, line: Expense, letters: Sequence[tuple[str, str]]
    ) -> None:
        """Put the fields on a form; `letters` are those of medical necessity, by id and name."""
        self._form, self._book = form, book
        known = book.category(line.category)
        value = known.id if known else line.category
        self.words = muted("")
        self.choice: ChoiceField[str] = ChoiceField(
            category_choices(book, value), unknown=tr("Not said"), value=value or None
        )
        room = QWidget()
        self.below = column(4)
        room.setLayout(self.below)
        self.below.addWidget(self.words)
        form.add(tr("What for?"), self.choice, below=room)
        self.letters: ChoiceField[str] = ChoiceField(
            letters, unknown=tr("The one that fits, if any"), value=line.necessity_id
        )
        form.add(tr("Which letter of medical necessity?"), self.letters)
        self._has_letters = bool(letters)
        said, reason = parted_answer(line.answer)
        self.question = muted("")
        self.yes_no: ChoiceField[str] = ChoiceField(
            [(key, tr(word)) for key, word in _YES_NO], unknown=tr("Not answered yet"), value=said
        )
        form.add(tr("This kind asks a question"), self.yes_no, below=self.question)
        self.reason = form.add(
            tr("Why? It will be printed"), TextField(reason, tr("Such as: ordered by Dr. Lee"))
        )
        self._paid_on: date | None = None
        self.choice.changed.connect(self.show)
        self.yes_no.changed.connect(self.show)
        self.show()

    @property
    def chosen(self) -> TaxCategory | None:
        """The kind that is chosen, if the tax book knows it."""
        return self._book.category(self.choice.value() or "")

    def paid_on(self, day: date | None) -> None:
        """Tell the day of payment: some kinds count only from a day on."""
        self._paid_on = day
        self.show()

    def answer(self) -> str:
        """Return the answer as it is kept: `yes, because …`; empty where none is asked or given."""
        said = self.yes_no.value()
        if not said or not self._asks():
            return ""
        return f"{said}, {self.reason.value()}" if self.reason.value() else said

    def letter(self) -> str | None:
        """Return the chosen letter where this kind needs one."""
        return self.letters.value() if self._needs_letter() else None

    def _needs_letter(self) -> bool:
        chosen = self.chosen
        return chosen is not None and chosen.hsa is Status.NEEDS_LETTER

    def _asks(self) -> str:
        """Return the question of the kind that is chosen, if it has one."""
        chosen = self.chosen
        if chosen is None:
            return ""
        if (before := _earlier_law(chosen, self._paid_on)) and before.question:
            return before.question
        return chosen.question or (chosen.limit.question if chosen.limit else "")

    @Slot()
    def show(self) -> None:
        """Say what is chosen, and ask what it asks."""
        typed = self.choice.value()
        words = counting_words(self.chosen, self._paid_on)
        if typed and self.chosen is None:
            words = tr(
                "The program does not know this kind, so it will ask. Choose one if you can."
            )
        self.words.setText(words)
        self.words.setVisible(bool(words))
        question = self._asks()
        self.question.setText(question)
        self._form.set_row_visible(self.letters, self._needs_letter() and self._has_letters)
        self._form.set_row_visible(self.yes_no, bool(question))
        self._form.set_row_visible(self.reason, bool(question) and self.yes_no.value() is not None)


def parted_answer(answer: str) -> tuple[str | None, str]:
    """Return a kept answer as the choice and the reason; another text is a reason alone."""
    folded = answer.casefold()
    for key, _ in _YES_NO:
        if folded.startswith(key) and (len(answer) == len(key) or answer[len(key)] in _APART):
            return key, answer[len(key) :].lstrip("".join(_APART))
    return None, answer
