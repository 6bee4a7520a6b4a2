"""The task about HSA money that came back stands as long as the fact that caused it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.binder import Binder
from app.domain.allocation import Allocation
from app.domain.due_item import DueItem
from app.domain.eob import Eob, EobLine
from app.domain.expense import Expense
from app.domain.hsa_account import Withdrawal
from app.domain.money import Money
from app.domain.refund import Refund
from app.operations import claims, dates
from app.operations.answers import AppealAnswer, record_answer
from app.operations.denials import DenialAnswer, record_denial
from app.operations.rules import rule_book
from app.operations.true_up import settle_true_ups
from app.storage.queries.dates import due_rows
from app.storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 21, tzinfo=UTC)
DAY = date(2026, 3, 1)


def do(binder: Binder, *deeds: Callable[[UnitOfWork], Any]) -> None:
    """One operation that ends as every operation on money does."""
    with binder.operation("Do") as work:
        for deed in deeds:
            deed(work)
        settle_true_ups(binder, work)


def tasks(binder: Binder) -> tuple[DueItem, ...]:
    with binder.operation("look") as work:
        return work.due_items.where(kind="tax")


def line(key: str = "line", cents: int = 10_000, **known: Any) -> Expense:
    return Expense(id=key, amount=Money(cents), paid_on=DAY, added_at=NOW, **known)


def paid_by_hsa(binder: Binder, *expenses: Expense) -> None:
    """Lines that one withdrawal has paid in full."""
    total = sum((each.amount for each in expenses), Money())
    do(
        binder,
        lambda work: work.withdrawals.add(
            Withdrawal(id="out", on=DAY, amount=total, added_at=NOW)
        ),
        lambda work: work.expenses.add_all(expenses),
        lambda work: work.allocations.add_all(
            [
                Allocation(
                    id=f"of {each.id}", expense_id=each.id, payer="hsa", amount=each.amount,
                    withdrawal_id="out", added_at=NOW,
                )
                for each in expenses
            ]
        ),
    )  # fmt: skip


def refund(binder: Binder, cents: int, of: str = "line") -> None:
    on = date(2026, 9, 1)
    one = Refund(id=f"{of} back", expense_id=of, came_on=on, amount=Money(cents), added_at=NOW)
    do(binder, lambda work: work.refunds.add(one))


def put_back(binder: Binder, cents: int) -> None:
    do(
        binder,
        lambda work: work.withdrawals.save(
            replace(
                work.withdrawals.get("out"), returned=Money(cents), returned_on=date(2026, 10, 5)
            )
        ),
    )


def test_a_refund_brings_one_task_with_its_day_and_undo_takes_both_back(binder: Binder):
    paid_by_hsa(binder, line(provider="Dr. Lee"))
    refund(binder, 2_500)
    (task,) = tasks(binder)
    assert task.title == "An HSA paid $25.00 too much: Dr. Lee"
    assert (task.last_day, task.basis, task.expense_id) == (date(2027, 4, 15), "rule", "line")
    assert task.source
    assert "custodian" in task.note
    assert [row.kind for row in binder.ask(due_rows)] == ["tax"]
    binder.undo()
    assert tasks(binder) == ()
    binder.redo()
    assert tasks(binder) == (task,)


def test_the_task_follows_the_amount_and_goes_with_its_cause(binder: Binder):
    paid_by_hsa(binder, line())
    refund(binder, 2_500)
    do(binder, lambda w: w.refunds.save(replace(w.refunds.get("line back"), amount=Money(9_900))))
    (task,) = tasks(binder)
    assert "$99.00" in task.title
    do(binder, lambda work: work.refunds.remove("line back"))
    assert tasks(binder) == ()


def test_money_put_back_settles_the_task_and_less_opens_it_again(binder: Binder):
    paid_by_hsa(binder, line())
    refund(binder, 2_500)
    put_back(binder, 1_000)
    assert tasks(binder)[0].is_open
    put_back(binder, 2_500)
    assert tasks(binder)[0].done_on == date(2026, 10, 5)
    put_back(binder, 2_000)
    assert tasks(binder)[0].is_open


def test_money_put_back_settles_what_it_is_enough_for(binder: Binder):
    paid_by_hsa(binder, line("a"), line("b"))
    refund(binder, 1_000, "a")
    refund(binder, 3_000, "b")
    put_back(binder, 1_500)
    assert {task.expense_id: task.is_open for task in tasks(binder)} == {"a": False, "b": True}
    put_back(binder, 4_000)
    assert not any(task.is_open for task in tasks(binder))


def test_what_the_person_let_go_stays_so_until_the_amount_is_another(binder: Binder):
    paid_by_hsa(binder, line())
    refund(binder, 2_500)
    dates.waive_date(binder, tasks(binder)[0].id, DAY)
    do(binder, lambda w: w.expenses.save(replace(w.expenses.get("line"), note="Seen.")))
    assert not tasks(binder)[0].is_open
    do(binder, lambda w: w.refunds.save(replace(w.refunds.get("line back"), amount=Money(9_900))))
    assert tasks(binder)[0].is_open


@pytest.mark.parametrize("outcome", ["overturned", "partly"])
def test_an_appeal_won_after_the_withdrawal_brings_the_task_in_the_same_step(
    binder: Binder, outcome: str
):
    claim = claims.open_claim(binder, "Infusions")
    said = DenialAnswer(notice_on=date(2026, 2, 1), letter_says="days", letter_days=180)
    no = record_denial(binder, rule_book(), claim.id, said, confirmed=True).denial
    paid_by_hsa(binder, line(claim_id=claim.id), line("other"))
    yes = AppealAnswer(outcome=outcome, on=date(2026, 11, 1))
    record_answer(binder, rule_book(), no.id, yes)
    (task,) = tasks(binder)
    assert (task.expense_id, task.claim_id) == ("line", claim.id)
    assert task.title.startswith("An HSA paid $100.00, and some of it may come back")
    assert task.last_day == date(2027, 4, 15)
    binder.undo()
    assert tasks(binder) == ()


def explained(binder: Binder, key: str, cents: int, on: date, follows: str | None = None) -> None:
    """A version of the explanation of the one service that the line pays for."""
    version = Eob(
        id=key, patient_owes=Money(cents), processed_on=on, follows_id=follows, number="C-1",
        provider="Dr. Lee", added_at=NOW,
    )  # fmt: skip
    service = EobLine(
        id=f"{key} 1", eob_id=key, position=1, served_on=DAY, patient_owes=Money(cents)
    )
    do(binder, lambda w: w.eobs.add(version), lambda w: w.eob_lines.add(service))


def test_a_newer_explanation_that_leaves_less_brings_the_task_and_a_refund_adds_nothing(
    binder: Binder,
):
    explained(binder, "first", 10_000, date(2026, 2, 1))
    paid_by_hsa(binder, line(provider="Dr. Lee", served_on=DAY, eob_line_id="first 1"))
    assert tasks(binder) == ()
    explained(binder, "second", 4_000, date(2026, 12, 30), follows="first")
    (task,) = tasks(binder)
    assert task.title == "An HSA paid $60.00 too much: Dr. Lee"
    assert task.last_day == date(2027, 4, 15)
    refund(binder, 6_000)
    (task,) = tasks(binder)
    assert "$60.00" in task.title
    do(binder, lambda w: w.eobs.save(replace(w.eobs.get("second"), trashed_at=NOW)))
    (task,) = tasks(binder)
    assert "$60.00" in task.title, "the refund is there still"
    do(binder, lambda work: work.refunds.remove("line back"))
    assert tasks(binder) == ()


def test_an_explanation_finds_the_line_of_its_day_and_provider_without_a_link(binder: Binder):
    paid_by_hsa(binder, line(provider="Dr. Lee", served_on=DAY), line("other", served_on=DAY))
    explained(binder, "first", 2_500, date(2027, 1, 5))
    (task,) = tasks(binder)
    assert (task.expense_id, task.last_day) == ("line", date(2028, 4, 15))
    assert "$75.00" in task.title


def test_a_ledger_line_in_the_trash_asks_for_nothing(binder: Binder):
    paid_by_hsa(binder, line())
    refund(binder, 2_500)
    do(binder, lambda w: w.expenses.save(replace(w.expenses.get("line"), trashed_at=NOW)))
    assert tasks(binder) == ()
