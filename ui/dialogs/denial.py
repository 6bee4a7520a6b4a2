"""Recording a denial: first what the letter says about time, then the dates it is counted from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot

from app.domain.errors import UserError
from app.domain.rule_book import RuleBook
from app.operations.denials import DenialAnswer, propose
from app.storage.queries.papers import PaperRow
from ui.desk import Desk
from ui.dialogs.date_card import DateCard
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField, ChoiceField, DateField, NoteField, NumberField
from ui.wording import tr

_LETTER_SAYS = (
    ("date", "It names a last day"),
    ("days", "It gives a number of days"),
    ("nothing", "It does not say"),
)
_LEVELS = (
    (1, "The first “no”"),
    (2, "“No” to our appeal"),
    (3, "The plan's last “no”"),
    (4, "A later “no”"),
)
_FROM = (("notice", "From the date on the letter"), ("receipt", "From the day it arrived"))
_LETTER_KINDS = frozenset({"denial", "appeal_decision", "eob", "msn", None})


@dataclass(frozen=True, slots=True)
class DenialInput:
    """What was filled in, and whether the person confirmed the date that follows from it."""

    answer: DenialAnswer
    confirmed: bool


class DenialDialog(AskDialog[DenialInput]):
    """Collects a denial and shows at once which day follows from it, and from which source."""

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
        self._result = DateCard()
        self.confirm = CheckField(tr("I have looked at the letter. This is the last day."))
        self._result.body.addWidget(self.confirm)
        self._ask_what_decides(before)
        self.form.add_widget(self._result)
        self._ask_the_rest(papers, before)
        for field in (
            self.says, self.last_day, self.days, self.counts_from, self.level, self.notice_on,
            self.received_on,
        ):  # fmt: skip
            field.changed.connect(self._show)
        self._show()

    def _ask_what_decides(self, before: DenialAnswer) -> None:
        """Ask for all that the day follows from; the day stands right below."""
        today, form = self._desk.today, self.form
        self.says = form.add(
            tr("What does the letter say about how long you have?"),
            ChoiceField(
                [(key, tr(words)) for key, words in _LETTER_SAYS],
                unknown=tr("I have not looked yet"),
                value=before.letter_says,
            ),
            tr("Look for words like “within 180 days” or “no later than”, often on the last page."),
        )
        self.last_day = form.add(
            tr("The last day in the letter"), DateField(today, "future", before.letter_date)
        )
        self.days = NumberField(before.letter_days)
        self.counts_from = ChoiceField(
            [(key, tr(words)) for key, words in _FROM], value=before.letter_counts_from
        )
        form.add_beside([(tr("How many days?"), self.days), (tr("Counted"), self.counts_from)])
        self.notice_on = DateField(today, "past", before.notice_on)
        self.received_on = DateField(today, "past", before.received_on)
        form.add_beside(
            [
                (tr("Date on the letter"), self.notice_on),
                (tr("Day it arrived, if you know"), self.received_on),
            ]
        )
        self.level = form.add(
            tr("Which “no” is it?"),
            ChoiceField([(key, tr(words)) for key, words in _LEVELS], value=before.level),
        )

    def _ask_the_rest(self, papers: Sequence[PaperRow], before: DenialAnswer) -> None:
        form = self.form
        letters = sorted(papers, key=lambda paper: paper.kind not in _LETTER_KINDS)
        self.letter = form.add(
            tr("The letter"),
            ChoiceField(
                [(paper.id, paper.name) for paper in letters],
                unknown=tr("Not added yet"),
                value=before.document_id,
            ),
        )
        self.reason = form.add(
            tr("Why did they say no?"),
            NoteField(before.reason, tr("In the letter's own words, if you like"), lines=2),
        )

    def answer(self) -> DenialInput:
        """Return what is filled in now."""
        filled = self._filled()
        if filled.letter_says == "date" and filled.letter_date is None:
            raise UserError(tr("Enter the last day that the letter names."))
        if filled.letter_says == "days" and filled.letter_days is None:
            raise UserError(tr("Enter how many days the letter gives."))
        return DenialInput(
            filled, confirmed=self.confirm.isVisibleTo(self) and self.confirm.value()
        )

    def _filled(self) -> DenialAnswer:
        says = self.says.value() or "unknown"
        return DenialAnswer(
            document_id=self.letter.value(),
            notice_on=self.notice_on.value(),
            received_on=self.received_on.value(),
            level=self.level.value() or 1,
            reason=self.reason.value(),
            letter_says=says,
            letter_date=self.last_day.value() if says == "date" else None,
            letter_days=self.days.value() if says == "days" else None,
            letter_counts_from=self.counts_from.value() or "notice",
        )

    @Slot()
    def _show(self) -> None:
        """Show which day follows from what is filled in now."""
        says = self.says.value()
        self.form.set_row_visible(self.last_day, says == "date")
        self.form.set_row_visible(self.days, says == "days")
        self.form.set_row_visible(self.counts_from, says == "days")
        try:
            proposal = propose(self._desk.binder, self._book, self._claim_id, self._filled())
        except UserError:
            proposal = None  # half typed: the form says so when it is sent
        self._result.show_proposal(proposal, self._desk.today())
        has_day = bool(proposal and proposal.appeal.last_day)
        self.confirm.setVisible(has_day and says is not None)
        self.confirm.set_value(False)
