"""The same expense on further days: the sessions of a treatment as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.shares import MOST_PARTS
from ui.desk import Desk
from ui.dialogs.expense_rows import DaysField
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField, NumberField
from ui.widgets.layout import line as side_by_side
from ui.widgets.text import button, label
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class RepeatInput:
    """The days, and whether those that have come were paid on their day."""

    days: tuple[date, ...]
    is_paid: bool


class RepeatDialog(AskDialog[RepeatInput]):
    """Asks for the further days of care; a row of equal steps is filled in at once."""

    def __init__(self, desk: Desk, line: Expense) -> None:
        super().__init__(tr("The same on other days"), tr("Enter them"))
        self._desk, self._line = desk, line
        form = self.form
        to = tr(" to {name}", name=line.provider) if line.provider else ""
        words = tr("{amount}{to}, once for each day of care below.", amount=str(line.amount), to=to)
        form.add_widget(label(words))
        self.every, self.times = NumberField(7), NumberField(5)
        form.add_beside([(tr("Every … days"), self.every), (tr("How many times"), self.times)])
        filler = QWidget()
        filler.setLayout(side_by_side(button(tr("Fill in the days"), self._fill, "calendar")))
        form.add_widget(filler)
        self.days = form.add(tr("Days of care"), DaysField(desk.today))
        is_paid = line.paid_on is not None and line.paid_on == (line.served_on or line.paid_on)
        self.is_paid = form.add(
            "", CheckField(tr("Each was paid on its day, as far as it has come"), value=is_paid)
        )

    def _fill(self) -> None:
        """Add days in equal steps after the last one that is known."""
        try:
            every, times, days = self.every.value(), self.times.value(), self.days.value()
        except UserError:
            return
        last = max((*days, self._line.served_on or self._line.paid_on or self._desk.today()))
        if every and times and times <= MOST_PARTS and every * times <= MOST_PARTS * 366:
            step = timedelta(days=every)
            self.days.add_days([last + step * (number + 1) for number in range(times)])

    def answer(self) -> RepeatInput:
        """Return what is filled in now."""
        days = self.days.value()
        if not days:
            raise UserError(tr("Enter the days of care, or let them be filled in."))
        return RepeatInput(days=days, is_paid=self.is_paid.value())
