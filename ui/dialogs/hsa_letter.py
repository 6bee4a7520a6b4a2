"""A letter of medical necessity: for whom, for what, from when until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot

from app.domain.necessity_letter import NecessityLetter
from ui.care_choices import Named
from ui.desk import Desk
from ui.dialogs.more import More
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, NoteField, TextField
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterInput:
    """The fields of a letter as filled in; their names are those of `NecessityLetter`."""

    person_id: str | None
    covers: str
    prescriber: str
    diagnosis: str
    signed_on: date | None
    from_on: date | None
    until_on: date | None
    document_id: str | None
    note: str


class NecessityLetterDialog(AskDialog[LetterInput]):
    """Asks what a doctor's letter says; the day to ask for the next one goes into the calendar."""

    def __init__(
        self,
        desk: Desk,
        people: Sequence[Named],
        papers: Sequence[Named],
        categories: Mapping[str, str],
        before: NecessityLetter | None = None,
    ) -> None:
        """Make the form; `categories` are the kinds of expense that need a letter."""
        super().__init__(
            tr("Change a letter of medical necessity")
            if before
            else tr("A letter of medical necessity"),
            tr("Save") if before else tr("Add"),
        )
        self._labels = categories
        known = before or NecessityLetter(id="", added_at=desk.binder.now())
        form, today = self.form, desk.today
        self.person: ChoiceField[str] = ChoiceField(
            people, unknown=tr("Not said in it"), value=known.person_id
        )
        form.add(tr("For whom is it?"), self.person)
        self.covers = form.add(
            tr("Which things does it name? One in each line"),
            NoteField("\n".join(categories.get(each, each) for each in known.covers.splitlines())),
            tr("Use the letter's own words, or choose a kind of expense below."),
        )
        self.category: ChoiceField[str] = ChoiceField(
            [(words, words) for words in categories.values()],
            unknown=tr("Add a kind of expense …"),
        )
        form.add(tr("Kinds of expense that need a letter"), self.category)
        self.category.changed.connect(self._add_category)
        self.signed_on = DateField(today, "past", known.signed_on)
        self.until_on = DateField(today, "near", known.until_on)
        form.add_beside([(tr("Signed on"), self.signed_on), (tr("Holds until"), self.until_on)])
        self.document: ChoiceField[str] = ChoiceField(
            papers, unknown=tr("Not added yet"), value=known.document_id
        )
        form.add(tr("The letter itself"), self.document)
        self.more = More(tr("More about this letter"))
        more = self.more.form
        self.prescriber = more.add(tr("Who signed it?"), TextField(known.prescriber))
        self.diagnosis = more.add(tr("The diagnosis it names"), TextField(known.diagnosis))
        self.from_on = more.add(tr("Holds from"), DateField(today, "near", known.from_on))
        self.note = more.add(tr("Notes for yourself"), NoteField(known.note, lines=2))
        self.more.open_if(known.prescriber, known.diagnosis, known.from_on, known.note)
        form.add_widget(self.more)

    @Slot()
    def _add_category(self) -> None:
        words = self.category.value()
        if words and words not in self.covers.value().splitlines():
            self.covers.set_value("\n".join(filter(None, (self.covers.value(), words))))
        self.category.set_value(None)

    def accept(self) -> None:
        """Give the answer; what cannot be read in the fold is unfolded and shown."""
        if self.more.check():
            super().accept()

    def answer(self) -> LetterInput:
        """Return what is filled in now; a kind of expense is given by its id."""
        ids = {words: key for key, words in self._labels.items()}
        lines = (line.strip() for line in self.covers.value().splitlines())
        return LetterInput(
            person_id=self.person.value(),
            covers="\n".join(ids.get(line, line) for line in lines if line),
            prescriber=self.prescriber.value(),
            diagnosis=self.diagnosis.value(),
            signed_on=self.signed_on.value(),
            from_on=self.from_on.value(),
            until_on=self.until_on.value(),
            document_id=self.document.value(),
            note=self.note.value(),
        )
