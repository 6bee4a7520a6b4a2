"""The call log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from app.binder import Binder
from app.domain.call import Call
from app.domain.due_facts import EARLIEST
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.operations.call_drafts import CALL_DRAFT
from app.operations.day_checks import sensible
from app.operations.ids import new_id
from app.storage import drafts
from app.storage.unit_of_work import UnitOfWork

_SLIP: Final = timedelta(days=1)
"""How far in the future a call may lie: a person may be east of where the binder's clock is."""


def log_call(
    binder: Binder, *, ends_draft: bool = False, **known: Any
) -> tuple[Call, DueItem | None]:
    """Write a call down; `known` are fields of `Call`. A promise with a day becomes a due item.

    With `ends_draft` it is the call that was kept as a draft, which is forgotten with it.

    Raises:
        UserError: neither who nor what was said is there, or a promise has a day but no words, or
            a day that cannot be right.
    """
    now = binder.now()
    fields: dict[str, Any] = {"called_at": now, **known}
    call = Call(id=new_id(), added_at=now, author_id=binder.author_id, **fields)
    with binder.operation("Log a call") as work:
        call = work.calls.add(_checked(binder, work, call))
        if ends_draft:
            drafts.drop_draft(work.connection, CALL_DRAFT)
        return call, _keep_promise(binder, work, call)


def change_call(binder: Binder, call: Call) -> tuple[Call, DueItem | None]:
    """Replace what is known of a call; its promise's due item follows.

    A promise that the person moved to another day stays there until the promised day itself is
    corrected.
    """
    with binder.operation("Change a call") as work:
        before = work.calls.get(call.id)
        call = work.calls.save(_checked(binder, work, call))
        return call, _keep_promise(binder, work, call, before.promise_by)


def _checked(binder: Binder, work: UnitOfWork, call: Call) -> Call:
    if not any(words.strip() for words in (call.with_whom, call.note, call.outcome)):
        raise UserError("Write down whom you spoke with, or what was said.")
    if call.promise_by and not call.promise.strip():
        raise UserError("There is a day for a promise, but no promise. What did they promise?")
    if call.promise_by:
        sensible(call.promise_by)
    if call.called_at.date() < EARLIEST or call.called_at > binder.now() + _SLIP:
        raise UserError(
            "This call cannot have been on that day. Check the day and the time of the call."
        )
    if call.claim_id:
        work.claims.get(call.claim_id)
    return call


def _keep_promise(
    binder: Binder, work: UnitOfWork, call: Call, was_by: date | None = None
) -> DueItem | None:
    items = work.due_items.where(call_id=call.id)
    if not call.promise_by:
        for item in items:
            work.due_items.remove(item.id)
        return None
    whom = " ".join(call.with_whom.split()) or "them"
    title = f"Promised by {whom}: {' '.join(call.promise.split())}"
    if items:
        day = items[0].last_day if call.promise_by == was_by else call.promise_by
        changed = replace(items[0], title=title, last_day=day, claim_id=call.claim_id)
        return work.due_items.save(changed)
    return work.due_items.add(
        DueItem(
            id=new_id(), kind="promise", title=title, claim_id=call.claim_id, call_id=call.id,
            last_day=call.promise_by, basis="promise", added_at=binder.now(),
            author_id=binder.author_id,
        )
    )  # fmt: skip
