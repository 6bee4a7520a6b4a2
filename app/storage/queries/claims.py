"""The list of claims."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, exists, func, or_, select

from app.storage.money_tables import aids, necessity_letters
from app.storage.schema import (
    authorizations,
    claims,
    denials,
    documents,
    due_items,
    expenses,
    people,
    plans,
)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in a list. `next_due` is the soonest open date; `needs_date` an undated denial."""

    id: str
    title: str
    patient_id: str | None
    patient: str | None
    plan_id: str | None
    plan: str | None
    number: str
    provider: str
    service_on: date | None
    status: str
    next_due: date | None
    needs_date: bool
    papers: int


def undated_denial() -> Select[tuple[str]]:
    """The denials that stand open and have no open date for the appeal in the calendar."""
    item = due_items.c
    dated = select(item.id).where(
        item.denial_id == denials.c.id,
        item.kind == "appeal",
        item.done_on.is_(None),
        item.waived_on.is_(None),
    )
    return select(denials.c.id).where(denials.c.standing == "open", ~dated.exists())


def owner_in_trash() -> ColumnElement[bool]:
    """Whether an entry of the calendar belongs to a record that lies in the trash.

    Such records are authorizations, lines of the ledger, programs and quotes, and letters of
    medical necessity.
    """
    item = due_items.c
    owners = (
        (authorizations, item.authorization_id),
        (expenses, item.expense_id),
        (aids, item.aid_id),
        (necessity_letters, item.necessity_id),
    )
    return or_(
        *(
            select(table.c.id)
            .where(table.c.id == link, table.c.trashed_at.is_not(None))
            .correlate(due_items)
            .exists()
            for table, link in owners
        )
    )


def claim_rows(connection: Connection, claim_id: str | None = None) -> tuple[ClaimRow, ...]:
    """All claims that are not in the trash, the most urgent first; or one of them."""
    next_due = (
        select(func.min(func.coalesce(due_items.c.safe_on, due_items.c.last_day)))
        .where(
            due_items.c.claim_id == claims.c.id,
            due_items.c.done_on.is_(None),
            due_items.c.waived_on.is_(None),
            ~owner_in_trash(),
        )
        .scalar_subquery()
        .label("next_due")
    )
    needs_date = exists(undated_denial().where(denials.c.claim_id == claims.c.id).correlate(claims))
    papers = (
        select(func.count())
        .where(documents.c.claim_id == claims.c.id, documents.c.trashed_at.is_(None))
        .scalar_subquery()
    )
    query = (
        select(
            claims.c.id, claims.c.title, claims.c.person_id, people.c.name, claims.c.plan_id,
            plans.c.name, claims.c.number, claims.c.provider, claims.c.service_on,
            claims.c.status, next_due, needs_date.label("needs_date"), papers,
        )
        .outerjoin(people, people.c.id == claims.c.person_id)
        .outerjoin(plans, plans.c.id == claims.c.plan_id)
        .where(claims.c.trashed_at.is_(None))
        .order_by(needs_date.desc(), next_due.nulls_last(), claims.c.title, claims.c.id)
    )  # fmt: skip
    if claim_id:
        query = query.where(claims.c.id == claim_id)
    return tuple(
        ClaimRow(*row[:10], _day(row[10]), bool(row[11]), row[12])
        for row in connection.execute(query)
    )


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
