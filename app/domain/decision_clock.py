"""How long a plan or a reviewer has for an answer, and the day about which it was due.

Generous to whoever must answer: before anybody is called late, business days leave out every day
on which offices may be closed, a last day on such a day moves on, and the longer time that a law
allows under conditions is added. Nothing here says that a law was broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from math import ceil
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.calendar_days import DAY, FederalHolidays, spoken
from app.domain.clock_time import after_hours
from app.domain.deadline_rule import Verification
from app.domain.due_facts import EARLIEST

MAIL_DAYS: Final = 5
"""Added before a letter is taken as arrived: a courtesy of this program, no rule of law."""

ASK_WHEN: Final = "By when will they answer? Ask when you call, and write down the day they name."
_HOURS_A_DAY: Final = 24


class LimitUnit(StrEnum):
    """What a time is counted in; those from `BOARD_MEETING` on have no number."""

    CALENDAR_DAYS = "calendar_days"
    BUSINESS_DAYS = "business_days"
    HOURS = "hours"
    BOARD_MEETING = "board_meeting"
    CMS_CONTRACT = "cms_contract"
    AS_SOON_AS_PRACTICABLE = "as_soon_as_practicable"
    DUTY = "duty"
    NO_NUMBER = "no_number"


_COUNTED: Final = {
    LimitUnit.CALENDAR_DAYS: "calendar day",
    LimitUnit.BUSINESS_DAYS: "business day",
    LimitUnit.HOURS: "hour",
}
_WORDS: Final = {
    LimitUnit.BOARD_MEETING: "when the board meets",
    LimitUnit.CMS_CONTRACT: "as a contract with Medicare says",
    LimitUnit.AS_SOON_AS_PRACTICABLE: "as soon as they can",
    LimitUnit.DUTY: "with the decision itself",
    LimitUnit.NO_NUMBER: "no number of days is named",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """How long somebody has: an amount of days or hours, or words where there is no number.

    Raises:
        ValueError: the amount is missing, not positive, or given where the unit has none.
    """

    amount: int | None
    unit: LimitUnit

    def __post_init__(self) -> None:
        fits = (self.unit in _COUNTED) == (self.amount is not None)
        if not fits or (self.amount is not None and self.amount < 1):
            raise ValueError(f"{self.amount} {self.unit} is no time to answer in")

    @property
    def is_counted(self) -> bool:
        """Return whether the time leads to a day at all."""
        return self.unit in _COUNTED

    def end(self, day: date, holidays: FederalHolidays) -> date:
        """Return the last day; `day` is not counted, and begun days of hours count whole.

        Raises:
            OverflowError: the result lies after the year 9999.
        """
        amount = self.amount or 0
        match self.unit:
            case LimitUnit.BUSINESS_DAYS:
                return holidays.add_open_days(day, amount)
            case LimitUnit.HOURS:
                return day + ceil(amount / _HOURS_A_DAY) * DAY
            case _:
                return day + amount * DAY

    def __str__(self) -> str:
        """The time in words: `60 calendar days`, `72 hours`, `as soon as they can`."""
        if self.amount is None:
            return _WORDS[self.unit]
        return f"{self.amount} {_COUNTED[self.unit]}{'' if self.amount == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class LongerTime:
    """More time that a law allows under conditions, but not for every kind of care."""

    limit: Limit
    not_for: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionClock:
    """A time that somebody else has for an answer, with its law and what it answers.

    `levels` tells by programme which appeals it answers: 0 is the request before any denial, 1
    the appeal of the first denial. `care` (words of `app.domain.denial.CARE`, none for all),
    `urgent` and `plan_levels` (None for all) narrow that. `before_start` are steps that come
    first, `then` what follows the answer; `variants` are the same answer with another time for
    some. `word` is what a person asks for, where the time runs for that. The time holds from
    `effective_from` on, `earlier` before. `remark` says what was supposed when it was chosen.
    """

    id: str
    programs: tuple[str, ...]
    title: str
    answers: str
    word: str = ""
    asked_of: str = ""
    levels: Mapping[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])
    care: tuple[str, ...] = ()
    urgent: bool | None = None
    plan_levels: int | None = None
    limit: Limit
    starts: str
    before_start: tuple[Limit, ...] = ()
    extension: LongerTime | None = None
    then: str = ""
    variants: tuple[DecisionClock, ...] = ()
    effective_from: date | None = None
    earlier: DecisionClock | None = None
    source: str
    sources: tuple[str, ...]
    verification: Verification
    note: str = ""
    ask: str = ""
    remark: str = ""

    @property
    def gives_dates(self) -> bool:
        """Return whether the time is known well enough, and is of a kind, to lead to a date."""
        return self.verification.computes and self.limit.is_counted

    @property
    def limit_words(self) -> str:
        """The time as it may be shown: no number where it is not known well enough."""
        return str(self.limit) if self.verification.may_name_number else "not known"

    def answers_level(self, programs: Iterable[str], level: int) -> bool:
        """Return whether it answers an appeal of this level in one of these programmes."""
        return any(level in self.levels.get(program, ()) for program in programs)

    def in_force(self, on: date) -> DecisionClock | None:
        """Return the time as it held on a day, or None where none is known."""
        if self.effective_from is None or on >= self.effective_from:
            return self
        return self.earlier


class AnswerState(StrEnum):
    """Where an awaited answer stands; the value is what people read."""

    WAITING = "waiting"
    DUE = "due: you may ask"
    LATE = "appears late: ask"


def answer_state(about: date, at_latest: date | None, today: date) -> AnswerState:
    """Return where an answer stands that was due about a day, and at the latest on another."""
    if today <= about:
        return AnswerState.WAITING
    return AnswerState.DUE if at_latest and today <= at_latest else AnswerState.LATE


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerDue:
    """The day about which an answer is due; both days are None where no date may be named.

    `at_latest` is the last day before the answer appears late. `moment` (UTC) is the end of a time
    in hours that began at a known clock time. `note` holds whole sentences for people, `working`
    the arithmetic alone, and `ask` is the question to put where there is no date.
    """

    about: date | None = None
    at_latest: date | None = None
    moment: datetime | None = None
    note: str
    ask: str | None = None
    working: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Began:
    """When a time began: the day they got the request, or else the day it was sent.

    `is_known` says whether `on` is surely the day they got it. `by_mail` matters only where it is
    not. `at` with `zone` is the clock time on that day.
    """

    on: date
    is_known: bool = False
    by_mail: bool = False
    at: time | None = None
    zone: ZoneInfo | None = None


def answer_due(clock: DecisionClock, began: Began, holidays: FederalHolidays) -> AnswerDue:
    """Return when the answer was due; a date only where the law's time is known well enough."""
    if not clock.gives_dates:
        return AnswerDue(note=_without_number(clock), ask=clock.ask or ASK_WHEN)
    try:
        if began.on < EARLIEST:
            raise OverflowError
        return _counted(clock, began, holidays)
    except OverflowError:
        return AnswerDue(
            note="The answer cannot be counted from this day. Please check the year.",
            ask=f"Is {spoken(began.on)} right? On what day was it sent?",
        )


def _counted(clock: DecisionClock, began: Began, holidays: FederalHolidays) -> AnswerDue:
    moment = _moment(clock.limit, began)
    begun_on = began.zone and moment and moment.astimezone(began.zone).date()
    about = begun_on or clock.limit.end(began.on, holidays)
    at_latest, more = _latest(clock, began, about, holidays)
    working = _working(clock, began, about)
    latest = f"With no answer by {spoken(at_latest)}, it appears late: ask."
    if more:
        latest += f" That day already allows for {', for '.join(more)}."
    has = f"Their time begins when {clock.starts}. They have {clock.limit} ({clock.source})."
    return AnswerDue(
        about=about,
        at_latest=at_latest,
        moment=moment,
        note=joined(has, working, latest, _hours_remark(clock.limit, moment), clock.then,
                    clock.remark, clock.note),
        working=working,
    )  # fmt: skip


def _moment(limit: Limit, began: Began) -> datetime | None:
    """Return the moment at which hours end, or None where whole days are counted.

    A clock time that comes twice or is skipped is read as the later one: they get more time.
    """
    if limit.unit is not LimitUnit.HOURS or began.at is None or began.zone is None:
        return None
    if began.by_mail and not began.is_known:
        return None
    readings = (datetime.combine(began.on, began.at.replace(fold=fold), began.zone)
                for fold in (0, 1))  # fmt: skip
    return after_hours(max(one.astimezone(UTC) for one in readings), limit.amount or 0)


def _latest(
    clock: DecisionClock, began: Began, about: date, holidays: FederalHolidays
) -> tuple[date, list[str]]:
    """Return the last day before the answer appears late, and what was added to the time."""
    more: list[str] = []
    day = began.on
    if began.by_mail and not began.is_known:
        day += timedelta(days=MAIL_DAYS)
        more.append(f"{MAIL_DAYS} days in the mail (a courtesy of this program, no rule)")
    for step in clock.before_start:
        day = step.end(day, holidays)
        more.append(f"{step} of the step before it")
    day = about if day == began.on else clock.limit.end(day, holidays)
    if clock.extension:
        day = clock.extension.limit.end(day, holidays)
        more.append(f"{clock.extension.limit} more, which the law allows them at times")
    runs_by_the_clock = clock.limit.unit is LimitUnit.HOURS and not more
    if not runs_by_the_clock and holidays.is_closed(day):
        while holidays.is_closed(day):
            day += DAY
        more.append("a last day on which offices may be closed")
    return day, more


def _working(clock: DecisionClock, began: Began, about: date) -> str:
    known = "the day they got it" if began.is_known else "the day it was sent"
    return f"From {spoken(began.on)} ({known}), {clock.limit}: about {spoken(about)}."


def _hours_remark(limit: Limit, moment: datetime | None) -> str:
    if limit.unit is not LimitUnit.HOURS or moment:
        return ""
    return "The hours are counted as whole days, because the time of day is not known."


def _without_number(clock: DecisionClock) -> str:
    """Return the words of a time that may not or cannot lead to a date."""
    if not clock.verification.may_name_number:
        said = "No time for this answer is known well enough to be shown."
    elif not clock.limit.is_counted:
        how = "" if clock.limit.unit is LimitUnit.NO_NUMBER else f": {clock.limit}"
        said = f"The law sets no number of days for this{how} ({clock.source})."
    else:
        said = f"Commonly {clock.limit}: ask ({clock.source})."
    return joined(said, clock.remark, clock.note)


def joined(*sentences: str) -> str:
    """Return the sentences that are there, one after the other."""
    return " ".join(sentence for sentence in sentences if sentence)
