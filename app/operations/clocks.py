"""Times that run for others: the answer to an appeal, and to a request for papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Final

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.claim import Claim
from app.domain.clock import Clock
from app.domain.clock_time import zone_named
from app.domain.decision_clock import (
    AnswerDue,
    Began,
    DecisionClock,
    LimitUnit,
    answer_due,
    joined,
)
from app.domain.denial import Denial
from app.domain.denial_dates import coverage_of
from app.domain.due_facts import CannotSay
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.domain.plan import Plan
from app.domain.sending import Sending
from app.operations.day_checks import check_clock_time, refuse_absurd, refuse_early_arrival
from app.operations.ids import new_id
from app.operations.rules import clock_book
from app.storage.queries.records import record
from app.storage.repository import Repository
from app.storage.unit_of_work import UnitOfWork

_BY_MAIL: Final = frozenset({"mail", "certified_mail"})
_TITLES: Final = {1: "Answer to the appeal", 2: "Answer to the second appeal"}
_LATER_TITLE: Final = "Answer to the request for a review"
_FAST_TITLE: Final = "Answer to the fast appeal"
_OTHER_PLAN: Final = CannotSay(
    "This right comes from a law for other kinds of plan, so no day is counted.",
    "By when will they answer? Ask when you call.",
)


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """What a running clock leads to now: the rule that holds, and when an answer is due by it.

    `rule` is None where none surely holds.
    """

    rule: DecisionClock | None
    due: AnswerDue


@dataclass(frozen=True, slots=True)
class StartedClock:
    """A clock as stored, its entry in the calendar, and the question that would bring a date."""

    clock: Clock
    item: DueItem | None
    ask: str | None


def start_decision(
    binder: Binder,
    work: UnitOfWork,
    denial: Denial,
    sent_on: date,
    **known: Any,
) -> StartedClock:
    """Start the time for the answer to an appeal, within a larger operation.

    `known` are further fields of `Clock`: `received_on` where it is known that they got it on that
    day, `sending_id`, `at` and `zone`.
    """
    title = _FAST_TITLE if denial.fast == "asked" else _TITLES.get(denial.level, _LATER_TITLE)
    clock = Clock(
        id=new_id(), kind="decision", rule_id="", title=title, claim_id=denial.claim_id,
        denial_id=denial.id, started_on=known.get("received_on") or sent_on,
        author_id=binder.author_id, added_at=binder.now(), **known,
    )  # fmt: skip
    return settle_clock(binder, work, work.clocks.add(clock))


def settle_answers(binder: Binder, work: UnitOfWork, denial: Denial) -> tuple[StartedClock, ...]:
    """Count the running times for the answer to a denial's appeal again, after it was corrected."""
    clocks = work.clocks.where(denial_id=denial.id, kind="decision")
    return tuple(settle_clock(binder, work, clock) for clock in clocks if clock.is_running)


def ask_for(
    binder: Binder,
    claim_id: str,
    what: str,
    on: date,
    *,
    of: str = "",
    denial_id: str | None = None,
) -> StartedClock:
    """Note that something was asked for on a day: the claim file, codes, plan documents, records.

    `what` is the id or the word of a request rule, `of` who was asked.

    Raises:
        UserError: the claim, the denial or the rule does not exist, or the day cannot be right.
    """
    rule = clock_book().request(what)
    refuse_absurd(on, binder.today(), "asked for")
    with binder.operation("Note what was asked for") as work:
        work.claims.get(claim_id)
        if denial_id:
            denial_of(work, claim_id, denial_id)
        clock = Clock(
            id=new_id(), kind="request", rule_id=rule.id, title=rule.title, claim_id=claim_id,
            denial_id=denial_id, asked_of=" ".join(of.split()), started_on=on,
            author_id=binder.author_id, added_at=binder.now(),
        )  # fmt: skip
        return settle_clock(binder, work, work.clocks.add(clock))


def set_received(
    binder: Binder, clock_id: str, on: date, *, at: str = "", zone: str = ""
) -> StartedClock:
    """Note on which day they got an appeal or a request; the answer is counted anew from it.

    Raises:
        UserError: the clock is not one of theirs, or they cannot have got it on that day.
    """
    with binder.operation("Note the day they got it") as work:
        clock = _running(work, clock_id)
        if clock.kind == "step" or clock.started_on is None:
            raise UserError("This time is your own. Only what you sent to others is got by them.")
        sent = work.sendings.find(clock.sending_id)
        first = sent.sent_on if sent else clock.started_on
        refuse_early_arrival(first, on, binder.today())
        check_clock_time(at, zone)
        changed = replace(clock, received_on=on, started_on=on, at=at, zone=zone)
        if sent:
            work.sendings.save(replace(sent, delivered_on=on))
        return settle_clock(binder, work, work.clocks.save(changed))


def answer_clock(binder: Binder, clock_id: str, on: date) -> Clock:
    """Note that what was asked for came on a day, or that a step of one's own was taken.

    Raises:
        UserError: it waits for the answer to an appeal, which must be recorded itself; or the
            day cannot be right.
    """
    refuse_absurd(on, binder.today(), "answered")
    with binder.operation("Note an answer") as work:
        clock = _running(work, clock_id)
        refuse_unsaid_answer(clock)
        if clock.started_on and on < clock.started_on:
            raise UserError(
                f"It was asked for on {spoken(clock.started_on)}, and the answer is said to have "
                f"come before that, on {spoken(on)}. Check the two days."
            )
        return close_clock(work, clock, answered_on=on)


def waive_clock(binder: Binder, clock_id: str) -> Clock:
    """Stop waiting for an answer; undo brings it back."""
    with binder.operation("Stop waiting for an answer") as work:
        return close_clock(work, _running(work, clock_id), waived_on=binder.today())


def _running(work: UnitOfWork, clock_id: str) -> Clock:
    clock = work.clocks.get(clock_id)
    if not clock.is_running:
        raise UserError("This is settled already. Mark its date as not done first, or undo it.")
    return clock


def refuse_unsaid_answer(clock: Clock | None) -> None:
    """Refuse to settle the wait for the answer to an appeal without saying what it was."""
    if clock and clock.kind == "decision" and clock.denial_id:
        raise UserError(
            "This is the time for the answer to an appeal. Record what they answered: that "
            "opens the next step, or closes the claim."
        )


def stop_waiting(binder: Binder, work: UnitOfWork, denial: Denial) -> None:
    """Stop waiting for the answer to an appeal that is let go."""
    for clock in work.clocks.where(denial_id=denial.id, kind="decision"):
        if clock.is_running:
            close_clock(work, clock, waived_on=binder.today())


def close_clock(
    work: UnitOfWork,
    clock: Clock,
    *,
    answered_on: date | None = None,
    waived_on: date | None = None,
) -> Clock:
    """Settle a clock and its entry within a larger operation."""
    for item in work.due_items.where(clock_id=clock.id):
        if item.is_open:
            work.due_items.save(replace(item, done_on=answered_on, waived_on=waived_on))
    return work.clocks.save(replace(clock, answered_on=answered_on, waived_on=waived_on))


def settle_clock(binder: Binder, work: UnitOfWork, clock: Clock) -> StartedClock:
    """Bring a running clock of theirs and its entry in line with what is known now.

    The entry keeps its id and its doer while its date changes. Where no date may be named, the
    clock runs without one, and its note says why and what to ask.
    """
    stores: dict[str, Repository[Any]] = {
        "claim": work.claims, "plan": work.plans, "denial": work.denials, "sending": work.sendings,
    }  # fmt: skip
    expected = _expected(clock, lambda kind, key: stores[kind].find(key))
    due = expected.due
    rule_id = expected.rule.id if expected.rule else ""
    # A clock with a date has its reasons in its entry; without one they stand in the clock.
    reasons = "" if due.about else joined(due.note, due.ask or "")
    clock = work.clocks.save(replace(clock, rule_id=rule_id or clock.rule_id, note=reasons))
    open_items = [item for item in work.due_items.where(clock_id=clock.id) if item.is_open]
    if expected.rule is None or due.about is None:
        for item in open_items:
            work.due_items.remove(item.id)
        return StartedClock(clock, None, due.ask)
    made = _entry(binder, clock, expected.rule, due, due.about)
    if not open_items:
        return StartedClock(clock, work.due_items.add(made), None)
    old = open_items[0]
    made = replace(
        made, id=old.id, doer_id=old.doer_id, added_at=old.added_at, author_id=old.author_id
    )
    return StartedClock(clock, work.due_items.save(made), None)


def expected_now(binder: Binder, clock: Clock) -> ExpectedAnswer:
    """Return what a clock of theirs leads to by what the binder knows now, for who looks at it."""
    return _expected(clock, lambda kind, key: binder.ask(record, kind, key) if key else None)


def _expected(clock: Clock, find: Callable[[str, str | None], Any | None]) -> ExpectedAnswer:
    """Return what a clock of theirs leads to; `find` gives a record by its kind and id."""
    claim: Claim | None = find("claim", clock.claim_id)
    plan: Plan | None = find("plan", claim.plan_id if claim else None)
    began_on = clock.received_on or clock.started_on
    assert began_on is not None, "a time of theirs begins on a day"
    rule = _rule_of(clock, plan, find("denial", clock.denial_id), began_on)
    if isinstance(rule, CannotSay):
        return ExpectedAnswer(None, AnswerDue(note=rule.sentence, ask=rule.ask))
    began = Began(
        on=began_on,
        is_known=clock.received_on is not None,
        by_mail=_may_be_in_the_mail(find("sending", clock.sending_id), rule),
        at=time.fromisoformat(clock.at) if clock.at else None,
        zone=zone_named(clock.zone) if clock.zone else None,
    )
    return ExpectedAnswer(rule, answer_due(rule, began, clock_book().holidays))


def _may_be_in_the_mail(sending: Sending | None, rule: DecisionClock) -> bool:
    """Say whether days in the mail are to be allowed for.

    Where nobody said how it was sent, it may have been mailed; but nobody mails what is to be
    decided within hours.
    """
    if sending is None:
        return False
    if sending.way == "other":
        return rule.limit.unit is not LimitUnit.HOURS
    return sending.way in _BY_MAIL


def _rule_of(
    clock: Clock, plan: Plan | None, denial: Denial | None, on: date
) -> DecisionClock | CannotSay:
    book = clock_book()
    coverage = coverage_of(plan, denial.kind if denial else "")
    if clock.kind == "request":
        rule = book.request(clock.rule_id)
        fits = not rule.programs or book.programs_of(coverage) & set(rule.programs)
        return rule if fits else _OTHER_PLAN
    return book.decision(
        coverage,
        denial.level if denial else 1,
        care=denial.care if denial else "",
        urgent=denial is not None and denial.fast == "asked",
        on=on,
    )


def _entry(
    binder: Binder, clock: Clock, rule: DecisionClock, due: AnswerDue, about: date
) -> DueItem:
    return DueItem(
        id=new_id(),
        kind="answer",
        title=clock.title,
        claim_id=clock.claim_id,
        denial_id=clock.denial_id,
        clock_id=clock.id,
        last_day=about,
        basis="rule",
        rule_on=about,
        latest_on=due.at_latest,
        rule_id=rule.id,
        source=rule.source,
        verification=rule.verification,
        note=due.note,
        due_at=due.moment,
        zone=clock.zone if due.moment else "",
        author_id=binder.author_id,
        added_at=binder.now(),
    )


def denial_of(work: UnitOfWork, claim_id: str, denial_id: str) -> Denial:
    """Return a denial of a claim.

    Raises:
        UserError: there is none of that id, or it belongs to another claim.
    """
    denial = work.denials.get(denial_id)
    if denial.claim_id != claim_id:
        raise UserError("This denial belongs to another claim. Choose one of this claim.")
    return denial
