"""The ledger of expenses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, or_, select

from app.domain.money import Money
from app.storage.schema import claims, documents, expenses, people


@dataclass(frozen=True, slots=True)
class ExpenseRow:
    """A line of the ledger; `paid_on` is None while unpaid."""

    id: str
    served_on: date | None
    paid_on: date | None
    provider: str
    person_id: str | None
    patient: str | None
    category: str
    amount: Money
    method: str
    claim_id: str | None
    claim: str | None
    document_id: str | None
    document: str | None
    source: str
    note: str


def expense_rows(
    connection: Connection, *, year: int | None = None, claim_id: str | None = None
) -> tuple[ExpenseRow, ...]:
    """The ledger, the newest first.

    `year` keeps what was paid in that year, and what is unpaid and was served in it.
    """
    item = expenses.c
    query = (
        select(
            item.id, item.served_on, item.paid_on, item.provider, item.person_id, people.c.name,
            item.category, item.amount, item.method, item.claim_id, claims.c.title,
            item.document_id, documents.c.name, item.source, item.note,
        )
        .outerjoin(people, people.c.id == item.person_id)
        .outerjoin(claims, claims.c.id == item.claim_id)
        .outerjoin(documents, documents.c.id == item.document_id)
        .where(item.trashed_at.is_(None))
        .order_by(func.coalesce(item.paid_on, item.served_on).desc(), item.added_at.desc(), item.id)
    )  # fmt: skip
    if claim_id:
        query = query.where(item.claim_id == claim_id)
    if year:
        first, last = date(year, 1, 1), date(year, 12, 31)
        unpaid = item.paid_on.is_(None) & item.served_on.between(first, last)
        query = query.where(or_(item.paid_on.between(first, last), unpaid))
    return tuple(ExpenseRow(*row) for row in connection.execute(query))


def expense_years(connection: Connection) -> tuple[int, ...]:
    """The years in which anything was paid, the newest first."""
    paid = expenses.c.paid_on
    query = select(func.substr(paid, 1, 4)).where(
        paid.is_not(None), expenses.c.trashed_at.is_(None)
    )
    years = connection.execute(query.distinct()).scalars()
    return tuple(sorted((int(str(year)[:4]) for year in years), reverse=True))
