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
from app.domain.standing import Standing
from app.operations.tax_book import tax_book
from app.storage.queries.money_book import KINDS, MoneyRecords, money_records

_FIELDS: Final = {
    "person": "people", "hsa_account": "accounts", "withdrawal": "withdrawals",
    "contribution": "contributions", "hsa_form": "forms", "necessity_letter": "letters",
    "dependent_year": "dependents", "eob": "eobs", "bill": "bills", "plan_year": "plan_years",
    "aid": "aids", "finding_mark": "marks", "plan": "plans", "provider": "providers",
    "expense": "expenses",
}  # fmt: skip
"""Kinds of record that stand in the book as they are, with the field that holds them."""
_PARTS_OF_A_LINE: Final = {"refund": "refunds", "trip": "trips", "stay": "stays"}
_ORDER: Final = ("name", "on", "came_on", "year", "from_on", "position", "added_at", "id")


@dataclass(frozen=True, slots=True)
class _Kept:
    """A book, the records it was made of, and how many changes of the binder it knows.

    `ordered` are the records kind by kind in the order of the book, with those that are not in it:
    parts of a line that lies in the trash.
    """

    number: int
    records: MoneyRecords
    ordered: Mapping[str, tuple[Any, ...]]
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
    else:
        kept, records = None, binder.ask(money_records)
    made = _next(number, records, binder.today(), kept)
    with _lock:
        _kept[binder] = made
    return made.book


def _ids(changes: Iterable[Changes]) -> Mapping[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for each in changes:
        for kind, ids in each.ids.items():
            found[kind] |= ids
    return found


def _next(number: int, records: MoneyRecords, today: date, kept: _Kept | None) -> _Kept:
    """Return the book of these records; what did not change is taken from the one before."""
    if kept and kept.records == records and kept.book.today == today:
        return replace(kept, number=number)
    kinds, before = records.kinds, kept.records.kinds if kept else {}
    ordered = {
        kind: kept.ordered[kind]
        if kept and kinds[kind] is before.get(kind)
        else _ordered(kind, kinds[kind].values())
        for kind in KINDS
    }
    lines, paying, eobs = kinds["expense"], kinds["withdrawal"], kinds["eob"]
    settled: dict[str, Standing] = {}
    book = MoneyBook(
        rules=tax_book(),
        today=today,
        allocations=tuple(
            each
            for each in ordered["allocation"]
            if each.expense_id in lines
            and (each.withdrawal_id is None or each.withdrawal_id in paying)
        ),
        eob_lines=tuple(each for each in ordered["eob_line"] if each.eob_id in eobs),
        claim_people=records.claim_people,
        fought_claims=records.fought_claims,
        settled=settled,
        earlier=kept.book.strands_so_far if kept else (),
        **{name: ordered[kind] for kind, name in _FIELDS.items()},
        **{
            name: tuple(each for each in ordered[kind] if each.expense_id in lines)
            for kind, name in _PARTS_OF_A_LINE.items()
        },
    )
    if kept:  # now, before anybody else has the book: to compare them is to work out what is owed
        settled.update(kept.book.untouched(book))
    return _Kept(number, records, ordered, book)


def _ordered(kind: str, records: Iterable[Any]) -> tuple[Any, ...]:
    """Return records of one kind by name, day, place or when they were added."""
    every = list(records)
    if kind == "expense":
        return tuple(sorted(every, key=_by_day))
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
