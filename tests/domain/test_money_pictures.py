"""Who paid, by month and by year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from app.domain.expense import METHODS
from app.domain.money import Money
from app.domain.money_pictures import PAYERS, paid_by_month, paid_by_year
from tests.domain.hsa_makers import book, expense, refund
from tests.domain.hsa_worlds import households
from tests.domain.money_makers import a_line, an_eob


def by_payer(row):
    return {payer: part.cents for payer, part in zip(PAYERS, row.parts, strict=True) if part.cents}


@pytest.mark.parametrize(
    ("method", "payer"),
    [
        ("own", "own"), ("card", "own"), ("check", "own"), ("cash", "own"), ("hsa", "hsa"),
        ("fsa", "employer"), ("hra", "employer"), ("assistance", "help"), ("other", "other"),
    ],
)  # fmt: skip
def test_each_way_to_pay_belongs_to_a_payer(method, payer):
    money = book(expenses=(expense(paid_on=date(2026, 3, 9), method=method),))
    rows = paid_by_month(money, 2026)
    assert [row.period for row in rows] == list(range(1, 13))
    assert by_payer(rows[2]) == {payer: 100_00}
    assert all(row.total == Money() for row in rows if row.period != 3)


def test_every_method_is_drawn():
    lines = tuple(expense(f"e-{way}", paid_on=date(2026, 3, 9), method=way) for way in METHODS)
    (row,) = paid_by_year(book(expenses=lines))
    assert row.total == Money(100_00 * len(METHODS))


def test_the_plan_paid_what_the_newest_version_says_on_the_day_it_was_processed():
    old = an_eob(plan_paid="10.00", processed_on=date(2026, 1, 5), number="N1")
    new = an_eob(plan_paid="240.00", processed_on=date(2026, 5, 20), number="N1", follows_id=old.id)
    lines = (a_line(old, plan_paid="10.00"), a_line(new, plan_paid="240.00"))
    rows = paid_by_month(book(eobs=(old, new), eob_lines=lines), 2026)
    assert {row.period: by_payer(row) for row in rows if row.total.cents} == {5: {"plan": 240_00}}


def test_what_came_back_stands_in_the_month_in_which_it_came():
    money = book(
        expenses=(expense(paid_on=date(2025, 12, 9)),),
        refunds=(refund(40_00, came_on=date(2026, 1, 3)),),
    )
    assert [row.back.cents for row in paid_by_month(money, 2026)][:2] == [40_00, 0]
    assert [row.period for row in paid_by_year(money)] == [2025]


def test_without_payments_there_is_nothing_to_draw():
    assert paid_by_year(book(expenses=(expense(paid_on=None),))) == ()


@settings(max_examples=40, deadline=None)
@given(households())
def test_months_and_years_add_up_to_all_that_was_paid(money):
    years = paid_by_year(money)
    assert [row.period for row in years] == list(range(years[0].period, years[-1].period + 1)) \
        if years else True  # fmt: skip
    for row in years:
        months = paid_by_month(money, row.period)
        assert sum((each.total for each in months), Money()) == row.total
    paid = sum((each.amount for each in money.expenses if each.paid_on), Money())
    assert sum((row.total for row in years), Money()) == paid
