"""What a person says about a paper: one set of fields for the Inbox and for changes later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from app.domain.errors import UserError
from app.domain.person import Person
from app.operations.sorting import Sorting
from app.storage.queries.claims import ClaimRow
from app.storage.queries.papers import PaperRow
from ui.names import PAPER_KINDS, choices
from ui.widgets.evidence import Evidence
from ui.widgets.fields import ChoiceField, DateField, NoteField, TextField
from ui.widgets.form import Form
from ui.widgets.text import button
from ui.wording import tr, typed_date

NEW_CLAIM: Final = "new"
"""What stands for a claim that is still to be opened; ids are never this."""

_QUICK: Final = (
    ("denial", "They said no"),
    ("eob", "EOB"),
    ("itemized_bill", "Bill"),
    ("receipt", "Receipt"),
)
"""The kinds that most letters are, each one click away."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What stands in the fields, finished or not: dates are kept as they were typed."""

    kind: str | None = None
    claim: str | None = None
    new_claim: str = ""
    patient_id: str | None = None
    sender: str = ""
    dated: str = ""
    received: str = ""
    window: str | None = None
    name: str = ""
    note: str = ""


def carried(now: Draft, before: Draft, fresh: Draft) -> Draft:
    """Return the newest suggestions with what a person has changed since the last ones."""
    changed = {
        field.name: getattr(now, field.name)
        for field in fields(Draft)
        if getattr(now, field.name) != getattr(before, field.name)
    }
    return replace(fresh, **changed)


def draft_of(row: PaperRow) -> Draft:
    """Return what is known of a paper, as the fields show it."""
    return Draft(
        kind=row.kind,
        claim=row.claim_id,
        dated=typed_date(row.dated_on),
        received=typed_date(row.received_on),
        name=row.name,
        note=row.note,
    )


class PaperFields(QObject):
    """Puts the fields of a paper into a form. `edited` comes when a person changes one.

    With `confirming` they also ask who sent the paper and how long one has, and the marks below
    them say what was read; without, the marks stay hidden. `parts` stand after the dates.
    """

    edited = Signal()

    def __init__(
        self,
        form: Form,
        today: Callable[[], date],
        *,
        confirming: bool = False,
        parts: Sequence[QWidget] = (),
    ) -> None:
        super().__init__(form)
        self.kind_mark, self.sender_mark, self.claim_mark, self.dated_mark, self.window_mark = (
            Evidence() for _ in range(5)
        )
        self.sent_by = TextField("", tr("Type it, or click it on the page"))
        self.window = ChoiceField[str]([], unknown=tr("I will look in the letter"))
        self._form = form
        self._is_filling = False
        self._windows: tuple[tuple[str, str], ...] = ()
        self._people: tuple[Person, ...] = ()
        self._claims: tuple[tuple[str, str], ...] | None = None
        self.kind = form.add(
            tr("What is it?"),
            ChoiceField(choices(PAPER_KINDS), unknown=tr("I don't know yet")),
            below=self.kind_mark,
        )
        self.quick = [self._quick_button(kind, word) for kind, word in _QUICK]
        self.quick_row = _two_by_two(self.quick)
        form.add_widget(self.quick_row)
        if confirming:
            form.add(tr("Who sent it?"), self.sent_by, below=self.sender_mark)
        self.claim = form.add(
            tr("Which claim does it belong to?"),
            ChoiceField[str]([], unknown=tr("None chosen")),
            below=self.claim_mark,
        )
        self.new_claim = form.add(
            tr("What is the new claim about?"),
            TextField("", tr("For example: Infusions in March")),
        )
        self.patient = form.add(
            tr("Who is the patient?"), ChoiceField[str]([], unknown=tr("Not said yet"))
        )
        self.dated = DateField(today, "past")
        self.received = DateField(today, "past")
        if confirming:
            form.add(tr("Date on it"), self.dated, below=self.dated_mark)
            form.add(tr("Arrived on"), self.received)
            form.add(tr("How long do you have?"), self.window, below=self.window_mark)
        else:
            form.add_beside([(tr("Date on it"), self.dated), (tr("Arrived on"), self.received)])
        self._confirming = confirming
        for part in parts:
            form.add_widget(part)
        self.name = form.add(tr("Name of the paper"), TextField())
        self.note = form.add(tr("Notes for yourself"), NoteField(lines=2))
        for field in (
            self.kind, self.sent_by, self.claim, self.new_claim, self.patient, self.dated,
            self.received, self.window, self.name, self.note,
        ):  # fmt: skip
            field.changed.connect(self._changed)

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        if not self._confirming:
            return [
                self.kind, *self.quick, self.claim, self.new_claim, self.patient, self.dated.edit,
                self.received.edit, self.name, self.note,
            ]  # fmt: skip
        return [
            self.kind, self.kind_mark.button, *self.quick, self.sent_by, self.sender_mark.button,
            self.claim, self.claim_mark.button, self.new_claim, self.patient, self.dated.edit,
            self.dated_mark.button, self.received.edit, self.window, self.window_mark.button,
            self.name, self.note,
        ]  # fmt: skip

    # ------------------------------------------------------------------ what is offered

    def offer(self, claims: Sequence[ClaimRow], people: Sequence[Person]) -> None:
        """Offer these claims and patients; what is chosen stays chosen."""
        self._is_filling = True
        offered = tuple((row.id, row.title) for row in claims)
        if offered != self._claims:
            self._claims = offered
            self.claim.set_choices([(NEW_CLAIM, tr("New claim …")), *offered])
        patients = tuple(person for person in people if person.relation != "helper")
        if patients != self._people:
            self._people = patients
            self.patient.set_choices([(person.id, person.name) for person in patients])
        self._is_filling = False
        self._show_rows()

    def offer_windows(self, windows: Sequence[tuple[str, str]]) -> None:
        """Offer what the letter may say about time; what is chosen stays if it is still there."""
        if tuple(windows) != self._windows:
            self._windows = tuple(windows)
            self._is_filling = True
            self.window.set_choices(windows)
            self._is_filling = False

    def set_window_visible(self, *, shown: bool) -> None:
        """Ask how long one has, or not."""
        self._form.set_row_visible(self.window, shown)

    def set_many(self, *, many: bool) -> None:
        """Leave out what cannot be true of several papers at once."""
        if self._confirming:
            self._form.set_row_visible(self.sent_by, not many)
        self._form.set_row_visible(self.name, not many)
        self._form.set_row_visible(self.note, not many)

    # ------------------------------------------------------------------ drafts and answers

    def fill(self, draft: Draft) -> None:
        """Show a draft."""
        self._is_filling = True
        self.kind.set_value(draft.kind)
        self.claim.set_value(draft.claim)
        self.new_claim.set_value(draft.new_claim)
        self.patient.set_value(draft.patient_id)
        self.sent_by.set_value(draft.sender)
        self.window.set_value(draft.window)
        self.dated.edit.setText(draft.dated)
        self.received.edit.setText(draft.received)
        self.name.set_value(draft.name)
        self.note.set_value(draft.note)
        self._is_filling = False
        self._show_rows()

    def draft(self) -> Draft:
        """Return what stands in the fields now."""
        return Draft(
            kind=self.kind.value(),
            claim=self.claim.value(),
            new_claim=self.new_claim.text(),
            patient_id=self.patient.value(),
            sender=self.sent_by.text(),
            window=self.window.value(),
            dated=self.dated.edit.text(),
            received=self.received.edit.text(),
            name=self.name.text(),
            note=self.note.toPlainText(),
        )

    def answer(self, *, with_claim: bool | None = None) -> Sorting | None:
        """Return what is said, or None after showing what is missing and where.

        `with_claim` says whether a claim must be chosen (True) or is left out (False).
        """
        if not self._form.check():
            return None
        chosen = None if with_claim is False else self.claim.value()
        if with_claim is True and chosen is None:
            self._form.problem(self.claim, tr("Choose the claim, or keep the paper without one."))
            return None
        if with_claim is False and self.kind.value() is None:
            self._form.problem(self.kind, tr("Say what it is, so that you find it again."))
            return None
        if chosen == NEW_CLAIM and not self.new_claim.value():
            self._form.problem(self.new_claim, tr("Give the new claim a name."))
            return None
        is_new = chosen == NEW_CLAIM
        return Sorting(
            kind=self.kind.value(),
            claim_id=None if is_new else chosen,
            new_claim=self.new_claim.value() if is_new else "",
            patient_id=self._patient_of_new() if is_new else None,
            dated_on=self.dated.value(),
            received_on=self.received.value(),
            name=self.name.value(),
            note=self.note.value(),
        )

    def _patient_of_new(self) -> str | None:
        """The one person of the household if there is just one: nothing to choose."""
        return self._people[0].id if len(self._people) == 1 else self.patient.value()

    # ------------------------------------------------------------------ changes

    def _quick_button(self, kind: str, word: str) -> QPushButton:
        made = button(tr(word), partial(self.kind.set_value, kind))
        made.setCheckable(True)
        return made

    @Slot()
    def _changed(self) -> None:
        if self._is_filling:
            return
        self._show_rows()
        self.edited.emit()

    def _show_rows(self) -> None:
        is_new = self.claim.value() == NEW_CLAIM
        self._form.set_row_visible(self.new_claim, is_new)
        self._form.set_row_visible(self.patient, is_new and len(self._people) > 1)
        for pressed, (kind, _) in zip(self.quick, _QUICK, strict=True):
            pressed.setChecked(self.kind.value() == kind)


def _two_by_two(buttons: Sequence[QPushButton]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(8)
    for place, each in enumerate(buttons):
        grid.addWidget(each, place // 2, place % 2)
    return holder


def checked(fields: PaperFields) -> Sorting:
    """Return the answer for a dialog.

    Raises:
        UserError: something is missing; the field says what.
    """
    said = fields.answer()
    if said is None:
        raise UserError(tr("Look at the field that is marked."))
    return said


def with_usual_claim(draft: Draft, claims: Sequence[ClaimRow], last: str | None) -> Draft:
    """Return the draft with the claim that is most likely meant, if none is chosen yet.

    That is the one filed under last, else the only one, else a new one where there is none. It
    stands in the form for the person to see before anything is filed.
    """
    if draft.claim is not None:
        return draft
    ids = [row.id for row in claims]
    if last in ids:
        return replace(draft, claim=last)
    if not ids:
        return replace(draft, claim=NEW_CLAIM)
    return replace(draft, claim=ids[0]) if len(ids) == 1 else draft
