"""What stands out in single lines of the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from app.binder import Binder
from app.domain.finding import Finding
from app.domain.hsa_findings import FindingsCase, LinePapers, line_findings
from app.domain.money_book import MoneyBook
from app.operations.legibility import hard_to_read
from app.operations.owed import findings_of_care
from app.storage.queries.papers import paper_rows


def care_findings_by_line(binder: Binder, today: date) -> Mapping[str, tuple[Finding, ...]]:
    """Return what nobody answered yet in bills, explanations and payments, by the line it is on."""
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for noted in findings_of_care(binder, today):
        if noted.mark is None and noted.finding.expense is not None:
            found[noted.finding.expense].append(noted.finding)
    return {key: tuple(some) for key, some in found.items()}


def hsa_findings_of_line(
    binder: Binder, book: MoneyBook, expense_id: str, letters: str
) -> tuple[Finding, ...]:
    """Return what an examiner would ask about one paid line.

    `letters` are those of the papers behind it, as `app.domain.packet` has them.
    """
    expense = book.expense_by_id.get(expense_id)
    if expense is None or expense.paid_on is None:
        return ()
    own = [key for key in (expense.document_id, expense.proof_id) if key]
    hard = hard_to_read(binder, own)
    names = tuple(row.name for row in binder.ask(paper_rows, only=hard)) if hard else ()
    papers = {expense_id: LinePapers(letters=letters, unreadable=names)}
    case = FindingsCase(money=book, papers=papers, today=book.today)
    return tuple(line_findings(case, [expense_id]))
