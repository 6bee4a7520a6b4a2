"""What is due: dated entries, and denials that still need a date."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import Connection, select

from app.domain.clock import Clock
from app.domain.denial import Denial
from app.domain.plan import Plan
from app.storage.queries.claims import owner_in_trash, undated_denial
from app.storage.repository import fetch
from app.storage.schema import claims, clocks, denials, due_items, people, plans

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
    clock_id: str | None
    due_at: datetime | None
    zone: str
    waived_on: date | None
    expense_id: str | None = None
    aid_id: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done: neither done nor waived."""
        return self.done_on is None and self.waived_on is None

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
    """Open entries of the calendar, the soonest first.

    Those of records in the trash, such as claims and authorizations, are left out until these are
    taken out of it. With `include_done` the settled ones too, done or waived.
    """
    item = due_items.c
    query = (
        select(
            item.id, item.kind, item.title, item.claim_id, claims.c.title, _patients.c.name,
            item.denial_id, item.call_id, item.last_day, item.safe_on, item.basis, item.letter_on,
            item.rule_on, item.latest_on, item.rule_id, item.source, item.verification,
            item.counts_as_filed, item.note, item.doer_id, _doers.c.name, item.done_on,
            item.clock_id, item.due_at, item.zone, item.waived_on, item.expense_id, item.aid_id,
        )
        .outerjoin(claims, claims.c.id == item.claim_id)
        .outerjoin(_patients, _patients.c.id == claims.c.person_id)
        .outerjoin(_doers, _doers.c.id == item.doer_id)
        .where(claims.c.trashed_at.is_(None), ~owner_in_trash())
        .order_by(item.last_day, item.title, item.id)
    )  # fmt: skip
    if not include_done:
        query = query.where(item.done_on.is_(None), item.waived_on.is_(None))
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


@dataclass(frozen=True, slots=True)
class OpenDenial:
    """A denial that stands open, with what its dates follow from."""

    denial: Denial
    plan: Plan | None
    claim: str
    service_on: date | None
    patient: str | None
    is_dated: bool


def open_denials(connection: Connection) -> tuple[OpenDenial, ...]:
    """Denials that stand open, of claims that are not in the trash, the oldest letter first."""
    query = (
        select(
            denials, claims.c.title.label("claim_title"), claims.c.plan_id.label("of_plan"),
            claims.c.service_on.label("of_service"), _patients.c.name.label("patient_name"),
            denials.c.id.in_(undated_denial()).label("is_undated"),
        )
        .join(claims, claims.c.id == denials.c.claim_id)
        .outerjoin(_patients, _patients.c.id == claims.c.person_id)
        .where(denials.c.standing == "open", claims.c.trashed_at.is_(None))
        .order_by(denials.c.notice_on.nulls_first(), denials.c.added_at, denials.c.id)
    )  # fmt: skip
    found: list[OpenDenial] = []
    names = [item.name for item in fields(Denial)]
    for row in connection.execute(query).mappings():
        denial = Denial(**{name: row[name] for name in names})
        plan = fetch(connection, "plan", row["of_plan"]) if row["of_plan"] else None
        found.append(
            OpenDenial(
                denial, plan, row["claim_title"], row["of_service"], row["patient_name"],
                not row["is_undated"],
            )
        )  # fmt: skip
    return tuple(found)


@dataclass(frozen=True, slots=True)
class WaitingClock:
    """A running time without a date in the calendar, with the names it is shown with."""

    clock: Clock
    claim: str | None
    patient: str | None
    insurer: str | None
    phone: str | None


def undated_clocks(connection: Connection) -> tuple[WaitingClock, ...]:
    """Running times that have no date in the calendar, the oldest first."""
    dated = select(due_items.c.id).where(due_items.c.clock_id == clocks.c.id)
    query = (
        select(
            clocks, claims.c.title.label("claim_title"), _patients.c.name.label("patient_name"),
            plans.c.insurer.label("of_insurer"), plans.c.phone.label("of_phone"),
        )
        .outerjoin(claims, claims.c.id == clocks.c.claim_id)
        .outerjoin(_patients, _patients.c.id == claims.c.person_id)
        .outerjoin(plans, plans.c.id == claims.c.plan_id)
        .where(
            clocks.c.answered_on.is_(None), clocks.c.waived_on.is_(None),
            claims.c.trashed_at.is_(None), ~dated.exists(),
        )
        .order_by(clocks.c.added_at, clocks.c.id)
    )  # fmt: skip
    names = [item.name for item in fields(Clock)]
    return tuple(
        WaitingClock(
            Clock(**{name: row[name] for name in names}), row["claim_title"],
            row["patient_name"], row["of_insurer"], row["of_phone"],
        )
        for row in connection.execute(query).mappings()
    )  # fmt: skip


def rules_with_items(connection: Connection, denial_id: str) -> frozenset[str]:
    """Return the rules of which a denial has an entry, open or settled."""
    item = due_items.c
    query = select(item.rule_id).where(item.denial_id == denial_id, item.rule_id.is_not(None))
    return frozenset(connection.execute(query).scalars())
