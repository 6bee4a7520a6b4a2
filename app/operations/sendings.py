"""What was sent out: the record of it, and what it moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.sending import WAYS, Sending
from app.operations.ids import new_id
from app.storage.unit_of_work import UnitOfWork


def record_sending(binder: Binder, claim_id: str, sent_on: date, **known: Any) -> Sending:
    """Note that a packet left the house; `known` are further fields of `Sending`.

    Where it answers a denial, the denial stands as appealed, its date is done, and the claim
    moves on, all in the same step.

    Raises:
        UserError: the claim or denial does not exist, or the way is none of ours.
    """
    sending = Sending(
        id=new_id(), claim_id=claim_id, sent_on=sent_on, author_id=binder.author_id,
        added_at=binder.now(), **known,
    )  # fmt: skip
    if sending.way not in WAYS:
        raise UserError(f"“{sending.way}” is not a way to send. Choose {', '.join(WAYS)}.")
    with binder.operation("Record what was sent") as work:
        claim = work.claims.get(claim_id)
        if sending.denial_id:
            _answer_denial(work, sending)
            work.claims.save(replace(claim, status="appealed"))
        return work.sendings.add(sending)


def _answer_denial(work: UnitOfWork, sending: Sending) -> None:
    denial = work.denials.get(sending.denial_id or "")
    if denial.claim_id != sending.claim_id:
        raise UserError("This denial belongs to another claim. Choose one of this claim.")
    work.denials.save(replace(denial, standing="appealed"))
    for item in work.due_items.where(denial_id=denial.id):
        if item.done_on is None:
            work.due_items.save(replace(item, done_on=sending.sent_on))
