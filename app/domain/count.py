"""A rule laid on the calendar: from which day, or moment, its window runs, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from app.domain.calendar_days import DAY, FederalHolidays
from app.domain.clock_time import ASK_ZONE, NOON, ClockTime, after_hours, clock_time
from app.domain.deadline_rule import DeadlineRule
from app.domain.due_facts import CannotSay, DueFacts, Fact
from app.domain.window import Unit, Window

_SAFER_START: Final = (
    "Counted from the day you received it, because the date on the letter is not known. "
    "Counted from that date, the last day would be earlier."
)
_LONG_IN_THE_MAIL: Final = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Start:
    """What a count begins with: the day `known_on` of a `fact`, and days presumed in the mail.

    `day` is not counted. `remark` is what must be said about the choice.
    """

    fact: Fact
    known_on: date
    mail_days: int = 0
    remark: str = ""

    @property
    def day(self) -> date:
        """Return the day that is not counted, the days in the mail included."""
        return self.known_on + timedelta(days=self.mail_days)

    @property
    def words(self) -> str:
        """Return the day in words, for “counted from …”."""
        if not self.mail_days:
            return self.fact.words
        return f"{self.mail_days} days after {self.fact.words}"


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours whose beginning is known; before a moment, `begins` is that moment."""

    begins: ClockTime
    ends: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """All that is said about a deadline, and all that its arithmetic day by day is shown from.

    The `window`, in a careful count perhaps shorter than the law's, runs from `start` to `end`; it
    has `hours` where the time of day is known. `other` is the day that the rule sets against the
    end. `last_day` is the law's last day, `due_at` the moment of that day at which hours or a noon
    are over, and `plan_on` the day from which the day to file by is sought.
    """

    rule: DeadlineRule
    window: Window
    start: Start
    end: date
    hours: Hours | None
    other: date | None
    last_day: date
    due_at: datetime | None
    plan_on: date


def count_of(
    rule: DeadlineRule, facts: DueFacts, holidays: FederalHolidays, *, conservative: bool
) -> Count | CannotSay:
    """Return where the window of a rule in force lies, or the question that must come first.

    Raises:
        OverflowError: the window leaves the years that dates know.
        ValueError: the rule's window is not counted.
    """
    window = (conservative and rule.conservative_window) or rule.window
    start = _start(rule, facts, conservative=conservative)
    if isinstance(start, CannotSay):
        return start
    if window.hours and facts.at and not facts.zone:
        return CannotSay("Hours run by the clock, and the time zone is not known.", ASK_ZONE)
    hours = _hours(window, start.day, facts)
    end = hours.ends.date() if hours else window.end(start.day, holidays, rule.overflow)
    other = _other_day(rule, facts, start.day, end)
    plan_on = min(end, other or end)
    last_day = max(end, other or end) if rule.later_of and not conservative else plan_on
    return Count(
        rule=rule,
        window=window,
        start=start,
        end=end,
        hours=hours,
        other=other,
        last_day=last_day,
        due_at=_due_at(window, last_day, hours, facts),
        plan_on=plan_on,
    )


def _start(rule: DeadlineRule, facts: DueFacts, *, conservative: bool) -> Start | CannotSay:
    order = rule.conservative_from if conservative else rule.counts_from
    known = facts.first_known(order)
    if known is None:
        return CannotSay(
            "One more date is needed to count this deadline.", rule.ask or order[0].question
        )
    fact, day = known
    mail = rule.receipt_presumption_days
    if fact is Fact.RECEIVED:
        safer = _SAFER_START if order[0] is Fact.NOTICE else ""
        return Start(fact, day, remark=safer or _late_arrival(facts, mail))
    if fact is not Fact.NOTICE or Fact.RECEIVED not in rule.counts_from:
        return Start(fact, day)
    if conservative or not mail:
        remark = "Counted from the date on the letter, without mail days."
        return Start(fact, day, remark=remark)
    return Start(
        fact,
        day,
        mail,
        f"The law takes a letter as received {mail} days after its date unless something shows "
        "another day. This is the latest the last day can be: do not plan on it.",
    )


def _late_arrival(facts: DueFacts, mail_days: int) -> str:
    """Return what to keep as proof where a letter took longer than anyone will believe."""
    if facts.notice_date is None or facts.received is None:
        return ""
    underway = facts.received - facts.notice_date
    if mail_days and underway > timedelta(days=mail_days):
        return (
            f"The law takes a letter as received {mail_days} days after its date unless something "
            "shows another day. Keep the envelope: its postmark is your proof."
        )
    if underway > _LONG_IN_THE_MAIL:
        return (
            f"It arrived {underway.days} days after the date on it. "
            "Keep the envelope: its postmark is your proof."
        )
    return ""


def _hours(window: Window, day: date, facts: DueFacts) -> Hours | None:
    """Return the hours of a window by the clock, or None where days are counted instead."""
    if window.hours is None or facts.at is None or facts.zone is None:
        return None
    begins = clock_time(day, facts.at, facts.zone)
    return Hours(begins, after_hours(begins.moment, window.hours))


def _due_at(
    window: Window, last_day: date, hours: Hours | None, facts: DueFacts
) -> datetime | None:
    """Return the moment of the last day at which the window is over, if it is known."""
    if hours:
        return hours.ends if hours.ends.date() == last_day else None
    if window.unit is not Unit.NOON_NEXT_DAY or facts.zone is None:
        return None
    return clock_time(last_day, NOON, facts.zone).moment


def _other_day(rule: DeadlineRule, facts: DueFacts, start: date, end: date) -> date | None:
    """Return the day that the rule sets against the end of its window, if it matters here.

    A day that had come when the count began is no day to plan on: the window's own end stands.
    """
    if later := facts.first_known(rule.later_of):
        return later[1] if later[1] > start else None
    if noted := facts.first_known(rule.day_before):
        before = noted[1] - DAY
        return before if start <= before < end else None
    return None
