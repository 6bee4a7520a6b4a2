"""A step counted by a rule: which rule, the dates it is counted from, and the day that follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Slot

from app.domain.deadline_rule import DeadlineRule
from app.domain.denial_dates import DenialDates
from app.domain.due_facts import Fact
from app.domain.errors import UserError
from app.domain.planned_deadline import PlannedDeadline
from app.domain.window import Unit
from app.operations.steps import StepAnswer
from ui.desk import Desk
from ui.dialogs.date_card import DateCard
from ui.dialogs.denial_time import TimeFields
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, NoteField
from ui.widgets.text import muted
from ui.widgets.typed_dates import Lean
from ui.wording import tr

_FACTS: Final = {
    Fact.NOTICE: ("notice_on", "Date on the letter"),
    Fact.RECEIVED: ("received_on", "Day it arrived, if you know"),
    Fact.SERVICE: ("service_on", "Day of the care"),
    Fact.BILL: ("bill_on", "Date on the first bill"),
    Fact.ACTION: ("action_on", "Day on which it happens or ends"),
}
_BY_THE_CLOCK: Final = frozenset({Unit.HOURS, Unit.HOURS_BEFORE, Unit.NOON_NEXT_DAY})
Propose = Callable[[str, StepAnswer], PlannedDeadline]


@dataclass(frozen=True, slots=True)
class StepInput:
    """The rule that was chosen, and the dates it is counted from."""

    rule_id: str
    answer: StepAnswer


class StepDialog(AskDialog[StepInput]):
    """Asks only for the dates that the chosen rule needs, and shows the day before it is kept."""

    def __init__(
        self,
        desk: Desk,
        rules: Sequence[DeadlineRule],
        propose: Propose,
        claim_id: str | None,
        before: StepInput | None = None,
    ) -> None:
        """Make the form; `propose` counts, `before` is the step to change."""
        super().__init__(
            tr("A step counted by a rule"), tr("Save") if before else tr("Put it in the calendar")
        )
        known = before.answer if before else StepAnswer(claim_id=claim_id)
        self._desk, self._propose, self._before = desk, propose, known
        self._rules = {rule.id: rule for rule in rules}
        form = self.form
        form.add_widget(
            muted(tr("For a letter or bill that is no “no”: papers they ask for, a bill far above "
                     "the estimate, care that ends."))
        )  # fmt: skip
        self.rule = form.add(
            tr("Which step?"),
            ChoiceField(
                [(rule.id, rule.title) for rule in rules],
                value=before and before.rule_id,
                roomy=True,
            ),
        )
        self.rule.setDisabled(before is not None)
        self.fields = {
            fact: form.add(tr(words), DateField(desk.today, _lean(fact), getattr(known, name)))
            for fact, (name, words) in _FACTS.items()
        }
        self.time = TimeFields(form, tr("At what time of that day?"), known.at, known.zone)
        self.letter_date = form.add(
            tr("A last day that the letter names"),
            DateField(desk.today, "future", known.letter_date),
        )
        self.card = DateCard(missing=tr("No date yet: it will stand above the calendar"))
        form.add_widget(self.card)
        self.note = form.add(tr("Notes"), NoteField(known.note, lines=2))
        for field in (
            self.rule, *self.fields.values(), self.time.at, self.time.zone, self.letter_date,
        ):  # fmt: skip
            field.changed.connect(self._show)
        self._show()

    @property
    def chosen(self) -> DeadlineRule | None:
        """The rule that is chosen."""
        return self._rules.get(self.rule.value() or "")

    def answer(self) -> StepInput:
        """Return what is filled in now."""
        rule = self.chosen
        if rule is None:
            raise UserError(tr("Choose a step."))
        return StepInput(rule.id, self._filled(rule))

    def _filled(self, rule: DeadlineRule) -> StepAnswer:
        at, zone = self.time.value() if rule.window.unit in _BY_THE_CLOCK else (None, "")
        needed = _needed(rule)
        days = {
            name: self.fields[fact].value() if fact in needed else None
            for fact, (name, _words) in _FACTS.items()
        }
        return StepAnswer(
            claim_id=self._before.claim_id,
            document_id=self._before.document_id,
            at=at,
            zone=zone,
            letter_date=self.letter_date.value(),
            title=self._before.title,
            note=self.note.value(),
            **days,
        )

    @Slot()
    def _show(self) -> None:
        """Ask for what the rule needs, and show the day that follows."""
        rule = self.chosen
        needed = _needed(rule) if rule else frozenset[Fact]()
        for fact, field in self.fields.items():
            self.form.set_row_visible(field, fact in needed)
        self.time.set_visible(shown=bool(rule) and rule.window.unit in _BY_THE_CLOCK)
        self.card.setVisible(rule is not None)
        if rule is None:
            return
        try:
            planned = self._propose(rule.id, self._filled(rule))
        except UserError:
            self.card.show_proposal(None, self._desk.today())  # half typed: the form says so
            return
        self.card.show_proposal(DenialDates(planned, rule, None), self._desk.today())


def _needed(rule: DeadlineRule) -> frozenset[Fact]:
    """Return the dates that a rule may be counted from."""
    return frozenset((*rule.counts_from, *rule.conservative_from, *rule.later_of, *rule.day_before))


def _lean(fact: Fact) -> Lean:
    return "near" if fact in {Fact.ACTION, Fact.SERVICE} else "past"
