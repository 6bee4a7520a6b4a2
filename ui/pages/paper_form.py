"""What a person says about a paper: one set of fields for the Inbox and for changes later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
    dated: str = ""
    received: str = ""
    name: str = ""
    note: str = ""


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
    """Puts the fields of a paper into a form. `edited` comes when a person changes one."""

    edited = Signal()

    def __init__(self, form: Form, today: Callable[[], date]) -> None:
        super().__init__(form)
        self._form = form
        self._is_filling = False
        self._people: tuple[Person, ...] = ()
        self._claims: tuple[tuple[str, str], ...] | None = None
        self.kind = form.add(
            tr("What is it?"), ChoiceField(choices(PAPER_KINDS), unknown=tr("I don't know yet"))
        )
        self.quick = [self._quick_button(kind, word) for kind, word in _QUICK]
        form.add_widget(_two_by_two(self.quick))
        self.claim = form.add(
            tr("Which claim does it belong to?"), ChoiceField[str]([], unknown=tr("None chosen"))
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
        form.add_beside([(tr("Date on it"), self.dated), (tr("Arrived on"), self.received)])
        self.name = form.add(tr("Name of the paper"), TextField())
        self.note = form.add(tr("Notes for yourself"), NoteField(lines=2))
        for field in (
            self.kind, self.claim, self.new_claim, self.patient, self.dated, self.received,
            self.name, self.note,
        ):  # fmt: skip
            field.changed.connect(self._changed)

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [
            self.kind, *self.quick, self.claim, self.new_claim, self.patient, self.dated.edit,
            self.received.edit, self.name, self.note,
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

    def set_many(self, *, many: bool) -> None:
        """Leave out what cannot be true of several papers at once."""
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
