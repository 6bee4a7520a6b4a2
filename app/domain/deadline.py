"""The last day of a step, counted from a rule and the dates that are known.

The conventions: the trigger day is not counted; months overflow or clamp as the rule says; a
weekend or holiday extends nothing unless the rule says so, and `last_day` is never the extended
day; days for the mail are added only where the law presumes them, and never in the conservative
count; a rule that is not known well enough gives words and a question in place of a date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.domain.calendar_days import DAY, FederalHolidays, spoken
from app.domain.deadline_rule import DeadlineRule
from app.domain.due_facts import CannotSay, DueFacts, Fact
from app.domain.window import Unit, Window

ASK_THE_LETTER: Final = (
    "Does the letter name a last day, or a number of days? Enter it as it stands in the letter."
)
_SAFER_START: Final = (
    "Counted from the day you received it, because the date on the letter is not known. "
    "Counted from that date, the last day would be earlier."
)
_DAYS: Final = {Unit.CALENDAR_DAYS, Unit.BUSINESS_DAYS}
_HOURS: Final = {Unit.HOURS, Unit.HOURS_BEFORE}


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """What a rule gives for the dates that are known.

    `last_day` is None where no date may be named; `note` and `ask` then say what to do.
    `last_day_after_roll` is None unless the rule extends past weekends and holidays.
    `counted_from` is the day that is not counted, mail days included, and `working` the
    arithmetic in one sentence.
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
    if problem := facts.problem():
        return problem
    if buffer_days < 0:
        return CannotSay("The days kept in reserve cannot be fewer than none. Enter 0 or more.")
    version = rule.in_force(facts)
    if version is None:
        return _not_yet_law(rule)
    if not version.gives_dates:
        return _without_date(version)
    try:
        return _counted(
            version, facts, holidays, conservative=conservative, buffer_days=buffer_days
        )
    except OverflowError:
        return CannotSay(
            "The count leaves the calendar: one of the dates or numbers cannot be right. "
            "Please check the year and the days in reserve.",
            "Which year is printed on the letter?",
        )


@dataclass(frozen=True, slots=True)
class _Start:
    """The day that is not counted, in words too, and what must be said about the choice."""

    day: date
    words: str
    remark: str = ""


def _start(rule: DeadlineRule, facts: DueFacts, *, conservative: bool) -> _Start | CannotSay:
    order = rule.conservative_from if conservative else rule.counts_from
    known = facts.first_known(order)
    if known is None:
        return CannotSay(
            "One more date is needed to count this deadline.", rule.ask or order[0].question
        )
    fact, day = known
    mail = rule.receipt_presumption_days
    if fact is Fact.RECEIVED and order[0] is Fact.NOTICE:
        return _Start(day, fact.words, _SAFER_START)
    if fact is not Fact.NOTICE or Fact.RECEIVED not in rule.counts_from:
        return _Start(day, fact.words)
    if conservative or not mail:
        return _Start(day, fact.words, "Counted from the date on the letter, without mail days.")
    return _Start(
        day + timedelta(days=mail),
        f"{mail} days after the date on the letter",
        f"The law takes a letter as received {mail} days after its date unless something shows "
        "another day. This is the latest the last day can be: do not plan on it.",
    )


def _counted(
    rule: DeadlineRule,
    facts: DueFacts,
    holidays: FederalHolidays,
    *,
    conservative: bool,
    buffer_days: int,
) -> Due | CannotSay:
    start = _start(rule, facts, conservative=conservative)
    if isinstance(start, CannotSay):
        return start
    window = (conservative and rule.conservative_window) or rule.window
    end = window.end(start.day, holidays, rule.overflow)
    last_day, target, remark = _with_other_day(rule, facts, start, end)
    if conservative:
        last_day = target
    return Due(
        rule=rule.id,
        last_day=last_day,
        last_day_after_roll=holidays.rolled(last_day) if rule.rolls else None,
        safe_file_by=holidays.business_day_on_or_before(target - timedelta(days=buffer_days)),
        counts_as_filed=rule.filed_when,
        source=rule.source,
        verification=rule.verification,
        note=_joined(start.remark, _clock(window), remark, rule.note),
        counted_from=start.day,
        working=_working(window, start, end),
    )


def _with_other_day(
    rule: DeadlineRule, facts: DueFacts, start: _Start, end: date
) -> tuple[date, date, str]:
    """Return the legal last day, the day to plan on, and what to say about a second day."""
    if other := facts.first_known(rule.later_of):
        later, sooner = max(end, other[1]), min(end, other[1])
        return later, sooner, f"Plan on {spoken(sooner)}; the law's latest is {spoken(later)}."
    if other := facts.first_known(rule.day_before):
        before = other[1] - DAY
        if start.day <= before < end:
            return before, before, f"The notice's own time, {spoken(before)}, is the earlier one."
    return end, end, ""


def _clock(window: Window) -> str:
    if window.unit not in _HOURS:
        return ""
    return (
        f"The {window.amount} hours run by the clock, nights and weekends too. "
        "If the time of day is not known, act a day earlier."
    )


def _working(window: Window, start: _Start, end: date) -> str:
    counted = ", that day not counted," if window.unit in _DAYS else ","
    return f"From {spoken(start.day)} ({start.words}){counted} {window}: {spoken(end)}."


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
