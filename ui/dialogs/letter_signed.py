"""A letter is signed: on which day, and where its picture is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.errors import UserError
from app.storage.queries.papers import PaperRow
from ui.desk import Desk
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField
from ui.widgets.text import label
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedInput:
    """The day, and the paper that shows the letter with its signature, if there is one."""

    on: date
    document_id: str | None


class LetterSignedDialog(AskDialog[SignedInput]):
    """Asks for the day of the signature and for a photo of the signed letter."""

    def __init__(self, desk: Desk, title: str, papers: Sequence[PaperRow]) -> None:
        super().__init__(tr("The letter is signed"), tr("Save"))
        self.form.add_widget(label(title))
        self.on = self.form.add(
            tr("On which day was it signed?"), DateField(desk.today, "past", desk.today())
        )
        self.paper = self.form.add(
            tr("Which paper shows it with the signature?"),
            ChoiceField(
                [(each.id, each.name) for each in papers], unknown=tr("No photo or scan yet")
            ),
            tr("Take a photo of the signed letter and add it to this claim. That one goes out."),
        )

    def answer(self) -> SignedInput:
        """Return what is filled in now."""
        on = self.on.value()
        if on is None:
            raise UserError(tr("Enter the day on which it was signed."))
        return SignedInput(on=on, document_id=self.paper.value())
