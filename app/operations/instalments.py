"""Payment plans: one line becomes several unpaid lines, each with its day in the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import Money
from app.domain.shares import MOST_PARTS, refuse_other_sum
from app.operations.expense_checks import check_amount, kept_line
from app.operations.expenses import add_line, save_line
from app.operations.ids import new_id

FINANCE_CHARGES: Final = "finance_charges"
"""Interest is the price of time, not of care: its category never qualifies."""


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment that was agreed on."""

    due_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class PaymentPlan:
    """The lines of a plan in the order of their days, and the line of its finance charge."""

    lines: tuple[Expense, ...]
    charge: Expense | None = None


def plan_instalments(
    binder: Binder, expense_id: str, instalments: Sequence[Instalment],
    *, finance_charge: Money | None = None,
) -> PaymentPlan:  # fmt: skip
    """Make dated, unpaid lines of an unpaid line; the first stays the line.

    A finance charge is a line of its own, due with the last instalment. A bill that was open
    is then paid in instalments.

    Raises:
        UserError: the line is paid, the instalments do not add up to it, or a day comes twice.
    """
    if not 1 <= len(instalments) <= MOST_PARTS:
        raise UserError(f"A plan has from 1 to {MOST_PARTS} payments.")
    ordered = sorted(instalments, key=lambda each: each.due_on)
    for one, other in pairwise(ordered):
        if one.due_on == other.due_on:
            raise UserError(f"{spoken(one.due_on)} is there twice. Name each day once.")
    with binder.operation("Make a payment plan") as work:
        line = kept_line(work, expense_id)
        if line.paid_on is not None:
            raise UserError(
                f"This line was paid on {spoken(line.paid_on)}: nothing is left to pay."
            )
        refuse_other_sum(line.amount, [each.amount for each in ordered])
        first, *others = ordered
        lines = [
            save_line(binder, work, replace(line, amount=first.amount, due_on=first.due_on)),
            *(add_line(binder, work, _part(binder, line, each)) for each in others),
        ]
        charge = None
        if finance_charge is not None:
            last = Instalment(ordered[-1].due_on, check_amount(finance_charge))
            charge = add_line(binder, work, _charge(binder, line, last))
        if (bill := work.bills.find(line.bill_id)) and bill.state == "open":
            work.bills.save(replace(bill, state="plan"))
        return PaymentPlan(tuple(lines), charge)


def _part(binder: Binder, line: Expense, part: Instalment) -> Expense:
    return replace(
        line, id=new_id(), origin_id=line.id, amount=part.amount, due_on=part.due_on,
        reference="", author_id=binder.author_id, added_at=binder.now(),
    )  # fmt: skip


def _charge(binder: Binder, line: Expense, part: Instalment) -> Expense:
    """Return the line of the charge: nothing that makes the care count is taken along."""
    return replace(
        _part(binder, line, part), category=FINANCE_CHARGES, what="Finance charge", source="typed",
        eob_line_id=None, answer="", necessity_id=None,
    )  # fmt: skip
