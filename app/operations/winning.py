"""They said yes: what to do now, until the money is back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from app.binder import Binder
from app.domain.authorization import Authorization
from app.domain.calendar_days import spoken
from app.domain.claim import Claim
from app.domain.denial import Denial
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.domain.money import Money
from app.domain.plan import Plan
from app.operations.day_checks import refuse_absurd, sensible
from app.operations.ids import new_id
from app.operations.papers import wanted
from app.storage.queries.clocks import claim_denials
from app.storage.queries.money import ExpenseRow, expense_rows
from app.storage.queries.records import claim_records, record

WON: Final = frozenset({"overturned", "partly"})
"""Outcomes after which something is owed."""

ASKABLE: Final = {
    "reprocess": "Process the claim again",
    "refund": "Money back",
}
"""What a won appeal still owes, each with the beginning of its entry in the calendar."""

ASK_AGAIN_AFTER: Final = timedelta(days=30)
"""A suggestion for when to ask again, no legal time: the person chooses the day."""

_UNTIL_BACK: Final = "It stays here until it is done. Ask again on this day."
_NOT_KNOWN: Final = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedBack:
    """Something that was asked for after a win: `what` is one of `ASKABLE`.

    `by` is the person's own day to ask again; `of` is the insurer unless somebody else was asked.
    """

    what: str
    on: date
    by: date
    of: str = ""
    amount: Money | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that was asked for beside what was approved; `is_less` None is “cannot be said”."""

    what: str
    asked: str
    approved: str
    is_less: bool | None


@dataclass(frozen=True, slots=True)
class Paid:
    """An expense of the claim; `while_fighting` says whether it was paid between “no” and “yes”."""

    expense: ExpenseRow
    while_fighting: bool


@dataclass(frozen=True, slots=True)
class WhatNow:
    """All that is to be looked at after a yes.

    `approval` is the authorization that was recorded from it. `total` is what was paid for the
    claim, `fought` the part of it between the first “no” and the answer. `owed` are the entries
    for what was asked back, those still open first; `letters` are the kinds of letters that the
    claim has. `ask_again_on` is a suggestion for the next one.
    """

    denial: Denial
    claim: Claim
    owes: str
    approval: Authorization | None
    compared: tuple[Compared, ...]
    paid: tuple[Paid, ...]
    total: Money
    fought: Money
    owed: tuple[DueItem, ...]
    letters: tuple[str, ...]
    ask_again_on: date

    @property
    def renew_by(self) -> date | None:
        """The day to ask for the next approval, or None where there is none yet."""
        return self.approval.renew_by if self.approval else None


def what_now(binder: Binder, denial_id: str) -> WhatNow:
    """Return what is to be done after an appeal that was won, wholly or in part.

    Raises:
        UserError: there is no such denial, or its appeal was not won.
    """
    denial: Denial = wanted(binder, "denial", denial_id)
    if denial.outcome not in WON:
        raise UserError(
            "This appeal is not won yet. Record what they answered first.",
            ask="What did they answer, and on which day?",
        )
    claim: Claim = wanted(binder, "claim", denial.claim_id)
    plan: Plan | None = binder.ask(record, "plan", claim.plan_id or "")
    approval = _approval(binder, denial)
    first = _first_no(binder, denial)
    paid = tuple(_paid(binder, denial, first))
    return WhatNow(
        denial,
        claim,
        " ".join((plan.insurer or plan.name).split()) if plan else "",
        approval,
        tuple(_compared(claim, denial, approval)),
        paid,
        _sum(paid),
        _sum(each for each in paid if each.while_fighting),
        _owed(binder, denial),
        tuple(sorted({letter.kind for letter in binder.ask(claim_records, "letter", claim.id)})),
        binder.today() + ASK_AGAIN_AFTER,
    )


def ask_back(binder: Binder, denial_id: str, *asked: AskedBack) -> tuple[DueItem, ...]:
    """Note what was asked for after a win, in one step.

    Each stands in the calendar on the person's own day to ask again, until it is done.

    Raises:
        UserError: the appeal was not won, or a day or an amount cannot be right.
    """
    won = what_now(binder, denial_id)
    items = [_entry(binder, won, each) for each in asked]
    with binder.operation("Ask for what they owe") as work:
        return tuple(work.due_items.add(item) for item in items)


def _entry(binder: Binder, won: WhatNow, asked: AskedBack) -> DueItem:
    if asked.what not in ASKABLE:
        raise UserError(f"“{asked.what}” is none of these: {', '.join(ASKABLE)}.")
    refuse_absurd(asked.on, binder.today(), "asked for")
    if asked.by < asked.on:
        raise UserError(
            f"The day to ask again, {spoken(asked.by)}, is before the day you asked, "
            f"{spoken(asked.on)}."
        )
    if asked.amount is not None and asked.amount.cents <= 0:
        raise UserError("Enter the amount that you asked back, as 125.00.")
    what = ASKABLE[asked.what]
    title = what if asked.amount is None else f"{what}: {asked.amount}"
    whom = " ".join(asked.of.split()) or won.owes
    said = [f"Asked for on {spoken(asked.on)}.", _UNTIL_BACK, asked.note.strip()]
    return DueItem(
        id=new_id(), kind="settlement", title=f"{title}, asked of {whom}" if whom else title,
        claim_id=won.claim.id, denial_id=won.denial.id, last_day=sensible(asked.by),
        note=" ".join(filter(None, said)), author_id=binder.author_id, added_at=binder.now(),
    )  # fmt: skip


def note_settled(binder: Binder, due_id: str, on: date, *, amount: Money | None = None) -> DueItem:
    """Note on which day something that was owed was done: the money came, the claim was paid.

    Raises:
        UserError: it is another kind of date, it is settled already, or the day has not come.
    """
    refuse_absurd(on, binder.today(), "done")
    with binder.operation("Note what came back") as work:
        item = work.due_items.get(due_id)
        if item.kind != "settlement":
            raise UserError("This is no date for something that is owed after a win.")
        if not item.is_open:
            raise UserError("This is settled already. Mark it as not done first.")
        came = f"{amount} came on {spoken(on)}." if amount else f"Done on {spoken(on)}."
        note = f"{item.note.replace(_UNTIL_BACK, '').strip()} {came}".strip()
        return work.due_items.save(replace(item, done_on=on, note=" ".join(note.split())))


def _approval(binder: Binder, denial: Denial) -> Authorization | None:
    """Return the approval that was recorded from the answer, or the newest of the claim."""
    every: tuple[Authorization, ...] = binder.ask(claim_records, "authorization", denial.claim_id)
    granted = [each for each in every if each.status in {"approved", "partly", "ended"}]
    granted.sort(key=lambda each: (each.denial_id == denial.id, each.answered_on or date.min))
    return granted[-1] if granted else None


def _compared(claim: Claim, denial: Denial, approval: Authorization | None) -> Iterator[Compared]:
    """Yield what was asked for beside what was approved, where either is known."""
    got = approval or Authorization(id="", added_at=claim.added_at)
    unit = got.unit or claim.asks_unit
    asked, units = claim.asks_units or got.asked_units, got.units
    lines = (
        ("What", denial.asks or claim.asks_for, got.service, None),
        ("How many", _units(asked, claim.asks_unit or unit), _units(units, unit),
         units < asked if units is not None and asked is not None else None),
        ("From", _day(claim.asks_from), _day(got.from_on),
         got.from_on > claim.asks_from if got.from_on and claim.asks_from else None),
        ("Until", _day(claim.asks_until), _day(got.until_on),
         got.until_on < claim.asks_until if got.until_on and claim.asks_until else None),
        ("Last session", _NOT_KNOWN, _day(got.last_session_on), None),
    )  # fmt: skip
    for what, was_asked, approved, is_less in lines:
        if was_asked or approved:
            yield Compared(what, " ".join(was_asked.split()), approved, is_less)


def _units(count: int | None, unit: str) -> str:
    return "" if count is None else f"{count} {unit}".strip()


def _day(day: date | None) -> str:
    return spoken(day) if day else ""


def _first_no(binder: Binder, denial: Denial) -> date | None:
    days = [each.notice_on for each in binder.ask(claim_denials, denial.claim_id)]
    return min(filter(None, days), default=None)


def _paid(binder: Binder, denial: Denial, first: date | None) -> Iterator[Paid]:
    """Yield what was paid for the claim, the oldest first."""
    rows = [row for row in binder.ask(expense_rows, claim_id=denial.claim_id) if row.paid_on]
    for row in sorted(rows, key=lambda each: (each.paid_on or date.min, each.id)):
        on, until = row.paid_on, denial.answered_on
        fought = bool(on and first and first <= on and (until is None or on <= until))
        yield Paid(row, fought)


def _sum(paid: Iterator[Paid] | tuple[Paid, ...]) -> Money:
    return sum((each.expense.amount for each in paid), Money(0))


def _owed(binder: Binder, denial: Denial) -> tuple[DueItem, ...]:
    items: tuple[DueItem, ...] = binder.ask(claim_records, "due_item", denial.claim_id)
    found = [each for each in items if each.kind == "settlement" and each.denial_id == denial.id]
    return tuple(sorted(found, key=lambda each: (not each.is_open, each.last_day)))
