"""What the pages of the HSA expense summary say, for the template `hsa.typ`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.domain.hsa import (
    METHOD_NAMES,
    NOT_TESTED,
    UNKNOWN,
    Finding,
    HsaExhibit,
    HsaPlan,
    LedgerRow,
    Total,
)
from app.exporting.sheets import said, shortened

_LONGEST_NAME = 90


def front_data(plan: HsaPlan, *, made_on: date) -> dict[str, Any]:
    """Return what is printed, but for the `pages` of each exhibit (see `assemble`)."""
    numbers = {row.expense: str(number) for number, row in enumerate(plan.rows, start=1)}
    bare = sum(not row.receipts for row in plan.rows)
    return {
        "year": str(plan.year),
        "holder": plan.holder,
        "period": f"Paid from January 1 to December 31, {plan.year}",
        "made": f"Made on {said(made_on)}",
        "basis": f"{title_of(plan)} by date paid · Not tax advice",
        "figures": [
            [f"Paid in {plan.year}", str(plan.paid)],
            ["Part of it recorded as paid by the HSA", str(plan.answer["reimbursed"])],
            ["Needs a look before anything is claimed", str(plan.answer["needs_attention"])],
        ],
        "counts": [
            ["Expenses in the ledger", str(len(plan.rows))],
            ["Expenses without a receipt", str(bare)],
            ["Receipts, as exhibits", str(len(plan.exhibits))],
        ],
        "people": [_total(total) for total in plan.by_person],
        "categories": [_total(total) for total in plan.by_category],
        "methods": [_total(total) for total in plan.by_method],
        "total": str(plan.paid),
        "count": str(len(plan.rows)),
        "rows": [_row(plan, row, numbers) for row in plan.rows],
        "findings": _noted(plan.findings, numbers),
        "exhibits": [
            {
                "number": exhibit.number,
                "name": shortened(exhibit.receipt.name, _LONGEST_NAME),
                "bookmark": bookmark_of(exhibit),
                "rows": [_row(plan, row, numbers) for row in exhibit.rows],
            }
            for exhibit in plan.exhibits
        ],
    }


def title_of(plan: HsaPlan) -> str:
    """Return the title of the summary."""
    return f"HSA expense summary {plan.year}"


def bookmark_of(exhibit: HsaExhibit) -> str:
    """Return the heading of the sheet before a receipt, which is its bookmark too."""
    return f"{exhibit.number}: {shortened(exhibit.receipt.name, _LONGEST_NAME)}"


def _total(total: Total) -> Mapping[str, object]:
    return {
        "name": total.name,
        "amount": str(total.amount),
        "count": str(total.count),
        "parts": [_total(part) for part in total.parts],
    }


def _row(plan: HsaPlan, row: LedgerRow, numbers: Mapping[str, str]) -> Mapping[str, object]:
    return {
        "number": numbers[row.expense],
        "paid": _short(row.paid_on),
        "served": _short(row.served_on),
        "patient": row.patient or UNKNOWN,
        "provider": row.provider or UNKNOWN,
        "category": row.category or UNKNOWN,
        "method": METHOD_NAMES.get(row.method, row.method),
        "exhibits": plan.numbers_of(row),
        "amount": str(row.amount),
    }


def _noted(
    findings: Sequence[Finding], numbers: Mapping[str, str]
) -> Sequence[Mapping[str, object]]:
    """One paragraph for each thing to look at, with the ledger numbers that it concerns."""
    kinds: dict[str, list[str]] = {}
    for finding in findings:
        if finding.id == NOT_TESTED:  # the first page says so in a box
            continue
        concerned = kinds.setdefault(finding.text, [])
        if finding.expense is not None:
            concerned.append(numbers[finding.expense])
    return [
        {"text": text, "rows": f"Ledger no. {', '.join(rows)}" if rows else ""}
        for text, rows in kinds.items()
    ]


def _short(day: date | None) -> str:
    return f"{day:%b} {day.day}, {day.year}" if day else "unknown"
