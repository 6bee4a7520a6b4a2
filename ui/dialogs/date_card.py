"""The last day that follows from what is said about a denial, with its sources."""

from __future__ import annotations

from datetime import date

from app.domain.denial_dates import DenialDates
from ui.widgets.layout import Card
from ui.widgets.text import Label, label, muted, section
from ui.wording import count_of, date_words, due_words, tr


class DateCard(Card):
    """The day to plan on, with the letter's and the rule's own days and sources beside it."""

    def __init__(self, *, heading: bool = True) -> None:
        """Make the card; without a `heading` the day itself is shown elsewhere."""
        super().__init__()
        self.day = section("")
        self.aim = label("")
        self.because = muted("")
        self.question = Label("", "strong")
        for widget in (self.day, self.aim, self.because, self.question):
            self.body.addWidget(widget)
        self.day.setVisible(heading)

    def show_proposal(self, proposal: DenialDates | None, today: date) -> None:
        """Show what follows; None shows that something is still half typed."""
        if proposal is None:
            self._show(tr("No date yet"), "", "", "")
            return
        planned = proposal.appeal
        if planned.last_day is None:
            why = proposal.why_no_rule.sentence if proposal.why_no_rule else ""
            words = [why, *planned.explanation] if why else list(planned.explanation)
            heading = tr("No date yet: this denial will stand first on Today")
            self._show(heading, "", " ".join(dict.fromkeys(words)), proposal.ask or "")
            return
        aim = ""
        if planned.safe_file_by and planned.safe_file_by != planned.last_day:
            aim = tr("Aim for {day}.", day=date_words(planned.safe_file_by))
        if planned.safe_file_by and planned.safe_file_by < today <= planned.last_day:
            left = (planned.last_day - today).days
            aim = count_of(left, "{n} day is left. File now.", "{n} days are left. File now.")
        heading = tr("Last day: {day}", day=due_words(planned.last_day, today))
        self._show(heading, aim, " ".join(planned.explanation), "")

    def _show(self, heading: str, aim: str, because: str, question: str) -> None:
        self.day.setText(heading)
        for words, shown in ((self.aim, aim), (self.because, because), (self.question, question)):
            words.setText(shown)
            words.setVisible(bool(shown))
