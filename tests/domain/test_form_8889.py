from dataclasses import replace
from datetime import date

import pytest

from app.domain.form_8889 import forms_8889
from app.domain.money import Money
from app.domain.person import Person
from tests.domain.hsa_makers import (
    CHILD,
    PEOPLE,
    SELF,
    SPOUSE,
    account,
    allocation,
    book,
    expense,
    form_1099,
    refund,
    withdrawal,
)


def only(money, year=2026):
    (form,) = forms_8889(money, year)
    return form


def lines(form):
    """Return lines 14a, 14b, 14c, 15, 16 and 17b in dollars."""
    figures = (form.line_14a, form.line_14b, form.line_14c, form.line_15, form.line_16)
    return [amount.cents / 100 for amount in (*figures, form.line_17b)]


def paid(amount, back, key="1", on=date(2026, 4, 1), **changed):
    """Return a line, the withdrawal that paid `back` of it, and what ties them."""
    line = expense(f"e-{key}", amount=Money(amount), **changed)
    taken = withdrawal(back, on, f"w-{key}")
    tied = allocation(back, key=f"x-{key}", line=line.id, withdrawal_id=taken.id)
    return line, taken, tied


def test_a_withdrawal_for_care_is_not_taxable():
    line, taken, tied = paid(300_00, 250_00)
    form = only(book(line, withdrawals=(taken,), allocations=(tied,)))
    assert lines(form) == [250, 0, 250, 250, 0, 0]
    assert not form.has_exemption


def test_what_is_tied_to_nothing_is_taxable_and_bears_the_additional_tax():
    form = only(book(withdrawals=(withdrawal(333_33),)))
    assert lines(form) == [333.33, 0, 333.33, 0, 333.33, 66.67]


def test_rollovers_and_excess_are_taken_off():
    taken = (
        withdrawal(1000_00, key="w-1", kind="rollover"),
        withdrawal(200_00, key="w-2", kind="excess"),
        withdrawal(50_00, key="w-3"),
    )
    assert lines(only(book(withdrawals=taken))) == [1250, 1200, 50, 0, 50, 10]


def test_what_was_returned_as_mistaken_is_no_distribution():
    taken = withdrawal(100_00, returned=Money(40_00), returned_on=date(2027, 3, 1))
    form = only(book(withdrawals=(taken,)))
    assert lines(form) == [60, 0, 60, 0, 60, 12]
    assert (form.withdrawn, form.returned) == (Money(100_00), Money(40_00))


@pytest.mark.parametrize(
    "changed",
    [
        {"category": "dance_swim"},
        {"category": "gym"},
        {"served_on": date(2014, 6, 1), "paid_on": date(2026, 2, 3)},
        {"person_id": "p-aunt"},
        {"category": "premium_regular"},
    ],
)
def test_only_expenses_that_pass_all_six_tests_are_on_line_15(changed):
    line, taken, tied = paid(100_00, 100_00, **changed)
    form = only(book(line, withdrawals=(taken,), allocations=(tied,)))
    assert lines(form) == [100, 0, 100, 0, 100, 20]


def test_money_that_came_back_is_taken_from_the_last_withdrawal():
    line = expense(amount=Money(100_00))
    taken = (
        withdrawal(60_00, date(2026, 4, 1), "w-1"),
        withdrawal(40_00, date(2027, 4, 1), "w-2"),
    )
    tied = tuple(
        allocation(each.amount.cents, key=f"x-{each.id}", withdrawal_id=each.id) for each in taken
    )
    money = book(line, withdrawals=taken, allocations=tied, refunds=(refund(30_00),))
    assert only(money, 2026).line_15 == Money(60_00)
    assert only(money, 2027).line_15 == Money(10_00)


def test_the_hsa_card_is_a_distribution_and_its_expense_at_once():
    form = only(book(expense(method="hsa", account_id="a-1")))
    assert lines(form) == [100, 0, 100, 100, 0, 0]
    assert form.card == Money(100_00)


def test_a_card_payment_that_is_tied_to_its_withdrawal_counts_once():
    taken = withdrawal(70_00)
    tied = allocation(70_00, withdrawal_id=taken.id)
    line = expense(method="hsa", account_id="a-1")
    form = only(book(line, withdrawals=(taken,), allocations=(tied,)))
    assert lines(form) == [100, 0, 100, 100, 0, 0]
    assert form.card == Money(30_00)


def test_an_expense_reimbursed_in_a_later_year_is_on_the_form_of_that_year():
    line, taken, tied = paid(100_00, 100_00, on=date(2027, 1, 2))
    money = book(line, withdrawals=(taken,), allocations=(tied,))
    assert lines(only(money, 2026)) == [0, 0, 0, 0, 0, 0]
    assert lines(only(money, 2027)) == [100, 0, 100, 100, 0, 0]


@pytest.mark.parametrize(
    ("born", "exempt", "tax"),
    [(date(1961, 4, 1), 100_00, 0), (date(1961, 4, 2), 0, 20_00), (None, 0, 20_00)],
)
def test_from_65_on_the_additional_tax_does_not_apply(born, exempt, tax):
    holder = Person(id=SELF.id, name="Maya", relation="self", born_on=born)
    form = only(book(withdrawals=(withdrawal(100_00),), people=(holder, SPOUSE)))
    assert (form.exempt, form.line_17b) == (Money(exempt), Money(tax))
    assert form.has_exemption == bool(exempt)


@pytest.mark.parametrize(("code", "tax"), [("1", 20_00), ("3", 0), ("4", 0), ("", 20_00)])
def test_the_code_of_a_form_names_disability_and_death(code, tax):
    reported = form_1099(100_00, code=code)
    form = only(book(withdrawals=(withdrawal(100_00),), forms=(reported,)))
    assert form.line_17b == Money(tax)


@pytest.mark.parametrize(("gross", "difference"), [(100_00, 0), (125_00, 25_00), (0, -100_00)])
def test_forms_1099_sa_are_tied_to_the_records(gross, difference):
    form = only(book(withdrawals=(withdrawal(100_00),), forms=(form_1099(gross),)))
    assert form.reported == Money(gross)
    assert form.difference == Money(difference)


def test_without_a_form_1099_sa_there_is_nothing_to_compare():
    form = only(book(withdrawals=(withdrawal(100_00),)))
    assert form.reported is None
    assert form.difference is None


def test_each_holder_has_a_form_of_their_own():
    accounts = (account("a-1"), account("a-2", holder=SPOUSE), account("a-3", holder=SPOUSE))
    taken = (
        withdrawal(10_00, key="w-1", account_id="a-1"),
        withdrawal(20_00, key="w-2", account_id="a-2"),
        withdrawal(30_00, key="w-3", account_id="a-3"),
    )
    forms = forms_8889(book(accounts=accounts, withdrawals=taken, people=PEOPLE), 2026)
    assert [(form.holder_id, form.line_14a) for form in forms] == [
        (SELF.id, Money(10_00)),
        (SPOUSE.id, Money(50_00)),
    ]


def test_what_belongs_to_no_known_holder_is_not_lost():
    accounts = (account("a-1"), account("a-2", holder=CHILD))
    lost = withdrawal(10_00, account_id=None)
    forms = forms_8889(book(accounts=accounts, withdrawals=(lost,)), 2026)
    assert [form.holder_id for form in forms] == [CHILD.id, SELF.id, None]
    assert forms[-1].line_14a == Money(10_00)


def test_a_year_without_anything_has_empty_figures():
    assert lines(only(book(), 2031)) == [0, 0, 0, 0, 0, 0]
    assert forms_8889(book(accounts=()), 2026) == ()


@pytest.mark.parametrize(
    ("account_id", "known", "well"),
    [
        ("a-1", {"category": "premium_medicare"}, 0),
        ("a-2", {"category": "premium_medicare"}, 100),
        ("a-1", {"served_on": date(2016, 2, 3)}, 100),
        ("a-2", {"served_on": date(2016, 2, 3)}, 0),
    ],
)
def test_an_account_that_may_not_pay_makes_its_money_taxable(account_id, known, well):
    accounts = (account("a-1"), account("a-2", date(2018, 1, 1), SPOUSE))
    line, taken, tied = paid(100_00, 100_00, paid_on=date(2026, 2, 3), **known)
    taken = replace(taken, account_id=account_id)
    for payer in (
        {"withdrawals": (taken,), "allocations": (tied,)},
        {"line": replace(line, method="hsa", account_id=account_id)},
    ):
        money = book(payer.pop("line", line), accounts=accounts, people=PEOPLE, **payer)
        assert sum(form.line_15.cents for form in forms_8889(money, 2026)) == well * 100
