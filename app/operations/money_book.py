"""The money of a binder, read at one moment and held against the tax book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock
from typing import Any, Final
from weakref import WeakKeyDictionary

from app.binder import Binder
from app.changes import Changes
from app.domain.expense import Expense
from app.domain.money_book import MoneyBook
from app.operations.tax_book import tax_book
from app.storage.queries.money_book import MoneyRecords, money_records

_FIELDS: Final = {
    "person": "people", "hsa_account": "accounts", "withdrawal": "withdrawals",
    "contribution": "contributions", "hsa_form": "forms", "necessity_letter": "letters",
    "dependent_year": "dependents", "eob": "eobs", "bill": "bills", "plan_year": "plan_years",
    "aid": "aids", "finding_mark": "marks", "plan": "plans", "provider": "providers",
}  # fmt: skip
"""Kinds of record that stand in the book as they are, with the field that holds them."""
_PARTS_OF_A_LINE: Final = {"refund": "refunds", "trip": "trips", "stay": "stays"}
_ORDER: Final = ("name", "on", "came_on", "year", "from_on", "position", "added_at", "id")


@dataclass(frozen=True, slots=True)
class _Kept:
    """A book, the records it was made of, and how many changes of the binder it knows."""

    number: int
    records: MoneyRecords
    book: MoneyBook


_kept: WeakKeyDictionary[Binder, _Kept] = WeakKeyDictionary()
_lock = Lock()


def money_book(binder: Binder) -> MoneyBook:
    """Return all records of the money in one consistent reading, with how each line stands.

    The book of a binder is kept: after a change only what changed is read and judged again. The
    first reading of forty thousand expenses takes well under a second.
    """
    with _lock:
        kept = _kept.get(binder)
    number = binder.feed.number  # before reading: what comes later is read again next time
    missed = binder.feed.since(kept.number) if kept else None
    if kept and missed is not None:
        number = kept.number + len(missed)
        records = kept.records
        if missed:
            records = binder.ask(money_records, records, _ids(missed))
        book = _book(records, binder.today(), kept)
    else:
        records = binder.ask(money_records)
        book = _book(records, binder.today(), None)
    with _lock:
        _kept[binder] = _Kept(number, records, book)
    return book


def _ids(changes: Iterable[Changes]) -> Mapping[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for each in changes:
        for kind, ids in each.ids.items():
            found[kind] |= ids
    return found


def _book(records: MoneyRecords, today: date, kept: _Kept | None) -> MoneyBook:
    if kept and kept.records is records and kept.book.today == today:
        return kept.book
    kinds, before = records.kinds, kept.records.kinds if kept else {}
    lines, paying, eobs = kinds["expense"], kinds["withdrawal"], kinds["eob"]
    known: dict[str, Any] = {
        name: getattr(kept.book, name)
        if kept and kinds[kind] is before.get(kind)
        else _ordered(kinds[kind].values())
        for kind, name in _FIELDS.items()
    }
    known |= {
        name: _ordered(each for each in kinds[kind].values() if each.expense_id in lines)
        for kind, name in _PARTS_OF_A_LINE.items()
    }
    book = MoneyBook(
        rules=tax_book(),
        today=today,
        expenses=kept.book.expenses
        if kept and lines is before.get("expense")
        else tuple(sorted(lines.values(), key=_by_day)),
        allocations=_ordered(
            each
            for each in kinds["allocation"].values()
            if each.expense_id in lines
            and (each.withdrawal_id is None or each.withdrawal_id in paying)
        ),
        eob_lines=_ordered(each for each in kinds["eob_line"].values() if each.eob_id in eobs),
        claim_people=records.claim_people,
        fought_claims=records.fought_claims,
        **known,
    )
    return replace(book, settled=kept.book.untouched(book)) if kept else book


def _ordered(records: Iterable[Any]) -> tuple[Any, ...]:
    """Return records of one kind by name, day, place or when they were added."""
    every = list(records)
    names = [name for name in _ORDER if every and hasattr(every[0], name)]
    return tuple(
        sorted(every, key=lambda each: [_known_first(getattr(each, name)) for name in names])
    )


def _known_first(value: Any) -> tuple[bool, Any]:
    return value is None, 0 if value is None else value


def _by_day(expense: Expense) -> tuple[date, date, datetime, str]:
    """Order the ledger by the day of payment, unpaid lines last."""
    paid, served = expense.paid_on or date.max, expense.served_on or date.max
    return paid, served, expense.added_at, expense.id
