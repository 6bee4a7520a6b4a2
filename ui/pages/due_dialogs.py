"""Small questions about dates: when something was asked for, and to which day a date goes."""

from __future__ import annotations

from datetime import date

from app.domain.errors import UserError
from app.storage.queries.dates import DueRow
from ui.desk import Desk
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import DateField
from ui.widgets.text import label, muted
from ui.wording import date_words, tr


class OnDayDialog(AskDialog[date]):
    """Asks on which day something happened, today unless it was earlier."""

    def __init__(self, desk: Desk, heading: str, about: str, question: str) -> None:
        super().__init__(heading, tr("Save"))
        self._today = desk.today
        self.form.add_widget(label(about))
        self.on = self.form.add(question, DateField(desk.today, "past", desk.today()))

    def answer(self) -> date:
        """Return the day."""
        on = self.on.value()
        if on is None:
            raise UserError(tr("Enter the day."))
        if on > self._today():
            raise UserError(tr("This day has not come yet. Enter the day on which it happened."))
        return on


class AskedOnDialog(OnDayDialog):
    """Asks on which day something was asked for."""

    def __init__(self, desk: Desk, heading: str, advice: str) -> None:
        super().__init__(desk, heading, advice, tr("On which day did you ask?"))


class MoveDialog(AskDialog[date]):
    """Asks for the day to which a date of one's own goes."""

    def __init__(self, desk: Desk, row: DueRow) -> None:
        super().__init__(tr("Move a date"), tr("Move it"))
        self.form.add_widget(label(row.title))
        self.form.add_widget(
            muted(tr("It stands on {day}.", day=date_words(row.last_day, desk.today())))
        )
        self.to = self.form.add(tr("To which day?"), DateField(desk.today, "future", row.last_day))

        self.form.add_widget(
            muted(tr("In the month you can also drag it, or press Alt and an arrow key."))
        )

    def answer(self) -> date:
        """Return the day."""
        to = self.to.value()
        if to is None:
            raise UserError(tr("Enter the day to which it should go."))
        return to
