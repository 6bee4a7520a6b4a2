"""A line of the ledger is entered or changed: its dialog, and what is then written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.domain.expense import Expense
from app.operations import expenses
from app.storage.queries.records import record
from app.storage.queries.travel import journey_of
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.expense import ExpenseDialog, ExpenseInput
from ui.pages.expense_choices import choices_for
from ui.pages.travel_steps import ask_stay, ask_trip
from ui.shell import BannerAction, Shell
from ui.wording import tr


def ask_new_expense(desk: Desk, shell: Shell, document_id: str | None = None) -> None:
    """Ask for a new line of the ledger; `document_id` is the receipt or bill that it is from."""

    def do(given: ExpenseInput) -> Expense:
        return expenses.enter_expense(desk.binder, **values_of(given))

    offered = choices_for(desk, document_id)
    given = shell.ask_dialog(ExpenseDialog(desk, offered, document_id=document_id), do)
    if given is not None and document_id is not None:
        undo = BannerAction(tr("Undo"), desk.binder.undo)
        shell.say(tr("{amount} is in the ledger.", amount=str(given.amount)), undo)


def ask_expense(desk: Desk, shell: Shell, expense_id: str) -> None:
    """Ask for changes of a line of the ledger, or of the trip or the stay that it is of."""
    before = desk.binder.ask(record, "expense", expense_id)
    if not isinstance(before, Expense):
        return
    if journey := desk.binder.ask(journey_of, expense_id):  # it is counted from miles or nights
        kind, key = journey
        (ask_trip if kind == "trip" else ask_stay)(desk, shell, key)
        return

    offered = choices_for(desk, before.document_id, before.proof_id, line=before)

    def do(given: ExpenseInput) -> None:
        told: dict[str, Any] = values_of(given)
        address = told.pop("address")
        if given.provider != before.provider:  # another name is another place, at its own address
            told["provider_id"] = None
            address = "" if address == offered.address else address
        expenses.change_expense(desk.binder, replace(before, **told), address=address)

    shell.ask_dialog(ExpenseDialog(desk, offered, before), do)
