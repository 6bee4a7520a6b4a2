from datetime import date

import pytest

from app.domain.medical_expenses import medical_expenses
from app.domain.money import Money
from tests.domain.hsa_makers import (
    AUNT,
    allocation,
    book,
    expense,
    refund,
    stay,
)


def row(*, refunds=(), allocations=(), stays=(), **changed):
    money = book(
        expense(**changed), refunds=refunds, allocations=allocations, stays=stays, accounts=()
    )
    (made,) = medical_expenses(money, 2026)
    return made


def parts(made):
    """Return what others paid, own money, and its three parts, in dollars."""
    names = ("hsa", "employer", "assistance", "back", "own", "counts", "asks", "not_counted")
    return [getattr(made, name).cents // 100 for name in names]


def test_a_line_belongs_to_the_year_in_which_it_was_paid():
    early = expense("a", served_on=date(2025, 12, 30), paid_on=date(2026, 1, 2))
    late = expense("b", served_on=date(2026, 12, 30), paid_on=date(2027, 1, 2))
    unpaid = expense("c", paid_on=None)
    money = book(early, late, unpaid, accounts=())
    assert [each.expense.id for each in medical_expenses(money, 2026)] == ["a"]


def test_no_account_is_needed():
    assert parts(row()) == [0, 0, 0, 0, 100, 100, 0, 0]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"method": "hsa"}, [100, 0, 0, 0, 0, 0, 0, 0]),
        ({"method": "fsa"}, [0, 100, 0, 0, 0, 0, 0, 0]),
        ({"method": "hra"}, [0, 100, 0, 0, 0, 0, 0, 0]),
        ({"method": "assistance"}, [0, 0, 100, 0, 0, 0, 0, 0]),
        ({"method": "other"}, [0, 0, 0, 0, 100, 0, 100, 0]),
        ({"refunds": (refund(40_00),)}, [0, 0, 0, 40, 60, 60, 0, 0]),
        ({"allocations": (allocation(30_00),)}, [30, 0, 0, 0, 70, 70, 0, 0]),
        ({"allocations": (allocation(30_00, "hra"),)}, [0, 30, 0, 0, 70, 70, 0, 0]),
        ({"allocations": (allocation(100_00, "deducted"),)}, [0, 0, 0, 0, 100, 100, 0, 0]),
        ({"category": "otc_drug"}, [0, 0, 0, 0, 100, 0, 0, 100]),
        ({"category": "premium_regular"}, [0, 0, 0, 0, 100, 100, 0, 0]),
        ({"category": "premium_medigap"}, [0, 0, 0, 0, 100, 100, 0, 0]),
        ({"category": "contraceptives"}, [0, 0, 0, 0, 100, 0, 100, 0]),
        ({"category": "massage"}, [0, 0, 0, 0, 100, 0, 100, 0]),
        ({"category": ""}, [0, 0, 0, 0, 100, 0, 100, 0]),
        ({"person_id": AUNT.id}, [0, 0, 0, 0, 100, 0, 0, 100]),
        ({"category": "lodging_outpatient", "stays": (stay(),)}, [0, 0, 0, 0, 100, 50, 0, 50]),
    ],
)
def test_what_others_paid_is_taken_off_and_the_rest_has_its_own_flag(changed, expected):
    assert parts(row(**changed)) == expected


def test_what_came_back_beyond_the_amount_is_named():
    made = row(refunds=(refund(80_00),), allocations=(allocation(100_00),))
    assert parts(made) == [100, 0, 0, 0, 0, 0, 0, 0]
    assert made.over == Money(80_00)


def test_what_came_back_in_a_later_year_is_told_apart():
    made = row(
        refunds=(refund(10_00, date(2026, 12, 31), "r-1"), refund(15_00, date(2027, 1, 1), "r-2"))
    )
    assert parts(made)[3] == 25
    assert made.later == Money(15_00)
    claimed = (
        allocation(20_00, key="x-1", on=date(2027, 5, 1)),
        allocation(10_00, "deducted", key="x-2", on=date(2027, 5, 1)),
        allocation(5_00, key="x-3", on=date(2026, 5, 1)),
    )
    assert row(allocations=claimed).later == Money(20_00)
    assert row(refunds=(refund(1_00, date(2027, 1, 1)),), allocations=claimed).later == Money(21_00)
