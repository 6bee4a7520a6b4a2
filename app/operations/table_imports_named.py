"""Receipts whose names tell the expense: the paper is kept and the line entered, in one step.

The day of the name is taken as the day of service and of payment. “reimbursed” means that the HSA
has paid it back: the whole line is then claimed from it, tied to no withdrawal until the person
says which one it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from app.binder import Binder
from app.domain.allocation import Allocation
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import Money
from app.domain.person import Person
from app.importing.named_files import NamedReceipt, receipt_named
from app.jobs import Progress
from app.operations.holding import Held, TakenIn, clean_name, files_of, hold
from app.operations.ids import new_id
from app.operations.intake import Filing, enter_held
from app.operations.table_imports_people import Household
from app.storage.queries.records import all_people
from app.storage.unit_of_work import UnitOfWork

_FUTURE: Final = "The name of this file tells a day that has not come yet ({})."
_FROM_NAME: Final = "Day and amount are from the name of the file."
_REIMBURSED: Final = "The name of the file says that it was reimbursed, not by which withdrawal."
_HERE: Final = "This receipt and its expense are here already."


@dataclass(frozen=True, slots=True)
class TakenReceipt:
    """What became of one file: added, duplicate or refused, with its paper and its expense."""

    path: str
    outcome: str
    document_id: str | None = None
    expense_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SeenReceipt:
    """What the name of one file tells; or in `reason` why it tells no expense."""

    path: str
    on: date | None = None
    patient: str = ""
    provider: str = ""
    amount: Money | None = None
    is_reimbursed: bool = False
    reason: str | None = None


def look_over_named(binder: Binder, paths: Sequence[Path]) -> tuple[SeenReceipt, ...]:
    """Return what the names of files and of all files in folders tell; nothing is kept."""
    own = binder.root.resolve()
    household = Household(binder.ask(all_people))
    return tuple(_seen(binder, household, item) for path in paths for item in files_of(path, own))


def _seen(binder: Binder, household: Household, item: Path | TakenIn) -> SeenReceipt:
    told = item if isinstance(item, TakenIn) else _told(binder, item)
    if isinstance(told, TakenIn):
        return SeenReceipt(told.path, reason=told.reason)
    person, provider = _who_and_where(household, told.words)
    return SeenReceipt(
        str(item), told.on, person.name if person else "", provider, told.amount, told.is_reimbursed
    )


def import_named(
    binder: Binder, paths: Sequence[Path], progress: Progress, *, claim_id: str | None = None
) -> tuple[TakenReceipt, ...]:
    """Keep the receipts among files and folders, and enter the expense that each name tells.

    A file whose name tells none is refused and not kept.

    Raises:
        UserError: the claim is not there, or the disk is full.
        Cancelled: the person asked to stop; nothing was entered.
    """
    own = binder.root.resolve()
    found = [item for path in paths for item in files_of(path, own)]
    ready: list[TakenIn | tuple[Held, NamedReceipt]] = []
    for number, item in enumerate(found):
        progress.step(number, len(found), item.name if isinstance(item, Path) else "")
        told = item if isinstance(item, TakenIn) else _told(binder, item)
        if isinstance(told, NamedReceipt) and isinstance(item, Path):
            held = hold(binder, item)
            ready.append((held, told) if isinstance(held, Held) else held)
        elif isinstance(told, TakenIn):
            ready.append(told)
    if not any(isinstance(each, tuple) for each in ready):
        return tuple(_refused(each) for each in ready if isinstance(each, TakenIn))
    binder.vault.sync()
    with binder.operation("Enter receipts by their names") as work:
        if claim_id:
            work.claims.get(claim_id)
        household = Household(work.people.where())
        return tuple(
            _enter(binder, work, *each, household, claim_id)
            if isinstance(each, tuple)
            else _refused(each)
            for each in ready
        )


def _told(binder: Binder, path: Path) -> NamedReceipt | TakenIn:
    try:
        told = receipt_named(clean_name(path.name))
        if told.on > binder.today():
            raise UserError(_FUTURE.format(told.on.isoformat()))
    except UserError as error:
        return TakenIn(str(path), "refused", reason=str(error))
    return told


def _refused(row: TakenIn) -> TakenReceipt:
    return TakenReceipt(row.path, "refused", reason=row.reason)


def _enter(
    binder: Binder,
    work: UnitOfWork,
    held: Held,
    told: NamedReceipt,
    household: Household,
    claim_id: str | None,
) -> TakenReceipt:
    person, provider = _who_and_where(household, told.words)
    try:
        household.refuse_before_birth(told.on, person)
    except UserError as error:
        return TakenReceipt(held.path, "refused", reason=str(error))
    taken = enter_held(binder, work, held, Filing(claim_id, "receipt"))
    if taken.document_id is None:
        return _refused(taken)
    for known in work.expenses.where(document_id=taken.document_id):
        if known.trashed_at is None and known.amount == told.amount:
            return TakenReceipt(held.path, "duplicate", taken.document_id, known.id, _HERE)
    expense = Expense(
        id=new_id(),
        served_on=told.on,
        paid_on=told.on,
        provider=provider,
        person_id=person and person.id,
        amount=told.amount,
        claim_id=claim_id,
        document_id=taken.document_id,
        note=_FROM_NAME,
        author_id=binder.author_id,
        added_at=binder.now(),
    )
    work.expenses.add(expense)
    if told.is_reimbursed:
        work.allocations.add(
            Allocation(
                id=new_id(), expense_id=expense.id, payer="hsa", amount=told.amount,
                note=_REIMBURSED, author_id=binder.author_id, added_at=binder.now(),
            )
        )  # fmt: skip
    return TakenReceipt(held.path, "added", taken.document_id, expense.id)


def _who_and_where(household: Household, parts: Sequence[str]) -> tuple[Person | None, str]:
    """Return the patient and the rest of the words: a part of its own, or the first words of one.

    Where no such person is known, all words are the provider.
    """
    if len(parts) > 1 and (person := household.called(parts[0])):
        return person, " - ".join(parts[1:])
    words = parts[0].split()
    for count in (2, 1):
        if len(words) > count and (person := household.called(" ".join(words[:count]))):
            return person, " - ".join((" ".join(words[count:]), *parts[1:]))
    return None, " - ".join(parts)
