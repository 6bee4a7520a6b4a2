"""Asking for a date of one's own: a new one, or one that is changed."""

from __future__ import annotations

from datetime import date

from app.operations import dates
from app.storage.queries.claims import claim_rows
from app.storage.queries.dates import DueRow
from app.storage.queries.records import all_people
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.own_date import OwnDateDialog, OwnDateInput
from ui.shell import Shell


def ask_own_date(desk: Desk, shell: Shell, on: date | None = None) -> None:
    """Ask for a date of one's own."""
    binder = desk.binder

    def do(given: OwnDateInput) -> None:
        dates.add_own_date(binder, **values_of(given))

    rows, people = binder.ask(claim_rows), binder.ask(all_people)
    shell.ask_dialog(OwnDateDialog(desk, rows, people, on), do)


def change_own_date(desk: Desk, shell: Shell, row: DueRow) -> None:
    """Ask again about a date of one's own: its day, its words, its claim."""
    binder = desk.binder

    def do(given: OwnDateInput) -> None:
        dates.change_own_date(binder, row.id, **values_of(given))

    rows, people = binder.ask(claim_rows), binder.ask(all_people)
    shell.ask_dialog(OwnDateDialog(desk, rows, people, row.last_day, row), do)
