"""The medical expenses paid, as pages for whoever prepares a tax return."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from app.domain.hsa_plan import METHOD_NAMES, UNKNOWN
from app.domain.medical_expenses import MedicalExpense
from app.domain.medical_paid import FLAGS, MedicalPaid, PaidRow, PaidSums
from app.domain.money import Money
from app.domain.summary_choice import SummaryChoice
from app.exporting.hsa_front import days_of
from app.exporting.hsa_words import counted, or_dash, short_day
from app.exporting.own_cover import said
from app.exporting.plain_text import shortened
from app.exporting.typeset import typeset

_LONGEST: Final = 160
_NOTE: Final = (
    "By the day on which it was paid. What an HSA, an FSA or HRA or an assistance program paid, "
    "and what came back, is taken off; what the health plan paid never is in it. “Schedule A” says "
    "what the kind of expense, the person and the limits allow (26 U.S.C. 213, Publication 502); "
    "only what is above a part of the adjusted gross income counts there. Whether to deduct is for "
    "the person and their preparer to decide; one cent never counts twice."
)


def medical_title(choice: SummaryChoice) -> str:
    """Return the title of the list."""
    if choice.first.year == choice.last.year:
        return f"Medical expenses paid in {choice.first.year}"
    return f"Medical expenses paid, {choice.first.year}–{choice.last.year}"


def medical_pdf(plan: MedicalPaid, *, made_on: date) -> bytes:
    """Return the pages of the list as a PDF."""
    data = _data(plan, made_on)
    title = medical_title(plan.choice)
    return typeset("medical_paid.typ", data, title=title, made_on=made_on)


def _data(plan: MedicalPaid, made_on: date) -> dict[str, Any]:
    full = plan.choice.is_full
    copy = "" if full else " · Accountant’s copy, without diagnoses"
    count, amount = plan.unpaid
    lines = counted(count, "line", "lines")
    data: dict[str, Any] = {
        "holder": plan.holder,
        "about": plan.about if full or not plan.choice.claim_id else "Only one claim",
        "period": f"{days_of(plan.choice)}{copy}",
        "made": f"Made on {said(made_on)}",
        "basis": f"{medical_title(plan.choice)} · Not tax advice",
        "note": _NOTE,
        "total": _cells(plan.sums),
        "flags": [[FLAGS[name].capitalize(), str(amount)] for name, amount in plan.by_flag],
        "count": f"{len(plan.rows):,}",
        "groups": [
            {"title": title, "name": name, "rows": _sums(sums)}
            for title, name, sums in (
                ("By person", "Person", plan.by_person),
                ("By category", "Category", plan.by_category),
            )
        ],
        "rows": [_row(number, row, full=full) for number, row in enumerate(plan.rows, start=1)],
        "unpaid": f"Not paid yet and not in this list: {lines}, {amount}." if count else "",
    }
    digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
    return {**data, "report": digest[:12]}


def _sums(groups: Sequence[PaidSums]) -> list[dict[str, Any]]:
    return [
        {"name": sums.name, "count": f"{sums.count:,}", "amounts": _cells(sums, or_dash)}
        for sums in groups
    ]


def _cells(sums: PaidSums | MedicalExpense, say: Callable[[Money], str] = str) -> list[str]:
    amounts = (sums.paid, sums.hsa, sums.employer, sums.assistance, sums.back, sums.own)
    return [say(amount) for amount in amounts]


def _row(number: int, row: PaidRow, *, full: bool) -> dict[str, Any]:
    return {
        "number": str(number),
        "paid": short_day(row.expense.paid_on),
        "served": short_day(row.expense.served_on),
        "patient": row.patient or UNKNOWN,
        "provider": row.provider or UNKNOWN,
        "what": shortened(row.what, _LONGEST) if full else "",
        "category": row.category or UNKNOWN,
        "method": METHOD_NAMES.get(row.expense.method, row.expense.method),
        "amounts": _cells(row.amounts, or_dash),
        "flag": "; ".join(_flags(row)),
    }


def _flags(row: PaidRow) -> Iterator[str]:
    """Yield what is known of the rest of a payment; amounts only where it is parted."""
    for name, amount in row.flags:
        yield FLAGS[name] if len(row.flags) == 1 else f"{FLAGS[name]}: {amount}"
    for year, amount in row.deducted:
        yield f"deducted{f' {year}' if year else ''}: {amount}"
    if row.amounts.later != Money():
        yield f"of it came back later: {row.amounts.later}"
    if row.amounts.over != Money():
        yield f"more came back than was paid: {row.amounts.over}"
