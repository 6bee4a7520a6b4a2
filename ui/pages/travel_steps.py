"""A drive to care and nights near it: their dialogs, and what is then written."""

from __future__ import annotations

from typing import Any

from app.operations import stays, trips
from app.storage.queries.travel import StayRow, TripRow, stay_rows, trip_rows
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.expense_repeat import RepeatInput, repeat_drive
from ui.dialogs.stay import StayDialog, StayInput
from ui.dialogs.trip import TripDialog, TripInput
from ui.pages.expense_choices import choices_for
from ui.shell import BannerAction, Shell
from ui.wording import count_of, tr


def ask_trip(desk: Desk, shell: Shell, trip_id: str | None = None) -> None:
    """Ask for a drive, or for changes of one."""
    before = _trip(desk, trip_id)
    if trip_id and before is None:
        return

    def do(given: TripInput) -> None:
        told: dict[str, Any] = values_of(given)
        drive = told.pop("drive")
        if before:
            trips.change_trip(desk.binder, before.trip.id, drive, **told)
        else:
            trips.record_trip(desk.binder, drive, **told)

    paper = before.trip.document_id if before else None
    shell.ask_dialog(TripDialog(desk, choices_for(desk, paper), before), do)


def ask_trip_again(desk: Desk, shell: Shell, trip_id: str) -> None:
    """Ask for further days of the same drive."""
    before = _trip(desk, trip_id)
    if before is None:
        return

    def do(given: RepeatInput) -> None:
        trips.repeat_trip(desk.binder, trip_id, given.days, with_parking=given.choice)

    given = shell.ask_dialog(repeat_drive(desk, before), do)
    if given is not None:
        words = count_of(len(given.days), "{n} drive is entered.", "{n} drives are entered.")
        shell.say(words, BannerAction(tr("Undo"), desk.binder.undo))


def ask_stay(desk: Desk, shell: Shell, stay_id: str | None = None) -> None:
    """Ask for nights near care, or for changes of them."""
    before = _stay(desk, stay_id)
    if stay_id and before is None:
        return

    def do(given: StayInput) -> None:
        told: dict[str, Any] = values_of(given)
        stay, amount = told.pop("stay"), told.pop("amount")
        write = stays.change_stay if before else stays.record_stay
        write(desk.binder, amount, stay, **told)

    paper = before.stay.document_id if before else None
    shell.ask_dialog(StayDialog(desk, choices_for(desk, paper), before), do)


def _trip(desk: Desk, trip_id: str | None) -> TripRow | None:
    rows = desk.binder.ask(trip_rows) if trip_id else ()
    return next((row for row in rows if row.trip.id == trip_id), None)


def _stay(desk: Desk, stay_id: str | None) -> StayRow | None:
    rows = desk.binder.ask(stay_rows) if stay_id else ()
    return next((row for row in rows if row.stay.id == stay_id), None)
