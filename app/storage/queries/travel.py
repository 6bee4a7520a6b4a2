"""The travel log: drives to care and nights near it, each with its lines of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, and_, select

from app.domain.money import Money
from app.domain.travel import Stay, Trip
from app.storage.money_tables import stays, trips
from app.storage.repository import record_of
from app.storage.schema import claims, documents, expenses, people


@dataclass(frozen=True, slots=True)
class TripRow:
    """A drive with what it came to; `parking` is None where nothing was paid for it.

    `document` is the name of the paper that proves the appointment.
    """

    trip: Trip
    amount: Money
    parking: Money | None
    person_id: str | None
    patient: str | None
    claim_id: str | None
    claim: str | None
    document: str | None
    note: str


@dataclass(frozen=True, slots=True)
class StayRow:
    """Nights with what was paid for them; `paid_on` is None while unpaid."""

    stay: Stay
    amount: Money
    paid_on: date | None
    method: str
    person_id: str | None
    patient: str | None
    claim_id: str | None
    claim: str | None
    document: str | None
    note: str


def trip_rows(connection: Connection, *, year: int | None = None) -> tuple[TripRow, ...]:
    """The drives of a year or of all years, the newest first; those in the trash are left out."""
    line, parking = expenses.alias("line"), expenses.alias("parking")
    kept_parking = and_(parking.c.id == trips.c.parking_id, parking.c.trashed_at.is_(None))
    query = (
        select(
            *trips.c, line.c.amount.label("cost"), parking.c.amount.label("parked"),
            line.c.person_id, people.c.name.label("patient"), line.c.claim_id,
            claims.c.title.label("claim"), documents.c.name.label("document"),
            line.c.note.label("noted"),
        )
        .join(line, line.c.id == trips.c.expense_id)
        .outerjoin(parking, kept_parking)
        .outerjoin(people, people.c.id == line.c.person_id)
        .outerjoin(claims, claims.c.id == line.c.claim_id)
        .outerjoin(documents, documents.c.id == trips.c.document_id)
        .where(line.c.trashed_at.is_(None))
        .order_by(trips.c.on.desc(), trips.c.id)
    )  # fmt: skip
    if year:
        query = query.where(trips.c.on.between(date(year, 1, 1), date(year, 12, 31)))
    names = [column.name for column in trips.c]
    return tuple(
        TripRow(
            record_of("trip", {name: row[name] for name in names}), row["cost"], row["parked"],
            row["person_id"], row["patient"], row["claim_id"], row["claim"], row["document"],
            row["noted"],
        )
        for row in connection.execute(query).mappings()
    )  # fmt: skip


def stay_rows(connection: Connection, *, year: int | None = None) -> tuple[StayRow, ...]:
    """The nights of a year or of all years, the newest first; those in the trash are left out."""
    line = expenses.alias("line")
    query = (
        select(
            *stays.c, line.c.amount.label("cost"), line.c.paid_on, line.c.method, line.c.person_id,
            people.c.name.label("patient"), line.c.claim_id, claims.c.title.label("claim"),
            documents.c.name.label("document"), line.c.note.label("noted"),
        )
        .join(line, line.c.id == stays.c.expense_id)
        .outerjoin(people, people.c.id == line.c.person_id)
        .outerjoin(claims, claims.c.id == line.c.claim_id)
        .outerjoin(documents, documents.c.id == stays.c.document_id)
        .where(line.c.trashed_at.is_(None))
        .order_by(stays.c.from_on.desc(), stays.c.id)
    )  # fmt: skip
    if year:
        query = query.where(stays.c.from_on.between(date(year, 1, 1), date(year, 12, 31)))
    names = [column.name for column in stays.c]
    return tuple(
        StayRow(
            record_of("stay", {name: row[name] for name in names}), row["cost"], row["paid_on"],
            row["method"], row["person_id"], row["patient"], row["claim_id"], row["claim"],
            row["document"], row["noted"],
        )
        for row in connection.execute(query).mappings()
    )  # fmt: skip


def journey_of(connection: Connection, key: str) -> tuple[str, str] | None:
    """The trip or the stay that the line of this id is counted from, as its kind and id."""
    for kind, table in (("trip", trips), ("stay", stays)):
        query = select(table.c.id).where(table.c.expense_id == key)
        found = connection.execute(query).scalars().first()
        if found is not None:
            return kind, found
    return None


def travel_years(connection: Connection) -> tuple[int, ...]:
    """The years in which anybody drove or stayed, the newest first."""
    days = [*connection.execute(select(trips.c.on).distinct()).scalars()]
    days += connection.execute(select(stays.c.from_on).distinct()).scalars()
    return tuple(sorted({day.year for day in days}, reverse=True))
