"""Where a date comes from: the letter's day, the rule's day, the source, and the arithmetic."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.errors import UserError
from app.operations import dates
from app.operations.rules import rule_book
from app.storage.queries.dates import DueRow
from app.storage.queries.records import all_people
from ui.desk import Desk
from ui.pages.denial_steps import ask_denial
from ui.pages.due_lines import basis_words, due_sentence
from ui.shell import Shell
from ui.widgets.fields import ChoiceField
from ui.widgets.flow import flow
from ui.widgets.layout import emptied
from ui.widgets.text import button, label, muted, quiet_button, section
from ui.wording import date_words, short_date, tr

_CHECKED = {
    "P26": "The law's text was read in its 2026 form.",
    "Q26": "A quotation of the law of September 2026 was read.",
    "P": "The law's own text was read, in an older or undated copy.",
}
"""How well a rule was checked, in words, by its level in the rule book."""


class DueDetails(QWidget):
    """Shows one entry of the calendar in full, and what can be done with it."""

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
        self._layout.addWidget(section(row.title))
        if row.claim:
            self._layout.addWidget(label(row.claim))
        done = tr("Done on {day}", day=short_date(row.done_on)) if row.done_on else ""
        self._layout.addWidget(label(done or due_sentence(row, today)))
        self._layout.addWidget(self._buttons(row))
        self._layout.addWidget(self._doer(row))
        for words, value in self._facts(row):
            self._layout.addLayout(_fact(words, value))
        if row.note:
            self._layout.addWidget(muted(row.note))

    def _facts(self, row: DueRow) -> list[tuple[str, str]]:
        rule = self._rule_words(row)
        pairs = [
            (tr("Last day"), date_words(row.last_day)),
            (tr("Aim for"), date_words(row.safe_on) if row.safe_on else ""),
            (tr("Where the date comes from"), basis_words(row)),
            (tr("The letter's own day"), date_words(row.letter_on) if row.letter_on else ""),
            (tr("The rule's day"), date_words(row.rule_on) if row.rule_on else ""),
            (tr("The law's latest (do not plan on it)"),
             date_words(row.latest_on) if row.latest_on else ""),
            (tr("The rule"), rule),
            (tr("What counts as filed"), row.counts_as_filed),
        ]  # fmt: skip
        return [(words, value) for words, value in pairs if value]

    def _rule_words(self, row: DueRow) -> str:
        if not row.rule_id:
            return ""
        try:
            rule = rule_book().get(row.rule_id)
        except UserError:
            return row.source  # the rule book of another version: the entry keeps its source
        checked = _CHECKED.get(rule.verification, "")
        return " ".join(part for part in (f"{rule.title}: {rule.source}.", tr(checked)) if part)

    def _buttons(self, row: DueRow) -> QWidget:
        binder, today = self._desk.binder, self._desk.today()
        made: list[QPushButton] = []
        if row.done_on:
            made.append(
                button(tr("Not done yet"), partial(dates.mark_open, binder, row.id), "undo")
            )
        else:
            made.append(
                button(tr("Done"), partial(dates.mark_done, binder, row.id, today), "check")
            )
        if row.denial_id:
            ask = partial(ask_denial, self._desk, self._shell, row.denial_id)
            made.append(quiet_button(tr("Open the denial"), ask, "edit"))
        if row.call_id:
            go = partial(self._shell.go_to, "calls", "call", row.call_id)
            made.append(quiet_button(tr("Open the call"), go, "calls"))
        if row.kind == "own":
            made.append(
                quiet_button(tr("Remove"), partial(dates.remove_date, binder, row.id), "trash")
            )
        return flow(*made)

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


def _fact(words: str, value: str) -> QVBoxLayout:
    """Return a small pair: what it is, muted, above what it says."""
    made = QVBoxLayout()
    made.setSpacing(2)
    made.addWidget(muted(words))
    made.addWidget(label(value))
    return made
