"""Bills: what providers ask for, and what became of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from app.binder import Binder
from app.domain.bill import STATES, Bill
from app.domain.errors import UserError
from app.domain.money import LARGEST, Money
from app.operations.care_checks import one_line, one_of, refuse_to_come
from app.operations.day_checks import sensible
from app.operations.ids import new_id
from app.storage.unit_of_work import UnitOfWork

_NOTHING: Final = Money()


def enter_bill(binder: Binder, amount: Money, **known: Any) -> Bill:
    """Keep a bill; `known` are further fields of `Bill`.

    A paper that still lies in the Inbox is marked as a bill and follows the claim.

    Raises:
        UserError: an amount, word or day cannot be right, or a link leads nowhere.
    """
    bill = Bill(
        id=new_id(), amount=amount, author_id=binder.author_id, added_at=binder.now(), **known
    )
    with binder.operation("Enter a bill") as work:
        return work.bills.add(_checked(binder, work, bill))


def change_bill(binder: Binder, bill: Bill) -> Bill:
    """Replace a bill.

    Raises:
        UserError: as `enter_bill`; or it lies in the trash.
    """
    with binder.operation("Change a bill") as work:
        if work.bills.get(bill.id).trashed_at is not None:
            raise UserError("This bill is in the trash. Take it out of the trash first.")
        return work.bills.save(_checked(binder, work, bill))


def move_bill(binder: Binder, bill_id: str, state: str) -> Bill:
    """Say where a bill stands: open, disputed, paid in a plan, with a collector, or settled."""
    one_of(state, STATES, "a state of a bill that is")
    label = {
        "disputed": "Dispute a bill", "settled": "Settle a bill", "plan": "Pay a bill in parts",
        "collections": "Mark a bill as with a collector",
    }.get(state, "Open a bill again")  # fmt: skip
    with binder.operation(label) as work:
        return work.bills.save(replace(work.bills.get(bill_id), state=state))


def tie_to_bill(binder: Binder, bill_id: str, expense_ids: list[str]) -> None:
    """Say which lines of the ledger a bill is about; other lines are not about it any more."""
    with binder.operation("Tie lines to a bill") as work:
        bill = work.bills.get(bill_id)
        for line in work.expenses.where(bill_id=bill.id):
            if line.id not in expense_ids:
                work.expenses.save(replace(line, bill_id=None))
        for key in expense_ids:
            work.expenses.save(replace(work.expenses.get(key), bill_id=bill.id))


def _checked(binder: Binder, work: UnitOfWork, bill: Bill) -> Bill:
    one_of(bill.state, STATES, "a state of a bill that is")
    for amount, what in (
        (bill.amount, "What a bill asks for"), (bill.charges, "The full charges"),
        (bill.waived, "What was let go"),
    ):  # fmt: skip
        if amount is not None and not _NOTHING <= amount <= Money(LARGEST):
            raise UserError(
                f"{what} cannot be {amount}. Money that comes back is entered as a refund."
            )
    for store, key in (
        (work.claims, bill.claim_id), (work.people, bill.person_id),
        (work.providers, bill.provider_id), (work.documents, bill.document_id),
    ):  # fmt: skip
        if key:
            store.get(key)
    _check_days(binder, bill)
    name = one_line(bill.provider)
    if not name and bill.provider_id:
        name = work.providers.get(bill.provider_id).name
    kept = replace(bill, provider=name, number=one_line(bill.number), code=one_line(bill.code))
    _file_paper(work, kept)
    return kept


def _check_days(binder: Binder, bill: Bill) -> None:
    for day in (bill.served_on, bill.billed_on, bill.due_on):
        if day:
            sensible(day)
    refuse_to_come(bill.billed_on, binder.today(), "the bill was written")


def _file_paper(work: UnitOfWork, bill: Bill) -> None:
    if bill.document_id:
        paper = work.documents.get(bill.document_id)
        work.documents.save(
            replace(
                paper,
                kind=paper.kind or "itemized_bill",
                claim_id=paper.claim_id or bill.claim_id,
            )
        )
