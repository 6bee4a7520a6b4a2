"""What came back for the payments of one claim."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from app.storage.money_tables import refunds
from app.storage.repository import record_of
from app.storage.schema import expenses


def claim_refunds(connection: Connection, claim_id: str) -> tuple[Any, ...]:
    """The refunds on the lines of a claim that are not in the trash, the oldest first."""
    query = (
        select(refunds)
        .join(expenses, expenses.c.id == refunds.c.expense_id)
        .where(expenses.c.claim_id == claim_id, expenses.c.trashed_at.is_(None))
        .order_by(refunds.c.came_on, refunds.c.id)
    )
    return tuple(record_of("refund", row) for row in connection.execute(query).mappings())
