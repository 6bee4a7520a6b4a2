"""What was owed after a yes has come: on which day, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.errors import UserError
from app.domain.money import Money
from ui.desk import Desk
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import DateField, MoneyField
from ui.widgets.text import label
from ui.wording import tr


@dataclass(frozen=True, slots=True)
class CameBack:
    """The day on which it came, and the amount where it was money."""

    on: date
    amount: Money | None


class CameBackDialog(AskDialog[CameBack]):
    """Asks when it came; only then does it leave the calendar."""

    def __init__(self, desk: Desk, about: str) -> None:
        super().__init__(tr("It came"), tr("Save"))
        self.form.add_widget(label(about))
        self.on = self.form.add(tr("On which day?"), DateField(desk.today, "past", desk.today()))
        self.amount = self.form.add(
            tr("How much, if it was money?"),
            MoneyField(),
            tr("Less than you asked for? Save it, and ask for the rest under “What to do now”."),
        )

    def answer(self) -> CameBack:
        """Return what is filled in now."""
        on = self.on.value()
        if on is None:
            raise UserError(tr("Enter the day on which it came."))
        return CameBack(on, self.amount.value())
