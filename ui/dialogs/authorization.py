"""A prior authorization: what was asked, what was approved, and until when it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Slot

from app.domain.authorization import Authorization
from app.domain.cut_series import cut_sentence
from app.domain.errors import UserError
from app.storage.queries.facts import paper_facts
from ui.care_choices import Named
from ui.care_names import STATUSES
from ui.desk import Desk
from ui.dialogs.more import More
from ui.names import choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, NoteField, NumberField, TextField
from ui.widgets.text import Label
from ui.wording import tr

_CUT = frozenset({"partly", "denied"})


@dataclass(frozen=True, kw_only=True, slots=True)
class AuthorizationInput:
    """The fields of an authorization as filled in; their names are those of `Authorization`."""

    service: str
    number: str
    status: str
    asked_units: int | None
    units: int | None
    unit: str
    used: int | None
    from_on: date | None
    until_on: date | None
    renew_by: date | None
    last_session_on: date | None
    denial_id: str | None
    codes: str
    asked_on: date | None
    answered_on: date | None
    provider_id: str | None
    document_id: str | None
    note: str


class AuthorizationDialog(AskDialog[AuthorizationInput]):
    """Asks what the plan approved; its end and the day to renew go into the calendar."""

    def __init__(
        self,
        desk: Desk,
        providers: Sequence[Named],
        papers: Sequence[Named],
        denials: Sequence[Named],
        before: Authorization | None = None,
    ) -> None:
        """Make the form; `denials` are those of the claim, as ids and words."""
        super().__init__(
            tr("Change an approval") if before else tr("An approval by the plan"),
            tr("Save") if before else tr("Add"),
        )
        self._desk = desk
        self._known = before or Authorization(id="", added_at=desk.binder.now())
        self._ask_what()
        self._ask_letter(papers)
        self._ask_units()
        self._ask_days()
        self._ask_cut(denials)
        self.more = More(tr("More about this approval"))
        self._ask_more(providers)
        self.form.add_widget(self.more)
        for field in (self.status, self.last_session_on):
            field.changed.connect(self._show)
        self._show()

    def _ask_what(self) -> None:
        form, known = self.form, self._known
        self.service = form.add(
            tr("What was the plan asked to approve?"),
            TextField(known.service, tr("For example: iron infusions at Bayside")),
        )
        self.status = ChoiceField(choices(STATUSES), value=known.status)
        self.number = TextField(known.number)
        form.add_beside(
            [(tr("Where does it stand?"), self.status), (tr("Its number"), self.number)]
        )

    def _ask_letter(self, papers: Sequence[Named]) -> None:
        self.letter: ChoiceField[str] = ChoiceField(
            papers, unknown=tr("Not added yet"), value=self._known.document_id
        )
        self.form.add(tr("The letter"), self.letter)
        self.letter.changed.connect(self._fill_from_letter)

    @Slot()
    def _fill_from_letter(self) -> None:
        """Take over the number that a person confirmed in the letter, where none is typed."""
        chosen = self.letter.value()
        if chosen is None or self.number.value():
            return
        for row in self._desk.binder.ask(paper_facts, chosen).rows:
            if row.name == "authorization_number" and row.is_confirmed:
                self.number.set_value(str(row.value))
                return

    def _ask_units(self) -> None:
        known = self._known
        self.asked_units = NumberField(known.asked_units)
        self.units = NumberField(known.units)
        self.used = NumberField(known.used)
        self.form.add_beside(
            [
                (tr("Asked for"), self.asked_units),
                (tr("Approved"), self.units),
                (tr("Used so far"), self.used),
            ]
        )
        self.unit = self.form.add(
            tr("Of what?"), TextField(known.unit, tr("For example: infusions, visits, days"))
        )

    def _ask_days(self) -> None:
        known, today = self._known, self._desk.today
        self.from_on = DateField(today, "near", known.from_on)
        self.until_on = DateField(today, "near", known.until_on)
        self.form.add_beside(
            [(tr("Approved from"), self.from_on), (tr("Approved until"), self.until_on)]
        )
        self.renew_by = self.form.add(
            tr("When will you ask for the next one?"),
            DateField(today, "future", known.renew_by),
            tr("Your own day. This day and the end stand in the calendar."),
        )

    def _ask_cut(self, denials: Sequence[Named]) -> None:
        known = self._known
        self.last_session_on = self.form.add(
            tr("Do they cut a series that is running? The last session they approve"),
            DateField(self._desk.today, "near", known.last_session_on),
            tr("Leave it empty if nothing is running now."),
        )
        self.cut = Label("", "warning")
        self.form.add_widget(self.cut)
        self.denial: ChoiceField[str] = ChoiceField(
            denials, unknown=tr("Not recorded yet"), value=known.denial_id
        )
        self.form.add(tr("Which “no” is it?"), self.denial)

    def _ask_more(self, providers: Sequence[Named]) -> None:
        form, known, today = self.more.form, self._known, self._desk.today
        self.asked_on = DateField(today, "past", known.asked_on)
        self.answered_on = DateField(today, "past", known.answered_on)
        form.add_beside([(tr("Asked for on"), self.asked_on), (tr("They answered on"),
                                                              self.answered_on)])  # fmt: skip
        self.provider: ChoiceField[str] = ChoiceField(
            providers, unknown=tr("Not said"), value=known.provider_id
        )
        form.add(tr("Who gives the care?"), self.provider)
        self.codes = form.add(
            tr("Codes"), TextField(known.codes), tr("As they are printed, parted by blanks.")
        )
        self.note = form.add(tr("Notes for yourself"), NoteField(known.note, lines=2))
        self.more.open_if(
            known.asked_on, known.answered_on, known.provider_id, known.codes,
            known.note,
        )  # fmt: skip

    @Slot()
    def _show(self) -> None:
        """Ask about a cut only where less was approved than asked for."""
        is_less = self.status.value() in _CUT
        for field in (self.last_session_on, self.denial):
            self.form.set_row_visible(field, is_less)
        try:
            last = self.last_session_on.value() if is_less else None
        except UserError:
            last = None
        shown = replace(self._known, status=self.status.value() or "asked", last_session_on=last)
        self.cut.setText(cut_sentence(shown, self._desk.today()))
        self.cut.setVisible(bool(self.cut.text()))

    @Slot()
    def accept(self) -> None:
        """Give the answer; what cannot be read in the fold is unfolded and shown."""
        if self.more.check():
            super().accept()

    def answer(self) -> AuthorizationInput:
        """Return what is filled in now; what is not asked stays as it was."""
        is_less = self.status.value() in _CUT
        return AuthorizationInput(
            service=self.service.value(),
            number=self.number.value(),
            status=self.status.value() or "asked",
            asked_units=self.asked_units.value(),
            units=self.units.value(),
            unit=self.unit.value(),
            used=self.used.value(),
            from_on=self.from_on.value(),
            until_on=self.until_on.value(),
            renew_by=self.renew_by.value(),
            last_session_on=(
                self.last_session_on.value() if is_less else self._known.last_session_on
            ),
            denial_id=self.denial.value() if is_less else self._known.denial_id,
            codes=self.codes.value(),
            asked_on=self.asked_on.value(),
            answered_on=self.answered_on.value(),
            provider_id=self.provider.value(),
            document_id=self.letter.value(),
            note=self.note.value(),
        )
