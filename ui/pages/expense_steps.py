"""A line of the ledger is entered or changed: its dialog, and what is then written."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.domain.expense import Expense
from app.operations import expenses
from app.storage.queries.claims import claim_rows
from app.storage.queries.papers import newest_papers, paper_row
from app.storage.queries.records import all_people, record
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.expense import RECEIPT_KINDS, ExpenseDialog, ExpenseInput
from ui.shell import Shell

_MOST_RECEIPTS: Final = 200
"""So many papers are offered as the receipt of an expense, receipts and bills first."""


def ask_new_expense(desk: Desk, shell: Shell) -> None:
    """Ask for a new line of the ledger."""

    def do(given: ExpenseInput) -> None:
        expenses.enter_expense(desk.binder, **values_of(given))

    shell.ask_dialog(_dialog(desk, None), do)


def ask_expense(desk: Desk, shell: Shell, expense_id: str) -> None:
    """Ask for changes of a line of the ledger."""
    before = desk.binder.ask(record, "expense", expense_id)
    if not isinstance(before, Expense):
        return

    def do(given: ExpenseInput) -> None:
        expenses.change_expense(desk.binder, replace(before, **values_of(given)))

    shell.ask_dialog(_dialog(desk, before), do)


def _dialog(desk: Desk, before: Expense | None) -> ExpenseDialog:
    ask = desk.binder.ask
    papers = ask(newest_papers, first=RECEIPT_KINDS, most=_MOST_RECEIPTS)
    kept = ask(paper_row, before.document_id) if before and before.document_id else None
    if kept and kept not in papers:  # an older one, or one in the trash: it stays the receipt
        papers += (kept,)
    return ExpenseDialog(desk, ask(all_people), ask(claim_rows), papers, before)
