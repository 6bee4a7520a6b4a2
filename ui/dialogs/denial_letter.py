"""What a letter says about time: the fields that a first “no” and a later one share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.errors import UserError
from ui.desk import Desk
from ui.dialogs.denial_words import COUNTED_FROM, DAY_UNITS, LETTER_SAYS, LONG_UNITS
from ui.widgets.fields import ChoiceField, DateField, NumberField
from ui.widgets.form import Form
from ui.wording import tr

_DAYS_A_WEEK = 7
_LONGER = "longer"


class LetterSaid(Protocol):
    """What is known of a letter's own time; a `DenialAnswer` is one."""

    @property
    def letter_says(self) -> str: ...
    @property
    def letter_date(self) -> date | None: ...
    @property
    def letter_days(self) -> int | None: ...
    @property
    def letter_unit(self) -> str: ...
    @property
    def letter_counts_from(self) -> str: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterTime:
    """What was filled in; the names are those of `DenialAnswer`."""

    letter_says: str
    letter_date: date | None
    letter_days: int | None
    letter_unit: str
    letter_counts_from: str


class LetterFields(QObject):
    """Asks for a last day, or for a number of days, weeks or months; shows only what fits."""

    changed = Signal()

    def __init__(self, desk: Desk, form: Form, before: LetterSaid) -> None:
        super().__init__(form)
        self._form, self._is_shown = form, True
        unit = before.letter_unit
        is_long = before.letter_says == "days" and unit not in dict(DAY_UNITS)
        self.says = form.add(
            tr("What does the letter say about how long you have?"),
            ChoiceField(
                _said(LETTER_SAYS),
                unknown=tr("I have not looked yet"),
                value=_LONGER if is_long else before.letter_says,
            ),
            tr("Look for words like “within 180 days” or “no later than”, often on the last page."),
        )
        self.last_day = form.add(
            tr("The last day in the letter"), DateField(desk.today, "future", before.letter_date)
        )
        self.days = NumberField(None if is_long else before.letter_days)
        self.day_unit = ChoiceField(_said(DAY_UNITS), value=unit)
        form.add_beside([(tr("How many days?"), self.days), (tr("Which days?"), self.day_unit)])
        self.amount = NumberField(before.letter_days if is_long else None)
        self.long_unit = ChoiceField(_said(LONG_UNITS), value=unit if is_long else "weeks")
        form.add_beside([(tr("How many?"), self.amount), (tr("Weeks or months?"), self.long_unit)])
        self.counts_from = form.add(
            tr("Counted"), ChoiceField(_said(COUNTED_FROM), value=before.letter_counts_from)
        )
        for field in self._fields():
            field.changed.connect(self._show)
        self._show()

    def _fields(self) -> Iterator[ChoiceField[str] | DateField | NumberField]:
        yield from (self.says, self.last_day, self.days, self.day_unit, self.amount)
        yield from (self.long_unit, self.counts_from)

    @property
    def has_looked(self) -> bool:
        """Whether somebody has looked in the letter."""
        return self.says.value() is not None

    def set_visible(self, *, shown: bool) -> None:
        """Ask what the letter says, or not."""
        self._is_shown = shown
        self._form.set_row_visible(self.says, shown)
        self._show_rows()

    @Slot()
    def _show(self) -> None:
        self._show_rows()
        self.changed.emit()

    def _show_rows(self) -> None:
        says, form = self.says.value() if self._is_shown else None, self._form
        form.set_row_visible(self.last_day, says == "date")
        for field in (self.days, self.day_unit):
            form.set_row_visible(field, says == "days")
        for field in (self.amount, self.long_unit):
            form.set_row_visible(field, says == _LONGER)
        form.set_row_visible(self.counts_from, says in {"days", _LONGER})

    def value(self) -> LetterTime:
        """Return what is filled in now, complete or not.

        Raises:
            UserError: something cannot be read.
        """
        says = self.says.value() or "unknown"
        length, unit = self._length(says)
        return LetterTime(
            letter_says="days" if says == _LONGER else says,
            letter_date=self.last_day.value() if says == "date" else None,
            letter_days=length,
            letter_unit=unit,
            letter_counts_from=self.counts_from.value() or "notice",
        )

    def complete(self) -> LetterTime:
        """Return what is filled in now.

        Raises:
            UserError: the letter is said to give a time, and the time is missing.
        """
        says, given = self.says.value(), self.value()
        if says == "date" and given.letter_date is None:
            raise UserError(tr("Enter the last day that the letter names."))
        if says == "days" and given.letter_days is None:
            raise UserError(tr("Enter how many days the letter gives."))
        if says == _LONGER and given.letter_days is None:
            raise UserError(tr("Enter how many weeks or months the letter gives."))
        return given

    def _length(self, says: str) -> tuple[int | None, str]:
        """Return the number that the letter gives, and its unit; a week is seven days."""
        if says == "days":
            return self.days.value(), self.day_unit.value() or "calendar_days"
        if says != _LONGER:
            return None, "calendar_days"
        amount = self.amount.value()
        if self.long_unit.value() == "months":
            return amount, "months"
        return amount and amount * _DAYS_A_WEEK, "calendar_days"


def _said(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, tr(words)) for key, words in pairs]
