"""Tables for spreadsheets: CSV that opens as text and numbers, never as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeAlias

from app.domain.hsa import METHOD_NAMES, HsaPlan, LedgerRow
from app.domain.money import Money

Cell: TypeAlias = str | int | date | Money | None

_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet may take for the start of a formula, full-width forms included."""

_BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads accents as Windows-1252
_LEDGER_HEADER = (
    "Date paid",
    "Date of service",
    "Patient",
    "Provider",
    "Category",
    "Amount",
    "Paid with",
    "Claim",
    "Receipts",
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


def expenses_csv(rows: Iterable[LedgerRow]) -> bytes:
    """Return ledger rows as a table, in the order given; unpaid rows have no date paid."""
    return table_csv(_LEDGER_HEADER, (_ledger_cells(row) for row in rows))


def hsa_csv(plan: HsaPlan) -> bytes:
    """Return the ledger of an HSA summary as a table, with its exhibit numbers and findings."""
    noted = {row.expense: "" for row in plan.rows}
    for finding in plan.findings:
        if finding.expense is not None:
            noted[finding.expense] = f"{noted[finding.expense]} {finding.text}".strip()
    return table_csv(
        ("Exhibits", *_LEDGER_HEADER, "To look at"),
        (
            (" ".join(plan.numbers_of(row)), *_ledger_cells(row), noted[row.expense])
            for row in plan.rows
        ),
    )


def _ledger_cells(row: LedgerRow) -> tuple[Cell, ...]:
    return (
        row.paid_on,
        row.served_on,
        row.patient,
        row.provider,
        row.category,
        row.amount,
        METHOD_NAMES.get(row.method, row.method),
        row.claim,
        "; ".join(receipt.name for receipt in row.receipts),
        row.expense,
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
