"""All that is to be done: what has no date first, then what is due, the soonest first.

Today, the calendar, the printed sheet and the headless list show the same agenda, so that
nothing can stand in one and be missing in another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.binder import Binder
from app.domain.denial import Denial
from app.domain.denial_dates import DenialDates, coverage_of, denial_dates
from app.domain.plan import Plan
from app.domain.rule_book import RuleBook
from app.domain.undated import UNDATED_KINDS, Undated
from app.domain.urgent_care import UrgentAdvice
from app.domain.window import Unit
from app.operations.denials import CONFIRM_THE_DAY, DenialAnswer
from app.storage.queries.dates import (
    DueRow,
    OpenDenial,
    WaitingClock,
    due_rows,
    open_denials,
    rules_with_items,
    undated_clocks,
)

NEEDS_A_DATE: Final = "This denial needs a date"
_FORWARDED: Final = "They send the case on themselves"
_KEEP: Final = (
    "If this care is running now, ask today that it goes on during the appeal. The time for it is "
    "much shorter than the time to appeal."
)
_CLOCK_KINDS: Final = {"decision": "answer", "request": "request", "step": "step"}
_CLOCK_SENTENCES: Final = {
    "answer": "No law known here names the day of their answer: ask {whom} when it will come.",
    "request": "No day is set for their answer: ask {whom} where it is.",
    "step": "No date is known for this step: look in the letter, or call {whom} today.",
}


@dataclass(frozen=True, slots=True)
class Agenda:
    """What stands without a date, in the order of `UNDATED_KINDS`, and the dated entries."""

    undated: tuple[Undated, ...]
    due: tuple[DueRow, ...]


def agenda(binder: Binder, book: RuleBook, today: date, *, include_settled: bool = False) -> Agenda:
    """Return all that is to be done; with `include_settled` also what was done or waived.

    Every open denial of a claim that is not in the trash has an entry: a dated one for its
    appeal, or an undated one.
    """
    found = [
        entry for row in binder.ask(open_denials) for entry in _of_denial(binder, book, row, today)
    ]
    found += [_of_clock(row) for row in binder.ask(undated_clocks)]
    order = {kind: place for place, kind in enumerate(UNDATED_KINDS)}
    found.sort(key=lambda entry: order[entry.kind])  # a stable sort: the oldest letters stay first
    return Agenda(tuple(found), binder.ask(due_rows, include_done=include_settled))


def _of_denial(binder: Binder, book: RuleBook, row: OpenDenial, today: date) -> Iterator[Undated]:
    dates = denial_dates(row.denial, row.plan, row.service_on, book, today=today)
    if row.denial.needs_fast_appeal:
        yield from _fast_appeals(book, row)
    if not row.denial.keep:
        known = binder.ask(rules_with_items, row.denial.id)
        yield from (
            _about(
                row,
                kind="keep_benefits",
                title=side.rule.title,
                sentence=_KEEP,
                how=(side.rule.note,) if side.rule.note else (),
                ask=side.planned.ask,
                source=side.rule.source,
                verification=side.rule.verification,
            )
            for side in dates.sides
            if side.kind == "keep_benefits" and side.rule and side.rule.id not in known
        )
    if not row.is_dated:
        yield _without_date(row, dates)


def fast_appeal_advice(
    book: RuleBook, plan: Plan | None, denial: Denial | DenialAnswer
) -> tuple[UrgentAdvice, ...]:
    """Return how to ask for a fast appeal against a denial that is kept, or is being entered."""
    is_running = denial.continuing in {"yes", "unsure"} or denial.care == "infused_drug"
    return book.urgent_advice(
        coverage_of(plan, denial.kind), denial.level, continuing=is_running, on=denial.notice_on
    )


def _fast_appeals(book: RuleBook, row: OpenDenial) -> Iterator[Undated]:
    for advice in fast_appeal_advice(book, row.plan, row.denial):
        told = (advice.doctor, advice.together, advice.clock, advice.note)
        yield _about(
            row,
            kind="fast_appeal",
            title=advice.title,
            sentence=advice.how,
            how=tuple(line for line in told if line),
            source=advice.source,
            verification=advice.verification or "",
        )


def _without_date(row: OpenDenial, dates: DenialDates) -> Undated:
    is_forwarded = dates.rule is not None and dates.rule.window.unit is Unit.AUTOMATIC
    whom = _whom(row.plan.insurer if row.plan else "", row.plan.phone if row.plan else "")
    if is_forwarded and dates.rule:
        return _about(
            row,
            kind="denial",
            title=_FORWARDED,
            sentence=f"{dates.rule.note} Call {whom} and ask on what day they sent it on.",
            ask=dates.rule.ask,
            source=dates.rule.source,
            verification=dates.rule.verification,
        )
    return _about(
        row,
        kind="denial",
        title=NEEDS_A_DATE,
        sentence=f"Date not known: look in the letter, or call {whom} today.",
        ask=dates.ask or CONFIRM_THE_DAY,
    )


def _about(row: OpenDenial, **known: Any) -> Undated:
    """Return an entry for a denial, with all that is said of its claim and plan."""
    denial, plan = row.denial, row.plan
    return Undated(
        claim_id=denial.claim_id,
        claim=row.claim,
        patient=row.patient,
        insurer=plan.insurer if plan else "",
        phone=plan.phone if plan else "",
        denial_id=denial.id,
        document_id=denial.document_id,
        level=denial.level,
        since=denial.notice_on,
        **known,
    )


def _of_clock(row: WaitingClock) -> Undated:
    clock = row.clock
    kind = _CLOCK_KINDS[clock.kind]
    whom = clock.asked_of or _whom(row.insurer or "", row.phone or "")
    return Undated(
        kind=kind,
        title=clock.title,
        sentence=_CLOCK_SENTENCES[kind].format(whom=whom),
        how=(clock.note,) if clock.note else (),
        claim_id=clock.claim_id,
        claim=row.claim,
        patient=row.patient,
        insurer=row.insurer or "",
        phone=row.phone or "",
        denial_id=clock.denial_id,
        clock_id=clock.id,
        document_id=clock.document_id,
        since=clock.started_on or clock.notice_on,
    )


def _whom(insurer: str, phone: str) -> str:
    whom = insurer or "the plan"
    return f"{whom} at {phone}" if phone else whom
