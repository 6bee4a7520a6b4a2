"""Trips and nights of an HSA summary, as its log shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.care_limits import lodging_cap
from app.domain.hsa_plan import LedgerLine, StayFacts, TripFacts
from app.domain.hsa_source import HsaSource
from app.domain.money import Money
from app.domain.travel import Trip


def trips_of(
    source: HsaSource, lines: Sequence[LedgerLine], number_of: Mapping[str, str]
) -> tuple[TripFacts, ...]:
    """Return the trips of these lines by date, each with its mileage and its parking."""
    by_id = {line.expense.id: line for line in lines}
    return tuple(
        TripFacts(
            trip=trip,
            amount=_amount(by_id, trip.expense_id),
            parking=_amount(by_id, trip.parking_id),
            patient=_patient(by_id, trip),
            exhibit=number_of.get(trip.document_id or "", ""),
        )
        for trip in sorted(source.money.trips, key=lambda each: (each.on, each.id))
        if trip.expense_id in by_id or trip.parking_id in by_id
    )


def stays_of(
    source: HsaSource, lines: Sequence[LedgerLine], number_of: Mapping[str, str]
) -> tuple[StayFacts, ...]:
    """Return the nights of these lines by date, with what the law allows for them."""
    by_id = {line.expense.id: line for line in lines}
    return tuple(
        StayFacts(
            stay=stay,
            actual=by_id[stay.expense_id].expense.amount,
            cap=lodging_cap(stay, source.money.rules),
            patient=by_id[stay.expense_id].patient,
            exhibit=number_of.get(stay.document_id or "", ""),
        )
        for stay in sorted(source.money.stays, key=lambda each: (each.from_on, each.id))
        if stay.expense_id in by_id
    )


def _amount(by_id: Mapping[str, LedgerLine], expense_id: str | None) -> Money:
    line = by_id.get(expense_id or "")
    return line.expense.amount if line else Money()


def _patient(by_id: Mapping[str, LedgerLine], trip: Trip) -> str:
    line = by_id.get(trip.expense_id) or by_id.get(trip.parking_id or "")
    return line.patient if line else ""
