"""Steps counted by a rule outside of a denial: papers asked for, a surprise bill, a discharge.

A step is a running time (`Clock` of kind “step”) that keeps the dates it is counted from. Where a
date may be named it has an entry in the calendar; where none may, it stands above the calendar
until it is done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, time
from typing import Any, Final

from app.binder import Binder
from app.domain.choice import BUFFER_DAYS, buffer_days_of
from app.domain.clock import Clock
from app.domain.clock_time import zone_named
from app.domain.deadline_rule import DeadlineRule
from app.domain.due_facts import DueFacts, Fact
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.domain.plan import Plan
from app.domain.planned_deadline import LetterWindow, PlannedDeadline, planned_deadline
from app.domain.rule_book import RuleBook
from app.domain.window import Unit
from app.operations.ids import new_id
from app.operations.planned_items import planned_item
from app.storage.unit_of_work import UnitOfWork

_BY_THE_CLOCK: Final = {Unit.HOURS, Unit.HOURS_BEFORE, Unit.SAME_DAY, Unit.NOON_NEXT_DAY}
"""Steps within hours: days kept in reserve would put the day to aim for before the letter."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StepAnswer:
    """What a person enters about a step: the dates it is counted from, nothing computed.

    `letter_date` is the last day that a letter names; `at` and `zone` (an IANA name) are the
    clock time of what is counted from, for rules in hours.
    """

    claim_id: str | None = None
    document_id: str | None = None
    notice_on: date | None = None
    received_on: date | None = None
    service_on: date | None = None
    bill_on: date | None = None
    action_on: date | None = None
    at: time | None = None
    zone: str = ""
    letter_date: date | None = None
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StartedStep:
    """The step as stored, its entry if a date may be named, and else the question to answer."""

    clock: Clock
    item: DueItem | None
    ask: str | None


def propose_step(
    binder: Binder, book: RuleBook, rule_id: str, answer: StepAnswer
) -> PlannedDeadline:
    """Return the day that a rule and a letter give for a step; stores nothing.

    Raises:
        UserError: there is no such rule or claim, or the clock time cannot be understood.
    """
    return binder.ask(
        lambda connection: _proposed(binder, UnitOfWork(connection), book, rule_id, answer)
    )


def _proposed(
    binder: Binder, work: UnitOfWork, book: RuleBook, rule_id: str, answer: StepAnswer
) -> PlannedDeadline:
    rule = _rule(work, book, rule_id, answer.claim_id)
    clock = _answered(binder, rule, answer)
    return planned_step(binder, work, book, clock, answer.letter_date)


def start_step(binder: Binder, book: RuleBook, rule_id: str, answer: StepAnswer) -> StartedStep:
    """Start a step: into the calendar where a date may be named, else above it.

    Naming the rule says that it applies, as the person read in a letter or on a form.

    Raises:
        UserError: there is no such rule, claim or paper, or the clock time cannot be understood.
    """
    with binder.operation("Start a step") as work:
        rule = _rule(work, book, rule_id, answer.claim_id)
        clock = work.clocks.add(_answered(binder, rule, answer))
        return _planned(binder, work, book, clock, answer.letter_date)


def change_step(binder: Binder, book: RuleBook, clock_id: str, answer: StepAnswer) -> StartedStep:
    """Correct the dates of a step; its entry follows.

    Raises:
        UserError: as `start_step`, or it is no step of one's own.
    """
    with binder.operation("Change a step") as work:
        before = _step(work, clock_id)
        rule = _rule(work, book, before.rule_id, answer.claim_id)
        made = _answered(binder, rule, answer)
        clock = work.clocks.save(
            replace(
                made, id=before.id, author_id=before.author_id, added_at=before.added_at,
                answered_on=before.answered_on, waived_on=before.waived_on,
            )
        )  # fmt: skip
        return _planned(binder, work, book, clock, answer.letter_date)


def settle_step(binder: Binder, clock_id: str, on: date, *, waived: bool = False) -> Clock:
    """Note on a day that a step was done, or that it is not needed; its entry is settled too.

    Raises:
        UserError: it is no step of one's own.
    """
    with binder.operation("Step not needed" if waived else "Step done") as work:
        clock = _step(work, clock_id)
        for item in work.due_items.where(clock_id=clock_id):
            if item.is_open:
                done, left = (None, on) if waived else (on, None)
                work.due_items.save(replace(item, done_on=done, waived_on=left))
        if waived:
            return work.clocks.save(replace(clock, waived_on=on, answered_on=None))
        return work.clocks.save(replace(clock, answered_on=on, waived_on=None))


def answer_of_step(binder: Binder, clock_id: str) -> StepAnswer:
    """Return what was entered, for a form to show again.

    Raises:
        UserError: it is no step of one's own.
    """
    return binder.ask(lambda connection: _entered(UnitOfWork(connection), clock_id))


def _entered(work: UnitOfWork, clock_id: str) -> StepAnswer:
    clock = _step(work, clock_id)
    same: dict[str, Any] = {
        name: getattr(clock, name)
        for name in (
            "claim_id", "document_id", "notice_on", "received_on", "service_on", "bill_on",
            "action_on", "zone", "title", "note",
        )
    }  # fmt: skip
    at = time.fromisoformat(clock.at) if clock.at else None
    return StepAnswer(at=at, letter_date=letter_day_of(work, clock), **same)


def letter_day_of(work: UnitOfWork, clock: Clock) -> date | None:
    """Return the last day that a letter named for a step; its entry keeps it."""
    days = (item.letter_on for item in work.due_items.where(clock_id=clock.id))
    return next(filter(None, days), None)


def _step(work: UnitOfWork, clock_id: str) -> Clock:
    clock = work.clocks.get(clock_id)
    if clock.kind != "step":
        raise UserError("This time runs for somebody else's answer. It is settled by the answer.")
    return clock


def _plan_of(work: UnitOfWork, claim_id: str | None) -> Plan | None:
    return work.plans.find(work.claims.get(claim_id).plan_id) if claim_id else None


def _rule(work: UnitOfWork, book: RuleBook, rule_id: str, claim_id: str | None) -> DeadlineRule:
    plan = _plan_of(work, claim_id)
    return book.get(rule_id, plan.state if plan else None)


def _answered(binder: Binder, rule: DeadlineRule, answer: StepAnswer) -> Clock:
    if answer.at and not answer.zone:
        raise UserError(
            "The clock time needs its time zone, for example America/New_York.",
            ask="In which time zone is that?",
        )
    return Clock(
        id=new_id(),
        kind="step",
        rule_id=rule.id,
        title=" ".join(answer.title.split()) or rule.title,
        claim_id=answer.claim_id,
        document_id=answer.document_id,
        notice_on=answer.notice_on,
        received_on=answer.received_on,
        service_on=answer.service_on,
        bill_on=answer.bill_on,
        action_on=answer.action_on,
        at=answer.at.isoformat(timespec="minutes") if answer.at else "",
        zone=zone_named(answer.zone).key if answer.zone else "",
        note=answer.note.strip(),
        author_id=binder.author_id,
        added_at=binder.now(),
    )


def planned_step(
    binder: Binder,
    work: UnitOfWork,
    book: RuleBook,
    clock: Clock,
    letter: date | None,
    *,
    by_rule: bool = True,
) -> PlannedDeadline:
    """Return the day to plan on for a step, as a larger operation sees the binder.

    Only the letter's day counts where its rule does not hold (`by_rule` is false), or where a
    later set of rules no longer has it.
    """
    rule = book.rules.get(clock.rule_id) if by_rule else None
    planned = planned_deadline(
        LetterWindow(last_day=letter),
        rule,
        _facts(work, rule, clock),
        book.holidays,
        today=binder.today(),
        buffer_days=buffer_days_of(work.choices.find(BUFFER_DAYS)),
    )
    if rule and rule.window.unit in _BY_THE_CLOCK and planned.basis == "rule":
        return replace(planned, safe_file_by=None)
    return planned


def _facts(work: UnitOfWork, rule: DeadlineRule | None, clock: Clock) -> DueFacts:
    """Return what a step is counted from.

    The claim's date of care stands in only for rules that count from the care itself: for a
    discharge, say, it would be a guess.
    """
    service_on = clock.service_on
    if service_on is None and clock.claim_id and rule and rule.counts_from[:1] == (Fact.SERVICE,):
        service_on = work.claims.get(clock.claim_id).service_on
    return DueFacts(
        notice_date=clock.notice_on,
        received=clock.received_on,
        service_date=service_on,
        bill_date=clock.bill_on,
        action_date=clock.action_on,
        at=time.fromisoformat(clock.at) if clock.at else None,
        zone=zone_named(clock.zone) if clock.zone else None,
    )


def _planned(
    binder: Binder, work: UnitOfWork, book: RuleBook, clock: Clock, letter: date | None
) -> StartedStep:
    if clock.claim_id:
        work.claims.get(clock.claim_id)
    if clock.document_id:
        work.documents.get(clock.document_id)
    planned = planned_step(binder, work, book, clock, letter)
    item = keep_entry(binder, work, clock, planned)
    return StartedStep(clock, item, None if item else planned.ask)


def keep_entry(
    binder: Binder, work: UnitOfWork, clock: Clock, planned: PlannedDeadline
) -> DueItem | None:
    """Bring the entry of a step in line with what is planned: changed, added or taken out.

    An entry keeps its id and its doer, and is settled when its step is.
    """
    old = next(iter(work.due_items.where(clock_id=clock.id)), None)
    if planned.last_day is None:
        if old and old.is_open:
            work.due_items.remove(old.id)
        return None
    due_at = planned.due.due_at if planned.due and planned.basis == "rule" else None
    made = planned_item(
        binder,
        planned,
        kind="step",
        title=clock.title,
        claim_id=clock.claim_id,
        clock_id=clock.id,
        note=" ".join((clock.note, *planned.explanation)).strip(),
        due_at=due_at.astimezone(UTC) if due_at else None,
        zone=clock.zone if due_at else "",
        done_on=clock.answered_on,
        waived_on=clock.waived_on,
    )
    if old is None:
        return work.due_items.add(made)
    return work.due_items.save(
        replace(
            made, id=old.id, doer_id=old.doer_id, author_id=old.author_id, added_at=old.added_at
        )
    )  # fmt: skip


def rule_holds(book: RuleBook, rule: DeadlineRule, plan: Plan | None) -> bool:
    """Say whether a rule may hold under a plan; true where nobody knows.

    Rules that do not depend on the kind of plan, such as those on hospital bills, always hold.
    """
    if plan is None:
        return True
    if rule.state and plan.state and rule.state != plan.state:
        return False
    kinds = book.programmes.kinds
    known = {name for word in kinds for name in book.programmes.programs(word)}
    concerned = known & set(rule.programs)
    theirs = book.programmes.programs(plan.program, plan.funding) if plan.program in kinds else ()
    return not concerned or not theirs or bool(concerned & set(theirs))
