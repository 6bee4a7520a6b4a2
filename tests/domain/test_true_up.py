"""Money that came back after an HSA had paid: how much, and until when to act."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.domain.allocation import Allocation
from app.domain.expense import Expense
from app.domain.hsa_account import Withdrawal
from app.domain.money import Money
from app.domain.refund import Refund
from app.domain.true_up import BackFacts, put_back, true_up

NOW = datetime(2026, 11, 21, tzinfo=UTC)
PAID = date(2025, 3, 1)
TAKEN = date(2025, 6, 1)
LINE = Expense(id="line", amount=Money(10_000), paid_on=PAID, added_at=NOW)
OUT = Withdrawal(id="out", on=TAKEN, amount=Money(10_000), added_at=NOW)


def hsa(cents: int) -> Allocation:
    return Allocation(
        id=f"hsa {cents}", expense_id="line", payer="hsa", amount=Money(cents), withdrawal_id="out",
        added_at=NOW,
    )  # fmt: skip


def deducted(cents: int, year: int = 2025) -> Allocation:
    return Allocation(
        id="deducted", expense_id="line", payer="deducted", amount=Money(cents), tax_year=year,
        added_at=NOW,
    )  # fmt: skip


def refund(cents: int, on: date = date(2026, 2, 1)) -> Refund:
    return Refund(id=f"{on}", expense_id="line", came_on=on, amount=Money(cents), added_at=NOW)


ALL = BackFacts(expense=LINE, allocations=(hsa(10_000),), withdrawals=(OUT,))
HALF = replace(ALL, allocations=(hsa(5_000),))


@pytest.mark.parametrize(
    ("facts", "cents", "known_on"),
    [
        (replace(ALL, refunds=(refund(2_500),)), 2_500, date(2026, 2, 1)),
        (replace(ALL, refunds=(refund(10_000),)), 10_000, date(2026, 2, 1)),
        (replace(HALF, refunds=(refund(5_001),)), 1, date(2026, 2, 1)),
        (
            replace(HALF, refunds=(refund(5_000), refund(2_000, date(2026, 9, 9)))),
            2_000,
            date(2026, 9, 9),
        ),
        (replace(ALL, refunds=(refund(100, date(2025, 4, 1)),)), 100, TAKEN),
        (replace(ALL, share=Money(7_500), share_on=date(2026, 5, 5)), 2_500, date(2026, 5, 5)),
        (
            replace(
                ALL, share=Money(8_500), share_on=date(2026, 5, 5), refunds=(refund(1_000),)
            ),
            2_500,
            date(2026, 2, 1),
        ),
        (
            replace(ALL, expense=replace(LINE, method="hsa"), allocations=(),
                    refunds=(refund(300),)),
            300,
            date(2026, 2, 1),
        ),
    ],
    ids=[
        "a part came back", "all came back", "one cent more than was left", "the second refund",
        "it came back before the withdrawal", "a newer explanation", "both, the first day counts",
        "paid with the card of the HSA",
    ],
)  # fmt: skip
def test_what_the_hsa_paid_too_much_and_since_when_one_knew(
    facts: BackFacts, cents: int, known_on: date
):
    found = true_up(facts)
    assert found
    assert (found.from_hsa, found.deducted, found.known_on) == (Money(cents), Money(), known_on)
    assert found.is_amount_known


@pytest.mark.parametrize(
    "facts",
    [
        BackFacts(expense=LINE, refunds=(refund(10_000),)),
        replace(HALF, refunds=(refund(5_000),)),
        replace(ALL, share=Money(10_000), share_on=date(2026, 5, 5)),
        replace(ALL, share=Money(7_500), share_on=date(2025, 5, 31)),
        replace(ALL, won_on=date(2025, 5, 31)),
        replace(ALL, won_on=date(2026, 1, 1), share=Money(10_000), share_on=date(2026, 1, 9)),
    ],
    ids=[
        "nobody claimed it", "the rest covers the refund", "the share is what was paid",
        "the explanation was here before the withdrawal", "won before the withdrawal",
        "the explanation after the win leaves all with the patient",
    ],
)  # fmt: skip
def test_nothing_is_out_of_balance(facts: BackFacts):
    assert true_up(facts) is None


def test_a_won_appeal_says_that_money_may_come_back_but_not_how_much():
    found = true_up(replace(HALF, won_on=date(2026, 1, 1)))
    assert found
    assert (found.from_hsa, found.is_amount_known) == (Money(5_000), False)
    assert found.last_day == date(2027, 4, 15)


def test_what_was_deducted_is_told_apart_from_what_the_hsa_paid():
    facts = replace(ALL, allocations=(hsa(6_000), deducted(4_000)), refunds=(refund(7_000),))
    found = true_up(facts)
    assert found
    assert (found.from_hsa, found.deducted) == (Money(6_000), Money(1_000))
    only = true_up(replace(facts, allocations=(deducted(4_000),)))
    assert only
    assert (only.from_hsa, only.deducted) == (Money(), Money(1_000))


def test_money_put_back_counts_only_where_it_is_still_allocated():
    returned = replace(OUT, returned=Money(4_000), returned_on=date(2026, 4, 1))
    assert put_back(returned, [hsa(10_000)]) == 4_000
    assert put_back(returned, [hsa(7_000)]) == 1_000
    assert put_back(returned, [hsa(6_000)]) == 0
    assert put_back(OUT, [hsa(10_000)]) == 0
