"""The plan of an HSA summary: its columns, its exhibits, what it is narrowed to."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import UserError
from app.domain.hsa_plan import columns, total
from app.domain.medical_paid import plan_medical
from app.domain.money import Money
from app.domain.summary_choice import SummaryChoice, of_year
from tests.exporting.random_household import Household


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**9))
def test_every_way_of_adding_gives_the_same_totals(seed):
    plan = Household(seed).plan()
    whole = columns(plan.paid)
    for line in plan.lines:
        row = columns([line])
        parts = (row.not_claimable, row.hsa_now, row.hsa_else, row.claimable, row.needs_attention)
        assert total(parts) == line.expense.amount
        assert total(part.amount for part in line.parts) == line.standing.reimbursed
    answer = dict(plan.answer)
    answer.pop("unreimbursed_carried")
    assert total(answer.values()) == whole.paid
    for person in plan.by_person:
        assert total(part.sums.paid for part in person.parts) == person.sums.paid
    assert total(person.sums.paid for person in plan.by_person) == whole.paid
    assert total(paid for *_, paid in plan.by_provider) == columns(plan.lines).paid
    assert total(each.amount for each in plan.left_out) == columns(plan.lines).not_claimable
    assert total(each.amount for each in plan.to_look_at) == columns(plan.lines).needs_attention
    assert [line.number for line in plan.lines] == list(range(1, len(plan.lines) + 1))


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**9))
def test_each_withdrawal_is_wholly_told(seed):
    plan = Household(seed).plan()
    for facts in plan.withdrawals:
        assert facts.allocated + facts.returned + facts.rest == facts.withdrawal.amount
        assert all(part.line for part in facts.parts), "everything it paid for is in the ledger"
    of_ledger = total(line.hsa_now for line in plan.lines)
    card = total(
        part.amount
        for line in plan.lines
        for part in line.parts
        if part.in_period and part.withdrawal_id is None
    )
    assert of_ledger == total(facts.allocated for facts in plan.withdrawals) + card


def test_lines_of_other_years_are_listed_where_an_hsa_paid_for_them_now():
    plan = Household(3).plan()
    assert plan.elsewhere
    assert all(line.expense.paid_on.year == 2025 for line in plan.elsewhere)
    assert all(line.hsa_now > Money() for line in plan.elsewhere)
    assert all(line.expense.paid_on.year == 2026 for line in plan.paid)


def test_exhibits_are_numbered_in_ledger_order_and_papers_of_accounts_come_last():
    plan = Household(3).plan()
    numbers = [exhibit.number for exhibit in plan.exhibits]
    assert numbers == [f"HSA-2026-{number:03}" for number in range(1, len(numbers) + 1)]
    firsts = [exhibit.lines[0].number for exhibit in plan.exhibits if exhibit.lines]
    assert firsts == sorted(firsts)
    assert plan.exhibits[-1].letters == ("A",)
    assert len({exhibit.paper.id for exhibit in plan.exhibits}) == len(plan.exhibits)
    assert plan.accounts[0].exhibit == numbers[-1]


@pytest.mark.parametrize(
    "narrowed",
    [
        {"person_id": "leo"},
        {"withdrawal_id": "w-1"},
        {"first": date(2026, 3, 1), "last": date(2026, 6, 30)},
    ],
)
def test_a_narrowed_summary_shows_only_what_was_asked_for_and_no_tax_figures(narrowed):
    household = Household(3)
    plan = household.plan(**narrowed)
    whole = household.plan()
    assert 0 < len(plan.lines) < len(whole.lines)
    if plan.choice.person_id:
        assert {line.patient for line in plan.lines} == {"Leo Alvarez"}
    if plan.choice.withdrawal_id:
        assert [each.withdrawal.id for each in plan.withdrawals] == ["w-1"]
        assert {part.line for part in plan.withdrawals[0].parts} == set(plan.lines)
    if plan.choice.is_everybodys:
        assert all(plan.choice.has(line.expense.paid_on) for line in plan.paid)
    else:
        assert not plan.forms
        assert not plan.shoebox
    assert total([*plan.answer.values()][:4]) == columns(plan.paid).paid


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**9))
def test_medical_expenses_paid_are_parted_to_the_cent(seed):
    book = Household(seed).book
    plan = plan_medical(book, of_year(2026), claims={})
    for row in plan.rows:
        made = row.amounts
        assert total((made.hsa, made.employer, made.assistance, made.back, made.own)) == made.paid
        assert total(amount for _, amount in row.flags) == made.own
    assert total(amount for _, amount in plan.by_flag) == plan.sums.own
    for groups in (plan.by_person, plan.by_category):
        assert total(group.own for group in groups) == plan.sums.own
        assert sum(group.count for group in groups) == len(plan.rows)


def test_days_that_end_before_they_begin_are_refused():
    with pytest.raises(UserError, match="before it begins"):
        SummaryChoice(first=date(2026, 2, 1), last=date(2026, 1, 1))
    with pytest.raises(UserError, match="no summary of the year 42"):
        of_year(42)
