"""Money of a claim that is fought over: “do not reimburse yet”, unless the person decides."""

from __future__ import annotations

from dataclasses import replace

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.expense import HOLDS, Expense
from app.storage.queries import appeal_holds


def claims_under_appeal(binder: Binder) -> frozenset[str]:
    """Return the claims with a denial that still stands, or an appeal that waits for its answer.

    A denial that was answered or is not appealed, a claim that is won, lost or closed, and
    whatever lies in the trash are settled.
    """
    return binder.ask(appeal_holds.claims_under_appeal)


def decide_hold(binder: Binder, expense_id: str, decision: str) -> Expense:
    """Keep what the person decided of money under appeal.

    `hold` waits for the answer, `claim` claims it all the same, empty asks again.

    Raises:
        UserError: there is no such expense, it lies in the trash, or the decision is none of these.
    """
    if decision not in HOLDS:
        raise UserError("Choose to wait for the answer, or to claim the money now.")
    label = {"hold": "Wait with an expense", "claim": "Claim an expense"}.get(decision)
    with binder.operation(label or "Decide later about an expense") as work:
        expense = work.expenses.get(expense_id)
        if expense.trashed_at is not None:
            raise UserError("This expense lies in the trash. Take it out first.")
        return work.expenses.save(replace(expense, hold=decision))
