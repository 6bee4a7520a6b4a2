"""The travel log: drives to care and nights near it, with what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.mileage import miles_text
from app.domain.money import Money
from app.operations import trash
from app.operations.trips import rate_text
from app.storage.queries.travel import (
    StayRow,
    TripRow,
    stay_rows,
    travel_years,
    trip_rows,
)
from ui.desk import Desk
from ui.models.rows import RIGHT, Column, RowsModel
from ui.pages.money_table import LedgerTable
from ui.pages.travel_steps import ask_stay, ask_trip, ask_trip_again
from ui.shell import BannerAction, Shell
from ui.widgets.fields import ChoiceField
from ui.widgets.flow import flow
from ui.widgets.layout import EmptyState, column
from ui.widgets.text import Label, button, section
from ui.wording import count_of, short_date, tr

_TRIPS: Final[tuple[Column[TripRow], ...]] = (
    Column("Day", lambda row: short_date(row.trip.on), lambda row: row.trip.on, width=12),
    Column(
        "Way",
        lambda row: " – ".join(filter(None, (row.trip.from_place, row.trip.to_place))),
        tip=lambda row: row.trip.purpose,
    ),
    Column("For", lambda row: row.patient or "", width=12),
    Column("Paper", lambda row: tr("yes") if row.document else tr("missing"), width=8,
           tone=lambda row: "ink" if row.document else "warning",
           tip=lambda row: row.document or tr("No paper shows the appointment yet.")),
    Column("Miles", lambda row: miles_text(row.trip.miles), lambda row: row.trip.miles,
           align=RIGHT, width=6),
    Column("Rate", lambda row: f"{rate_text(row.trip.rate)}¢", lambda row: row.trip.rate,
           tip=lambda row: row.trip.rate_source, align=RIGHT, width=6,
           spoken=lambda row: tr("{rate} cents for a mile", rate=rate_text(row.trip.rate))),
    Column("Mileage", lambda row: str(row.amount), lambda row: row.amount.cents,
           align=RIGHT, width=8),
    Column("Parking", lambda row: str(row.parking) if row.parking else "",
           lambda row: row.parking.cents if row.parking else 0, align=RIGHT, width=8),
)  # fmt: skip

_STAYS: Final[tuple[Column[StayRow], ...]] = (
    Column("First night", lambda row: short_date(row.stay.from_on),
           lambda row: row.stay.from_on, width=12),
    Column("Where", lambda row: row.stay.place),
    Column("For", lambda row: row.patient or "", width=12),
    Column("Nights", lambda row: str(row.stay.nights), lambda row: row.stay.nights,
           align=RIGHT, width=7),
    Column("Persons", lambda row: str(row.stay.persons), lambda row: row.stay.persons,
           align=RIGHT, width=8),
    Column("Receipt", lambda row: tr("yes") if row.document else tr("missing"), width=8,
           tone=lambda row: "ink" if row.document else "warning",
           tip=lambda row: row.document or ""),
    Column("Paid", lambda row: str(row.amount), lambda row: row.amount.cents,
           align=RIGHT, width=9),
)  # fmt: skip

_SPARE_OF_TRIPS: Final = (5, 2, 4)
"""Columns of drives that are hidden where there is no room: rate, for, miles."""

_SPARE_OF_STAYS: Final = (2, 4)
"""Columns of nights that are hidden where there is no room: for, persons."""


class TravelPart(QWidget):
    """Shows the drives and the nights of a year or of all years."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.year = ChoiceField[int]([], unknown=tr("All years"))
        self.year.setAccessibleName(tr("Which year"))
        self.year.changed.connect(self._show)
        self.trips: RowsModel[TripRow] = RowsModel(_TRIPS, lambda row: row.trip.id)
        self.trip_table = LedgerTable(
            self.trips, tr("Drives to care"), _SPARE_OF_TRIPS, least_rows=2
        )
        self.trip_table.row_opened.connect(self._open_trip)
        self.stays: RowsModel[StayRow] = RowsModel(_STAYS, lambda row: row.stay.id)
        self.stay_table = LedgerTable(
            self.stays, tr("Nights near care"), _SPARE_OF_STAYS, least_rows=2
        )
        self.stay_table.row_opened.connect(self._open_stay)
        self.driven = Label("", "strong")
        self.slept = Label("", "strong")
        again = button(tr("The same on other days …"), self._again, "calendar")
        self._drives = self._group(
            tr("Drives to care"), self.trip_table, self.driven,
            button(tr("Change …"), self._change_trip, "edit"), again,
            button(tr("Move to trash"), self._drop_trip, "trash"),
        )  # fmt: skip
        self._nights = self._group(
            tr("Nights near care"), self.stay_table, self.slept,
            button(tr("Change …"), self._change_stay, "edit"),
            button(tr("Move to trash"), self._drop_stay, "trash"),
        )  # fmt: skip
        listed = QWidget()
        inside = column(8)
        listed.setLayout(inside)
        inside.addWidget(self._drives, 3)
        inside.addWidget(self._nights, 2)
        self._listed = listed
        self._empty = EmptyState(
            "car",
            tr("No trips yet"),
            tr("Miles to care, parking and tolls, and nights near a hospital may count like the "
               "care itself. Enter a drive: the rate of its day is known."),
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(listed)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            flow(
                self.year,
                button(tr("Enter a drive …"), self.enter_trip, "car"),
                button(tr("Enter nights …"), self.enter_stay, "plus"),
            )
        )
        layout.addWidget(self._stack, 1)

    @staticmethod
    def _group(heading: str, table: QWidget, total: QWidget, *deeds: QWidget) -> QWidget:
        """Lay a table out with its heading, its total and what is done with its rows."""
        made = QWidget()
        inside = column(8)
        made.setLayout(inside)
        inside.addWidget(section(heading))
        inside.addWidget(table, 1)
        inside.addWidget(total)
        inside.addWidget(flow(*deeds))
        return made

    # ------------------------------------------------------------------ showing

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of("trip", "stay", "expense", "person", "claim", "document"):
            self.reload()

    def reload(self) -> None:
        """Ask again for everything."""
        years = self._desk.binder.ask(travel_years)
        self.year.set_choices([(year, str(year)) for year in years])
        self._show()

    def show_record(self, kind: str, record_id: str) -> None:
        """Show a trip or a stay by its id."""
        self.year.set_value(None)
        self.reload()
        table = self.stay_table if kind == "stay" else self.trip_table
        table.choose(record_id)

    @Slot()
    def _show(self) -> None:
        year, ask = self.year.value(), self._desk.binder.ask
        drives, nights = ask(trip_rows, year=year), ask(stay_rows, year=year)
        self.trips.replace(drives)
        self.stays.replace(nights)
        self._drives.setVisible(bool(drives))
        self._nights.setVisible(bool(nights))
        has_any = bool(drives or nights or year)
        self._stack.setCurrentWidget(self._listed if has_any else self._empty)
        self.year.setVisible(has_any)
        for table in (self.trip_table, self.stay_table):
            table.choose_first()
        self.driven.setText(_driven_words(drives))
        paid = sum((row.amount for row in nights), Money())
        count = sum(row.stay.nights for row in nights)
        slept = count_of(count, "{n} night", "{n} nights")
        self.slept.setText(tr("{nights}, {amount}", nights=slept, amount=str(paid)))

    # ------------------------------------------------------------------ doing

    def enter_trip(self) -> None:
        """Ask for a new drive."""
        ask_trip(self._desk, self._shell)

    def enter_stay(self) -> None:
        """Ask for new nights."""
        ask_stay(self._desk, self._shell)

    @Slot(str)
    def _open_trip(self, trip_id: str) -> None:
        ask_trip(self._desk, self._shell, trip_id)

    @Slot(str)
    def _open_stay(self, stay_id: str) -> None:
        ask_stay(self._desk, self._shell, stay_id)

    def _again(self) -> None:
        if self.trip_table.chosen_id:
            ask_trip_again(self._desk, self._shell, self.trip_table.chosen_id)

    def _change_trip(self) -> None:
        if self.trip_table.chosen_id:
            self._open_trip(self.trip_table.chosen_id)

    def _change_stay(self) -> None:
        if self.stay_table.chosen_id:
            self._open_stay(self.stay_table.chosen_id)

    def _drop_trip(self) -> None:
        found = [row.trip for row in self._desk.binder.ask(trip_rows)
                 if row.trip.id == self.trip_table.chosen_id]  # fmt: skip
        self._drop([key for trip in found for key in (trip.expense_id, trip.parking_id) if key])

    def _drop_stay(self) -> None:
        found = [row.stay for row in self._desk.binder.ask(stay_rows)
                 if row.stay.id == self.stay_table.chosen_id]  # fmt: skip
        self._drop([stay.expense_id for stay in found])

    def _drop(self, lines: Sequence[str]) -> None:
        """Move the lines of a trip or a stay to the trash: without them it is in no log."""
        if lines:
            trash.put_in_trash(self._desk.binder, [("expense", key) for key in lines])
            undo = BannerAction(tr("Undo"), self._desk.binder.undo)
            self._shell.say(tr("It is in the trash."), undo)


def _driven_words(drives: Sequence[TripRow]) -> str:
    """Return the sums of the drives: miles, mileage, parking and tolls."""
    miles = sum(row.trip.miles for row in drives)
    mileage = sum((row.amount for row in drives), Money())
    parking = sum((row.parking for row in drives if row.parking), Money())
    return tr(
        "{miles} miles, {mileage}; parking and tolls {parking}",
        miles=miles_text(miles), mileage=str(mileage), parking=str(parking),
    )  # fmt: skip
