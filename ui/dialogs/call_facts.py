"""What stays in view during a call: numbers, the last reference, promises, who may speak."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.person import Person
from app.storage.queries.call_card import CallFacts
from app.storage.queries.calls import CallRow
from app.storage.queries.care import Speaker
from ui.widgets.layout import column, emptied
from ui.widgets.text import Label, copyable, muted
from ui.wording import days_left, short_date, tr


class FactsPanel(QWidget):
    """Shows the facts of the claim that a call is about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = column(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.addLayout(self.body)
        layout.addStretch(1)

    def show_facts(self, facts: CallFacts | None, today: date, author_id: str | None) -> None:
        """Show these facts; None hides the panel. `author_id` is who sits at the desk."""
        emptied(self.body)
        self.setVisible(facts is not None)
        if facts is None:
            return
        for name, value in _numbers(facts):
            self._put(self.body, name, value)
        if speaks := speak_words(facts, author_id):
            self._put(self.body, tr("May you speak?"), speaks)
        for call in facts.promises:
            self._put(self.body, *_promise(call, today))

    @staticmethod
    def _put(body: QVBoxLayout, name: str, value: str) -> None:
        pair = QVBoxLayout()
        pair.setSpacing(0)
        pair.addWidget(muted(name))
        shown = copyable(value) if value else Label(tr("not known yet"), "muted")
        shown.setAccessibleName(f"{name}: {value}")
        pair.addWidget(shown)
        body.addLayout(pair)


def _numbers(facts: CallFacts) -> Iterator[tuple[str, str]]:
    plan, claim = facts.plan, facts.claim
    yield tr("Their number"), plan.phone if plan else ""
    yield tr("Member ID"), plan.member_id if plan else ""
    if plan and plan.group_number:
        yield tr("Group"), plan.group_number
    yield tr("Claim number"), claim.number
    if facts.patient:
        born = facts.patient.born_on
        name = facts.patient.name
        yield tr("Patient"), tr("{name}, born {day}", name=name, day=short_date(born)) \
            if born else name  # fmt: skip
    yield tr("Last reference"), _last(facts.last) if facts.last else ""


def _last(call: CallRow) -> str:
    about = (call.with_whom, short_date(call.called_at.astimezone().date()))
    return f"{call.reference}\n{', '.join(filter(None, about))}"


def _promise(call: CallRow, today: date) -> tuple[str, str]:
    by = call.due_on or today
    is_late = call.promise_state(today) == "late"
    name = tr("They promised, and it is late") if is_late else tr("They promised")
    when = f"{short_date(by)}, {days_left(by, today)}"
    return name, f"{call.promise}\n{when}"


def speak_words(facts: CallFacts, author_id: str | None) -> str:
    """Say whether the person at the desk may speak for the patient; empty for the patient."""
    patient = facts.patient
    if patient is None or patient.id == author_id:
        return ""
    if not facts.speakers:
        return tr(
            "Are you allowed to speak for {name}? No form is kept here yet.", name=patient.name
        )
    return _of_form(patient, facts.speakers[0], holds=facts.holds)


def _of_form(patient: Person, speaker: Speaker, *, holds: bool) -> str:
    form = speaker.representative
    asked = tr("Are you allowed to speak for {name}?", name=patient.name)
    if holds:
        said = tr("Yes, {helper}: the form is signed.", helper=form.name)
    else:
        said = tr("{helper}: the form is not complete.", helper=form.name)
    sent = tr("Form sent on {day}.", day=short_date(form.sent_on)) if form.sent_on \
        else tr("The form was not sent yet.")  # fmt: skip
    until = tr("Good until {day}.", day=short_date(form.valid_until)) if form.valid_until else ""
    return " ".join(filter(None, (asked, said, sent, until)))
