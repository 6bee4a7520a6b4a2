"""Asking for a date of one's own: a new one, or one that is changed."""

from __future__ import annotations

from datetime import date

from app.operations import dates
from app.storage.queries.claims import claim_rows
from app.storage.queries.dates import due_rows
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


def change_own_date(desk: Desk, shell: Shell, due_id: str) -> None:
    """Ask again about a date of one's own as it stands now: its day, its words, its claim."""
    binder = desk.binder
    found = binder.ask(due_rows, include_done=True)
    before = next((row for row in found if row.id == due_id), None)
    if before is None:
        return

    def do(given: OwnDateInput) -> None:
        dates.change_own_date(binder, due_id, **values_of(given))

    rows, people = binder.ask(claim_rows), binder.ask(all_people)
    shell.ask_dialog(OwnDateDialog(desk, rows, people, before.last_day, before), do)
