"""Days and times of day that cannot be right, refused in a sentence before anything is stored."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Final

from app.domain.calendar_days import spoken
from app.domain.clock_time import ASK_ZONE, zone_named
from app.domain.due_facts import EARLIEST
from app.domain.errors import UserError
from app.domain.planned_deadline import LONGEST_LETTER_DAYS

_LATEST: Final = date(2199, 12, 31)
"""A day of one's own, or a promised one, after this is a slip of the keyboard."""


def sensible(day: date) -> date:
    """Return a day that a person chose or was promised.

    Raises:
        UserError: its year cannot be right.
    """
    if not EARLIEST <= day <= _LATEST:
        raise UserError(
            f"The year {day.year} cannot be right here. Please check the date.",
            ask="Which year is it?",
        )
    return day


def refuse_absurd(on: date, today: date, done: str) -> None:
    """Refuse a day on which nothing can have been sent, asked for or answered."""
    if on > today:
        raise UserError(
            f"{spoken(on)} is still to come: today is {spoken(today)}. Enter the day on which it "
            f"was {done}, or check the date of this computer."
        )
    if on < EARLIEST:
        raise UserError(
            f"The year {on.year} cannot be right. Enter the day on which it was {done}."
        )


def refuse_wrong_year(day: date, noticed_on: date | None, today: date, what: str) -> None:
    """Refuse a last day that no letter of that date, come by `today`, would name."""
    first = max(noticed_on or EARLIEST, EARLIEST)
    if not first <= day <= today + timedelta(days=LONGEST_LETTER_DAYS):
        raise UserError(
            f"The last day {what}, {spoken(day)}, cannot be right. Look at the letter and check "
            "the year.",
            ask="Which last day, and which date, are printed in the letter?",
        )


def refuse_early_arrival(sent_on: date, got_on: date, today: date) -> None:
    """Refuse a day on which they cannot have got what was sent."""
    if got_on < sent_on:
        raise UserError(
            f"It was sent on {spoken(sent_on)} and cannot have arrived before that, on "
            f"{spoken(got_on)}. Check the two days."
        )
    refuse_absurd(got_on, today, "received")


def check_clock_time(at: str, zone: str) -> None:
    """Refuse a time of day without a zone, a zone without a time, and what is neither.

    Raises:
        UserError: with the question that settles it.
    """
    if at:
        try:
            time.fromisoformat(at)
        except ValueError:
            raise UserError(f"“{at}” is not a time of day. Write it like 14:30.") from None
    if zone:
        zone_named(zone)
    if at and not zone:
        raise UserError("A time of day needs its time zone.", ask=ASK_ZONE)
    if zone and not at:
        raise UserError("A time zone alone says nothing.", ask="At what time of day was it?")
