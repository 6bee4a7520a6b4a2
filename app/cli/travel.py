"""Commands on the travel log: trip, trips, stay, stays."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from app.cli.answer import Answer, table
from app.cli.care import said_links, said_texts
from app.cli.desk import Desk, with_binder
from app.cli.money import LINKS, iso
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.mileage import miles_text
from app.domain.money import Money
from app.domain.travel import Stay
from app.operations.stays import CONDITIONS, change_stay, record_stay
from app.operations.trips import Drive, KeptTrip, change_trip, rate_text, record_trip, repeat_trip
from app.storage.queries.travel import StayRow, TripRow, stay_rows, trip_rows

_LINE_LINKS: Final = {name: LINKS[name] for name in ("person_id", "claim_id")}
_TRIP_LINKS: Final = {"document_id": ("proof", "document")}
_STAY_LINKS: Final = {"document_id": ("receipt", "document")}
_TRIP_TEXTS: Final = ("from_place", "to_place", "rate_source", "purpose", "reason")
_STAY_TEXTS: Final = ("place", *CONDITIONS)


@with_binder
def trip(desk: Desk, words: Namespace) -> Answer:
    """Record a drive: its mileage is one line, parking and tolls are a second one."""
    drive = Drive(on=words.on, miles=words.miles, **_drive_words(desk, words))
    return _kept_trip(record_trip(desk.binder, drive, **_line_words(desk, words)))


@with_binder
def trip_change(desk: Desk, words: Namespace) -> Answer:
    """Tell a drive anew; what is not named stays. A new day takes the rate of that day."""
    row = _one(words.trip, desk.binder.ask(trip_rows), "trip")
    before = row.trip
    keeps_rate = words.on is None or words.on == before.on
    told = {
        "on": words.on or before.on,
        "miles": before.miles if words.miles is None else words.miles,
        "from_place": before.from_place,
        "to_place": before.to_place,
        "purpose": before.purpose,
        "reason": before.reason,
        "document_id": before.document_id,
        "parking": row.parking,
        **({"rate": before.rate, "rate_source": before.rate_source} if keeps_rate else {}),
        **_drive_words(desk, words),
    }
    drive, fields = Drive(**told), _line_words(desk, words)
    return _kept_trip(change_trip(desk.binder, before.id, drive, **fields))


@with_binder
def trip_repeat(desk: Desk, words: Namespace) -> Answer:
    """Record the same drive on further days, each at the rate of its day."""
    row = _one(words.trip, desk.binder.ask(trip_rows), "trip")
    if not words.days:
        raise UserError("On which days? Name them with --on.", ask="On which days did you drive?")
    made = repeat_trip(desk.binder, row.trip.id, words.days, with_parking=words.with_parking)
    answers = [_kept_trip(each) for each in made]
    return Answer([each.value for each in answers], [each.lines[0] for each in answers])


def _drive_words(desk: Desk, words: Namespace) -> dict[str, Any]:
    paid = [each for each in (words.parking, words.tolls) if each is not None]
    if any(each < Money(0) for each in paid):
        raise UserError("Parking and tolls are not less than zero. Check the amounts.")
    return {
        **said_texts(words, _TRIP_TEXTS),
        **said_links(desk.binder, words, _TRIP_LINKS),
        **({"rate": words.rate} if words.rate is not None else {}),
        **({"parking": sum(paid, Money())} if paid else {}),
    }


def _line_words(desk: Desk, words: Namespace) -> dict[str, Any]:
    return {**said_texts(words, ("note",)), **said_links(desk.binder, words, _LINE_LINKS)}


def _kept_trip(kept: KeptTrip) -> Answer:
    row = TripRow(
        kept.trip, kept.mileage.amount, kept.parking.amount if kept.parking else None,
        kept.mileage.person_id, None, kept.mileage.claim_id, None, None, kept.mileage.note,
    )  # fmt: skip
    value = _trip(row)
    del value["patient"]
    line = f"{value['miles']} miles at {value['rate']} cents: {row.amount}, {kept.trip.id}"
    parked = [f"Parking and tolls: {row.parking}"] if row.parking else []
    return Answer(value, [line, value["source"], *parked])


@with_binder
def trips(desk: Desk, words: Namespace) -> Answer:
    """List the travel log, the newest first."""
    rows = [_trip(row) for row in desk.binder.ask(trip_rows, year=words.year)]
    columns = ("trip", "on", "from", "to", "miles", "rate", "amount", "parking_amount")
    header = (*columns[:-1], "parking and tolls")
    return Answer(rows, table(header, ([row[name] for name in columns] for row in rows)))


def _trip(row: TripRow) -> dict[str, Any]:
    one = row.trip
    return {
        "trip": one.id,
        "expense": one.expense_id,
        "parking": one.parking_id,
        "on": iso(one.on),
        "from": one.from_place,
        "to": one.to_place,
        "miles": miles_text(one.miles),
        "rate": rate_text(one.rate),
        "source": one.rate_source,
        "amount": row.amount.plain,
        "parking_amount": row.parking.plain if row.parking else None,
        "purpose": one.purpose,
        "reason": one.reason,
        "document": one.document_id,
        "patient": row.patient,
        "claim": row.claim_id,
    }


# ---------------------------------------------------------------------- stays


@with_binder
def stay(desk: Desk, words: Namespace) -> Answer:
    """Record nights near care."""
    told = Stay(
        id="", expense_id="", from_on=words.from_on, nights=words.nights, **_stay_words(desk, words)
    )
    return _kept_stay(*record_stay(desk.binder, words.amount, told, **_paid_words(desk, words)))


@with_binder
def stay_change(desk: Desk, words: Namespace) -> Answer:
    """Change nights near care; what is not named stays."""
    row = _one(words.stay, desk.binder.ask(stay_rows), "stay")
    told = replace(
        row.stay,
        from_on=words.from_on or row.stay.from_on,
        nights=row.stay.nights if words.nights is None else words.nights,
        **_stay_words(desk, words),
    )
    fields = _paid_words(desk, words)
    if words.unpaid:
        fields["paid_on"] = None
    amount = row.amount if words.amount is None else words.amount
    return _kept_stay(*change_stay(desk.binder, amount, told, **fields))


def _stay_words(desk: Desk, words: Namespace) -> dict[str, Any]:
    return {
        **said_texts(words, _STAY_TEXTS),
        **said_links(desk.binder, words, _STAY_LINKS),
        **({"persons": words.persons} if words.persons is not None else {}),
    }


def _paid_words(desk: Desk, words: Namespace) -> dict[str, Any]:
    paid = {"paid_on": words.paid} if words.paid else {}
    return {**paid, **said_texts(words, ("method",)), **_line_words(desk, words)}


def _kept_stay(kept: Stay, line: Expense) -> Answer:
    row = StayRow(
        kept, line.amount, line.paid_on, line.method, line.person_id, None, line.claim_id, None,
        None, line.note,
    )  # fmt: skip
    value = _stay(row)
    del value["patient"]
    return Answer(value, [f"{line.what}, {line.amount}: {kept.id}"])


@with_binder
def stays(desk: Desk, words: Namespace) -> Answer:
    """List the nights near care, the newest first."""
    rows = [_stay(row) for row in desk.binder.ask(stay_rows, year=words.year)]
    columns = ("stay", "from", "nights", "persons", "place", "amount", "paid_on")
    return Answer(rows, table(columns, ([row[name] for name in columns] for row in rows)))


def _stay(row: StayRow) -> dict[str, Any]:
    one = row.stay
    return {
        "stay": one.id,
        "expense": one.expense_id,
        "from": iso(one.from_on),
        "nights": one.nights,
        "persons": one.persons,
        "place": one.place,
        "amount": row.amount.plain,
        "paid_on": iso(row.paid_on),
        "method": row.method,
        **{name: getattr(one, name) or None for name in CONDITIONS},
        "document": one.document_id,
        "patient": row.patient,
        "claim": row.claim_id,
    }


def _one(called: str, rows: Sequence[Any], kind: str) -> Any:
    """Return the row of the one trip or stay whose id, or whose line's id, begins so."""
    found = [
        row
        for row in rows
        if getattr(row, kind).id.startswith(called)
        or getattr(row, kind).expense_id.startswith(called)
    ]
    if not called or len(found) != 1:
        raise UserError(
            f"There is no one {kind} “{called}” in this binder. “claimbinder {kind}s” lists them."
        )
    return found[0]
