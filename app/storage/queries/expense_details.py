"""What hangs on lines of the ledger: money back, claims, trips, stays, and further fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Table, func, or_, select

from app.domain.expense import Expense
from app.domain.money import Money
from app.domain.refund import Refund
from app.storage.money_tables import allocations, refunds, stays, trips
from app.storage.repository import record_of
from app.storage.schema import expenses, providers

_NOTHING: Final = Money()


@dataclass(frozen=True, slots=True)
class ExpenseDetails:
    """What a list of the ledger leaves out; `refunded` and `claimed` are sums of other records.

    `address` is that of the provider on record.
    """

    id: str
    what: str
    address: str | None
    due_on: date | None
    proof_id: str | None
    origin_id: str | None
    bill_id: str | None
    eob_line_id: str | None
    account_id: str | None
    necessity_id: str | None
    aid_id: str | None
    answer: str
    hold: str
    refunded: Money
    claimed: Money
    trip_id: str | None
    stay_id: str | None


def expense_details(connection: Connection) -> dict[str, ExpenseDetails]:
    """The further fields of every line outside the trash, by its id."""
    item = expenses.c
    query = (
        select(
            item.id, item.what, providers.c.address, item.due_on, item.proof_id, item.origin_id,
            item.bill_id, item.eob_line_id, item.account_id, item.necessity_id, item.aid_id,
            item.answer, item.hold,
        )
        .outerjoin(providers, providers.c.id == item.provider_id)
        .where(item.trashed_at.is_(None))
    )  # fmt: skip
    came_back = _sums(connection, refunds)
    claimed = _sums(connection, allocations)
    journeys = {
        expense_id: key
        for column in (trips.c.expense_id, trips.c.parking_id)
        for expense_id, key in connection.execute(select(column, trips.c.id))
        if expense_id
    }
    nights = dict(connection.execute(select(stays.c.expense_id, stays.c.id)).all())
    found: dict[str, ExpenseDetails] = {}
    for row in connection.execute(query):
        values: tuple[Any, ...] = tuple(row)
        key: str = values[0]
        found[key] = ExpenseDetails(
            *values,
            refunded=came_back.get(key, _NOTHING),
            claimed=claimed.get(key, _NOTHING),
            trip_id=journeys.get(key),
            stay_id=nights.get(key),
        )
    return found


def refunds_of(connection: Connection, expense_id: str | None = None) -> tuple[Refund, ...]:
    """The refunds of one line, or of all lines outside the trash, in the order they came."""
    query = (
        select(refunds)
        .join(expenses, expenses.c.id == refunds.c.expense_id)
        .where(expenses.c.trashed_at.is_(None))
        .order_by(refunds.c.came_on, refunds.c.id)
    )
    if expense_id:
        query = query.where(refunds.c.expense_id == expense_id)
    return tuple(record_of("refund", row) for row in connection.execute(query).mappings())


def known_payees(connection: Connection, most: int = 500) -> tuple[str, ...]:
    """Who was paid before, the latest first, each name once."""
    item = expenses.c
    latest = func.max(item.added_at)
    query = (
        select(item.provider)
        .where(item.trashed_at.is_(None), item.provider != "")
        .group_by(item.provider)
        .order_by(latest.desc(), item.provider)
        .limit(most)
    )
    return tuple(connection.execute(query).scalars())


def last_line_to(connection: Connection, name: str) -> Expense | None:
    """The line that was entered last for somebody who was paid, with a kind of expense.

    Parking on a trip to them says nothing of what they do.
    """
    item = expenses.c
    of_trips = select(trips.c.parking_id).where(trips.c.parking_id.is_not(None))
    query = (
        select(expenses)
        .where(item.trashed_at.is_(None), item.provider == name, item.category != "")
        .where(item.id.not_in(of_trips))
        .order_by(item.added_at.desc(), item.id)
        .limit(1)
    )
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else record_of("expense", row)


def lines_from(connection: Connection, document_id: str) -> tuple[Expense, ...]:
    """The lines of which a paper is the receipt or the proof, the newest first."""
    item = expenses.c
    query = (
        select(expenses)
        .where(
            item.trashed_at.is_(None),
            or_(item.document_id == document_id, item.proof_id == document_id),
        )
        .order_by(item.added_at.desc(), item.id)
    )
    return tuple(record_of("expense", row) for row in connection.execute(query).mappings())


def _sums(connection: Connection, table: Table) -> dict[str, Money]:
    query = select(table.c.expense_id, func.sum(table.c.amount)).group_by(table.c.expense_id)
    return dict(connection.execute(query).all())
