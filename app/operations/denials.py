"""Denials: what the letter says about time, the day to plan on, and the person's yes to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from app.binder import Binder
from app.domain.choice import BUFFER_DAYS, buffer_days_of
from app.domain.claim import Claim
from app.domain.denial import CARE, COUNTS_FROM, LETTER_SAYS, LETTER_UNITS, SURE, Denial
from app.domain.denial_dates import DenialDates, denial_dates
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.domain.plan import Plan
from app.domain.rule_book import RuleBook
from app.operations.clocks import settle_answers, stop_waiting
from app.operations.day_checks import refuse_absurd, refuse_wrong_year
from app.operations.denial_items import due_items_of, settle_items
from app.operations.ids import new_id
from app.storage.queries.records import record
from app.storage.unit_of_work import UnitOfWork

CONFIRM_THE_DAY = "Is this the last day? Look at the letter, then confirm it."
_LOOK_FIRST = "Look in the letter first: if it names an earlier day, that day counts."


@dataclass(frozen=True, kw_only=True, slots=True)
class DenialAnswer:
    """What a person enters about a denial; the form's fields, nothing computed."""

    document_id: str | None = None
    notice_on: date | None = None
    received_on: date | None = None
    level: int = 1
    kind: str = ""
    reason: str = ""
    letter_says: str = "unknown"
    letter_date: date | None = None
    letter_days: int | None = None
    letter_unit: str = "calendar_days"
    letter_counts_from: str = "notice"
    action_on: date | None = None
    urgent: str = ""
    continuing: str = ""
    care: str = ""
    peer_by: date | None = None
    keep_by: date | None = None


@dataclass(frozen=True, slots=True)
class RecordedDenial:
    """The denial as stored, its dates in the calendar, and the question that is still open."""

    denial: Denial
    items: tuple[DueItem, ...]
    ask: str | None


def propose(binder: Binder, book: RuleBook, claim_id: str, answer: DenialAnswer) -> DenialDates:
    """Return what the letter and the rules give for an answer; stores nothing.

    Raises:
        UserError: the claim does not exist, or the answer contradicts itself.
    """
    claim: Claim | None = binder.ask(record, "claim", claim_id)
    if claim is None:
        raise UserError(f"There is no claim “{claim_id}” in this binder.")
    plan = binder.ask(record, "plan", claim.plan_id) if claim.plan_id else None
    buffer_days = buffer_days_of(binder.ask(record, "choice", BUFFER_DAYS))
    denial = _answered(Denial(id="", claim_id=claim_id, added_at=binder.now()), answer)
    return _dates(denial, plan, claim, book, today=binder.today(), buffer_days=buffer_days)


def record_denial(
    binder: Binder, book: RuleBook, claim_id: str, answer: DenialAnswer, *, confirmed: bool
) -> RecordedDenial:
    """Record that they said no, file its letter, and put the date into the calendar.

    The date becomes an entry only if the person has `confirmed` it; until then the denial stands
    first on Today.

    Raises:
        UserError: the claim or the letter does not exist, or the answer contradicts itself.
    """
    with binder.operation("Record a denial") as work:
        return add_denial(binder, work, book, claim_id, answer, confirmed=confirmed)


def add_denial(
    binder: Binder,
    work: UnitOfWork,
    book: RuleBook,
    claim_id: str,
    answer: DenialAnswer,
    *,
    confirmed: bool,
) -> RecordedDenial:
    """Do what `record_denial` does within a larger operation."""
    refuse_wrong_days(answer, binder.today())
    denial = Denial(
        id=new_id(), claim_id=claim_id, author_id=binder.author_id, added_at=binder.now()
    )
    work.claims.save(replace(work.claims.get(claim_id), status="denied"))
    denial = work.denials.add(_answered(denial, answer))
    return _with_date(binder, work, book, denial, confirmed=confirmed)


def change_denial(
    binder: Binder, book: RuleBook, denial_id: str, answer: DenialAnswer, *, confirmed: bool
) -> RecordedDenial:
    """Correct a denial; its open dates follow, and those of the answer to its appeal."""
    refuse_wrong_days(answer, binder.today())
    with binder.operation("Change a denial") as work:
        denial = work.denials.save(_answered(work.denials.get(denial_id), answer))
        settle_answers(binder, work, denial)
        return _with_date(binder, work, book, denial, confirmed=confirmed)


def refuse_wrong_days(answer: DenialAnswer, today: date) -> None:
    """Refuse last days beside the appeal's own that no letter can mean.

    Such a day would stand in the calendar where nobody looks; the appeal's own day becomes a
    question instead.

    Raises:
        UserError: with the day, and what to look for.
    """
    for day, what in (
        (answer.keep_by, "to ask that the care goes on"),
        (answer.peer_by, "for a call between doctors"),
    ):
        if day:
            refuse_wrong_year(day, answer.notice_on, today, what)


def do_not_appeal(binder: Binder, denial_id: str) -> Denial:
    """Note that the person lets a denial stand: its open dates leave the calendar."""
    with binder.operation("Do not appeal") as work:
        denial = work.denials.get(denial_id)
        stop_waiting(binder, work, denial)
        for item in work.due_items.where(denial_id=denial_id, clock_id=None):
            if item.is_open:
                work.due_items.remove(item.id)
        return work.denials.save(replace(denial, standing="not_appealing"))


def appeal_after_all(binder: Binder, denial_id: str) -> Denial:
    """Take “not appealing” back: the denial stands open and asks for its date again."""
    with binder.operation("Appeal after all") as work:
        return work.denials.save(replace(work.denials.get(denial_id), standing="open"))


def note_fast_appeal(
    binder: Binder, denial_id: str, *, asked_on: date | None, needed: bool = True
) -> Denial:
    """Note that a fast appeal was asked for on a day, or that none is needed.

    Raises:
        UserError: neither is said, or the day cannot be right.
    """
    with binder.operation("Fast appeal") as work:
        denial = work.denials.get(denial_id)
        fast = _asked(binder, asked_on, needed=needed)
        denial = work.denials.save(replace(denial, fast=fast, fast_on=asked_on))
        settle_answers(binder, work, denial)
        return denial


def note_kept_care(
    binder: Binder, denial_id: str, *, asked_on: date | None, needed: bool = True
) -> Denial:
    """Note that keeping the care was asked for on a day, or is not needed; its dates go.

    Raises:
        UserError: neither is said, or the day cannot be right.
    """
    with binder.operation("Keep the care going") as work:
        keep = _asked(binder, asked_on, needed=needed)
        for item in work.due_items.where(denial_id=denial_id, kind="keep_benefits"):
            if item.is_open and asked_on:
                work.due_items.save(replace(item, done_on=asked_on))
            elif item.is_open:
                work.due_items.save(replace(item, waived_on=binder.today()))
        denial = work.denials.get(denial_id)
        return work.denials.save(replace(denial, keep=keep, keep_on=asked_on))


def _asked(binder: Binder, asked_on: date | None, *, needed: bool) -> str:
    if needed and asked_on is None:
        raise UserError("Say on which day it was asked for, or that it is not needed.")
    if asked_on:
        refuse_absurd(asked_on, binder.today(), "asked for")
    return "asked" if needed else "not_needed"


def answer_of(denial: Denial) -> DenialAnswer:
    """Return what was entered, for the form to show again."""
    return DenialAnswer(**{item.name: getattr(denial, item.name) for item in fields(DenialAnswer)})


def _answered(denial: Denial, answer: DenialAnswer) -> Denial:
    return replace(
        denial, **{item.name: getattr(answer, item.name) for item in fields(DenialAnswer)}
    )


def dates_within(binder: Binder, work: UnitOfWork, book: RuleBook, denial: Denial) -> DenialDates:
    """Return what a denial gives now, as a larger operation sees the binder.

    Raises:
        UserError: the denial contradicts itself.
    """
    claim = work.claims.get(denial.claim_id)
    buffer_days = buffer_days_of(work.choices.find(BUFFER_DAYS))
    plan = work.plans.find(claim.plan_id)
    return _dates(denial, plan, claim, book, today=binder.today(), buffer_days=buffer_days)


def _dates(
    denial: Denial,
    plan: Plan | None,
    claim: Claim,
    book: RuleBook,
    *,
    today: date,
    buffer_days: int,
) -> DenialDates:
    _refuse_contradictions(denial)
    dates = denial_dates(denial, plan, claim.service_on, book, today=today, buffer_days=buffer_days)
    if denial.letter_says == "unknown":
        told = (_LOOK_FIRST, *dates.appeal.explanation[1:])
        return replace(dates, appeal=replace(dates.appeal, explanation=told))
    return dates


def _with_date(
    binder: Binder, work: UnitOfWork, book: RuleBook, denial: Denial, *, confirmed: bool
) -> RecordedDenial:
    """Bring the denial's open entries in the calendar in line with what is known now."""
    if denial.document_id:
        file_letter(
            work,
            denial.document_id,
            denial.claim_id,
            "denial",
            denial.notice_on,
            denial.received_on,
        )
    dates = dates_within(binder, work, book, denial)
    wanted = due_items_of(denial, dates) if confirmed else ()
    kept = settle_items(binder, work, denial, wanted)
    return RecordedDenial(denial, kept, _still_open(denial, kept, dates))


def _still_open(denial: Denial, kept: Sequence[DueItem], dates: DenialDates) -> str | None:
    """Return the question that would bring a date, or settle what cannot be right beside one."""
    if denial.standing != "open":
        return None
    if any(item.kind == "appeal" for item in kept):
        return dates.appeal.ask
    return dates.ask or CONFIRM_THE_DAY


def file_letter(
    work: UnitOfWork,
    document_id: str,
    claim_id: str,
    kind: str,
    dated_on: date | None,
    received_on: date | None,
) -> None:
    """File the letter of a denial or an answer: what it is filed as stays, dates are the newer."""
    letter = work.documents.get(document_id)
    work.documents.save(
        replace(
            letter,
            claim_id=letter.claim_id or claim_id,
            kind=letter.kind or kind,
            dated_on=dated_on or letter.dated_on,
            received_on=received_on or letter.received_on,
        )
    )


def _refuse_contradictions(denial: Denial) -> None:
    if denial.letter_says not in LETTER_SAYS or denial.letter_counts_from not in COUNTS_FROM:
        raise UserError("Say what the letter says: a date, a number of days, or nothing.")
    if denial.letter_unit not in LETTER_UNITS:
        raise UserError("Say what the letter's number counts: days, business days or months.")
    if denial.letter_days is not None and denial.letter_days < 1:
        raise UserError("The number of days in the letter is 1 or more. Please look again.")
    if denial.level < 1:
        raise UserError("The first denial has level 1, the denial of an appeal level 2.")
    if not {denial.urgent, denial.continuing} <= set(SURE) or denial.care not in CARE:
        raise UserError("Say yes, no, or that you are not sure.")
