"""Prior authorizations: what was asked and approved, how much is used, and its two days.

The day on which an approval ends and the person's own day to ask for the next one stand in the
calendar as entries of the kind `authorization`. They follow the record in the same step, and are
done when it has ended.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.binder import Binder
from app.domain.authorization import STATUSES, Authorization
from app.domain.calendar_days import spoken
from app.domain.code_list import code_list
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.operations.care_checks import (
    check_paper,
    check_provider,
    one_line,
    one_of,
    refuse_backwards,
    refuse_to_come,
)
from app.operations.day_checks import sensible
from app.operations.ids import new_id
from app.storage.unit_of_work import UnitOfWork

KIND: Final = "authorization"
_END: Final = "letter"
_RENEWAL: Final = "own"
"""The bases by which the two entries are told apart: the end stands in the payer's approval, the
day to renew is the person's own."""


@dataclass(frozen=True, slots=True)
class KeptAuthorization:
    """An authorization as stored, and its open entries in the calendar, the soonest first."""

    authorization: Authorization
    items: tuple[DueItem, ...]


def add_authorization(binder: Binder, service: str = "", **known: Any) -> KeptAuthorization:
    """Write down a request for approval; `known` are further fields of `Authorization`.

    Where no plan is named it is that of the claim.

    Raises:
        UserError: neither the service nor a number is said, days or numbers cannot be right, or a
            record does not exist.
    """
    made = Authorization(
        id=new_id(), service=service, author_id=binder.author_id, added_at=binder.now(), **known
    )
    with binder.operation("Add an authorization") as work:
        made = work.authorizations.add(_checked(work, made, binder.today()))
        return KeptAuthorization(made, _settle(binder, work, None, made))


def change_authorization(binder: Binder, authorization: Authorization) -> KeptAuthorization:
    """Replace what is known of an authorization; its entries in the calendar follow.

    An entry that the person moved, settled or removed stays so until its day here is corrected.

    Raises:
        UserError: as `add_authorization`.
    """
    with binder.operation("Change an authorization") as work:
        before = work.authorizations.get(authorization.id)
        after = work.authorizations.save(_checked(work, authorization, binder.today()))
        return KeptAuthorization(after, _settle(binder, work, before, after))


def _checked(work: UnitOfWork, given: Authorization, today: date) -> Authorization:
    service, number = one_line(given.service), one_line(given.number)
    if not service and not number:
        raise UserError("What was the plan asked to approve? For example: 24 infusions of iron.")
    one_of(given.status, STATUSES, "an answer to where it stands")
    _check_links(work, given)
    _check_days(given, today)
    for amount in (given.asked_units, given.units, given.used):
        if amount is not None and amount < 0:
            raise UserError("A number of sessions or units is zero or more.")
    claim = work.claims.get(given.claim_id) if given.claim_id else None
    return replace(
        given, service=service, number=number, codes=code_list(given.codes),
        unit=one_line(given.unit), plan_id=given.plan_id or (claim.plan_id if claim else None),
    )  # fmt: skip


def _check_links(work: UnitOfWork, given: Authorization) -> None:
    if given.plan_id:
        work.plans.get(given.plan_id)
    check_provider(work, given.provider_id)
    check_paper(work, given.document_id)
    if given.denial_id and work.denials.get(given.denial_id).claim_id != given.claim_id:
        raise UserError("This denial belongs to another claim. Choose one of the same claim.")


def _check_days(given: Authorization, today: date) -> None:
    days = (
        given.asked_on, given.answered_on, given.from_on, given.until_on, given.last_session_on,
        given.renew_by,
    )  # fmt: skip
    for day in filter(None, days):
        sensible(day)
    refuse_to_come(given.asked_on, today, "it was asked for")
    refuse_to_come(given.answered_on, today, "they answered")
    refuse_backwards(given.asked_on, given.answered_on, "The answer came before it was asked for.")
    refuse_backwards(given.from_on, given.until_on, "The approval ends before it begins.")


def _settle(
    binder: Binder, work: UnitOfWork, before: Authorization | None, after: Authorization
) -> tuple[DueItem, ...]:
    """Bring both entries in line with the record; return those that are open."""
    for basis in (_END, _RENEWAL):
        _settle_one(binder, work, basis, before, after)
    items = [item for item in work.due_items.where(authorization_id=after.id) if item.is_open]
    if after.status != "ended":
        return tuple(sorted(items, key=lambda item: item.last_day))
    for item in items:
        work.due_items.save(replace(item, done_on=binder.today()))
    return ()


def _settle_one(
    binder: Binder,
    work: UnitOfWork,
    basis: str,
    before: Authorization | None,
    after: Authorization,
) -> None:
    was, day = before and _day(before, basis), _day(after, basis)
    kept = work.due_items.where(authorization_id=after.id, basis=basis)
    for item in kept:
        if day is None:
            work.due_items.remove(item.id)
        else:
            work.due_items.save(_followed(item, before, after, was))
    if day and not kept and was != day and after.status != "ended":
        work.due_items.add(_new_item(binder, after, basis, day))


def _followed(
    item: DueItem, before: Authorization | None, after: Authorization, was: date | None
) -> DueItem:
    """Return an entry with the words of the record, on its day if that was corrected."""
    day = _day(after, item.basis)
    changed = replace(item, **_words(after, item.basis))
    if day and day != was:
        letter_on = day if item.basis == _END else None
        return replace(changed, last_day=day, letter_on=letter_on, done_on=None, waived_on=None)
    if before and before.status == "ended" and after.status != "ended":
        return replace(changed, done_on=None)
    return changed


def _new_item(binder: Binder, after: Authorization, basis: str, day: date) -> DueItem:
    return DueItem(
        id=new_id(), kind=KIND, authorization_id=after.id, last_day=day, basis=basis,
        letter_on=day if basis == _END else None, author_id=binder.author_id,
        added_at=binder.now(), **_words(after, basis),
    )  # fmt: skip


def _day(authorization: Authorization, basis: str) -> date | None:
    return authorization.until_on if basis == _END else authorization.renew_by


def _words(after: Authorization, basis: str) -> dict[str, Any]:
    """Return the title, the note, the source and the claim of an entry."""
    what = after.service or after.number
    number = f" {after.number}" if after.number else ""
    if basis == _END:
        title = f"The approval ends: {what}"
        note = "Care after this day may not be paid. Ask for the renewal before it."
    else:
        title = f"Ask to renew the approval: {what}"
        end = f" ends on {spoken(after.until_on)}" if after.until_on else " ends"
        note = f"The approval{number}{end}. Ask for the next one."
    source = f"Approval{number}" if basis == _END else ""
    return {"title": title, "note": note, "source": source, "claim_id": after.claim_id}
