"""What must be done by when: the window that the letter gives, and the last day that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.binder import Binder
from app.domain.denial_dates import DenialDates
from app.domain.errors import UserError
from app.domain.fact import WindowSaid
from app.domain.fact_rows import FactRow
from app.domain.sifted_form import plain_value
from app.domain.urgent_care import UrgentAdvice
from app.operations.denials import DenialAnswer, propose
from app.operations.letter_answer import DENIALS, SAYS_NOTHING, is_certain
from app.operations.rules import rule_book
from ui.desk import Desk
from ui.dialogs.date_card import DateCard
from ui.dialogs.denial_advice import urgent_advice
from ui.dialogs.denial_words import HARM, HARM_QUESTION, harm_meant
from ui.names import WHOSE, choices, word_for
from ui.pages.confirm_phrases import (
    choice_words,
    filed_words,
    is_doubtful,
    mark_of,
    start_words,
    window_words,
)
from ui.pages.confirm_read import PaperRead
from ui.widgets.evidence import Evidence, Mark
from ui.widgets.fields import ChoiceField
from ui.widgets.form import Form
from ui.widgets.text import muted
from ui.wording import days_left, short_date, tr


@dataclass(frozen=True, slots=True)
class _Follows:
    """What follows from what was asked: the dates, and how to ask for a fast appeal."""

    dates: DenialDates
    advice: tuple[UrgentAdvice, ...]


def _follows(binder: Binder, asked: Asked) -> _Follows:
    dates = propose(binder, rule_book(), asked.claim_id, asked.answer)
    return _Follows(dates, urgent_advice(binder, rule_book(), asked.claim_id, asked.answer))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the last day follows from: the claim, and what the letter says."""

    claim_id: str
    answer: DenialAnswer


class Deadline(QWidget):
    """The last day of a denial with its sources, and the clocks of others.

    `changed` comes when `mark` is new: the day in short, and what filing does with it. `form` asks
    whether waiting could harm; it stands where the button is that files, so that nobody misses it.
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._asked: Asked | None = None
        self._proposal: DenialDates | None = None
        self._advice: tuple[UrgentAdvice, ...] = ()
        self._paper, self._said = "", dict[str, str | None]()
        self._is_sure, self._is_denial = False, False
        self.form = Form()
        self.harm = self.form.add(
            tr(HARM_QUESTION), ChoiceField(choices(HARM), unknown=tr("Choose an answer"))
        )
        self.card = DateCard(heading=False)
        self.others = muted("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.card)
        layout.addWidget(self.others)
        for part in (self.form, self.card, self.others, self):
            part.hide()

    def answered(self, answer: DenialAnswer) -> DenialAnswer:
        """Return the answer with what is said about harm."""
        urgent, continuing = harm_meant(self.harm.value())
        return replace(answer, urgent=urgent, continuing=continuing)

    def show_others(self, read: PaperRead) -> None:
        """Name the clocks that are not the person's, so that nobody takes them for theirs.

        What was said about harm stays with its paper.
        """
        if read.document_id != self._paper:
            self._said[self._paper] = self.harm.value()
            self._paper = read.document_id
            self.harm.blockSignals(True)
            self.harm.set_value(self._said.get(self._paper))
            self.harm.blockSignals(False)
        words = [_whose(cast("WindowSaid", row.value)) for row in read.others_windows]
        self.others.setText("\n".join(dict.fromkeys(words)))
        self.others.setVisible(bool(words))
        self._fit()

    def ask_again(self) -> None:
        """Forget the day: the claim or the plan that it follows from may have changed."""
        self._asked = None

    def show_for(self, asked: Asked | None, *, is_sure: bool, is_denial: bool) -> None:
        """Show the day that follows.

        `is_sure` tells whether filing may keep it, `is_denial` whether it is asked for otherwise.
        """
        self._is_sure, self._is_denial = is_sure, is_denial
        if asked == self._asked:
            self._show()
            return
        self._asked, self._proposal = asked, None
        if asked is None:
            self._show()
            return
        binder = self._desk.binder

        def show(found: _Follows | None) -> None:
            if self._asked == asked:
                self._proposal = found.dates if found else None
                self._advice = found.advice if found else ()
                self._show()

        def not_yet(error: BaseException) -> None:
            if not isinstance(error, UserError):
                self._desk.quick.failed.emit(error)
            show(None)

        self._desk.quick.run(
            "",
            lambda _progress: _follows(binder, asked),
            show,
            not_yet,
            owner=self,
        )

    def settled(self, asked: Asked | None) -> DenialAnswer | None:
        """Return the denial whose last day the person sees now and filing keeps, or None."""
        if asked is None or asked != self._asked or not self._is_sure or not self._day():
            return None
        return asked.answer

    def _day(self) -> date | None:
        says = self._asked and self._asked.answer.letter_says != "unknown"
        return self._proposal.appeal.last_day if says and self._proposal else None

    @property
    def mark(self) -> Mark | None:
        """What is said beside the button that files: no day is kept that was not seen there."""
        if self._proposal is None and not self._is_denial:
            return None
        if not (day := self._day()):
            words = tr("You are asked about the last day when you file.")
            return Mark(words, "calendar")
        left = days_left(day, self._desk.today())
        last = tr("Last day: {day} · {left}", day=short_date(day), left=left)
        last = "\n".join([*self._keep_words(), last])
        if self._is_sure:
            then = tr("Filing puts it into your calendar.")
            return Mark(f"{last}\n{then}", "calendar", "accent")
        then = tr("You are asked about it when you file.")
        return Mark(f"{last}\n{then}", "calendar", "warning")

    def _keep_words(self) -> list[str]:
        """The shorter days beside the appeal's, which filing keeps as well."""
        sides = self._proposal.sides if self._proposal else ()
        return [
            tr("To keep your care going, ask by {day}", day=short_date(side.planned.last_day))
            for side in sides
            if side.kind == "keep_benefits" and side.planned.last_day
        ]

    def _show(self) -> None:
        self.form.setVisible(self._is_denial or self._asked is not None)
        self.card.setVisible(self._proposal is not None)
        if self._proposal:
            self.card.show_proposal(self._proposal, self._desk.today(), self._advice)
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        self.setVisible(not self.card.isHidden() or not self.others.isHidden())


def window_choices(read: PaperRead, kind: str | None) -> list[tuple[str, str]]:
    """Return what the letter may say about time, as a choice; what was read comes first."""
    found = [
        (plain_value(row.value), choice_words(cast("WindowSaid", row.value)))
        for row in read.windows(kind)
    ]
    return [*dict(found).items(), (SAYS_NOTHING, tr("The letter does not say"))]


def first_window(read: PaperRead, kind: str | None) -> str | None:
    """Return the window that stands in the field before anything is chosen."""
    rows = read.windows(kind)
    return plain_value(rows[0].value) if rows else None


def window_row(read: PaperRead, kind: str | None, chosen: str | None) -> FactRow | None:
    """Return the window that is chosen, if it was read."""
    return next((row for row in read.windows(kind) if plain_value(row.value) == chosen), None)


def said_in(row: FactRow | None, chosen: str | None) -> WindowSaid | str | None:
    """Return what the letter says about time: a window, nothing, or None for not known."""
    return cast("WindowSaid", row.value) if row else chosen if chosen == SAYS_NOTHING else None


def is_sure(
    kind: str | None, row: FactRow | None, chosen: str | None, dated: FactRow | None, *, typed: bool
) -> bool:
    """Whether filing may keep the day without asking again.

    Not where the reader doubts the window or the date it is counted from, unless the person has
    said that it looks right or has typed the date; and never where the paper may be no “no”.
    """
    if chosen is None:
        return False
    if row is None:
        return kind == "denial"
    if row.is_confirmed:
        return kind in DENIALS
    if kind != "denial" or is_doubtful(row) or not is_certain(said_in(row, chosen)):
        return False
    return typed or dated is None or not is_doubtful(dated)


def show_window(
    field: ChoiceField[str], mark: Evidence, row: FactRow | None, people: Mapping[str, str]
) -> None:
    """Say below the choice what the window is for, and whether it is confirmed."""
    if row is None:
        mark.show_mark(None)
        return
    window = cast("WindowSaid", row.value)
    shown = mark_of(row, cast("str", row.value), people, verb=tr("Looks right"))
    if shown and not is_certain(window) and not row.is_confirmed:
        why = tr("Look in the letter from which day it counts.")
        shown = Mark(tr("Please check. {why}", why=why), "warning", "warning", shown.verb, "right")
    if shown:
        said = (start_words(window), filed_words(window), shown.words)
        words = ". ".join(f"{part[0].upper()}{part[1:]}" for part in said if part)
        shown = replace(shown, words=words)
    mark.show_mark(shown, tr("How long do you have?"))
    field.setAccessibleDescription(mark.text)


def _whose(window: WindowSaid) -> str:
    return f"{word_for(WHOSE, window.for_whom)}: {window_words(window)}"
