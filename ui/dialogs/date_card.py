"""The last day that follows from what is said about a denial, with its sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.denial_dates import DenialDates, SideStep
from app.domain.urgent_care import UrgentAdvice
from ui.style import Tone
from ui.widgets.layout import Card, emptied
from ui.widgets.text import Label, icon_label, label, muted, section
from ui.wording import count_of, date_words, due_words, tr


class DateCard(Card):
    """The day to plan on, with the letter's and the rule's own days and sources beside it.

    What saves a treatment stands above the day of the appeal: its own time is shorter.
    """

    def __init__(self, *, heading: bool = True, missing: str = "") -> None:
        """Make the card; without a `heading` the day itself is shown elsewhere.

        `missing` is what is said where there is no date, if not that the denial waits for one.
        """
        super().__init__()
        self._missing = missing or tr("No date yet: this denial will stand first on Today")
        self.first = QVBoxLayout()
        self.first.setSpacing(12)
        self.day = section("")
        self.aim = label("")
        self.because = muted("")
        self.question = Label("", "strong")
        self.body.addLayout(self.first)
        for widget in (self.day, self.aim, self.because, self.question):
            self.body.addWidget(widget)
        self.day.setVisible(heading)

    def show_proposal(
        self,
        proposal: DenialDates | None,
        today: date,
        advice: Sequence[UrgentAdvice] = (),
    ) -> None:
        """Show what follows; None shows that something is still half typed.

        `advice` is how to ask for a fast appeal, where harm is not ruled out.
        """
        self._show_first(proposal, today, advice)
        if proposal is None:
            self._show(tr("No date yet"))
        elif proposal.appeal.last_day is None:
            self._show_question(proposal)
        else:
            self._show_day(proposal, proposal.appeal.last_day, today)

    def _show_first(
        self, proposal: DenialDates | None, today: date, advice: Sequence[UrgentAdvice]
    ) -> None:
        emptied(self.first)
        for each in advice[:1]:
            self.first.addWidget(_advice(each))
        for side in proposal.sides if proposal else ():
            if side.kind == "keep_benefits" or side.planned.last_day:
                self.first.addWidget(_side(side, today))

    def _show_question(self, proposal: DenialDates) -> None:
        why = proposal.why_no_rule.sentence if proposal.why_no_rule else ""
        told = dict.fromkeys((why, *proposal.appeal.explanation))
        self._show(
            self._missing,
            because=" ".join(filter(None, told)),
            question=proposal.ask or "",
        )

    def _show_day(self, proposal: DenialDates, last_day: date, today: date) -> None:
        safe, aim = proposal.appeal.safe_file_by, ""
        if safe and safe < today <= last_day:
            left = (last_day - today).days
            aim = count_of(left, "{n} day is left. File now.", "{n} days are left. File now.")
        elif safe and safe != last_day:
            aim = tr("Aim for {day}.", day=date_words(safe))
        day = due_words(last_day, today)
        heading = (
            tr("Last day to appeal: {day}", day=day)
            if proposal.sides
            else tr("Last day: {day}", day=day)
        )
        self._show(heading, aim, " ".join(proposal.appeal.explanation))

    def _show(self, heading: str, aim: str = "", because: str = "", question: str = "") -> None:
        self.day.setText(heading)
        for words, shown in ((self.aim, aim), (self.because, because), (self.question, question)):
            words.setText(shown)
            words.setVisible(bool(shown))


def _side(side: SideStep, today: date) -> QWidget:
    """A step with a shorter time than the appeal, louder than it; without a date, the question."""
    planned, rule = side.planned, side.rule
    keeps = side.kind == "keep_benefits"
    if planned.last_day is None:
        heading = tr("If this care is running now, ask today that it goes on during the appeal")
        source = f"({rule.source})" if rule else ""
        return _loud("keep-care", heading, [" ".join(filter(None, (planned.ask, source)))])
    day = due_words(planned.last_day, today)
    heading = (
        tr("To keep your care going, ask by {day}", day=day)
        if keeps
        else tr("To get more treatment in time, ask by {day}", day=day)
    )
    source = planned.source or ""
    told = tr("{title} ({source}).", title=rule.title, source=source) if rule else source
    return _loud("keep-care" if keeps else "treatment", heading, [told])


def _advice(advice: UrgentAdvice) -> QWidget:
    source = tr("Source: {source}", source=advice.source) if advice.source else ""
    return _loud("flag", advice.title, [advice.how, advice.doctor, source])


def _loud(icon: str, heading: str, told: Sequence[str], tone: Tone = "danger") -> QWidget:
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(section(heading))
    for each in told:
        if each:
            words.addWidget(muted(each))
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 8)
    layout.setSpacing(12)
    layout.addWidget(icon_label(icon, 24, tone), 0, Qt.AlignmentFlag.AlignTop)
    layout.addLayout(words, 1)
    return made
