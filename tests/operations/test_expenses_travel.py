"""Drives and nights: their lines of the ledger, the rate of the day, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.errors import UserError
from app.domain.money import Money
from app.domain.travel import Stay
from app.operations import expenses, payments, people
from app.operations.expense_splits import LinePart, split_expense
from app.operations.stays import change_stay, record_stay
from app.operations.trips import Drive, change_trip, rate_text, record_trip, repeat_trip
from app.storage.queries.expense_details import expense_details
from app.storage.queries.money import expense_rows
from app.storage.queries.travel import stay_rows, travel_years, trip_rows

DAY = date(2026, 6, 30)
NIGHTS = Stay(id="", expense_id="", from_on=DAY, nights=2, persons=2, place="River  Inn")


def lines(binder):
    return sorted((row.category, row.amount.cents) for row in binder.ask(expense_rows))


def test_a_drive_is_a_line_for_the_miles_and_one_for_parking_in_one_step(binder):
    rosa = people.add_person(binder, "Rosa", relation="self")
    drive = Drive(on=DAY, miles=700, to_place="Clinic", parking=Money(850))
    kept = record_trip(binder, drive, person_id=rosa.id)
    assert (kept.trip.rate, kept.trip.rate_source) == (205, "Notice 2026-10")
    assert lines(binder) == [("car_mileage", 144), ("parking_tolls", 850)]
    assert {row.person_id for row in binder.ask(expense_rows)} == {rosa.id}
    details = binder.ask(expense_details)
    assert {details[kept.mileage.id].trip_id, details[kept.parking.id].trip_id} == {kept.trip.id}
    assert binder.undo() == "Record a trip"
    assert (lines(binder), binder.ask(trip_rows)) == ([], ())


def test_a_drive_told_anew_takes_the_rate_of_its_new_day(binder):
    kept = record_trip(binder, Drive(on=DAY, miles=1000, parking=Money(500)))
    moved = change_trip(binder, kept.trip.id, Drive(on=date(2026, 7, 1), miles=1000))
    assert (moved.trip.rate, moved.mileage.amount, moved.parking) == (235, Money(235), None)
    assert lines(binder) == [("car_mileage", 235)]
    back = change_trip(
        binder, kept.trip.id, Drive(on=date(2026, 7, 1), miles=1050, parking=Money(1))
    )
    assert back.mileage.amount == Money(247)  # 246.75 cents
    (row,) = binder.ask(trip_rows, year=2026)
    assert (row.parking, row.trip.parking_id) == (Money(1), back.parking.id)
    assert binder.ask(travel_years) == (2026,)


def test_the_same_drive_on_other_days_takes_the_rate_of_each_day(binder):
    kept = record_trip(
        binder, Drive(on=DAY, miles=1000, to_place="Clinic", parking=Money(500), purpose="Iron")
    )
    days = [date(2026, 7, 14), date(2026, 1, 5)]
    made = repeat_trip(binder, kept.trip.id, days, with_parking=True)
    assert [(each.trip.on, each.mileage.amount.cents) for each in made] == [
        (days[1], 205), (days[0], 235),
    ]  # fmt: skip
    assert {(each.parking.amount, each.trip.purpose) for each in made} == {(Money(500), "Iron")}
    with pytest.raises(UserError, match="already"):
        repeat_trip(binder, kept.trip.id, [date(2026, 8, 1), days[0]])
    assert binder.undo() == "Repeat a trip"
    assert len(binder.ask(trip_rows)) == 1


@pytest.mark.parametrize("day", [date(2014, 12, 31), date(2027, 1, 1)])
def test_a_day_whose_rate_is_not_known_asks_for_a_rate_and_its_source(binder, day):
    with pytest.raises(UserError) as refused:
        record_trip(binder, Drive(on=day, miles=1000))
    assert refused.value.ask
    with pytest.raises(UserError, match="Say who set this rate"):
        record_trip(binder, Drive(on=day, miles=1000, rate=225))
    kept = record_trip(binder, Drive(on=day, miles=1000, rate=225, rate_source="A notice"))
    assert (kept.mileage.amount, rate_text(kept.trip.rate)) == (Money(225), "22.5")


def test_a_drive_that_cannot_be_writes_nothing(binder):
    for wrong in (
        {"miles": 0},
        {"miles": -100},
        {"miles": 1_000_001},
        {"miles": 1},
        {"on": date(1900, 1, 1)},
        {"on": date(2062, 1, 1)},
        {"parking": Money(-1)},
        {"rate": 0, "rate_source": "me"},
        {"rate": 5000, "rate_source": "me"},
        {"document_id": "nowhere"},
    ):
        with pytest.raises(UserError):
            record_trip(binder, Drive(**{"on": DAY, "miles": 700, **wrong}))
    assert lines(binder) == []


def test_the_line_of_a_drive_follows_its_miles_and_is_not_parted(binder):
    kept = record_trip(binder, Drive(on=DAY, miles=10_000))
    with pytest.raises(UserError, match="Change the trip"):
        expenses.change_expense(binder, replace(kept.mileage, amount=Money(1)))
    with pytest.raises(UserError, match="trip or a stay"):
        split_expense(binder, kept.mileage.id, [LinePart(Money(1)), LinePart(Money(2049))])
    expenses.change_expense(binder, replace(kept.mileage, note="with Ben"))


def test_nights_near_care_are_one_line_that_may_still_be_unpaid(binder):
    stay, line = record_stay(binder, Money(24_000), NIGHTS)
    assert (line.category, line.provider, line.what, line.paid_on) == (
        "lodging_outpatient", "River Inn", "2 nights, 2 persons", None,
    )  # fmt: skip
    payments.pay_expense(binder, line.id, DAY)
    changed, line = change_stay(
        binder, Money(26_000), replace(stay, nights=3, licensed="no"), note="longer"
    )
    assert (changed.nights, line.amount, line.paid_on) == (3, Money(26_000), DAY)
    (row,) = binder.ask(stay_rows)
    assert (row.stay.licensed, row.amount, row.note) == ("no", Money(26_000), "longer")
    binder.undo()
    assert binder.ask(stay_rows)[0].stay == stay


def test_a_stay_that_cannot_be_writes_nothing(binder):
    for wrong in ({"nights": 0}, {"persons": -1}, {"nights": 999}, {"modest": "perhaps"}):
        with pytest.raises(UserError):
            record_stay(binder, Money(100), replace(NIGHTS, **wrong))
    assert lines(binder) == []
