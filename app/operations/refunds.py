"""Money that came back for a line of the ledger: recorded whoever has claimed it meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import Money
from app.domain.refund import GIVERS, Refund
from app.operations.care_checks import check_paper, one_of
from app.operations.day_checks import sensible
from app.operations.expense_checks import kept_line, refuse_far_ahead
from app.operations.ids import new_id
from app.operations.true_up import settle_true_ups
from app.storage.unit_of_work import UnitOfWork


def add_refund(
    binder: Binder, expense_id: str, came_on: date, amount: Money, **known: Any
) -> Refund:
    """Record that money came back; `known` are further fields of `Refund`.

    Several refunds of one line are several records. If an HSA had paid that part, or it was
    deducted, the task with its last day appears in the same step.

    Raises:
        UserError: the line is not paid, no more than its amount can come back, or a day or a word
            cannot be right.
    """
    refund = Refund(
        id=new_id(), expense_id=expense_id, came_on=came_on, amount=amount,
        author_id=binder.author_id, added_at=binder.now(), **known,
    )  # fmt: skip
    with binder.operation("Record a refund") as work:
        made = work.refunds.add(_checked(binder, work, refund))
        settle_true_ups(binder, work)
        return made


def revise_refunds(
    binder: Binder, expense_id: str, gone: Sequence[str], **new: Any
) -> Refund | None:
    """Take refunds of a line out that never came, and record another one; one step.

    `new` are the fields of the one to record, as `add_refund` takes them; none is recorded
    without.

    Raises:
        UserError: as `add_refund`, or one of them is not of this line.
    """
    with binder.operation("Change what came back") as work:
        for key in gone:
            if work.refunds.get(key).expense_id != expense_id:
                raise UserError("This refund belongs to another line. Open that line.")
            work.refunds.remove(key)
        made = None
        if new:
            refund = Refund(
                id=new_id(), expense_id=expense_id, author_id=binder.author_id,
                added_at=binder.now(), **new,
            )  # fmt: skip
            made = work.refunds.add(_checked(binder, work, refund))
        settle_true_ups(binder, work)
        return made


def change_refund(binder: Binder, refund: Refund) -> Refund:
    """Replace a refund; raises as `add_refund`."""
    with binder.operation("Change a refund") as work:
        changed = work.refunds.save(_checked(binder, work, refund))
        settle_true_ups(binder, work)
        return changed


def remove_refund(binder: Binder, refund_id: str) -> None:
    """Take a refund out that never came; undo brings it back."""
    with binder.operation("Remove a refund") as work:
        work.refunds.remove(refund_id)
        settle_true_ups(binder, work)


def _checked(binder: Binder, work: UnitOfWork, refund: Refund) -> Refund:
    if refund.amount <= Money(0):
        raise UserError("What came back is more than zero. Enter the amount without a minus sign.")
    one_of(refund.giver, GIVERS, "somebody who gives money back")
    refuse_far_ahead(sensible(refund.came_on), binder.today(), "the money came")
    check_paper(work, refund.document_id)
    line = kept_line(work, refund.expense_id)
    _check_payment(line, refund)
    others = (each for each in work.refunds.where(expense_id=line.id) if each.id != refund.id)
    before = sum((each.amount for each in others), Money())
    if before + refund.amount > line.amount:
        left = line.amount - before
        raise UserError(
            f"This line is {line.amount}, and {before} came back before: at most {left} can still "
            "come back for it. Enter the rest at the other lines that it was for."
            if before > Money(0)
            else f"This line is {line.amount}: no more than that can come back for it. Enter the "
            "rest at the other lines that it was for."
        )
    return refund


def _check_payment(line: Expense, refund: Refund) -> None:
    if line.paid_on is None:
        raise UserError(
            "This line is not paid yet, so nothing can come back for it. Pay it first, or change "
            "its amount."
        )
    if refund.giver == "provider" and refund.came_on < line.paid_on:
        raise UserError(
            f"It was paid on {spoken(line.paid_on)}; who was paid cannot have given money back "
            f"before that, on {spoken(refund.came_on)}. Check the two days."
        )
