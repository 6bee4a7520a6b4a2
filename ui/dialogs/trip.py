"""A drive to care: miles, the rate of that day, parking and tolls."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Slot

from app.domain.errors import UserError
from app.domain.mileage import mileage, miles_text
from app.domain.money import Money
from app.operations.tax_book import tax_book
from app.operations.trips import Drive, rate_text
from app.storage.queries.travel import TripRow
from ui.desk import Desk
from ui.dialogs.expense import ExpenseChoices
from ui.dialogs.expense_rows import value_or_none
from ui.dialogs.more import More
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, MoneyField, NoteField, TextField
from ui.widgets.text import muted
from ui.wording import short_date, tr

_MILES: Final = re.compile(r"([0-9]{1,5})(?:\.([0-9]{1,2}))?")
_RATE: Final = re.compile(r"([0-9]{1,3})(?:\.([0-9]))?")


class MilesField(TextField):
    """Miles with at most two places; its value counts hundredths of a mile."""

    def value(self) -> Any:
        """Return hundredths of a mile, or None if the field is empty.

        Raises:
            UserError: what is typed is not a number of miles.
        """
        typed = self.text().strip().replace(",", "")
        if not typed:
            return None
        found = _MILES.fullmatch(typed)
        if not found:
            raise UserError(
                tr("“{text}” is not a number of miles. Write it like 12.5.", text=typed)
            )
        return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


class RateField(TextField):
    """Cents for a mile with at most one place; its value counts tenths of a cent."""

    def value(self) -> Any:
        """Return tenths of a cent, or None if the field is empty.

        Raises:
            UserError: what is typed is not a rate.
        """
        typed = self.text().strip().removesuffix("¢")
        if not typed:
            return None
        found = _RATE.fullmatch(typed)
        if not found:
            raise UserError(tr("“{text}” is not cents for a mile. Write it like 20.5.", text=typed))
        return int(found[1]) * 10 + int(found[2] or "0")


@dataclass(frozen=True, kw_only=True, slots=True)
class TripInput:
    """The drive, and what its two lines of the ledger share."""

    drive: Drive
    person_id: str | None
    claim_id: str | None
    note: str


class TripDialog(AskDialog[TripInput]):
    """Asks where, when and how far; says at once what that comes to, and by whose rate."""

    def __init__(self, desk: Desk, offered: ExpenseChoices, before: TripRow | None = None) -> None:
        super().__init__(
            tr("Change a trip") if before else tr("A drive to care"),
            tr("Save") if before else tr("Enter it"),
        )
        trip = before.trip if before else None
        self._desk = desk
        only = offered.people[0].id if len(offered.people) == 1 else None
        form = self.form
        self.on = form.add(
            tr("Day of the drive"),
            DateField(desk.today, "past", trip.on if trip else desk.today()),
        )
        self.miles = MilesField(miles_text(trip.miles) if trip else "", tr("12.5"))
        self.parking = MoneyField(before.parking if before else None)
        form.add_beside(
            [(tr("Miles, there and back"), self.miles), (tr("Parking and tolls"), self.parking)]
        )
        self.sum = muted("")
        form.add_widget(self.sum)
        self._ask_rate(before)
        self.from_place = TextField(trip.from_place if trip else "", tr("Home"))
        self.to_place = TextField(trip.to_place if trip else "", tr("Clinic, town"))
        form.add_beside([(tr("From"), self.from_place), (tr("To"), self.to_place)])
        self.person: ChoiceField[str] = ChoiceField(
            [(each.id, each.name) for each in offered.people],
            unknown=tr("Not said"),
            value=before.person_id if before else only,
        )
        self.claim: ChoiceField[str] = ChoiceField(
            [(each.id, each.title) for each in offered.claims],
            unknown=tr("For no claim"),
            value=before.claim_id if before else None,
        )
        form.add_beside([(tr("Whose care?"), self.person), (tr("For which claim?"), self.claim)])
        self.paper: ChoiceField[str] = ChoiceField(
            [(each.id, each.name) for each in offered.papers],
            unknown=tr("None yet"),
            value=trip.document_id if trip else None,
        )
        form.add(
            tr("Which paper shows the appointment?"),
            self.paper,
            tr("Without one, the summary of the year lists the trip as open."),
        )
        self._ask_more(before)
        for field in (self.on, self.miles, self.rate):
            field.changed.connect(self._show)
        self._show()
        self.miles.setFocus()

    def _ask_rate(self, before: TripRow | None) -> None:
        """A rate of one's own is asked for where the law's is not known, or one was given."""
        trip = before.trip if before else None
        period = tax_book().mileage_on(trip.on) if trip else None
        is_own = trip is not None and (period is None or period.rate != trip.rate)
        self.rate = RateField(rate_text(trip.rate) if trip and is_own else "", tr("20.5"))
        self.source = TextField(
            trip.rate_source if trip and is_own else "", tr("Notice 2027-…, or the page of the IRS")
        )
        self._is_own = self._needs_rate = is_own
        self.form.add(tr("Cents for a mile"), self.rate)
        self.form.add(tr("Who says so?"), self.source)

    def _ask_more(self, before: TripRow | None) -> None:
        trip = before.trip if before else None
        self.more = More(tr("More about this trip"))
        form = self.more.form
        self.purpose = form.add(
            tr("What for?"), TextField(trip.purpose if trip else "", tr("Infusion, session 4"))
        )
        self.reason = form.add(
            tr("Why not nearer?"),
            TextField(trip.reason if trip else "", tr("No infusion center in our county")),
            tr("A trip to another town for personal reasons does not count."),
        )
        self.note = form.add(tr("Notes"), NoteField(before.note if before else "", lines=2))
        self.form.add_widget(self.more)
        self.more.open_if(self.purpose.value(), self.reason.value(), self.note.value())

    @Slot()
    def _show(self) -> None:
        """Say what the miles come to; ask for a rate where none is known for the day."""
        on: date | None = value_or_none(self.on)
        miles: int | None = value_or_none(self.miles)
        period = tax_book().mileage_on(on) if on else None
        needs_rate = self._needs_rate = self._is_own or (on is not None and period is None)
        self.form.set_row_visible(self.rate, needs_rate)
        self.form.set_row_visible(self.source, needs_rate)
        rate: int | None = value_or_none(self.rate) if needs_rate else None
        known = rate or (period.rate if period else None)
        if on and known is None:
            words = tr("The rate for {day} is not known to this program. Enter it and who says so.",
                       day=short_date(on))  # fmt: skip
        elif miles and known:
            by = "" if rate or period is None else f" ({period.source})"
            words = tr("{miles} miles × {rate} cents{by} = {amount}", miles=miles_text(miles),
                       rate=rate_text(known), by=by, amount=str(mileage(miles, known)))  # fmt: skip
        else:
            words = ""
        self.sum.setText(words)

    @Slot()
    def accept(self) -> None:
        """Give the answer; what cannot be read in the fold is unfolded and shown."""
        if self.more.check():
            super().accept()

    def answer(self) -> TripInput:
        """Return what is filled in now."""
        on, miles = self.on.value(), self.miles.value()
        if on is None:
            raise UserError(tr("Enter the day of the drive."))
        if not miles:
            raise UserError(tr("Enter the miles there and back."))
        rate = self.rate.value() if self._needs_rate else None
        drive = Drive(
            on=on,
            miles=miles,
            from_place=self.from_place.value(),
            to_place=self.to_place.value(),
            rate=rate,
            rate_source=self.source.value() if rate else "",
            parking=self.parking.value() or Money(),
            purpose=self.purpose.value(),
            reason=self.reason.value(),
            document_id=self.paper.value(),
        )
        return TripInput(
            drive=drive,
            person_id=self.person.value(),
            claim_id=self.claim.value(),
            note=self.note.value(),
        )
