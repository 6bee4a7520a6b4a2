"""The arithmetic of a deadline day by day, for a person to check with a wall calendar.

Nothing is decided here: where a window begins and ends comes from `compute_due` and
`planned_deadline`. These functions walk from the one to the other and say what stands on the way.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from app.domain.calendar_days import (
    DAY,
    FederalHolidays,
    MonthOverflow,
    add_months,
    is_weekend,
    month_name,
    spoken,
    spoken_weekday,
    weekday,
)
from app.domain.clock_time import after_hours, spoken_moment
from app.domain.count import Count, Hours, count_of
from app.domain.deadline import compute_due
from app.domain.deadline_rule import DeadlineRule
from app.domain.due_facts import CannotSay, DueFacts, Fact
from app.domain.planned_deadline import LetterWindow, planned_deadline
from app.domain.window import HOURS_A_DAY, Unit, Window

_MONTHS_A_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day on the way to the last one: its `number` where it counts, and what is to be said.

    In a count of months only the days on which a month is full have a number, that of the month.
    """

    day: date
    number: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The arithmetic of a deadline: whole sentences in order, and the days, earliest first.

    Where no date can be named `days` is empty and `lines` say why and what to look for.
    """

    lines: tuple[str, ...]
    days: tuple[CountedDay, ...] = ()


def reckoning(
    rule: DeadlineRule,
    facts: DueFacts,
    holidays: FederalHolidays,
    *,
    conservative: bool = False,
    buffer_days: int = 0,
) -> Reckoning:
    """Return the arithmetic of what `compute_due` gives for the same arguments."""
    due = compute_due(rule, facts, holidays, conservative=conservative, buffer_days=buffer_days)
    if isinstance(due, CannotSay):
        return _only(due.sentence, due.ask)
    if due.last_day is None:
        return _only(due.note, due.ask)
    count = count_of(rule.in_force(facts) or rule, facts, holidays, conservative=conservative)
    assert isinstance(count, Count)
    sheet = _Sheet(holidays)
    sheet.say(*_beginning(count))
    if count.hours:
        _walk_hours(sheet, count.window, count.hours)
    else:
        _walk(sheet, count.window, count.start.day, count.rule.overflow)
    _set_against(sheet, count)
    sheet.extend_past_free_days(count.last_day, rolls=count.rule.rolls)
    sheet.go_back_to_a_safe_day(count.plan_on, buffer_days)
    return sheet.done()


def letter_reckoning(
    letter: LetterWindow, facts: DueFacts, holidays: FederalHolidays, *, buffer_days: int = 0
) -> Reckoning:
    """Return the arithmetic of the letter's own day, as `planned_deadline` has it."""
    plan = planned_deadline(letter, None, facts, holidays, buffer_days=buffer_days)
    if plan.letter_day is None or plan.safe_file_by is None:
        return _only(plan.explanation[0], plan.ask)
    sheet = _Sheet(holidays)
    start = facts.first_known((Fact.RECEIVED, Fact.NOTICE) if letter.from_receipt else _NOTICE)
    if letter.last_day or letter.window is None or start is None:
        sheet.say(plan.explanation[0])
        sheet.mark(plan.letter_day, "the last day in the letter")
    else:
        fact, day = start
        sheet.say(f"The letter gives {letter.window}, counted from {fact.words}.")
        _walk(sheet, letter.window, day, MonthOverflow.CLAMP)
    sheet.extend_past_free_days(plan.letter_day, rolls=False)
    sheet.go_back_to_a_safe_day(plan.letter_day, buffer_days)
    return sheet.done()


def window_reckoning(
    window: Window, start: date, holidays: FederalHolidays, *, open_days_only: bool = False
) -> Reckoning:
    """Return the arithmetic of a window that runs from `start`, which is not counted.

    With `open_days_only` business days are counted as they are before a payer is called late:
    days kept for a weekend holiday do not count.
    """
    sheet = _Sheet(holidays)
    _walk(sheet, window, start, MonthOverflow.CLAMP, open_days_only=open_days_only)
    return sheet.done()


_NOTICE: Final = (Fact.NOTICE,)


@dataclass(slots=True)
class _Sheet:
    """A sheet of paper on which the count is written down as it goes."""

    holidays: FederalHolidays
    lines: list[str] = field(default_factory=list[str])
    numbers: dict[date, int] = field(default_factory=dict[date, int])
    remarks: dict[date, list[str]] = field(default_factory=dict[date, list[str]])

    def say(self, *sentences: str) -> None:
        self.lines += sentences

    def number(self, day: date, number: int) -> None:
        self.numbers[day] = number

    def mark(self, day: date, remark: str) -> None:
        self.remarks.setdefault(day, []).append(remark)

    def extend_past_free_days(self, last_day: date, *, rolls: bool) -> None:
        """Say whether a weekend or holiday moves the last day, and to where."""
        self.mark(last_day, "the last day")
        after = self.holidays.rolled(last_day)
        if after == last_day:
            return
        if not rolls:
            self.say(f"{self.named(last_day)}: free, but the last day stays where it is.")
            return
        free = [last_day + n * DAY for n in range((after - last_day).days)]
        self.say(
            f"{_listed(self.named(day) for day in free)}: the law moves the last day on to "
            f"{spoken_weekday(after)}. Do not plan on that."
        )
        self.mark(after, "the last day as the law moves it")

    def go_back_to_a_safe_day(self, plan_on: date, buffer_days: int) -> None:
        """Say how the day to file by is found: the reserve first, then the free days."""
        sought = plan_on - timedelta(days=buffer_days)
        if buffer_days:
            days = "day" if buffer_days == 1 else "days"
            self.say(f"{buffer_days} {days} in reserve: {spoken_weekday(sought)}.")
        safe = self.holidays.business_day_on_or_before(sought)
        free = [sought - n * DAY for n in range((sought - safe).days)]
        if free:
            said = _listed(self.named(day) for day in free)
            self.say(f"Offices may be closed: {said}.")
        for day in free:
            self.mark(day, f"closed: {self.holidays.why_closed(day)}")
        self.say(f"The day to file by: {spoken_weekday(safe)}.")
        self.mark(safe, "the day to file by")

    def named(self, day: date) -> str:
        """Return a free day with the name of its holiday, if it is no plain weekend."""
        why = self.holidays.why_closed(day)
        return spoken_weekday(day) + (f" ({why})" if why != weekday(day) else "")

    def done(self) -> Reckoning:
        days = sorted(self.numbers.keys() | self.remarks.keys())
        return Reckoning(
            tuple(self.lines),
            tuple(
                CountedDay(day, self.numbers.get(day), "; ".join(self.remarks.get(day, ())))
                for day in days
            ),
        )


def _only(*sentences: str | None) -> Reckoning:
    return Reckoning(tuple(sentence for sentence in sentences if sentence))


def _beginning(count: Count) -> list[str]:
    """Return the sentences about the day that starts the count."""
    start, rule = count.start, count.rule
    lines = [f"Counted from {start.fact.words}: {spoken_weekday(start.known_on)}."]
    if start.mail_days:
        lines.append(
            f"The law presumes {start.mail_days} days in the mail: {spoken_weekday(start.day)}."
        )
    if count.window != rule.window:
        lines.append(f"The careful count takes {count.window}; the rule's own is {rule.window}.")
    return lines


def _set_against(sheet: _Sheet, count: Count) -> None:
    """Say what becomes of the day that a rule sets against the end of its window."""
    if count.other is None:
        return
    other = spoken_weekday(count.other)
    if not count.rule.later_of:
        sheet.say(f"The notice's own time is earlier: {other}. Plan on it.")
        return
    sheet.say(f"The rule also names {other}. Plan on the earlier: {spoken(count.plan_on)}.")
    sheet.mark(count.plan_on, "the day to plan on")


def _walk(
    sheet: _Sheet,
    window: Window,
    start: date,
    overflow: MonthOverflow,
    *,
    open_days_only: bool = False,
) -> None:
    """Write down the way from the day that is not counted to the window's last one."""
    match window.unit:
        case Unit.CALENDAR_DAYS:
            sheet.mark(start, "not counted")
            _walk_days(sheet, start, window.end(start, sheet.holidays), "day")
        case Unit.BUSINESS_DAYS:
            sheet.mark(start, "not counted")
            _walk_business_days(sheet, window, start, open_days_only=open_days_only)
        case Unit.MONTHS | Unit.YEARS:
            _walk_months(sheet, window, start, overflow)
        case _:
            end = window.end(start, sheet.holidays)
            sheet.say(f"{str(window)[:1].upper()}{str(window)[1:]}: {spoken_weekday(end)}.")
            sheet.mark(start, "counted from this day")


def _walk_days(
    sheet: _Sheet,
    start: date,
    end: date,
    what: str,
    is_counted: Callable[[date], bool] = lambda _: True,
) -> None:
    sheet.say(f"{spoken_weekday(start)} is not counted.")
    days = [start + n * DAY for n in range(1, (end - start).days + 1)]
    counted = [day for day in days if is_counted(day)]
    for number, day in enumerate(counted, start=1):
        sheet.number(day, number)
    for _, group in groupby(counted, key=lambda day: (day.year, day.month)):
        month = list(group)
        sheet.say(f"{_stretch(month)}: {_numbers(month, sheet.numbers, what)}.")
    sheet.say(f"{what.capitalize()} {len(counted)} is {spoken_weekday(end)}.")


def _walk_business_days(
    sheet: _Sheet, window: Window, start: date, *, open_days_only: bool
) -> None:
    holidays = sheet.holidays
    amount = window.amount or 0
    end = holidays.add_open_days(start, amount) if open_days_only else window.end(start, holidays)

    def counts(day: date) -> bool:
        free = is_weekend(day) or holidays.is_legal(day)
        return not (holidays.is_closed(day) if open_days_only else free)

    _walk_days(sheet, start, end, "business day", counts)
    between = [start + n * DAY for n in range(1, (end - start).days + 1)]
    skipped = [day for day in between if not counts(day)]
    for day in skipped:
        sheet.mark(day, f"not counted: {holidays.why_closed(day)}")
    named = [sheet.named(day) for day in skipped if not is_weekend(day)]
    sheet.say("Weekends are not counted" + (f", nor {_listed(named)}." if named else "."))
    for day in between:
        if counts(day) and holidays.is_closed(day):
            sheet.say(f"{sheet.named(day)} is counted: the holiday itself is another day.")


def _walk_months(sheet: _Sheet, window: Window, start: date, overflow: MonthOverflow) -> None:
    each = 1 if window.unit is Unit.MONTHS else _MONTHS_A_YEAR
    amount = window.amount or 0
    for number in range(1, amount + 1):
        sheet.number(add_months(start, number * each, overflow), number)
    sheet.mark(start, "counted from this day")
    end = window.end(start, sheet.holidays, overflow)
    sentence = f"{spoken(start)} and {window}: "
    if end.day == start.day:
        sheet.say(f"{sentence}{spoken_weekday(end)}.")
        return
    short = end - DAY  # a day of the short month, whether its end or the next day was reached
    which = "its last day" if overflow is MonthOverflow.CLAMP else "the first day after it"
    sheet.say(
        f"{sentence}{month_name(short)} {short.year} has no day {start.day}, "
        f"so {which}, {spoken_weekday(end)}."
    )


def _walk_hours(sheet: _Sheet, window: Window, hours: Hours) -> None:
    """Write down hours whose beginning is known, a day and a night at a time."""
    began, amount = hours.begins.moment, window.hours or 0
    sheet.say(f"The clock starts on {spoken_moment(began)} ({hours.begins.zone}).")
    if hours.begins.remark:
        sheet.say(hours.begins.remark)
    sheet.mark(began.date(), "the clock starts")
    step = HOURS_A_DAY if amount > 0 else -HOURS_A_DAY
    for passed in (*range(step, amount, step), amount):
        before = "" if amount > 0 else " before"
        sheet.say(f"{abs(passed)} hours{before}: {spoken_moment(after_hours(began, passed))}.")
    if began.utcoffset() != hours.ends.utcoffset():
        sheet.say("The clocks change in between; the hours run on.")


def _stretch(days: list[date]) -> str:
    """Return days of one month in words: `March 2026`, `March 5 to 18, 2026`, `March 5, 2026`."""
    first, last = days[0], days[-1]
    if first == last:
        return spoken(first)
    if (first.day, last.day) == (1, monthrange(first.year, first.month)[1]):
        return f"{month_name(first)} {first.year}"
    return f"{month_name(first)} {first.day} to {last.day}, {first.year}"


def _numbers(days: list[date], numbers: dict[date, int], what: str) -> str:
    first, last = numbers[days[0]], numbers[days[-1]]
    return f"{what} {first}" if first == last else f"{what}s {first} to {last}"


def _listed(names: Iterable[str]) -> str:
    """Return the names as one list in words, parted so that dates stay readable."""
    *others, last = names
    return f"{'; '.join(others)}; and {last}" if others else last
