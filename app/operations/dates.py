"""Dates in the calendar: done, not done, one's own, and who does it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.binder import Binder
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.operations.ids import new_id


def add_own_date(
    binder: Binder,
    title: str,
    on: date,
    *,
    claim_id: str | None = None,
    doer_id: str | None = None,
    note: str = "",
) -> DueItem:
    """Put a date of one's own into the calendar.

    Raises:
        UserError: the title is empty, or the claim or person does not exist.
    """
    words = " ".join(title.split())
    if not words:
        raise UserError("Say what is to be done on that day.")
    with binder.operation("Add a date") as work:
        if claim_id:
            work.claims.get(claim_id)
        if doer_id:
            work.people.get(doer_id)
        return work.due_items.add(
            DueItem(
                id=new_id(), kind="own", title=words, claim_id=claim_id, last_day=on, note=note,
                doer_id=doer_id, author_id=binder.author_id, added_at=binder.now(),
            )
        )  # fmt: skip


def mark_done(binder: Binder, due_id: str, on: date) -> DueItem:
    """Note that something was done on a day."""
    with binder.operation("Mark as done") as work:
        return work.due_items.save(replace(work.due_items.get(due_id), done_on=on))


def mark_open(binder: Binder, due_id: str) -> DueItem:
    """Note that something is still to be done."""
    with binder.operation("Mark as not done") as work:
        return work.due_items.save(replace(work.due_items.get(due_id), done_on=None))


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
        if item.kind == "appeal":
            raise UserError(
                "This date comes from a letter or a rule and cannot be moved. "
                "Open the denial to correct what it was counted from."
            )
        return work.due_items.save(replace(item, last_day=to))


def remove_date(binder: Binder, due_id: str) -> None:
    """Take a date of one's own out of the calendar; undo brings it back.

    Raises:
        UserError: the date belongs to a denial or a promise, which must be changed itself.
    """
    with binder.operation("Remove a date") as work:
        if work.due_items.get(due_id).kind != "own":
            raise UserError(
                "This date belongs to a denial or a call. Mark it as done, or change it there."
            )
        work.due_items.remove(due_id)
