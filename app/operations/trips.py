"""Drives to care: the mileage as a line of the ledger, parking and tolls as a second one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.mileage import mileage, miles_text
from app.domain.money import Money
from app.domain.shares import MOST_PARTS
from app.domain.travel import Trip
from app.operations.care_checks import check_paper, one_line
from app.operations.day_checks import sensible
from app.operations.expense_checks import (
    check_amount,
    kept_line,
    refuse_broken_claims,
    refuse_far_ahead,
)
from app.operations.expenses import add_line, save_line
from app.operations.ids import new_id
from app.operations.tax_book import tax_book
from app.operations.true_up import settle_true_ups
from app.storage.unit_of_work import UnitOfWork

MILEAGE, PARKING = "car_mileage", "parking_tolls"
FARTHEST: Final = 10_000_00
"""Hundredths of a mile: across the country and back is less than 10,000 miles."""

HIGHEST_RATE: Final = 1000
"""Tenths of a cent: no medical rate was ever near a dollar a mile."""

LINE_FIELDS: Final = frozenset({"person_id", "claim_id", "note"})
"""What the two lines of a trip share with each other."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Drive:
    """A trip as a person tells it. `miles` counts hundredths, `rate` tenths of a cent for a mile.

    Without `rate` the tax book's of that day counts; with one, `rate_source` must say who set it.
    `parking` is what was paid for parking and tolls together.
    """

    on: date
    miles: int
    from_place: str = ""
    to_place: str = ""
    rate: int | None = None
    rate_source: str = ""
    parking: Money | None = None
    purpose: str = ""
    reason: str = ""
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class KeptTrip:
    """A trip with its lines of the ledger."""

    trip: Trip
    mileage: Expense
    parking: Expense | None = None


def record_trip(binder: Binder, drive: Drive, **known: Any) -> KeptTrip:
    """Record a trip; `known` are `person_id`, `claim_id` and `note` of its lines.

    Raises:
        UserError: the miles or the day cannot be right, or the rate of that day is not known:
            then `ask` asks for a rate and for its source.
    """
    with binder.operation("Record a trip") as work:
        return _record(binder, work, drive, known)


def repeat_trip(
    binder: Binder, trip_id: str, days: Sequence[date], *, with_parking: bool = False
) -> tuple[KeptTrip, ...]:
    """Record the same drive on further days, each at the rate of its day; one step.

    A rate of one's own goes along only to days whose rate is not known. Papers are of one day, so
    they are not taken along; parking only where that is said.

    Raises:
        UserError: as `record_trip`; or no day, too many, or a day with this drive is named.
    """
    if not 1 <= len(days) <= MOST_PARTS:
        raise UserError(f"Name from 1 to {MOST_PARTS} days.")
    with binder.operation("Repeat a trip") as work:
        trip = work.trips.get(trip_id)
        line, parking = kept_line(work, trip.expense_id), work.expenses.find(trip.parking_id)
        known = {name: getattr(line, name) for name in ("person_id", "claim_id")}
        same = Drive(
            on=trip.on, miles=trip.miles, from_place=trip.from_place, to_place=trip.to_place,
            purpose=trip.purpose, reason=trip.reason,
            parking=parking.amount if parking and with_parking else None,
        )  # fmt: skip
        own = {"rate": trip.rate, "rate_source": trip.rate_source}
        made: list[KeptTrip] = []
        for day in sorted(days):
            _refuse_twice(work, trip, day)
            is_known = tax_book().mileage_on(day) is not None
            drive = replace(same, on=day, **({} if is_known else own))
            made.append(_record(binder, work, drive, known))
        return tuple(made)


def _record(binder: Binder, work: UnitOfWork, drive: Drive, known: dict[str, Any]) -> KeptTrip:
    """Write a trip with its lines within an operation."""
    blank = Trip(id=new_id(), expense_id=new_id(), on=drive.on, miles=0, rate=0)
    trip = _told(binder, work, blank, drive)
    line = Expense(
        id=trip.expense_id, amount=Money(), author_id=binder.author_id, added_at=binder.now()
    )
    line = add_line(binder, work, _mileage_line(line, trip, known))
    parking = _parking(binder, work, None, line, drive)
    kept = work.trips.add(replace(trip, parking_id=parking.id if parking else None))
    return KeptTrip(kept, line, parking)


def _refuse_twice(work: UnitOfWork, trip: Trip, day: date) -> None:
    """Refuse a day on which the travel log has this drive already."""
    for other in work.trips.where(on=day, miles=trip.miles, to_place=trip.to_place):
        line = work.expenses.find(other.expense_id)
        if line and line.trashed_at is None:
            raise UserError(
                f"The travel log has this drive on {spoken(day)} already. Leave that day out, or "
                "enter the second one by itself."
            )


def change_trip(binder: Binder, trip_id: str, drive: Drive, **known: Any) -> KeptTrip:
    """Tell a trip anew; its lines follow. Raises as `record_trip`."""
    with binder.operation("Change a trip") as work:
        before = work.trips.get(trip_id)
        trip = _told(binder, work, before, drive)
        old = kept_line(work, trip.expense_id)
        line = save_line(binder, work, _mileage_line(old, trip, known))
        parking = _parking(binder, work, work.expenses.find(trip.parking_id), line, drive)
        kept = work.trips.save(replace(trip, parking_id=parking.id if parking else None))
        settle_true_ups(binder, work)
        return KeptTrip(kept, line, parking)


def rate_text(rate: int) -> str:
    """Return tenths of a cent as people write a rate: `20.5`, `21`."""
    return f"{rate // 10}.{rate % 10}".removesuffix(".0")


def _told(binder: Binder, work: UnitOfWork, trip: Trip, drive: Drive) -> Trip:
    """Return the trip as it is told now, with the rate of its day."""
    refuse_far_ahead(sensible(drive.on), binder.today(), "you drove")
    if not 0 < drive.miles <= FARTHEST:
        raise UserError(
            "A trip has more than zero and at most 10,000 miles. Enter the miles there and back."
        )
    check_paper(work, drive.document_id)
    rate, source = _rate(drive)
    if mileage(drive.miles, rate) <= Money(0):
        raise UserError(
            f"{miles_text(drive.miles)} miles come to less than a cent. Check the miles."
        )
    return replace(
        trip,
        on=drive.on,
        miles=drive.miles,
        rate=rate,
        rate_source=source,
        from_place=one_line(drive.from_place),
        to_place=one_line(drive.to_place),
        purpose=drive.purpose.strip(),
        reason=drive.reason.strip(),
        document_id=drive.document_id,
    )


def _rate(drive: Drive) -> tuple[int, str]:
    """Return the rate that counts and who set it: that of the day of travel, else one's own."""
    source = one_line(drive.rate_source)
    if drive.rate is None:
        period = tax_book().mileage_rate(drive.on)
        return period.rate, period.source
    if not 0 < drive.rate <= HIGHEST_RATE:
        raise UserError(
            "A rate is more than zero and at most 100 cents a mile. Write it like 20.5."
        )
    if not source:
        raise UserError(
            f"Say who set this rate for {spoken(drive.on)}: an auditor will ask.",
            ask="Which notice or page of the IRS says so?",
        )
    return drive.rate, source


def _mileage_line(line: Expense, trip: Trip, known: dict[str, Any]) -> Expense:
    if unknown := known.keys() - LINE_FIELDS:
        raise ValueError(f"not a field of the lines of a trip: {sorted(unknown)}")
    way = " to ".join(filter(None, (trip.from_place, trip.to_place)))
    miles = f"{miles_text(trip.miles)} miles"
    return replace(
        line,
        amount=mileage(trip.miles, trip.rate),
        served_on=trip.on,
        paid_on=trip.on,
        category=MILEAGE,
        provider=line.provider or "Own car",
        what=f"{miles}, {way}" if way else miles,
        document_id=trip.document_id,
        **known,
    )


def _parking(
    binder: Binder, work: UnitOfWork, old: Expense | None, line: Expense, drive: Drive
) -> Expense | None:
    """Return the line of parking and tolls as it is now; none where nothing was paid."""
    if drive.parking is None or drive.parking == Money(0):
        if old and old.trashed_at is None:
            refuse_broken_claims(work, replace(old, paid_on=None))
            work.expenses.save(replace(old, trashed_at=binder.now()))
        return None
    check_amount(drive.parking)
    shared = {name: getattr(line, name) for name in LINE_FIELDS}
    fields: dict[str, Any] = {
        "amount": drive.parking,
        "served_on": drive.on,
        "paid_on": drive.on,
        "category": PARKING,
        **shared,
    }
    if old and old.trashed_at is None:
        return save_line(binder, work, replace(old, **fields))
    made = Expense(
        id=new_id(), provider=one_line(drive.to_place), what="Parking and tolls",
        author_id=binder.author_id, added_at=binder.now(), **fields,
    )  # fmt: skip
    return add_line(binder, work, made)
