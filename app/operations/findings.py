"""All that stands out in the money: in explanations, bills and payments, and for the HSA."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.binder import Binder
from app.domain.money_finding import MoneyCase, Noted
from app.operations.owed import findings_of_care

_WEIGHT: Final = {"high": 0, "med": 1, "info": 2}


def all_findings(binder: Binder, today: date, *, year: int | None = None) -> tuple[Noted, ...]:
    """Return what stands out, the gravest first."""
    del year
    return findings_of_care(binder, today)


def year_of(case: MoneyCase, noted: Noted) -> int | None:
    """Return the year that a finding belongs to: of payment, else of care; None where unknown."""
    kind, key = noted.finding.record or ("", "")
    if kind == "expense":
        line = next((line for line in case.facts.expenses if line.id == key), None)
        day = line and (line.paid_on or line.served_on)
    elif kind == "bill":
        bill = next((bill for bill in case.facts.bills if bill.id == key), None)
        day = bill and (bill.served_on or bill.billed_on)
    else:
        held = next((each for each in case.holding if each.eob.id == key), None)
        day = held and (held.days[0] if held.days else held.eob.processed_on)
    return day.year if day else None
