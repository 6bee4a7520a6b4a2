"""Dates in the calendar: one's own, done, not done, not needed, and who does it.

What an entry stands for moves with it in the same step: an appeal that is done was sent, so its
denial waits for an answer; a request to keep the care that is done was made. Otherwise an open
denial would ask again for a date that it had.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.denial import Denial
from app.domain.due_item import LEGAL_KINDS, OWN_KINDS, TAX_KINDS, DueItem
from app.domain.errors import UserError
from app.operations.clocks import refuse_unsaid_answer, start_decision
from app.operations.day_checks import sensible
from app.operations.ids import new_id
from app.storage.unit_of_work import UnitOfWork

OWN_NOTES: Final = {
    "authorization": (
        "The approval ends on this day. Ask for the renewal a few weeks before: care after this "
        "day may not be paid."
    ),
    "fsa": "The last day for this account's money or receipts. The plan's papers name it.",
    "necessity_letter": (
        "The doctor's letter holds until this day. Ask the doctor for a new one in good time."
    ),
    "assistance": "The application should be in by this day.",
    "appointment": "Have the approval and the card at hand.",
    "stop": "You decide today whether to go on. Either answer is right.",
}
"""What stands beside a date of each kind where the person wrote nothing of their own."""

_NOT_APPEALING: Final = (
    "A denial keeps its date until you say that you will not appeal. Open the denial and choose "
    "“not appealing”; you can take that back."
)


def add_own_date(binder: Binder, title: str, on: date, **known: Any) -> DueItem:
    """Put a date of one's own into the calendar.

    `known` are further fields of `DueItem`: `kind` (one of `OWN_KINDS`), `claim_id`, `doer_id`
    and `note`.

    Raises:
        UserError: the title is empty, the kind is none of ours, or the claim or person does not
            exist.
    """
    fields: dict[str, Any] = {"kind": "own", **known}
    item = DueItem(
        id=new_id(), title=title, last_day=on, author_id=binder.author_id, added_at=binder.now(),
        **fields,
    )  # fmt: skip
    with binder.operation("Add a date") as work:
        return work.due_items.add(_checked(work, item))


def change_own_date(binder: Binder, due_id: str, title: str, on: date, **known: Any) -> DueItem:
    """Change a date of one's own; what is not named stays as it was.

    Raises:
        UserError: as `add_own_date`, or the date is not one's own.
    """
    with binder.operation("Change a date") as work:
        item = work.due_items.get(due_id)
        if item.kind not in OWN_KINDS:
            raise UserError(_belongs_elsewhere(item))
        changed = replace(item, title=title, last_day=on, **known)
        if changed.kind != item.kind and changed.note == OWN_NOTES.get(item.kind):
            changed = replace(changed, note="")
        return work.due_items.save(_checked(work, changed))


def _checked(work: UnitOfWork, item: DueItem) -> DueItem:
    words = " ".join(item.title.split())
    if not words:
        raise UserError("Say what is to be done on that day.")
    if item.kind not in OWN_KINDS:
        raise UserError(
            f"“{item.kind}” is not a kind of date of your own. Choose {', '.join(OWN_KINDS)}."
        )
    if item.claim_id:
        work.claims.get(item.claim_id)
    if item.doer_id:
        work.people.get(item.doer_id)
    sensible(item.last_day)
    return replace(item, title=words, note=item.note.strip() or OWN_NOTES.get(item.kind, ""))


def mark_done(binder: Binder, due_id: str, on: date) -> DueItem:
    """Note that something was done on a day. An appeal that is done was sent.

    Raises:
        UserError: something with legal weight is said to be done on a day that has not come, or it
            is the answer to an appeal, which must be recorded for what it says.
    """
    with binder.operation("Mark as done") as work:
        item = work.due_items.get(due_id)
        if item.kind in LEGAL_KINDS and on > binder.today():
            raise UserError(
                f"{spoken(on)} has not come yet. Mark this as done on the day it is done."
            )
        refuse_unsaid_answer(work.clocks.find(item.clock_id))
        done = work.due_items.save(replace(item, done_on=on, waived_on=None))
        if item.kind == "appeal":
            _sent(binder, work, item, on)
        elif item.kind == "keep_benefits":
            _keep_care(work, item, "asked", on)
        _settle_clock(work, item, answered_on=on, waived_on=None)
        return done


def mark_open(binder: Binder, due_id: str) -> DueItem:
    """Note that something is still to be done, although it was done or waived.

    Raises:
        UserError: it is the date of a denial that was answered, is not appealed, or has another.
    """
    with binder.operation("Mark as not done") as work:
        item = work.due_items.get(due_id)
        if item.is_open:
            return item
        if item.kind == "appeal":
            _not_sent(work, item)
        elif item.kind == "answer":
            _refuse_if_answered(_denial(work, item))
        elif item.kind == "keep_benefits":
            _keep_care(work, item, "", None)
        _settle_clock(work, item, answered_on=None, waived_on=None)
        return work.due_items.save(replace(item, done_on=None, waived_on=None))


def waive_date(binder: Binder, due_id: str, on: date) -> DueItem:
    """Note on a day that something need not be done; `mark_open` takes it back.

    Raises:
        UserError: it is the date of an appeal, which only “not appealing” takes away, or it is
            settled already.
    """
    with binder.operation("Mark as not needed") as work:
        item = work.due_items.get(due_id)
        if not item.is_open:
            raise UserError("This is settled already. Mark it as not done first.")
        if item.kind == "appeal":
            raise UserError(_NOT_APPEALING, ask="Do you want to let this denial stand?")
        if item.kind == "keep_benefits":
            _keep_care(work, item, "not_needed", None)
        _settle_clock(work, item, answered_on=None, waived_on=on)
        return work.due_items.save(replace(item, waived_on=on))


def _denial(work: UnitOfWork, item: DueItem) -> Denial | None:
    return work.denials.find(item.denial_id)


def _sent(binder: Binder, work: UnitOfWork, item: DueItem, on: date) -> None:
    """Let the denial of an appeal that was sent wait for its answer, and the claim with it.

    The time for the answer runs from that day, as after a sending.
    """
    denial = _denial(work, item)
    if denial and denial.notice_on and on < denial.notice_on:
        raise UserError(
            f"The denial is dated {spoken(denial.notice_on)}, and the appeal is said to have been "
            f"sent before that, on {spoken(on)}. Check the two days."
        )
    if denial and denial.standing == "open":
        denial = work.denials.save(replace(denial, standing="appealed"))
        work.claims.save(replace(work.claims.get(denial.claim_id), status="appealed"))
        start_decision(binder, work, denial, on)


def _not_sent(work: UnitOfWork, item: DueItem) -> None:
    """Let the denial stand open again, and the claim as denied if nothing else is on its way.

    The time for an answer goes too, unless it runs for something in the list of what was sent.
    """
    denial = _denial(work, item)
    if denial is None:
        return
    _refuse_if_answered(denial)
    if denial.standing == "not_appealing":
        raise UserError("You let this denial stand. Say “appeal after all” at the denial first.")
    if any(other.is_open for other in work.due_items.where(denial_id=denial.id, kind="appeal")):
        raise UserError("This denial has another date for its appeal. That one is to be done.")
    work.denials.save(replace(denial, standing="open"))
    for clock in work.clocks.where(denial_id=denial.id, kind="decision", sending_id=None):
        for answer in work.due_items.where(clock_id=clock.id):
            work.due_items.remove(answer.id)
        work.clocks.remove(clock.id)
    claim = work.claims.get(denial.claim_id)
    others = work.denials.where(claim_id=claim.id, standing="appealed")
    if claim.status == "appealed" and not others:
        work.claims.save(replace(claim, status="denied"))


def _refuse_if_answered(denial: Denial | None) -> None:
    if denial and denial.standing == "answered":
        raise UserError(
            "The answer to this appeal is recorded. Undo that first, if it was a mistake."
        )


def _keep_care(work: UnitOfWork, item: DueItem, keep: str, on: date | None) -> None:
    if denial := _denial(work, item):
        work.denials.save(replace(denial, keep=keep, keep_on=on))


def _settle_clock(
    work: UnitOfWork, item: DueItem, *, answered_on: date | None, waived_on: date | None
) -> None:
    """Stop the running time that an entry stands for, or let it run again."""
    if clock := work.clocks.find(item.clock_id):
        work.clocks.save(replace(clock, answered_on=answered_on, waived_on=waived_on))


def give_to(binder: Binder, due_id: str, doer_id: str | None) -> DueItem:
    """Say who does it; None takes the name off."""
    with binder.operation("Say who does it") as work:
        if doer_id:
            work.people.get(doer_id)
        return work.due_items.save(replace(work.due_items.get(due_id), doer_id=doer_id))


def move_date(binder: Binder, due_id: str, to: date) -> DueItem:
    """Move a date of one's own, or a promise.

    Raises:
        UserError: the date comes from a letter or a law: it cannot be moved, only recorded anew.
    """
    with binder.operation("Move a date") as work:
        item = work.due_items.get(due_id)
        if item.kind in {*LEGAL_KINDS, *TAX_KINDS}:
            raise UserError(
                "This date comes from a letter or a rule and cannot be moved. "
                f"Open {_home(item)} to correct what it was counted from."
            )
        return work.due_items.save(replace(item, last_day=sensible(to)))


def remove_date(binder: Binder, due_id: str) -> None:
    """Take a date of one's own out of the calendar; undo brings it back.

    Raises:
        UserError: the date belongs to a denial or a promise, which must be changed itself.
    """
    with binder.operation("Remove a date") as work:
        item = work.due_items.get(due_id)
        lost = item.kind == "promise" and item.call_id is None
        if item.kind not in OWN_KINDS and not lost:
            raise UserError(_belongs_elsewhere(item))
        work.due_items.remove(due_id)


def _home(item: DueItem) -> str:
    if item.denial_id and not item.clock_id:
        return "the denial"
    homes = {
        "step": "the step", "evidence": "the checklist of the claim",
        "settlement": "what a won appeal still owes", "tax": "the expense",
    }  # fmt: skip
    return homes.get(item.kind, "what was sent")


def _belongs_elsewhere(item: DueItem) -> str:
    if item.kind == "promise":
        return "This date belongs to a call. Mark it as done, or change the call."
    return f"This date belongs to {_home(item)}. Mark it as done, or change it there."
