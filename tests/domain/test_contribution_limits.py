from datetime import date

import pytest

from app.domain.contribution_limits import contribution_years
from app.domain.money import Money
from app.domain.person import Person
from tests.domain.hsa_makers import SPOUSE, account, book, contribution


def years(*given, born=date(1970, 5, 1), **records):
    holder = Person(id="p-self", name="Maya", relation="self", born_on=born)
    return contribution_years(book(contributions=given, people=(holder, SPOUSE), **records))


CATCH_UP = [
    # born, tax year, what may be added
    (date(1971, 12, 31), 2026, 1000_00),  # 55 on the last day of the year
    (date(1972, 1, 1), 2026, 0),
    (date(1950, 1, 1), 2015, 1000_00),
    (date(1990, 1, 1), 2026, 0),
    (None, 2026, None),
]


@pytest.mark.parametrize(("born", "year", "more"), CATCH_UP)
def test_who_reaches_55_in_the_year_may_add_the_catch_up(born, year, more):
    (only,) = years(contribution(100_00, year), born=born)
    assert only.catch_up == (None if more is None else Money(more))
    assert only.most_self == Money(only.self_only.cents + (more or 0))
    assert only.most_family == Money(only.family.cents + (more or 0))


def test_contributions_count_for_their_tax_year_whoever_gave_them():
    (old, new) = years(
        contribution(300_00, 2025, date(2026, 3, 1), "c-1"),
        contribution(200_00, 2025, date(2025, 3, 1), "c-2", giver="employer"),
        contribution(100_00, 2026, date(2026, 3, 1), "c-3"),
        contribution(5000_00, 2026, date(2026, 3, 1), "c-4", giver="rollover"),
    )
    assert (old.year, old.given, old.own, old.employer) == (
        2025, Money(500_00), Money(300_00), Money(200_00),
    )  # fmt: skip
    assert (new.year, new.given) == (2026, Money(100_00))
    assert (old.until, new.until) == (date(2026, 4, 15), date(2027, 4, 15))
    assert (old.late, old.over_self, old.over_family) == ((), Money(), Money())


@pytest.mark.parametrize(
    ("year", "until"),
    [(2019, date(2020, 7, 15)), (2020, date(2021, 5, 17)), (2021, date(2022, 4, 15))],
)
def test_two_deadlines_were_postponed(year, until):
    (only,) = years(contribution(100_00, year))
    assert only.until == until


def test_accounts_of_one_holder_share_a_limit_and_each_holder_has_one():
    accounts = (account("a-1"), account("a-2"), account("a-3", holder=SPOUSE))
    made = years(
        contribution(4000_00, key="c-1"),
        contribution(1500_00, key="c-2", account_id="a-2"),
        contribution(10_00, key="c-3", account_id="a-3"),
        accounts=accounts,
    )
    assert [(each.holder_id, each.given, each.over_self) for each in made] == [
        ("p-self", Money(5500_00), Money(100_00)),
        ("p-spouse", Money(10_00), Money()),
    ]


def test_a_year_without_a_known_limit_is_left_blank():
    (only,) = years(contribution(99_000_00, 2040))
    assert (only.self_only, only.family, only.most_family, only.until) == (None,) * 4
    assert only.over_family == Money()
