"""Paying a line of the ledger: all of it, or a part that is then a line of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import Money
from app.operations.expense_checks import check_amount, kept_line
from app.operations.expenses import add_line, save_line
from app.operations.ids import new_id
from app.operations.true_up import settle_true_ups


@dataclass(frozen=True, slots=True)
class Payment:
    """The line that is paid now, and the line that is left to pay, if any."""

    paid: Expense
    rest: Expense | None = None


def pay_expense(
    binder: Binder, expense_id: str, on: date, *, amount: Money | None = None, **known: Any
) -> Payment:
    """Pay a line, or a part of it; `known` are further fields of `Expense`, such as `method`.

    A part is split off: it becomes a paid line with the same links, and the rest of the line
    stays unpaid under its own id.

    Raises:
        UserError: the line is paid already or in the trash, more is paid than it asks for, or the
            day or the way cannot be right.
    """
    with binder.operation("Pay an expense") as work:
        line = kept_line(work, expense_id)
        if line.paid_on is not None:
            raise UserError(
                f"This expense was paid on {spoken(line.paid_on)}. Enter another payment as an "
                "expense of its own."
            )
        given = line.amount if amount is None else check_amount(amount)
        if given > line.amount:
            raise UserError(
                f"{given} is more than the {line.amount} of this line. If they asked for more, "
                "change the amount of the line first; if you paid too much, enter what is over as "
                "an expense of its own."
            )
        if given == line.amount:
            done = Payment(save_line(binder, work, replace(line, paid_on=on, **known)))
        else:
            rest = save_line(binder, work, replace(line, amount=line.amount - given))
            paid = replace(
                line, id=new_id(), origin_id=line.id, amount=given, paid_on=on, due_on=None,
                reference="", author_id=binder.author_id, added_at=binder.now(), **known,
            )  # fmt: skip
            done = Payment(add_line(binder, work, paid), rest)
        settle_true_ups(binder, work)
        return done
