"""The same expense on further days: the sessions of a treatment as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.mileage import miles_text
from app.domain.shares import MOST_PARTS
from app.storage.queries.travel import TripRow
from ui.desk import Desk
from ui.dialogs.expense_rows import DaysField
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField, NumberField
from ui.widgets.layout import line as side_by_side
from ui.widgets.text import button, label
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class RepeatInput:
    """The days, and the answer to the one question that was asked beside them."""

    days: tuple[date, ...]
    choice: bool


class RepeatDialog(AskDialog[RepeatInput]):
    """Asks for the further days of care; a row of equal steps is filled in at once."""

    def __init__(self, desk: Desk, words: str, last: date, choice: CheckField) -> None:
        """Make the form; `words` say what is repeated, `choice` asks for the one thing left.

        Days are filled in after `last`.
        """
        super().__init__(tr("The same on other days"), tr("Enter them"))
        self._last = last
        form = self.form
        form.add_widget(label(words))
        self.every, self.times = NumberField(7), NumberField(5)
        form.add_beside([(tr("Every … days"), self.every), (tr("How many times"), self.times)])
        filler = QWidget()
        filler.setLayout(side_by_side(button(tr("Fill in the days"), self._fill, "calendar")))
        form.add_widget(filler)
        self.days = form.add(tr("Days of care"), DaysField(desk.today))
        self.choice = form.add("", choice)

    def _fill(self) -> None:
        """Add days in equal steps after the last one that is known."""
        try:
            every, times, days = self.every.value(), self.times.value(), self.days.value()
        except UserError:
            return
        last = max((*days, self._last))
        if every and times and times <= MOST_PARTS and every * times <= MOST_PARTS * 366:
            step = timedelta(days=every)
            self.days.add_days([last + step * (number + 1) for number in range(times)])

    def answer(self) -> RepeatInput:
        """Return what is filled in now."""
        days = self.days.value()
        if not days:
            raise UserError(tr("Enter the days of care, or let them be filled in."))
        return RepeatInput(days=days, choice=self.choice.value())


def repeat_line(desk: Desk, line: Expense) -> RepeatDialog:
    """Return the dialog that repeats a line of the ledger; it asks whether it was paid at once."""
    to = tr(" to {name}", name=line.provider) if line.provider else ""
    words = tr("{amount}{to}, once for each day of care below.", amount=str(line.amount), to=to)
    is_paid = line.paid_on is not None and line.paid_on == (line.served_on or line.paid_on)
    choice = CheckField(tr("Each was paid on its day, as far as it has come"), value=is_paid)
    return RepeatDialog(desk, words, line.served_on or line.paid_on or desk.today(), choice)


def repeat_drive(desk: Desk, row: TripRow) -> RepeatDialog:
    """Return the dialog that repeats a drive; it asks whether parking was paid each time."""
    to = tr(" to {name}", name=row.trip.to_place) if row.trip.to_place else ""
    miles = miles_text(row.trip.miles)
    words = tr("{miles} miles{to}, each at the rate of its day.", miles=miles, to=to)
    parking = tr(" ({amount})", amount=str(row.parking)) if row.parking else ""
    choice = CheckField(tr("Parking and tolls were the same{amount}", amount=parking))
    choice.setEnabled(row.parking is not None)
    return RepeatDialog(desk, words, row.trip.on, choice)
