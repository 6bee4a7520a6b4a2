"""The ledger as a page shows it: ids in their order, rows for what is in view, sums by SQL.

Twenty years of a household are 40,000 lines. A page asks for the ids of all that it lists, which
is quick, and for the rows only of those that are seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.types import NullType

from app.domain.expense import OWN_METHODS
from app.domain.money import Money
from app.storage.money_tables import allocations, eob_lines, refunds, stays, trips
from app.storage.schema import claims, documents, expenses, people, providers

_AT_ONCE: Final = 900
"""So many ids go into one question: SQLite takes at least 999 values."""
_FETCHED_AT_ONCE: Final = 500
"""So many rows come at a time: of all at once Python would look through every object it has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerFilter:
    """Which lines are listed; what is None or empty does not narrow.

    `year` keeps what was paid in it, and what is unpaid and was served in it. `method` may be
    `own`, which is every way to pay with one's own money. Each word of `words` must be found in
    what a line shows; `labels` are the words that are shown for categories and ways to pay.
    """

    year: int | None = None
    person_id: str | None = None
    claim_id: str | None = None
    provider: str | None = None
    is_paid: bool | None = None
    category: str | None = None
    method: str | None = None
    words: str = ""
    labels: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line with everything it is tied to; `paid_on` is None while unpaid.

    `person_id` and `patient` are those of the claim where the line names nobody. `returned` is
    what came back, `reimbursed` what was claimed from an HSA. `document_kind` and `proof_kind` are
    the kinds of its papers, as far as these are not in the trash.
    """

    id: str
    served_on: date | None
    paid_on: date | None
    due_on: date | None
    provider: str
    what: str
    category: str
    person_id: str | None
    patient: str | None
    method: str
    amount: Money
    returned: Money
    reimbursed: Money
    claim_id: str | None
    claim: str | None
    document_id: str | None
    document_kind: str | None
    proof_id: str | None
    proof_kind: str | None
    eob_id: str | None
    bill_id: str | None
    necessity_id: str | None
    has_travel: bool
    hold: str


@dataclass(frozen=True, slots=True)
class LedgerSums:
    """What the listed lines add up to; `reimbursed` is what HSAs paid or paid back."""

    lines: int
    paid: Money
    unpaid_lines: int
    unpaid: Money
    returned: Money
    reimbursed: Money


@dataclass(frozen=True, slots=True)
class LedgerChoices:
    """What occurs in the ledger and can be filtered by; people and claims by id and name."""

    years: tuple[int, ...]
    people: tuple[tuple[str, str], ...]
    claims: tuple[tuple[str, str], ...]
    providers: tuple[str, ...]
    categories: tuple[str, ...]
    methods: tuple[str, ...]


def _raw(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a column as it lies in the table: cents, or a day as text."""
    return type_coerce(column, NullType())


_E = expenses.c
_NAMED: Final = func.coalesce(func.nullif(_E.provider, ""), providers.c.name, "")
_WHO: Final = func.coalesce(_E.person_id, claims.c.person_id)
_SPOKEN: Final = (
    _E.provider, _E.what, _E.category, _E.note, _E.reference, people.c.name, claims.c.title,
    providers.c.name,
)  # fmt: skip
_SORTS: Final[Mapping[str, ColumnElement[Any]]] = {
    "served": _raw(_E.served_on),
    "paid": _raw(_E.paid_on),
    "provider": func.nullif(_NAMED, "").collate("NOCASE"),
    "what": func.nullif(_E.category, ""),
    "patient": people.c.name.collate("NOCASE"),
    "method": _E.method,
    "amount": _raw(_E.amount),
}
_BY_LABEL: Final = frozenset({"what", "method"})


def ledger_ids(
    connection: Connection,
    which: LedgerFilter,
    *,
    sort: str = "",
    descending: bool = False,
) -> tuple[str, ...]:
    """The ids of the lines in their order, by default the newest first.

    `sort` is served, paid, provider, what, patient, method or amount; lines without a value come
    last either way.
    """
    by = _SORTS.get(sort)
    newest = func.coalesce(_E.paid_on, _E.served_on).desc(), _E.added_at.desc(), _E.id
    if by is None:
        query = _listed(select(_E.id), which).order_by(*newest)
        parts = connection.execute(query).scalars().partitions(_FETCHED_AT_ONCE)
        return tuple(chain.from_iterable(parts))
    query = _listed(select(_E.id, by), which, everything=True)
    query = query.order_by(by.is_(None), by.desc() if descending else by, *newest)
    parts = connection.execute(query).partitions(_FETCHED_AT_ONCE)
    rows = [(str(key), value) for key, value in chain.from_iterable(parts)]
    if sort not in _BY_LABEL:
        return tuple(key for key, _value in rows)
    filled = [row for row in rows if row[1] is not None]
    empty = [row for row in rows if row[1] is None]
    filled.sort(key=lambda row: which.labels.get(row[1], row[1]).casefold(), reverse=descending)
    return tuple(key for key, _value in (*filled, *empty))


def ledger_rows(connection: Connection, ids: Sequence[str]) -> tuple[LedgerRow, ...]:
    """The rows of these lines, in this order; one that is gone is left out."""
    proofs = documents.alias()
    query = (
        select(
            _E.id, _E.served_on, _E.paid_on, _E.due_on, _NAMED, _E.what, _E.category, _WHO,
            people.c.name, _E.method, _E.amount, _refunded(), _reimbursed(),
            _E.claim_id, claims.c.title, documents.c.id, documents.c.kind, proofs.c.id,
            proofs.c.kind, eob_lines.c.eob_id, _E.bill_id, _E.necessity_id,
            or_(_has(trips, "expense_id"), _has(trips, "parking_id"), _has(stays, "expense_id")),
            _E.hold,
        )
        .select_from(_with_names())
        .outerjoin(documents, _is_kept(documents, _E.document_id))
        .outerjoin(proofs, _is_kept(proofs, _E.proof_id))
        .outerjoin(eob_lines, eob_lines.c.id == _E.eob_line_id)
    )  # fmt: skip
    found: dict[str, LedgerRow] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = query.where(_E.id.in_(ids[start : start + _AT_ONCE]))
        for row in connection.execute(some):
            values = list(row)
            values[11], values[12] = Money(values[11]), Money(values[12])
            values[22] = bool(values[22])
            found[row[0]] = LedgerRow(*values)
    return tuple(found[key] for key in ids if key in found)


def ledger_sums(connection: Connection, which: LedgerFilter) -> LedgerSums:
    """What the listed lines add up to."""
    is_paid, cents = _E.paid_on.is_not(None), _raw(_E.amount)
    by_card = is_paid & (_E.method == "hsa")

    def added(query: Select[*tuple[Any, ...]], *ties: Table) -> list[int]:
        row = connection.execute(_listed(query, which, more=ties)).one()
        return [int(value or 0) for value in row]

    lines, paid, unpaid_lines, unpaid, card = added(
        select(
            func.count(), func.sum(cents).filter(is_paid), func.count().filter(~is_paid),
            func.sum(cents).filter(~is_paid), func.sum(cents).filter(by_card),
        )
    )  # fmt: skip
    (returned,) = added(select(func.sum(_raw(refunds.c.amount))), refunds)
    of_hsa = (allocations.c.payer == "hsa") & ~by_card
    (claimed,) = added(select(func.sum(_raw(allocations.c.amount))).where(of_hsa), allocations)
    return LedgerSums(
        lines, Money(paid), unpaid_lines, Money(unpaid), Money(returned), Money(card + claimed)
    )


def ledger_choices(connection: Connection) -> LedgerChoices:
    """What can be filtered by, in the order of a list; years the newest first."""

    def distinct(value: ColumnElement[Any]) -> list[str]:
        query = select(value).where(_E.trashed_at.is_(None)).distinct()
        return [str(each) for each in connection.execute(query).scalars() if each]

    def named(table: Table, title: str, ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        query = select(table.c.id, table.c[title]).where(table.c.id.in_(list(ids)[:_AT_ONCE]))
        rows = [(str(row[0]), str(row[1])) for row in connection.execute(query)]
        return tuple(sorted(rows, key=lambda row: row[1].casefold()))

    of_claims = distinct(_E.claim_id)
    patients = select(claims.c.person_id).where(claims.c.id.in_(of_claims[:_AT_ONCE])).distinct()
    whose = {str(each) for each in connection.execute(patients).scalars() if each}
    linked = (name for _key, name in named(providers, "name", distinct(_E.provider_id)))
    years = distinct(func.substr(func.coalesce(_raw(_E.paid_on), _raw(_E.served_on)), 1, 4))
    return LedgerChoices(
        years=tuple(sorted((int(year) for year in years), reverse=True)),
        people=named(people, "name", whose.union(distinct(_E.person_id))),
        claims=named(claims, "title", of_claims),
        providers=tuple(sorted({*distinct(_E.provider), *linked}, key=str.casefold)),
        categories=tuple(sorted(distinct(_E.category))),
        methods=tuple(sorted(distinct(_E.method))),
    )


# ---------------------------------------------------------------------- building the question


def _with_names() -> Any:
    return (
        expenses.outerjoin(claims, claims.c.id == _E.claim_id)
        .outerjoin(people, people.c.id == _WHO)
        .outerjoin(providers, providers.c.id == _E.provider_id)
    )


def _listed(
    query: Select[*tuple[Any, ...]],
    which: LedgerFilter,
    *,
    everything: bool = False,
    more: Sequence[Table] = (),
) -> Select[*tuple[Any, ...]]:
    """Narrow a question to the lines that are listed; `more` is tied on by the line's id.

    The names are joined only where they are needed: most pages are asked for without.
    """
    needs_names = everything or which.words or which.person_id or which.provider
    source: Any = _with_names() if needs_names else expenses
    for each in more:
        source = source.join(each, each.c.expense_id == _E.id)
    return query.select_from(source).where(*_conditions(which))


def _conditions(which: LedgerFilter) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [_E.trashed_at.is_(None)]
    if which.year:
        first, last = date(which.year, 1, 1), date(which.year, 12, 31)
        unpaid = _E.paid_on.is_(None) & _E.served_on.between(first, last)
        wanted.append(or_(_E.paid_on.between(first, last), unpaid))
    if which.is_paid is not None:
        wanted.append(_E.paid_on.is_not(None) if which.is_paid else _E.paid_on.is_(None))
    if which.method:
        is_own = which.method == "own"
        wanted.append(_E.method.in_(OWN_METHODS) if is_own else _E.method == which.method)
    for column, value in (
        (_WHO, which.person_id), (_E.claim_id, which.claim_id), (_NAMED, which.provider),
        (_E.category, which.category),
    ):  # fmt: skip
        if value:
            wanted.append(column == value)
    wanted += [_is_said(word, which.labels) for word in which.words.split()]
    return wanted


def _is_said(word: str, labels: Mapping[str, str]) -> ColumnElement[bool]:
    """Whether a word stands anywhere in what a line shows; an amount is found as it is written."""
    said = [column.contains(word, autoescape=True) for column in _SPOKEN]
    sought = word.casefold()
    meant = [key for key, label in labels.items() if sought in label.casefold()]
    said += [_E.category.in_(meant), _E.method.in_(meant)] if meant else []
    digits = word.replace("$", "").replace(",", "")
    if digits.replace(".", "", 1).isdigit() and digits.isascii():
        shown = func.printf("%.2f", _raw(_E.amount) / literal(100.0))
        said.append(shown.startswith(digits, autoescape=True))
    return or_(*said)


def _is_kept(table: Any, link: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(table.c.id == link, table.c.trashed_at.is_(None))


def _has(table: Table, column: str) -> ColumnElement[bool]:
    return select(table.c.id).where(table.c[column] == _E.id).exists()


def _refunded() -> ColumnElement[Any]:
    total = func.coalesce(func.sum(_raw(refunds.c.amount)), 0)
    return select(total).where(refunds.c.expense_id == _E.id).scalar_subquery()


def _reimbursed() -> ColumnElement[Any]:
    total = func.coalesce(func.sum(_raw(allocations.c.amount)), 0)
    of_hsa = (allocations.c.expense_id == _E.id) & (allocations.c.payer == "hsa")
    return select(total).where(of_hsa).scalar_subquery()
