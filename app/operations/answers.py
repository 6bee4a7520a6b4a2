"""The answer to an appeal: it closes what was waited for, and opens the next step or ends well."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.denial import OUTCOMES, Denial
from app.domain.denial_dates import coverage_of
from app.domain.errors import UserError
from app.domain.programmes import Coverage
from app.domain.rule_book import RuleBook
from app.operations.clocks import close_clock
from app.operations.day_checks import refuse_absurd
from app.operations.denials import DenialAnswer, RecordedDenial, add_denial, file_letter
from app.operations.rules import clock_book
from app.operations.true_up import settle_true_ups
from app.storage.unit_of_work import UnitOfWork

_IS_FINAL = (
    "Does the letter say that this is the plan's final decision? If it does, the next step is the "
    "outside (external) review, with a time of its own."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class AppealAnswer:
    """What a person enters about the answer to an appeal.

    `on` is the date on the answer, `received_on` the day it arrived. `is_final` says whether it is
    the plan's final decision; None is “not known”. The other fields are what the letter says about
    the next step, as in `DenialAnswer`.
    """

    outcome: str
    on: date
    received_on: date | None = None
    document_id: str | None = None
    is_final: bool | None = None
    reason: str = ""
    letter_says: str = "unknown"
    letter_date: date | None = None
    letter_days: int | None = None
    letter_unit: str = "calendar_days"
    letter_counts_from: str = "notice"
    action_on: date | None = None


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """The denial with its answer, the next denial if they said no again, and what to ask."""

    denial: Denial
    follows: RecordedDenial | None
    ask: str | None


def record_answer(
    binder: Binder, book: RuleBook, denial_id: str, answer: AppealAnswer, *, confirmed: bool = True
) -> RecordedAnswer:
    """Record what came of an appeal, in one step.

    The answer closes the times that ran for it and what was open about the denial. Upheld, or
    only partly granted, it opens the next level: a denial of its own, with its own dates, that
    names the one before; its dates become entries only if they are `confirmed`. Overturned, it
    wins the claim, unless another denial of the claim still stands.

    Raises:
        UserError: the denial does not exist or has its answer, or the answer contradicts itself.
    """
    if answer.outcome not in OUTCOMES[1:]:
        raise UserError(
            f"“{answer.outcome}” is no outcome. Choose one of {', '.join(OUTCOMES[1:])}."
        )
    refuse_absurd(answer.on, binder.today(), "answered")
    with binder.operation("Record the answer to an appeal") as work:
        denial = work.denials.get(denial_id)
        _refuse_contradictions(work, denial, answer, binder.today())
        closed = _closed(work, denial, answer, binder.today())
        if answer.outcome not in {"upheld", "partly"}:
            if answer.document_id:
                file_letter(
                    work, answer.document_id, closed.claim_id, "appeal_decision", answer.on,
                    answer.received_on,
                )  # fmt: skip
            _move_claim(work, closed)
            settle_true_ups(binder, work)
            return RecordedAnswer(closed, None, None)
        plan = work.plans.find(work.claims.get(closed.claim_id).plan_id)
        coverage = coverage_of(plan, closed.kind)
        level, ask = next_level(book, coverage, closed.level, is_final=answer.is_final)
        asked = _asked_next(closed, answer, level)
        made = add_denial(binder, work, book, closed.claim_id, asked, confirmed=confirmed)
        follows = replace(made, denial=replace(made.denial, follows_id=closed.id))
        work.denials.save(follows.denial)
        settle_true_ups(binder, work)
        return RecordedAnswer(closed, follows, ask or follows.ask)


def _refuse_contradictions(
    work: UnitOfWork, denial: Denial, answer: AppealAnswer, today: date
) -> None:
    if denial.standing == "answered":
        raise UserError(
            "The answer to this appeal is recorded already. Undo it first, or choose the newer "
            "denial of the claim."
        )
    sent = [sending.sent_on for sending in work.sendings.where(denial_id=denial.id)]
    for day, what in (
        (denial.notice_on, "the denial is dated"),
        (min(sent, default=None), "the appeal was sent on"),
    ):
        if day and answer.on < day:
            raise UserError(
                f"The answer is dated {spoken(answer.on)}, but {what} {spoken(day)}. "
                "Check the two days."
            )
    if answer.received_on and not answer.on <= answer.received_on <= today:
        raise UserError(
            f"The answer is dated {spoken(answer.on)} and is said to have arrived on "
            f"{spoken(answer.received_on)}. Check the two days."
        )


def _closed(work: UnitOfWork, denial: Denial, answer: AppealAnswer, today: date) -> Denial:
    """Close what ran for the answer, and what was still open about the denial."""
    for clock in work.clocks.where(denial_id=denial.id, kind="decision"):
        if clock.is_running and answer.outcome == "withdrawn":
            close_clock(work, clock, waived_on=answer.on)
        elif clock.is_running:
            close_clock(work, clock, answered_on=answer.on)
    for item in work.due_items.where(denial_id=denial.id, clock_id=None):
        if item.is_open:
            work.due_items.save(replace(item, waived_on=today))
    return work.denials.save(
        replace(denial, standing="answered", outcome=answer.outcome, answered_on=answer.on)
    )


def next_level(
    book: RuleBook, coverage: Coverage, level: int, *, is_final: bool | None
) -> tuple[int, str | None]:
    """Return the level after a “no” to an appeal, and what to ask where the letter decides it.

    A final decision goes straight to the review from outside, where the kind of plan has one. That
    review is held once: its own no leads past every level that it answers. `is_final` None is
    “not known”.
    """
    next_one = level + 1
    while book.programmes.is_same_review(coverage, level, next_one):
        next_one += 1
    review = clock_book().review_level(coverage, level)
    if review is None or review <= next_one or is_final is False:
        return next_one, None
    return (review, None) if is_final else (next_one, _IS_FINAL)


def _asked_next(denial: Denial, answer: AppealAnswer, level: int) -> DenialAnswer:
    return DenialAnswer(
        document_id=answer.document_id, notice_on=answer.on, received_on=answer.received_on,
        level=level, kind=denial.kind, reason=answer.reason, letter_says=answer.letter_says,
        letter_date=answer.letter_date, letter_days=answer.letter_days,
        letter_unit=answer.letter_unit, letter_counts_from=answer.letter_counts_from,
        action_on=answer.action_on, urgent=denial.urgent, continuing=denial.continuing,
        care=denial.care,
    )  # fmt: skip


def _move_claim(work: UnitOfWork, denial: Denial) -> None:
    """Say where the claim stands now that this denial is settled."""
    standings = {other.standing for other in work.denials.where(claim_id=denial.claim_id)}
    if "open" in standings:
        status = "denied"
    elif "appealed" in standings:
        status = "appealed"
    else:
        status = "won" if denial.outcome == "overturned" else "denied"
    work.claims.save(replace(work.claims.get(denial.claim_id), status=status))
