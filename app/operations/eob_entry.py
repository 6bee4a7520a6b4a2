"""Entering an explanation of benefits by hand, or from a paper that was read and looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from app.binder import Binder
from app.domain.eob import NETWORKS, STATUSES, Eob, EobLine
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import LARGEST, Money
from app.domain.patient_share import share_of_line
from app.operations.care_checks import one_line, one_of, refuse_to_come
from app.operations.day_checks import sensible
from app.operations.expenses import add_line
from app.operations.ids import new_id
from app.operations.true_up import settle_true_ups
from app.storage.unit_of_work import UnitOfWork

MOST_LINES: Final = 2000
_NOTHING: Final = Money()
_EMPTY: Final = (
    "This explanation says nothing yet. Enter at least one amount, or its number, or who gave the "
    "care."
)


def enter_eob(
    binder: Binder,
    lines: Sequence[EobLine] = (),
    *,
    to_ledger: bool = False,
    is_new_claim: bool = False,
    **known: Any,
) -> Eob:
    """Keep a version of an explanation with its lines; `known` are further fields of `Eob`.

    It follows the newest version with the same number of the plan, unless `follows_id` names
    another one or `is_new_claim` says that it is none. Ids and places of `lines` are given anew.
    `to_ledger` writes what is owed for each line into the ledger as unpaid.

    Raises:
        UserError: it says nothing, a word, day or amount cannot be right, or a link leads nowhere.
    """
    eob = Eob(id=new_id(), author_id=binder.author_id, added_at=binder.now(), **known)
    with binder.operation("Enter an explanation of benefits") as work:
        checked = _checked(binder, work, eob, lines)
        if checked.follows_id is None and not is_new_claim:
            checked = replace(checked, follows_id=newest_of_number(work, checked))
        checked = work.eobs.add(_inherited(work, checked))
        kept = _keep_lines(work, checked, lines)
        if to_ledger:
            _owe(binder, work, checked, kept)
        _file_paper(work, checked)
        settle_true_ups(binder, work)
        return checked


def change_eob(binder: Binder, eob: Eob, lines: Sequence[EobLine] | None = None) -> Eob:
    """Replace an explanation, and its lines where they are given; lines keep their ids.

    Raises:
        UserError: as `enter_eob`; or it would follow itself.
    """
    with binder.operation("Change an explanation of benefits") as work:
        before = work.eobs.get(eob.id)
        if before.trashed_at is not None:
            raise UserError("This explanation is in the trash. Take it out of the trash first.")
        given = lines if lines is not None else work.eob_lines.where(eob_id=eob.id)
        checked = work.eobs.save(_checked(binder, work, eob, given))
        _refuse_circle(work, checked)
        if lines is not None:
            _replace_lines(work, checked, lines)
        _file_paper(work, checked)
        settle_true_ups(binder, work)
        return checked


def _inherited(work: UnitOfWork, eob: Eob) -> Eob:
    """Fill in from the version before, else from the paper, what nobody said of this one."""
    before = work.eobs.find(eob.follows_id)
    paper = work.documents.find(eob.document_id)
    links = ("claim_id", "plan_id", "person_id", "provider_id")
    known = {name: getattr(before, name) for name in links} if before else {}
    if paper and paper.claim_id and not known.get("claim_id"):
        known["claim_id"] = paper.claim_id
    return replace(eob, **{name: key for name, key in known.items() if not getattr(eob, name)})


def newest_of_number(work: UnitOfWork, eob: Eob) -> str | None:
    """Return the newest version that has the same number of the plan and may be of this patient."""
    if not eob.number:
        return None
    alike = [
        old
        for old in work.eobs.where(trashed_at=None)
        if old.id != eob.id
        and old.number.casefold() == eob.number.casefold()
        and (not old.person_id or not eob.person_id or old.person_id == eob.person_id)
    ]
    newest = max(
        alike, key=lambda old: (old.processed_on or date.min, old.added_at, old.id), default=None
    )
    return newest.id if newest else None


def _checked(binder: Binder, work: UnitOfWork, eob: Eob, lines: Sequence[EobLine]) -> Eob:
    one_of(eob.network, NETWORKS, "a word for the network that is")
    one_of(eob.status, STATUSES, "a state of an explanation that is")
    for store, key in (
        (work.claims, eob.claim_id), (work.plans, eob.plan_id), (work.people, eob.person_id),
        (work.providers, eob.provider_id), (work.documents, eob.document_id),
        (work.eobs, eob.follows_id),
    ):  # fmt: skip
        if key:
            store.get(key)
    if eob.processed_on:
        refuse_to_come(sensible(eob.processed_on), binder.today(), "the plan processed it")
    _check_lines(eob, lines)
    name = one_line(eob.provider)
    if not name and eob.provider_id:
        name = work.providers.get(eob.provider_id).name
    plan_id = eob.plan_id
    if plan_id is None and eob.claim_id:
        plan_id = work.claims.get(eob.claim_id).plan_id
    checked = replace(eob, provider=name, number=one_line(eob.number), plan_id=plan_id)
    if not (name or checked.number or lines or any(True for _ in checked.totals.items())):
        raise UserError(_EMPTY, ask="What does the paper say was billed, and what do you owe?")
    return checked


def _check_lines(eob: Eob, lines: Sequence[EobLine]) -> None:
    if len(lines) > MOST_LINES:
        raise UserError(f"An explanation has {MOST_LINES:,} lines at most. Enter it in parts.")
    others = (eob.deductible_met, eob.oop_met, eob.paid_to_patient)
    amounts = [money for record in (eob.totals, *(line.amounts for line in lines))
               for _, money in record.items()]  # fmt: skip
    for money in (*amounts, *(money for money in others if money)):
        if abs(money.cents) > LARGEST:
            raise UserError(f"{money} is too large to be right. Please check the amount.")
    for line in lines:
        if line.served_on:
            sensible(line.served_on)


def _keep_lines(work: UnitOfWork, eob: Eob, lines: Sequence[EobLine]) -> tuple[EobLine, ...]:
    kept = tuple(
        replace(line, id=new_id(), eob_id=eob.id, position=at)
        for at, line in enumerate(lines, start=1)
    )
    work.eob_lines.add_all(kept)
    return kept


def _replace_lines(work: UnitOfWork, eob: Eob, lines: Sequence[EobLine]) -> None:
    known = {line.id for line in work.eob_lines.where(eob_id=eob.id)}
    for at, line in enumerate(lines, start=1):
        if line.id in known:
            known.remove(line.id)
            work.eob_lines.save(replace(line, eob_id=eob.id, position=at))
        else:
            work.eob_lines.add(replace(line, id=new_id(), eob_id=eob.id, position=at))
    for key in known:
        for expense in work.expenses.where(eob_line_id=key):
            work.expenses.save(replace(expense, eob_line_id=None))
        work.eob_lines.remove(key)


def _refuse_circle(work: UnitOfWork, eob: Eob) -> None:
    seen = {eob.id}
    before = eob.follows_id
    while before is not None:
        if before in seen:
            raise UserError(
                "Two versions cannot each follow the other. Choose the older paper as the one "
                "that came before."
            )
        seen.add(before)
        older = work.eobs.find(before)
        before = older.follows_id if older else None


def _owe(binder: Binder, work: UnitOfWork, eob: Eob, lines: Sequence[EobLine]) -> None:
    """Write what is owed for each line as unpaid; without lines, what is owed in all."""
    parts = [(line, share_of_line(line)) for line in lines]
    for line, share in parts:
        if share is not None and share > _NOTHING:
            add_line(binder, work, _unpaid(binder, eob, share, line))
    told = any(share is not None for _, share in parts)
    if not told and eob.patient_owes and eob.patient_owes > _NOTHING:
        add_line(binder, work, _unpaid(binder, eob, eob.patient_owes, lines[0] if lines else None))


def _unpaid(binder: Binder, eob: Eob, amount: Money, line: EobLine | None) -> Expense:
    return Expense(
        id=new_id(),
        served_on=line.served_on if line else None,
        provider=eob.provider,
        provider_id=eob.provider_id,
        person_id=eob.person_id,
        amount=amount,
        claim_id=eob.claim_id,
        document_id=eob.document_id,
        what=line.service if line else "",
        eob_line_id=line.id if line else None,
        note=f"Claim {eob.number}." if eob.number else "",
        author_id=binder.author_id,
        added_at=binder.now(),
    )


def _file_paper(work: UnitOfWork, eob: Eob) -> None:
    if eob.document_id:
        paper = work.documents.get(eob.document_id)
        work.documents.save(
            replace(paper, kind=paper.kind or "eob", claim_id=paper.claim_id or eob.claim_id)
        )
