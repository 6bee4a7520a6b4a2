"""The list of claims, and the story of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Select, and_, exists, func, or_, select

from app.domain.money import Money
from app.storage.schema import (
    calls,
    claims,
    denials,
    documents,
    due_items,
    expenses,
    people,
    plans,
    sendings,
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


@dataclass(frozen=True, slots=True)
class StoryLine:
    """Something that happened: on a day, what kind of record, and one plain line of text."""

    on: date
    what: str
    id: str
    text: str
    detail: str = ""
    author: str | None = None


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


def claim_rows(connection: Connection, claim_id: str | None = None) -> tuple[ClaimRow, ...]:
    """All claims that are not in the trash, the most urgent first; or one of them."""
    next_due = (
        select(func.min(func.coalesce(due_items.c.safe_on, due_items.c.last_day)))
        .where(
            due_items.c.claim_id == claims.c.id,
            due_items.c.done_on.is_(None),
            due_items.c.waived_on.is_(None),
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


def claim_story(connection: Connection, claim_id: str) -> tuple[StoryLine, ...]:
    """What happened in a claim, the oldest first."""
    found = (
        *_papers(connection, claim_id),
        *_denials(connection, claim_id),
        *_calls(connection, claim_id),
        *_due_items(connection, claim_id),
        *_expenses(connection, claim_id),
        *_sendings(connection, claim_id),
    )
    return tuple(sorted(found, key=lambda line: (line.on, line.what, line.text, line.id)))


def _papers(connection: Connection, claim_id: str) -> list[StoryLine]:
    query = (
        select(documents, people.c.name.label("author"))
        .outerjoin(people, people.c.id == documents.c.author_id)
        .where(documents.c.claim_id == claim_id, documents.c.trashed_at.is_(None))
    )
    return [
        StoryLine(
            row.dated_on or row.received_on or _local(row.added_at), "document", row.id,
            row.name, row.kind or "", row.author,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def _denials(connection: Connection, claim_id: str) -> list[StoryLine]:
    query = (
        select(denials, people.c.name.label("author"))
        .outerjoin(people, people.c.id == denials.c.author_id)
        .where(denials.c.claim_id == claim_id)
    )
    return [
        StoryLine(
            row.notice_on or row.received_on or _local(row.added_at), "denial", row.id,
            row.reason or row.kind or "They said no", f"level {row.level}", row.author,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def _calls(connection: Connection, claim_id: str) -> list[StoryLine]:
    query = (
        select(calls, people.c.name.label("author"))
        .outerjoin(people, people.c.id == calls.c.author_id)
        .where(calls.c.claim_id == claim_id, calls.c.trashed_at.is_(None))
    )
    return [
        StoryLine(
            _local(row.called_at), "call", row.id,
            ": ".join(part for part in (row.with_whom, row.note) if part), row.reference,
            row.author,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def _due_items(connection: Connection, claim_id: str) -> list[StoryLine]:
    query = select(due_items).where(due_items.c.claim_id == claim_id)
    return [
        StoryLine(row.last_day, "deadline", row.id, row.title, "done" if row.done_on else "")
        for row in connection.execute(query)
    ]


def _expenses(connection: Connection, claim_id: str) -> list[StoryLine]:
    query = select(expenses).where(
        and_(expenses.c.claim_id == claim_id, expenses.c.trashed_at.is_(None)),
        or_(expenses.c.paid_on.is_not(None), expenses.c.served_on.is_not(None)),
    )
    return [
        StoryLine(
            row.paid_on or row.served_on, "expense", row.id,
            f"{row.provider or row.category}: {_shown(row.amount)}", row.category,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def _sendings(connection: Connection, claim_id: str) -> list[StoryLine]:
    query = select(sendings).where(sendings.c.claim_id == claim_id)
    return [
        StoryLine(row.sent_on, "sending", row.id, row.to or row.way, row.tracking)
        for row in connection.execute(query)
    ]


def _shown(amount: Money) -> str:
    return str(amount)


def _local(moment: datetime) -> date:
    """The day on which a moment fell for the person: this computer's zone."""
    return moment.astimezone().date()


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
