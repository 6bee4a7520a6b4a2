"""The day to plan on: the letter's own date and the rule's side by side, the earlier planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from app.domain.calendar_days import FederalHolidays, spoken
from app.domain.deadline import ASK_THE_LETTER, Due, compute_due
from app.domain.deadline_rule import DeadlineRule
from app.domain.due_facts import EARLIEST, CannotSay, DueFacts, Fact
from app.domain.window import Window

LONGEST_LETTER_DAYS: Final = 3 * 366
"""No law known here gives more than two years; a longer time in a letter was misread."""

LETTER_SOURCE: Final = "Your letter"
LESS_THAN_THE_LAW: Final = (
    "The letter gives less than the least the law allows. Meet the letter's day; that the law "
    "gives more is an argument for later."
)
_ASK_BOTH_DAYS: Final = "Which last day, and which date, are printed in the letter?"
Basis = Literal["letter", "rule"]


@dataclass(frozen=True, slots=True)
class LetterWindow:
    """What the letter says about how long there is: a last day, a time, or nothing.

    A `last_day` beats a `window` in the same letter. The window runs from the date on the letter,
    or from the day of receipt if `from_receipt`.
    """

    last_day: date | None = None
    window: Window | None = None
    from_receipt: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedDeadline:
    """What the denial form shows before the person confirms it. Nothing here is confirmed yet.

    `last_day` is the earlier of `letter_day` and `rule_day`, `basis` says which, and `source`
    names it. Where none is known `last_day` is None and `ask` is the question that settles it.
    `latest` is the law's latest day where it lies after the planned one: shown, never planned on.
    `explanation` holds whole sentences for people, `due` the rule's count in full.
    """

    last_day: date | None = None
    safe_file_by: date | None = None
    basis: Basis | None = None
    letter_day: date | None = None
    rule_day: date | None = None
    latest: date | None = None
    rule_id: str | None = None
    source: str | None = None
    verification: str | None = None
    counts_as_filed: str | None = None
    explanation: tuple[str, ...] = ()
    ask: str | None = None
    due: Due | None = None


def planned_deadline(
    letter: LetterWindow,
    rule: DeadlineRule | None,
    facts: DueFacts,
    holidays: FederalHolidays,
    *,
    today: date | None = None,
    buffer_days: int = 0,
) -> PlannedDeadline:
    """Return the day to plan on from what the letter says and what the rule gives.

    While the day of receipt is not known the rule is counted conservatively, and the day that
    the law would presume is only the `latest`. Where `today` is given, nothing is counted from a
    letter of a later day, nor is a last day believed that lies years ahead.
    """
    problem = facts.problem() or (today and facts.not_yet(today)) or None
    says = _letter_day(letter, facts, problem, holidays, today)
    counted = rule and (
        problem
        or compute_due(
            rule,
            facts,
            holidays,
            conservative=is_planned_carefully(rule, facts),
            buffer_days=buffer_days,
        )
    )
    due = counted if isinstance(counted, Due) else None
    rule_day = due.last_day if due else None
    latest = _latest(rule, facts, holidays, rule_day)
    day, basis = _earlier(says.day, rule_day)
    try:
        safe = day and holidays.business_day_on_or_before(day - timedelta(days=buffer_days))
    except OverflowError:
        safe = None
    return PlannedDeadline(
        last_day=day,
        safe_file_by=safe,
        basis=basis,
        letter_day=says.day,
        rule_day=rule_day,
        latest=latest,
        rule_id=rule.id if rule else None,
        source=_source(basis, due),
        verification=due.verification if due and basis == "rule" else None,
        counts_as_filed=due.counts_as_filed if due else None,
        explanation=_explanation(says, counted, rule, latest),
        ask=_question(says, problem, counted, day),
        due=due,
    )


def is_planned_carefully(rule: DeadlineRule, facts: DueFacts) -> bool:
    """Return whether a rule is planned by its conservative count.

    So it is while the day of receipt is not known, where the later of two days is the law's, and
    where the sources of a rule differ on its time (`conservative_window`).
    """
    return facts.received is None or bool(rule.later_of or rule.conservative_window)


@dataclass(frozen=True, slots=True)
class _LetterSays:
    """The letter's day, the sentence about it, and what must be asked before it can be used."""

    day: date | None
    sentence: str
    ask: str | None = None


def _letter_day(
    letter: LetterWindow,
    facts: DueFacts,
    problem: CannotSay | None,
    holidays: FederalHolidays,
    today: date | None,
) -> _LetterSays:
    if letter.last_day:
        return _printed_day(letter.last_day, facts, today)
    if letter.window is None or not letter.window.is_counted:
        return _LetterSays(None, "The letter does not say how long you have.")
    if letter.window.longest_days > LONGEST_LETTER_DAYS:
        return _LetterSays(
            None,
            f"The letter seems to give {letter.window}. That is longer than any rule known here; "
            "please look again.",
            "What does the letter say, word for word, about how long you have?",
        )
    if problem and facts.first_known((Fact.NOTICE, Fact.RECEIVED)):
        return _LetterSays(None, problem.sentence, problem.ask)
    return _counted_day(letter.window, facts, holidays, from_receipt=letter.from_receipt)


def _printed_day(day: date, facts: DueFacts, today: date | None) -> _LetterSays:
    if facts.notice_date and day < facts.notice_date:
        return _LetterSays(
            None,
            f"The last day in the letter, {spoken(day)}, is before the letter's own date, "
            f"{spoken(facts.notice_date)}. One of the two must be wrong.",
            _ASK_BOTH_DAYS,
        )
    if facts.notice_date and (day - facts.notice_date).days > LONGEST_LETTER_DAYS:
        return _LetterSays(
            None,
            f"The last day in the letter, {spoken(day)}, is more than three years after its own "
            f"date, {spoken(facts.notice_date)}. Please check the year.",
            _ASK_BOTH_DAYS,
        )
    start = facts.received or today
    if day < EARLIEST or (start and (day - start).days > LONGEST_LETTER_DAYS):
        return _LetterSays(
            None,
            f"The last day in the letter, {spoken(day)}, cannot be right. Please check the year.",
            _ASK_BOTH_DAYS,
        )
    return _LetterSays(day, f"The letter says {spoken(day)}.")


def _counted_day(
    window: Window, facts: DueFacts, holidays: FederalHolidays, *, from_receipt: bool
) -> _LetterSays:
    order = (Fact.RECEIVED, Fact.NOTICE) if from_receipt else (Fact.NOTICE,)
    start = facts.first_known(order)
    if start is None:
        return _LetterSays(
            None,
            f"The letter gives {window}, but the day from which they are counted is not known.",
            order[0].question,
        )
    fact, day = start
    try:
        end = window.end(day, holidays)
    except OverflowError:
        return _LetterSays(
            None, "The letter's date cannot be right. Please check the year.", order[0].question
        )
    return _LetterSays(
        end, f"The letter gives {window}; from {fact.words}, {spoken(day)}, that is {spoken(end)}."
    )


def _latest(
    rule: DeadlineRule | None, facts: DueFacts, holidays: FederalHolidays, planned: date | None
) -> date | None:
    """Return the law's own latest day where it lies after the day the rule is planned on."""
    if rule is None or planned is None:
        return None
    legal = compute_due(rule, facts, holidays)
    if isinstance(legal, Due) and legal.last_day and legal.last_day > planned:
        return legal.last_day
    return None


def _earlier(letter: date | None, rule: date | None) -> tuple[date | None, Basis | None]:
    if letter and (rule is None or letter <= rule):
        return letter, "letter"
    return (rule, "rule") if rule else (None, None)


def _source(basis: Basis | None, due: Due | None) -> str | None:
    if basis == "letter":
        return LETTER_SOURCE
    return due.source if basis and due else None


def _explanation(
    says: _LetterSays,
    counted: Due | CannotSay | None,
    rule: DeadlineRule | None,
    latest: date | None,
) -> tuple[str, ...]:
    sentences = [says.sentence]
    if isinstance(counted, CannotSay):
        sentences.append(counted.sentence)
    elif counted is None:
        sentences.append("Which rule holds is not known, so no date stands beside the letter's.")
    elif counted.last_day is None:
        sentences.append(counted.note or ASK_THE_LETTER)
    else:
        sentences.append(f"The rule gives until {spoken(counted.last_day)} ({counted.source}).")
        sentences.extend(_comparison(says.day, counted.last_day, rule))
        sentences.extend([counted.note] if counted.note else [])
    if latest:
        sentences.append(
            f"The law's latest would be {spoken(latest)}: good to know, but do not plan on it."
        )
    return tuple(sentences)


def _comparison(letter: date | None, by_rule: date, rule: DeadlineRule | None) -> list[str]:
    if letter is None or letter == by_rule:
        return []
    if letter > by_rule:
        return ["The letter gives longer than the rule. Plan on the earlier day, the rule's."]
    if rule and rule.is_minimum:
        return [LESS_THAN_THE_LAW]
    return ["The letter's day is the earlier one. Plan on it."]


def _question(
    says: _LetterSays,
    problem: CannotSay | None,
    counted: Due | CannotSay | None,
    day: date | None,
) -> str | None:
    """Return the one question to ask now: about a slip first, then whatever brings a date."""
    if says.ask:
        return says.ask
    if problem:
        return problem.ask
    if day is not None:
        return None
    return (counted.ask if counted else None) or ASK_THE_LETTER
