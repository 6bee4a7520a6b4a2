"""Recording a denial: whether waiting could harm, what the letter says, and which days follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.domain.denial_dates import DenialDates
from app.domain.errors import UserError
from app.domain.rule_book import RuleBook
from app.operations.denials import DenialAnswer, propose
from app.storage.queries.papers import PaperRow
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.date_card import DateCard
from ui.dialogs.denial_advice import plan_of, urgent_advice
from ui.dialogs.denial_letter import LetterFields
from ui.dialogs.denial_more import MoreAboutDenial
from ui.dialogs.denial_words import HARM, HARM_QUESTION, RUNS, harm_meant, harm_of, levels_of
from ui.names import choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField, ChoiceField, DateField
from ui.widgets.text import relabel
from ui.wording import tr


@dataclass(frozen=True, slots=True)
class DenialInput:
    """What was filled in, and whether the person confirmed the dates that follow from it."""

    answer: DenialAnswer
    confirmed: bool


class DenialDialog(AskDialog[DenialInput]):
    """Collects a denial and shows at once which days follow from it, and from which source."""

    def __init__(
        self,
        desk: Desk,
        book: RuleBook,
        claim_id: str,
        papers: Sequence[PaperRow],
        before: DenialAnswer,
        *,
        confirmed: bool | None = None,
    ) -> None:
        """Make the form; `papers` may be its letter, `before` is what is known already.

        `confirmed` is None for a new denial, else whether the days that follow from `before` are
        in the calendar: the yes to them stands as long as they do.
        """
        super().__init__(
            tr("They said no"),
            tr("Record the denial") if confirmed is None else tr("Save the denial"),
        )
        self._desk, self._book, self._claim_id = desk, book, claim_id
        self._plan = plan_of(desk.binder, claim_id)
        self._confirmed = propose(desk.binder, book, claim_id, before) if confirmed else None
        self._result = DateCard()
        self.confirm = CheckField(tr("I have looked at the letter. This is the last day."))
        self._result.body.addWidget(self.confirm)
        self._ask_harm(before)
        self.time = LetterFields(desk, self.form, before)
        self.says, self.last_day, self.days = self.time.says, self.time.last_day, self.time.days
        self.counts_from = self.time.counts_from
        self._ask_dates(before)
        self.form.add_widget(self._result)
        self.more = MoreAboutDenial(desk, papers, before)
        self.form.add_widget(self.more)
        self.letter, self.reason = self.more.letter, self.more.reason
        QWidget.setTabOrder(self.level, self.confirm)  # it was made before the fields above it
        self._hear()
        self._show()

    # ------------------------------------------------------------------ asking

    def _ask_harm(self, before: DenialAnswer) -> None:
        self.harm = self.form.add(
            tr(HARM_QUESTION),
            ChoiceField(choices(HARM), unknown=tr("Choose an answer"), value=harm_of(before)),
        )
        self.action_on = self.form.add(
            tr("On which day does the treatment stop or change?"),
            DateField(self._desk.today, "near", before.action_on),
        )
        self.keep_by = self.form.add(
            tr("Does the letter name a last day to ask that care goes on?"),
            DateField(self._desk.today, "future", before.keep_by),
            tr("Leave both empty if the letter does not say."),
        )

    def _ask_dates(self, before: DenialAnswer) -> None:
        today, form = self._desk.today, self.form
        self.notice_on = DateField(today, "past", before.notice_on)
        self.received_on = DateField(today, "past", before.received_on)
        form.add_beside(
            [
                (tr("Date on the letter"), self.notice_on),
                (tr("Day it arrived, if you know"), self.received_on),
            ]
        )
        program = self._plan.program if self._plan else None
        self.level = form.add(
            tr("Which “no” is it?"),
            ChoiceField(levels_of(program, before.level), value=before.level),
        )

    def _hear(self) -> None:
        for field in (
            self.harm, self.action_on, self.keep_by, self.time, self.level, self.notice_on,
            self.received_on, self.more,
        ):  # fmt: skip
            field.changed.connect(self._show)

    # ------------------------------------------------------------------ answering

    @Slot()
    def accept(self) -> None:
        """Give the answer; what cannot be read in the fold is unfolded and shown."""
        if self.more.check():
            super().accept()

    def answer(self) -> DenialInput:
        """Return what is filled in now."""
        self.time.complete()
        return DenialInput(
            self._filled(), confirmed=self.confirm.isVisibleTo(self) and self.confirm.value()
        )

    def _filled(self) -> DenialAnswer:
        urgent, continuing = harm_meant(self.harm.value())
        return DenialAnswer(
            document_id=self.letter.value(),
            notice_on=self.notice_on.value(),
            received_on=self.received_on.value(),
            level=self.level.value() or 1,
            kind=self.more.kind.value() or "",
            reason=self.reason.value(),
            action_on=self.action_on.value() if self._asks_for_change else None,
            urgent=urgent,
            continuing=continuing,
            care=self.more.care.value() or "",
            peer_by=self.more.peer_by.value(),
            keep_by=self.keep_by.value(),
            **values_of(self.time.value()),
        )

    @property
    def _asks_for_change(self) -> bool:
        return self.harm.value() in RUNS

    # ------------------------------------------------------------------ showing

    @Slot()
    def _show(self) -> None:
        """Show which days follow from what is filled in now."""
        form = self.form
        form.set_row_visible(self.action_on, self._asks_for_change)
        form.set_row_visible(self.keep_by, self._asks_for_change or bool(self.keep_by.edit.text()))
        try:
            filled = self._filled()
            proposal = propose(self._desk.binder, self._book, self._claim_id, filled)
        except UserError:
            self._result.show_proposal(None, self._desk.today())  # half typed: the form says so
            self._ask_to_confirm(0, yes=False)
            return
        advice = urgent_advice(self._desk.binder, self._book, self._claim_id, filled)
        self._result.show_proposal(proposal, self._desk.today(), advice)
        self._ask_to_confirm(_days_in(proposal, filled), yes=proposal == self._confirmed)

    def _ask_to_confirm(self, days: int, *, yes: bool) -> None:
        """One yes for all days that stand there; any change takes an earlier yes back."""
        words = (
            tr("I have looked at the letter. This is the last day.")
            if days <= 1
            else tr("I have looked at the letter. These are the last days.")
        )
        relabel(self.confirm, words)
        self.confirm.setVisible(bool(days) and self.time.has_looked)
        self.confirm.set_value(yes)


def _days_in(proposal: DenialDates, filled: DenialAnswer) -> int:
    """Return how many days the calendar would get."""
    found = (proposal.appeal, *(side.planned for side in proposal.sides))
    return sum(1 for planned in found if planned.last_day) + bool(filled.peer_by)
