"""The last day of a step, counted from a rule and the dates that are known.

The conventions: the trigger day is not counted; months overflow or clamp as the rule says; a
weekend or holiday extends nothing unless the rule says so, and `last_day` is never the extended
day; days for the mail are added only where the law presumes them, and never in the conservative
count; a rule that is not known well enough gives words and a question in place of a date.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from app.domain.calendar_days import FederalHolidays, spoken
from app.domain.clock_time import spoken_moment
from app.domain.count import Count, count_of
from app.domain.deadline_rule import DeadlineRule
from app.domain.due_facts import CannotSay, DueFacts, Fact
from app.domain.window import Unit

ASK_THE_LETTER: Final = (
    "Does the letter name a last day, or a number of days? Enter it as it stands in the letter."
)
_LONGEST_MAIL: Final = timedelta(days=31)
_DAYS: Final = {Unit.CALENDAR_DAYS, Unit.BUSINESS_DAYS}


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """What a rule gives for the dates that are known.

    `last_day` is None where no date may be named; `note` and `ask` then say what to do.
    `last_day_after_roll` is None unless the rule extends past weekends and holidays.
    `counted_from` is the day that is not counted, mail days included, and `working` the
    arithmetic in one sentence. `due_at` is the very moment, as the clocks of `zone` show it, for
    a rule that counts hours or ends at noon; it is None where the clock or the zone is not known.
    """

    rule: str
    last_day: date | None = None
    last_day_after_roll: date | None = None
    safe_file_by: date | None = None
    counts_as_filed: str
    source: str
    verification: str
    note: str | None = None
    ask: str | None = None
    counted_from: date | None = None
    working: str | None = None
    due_at: datetime | None = None
    zone: str | None = None

    def row(self) -> dict[str, str | None]:
        """Return the result as the headless commands print it: ISO dates, nulls kept."""

        def iso(day: date | None) -> str | None:
            return day and day.isoformat()

        return {
            "rule": self.rule,
            "last_day": iso(self.last_day),
            "last_day_after_roll": iso(self.last_day_after_roll),
            "safe_file_by": iso(self.safe_file_by),
            "counts_as_filed": self.counts_as_filed,
            "source": self.source,
            "verification": self.verification,
            "note": self.note,
            "ask": self.ask,
            "counted_from": iso(self.counted_from),
            "working": self.working,
            "due_at": self.due_at and self.due_at.isoformat(timespec="minutes"),
            "zone": self.zone,
        }


def compute_due(
    rule: DeadlineRule,
    facts: DueFacts,
    holidays: FederalHolidays,
    *,
    conservative: bool = False,
    buffer_days: int = 0,
) -> Due | CannotSay:
    """Return the last day that `rule` gives, or why it gives none.

    The plain count is the law's own and the latest possible: from the day of receipt where that
    is known, else from the day of receipt that the law presumes. The `conservative` count starts
    at the date on the notice, without mail days and with the rule's conservative window, so that
    it never ends after the true last day. `buffer_days` are calendar days taken off before the
    day to file by is looked for.
    """
    if buffer_days < 0:
        return CannotSay("The days kept in reserve cannot be fewer than none. Enter 0 or more.")
    return facts.problem() or _counted(
        rule, facts, holidays, conservative=conservative, buffer_days=buffer_days
    )


def _counted(
    rule: DeadlineRule,
    facts: DueFacts,
    holidays: FederalHolidays,
    *,
    conservative: bool,
    buffer_days: int,
) -> Due | CannotSay:
    version = rule.in_force(facts)
    if version is None:
        return _not_yet_law(rule)
    if _may_be_older(facts, rule, version):
        return CannotSay(
            "Another rule held until shortly before the letter arrived. The date on the letter "
            "decides between the two.",
            Fact.NOTICE.question,
        )
    if not version.gives_dates:
        return _without_date(version)
    try:
        count = count_of(version, facts, holidays, conservative=conservative)
        return count if isinstance(count, CannotSay) else _due(count, facts, holidays, buffer_days)
    except OverflowError:
        return CannotSay(
            "The count leaves the calendar: one of the dates or numbers cannot be right. "
            "Please check the year and the days in reserve.",
            "Which of the dates, or the number of days in reserve, was typed wrong?",
        )


def _may_be_older(facts: DueFacts, rule: DeadlineRule, version: DeadlineRule) -> bool:
    """Return whether a letter of which only the arrival is known may fall under an older rule."""
    if facts.notice_date or facts.received is None:
        return False
    return rule.in_force(replace(facts, notice_date=facts.received - _LONGEST_MAIL)) != version


def _due(count: Count, facts: DueFacts, holidays: FederalHolidays, buffer_days: int) -> Due:
    rule, last_day = count.rule, count.last_day
    sought = count.plan_on - timedelta(days=buffer_days)
    return Due(
        rule=rule.id,
        last_day=last_day,
        last_day_after_roll=holidays.rolled(last_day) if rule.rolls else None,
        safe_file_by=holidays.business_day_on_or_before(sought),
        counts_as_filed=rule.filed_when,
        source=rule.source,
        verification=rule.verification,
        note=_joined(count.start.remark, _clock(count, facts), _two_days(count, facts), rule.note),
        counted_from=count.start.day,
        working=_working(count),
        due_at=count.due_at,
        zone=facts.zone.key if facts.zone and count.due_at else None,
    )


def _two_days(count: Count, facts: DueFacts) -> str:
    """Return what to say about a second day that the rule names beside the end of its window."""
    if count.other is None:
        come = facts.first_known(count.rule.later_of)
        named = come and f"The other day that counts, {spoken(come[1])}, had come by then: "
        return f"{named}act at once." if named else ""
    if count.rule.later_of:
        later, sooner = max(count.end, count.other), count.plan_on
        return f"Plan on {spoken(sooner)}; the law's latest is {spoken(later)}."
    return f"The notice's own time, {spoken(count.other)}, is the earlier one."


def _clock(count: Count, facts: DueFacts) -> str:
    """Return what to say about the time of day."""
    window = count.window
    if window.hours is None:
        whole_days = facts.at and window.unit is not Unit.NOON_NEXT_DAY
        return "Whole days are counted: the time of day changes nothing." if whole_days else ""
    said = f"The {window.amount} hours run by the clock, nights and weekends too."
    if count.hours is None:
        return f"{said} If the time of day is not known, act a day earlier."
    over = f"They are over on {spoken_moment(count.hours.ends)}."
    return f"{said} {over} {count.hours.begins.remark}".rstrip()


def _working(count: Count) -> str:
    start, end = spoken(count.start.day), spoken(count.end)
    if count.hours:
        start, end = spoken_moment(count.hours.begins.moment), spoken_moment(count.hours.ends)
    words = count.start.words
    counted = ", that day not counted," if count.window.unit in _DAYS else ","
    return f"From {start} ({words}){counted} {count.window}: {end}."


def _without_date(rule: DeadlineRule) -> Due:
    """Return the words of a rule that may not or cannot compute a date."""
    if not rule.verification.may_name_number:
        said = "No number is known well enough to be shown: only the letter counts."
    elif rule.verification.computes or not rule.window.is_counted:
        said = ""
    elif rule.window.unit is Unit.CALENDAR_DAYS:
        said = f"Commonly {rule.window.amount} days: check your letter."
    else:
        said = f"Commonly {rule.window}: check your letter."
    return Due(
        rule=rule.id,
        counts_as_filed=rule.filed_when,
        source=rule.source,
        verification=rule.verification,
        note=_joined(said, rule.note) or "The letter says how long you have.",
        ask=rule.ask or ASK_THE_LETTER,
    )


def _not_yet_law(rule: DeadlineRule) -> CannotSay:
    assert rule.effective_from is not None
    return CannotSay(
        f"This rule holds for letters dated {spoken(rule.effective_from)} or later, and no "
        "earlier one is known. Keep to the last day that the letter names.",
        ASK_THE_LETTER,
    )


def _joined(*sentences: str) -> str | None:
    return " ".join(sentence for sentence in sentences if sentence) or None
