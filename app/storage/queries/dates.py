"""What is due: dated entries, and denials that still need a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from app.storage.queries.claims import undated_denial
from app.storage.schema import claims, denials, due_items, people, plans

_doers = people.alias("doers")
_patients = people.alias("patients")


@dataclass(frozen=True, slots=True)
class DueRow:
    """An entry of the calendar with the name of its claim and of who does it."""

    id: str
    kind: str
    title: str
    claim_id: str | None
    claim: str | None
    patient: str | None
    denial_id: str | None
    call_id: str | None
    last_day: date
    safe_on: date | None
    basis: str
    letter_on: date | None
    rule_on: date | None
    latest_on: date | None
    rule_id: str | None
    source: str
    verification: str
    counts_as_filed: str
    note: str
    doer_id: str | None
    doer: str | None
    done_on: date | None

    @property
    def aim_on(self) -> date:
        """The day to aim for: the safe day where there is one, else the last day."""
        return self.safe_on or self.last_day


@dataclass(frozen=True, slots=True)
class UndatedRow:
    """An open denial without a date: it stands first on Today until it has one."""

    denial_id: str
    claim_id: str
    claim: str
    patient: str | None
    insurer: str | None
    phone: str | None
    level: int
    document_id: str | None
    notice_on: date | None
    received_on: date | None
    added_at: datetime


def due_rows(connection: Connection, *, include_done: bool = False) -> tuple[DueRow, ...]:
    """Entries of the calendar, the soonest first; those of claims in the trash are left out."""
    item = due_items.c
    query = (
        select(
            item.id, item.kind, item.title, item.claim_id, claims.c.title, _patients.c.name,
            item.denial_id, item.call_id, item.last_day, item.safe_on, item.basis, item.letter_on,
            item.rule_on, item.latest_on, item.rule_id, item.source, item.verification,
            item.counts_as_filed, item.note, item.doer_id, _doers.c.name, item.done_on,
        )
        .outerjoin(claims, claims.c.id == item.claim_id)
        .outerjoin(_patients, _patients.c.id == claims.c.person_id)
        .outerjoin(_doers, _doers.c.id == item.doer_id)
        .where(claims.c.trashed_at.is_(None))
        .order_by(item.last_day, item.title, item.id)
    )  # fmt: skip
    if not include_done:
        query = query.where(item.done_on.is_(None))
    return tuple(DueRow(*row) for row in connection.execute(query))


def undated_rows(connection: Connection) -> tuple[UndatedRow, ...]:
    """Open denials without a date, the oldest letter first."""
    query = (
        select(
            denials.c.id, denials.c.claim_id, claims.c.title, _patients.c.name, plans.c.insurer,
            plans.c.phone, denials.c.level, denials.c.document_id, denials.c.notice_on,
            denials.c.received_on, denials.c.added_at,
        )
        .join(claims, claims.c.id == denials.c.claim_id)
        .outerjoin(_patients, _patients.c.id == claims.c.person_id)
        .outerjoin(plans, plans.c.id == claims.c.plan_id)
        .where(denials.c.id.in_(undated_denial()), claims.c.trashed_at.is_(None))
        .order_by(denials.c.notice_on.nulls_first(), denials.c.added_at)
    )  # fmt: skip
    return tuple(UndatedRow(*row) for row in connection.execute(query))
