"""Whatever a household recorded: each cent is in one place, and the order does not matter."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.form_8889 import forms_by_year
from app.domain.hsa_findings import FindingsCase, line_findings
from app.domain.hsa_findings_of_records import record_findings
from app.domain.medical_expenses import medical_expenses
from app.domain.mileage import mileage
from app.domain.money import Money
from app.domain.shoebox import carried, shoebox_years
from app.domain.standing import stand, stand_all
from app.operations.tax_book import tax_book
from tests.domain.hsa_makers import allocation, cents, facts, refund
from tests.domain.hsa_worlds import households

BOOK = tax_book()
YEARS = range(2018, 2028)
AMOUNTS = st.integers(0, 300_00)


def all_standings(money):
    return stand_all([money.facts(line.id) for line in money.expenses], money.rules)


def in_another_order(money, seed):
    """Return the same records, shuffled in every table."""
    shuffle = random.Random(seed)  # the examples choose the seed
    tables = ("expenses", "accounts", "allocations", "refunds", "withdrawals", "forms")
    mixed = {name: list(getattr(money, name)) for name in tables}
    for rows in mixed.values():
        shuffle.shuffle(rows)
    return replace(money, **{name: tuple(rows) for name, rows in mixed.items()})


@given(households())
def test_each_cent_of_a_paid_line_is_in_one_place_and_claimed_once(money):
    for key, made in all_standings(money).items():
        paid = made.expense.amount.cents if made.expense.paid_on else 0
        assert sum(cents(made)) == paid
        assert min(cents(made)) >= 0
        wrong = made.over + made.unqualified + made.unproved
        assert wrong + made.reimbursed_well == made.reimbursed
        assert min(made.over, made.unqualified, made.unproved).cents >= 0
        others = [each for each in money.allocations_of.get(key, ()) if each.payer != "hsa"]
        gone = sum(each.amount.cents for each in others)
        gone += sum(each.amount.cents for each in money.refunds_of.get(key, ()))
        left = max(0, paid - gone - made.reimbursed.cents)
        assert made.claimable.cents + made.needs_attention.cents <= left


@given(households(), st.integers(0, 10**6))
def test_the_order_of_the_records_changes_nothing(money, seed):
    mixed = in_another_order(money, seed)
    assert all_standings(mixed) == all_standings(money)
    assert shoebox_years(mixed, 2027) == shoebox_years(money, 2027)
    assert forms_by_year(mixed, YEARS) == forms_by_year(money, YEARS)


@given(
    st.lists(AMOUNTS, max_size=4),
    st.lists(st.tuples(AMOUNTS, st.sampled_from(["hsa", "fsa", "hra", "deducted"])), max_size=4),
    st.sampled_from(["own", "hsa", "fsa", "other"]),
    st.none() | AMOUNTS,
)
def test_records_that_claim_too_much_still_add_up(back, claims, method, share):
    line = facts(
        method=method,
        refunds=tuple(refund(amount, key=f"r-{n}") for n, amount in enumerate(back)),
        allocations=tuple(
            allocation(amount, payer, f"x-{n}") for n, (amount, payer) in enumerate(claims)
        ),
        share=None if share is None else Money(share),
    )
    made = stand(line, BOOK)
    assert sum(cents(made)) == 100_00
    assert min(cents(made)) >= 0


@given(households(), AMOUNTS)
def test_money_that_comes_back_never_makes_more_claimable(money, amount):
    before = all_standings(money)
    for line in money.expenses:
        later = replace(money.facts(line.id), refunds=(refund(amount),))
        fewer = replace(money.facts(line.id), refunds=())
        assert stand(later, BOOK).claimable <= stand(fewer, BOOK).claimable
    assert before == all_standings(money)


@given(households(), st.integers(2016, 2026))
def test_the_rows_of_the_shoebox_always_add_up_and_end_with_what_is_claimable(money, until):
    rows = shoebox_years(money, 2027)
    opening = Money()
    for row in rows:
        assert row.opening == opening
        taken = row.hsa + row.employer + row.deducted + row.back
        assert row.closing == row.opening + row.paid - taken
        assert row.closing.cents >= 0
        opening = row.closing
    assert [row.year for row in rows] == list(range(rows[0].year, 2028) if rows else ())
    claimable = sum(made.claimable.cents for made in money.standings().values())
    assert carried(rows) == opening == Money(claimable)
    # What happens later does not change the years before.
    assert [row for row in rows if row.year <= until] == list(shoebox_years(money, until))


@given(households())
def test_the_lines_of_the_form_add_up(money):
    forms = [form for of_year in forms_by_year(money, YEARS).values() for form in of_year]
    for form in forms:
        assert form.line_14c == form.line_14a - form.line_14b
        assert Money() <= form.line_15 <= form.line_14c
        assert form.line_16 == form.line_14c - form.line_15
        assert Money() <= form.exempt <= form.line_16
        taxed = form.line_16.cents - form.exempt.cents
        assert form.line_17b == Money((taxed * 20 + 50) // 100)
    kept = sum(each.amount.cents - (each.returned or Money()).cents for each in money.withdrawals)
    assert sum((form.line_14a - form.card).cents for form in forms) == kept
    paid = sum(each.reimbursed_well.cents for each in money.standings().values())
    assert sum(form.line_15.cents for form in forms) <= paid


@given(households(), st.integers(2018, 2027))
def test_what_was_paid_in_a_year_is_parted_without_rest(money, year):
    rows = medical_expenses(money, year)
    assert len(rows) == sum(
        line.paid_on is not None and line.paid_on.year == year for line in money.expenses
    )
    for row in rows:
        assert row.paid == row.hsa + row.employer + row.assistance + row.back + row.own
        assert row.own == row.counts + row.asks + row.not_counted
        assert min(row.own, row.counts, row.asks, row.not_counted, row.later).cents >= 0


@given(households())
def test_every_finding_has_words_and_says_what_it_is_about(money):
    known = {line.id for line in money.expenses}
    for finding in (*line_findings(FindingsCase(money=money)), *record_findings(money)):
        assert finding.severity in {"high", "med", "info"}
        assert finding.text.rstrip("”")[-1] in ".?"
        assert finding.expense is None or finding.expense in known


@given(st.integers(0, 10**7), st.integers(0, 999))
def test_miles_are_rounded_half_up_once(miles, rate):
    exact = miles * rate  # in thousandths of a cent
    assert mileage(miles, rate).cents * 1000 - exact in range(-499, 501)
