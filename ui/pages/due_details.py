"""One entry of the calendar in full: its days, where they come from, and what can be done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from app.operations import dates
from app.storage.queries.dates import DueRow
from app.storage.queries.records import all_people
from ui.desk import Desk
from ui.pages.due_counted import CountedDialog
from ui.pages.due_deeds import deed_buttons, due_deeds
from ui.pages.due_grounds import Grounds, grounds_of
from ui.pages.due_kinds import due_kind
from ui.pages.due_lines import LOOKS
from ui.pages.due_paper import LetterDialog, LetterWords, letter_words
from ui.pages.due_words import (
    basis_words,
    due_sentence,
    late_words,
    moment_words,
    urgency,
)
from ui.shell import Shell
from ui.widgets.fields import ChoiceField
from ui.widgets.layout import emptied, line, rule
from ui.widgets.text import Label, button, copyable, icon_label, label, muted, quiet_button, section
from ui.wording import date_words, tr


class DueDetails(QWidget):
    """Shows one entry with everything that can be done with it."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(12)
        self.show_row(None)

    def show_row(self, row: DueRow | None) -> None:
        """Show an entry, or nothing."""
        emptied(self._layout)
        if row is None:
            self._layout.addWidget(muted(tr("Choose a date to see where it comes from.")))
        else:
            self._show(row)
        self._layout.addStretch(1)

    def _show(self, row: DueRow) -> None:
        today = self._desk.today()
        now = urgency(row, today)
        kind = due_kind(row.kind)
        about = (tr(kind.word), row.claim, row.patient)
        self._head(row.title, kind.icon, " · ".join(filter(None, about)))
        late = late_words(row, today)
        said = Label(late or due_sentence(row, today), LOOKS.get(now.tone, "body"))
        if now.icon:
            top = line(spacing=8, stretch=False)
            top.addWidget(icon_label(now.icon, 20, now.tone), 0, Qt.AlignmentFlag.AlignTop)
            top.addWidget(said, 1)
            self._layout.addLayout(top)
        else:
            self._layout.addWidget(said)
        self._layout.addWidget(deed_buttons(due_deeds(self._desk, self._shell, row)))
        grounds = grounds_of(self._desk.binder, row)
        self._days(row)
        self._why(row, grounds)
        self._layout.addWidget(self._doer(row))
        if row.note:
            self._pair(tr("Good to know"), row.note)

    def _head(self, title: str, icon: str, about: str) -> None:
        self._layout.addWidget(section(title))
        if about:
            top = line(icon_label(icon, 20, "accent"), spacing=8, stretch=False)
            top.addWidget(label(about), 1)
            self._layout.addLayout(top)

    def _days(self, row: DueRow) -> None:
        moment = moment_words(row)
        is_answer = row.kind == "answer"
        if row.safe_on and row.safe_on != row.last_day:
            self._pair(tr("Aim for"), date_words(row.safe_on))
        last = tr("An answer is due about") if is_answer else tr("Last day")
        self._pair(last, " · ".join(filter(None, (date_words(row.last_day), moment))))
        if is_answer and row.latest_on:
            self._pair(tr("Without an answer it appears late after"), date_words(row.latest_on))
        elif row.latest_on:
            self._pair(tr("The law's latest (do not plan on it)"), date_words(row.latest_on))
        if row.letter_on:
            self._pair(tr("The letter's own day"), date_words(row.letter_on))
        if row.rule_on:
            self._pair(tr("The rule's day"), date_words(row.rule_on))

    def _why(self, row: DueRow, grounds: Grounds) -> None:
        if row.basis in {"promise", "own"}:
            self._pair(tr("Where the date comes from"), basis_words(row))
            return
        self._layout.addWidget(rule())
        self._pair(tr("Where the date comes from"), basis_words(row))
        for words, day in grounds.facts:
            self._pair(words, date_words(day))
        for words in letter_words(self._desk.binder, grounds):
            self._layout.addLayout(self._quoted(words))
        self._pair(tr("The rule and its law"), " ".join(filter(None, (grounds.law,))))
        self._pair(tr("How well it was checked"), grounds.checked)
        self._pair(tr("What counts as filed"), row.counts_as_filed)
        if grounds.countings:
            count = button(
                tr("How it was counted …"), partial(self._count, row, grounds), "calendar"
            )
            self._layout.addLayout(line(count))
        for counting in grounds.countings:
            if counting.differs:
                self._layout.addWidget(Label(counting.differs, "warning"))

    def _quoted(self, words: LetterWords) -> QLayout:
        made = QVBoxLayout()
        made.setSpacing(2)
        made.addWidget(muted(tr("The words in the letter")))
        made.addWidget(copyable(words.quoted))
        made.addWidget(muted(words.how_sure))
        show = quiet_button(tr("Show them in the letter"), partial(self._letter, words), "letter")
        made.addLayout(line(show))
        return made

    def _count(self, row: DueRow, grounds: Grounds) -> None:
        self._shell.ask_dialog(CountedDialog(row, grounds))

    def _letter(self, words: LetterWords) -> None:
        self._shell.ask_dialog(LetterDialog(self._desk, words))

    def _doer(self, row: DueRow) -> QWidget:
        people = self._desk.binder.ask(all_people)
        field = ChoiceField(
            [(person.id, person.name) for person in people],
            unknown=tr("Nobody named"),
            value=row.doer_id,
        )
        field.setAccessibleName(tr("Who does it?"))
        field.changed.connect(lambda: dates.give_to(self._desk.binder, row.id, field.value()))
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(muted(tr("Who does it?")))
        layout.addWidget(field)
        return made

    def _pair(self, words: str, value: str) -> None:
        """Add a small pair: what it is, muted, above what it says."""
        if not value:
            return
        made = QVBoxLayout()
        made.setSpacing(2)
        made.addWidget(muted(words))
        made.addWidget(copyable(value))
        self._layout.addLayout(made)
