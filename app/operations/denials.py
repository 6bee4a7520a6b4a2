"""Denials: what the letter says about time, the day to plan on, and the person's yes to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.binder import Binder
from app.domain.claim import Claim
from app.domain.deadline_rule import DeadlineRule
from app.domain.denial import COUNTS_FROM, LETTER_SAYS, Denial
from app.domain.due_facts import CannotSay, DueFacts
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.domain.plan import Plan
from app.domain.planned_deadline import LetterWindow, PlannedDeadline, planned_deadline
from app.domain.programmes import Coverage
from app.domain.rule_book import RuleBook
from app.domain.window import Unit, Window
from app.operations.ids import new_id
from app.storage.queries.records import record
from app.storage.unit_of_work import UnitOfWork

_TITLES = {1: "Send the appeal", 2: "Send the second appeal"}
_LATER_TITLE = "Ask for the next review"
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
    letter_counts_from: str = "notice"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form shows beside the answer: the day to plan on, the rule, what to ask.

    `rule` is None where the plan is not known well enough, and `why_no_rule` then says why.
    """

    planned: PlannedDeadline
    rule: DeadlineRule | None
    why_no_rule: CannotSay | None

    @property
    def ask(self) -> str | None:
        """The one question that would bring a date, or None if there is one."""
        if self.planned.last_day:
            return None
        return (self.why_no_rule.ask if self.why_no_rule else None) or self.planned.ask


@dataclass(frozen=True, slots=True)
class RecordedDenial:
    """The denial as stored, its dates in the calendar, and the question that is still open."""

    denial: Denial
    items: tuple[DueItem, ...]
    ask: str | None


def propose(binder: Binder, book: RuleBook, claim_id: str, answer: DenialAnswer) -> Proposal:
    """Return what the letter and the rule give for an answer; stores nothing.

    Raises:
        UserError: the claim does not exist, or the answer contradicts itself.
    """
    claim: Claim | None = binder.ask(record, "claim", claim_id)
    if claim is None:
        raise UserError(f"There is no claim “{claim_id}” in this binder.")
    plan = binder.ask(record, "plan", claim.plan_id) if claim.plan_id else None
    return _proposal(book, plan, answer)


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
    denial = Denial(
        id=new_id(), claim_id=claim_id, author_id=binder.author_id, added_at=binder.now()
    )
    work.claims.save(replace(work.claims.get(claim_id), status="denied"))
    denial = work.denials.add(_answered(denial, answer))
    return _with_date(binder, work, book, denial, confirmed=confirmed)


def change_denial(
    binder: Binder, book: RuleBook, denial_id: str, answer: DenialAnswer, *, confirmed: bool
) -> RecordedDenial:
    """Correct a denial; its open date follows."""
    with binder.operation("Change a denial") as work:
        denial = work.denials.save(_answered(work.denials.get(denial_id), answer))
        return _with_date(binder, work, book, denial, confirmed=confirmed)


def do_not_appeal(binder: Binder, denial_id: str) -> Denial:
    """Note that the person lets a denial stand: its open dates leave the calendar."""
    with binder.operation("Do not appeal") as work:
        for item in work.due_items.where(denial_id=denial_id):
            if item.done_on is None:
                work.due_items.remove(item.id)
        denial = work.denials.get(denial_id)
        return work.denials.save(replace(denial, standing="not_appealing"))


def appeal_after_all(binder: Binder, denial_id: str) -> Denial:
    """Take “not appealing” back: the denial stands open and asks for its date again."""
    with binder.operation("Appeal after all") as work:
        return work.denials.save(replace(work.denials.get(denial_id), standing="open"))


def answer_of(denial: Denial) -> DenialAnswer:
    """Return what was entered, for the form to show again."""
    return DenialAnswer(
        document_id=denial.document_id, notice_on=denial.notice_on,
        received_on=denial.received_on, level=denial.level, kind=denial.kind,
        reason=denial.reason, letter_says=denial.letter_says, letter_date=denial.letter_date,
        letter_days=denial.letter_days, letter_counts_from=denial.letter_counts_from,
    )  # fmt: skip


def _answered(denial: Denial, answer: DenialAnswer) -> Denial:
    return replace(
        denial, document_id=answer.document_id, notice_on=answer.notice_on,
        received_on=answer.received_on, level=answer.level, kind=answer.kind,
        reason=answer.reason, letter_says=answer.letter_says, letter_date=answer.letter_date,
        letter_days=answer.letter_days, letter_counts_from=answer.letter_counts_from,
    )  # fmt: skip


def _with_date(
    binder: Binder, work: UnitOfWork, book: RuleBook, denial: Denial, *, confirmed: bool
) -> RecordedDenial:
    """Bring the denial's open entries in the calendar in line with what is known now."""
    _file_letter(work, denial)
    claim = work.claims.get(denial.claim_id)
    proposal = _proposal(book, work.plans.find(claim.plan_id), answer_of(denial))
    entries = work.due_items.where(denial_id=denial.id)
    open_items = [item for item in entries if item.done_on is None]
    planned = _entry(binder, denial, proposal) if confirmed else None
    if planned is None:
        for item in open_items:
            work.due_items.remove(item.id)
        return RecordedDenial(denial, (), proposal.ask or _confirm(proposal))
    if open_items:
        kept = open_items[0]
        planned = replace(planned, id=kept.id, doer_id=kept.doer_id, added_at=kept.added_at)
        return RecordedDenial(denial, (work.due_items.save(planned),), None)
    return RecordedDenial(denial, (work.due_items.add(planned),), None)


def _confirm(proposal: Proposal) -> str | None:
    if proposal.planned.last_day is None:
        return None
    return "Is this the last day? Look at the letter, then confirm it."


def _file_letter(work: UnitOfWork, denial: Denial) -> None:
    if not denial.document_id:
        return
    letter = work.documents.get(denial.document_id)
    work.documents.save(
        replace(
            letter,
            claim_id=letter.claim_id or denial.claim_id,
            kind=letter.kind or "denial",
            dated_on=denial.notice_on or letter.dated_on,
            received_on=denial.received_on or letter.received_on,
        )
    )


def _proposal(book: RuleBook, plan: Plan | None, answer: DenialAnswer) -> Proposal:
    _refuse_contradictions(answer)
    coverage = Coverage(plan.program, plan.funding, plan.state) if plan else Coverage()
    rules = book.rules_for(coverage, answer.level)
    rule = None if isinstance(rules, CannotSay) else rules[0]
    planned = planned_deadline(
        _letter_window(answer),
        rule,
        DueFacts(notice_date=answer.notice_on, received=answer.received_on),
        book.holidays,
    )
    if answer.letter_says == "unknown":
        planned = replace(planned, explanation=(_LOOK_FIRST, *planned.explanation[1:]))
    return Proposal(planned, rule, rules if isinstance(rules, CannotSay) else None)


def _letter_window(answer: DenialAnswer) -> LetterWindow:
    match answer.letter_says:
        case "date":
            return LetterWindow(last_day=answer.letter_date)
        case "days" if answer.letter_days:
            window = Window(answer.letter_days, Unit.CALENDAR_DAYS)
            return LetterWindow(window=window, from_receipt=answer.letter_counts_from == "receipt")
        case _:
            return LetterWindow()


def _refuse_contradictions(answer: DenialAnswer) -> None:
    if answer.letter_says not in LETTER_SAYS or answer.letter_counts_from not in COUNTS_FROM:
        raise UserError("Say what the letter says: a date, a number of days, or nothing.")
    if answer.letter_days is not None and answer.letter_days < 1:
        raise UserError("The number of days in the letter is 1 or more. Please look again.")
    if answer.level < 1:
        raise UserError("The first denial has level 1, the denial of an appeal level 2.")


def _entry(binder: Binder, denial: Denial, proposal: Proposal) -> DueItem | None:
    planned = proposal.planned
    if planned.last_day is None:
        return None
    return DueItem(
        id=new_id(),
        kind="appeal",
        title=_TITLES.get(denial.level, _LATER_TITLE),
        claim_id=denial.claim_id,
        denial_id=denial.id,
        last_day=planned.last_day,
        safe_on=planned.safe_file_by,
        basis=planned.basis or "letter",
        letter_on=planned.letter_day,
        rule_on=planned.rule_day,
        latest_on=planned.latest,
        rule_id=planned.rule_id,
        source=planned.source or "",
        verification=planned.verification or "",
        counts_as_filed=planned.counts_as_filed or "",
        note=" ".join(planned.explanation),
        author_id=binder.author_id,
        added_at=binder.now(),
    )
