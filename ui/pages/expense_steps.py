"""A line of the ledger is entered or changed: its dialog, and what is then written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from app.domain.expense import Expense
from app.operations import expenses
from app.storage.queries.claims import claim_rows
from app.storage.queries.papers import PaperRow, newest_papers, paper_row
from app.storage.queries.records import all_people, record, record_names
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.expense import RECEIPT_KINDS, ExpenseChoices, ExpenseDialog, ExpenseInput
from ui.shell import BannerAction, Shell
from ui.wording import tr

_MOST_RECEIPTS: Final = 200
"""So many papers are offered as the receipt of an expense, receipts and bills first."""


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
    """Ask for changes of a line of the ledger."""
    before = desk.binder.ask(record, "expense", expense_id)
    if not isinstance(before, Expense):
        return

    def do(given: ExpenseInput) -> None:
        told: dict[str, Any] = values_of(given)
        address = told.pop("address")
        if given.provider != before.provider:  # another name is another place
            told["provider_id"] = None
        expenses.change_expense(desk.binder, replace(before, **told), address=address)

    offered = choices_for(desk, before.document_id, before.proof_id, line=before)
    shell.ask_dialog(ExpenseDialog(desk, offered, before), do)


def choices_for(
    desk: Desk, *document_ids: str | None, line: Expense | None = None
) -> ExpenseChoices:
    """Return what a form about money offers; these papers are among it, however old they are."""
    ask = desk.binder.ask
    place = ask(record, "provider", line.provider_id) if line and line.provider_id else None
    return ExpenseChoices(
        people=ask(all_people),
        claims=ask(claim_rows),
        papers=papers_with(desk, *document_ids),
        accounts=ask(record_names, "hsa_account"),
        address=place.address if place else "",
    )


def papers_with(desk: Desk, *document_ids: str | None) -> tuple[PaperRow, ...]:
    """Return the papers to choose from, receipts first, and these: older ones or in the trash."""
    papers = desk.binder.ask(newest_papers, first=RECEIPT_KINDS, most=_MOST_RECEIPTS)
    here = {paper.id for paper in papers}
    wanted = dict.fromkeys(each for each in document_ids if each and each not in here)
    kept = (desk.binder.ask(paper_row, each) for each in wanted)
    return (*papers, *(each for each in kept if each))
