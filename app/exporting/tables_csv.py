"""Tables for spreadsheets: CSV that opens as text and numbers, never as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeAlias

from app.domain.hsa_plan import METHOD_NAMES, HsaPlan, LedgerLine
from app.domain.medical_paid import MedicalPaid
from app.domain.money import Money
from app.exporting.hsa_pages import words_of
from app.exporting.hsa_words import Words

Cell: TypeAlias = str | int | date | Money | None

_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet may take for the start of a formula, full-width forms included."""

_BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads accents as Windows-1252
_HSA_HEADER = (
    "No.",
    "Exhibits",
    "Date of service",
    "Date paid",
    "Patient",
    "Provider",
    "Address",
    "What",
    "Category",
    "Paid with",
    "Billed",
    "Allowed",
    "Plan paid",
    "My share",
    "I paid",
    "Not claimable",
    "HSA in these days",
    "HSA on other days",
    "Claimable",
    "Needs a look",
    "Why",
    "Claim",
    "Findings",
    "Expense ID",
)
_PAID_HEADER = (
    "Date paid",
    "Date of service",
    "Patient",
    "Provider",
    "What",
    "Category",
    "Paid",
    "HSA",
    "FSA or HRA",
    "Help with the cost",
    "Came back",
    "Left with me",
    "May count on Schedule A",
    "To be asked or shown",
    "Does not count",
    "Paid with",
    "Claim",
    "Expense ID",
)


def table_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV in UTF-8 with a byte order mark, every cell quoted, CR LF.

    Text that a spreadsheet would run as a formula gets an apostrophe in front; our own amounts
    and numbers stay numbers, the negative ones too.
    """
    sheet = io.StringIO(newline="")
    sheet.write(_BYTE_ORDER_MARK)
    writer = csv.writer(sheet, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_written(name) for name in header])
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return sheet.getvalue().encode("utf-8", "replace")


def hsa_csv(plan: HsaPlan) -> bytes:
    """Return the ledger of an HSA summary as a table, with its exhibit numbers and findings.

    The accountant's copy has the category in place of what was paid for.
    """
    noted: dict[str, list[str]] = {}
    words = words_of(plan)
    for finding in plan.findings:
        if finding.expense is not None:
            noted.setdefault(finding.expense, []).append(
                f"{finding.id}: {words.safe(finding.text)}"
            )
    return table_csv(
        _HSA_HEADER,
        (
            _hsa_cells(plan, line, words, " ".join(noted.get(line.expense.id, ())))
            for line in plan.lines
        ),
    )


def _hsa_cells(plan: HsaPlan, line: LedgerLine, words: Words, noted: str) -> tuple[Cell, ...]:
    expense, standing, eob = line.expense, line.standing, line.eob
    reasons = dict.fromkeys(test.reason for test in (*standing.failed, *standing.open))
    return (
        line.number,
        " ".join(f"{letters}:{number}" for letters, number in plan.numbers_of(line)),
        expense.served_on,
        expense.paid_on,
        line.patient,
        line.provider,
        " ".join(line.address.split()),
        words.what(line),
        line.category,
        METHOD_NAMES.get(expense.method, expense.method),
        eob.billed if eob else None,
        eob.allowed if eob else None,
        eob.plan_paid if eob else None,
        eob.patient_owes if eob else None,
        expense.amount,
        standing.not_claimable,
        line.hsa_now,
        line.hsa_else,
        standing.claimable,
        standing.needs_attention,
        words.safe(" ".join(reasons)),
        words.only_full(line.claim),
        noted,
        expense.id,
    )


def medical_csv(plan: MedicalPaid) -> bytes:
    """Return the medical expenses paid as a table; the accountant's copy names kinds only."""
    full = plan.choice.is_full
    return table_csv(
        _PAID_HEADER,
        (
            (
                row.expense.paid_on,
                row.expense.served_on,
                row.patient,
                row.provider,
                row.what if full else row.category,
                row.category,
                row.amounts.paid,
                row.amounts.hsa,
                row.amounts.employer,
                row.amounts.assistance,
                row.amounts.back,
                row.amounts.own,
                row.amounts.counts,
                row.amounts.asks,
                row.amounts.not_counted,
                METHOD_NAMES.get(row.expense.method, row.expense.method),
                row.claim if full else "",
                row.expense.id,
            )
            for row in plan.rows
        ),
    )


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Money):
        return cell.plain
    if isinstance(cell, str):
        text = cell.replace("\x00", "")
        starts = {text[:1], text.lstrip()[:1]}
        return f"'{text}" if starts & _FORMULA_STARTS else text
    return str(cell)
