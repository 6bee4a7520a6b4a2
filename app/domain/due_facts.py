"""The dates from which a deadline is counted, and what to say where they do not do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.calendar_days import spoken

EARLIEST: Final = date(1965, 1, 1)
"""Medicare and Medicaid became law in 1965: an older date is a slip of the pen or of the reader."""

_FURTHEST_AHEAD: Final = timedelta(days=3 * 366)
"""No approval of care is known that runs longer."""


class Fact(StrEnum):
    """A date that a deadline may be counted from; the value is the field of `DueFacts`."""

    NOTICE = "notice_date"
    RECEIVED = "received"
    SERVICE = "service_date"
    BILL = "bill_date"
    ACTION = "action_date"

    @property
    def words(self) -> str:
        """The date in words, for “counted from …”."""
        return {
            Fact.NOTICE: "the date on the letter",
            Fact.RECEIVED: "the day you received it",
            Fact.SERVICE: "the date of the care",
            Fact.BILL: "the date on the first bill",
            Fact.ACTION: "the day it happens",
        }[self]

    @property
    def question(self) -> str:
        """The question that brings the date to light."""
        return {
            Fact.NOTICE: "What date is printed on the letter?",
            Fact.RECEIVED: "On what day did you receive the letter, or what date is printed on it?",
            Fact.SERVICE: "On what date was the care given?",
            Fact.BILL: "What date is printed on the first bill?",
            Fact.ACTION: "On what day does the change take effect, or the event happen?",
        }[self]


@dataclass(frozen=True, slots=True)
class CannotSay:
    """No date is given: why, in a whole sentence, and the one question that would settle it."""

    sentence: str
    ask: str | None = None

    def row(self) -> dict[str, str | None]:
        """Return the refusal as the headless commands print it."""
        return {"refused": self.sentence, "ask": self.ask}


@dataclass(frozen=True, kw_only=True, slots=True)
class DueFacts:
    """What is known about a letter, a bill or a service; None is “not known”.

    `notice_date` is the date printed on the letter, a decision's own date included. `action_date`
    is the day on which a change takes effect, approved treatment ends or a discharge is planned.
    `at` is the time of day, by the clocks of `zone`, of whatever the hours are counted from.
    """

    notice_date: date | None = None
    received: date | None = None
    service_date: date | None = None
    bill_date: date | None = None
    action_date: date | None = None
    at: time | None = None
    zone: ZoneInfo | None = None

    def first_known(self, facts: Iterable[Fact]) -> tuple[Fact, date] | None:
        """Return the first of these facts that is known, with its day."""
        for fact in facts:
            day: date | None = getattr(self, fact)
            if day is not None:
                return fact, day
        return None

    def not_yet(self, today: date) -> CannotSay | None:
        """Return what is wrong where a day lies further ahead of `today` than it can.

        A letter or a bill has come already; care and changes may be ahead, but not many years. A
        year typed wrong would move the last day by a year: nothing is counted from such a date.
        """
        for fact, what in (
            (Fact.NOTICE, "The letter is dated"),
            (Fact.RECEIVED, "The letter is said to have arrived on"),
            (Fact.BILL, "The bill is dated"),
        ):
            day: date | None = getattr(self, fact)
            if day is not None and day > today:
                return CannotSay(
                    f"{what} {spoken(day)}, but today is {spoken(today)}. "
                    "Nothing is counted from a day that has not come.",
                    f"Is {spoken(day)} right? If it is, check the date of this computer.",
                )
        for day in filter(None, (self.service_date, self.action_date)):
            if day > today + _FURTHEST_AHEAD:
                return CannotSay(
                    f"{spoken(day)} is many years ahead. Please check the year.",
                    f"Is {spoken(day)} right? Which year is printed there?",
                )
        return None

    def problem(self) -> CannotSay | None:
        """Return what is wrong with the dates themselves, whatever the rule."""
        for fact in Fact:
            day: date | None = getattr(self, fact)
            if day is not None and day < EARLIEST:
                return CannotSay(
                    f"A date in the year {day.year} is older than any of these rules. "
                    "Please check the year.",
                    f"Is {spoken(day)} right? Which year is printed there?",
                )
        if self.notice_date and self.received and self.received < self.notice_date:
            return CannotSay(
                f"The letter is dated {spoken(self.notice_date)} but was received before that, "
                f"on {spoken(self.received)}. One of the two dates must be wrong.",
                "Which date is printed on the letter, and on what day did it arrive?",
            )
        return None
