"""All that is said about something without a date: how to ask, what the doctor does, what law."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize

from app.domain.undated import Undated
from ui.dialogs.telling import TellDialog
from ui.pages.due_words import checked_words, since_words, whom_words
from ui.style import px
from ui.widgets.layout import rule
from ui.widgets.text import Label, copyable, muted, section
from ui.wording import tr


class AdviceDialog(TellDialog):
    """Shows an entry in full, and below it what may be asked for at the same time."""

    def __init__(self, entries: Sequence[Undated], today: date) -> None:
        first = entries[0]
        super().__init__(first.title)
        about = [first.claim, first.patient, since_words(first, today)]
        self.form.add_widget(muted(" · ".join(filter(None, about))))
        for number, entry in enumerate(entries):
            if number:
                self.form.add_widget(rule())
                self.form.add_widget(section(entry.title))
            self._add(entry)
        if whom := whom_words(first):
            self.form.add_widget(Label(whom, "strong", select=True))

    def _add(self, entry: Undated) -> None:
        for words in (entry.sentence, *entry.how):
            self.form.add_widget(copyable(words))
        if entry.ask:
            self.form.add_widget(Label(entry.ask, "strong"))
        if entry.source:
            law = tr("The law: {source}.", source=entry.source)
            checked = checked_words(entry.verification)
            self.form.add_widget(muted(" ".join(filter(None, (law, checked)))))

    def sizeHint(self) -> QSize:
        """Wide enough to read in peace."""
        return (
            super()
            .sizeHint()
            .expandedTo(QSize(px(600), 0))
            .boundedTo(self.screen().availableSize() * 0.9)
        )
