"""Who may speak for a patient: the helper, for which plan and level, and the signed form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.representative import Representative
from app.operations.care_checks import check_paper, one_line, refuse_backwards, refuse_to_come
from app.operations.day_checks import sensible
from app.operations.ids import new_id
from app.storage.unit_of_work import UnitOfWork


def add_representative(
    binder: Binder, person_id: str, name: str = "", **known: Any
) -> Representative:
    """Write down who may speak for a patient; `known` are further fields of `Representative`.

    Without a name that of the helper is taken, who is a person of the household.

    Raises:
        UserError: nobody is named, the helper is the patient, a day cannot be right, or a record
            does not exist.
    """
    made = Representative(
        id=new_id(), person_id=person_id, name=name, author_id=binder.author_id,
        added_at=binder.now(), **known,
    )  # fmt: skip
    with binder.operation("Add who may speak") as work:
        return work.representatives.add(_checked(work, made, binder.today()))


def change_representative(binder: Binder, changed: Representative) -> Representative:
    """Replace what is known of a helper who may speak.

    Raises:
        UserError: as `add_representative`.
    """
    with binder.operation("Change who may speak") as work:
        return work.representatives.save(_checked(work, changed, binder.today()))


def _checked(work: UnitOfWork, given: Representative, today: date) -> Representative:
    work.people.get(given.person_id)
    helper = work.people.get(given.helper_id) if given.helper_id else None
    if given.helper_id == given.person_id:
        raise UserError("Nobody needs a form to speak for themselves. Choose the helper.")
    name = one_line(given.name) or (helper.name if helper else "")
    if not name:
        raise UserError("Who may speak for the patient? Enter the name as it is on the form.")
    if given.plan_id:
        work.plans.get(given.plan_id)
    if given.level is not None and given.level < 1:
        raise UserError("The levels of an appeal are counted from 1.")
    check_paper(work, given.document_id)
    refuse_to_come(given.signed_on, today, "the patient signed")
    refuse_to_come(given.accepted_on, today, "the helper signed")
    refuse_to_come(given.sent_on, today, "the form was sent")
    for day in (given.signed_on, given.accepted_on, given.sent_on, given.valid_until):
        if day:
            sensible(day)
    refuse_backwards(
        given.signed_on, given.valid_until, "The form ends before the patient signed it."
    )
    return replace(given, name=name)
