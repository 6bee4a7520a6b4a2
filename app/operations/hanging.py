"""What hangs on a plan or a claim: the open deadlines that were counted with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final, TypeVar

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.claim import Claim
from app.domain.denial import Denial
from app.domain.denial_dates import DenialDates
from app.domain.due_item import DueItem
from app.domain.plan import Plan
from app.domain.recount import (
    LOOK_THEN_CONFIRM,
    RULE_IS_NOT_THEIRS,
    Recounted,
    Subject,
    claim_reason,
    plan_reason,
    recounted,
    staying,
)
from app.domain.rule_book import RuleBook
from app.operations.denial_items import WantedItem, due_items_of, settle_items, slot_of
from app.operations.denials import dates_within
from app.operations.recounted_answers import recount_answers
from app.operations.steps import keep_entry, letter_day_of, planned_step, rule_holds
from app.storage.unit_of_work import UnitOfWork

T = TypeVar("T")

_NO_LONGER: Final = "this step is not known for what was corrected. Does the letter name a day?"


class _TakenBack(Exception):  # noqa: N818 - no error: the rehearsal is over
    """Ends a rehearsal, so that its transaction is rolled back."""


def rehearsed(binder: Binder, change: Callable[[UnitOfWork], T]) -> T:
    """Return what a change would do: it is made and taken back before it is committed.

    What a person is shown is thus exactly what happens when they accept it.
    """
    said: list[T] = []
    with suppress(_TakenBack), binder.operation("Rehearsal") as work:
        said.append(change(work))
        raise _TakenBack
    return said[0]


def recount_plan(
    binder: Binder, work: UnitOfWork, book: RuleBook, before: Plan, after: Plan
) -> tuple[Recounted, ...]:
    """Count again what hangs on a plan that was just corrected, and return what became of it."""
    reason = plan_reason(before, after)
    if not reason:
        return ()
    rows: list[Recounted] = []
    for claim in work.claims.where(plan_id=after.id):
        rows += _recount_denials(binder, work, book, claim, reason)
        rows += _recount_steps(binder, work, book, claim, (before, after), reason)
        rows += recount_answers(binder, work, claim, reason)
    return tuple(rows)


def recount_claim(
    binder: Binder, work: UnitOfWork, book: RuleBook, before: Claim, after: Claim
) -> tuple[Recounted, ...]:
    """Count again what hangs on a claim that was just corrected, and return what became of it."""
    plans = work.plans.find(before.plan_id), work.plans.find(after.plan_id)
    reason = claim_reason(before, after, plans[1])
    if not reason:
        return ()
    return (
        *_recount_denials(binder, work, book, after, reason),
        *_recount_steps(binder, work, book, after, plans, reason),
        *recount_answers(binder, work, after, reason),
    )


def _recount_denials(
    binder: Binder, work: UnitOfWork, book: RuleBook, claim: Claim, reason: str
) -> Iterable[Recounted]:
    for denial in work.denials.where(claim_id=claim.id):
        before = open_entries(work, denial)
        if denial.standing != "open" and not before:
            continue
        dates = dates_within(binder, work, book, denial)
        wanted = due_items_of(denial, dates)
        entries = {slot_of(item): item for item in _adopted(work, before, wanted)}
        kept = settle_items(binder, work, denial, _following(entries, wanted))
        yield from denial_rows(claim, denial, before, kept, reason, dates)


def open_entries(work: UnitOfWork, denial: Denial) -> tuple[DueItem, ...]:
    """Return the open entries of a denial's own dates, the soonest first."""
    items = work.due_items.where(denial_id=denial.id, clock_id=None)
    return tuple(
        sorted((item for item in items if item.is_open), key=lambda item: (item.last_day, item.id))
    )


def _adopted(
    work: UnitOfWork, before: Sequence[DueItem], wanted: Sequence[WantedItem]
) -> Iterator[DueItem]:
    """Return the entries, one about keeping the care under the rule that now takes its place.

    Entries beside the appeal are told apart by their rules. Where another rule is in the place of
    the one it was counted from, the entry is still the same to the person, and to the calendar
    on their phone.
    """
    slots = [each.slot for each in wanted]
    taken = {slot_of(item) for item in before}
    free = [slot for slot in slots if slot[0] == "keep_benefits" and slot not in taken]
    for item in before:
        if item.kind == "keep_benefits" and slot_of(item) not in slots and free:
            yield work.due_items.save(replace(item, rule_id=free.pop(0)[1]))
        else:
            yield item


def _following(
    entries: Mapping[tuple[str, str | None], DueItem], wanted: Iterable[WantedItem]
) -> tuple[WantedItem, ...]:
    """Return the entries that a denial should have after a recount; the letter's day stays.

    A denial whose day nobody has confirmed gets none by a recount: what it has follows, and
    nothing is added.
    """
    is_confirmed = any(kind == "appeal" for kind, _ in entries)
    return tuple(
        replace(each, planned=staying(entries.get(each.slot), each.planned))
        for each in wanted
        if is_confirmed or each.slot in entries
    )


def denial_rows(
    claim: Claim,
    denial: Denial,
    before: Sequence[DueItem],
    after: Sequence[DueItem],
    reason: str,
    dates: DenialDates,
) -> Iterator[Recounted]:
    """Return a line for each entry of a denial that was there or is there now.

    A denial that stays without a date has a line too, with what it lacks.
    """
    now = {item.id: item for item in after}
    about = Subject(claim=claim.title, denial_id=denial.id)
    for item in before:
        ask = dates.ask if item.kind == "appeal" else _NO_LONGER
        yield recounted(replace(about, ask=ask), item, now.pop(item.id, None), reason)
    for item in now.values():
        yield recounted(about, None, item, reason)
    if denial.standing == "open" and not any(item.kind == "appeal" for item in (*before, *after)):
        day = dates.appeal.last_day
        ask = LOOK_THEN_CONFIRM.format(spoken(day)) if day else dates.ask
        yield recounted(replace(about, title="Send the appeal", ask=ask), None, None, reason)


def _recount_steps(
    binder: Binder,
    work: UnitOfWork,
    book: RuleBook,
    claim: Claim,
    plans: tuple[Plan | None, Plan | None],
    reason: str,
) -> Iterator[Recounted]:
    """Count the running steps of a claim again, under the plan before and the plan after.

    A step that the person started by naming its rule keeps it, unless the rule held for the plan
    as it was known and does not for the corrected one: then only a letter's own day stays.
    """
    for clock in work.clocks.where(claim_id=claim.id, kind="step"):
        rule = book.rules.get(clock.rule_id)
        if rule is None or not clock.is_running:
            continue
        held, holds = (rule_holds(book, rule, plan) for plan in plans)
        before = next(iter(work.due_items.where(clock_id=clock.id)), None)
        letter = letter_day_of(work, clock)
        by_rule = holds or not (held or before is None)
        planned = planned_step(binder, work, book, clock, letter, by_rule=by_rule)
        after = keep_entry(binder, work, clock, planned)
        ask = planned.ask if by_rule else RULE_IS_NOT_THEIRS
        about = Subject(claim=claim.title, clock_id=clock.id, title=clock.title, ask=ask)
        if before or after:
            yield recounted(about, before, after, reason)
