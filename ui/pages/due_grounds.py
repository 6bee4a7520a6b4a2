"""What a date stands on: its rule, the dates it was counted from, and the arithmetic again.

Nothing here changes a date. What is counted again today is compared with what was confirmed, and
where the two differ it is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from app.binder import Binder
from app.domain.choice import BUFFER_DAYS, buffer_days_of
from app.domain.claim import Claim
from app.domain.clock import Clock
from app.domain.clock_time import zone_named
from app.domain.counting import Reckoning, letter_reckoning, reckoning, window_reckoning
from app.domain.deadline import Due, compute_due
from app.domain.deadline_rule import DeadlineRule
from app.domain.decision_clock import AnswerDue, DecisionClock, LimitUnit
from app.domain.denial import Denial
from app.domain.denial_dates import letter_window
from app.domain.due_facts import DueFacts, Fact
from app.domain.planned_deadline import LetterWindow, is_planned_carefully, planned_deadline
from app.domain.window import Unit, Window
from app.operations.clocks import expected_now
from app.operations.rules import clock_book, rule_book
from app.storage.queries.dates import DueRow
from app.storage.queries.records import record
from ui.pages.due_words import checked_words, rule_of
from ui.wording import date_words, short_date, tr


@dataclass(frozen=True, slots=True)
class Counting:
    """One count: whose it is, its arithmetic, and what to say if it gives another day now."""

    title: str
    sums: Reckoning
    differs: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Grounds:
    """What an entry of the calendar stands on.

    `law` names the rule and its source, `checked` says how well it was checked. `facts` are the
    dates it was counted from, each with its words. `document_id` is the letter it came with.
    """

    law: str = ""
    checked: str = ""
    facts: tuple[tuple[str, date], ...] = ()
    countings: tuple[Counting, ...] = ()
    document_id: str | None = None
    denial: Denial | None = None


def grounds_of(binder: Binder, row: DueRow) -> Grounds:
    """Return what an entry stands on."""
    denial: Denial | None = binder.ask(record, "denial", row.denial_id) if row.denial_id else None
    clock: Clock | None = binder.ask(record, "clock", row.clock_id) if row.clock_id else None
    buffer_days = buffer_days_of(binder.ask(record, "choice", BUFFER_DAYS))
    if clock and clock.kind == "step":
        return _of_step(row, clock, _care_on(binder, clock.claim_id), buffer_days)
    if clock:
        return _of_answer(binder, row, clock)
    if denial:
        return _of_denial(row, denial, _care_on(binder, denial.claim_id), buffer_days)
    return Grounds(law=row.source, checked=checked_words(row.verification))


def _care_on(binder: Binder, claim_id: str | None) -> date | None:
    claim: Claim | None = binder.ask(record, "claim", claim_id) if claim_id else None
    return claim.service_on if claim else None


def _of_denial(row: DueRow, denial: Denial, service_on: date | None, buffer_days: int) -> Grounds:
    facts = DueFacts(
        notice_date=denial.notice_on,
        received=denial.received_on,
        service_date=service_on,
        action_date=denial.action_on,
    )
    countings = _countings(row, _letter_of(row, denial), facts, buffer_days)
    return _counted(row, facts, countings, denial.document_id, denial)


def _countings(
    row: DueRow, letter: LetterWindow, facts: DueFacts, buffer_days: int
) -> tuple[Counting, ...]:
    """Return the counts by the letter and by the rule, the one that is planned on first."""
    rule = rule_of(row)
    found: list[Counting] = []
    if row.letter_on:
        found.append(_by_letter(row, letter, facts, buffer_days))
    if rule and row.rule_on:
        found.append(_by_rule(row, rule, facts, buffer_days))
    return tuple(reversed(found)) if row.basis == "rule" else tuple(found)


def _counted(
    row: DueRow,
    facts: DueFacts,
    countings: tuple[Counting, ...],
    document_id: str | None,
    denial: Denial | None = None,
) -> Grounds:
    rule = rule_of(row)
    rule = rule and (rule.in_force(facts) or rule)
    return Grounds(
        law=_law(row, rule),
        checked=checked_words(rule.verification if rule else row.verification),
        facts=tuple(_facts(facts, rule)),
        countings=countings,
        document_id=document_id,
        denial=denial,
    )


def _of_step(row: DueRow, clock: Clock, care_on: date | None, buffer_days: int) -> Grounds:
    rule = rule_of(row)
    by_care = bool(rule and rule.counts_from[:1] == (Fact.SERVICE,))
    facts = DueFacts(
        notice_date=clock.notice_on,
        received=clock.received_on,
        service_date=clock.service_on or (care_on if by_care else None),
        bill_date=clock.bill_on,
        action_date=clock.action_on,
        at=time.fromisoformat(clock.at) if clock.at else None,
        zone=zone_named(clock.zone) if clock.zone else None,
    )
    countings = _countings(row, LetterWindow(last_day=row.letter_on), facts, buffer_days)
    return _counted(row, facts, countings, clock.document_id)


def _of_answer(binder: Binder, row: DueRow, clock: Clock) -> Grounds:
    began = clock.received_on or clock.started_on
    if began is None:
        return Grounds(law=row.source, checked=checked_words(row.verification))
    now = expected_now(binder, clock)
    theirs = now.rule if now.rule and now.rule.id == row.rule_id else None
    title = theirs or clock_book().find(row.rule_id or clock.rule_id)
    return Grounds(
        law=f"{title.title}: {title.source}" if title else row.source,
        checked=checked_words(row.verification),
        facts=((tr("Sent, or begun"), began),),
        countings=tuple(_by_their_clock(row, theirs, now.due, began)) if theirs else (),
        document_id=clock.document_id,
    )


def _letter_of(row: DueRow, denial: Denial) -> LetterWindow:
    """Return what the letter says about this entry: of a call between doctors only its day."""
    if row.kind == "peer_to_peer":
        return LetterWindow(last_day=row.letter_on)
    return letter_window(denial)


def _by_letter(row: DueRow, letter: LetterWindow, facts: DueFacts, buffer_days: int) -> Counting:
    holidays = rule_book().holidays
    now = planned_deadline(letter, None, facts, holidays).letter_day
    return Counting(
        tr("By the letter"),
        letter_reckoning(letter, facts, holidays, buffer_days=buffer_days),
        _difference(row.letter_on, now),
    )


def _by_rule(row: DueRow, rule: DeadlineRule, facts: DueFacts, buffer_days: int) -> Counting:
    holidays = rule_book().holidays
    careful = is_planned_carefully(rule, facts)
    due = compute_due(rule, facts, holidays, conservative=careful)
    now = due.last_day if isinstance(due, Due) else None
    sums = reckoning(rule, facts, holidays, conservative=careful, buffer_days=buffer_days)
    return Counting(tr("By the rule"), sums, _difference(row.rule_on, now))


def _by_their_clock(
    row: DueRow, theirs: DecisionClock, now: AnswerDue, began: date
) -> Iterator[Counting]:
    """Yield the count of a payer's time: day by day, or in a sentence where more goes into it."""
    title, differs = tr("Their time to answer"), _difference(row.last_day, now.about)
    holidays = rule_book().holidays
    if theirs.limit.unit in _UNITS and theirs.limit.end(began, holidays) == now.about:
        window = Window(theirs.limit.amount, _UNITS[theirs.limit.unit])
        sums = window_reckoning(window, began, holidays, open_days_only=True)
        yield Counting(title, sums, differs)
    elif now.working or differs:
        yield Counting(title, Reckoning((now.working or now.note,)), differs)


_UNITS: Final = {
    LimitUnit.CALENDAR_DAYS: Unit.CALENDAR_DAYS,
    LimitUnit.BUSINESS_DAYS: Unit.BUSINESS_DAYS,
    LimitUnit.HOURS: Unit.HOURS,
}


def _difference(confirmed: date | None, now: date | None) -> str:
    if confirmed is None or confirmed == now:
        return ""
    if now is None:
        return tr(
            "The calendar keeps {day}, as it was confirmed. Counted again today there is no date.",
            day=short_date(confirmed),
        )
    return tr(
        "The calendar keeps {day}, as it was confirmed. Counted again today it is {now}: look at "
        "the dates it is counted from.",
        day=short_date(confirmed),
        now=short_date(now),
    )


def _law(row: DueRow, rule: DeadlineRule | None) -> str:
    return f"{rule.title}: {rule.source}" if rule else row.source


def _facts(facts: DueFacts, rule: DeadlineRule | None) -> Iterator[tuple[str, date]]:
    """Yield the dates that are known: the letter's own, and those its rule may be counted from."""
    used = {Fact.NOTICE, Fact.RECEIVED}
    if rule:
        used |= {*rule.counts_from, *rule.conservative_from, *rule.later_of, *rule.day_before}
    for fact in Fact:
        day = facts.first_known((fact,))
        if fact in used and day:
            words = tr(fact.words)
            yield words[:1].upper() + words[1:], day[1]


def count_text(title: str, row: DueRow, grounds: Grounds, counting: Counting) -> str:
    """Return a count as text to copy: what it is for, the law, each sentence, each day."""
    head = [f"{title}: {row.title}", grounds.law, grounds.checked]
    days = [
        "\t".join((date_words(each.day), str(each.number or ""), each.remark))
        for each in counting.sums.days
    ]
    parts = [*head, *counting.sums.lines, counting.differs, "", *days]
    return "\n".join(part for part in parts if part or part == "")
