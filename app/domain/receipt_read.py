"""What a receipt or a bill seems to say about an expense: suggestions, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.errors import UserError
from app.domain.fact_rows import FactRow
from app.domain.matching import key_of
from app.domain.money import Money
from app.domain.person import Person

BILLS: Final = frozenset({"itemized_bill", "superbill", "eob", "msn"})
"""Papers that ask for money; what stands on them is not paid by that alone."""

_AMOUNTS_OF_BILLS: Final = ("patient_owes", "total", "patient_paid")
_AMOUNTS: Final = ("patient_paid", "total", "copay")
_PAYEES: Final = ("merchant", "provider", "facility")
_WAYS: Final[Mapping[str, str]] = {"cash": "cash", "check": "check", "cheque": "check"}
"""What a receipt calls a way to pay, and what the ledger does; all else is a card."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A value for a field of an expense, and the words of the paper that it was read from.

    Without `row` it comes from the line that was entered last for the same payee.
    """

    value: Money | date | str
    row: FactRow | None = None


def suggested(
    rows: Sequence[FactRow], kind: str | None, people: Iterable[Person]
) -> dict[str, Suggested]:
    """Return what a paper says, by the fields of `Expense`.

    What is read several times with different values is suggested once, as the surest of them;
    days of care only where there is just one.
    """
    is_bill = kind in BILLS
    found: dict[str, Suggested | None] = {
        "amount": _amount(rows, _AMOUNTS_OF_BILLS if is_bill else _AMOUNTS),
        "provider": _text(rows, _PAYEES if not is_bill else ("provider", "facility", "merchant")),
        "served_on": _only_day(rows, "service_date"),
        "person_id": _person(rows, people),
    }
    if not is_bill:
        paid = _day(rows, ("purchase_date", "letter_date"))
        found["paid_on"] = paid
        found["method"] = _way(rows)
        found["served_on"] = found["served_on"] or _day(rows, ("purchase_date",))
    return {field: each for field, each in found.items() if each}


def _named(rows: Sequence[FactRow], names: Sequence[str]) -> Iterable[FactRow]:
    """Yield the rows of the first name that was read, the surest first."""
    for name in names:
        here = [row for row in rows if row.name == name and isinstance(row.value, str)]
        if here:
            return sorted(here, key=lambda row: (row.is_confirmed, row.score), reverse=True)
    return ()


def _amount(rows: Sequence[FactRow], names: Sequence[str]) -> Suggested | None:
    for row in _named(rows, names):
        try:
            amount = Money.parse(str(row.value))
        except UserError:
            continue
        if amount > Money(0):
            return Suggested(amount, row)
    return None


def _text(rows: Sequence[FactRow], names: Sequence[str]) -> Suggested | None:
    return next((Suggested(str(row.value), row) for row in _named(rows, names)), None)


def _day(rows: Sequence[FactRow], names: Sequence[str]) -> Suggested | None:
    for row in _named(rows, names):
        if day := _as_day(row):
            return Suggested(day, row)
    return None


def _only_day(rows: Sequence[FactRow], name: str) -> Suggested | None:
    days = {row.value for row in rows if row.name == name}
    return _day(rows, (name,)) if len(days) == 1 else None


def _as_day(row: FactRow) -> date | None:
    try:
        return date.fromisoformat(str(row.value))
    except ValueError:
        return None


def _person(rows: Sequence[FactRow], people: Iterable[Person]) -> Suggested | None:
    names = {key_of(str(row.value)): row for row in rows if row.name == "patient"}
    found = [one for one in people if one.relation != "helper" and key_of(one.name) in names]
    return Suggested(found[0].id, names[key_of(found[0].name)]) if len(found) == 1 else None


def _way(rows: Sequence[FactRow]) -> Suggested | None:
    said = _text(rows, ("payment",))
    if said is None:
        return None
    word = str(said.value).casefold()
    return Suggested(_WAYS.get(word.split()[0] if word else "", "card"), said.row)
