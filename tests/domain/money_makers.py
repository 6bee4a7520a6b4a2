"""Makers of records of the money, for tests. All people and numbers are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from app.domain.aid import Aid
from app.domain.allocation import Allocation
from app.domain.bill import Bill
from app.domain.eob import Eob, EobLine
from app.domain.expense import Expense
from app.domain.matters import OwedFacts
from app.domain.money import Money
from app.domain.money_finding import Noted
from app.domain.money_findings import money_findings
from app.domain.refund import Refund

WHEN = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
PLACE = "Lakeside Infusion Center"
CARE = date(2026, 3, 2)
_numbers = count(1)


def dollars(text: str | int | None) -> Money | None:
    return None if text is None else Money.parse(str(text))


def _key(kind: str) -> str:
    return f"{kind}{next(_numbers):06d}"


def _money(known: dict[str, Any], *plain: str) -> dict[str, Any]:
    """Turn texts and numbers of dollars into money, but for the fields that are none."""
    return {
        name: dollars(value) if isinstance(value, (str, int)) and name in plain else value
        for name, value in known.items()
    }


AMOUNTS = (
    "billed", "discount", "allowed", "not_covered", "deductible", "copay", "coinsurance",
    "cost_share", "plan_paid", "other_paid", "reduction", "patient_owes", "deductible_met",
    "oop_met", "paid_to_patient",
)  # fmt: skip


def an_eob(**known: Any) -> Eob:
    given = {"id": _key("eob"), "provider": PLACE, "person_id": "rosa", "added_at": WHEN}
    return Eob(**{**given, **_money(known, *AMOUNTS)})


def a_line(eob: Eob, **known: Any) -> EobLine:
    given = {"id": _key("line"), "eob_id": eob.id, "position": 1, "served_on": CARE}
    return EobLine(**{**given, **_money(known, *AMOUNTS)})


def a_bill(amount: str | int, **known: Any) -> Bill:
    given = {
        "id": _key("bill"), "provider": PLACE, "person_id": "rosa", "served_on": CARE,
        "billed_on": date(2026, 4, 1), "added_at": WHEN,
    }  # fmt: skip
    money = _money(known, "charges", "waived")
    return Bill(**{**given, "amount": Money.parse(str(amount)), **money})


def a_payment(amount: str | int, **known: Any) -> Expense:
    given = {
        "id": _key("paid"), "provider": PLACE, "person_id": "rosa", "served_on": CARE,
        "paid_on": date(2026, 4, 10), "added_at": WHEN,
    }  # fmt: skip
    return Expense(**{**given, "amount": Money.parse(str(amount)), **known})


def a_refund(line: Expense, amount: str | int, **known: Any) -> Refund:
    given = {"id": _key("back"), "expense_id": line.id, "came_on": date(2026, 6, 1),
             "added_at": WHEN}  # fmt: skip
    return Refund(**{**given, "amount": Money.parse(str(amount)), **known})


def an_allocation(line: Expense, amount: str | int, **known: Any) -> Allocation:
    given = {"id": _key("part"), "expense_id": line.id, "payer": "hsa", "added_at": WHEN}
    return Allocation(**{**given, "amount": Money.parse(str(amount)), **known})


def an_estimate(amount: str | int, **known: Any) -> Aid:
    given = {"id": _key("aid"), "kind": "estimate", "name": PLACE, "added_at": WHEN}
    return Aid(**{**given, "amount": Money.parse(str(amount)), **known})


TODAY = date(2026, 11, 21)


def noted(**records: Any) -> tuple[Noted, ...]:
    kinds = ("fought_claims", "preventive_codes")
    known = {name: value if name in kinds else tuple(value) for name, value in records.items()}
    return money_findings(OwedFacts(**known), TODAY)


def ids(**records: Any) -> list[str]:
    return sorted({each.finding.id for each in noted(**records)})


def lines_of(*lines: dict[str, Any], **eob: Any) -> dict[str, Any]:
    made = an_eob(**eob)
    told = [a_line(made, position=at, **line) for at, line in enumerate(lines, start=1)]
    return {"eobs": [made], "eob_lines": told}
