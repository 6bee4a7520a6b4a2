"""Amounts and days of tables: read as printed, refused where they could mean two things."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import UserError
from app.domain.money import Money
from app.importing.tables_values import (
    LARGEST,
    DayOrder,
    is_dollars,
    looks_like_day,
    order_of,
    read_amount,
    read_day,
)


@pytest.mark.parametrize(
    ("printed", "cents"),
    [
        ("$1,600.00", 160000), ("($300.00)", -30000), ("-45.00", -4500), ("45.00-", -4500),
        ("$-45", -4500), ("-$45.00", -4500), ("$(45.00)", -4500), ("(45)", -4500), ("+45.00", 4500),
        ("45", 4500), (".50", 50), ("45.5", 4550), ("  $ 45.00 ", 4500), ("45.00 USD", 4500),
        ("US$45.00", 4500), ("USD 1,234.56", 123456), ("−45.00", -4500), ("\xa0$45.00", 4500),
        ("0.00", 0), ("($0.00)", 0), ("45.00$", 4500), ("1,234", 123400),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_is_printed(printed, cents):
    assert read_amount(printed) == Money(cents)


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        ("1.234,56", "other way round"), ("45,00", "other way round"), ("1.234", "other way round"),
        ("1.234.567", "other way round"), ("1 234.56", "not an amount"),
        ("€45.00", "not in US dollars"), ("45.00 EUR", "not in US dollars"),
        ("£45", "not in US dollars"), ("CAD 45.00", "not in US dollars"),
        ("C$45.00", "not in US dollars"), ("MX$45", "not in US dollars"), ("45 kr", "not in US"),
        ("abc", "not an amount"), ("", "not an amount"), ("-", "not an amount"),
        ("1,23,456.00", "not an amount"), ("45.001", "other way round"), ("--45", "not an amount"),
        ("(-45.00)", "not an amount"), ("45.00.00", "not an amount"), ("NaN", "not an amount"),
        ("1e9", "not an amount"), ("=45", "not an amount"), ("٤٥", "not an amount"),
        ("$1,000,000,000.00", "too large"), ("99999999999999999999", "too large|not an amount"),
    ],
)  # fmt: skip
def test_an_amount_that_is_not_sure_is_refused_with_the_reason(printed, why):
    with pytest.raises(UserError, match=why):
        read_amount(printed)


@given(st.integers(min_value=-LARGEST.cents, max_value=LARGEST.cents))
def test_what_the_program_prints_it_reads(cents):
    assert read_amount(str(Money(cents))) == read_amount(Money(cents).plain) == Money(cents)


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused(text):
    with suppress(UserError):
        assert abs(read_amount(text).cents) <= LARGEST.cents


@pytest.mark.parametrize("text", ["", "$", "USD", "usd", "US$", " US dollar "])
def test_dollars_are_dollars(text):
    assert is_dollars(text)


@pytest.mark.parametrize("text", ["EUR", "CAD", "MXN", "C$"])
def test_other_money_is_not(text):
    assert not is_dollars(text)


JAN_5 = date(2026, 1, 5)


@pytest.mark.parametrize(
    "printed",
    [
        "2026-01-05", "01/05/2026", "1/5/2026", "1/5/26", "01-05-2026", "01.05.2026", "2026/1/5",
        "20260105", "20260105120000[-5:EST]", "2026-01-05T23:30:00Z", "2026-01-05 08:00",
        "01/05/2026 12:00 AM", "Jan 5, 2026", "January 5 2026", "Mon, Jan 5, 2026", "5-Jan-2026",
        "5 Jan 26", "Jan 5th, 2026", " 01/05/2026 ", "01/05/2026 - 01/07/2026",
        "01/05/2026 through 01/07/2026",
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_forms_of_portals(printed):
    assert read_day(printed, latest_year=2027) == JAN_5


@pytest.mark.parametrize(
    "printed",
    ["13/13/2026", "02/30/2026", "2026-02-30", "45678", "1/5", "yesterday", "", "0000-01-01",
     "Foo 5, 2026", "01/05-2026", "31/12/2026"],
)  # fmt: skip
def test_what_is_no_day_is_refused(printed):
    with pytest.raises(UserError):
        read_day(printed)


def test_years_of_two_digits_do_not_lie_in_the_future():
    assert read_day("1/5/27", latest_year=2027).year == 2027
    assert read_day("1/5/28", latest_year=2027).year == 1928


@pytest.mark.parametrize(
    ("days", "order"),
    [
        (["01/05/2026", "01/31/2026"], DayOrder("mdy")),
        (["01/05/2026", "02/05/2026"], DayOrder("mdy", is_sure=False)),
        (["31/01/2026", "05/02/2026"], DayOrder("dmy")),
        (["31/01/2026", "01/31/2026"], DayOrder("mdy")),
        (["31/01/2026", *["01/02/2026"] * 9], DayOrder("mdy", is_sure=False)),
        (["2026-01-05", "Jan 5, 2026", "", "x"], DayOrder("mdy")),
        ([], DayOrder("mdy")),
    ],
)
def test_the_order_of_a_column_is_told_by_days_that_can_be_read_in_one_way(days, order):
    assert order_of(days) == order


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_refused(text):
    assert looks_like_day(text) in {True, False}
