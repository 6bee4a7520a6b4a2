"""They answered an appeal: what came of it, and the next step with its date before it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Slot

from app.domain.denial import Denial
from app.domain.denial_dates import DenialDates, coverage_of
from app.domain.errors import UserError
from app.domain.rule_book import RuleBook
from app.operations.answers import AppealAnswer, next_level
from app.operations.denials import DenialAnswer, propose
from app.storage.queries.papers import PaperRow
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.date_card import DateCard
from ui.dialogs.denial_advice import plan_of
from ui.dialogs.denial_letter import LetterFields
from ui.dialogs.denial_words import level_words
from ui.names import choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField, ChoiceField, DateField, NoteField
from ui.widgets.text import Label
from ui.wording import tr

OUTCOMES: Final[Mapping[str, str]] = {
    "upheld": "They said no again",
    "partly": "They said yes to a part",
    "overturned": "They said yes",
    "withdrawn": "The appeal was taken back",
}
_NO_AGAIN: Final = frozenset({"upheld", "partly"})
_YES_NO: Final = ((True, "Yes, it is their last word"), (False, "No, there is another appeal"))
_LETTERS: Final = frozenset({"appeal_decision", "denial", None})


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """What was filled in, and whether the person confirmed the date of the next step."""

    answer: AppealAnswer
    confirmed: bool


class AnswerDialog(AskDialog[AnswerInput]):
    """Collects the answer to an appeal; where it is a no, the next step stands there at once."""

    def __init__(
        self, desk: Desk, book: RuleBook, denial: Denial, papers: Sequence[PaperRow]
    ) -> None:
        """Make the form; `papers` may be the letter that brought the answer."""
        super().__init__(tr("They answered"), tr("Save the answer"))
        self._desk, self._book, self._denial = desk, book, denial
        self._plan = plan_of(desk.binder, denial.claim_id)
        self._coverage = coverage_of(self._plan, denial.kind)
        self.outcome = self.form.add(
            tr("What did they answer?"),
            ChoiceField(choices(OUTCOMES), unknown=tr("Choose an answer")),
        )
        self.on, self.received_on = DateField(desk.today, "past"), DateField(desk.today, "past")
        self.form.add_beside(
            [
                (tr("Date on the letter"), self.on),
                (tr("Day it arrived, if you know"), self.received_on),
            ]
        )
        self._ask_next(papers)
        for field in (self.outcome, self.on, self.received_on, self.is_final, self.time):
            field.changed.connect(self._show)
        self._show()

    def _ask_next(self, papers: Sequence[PaperRow]) -> None:
        form = self.form
        letters = sorted(papers, key=lambda paper: paper.kind not in _LETTERS)
        self.is_final = form.add(
            tr("Does the letter say that this is the plan's final decision?"),
            ChoiceField([(key, tr(words)) for key, words in _YES_NO], unknown=tr("I am not sure")),
            tr("Then an outside review comes next, with a time of its own."),
        )
        self.time = LetterFields(self._desk, form, DenialAnswer())
        self.next = Label("", "strong")
        self.card = DateCard()
        self.confirm = CheckField(tr("I have looked at the letter. This is the last day."))
        self.card.body.insertWidget(0, self.next)
        self.card.body.addWidget(self.confirm)
        form.add_widget(self.card)
        self.letter = form.add(
            tr("The letter"),
            ChoiceField([(paper.id, paper.name) for paper in letters], unknown=tr("Not added yet")),
        )
        self.reason = form.add(
            tr("What reason do they give?"),
            NoteField("", tr("In the letter's own words, if you like"), lines=2),
        )

    # ------------------------------------------------------------------ answering

    def answer(self) -> AnswerInput:
        """Return what is filled in now."""
        outcome, on = self.outcome.value(), self.on.value()
        if outcome is None:
            raise UserError(tr("Choose what they answered."))
        if on is None:
            raise UserError(tr("Enter the date on the letter, or the day they told you."))
        self.time.complete()
        says_no = outcome in _NO_AGAIN
        answer = AppealAnswer(
            outcome=outcome,
            on=on,
            received_on=self.received_on.value(),
            document_id=self.letter.value(),
            is_final=self.is_final.value() if says_no else None,
            reason=self.reason.value() if says_no else "",
            **values_of(self.time.value()) if says_no else {},
        )
        confirmed = says_no and self.confirm.isVisibleTo(self) and self.confirm.value()
        return AnswerInput(answer, confirmed)

    @property
    def level(self) -> int:
        """The level of the next step; a final decision goes straight to the outside review."""
        is_final = self.is_final.value() if self._may_be_final else False
        return self._after(is_final=is_final)[0]

    @property
    def _may_be_final(self) -> bool:
        """Whether a final decision would lead elsewhere than another appeal to the plan."""
        return self._after(is_final=None)[1] is not None

    def _after(self, *, is_final: bool | None) -> tuple[int, str | None]:
        return next_level(self._book, self._coverage, self._denial.level, is_final=is_final)

    def _next_denial(self) -> DenialAnswer:
        before = self._denial
        return DenialAnswer(
            notice_on=self.on.value(),
            received_on=self.received_on.value(),
            level=self.level,
            kind=before.kind,
            urgent=before.urgent,
            continuing=before.continuing,
            care=before.care,
            **values_of(self.time.value()),
        )

    # ------------------------------------------------------------------ showing

    @Slot()
    def _show(self) -> None:
        """Show the next step and its date, where the answer is a no."""
        says_no = self.outcome.value() in _NO_AGAIN
        self.form.set_row_visible(self.is_final, says_no and self._may_be_final)
        self.form.set_row_visible(self.reason, says_no)
        self.time.set_visible(shown=says_no)
        self.card.setVisible(says_no)
        try:
            proposal = self._propose() if says_no else None
        except UserError:
            proposal = None  # half typed: the form says so when it is sent
        self.card.show_proposal(proposal, self._desk.today())
        self.next.setText(self._next_words(proposal))
        has_day = bool(proposal and proposal.appeal.last_day)
        self.confirm.setVisible(has_day and self.time.has_looked)
        self.confirm.set_value(False)

    def _next_words(self, proposal: DenialDates | None) -> str:
        """Return what comes next, by its rule where one is known."""
        if proposal and proposal.rule:
            return tr("Next step: {title}", title=proposal.rule.title)
        program = self._plan.program if self._plan else None
        return tr("It is kept as: {words}", words=level_words(program, self.level))

    def _propose(self) -> DenialDates:
        return propose(self._desk.binder, self._book, self._denial.claim_id, self._next_denial())
