"""What the forms about money offer to choose from: people, claims, papers, accounts."""

from __future__ import annotations

from typing import Final

from app.domain.expense import Expense
from app.storage.queries.claims import claim_rows
from app.storage.queries.expense_details import known_payees
from app.storage.queries.papers import PaperRow, newest_papers, paper_row
from app.storage.queries.records import all_people, record, record_names
from ui.desk import Desk
from ui.dialogs.expense import RECEIPT_KINDS, ExpenseChoices

_MOST_RECEIPTS: Final = 200
"""So many papers are offered as the receipt of an expense, receipts and bills first."""


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
        aids=ask(record_names, "aid"),
        letters=ask(record_names, "necessity_letter"),
        payees=ask(known_payees),
        address=place.address if place else "",
    )


def papers_with(desk: Desk, *document_ids: str | None) -> tuple[PaperRow, ...]:
    """Return the papers to choose from, receipts first, and these: older ones or in the trash."""
    papers = desk.binder.ask(newest_papers, first=RECEIPT_KINDS, most=_MOST_RECEIPTS)
    here = {paper.id for paper in papers}
    wanted = dict.fromkeys(each for each in document_ids if each and each not in here)
    kept = (desk.binder.ask(paper_row, each) for each in wanted)
    return (*papers, *(each for each in kept if each))
