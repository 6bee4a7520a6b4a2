"""Whether somebody was a dependent in a tax year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.errors import UserError
from ui.care_choices import Named
from ui.hsa_names import DEPENDENT
from ui.names import choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, NumberField
from ui.wording import tr


@dataclass(frozen=True, slots=True)
class DependentInput:
    """Who, in which year, and how; an empty status forgets what was said."""

    person_id: str
    year: int
    status: str


class DependentDialog(AskDialog[DependentInput]):
    """Asks for one person and one year."""

    def __init__(
        self, people: Sequence[Named], year: int, person_id: str | None = None, status: str = ""
    ) -> None:
        super().__init__(tr("Who was a dependent?"), tr("Save"))
        self.person: ChoiceField[str] = ChoiceField(people, value=person_id)
        self.form.add(tr("Who?"), self.person)
        self.year = self.form.add(tr("In which tax year?"), NumberField(year))
        self.status: ChoiceField[str] = ChoiceField(
            choices(DEPENDENT), unknown=tr("I don't know"), value=status or None, roomy=True
        )
        self.form.add(
            tr("A dependent on your tax return?"),
            self.status,
            tr("The year of the care decides, not the year in which it was paid."),
        )

    def answer(self) -> DependentInput:
        """Return what is filled in now.

        Raises:
            UserError: nobody is chosen, or the year is missing.
        """
        person, year = self.person.value(), self.year.value()
        if person is None or year is None:
            raise UserError(tr("Choose a person and enter the year."))
        return DependentInput(person, year, self.status.value() or "")
