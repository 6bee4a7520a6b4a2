from datetime import date

from app.domain.money import Money
from app.domain.shoebox import ShoeboxYear, carried, shoebox_years
from tests.domain.hsa_makers import account, allocation, book, expense, refund, withdrawal


def rows(money, until=2026):
    """Return year, opening, paid, hsa, employer, deducted, back, closing in whole dollars."""
    return [
        tuple(
            value.cents // 100 if isinstance(value, Money) else value
            for value in (getattr(row, name) for name in ShoeboxYear.__slots__)
        )
        for row in shoebox_years(money, until)
    ]


def line(key, year, amount=100, **changed):
    return expense(key, served_on=date(year, 5, 1), amount=Money(amount * 100), **changed)


START = (account(established=date(2020, 3, 1)),)


def test_what_is_not_claimed_is_carried_from_year_to_year():
    money = book(line("a", 2020), line("b", 2022, 50), accounts=START)
    assert rows(money, 2023) == [
        (2020, 0, 100, 0, 0, 0, 0, 100),
        (2021, 100, 0, 0, 0, 0, 0, 100),
        (2022, 100, 50, 0, 0, 0, 0, 150),
        (2023, 150, 0, 0, 0, 0, 0, 150),
    ]


def test_each_way_out_has_a_column_and_the_year_in_which_it_happened():
    taken = withdrawal(30_00, date(2023, 2, 1))
    money = book(
        line("a", 2020),
        accounts=START,
        withdrawals=(taken,),
        allocations=(
            allocation(30_00, "hsa", "x-1", "a", withdrawal_id=taken.id),
            allocation(20_00, "fsa", "x-2", "a", on=date(2021, 1, 5)),
            allocation(10_00, "deducted", "x-3", "a", tax_year=2022),
        ),
        refunds=(refund(5_00, date(2024, 7, 1), line="a"),),
    )
    assert rows(money, 2024) == [
        (2020, 0, 100, 0, 0, 0, 0, 100),
        (2021, 100, 0, 0, 20, 0, 0, 80),
        (2022, 80, 0, 0, 0, 10, 0, 70),
        (2023, 70, 0, 30, 0, 0, 0, 40),
        (2024, 40, 0, 0, 0, 0, 5, 35),
    ]


def test_only_what_passes_all_six_tests_is_in_the_shoebox():
    money = book(
        line("before", 2019),
        line("gym", 2021, category="gym"),
        line("fsa", 2021, method="fsa"),
        line("unpaid", 2021, paid_on=None),
        line("sure", 2021, 7),
        accounts=START,
    )
    assert rows(money, 2021) == [(2020, 0, 0, 0, 0, 0, 0, 0), (2021, 0, 7, 0, 0, 0, 0, 7)]


def test_the_hsa_card_passes_through():
    assert rows(book(line("a", 2020, method="hsa"), accounts=START), 2020) == [
        (2020, 0, 100, 100, 0, 0, 0, 0)
    ]


def test_a_refund_of_the_whole_line_takes_it_out_in_its_own_year():
    money = book(
        line("a", 2020), accounts=START, refunds=(refund(100_00, date(2022, 1, 1), line="a"),)
    )
    assert rows(money, 2022)[0] == (2020, 0, 100, 0, 0, 0, 0, 100)
    assert rows(money, 2022)[2] == (2022, 100, 0, 0, 0, 0, 100, 0)


def test_money_that_comes_back_after_the_hsa_paid_takes_nothing_more_out():
    taken = withdrawal(100_00, date(2021, 2, 1))
    money = book(
        line("a", 2020),
        accounts=START,
        withdrawals=(taken,),
        allocations=(allocation(100_00, key="x", line="a", withdrawal_id=taken.id),),
        refunds=(refund(40_00, date(2022, 1, 1), line="a"),),
    )
    assert rows(money, 2022) == [
        (2020, 0, 100, 0, 0, 0, 0, 100),
        (2021, 100, 0, 100, 0, 0, 0, 0),
        (2022, 0, 0, 0, 0, 0, 0, 0),
    ]


def test_what_is_dated_before_the_payment_counts_in_its_year():
    money = book(
        line("a", 2022),
        accounts=START,
        allocations=(allocation(100_00, "fsa", "x", "a", on=date(2021, 1, 1)),),
    )
    assert rows(money, 2022)[-1] == (2022, 0, 100, 0, 100, 0, 0, 0)


def test_what_was_paid_before_the_care_counts_in_the_year_of_the_care():
    early = line("a", 2022, paid_on=date(2021, 12, 20))
    money = book(early, accounts=START, today=date(2026, 11, 22))
    assert rows(money, 2022)[1:] == [(2021, 0, 0, 0, 0, 0, 0, 0), (2022, 0, 100, 0, 0, 0, 0, 100)]


def test_without_anything_there_are_no_rows():
    assert shoebox_years(book(accounts=()), 2026) == ()
    assert shoebox_years(book(accounts=START), 2019) == ()
    assert carried(()) == Money()
