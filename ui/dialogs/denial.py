"""Recording a denial: whether waiting could harm, what the letter says, and which days follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot

from app.domain.denial_dates import DenialDates
from app.domain.errors import UserError
from app.domain.rule_book import RuleBook
from app.operations.denials import DenialAnswer, propose
from app.storage.queries.papers import PaperRow
from ui.desk import Desk
from ui.dialogs.date_card import DateCard
from ui.dialogs.denial_advice import plan_of, urgent_advice
from ui.dialogs.denial_more import MoreAboutDenial
from ui.dialogs.denial_words import (
    COUNTED_FROM,
    DAY_UNITS,
    HARM,
    HARM_QUESTION,
    LETTER_SAYS,
    LONG_UNITS,
    RUNS,
    harm_meant,
    harm_of,
    levels_of,
)
from ui.names import choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField, ChoiceField, DateField, NumberField
from ui.widgets.text import relabel
from ui.wording import tr

_DAYS_A_WEEK = 7
_LONGER = "longer"


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
        is_new: bool,
    ) -> None:
        """Make the form; `papers` may be its letter, `before` is what is known already."""
        super().__init__(
            tr("They said no"), tr("Record the denial") if is_new else tr("Save the denial")
        )
        self._desk, self._book, self._claim_id = desk, book, claim_id
        self._plan = plan_of(desk.binder, claim_id)
        self._result = DateCard()
        self.confirm = CheckField(tr("I have looked at the letter. This is the last day."))
        self._result.body.addWidget(self.confirm)
        self._ask_harm(before)
        self._ask_time(before)
        self._ask_dates(before)
        self.form.add_widget(self._result)
        self.more = MoreAboutDenial(desk, papers, before)
        self.form.add_widget(self.more)
        self.letter, self.reason = self.more.letter, self.more.reason
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
            tr("Leave it empty if the letter does not say."),
        )

    def _ask_time(self, before: DenialAnswer) -> None:
        form, says, unit = self.form, before.letter_says, before.letter_unit
        is_long = says == "days" and unit not in dict(DAY_UNITS)
        self.says = form.add(
            tr("What does the letter say about how long you have?"),
            ChoiceField(
                _said(LETTER_SAYS),
                unknown=tr("I have not looked yet"),
                value=_LONGER if is_long else says,
            ),
            tr("Look for words like “within 180 days” or “no later than”, often on the last page."),
        )
        self.last_day = form.add(
            tr("The last day in the letter"),
            DateField(self._desk.today, "future", before.letter_date),
        )
        self.days = NumberField(None if is_long else before.letter_days)
        self.day_unit = ChoiceField(_said(DAY_UNITS), value=unit)
        form.add_beside([(tr("How many days?"), self.days), (tr("Which days?"), self.day_unit)])
        self.amount = NumberField(before.letter_days if is_long else None)
        self.long_unit = ChoiceField(_said(LONG_UNITS), value=unit if is_long else "weeks")
        form.add_beside([(tr("How many?"), self.amount), (tr("Weeks or months?"), self.long_unit)])
        self.counts_from = form.add(
            tr("Counted"), ChoiceField(_said(COUNTED_FROM), value=before.letter_counts_from)
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
            self.harm, self.action_on, self.says, self.last_day, self.days, self.day_unit,
            self.amount, self.long_unit, self.counts_from, self.level, self.notice_on,
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
        says, filled = self.says.value(), self._filled()
        if says == "date" and filled.letter_date is None:
            raise UserError(tr("Enter the last day that the letter names."))
        if says == "days" and filled.letter_days is None:
            raise UserError(tr("Enter how many days the letter gives."))
        if says == _LONGER and filled.letter_days is None:
            raise UserError(tr("Enter how many weeks or months the letter gives."))
        return DenialInput(
            filled, confirmed=self.confirm.isVisibleTo(self) and self.confirm.value()
        )

    def _filled(self) -> DenialAnswer:
        says = self.says.value() or "unknown"
        length, unit = self._length(says)
        urgent, continuing = harm_meant(self.harm.value())
        return DenialAnswer(
            document_id=self.letter.value(),
            notice_on=self.notice_on.value(),
            received_on=self.received_on.value(),
            level=self.level.value() or 1,
            kind=self.more.kind.value() or "",
            reason=self.reason.value(),
            letter_says="days" if says == _LONGER else says,
            letter_date=self.last_day.value() if says == "date" else None,
            letter_days=length,
            letter_unit=unit,
            letter_counts_from=self.counts_from.value() or "notice",
            action_on=self.action_on.value() if self._asks_for_change else None,
            urgent=urgent,
            continuing=continuing,
            care=self.more.care.value() or "",
            peer_by=self.more.peer_by.value(),
        )

    def _length(self, says: str) -> tuple[int | None, str]:
        """Return the number that the letter gives, and its unit; a week is seven days."""
        if says == "days":
            return self.days.value(), self.day_unit.value() or "calendar_days"
        if says != _LONGER:
            return None, "calendar_days"
        amount = self.amount.value()
        if self.long_unit.value() == "months":
            return amount, "months"
        return amount and amount * _DAYS_A_WEEK, "calendar_days"

    @property
    def _asks_for_change(self) -> bool:
        return self.harm.value() in RUNS

    # ------------------------------------------------------------------ showing

    @Slot()
    def _show(self) -> None:
        """Show which days follow from what is filled in now."""
        says, form = self.says.value(), self.form
        form.set_row_visible(self.action_on, self._asks_for_change)
        form.set_row_visible(self.last_day, says == "date")
        for field in (self.days, self.day_unit):
            form.set_row_visible(field, says == "days")
        for field in (self.amount, self.long_unit):
            form.set_row_visible(field, says == _LONGER)
        form.set_row_visible(self.counts_from, says in {"days", _LONGER})
        try:
            filled = self._filled()
            proposal = propose(self._desk.binder, self._book, self._claim_id, filled)
        except UserError:
            self._result.show_proposal(None, self._desk.today())  # half typed: the form says so
            self._ask_to_confirm(0)
            return
        advice = urgent_advice(self._desk.binder, self._book, self._claim_id, filled)
        self._result.show_proposal(proposal, self._desk.today(), advice)
        self._ask_to_confirm(_days_in(proposal, filled))

    def _ask_to_confirm(self, days: int) -> None:
        """One yes for all days that stand there; any change takes an earlier yes back."""
        words = (
            tr("I have looked at the letter. This is the last day.")
            if days <= 1
            else tr("I have looked at the letter. These are the last days.")
        )
        relabel(self.confirm, words)
        self.confirm.setVisible(bool(days) and self.says.value() is not None)
        self.confirm.set_value(False)


def _days_in(proposal: DenialDates, filled: DenialAnswer) -> int:
    """Return how many days the calendar would get."""
    found = (proposal.appeal, *(side.planned for side in proposal.sides))
    return sum(1 for planned in found if planned.last_day) + bool(filled.peer_by)


def _said(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, tr(words)) for key, words in pairs]
