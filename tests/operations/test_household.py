"""People, plans, claims, calls, money, dates and what was sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.errors import UserError
from app.domain.money import Money
from app.jobs import Silent
from app.operations import (
    calls,
    claims,
    dates,
    denials,
    expenses,
    intake,
    people,
    sendings,
    trash,
)
from app.operations.denials import DenialAnswer
from app.storage.queries.calls import call_rows
from app.storage.queries.claims import claim_rows
from app.storage.queries.dates import due_rows, undated_rows
from app.storage.queries.find import find_anything
from app.storage.queries.money import expense_rows, expense_years
from app.storage.queries.records import record
from app.storage.queries.story import claim_story
from app.storage.queries.trash import trash_rows


@pytest.fixture
def rosa(binder):
    return people.add_person(binder, "Rosa Alvarez", relation="self")


def test_a_claim_takes_the_plan_in_force_on_its_day(binder, rosa):
    old = people.add_plan(binder, "Old", person_id=rosa.id, until_on=date(2025, 12, 31))
    new = people.add_plan(binder, "New", person_id=rosa.id, from_on=date(2026, 1, 1))
    for day, plan in ((date(2025, 12, 31), old), (date(2026, 1, 1), new)):
        claim = claims.open_claim(binder, "Scan", person_id=rosa.id, service_on=day)
        assert claim.plan_id == plan.id


def test_two_plans_in_force_on_one_day_are_a_question_not_a_guess(binder, rosa):
    people.add_plan(binder, "Job", person_id=rosa.id, from_on=date(2020, 1, 1))
    people.add_plan(binder, "Medicare", person_id=rosa.id, from_on=date(2021, 1, 1))
    claim = claims.open_claim(binder, "Scan", person_id=rosa.id, service_on=date(2026, 3, 1))
    assert claim.plan_id is None


@pytest.mark.parametrize(
    "known",
    [
        {"program": "magic"},
        {"state": "ZZ"},
        {"funding": "church"},
        {"from_on": date(2026, 2, 1), "until_on": date(2026, 1, 1)},
        {"coinsurance_percent": 101},
        {"person_id": "nobody"},
    ],
)
def test_a_plan_with_an_impossible_value_is_refused(binder, known):
    with pytest.raises(UserError):
        people.add_plan(binder, "Plan", **known)


def test_a_promise_with_a_day_becomes_a_due_item_and_follows_the_call(binder):
    claim = claims.open_claim(binder, "Scan")
    call, item = calls.log_call(
        binder, claim_id=claim.id, with_whom="Dana", note="will call back", reference="R-17",
        promise="send the policy", promise_by=date(2026, 12, 1),
    )  # fmt: skip
    assert item is not None
    assert item.last_day == date(2026, 12, 1)
    calls.change_call(binder, replace(call, promise_by=date(2026, 12, 8)))
    assert [row.last_day for row in binder.ask(due_rows)] == [date(2026, 12, 8)]
    calls.change_call(binder, replace(call, promise_by=None))
    assert binder.ask(due_rows) == ()


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(2200, 1, 1), date(1926, 1, 1)])
def test_a_promise_for_a_year_that_cannot_be_right_is_refused(binder, day):
    with pytest.raises(UserError, match="check the date"):
        calls.log_call(binder, with_whom="Dana", promise="call back", promise_by=day)
    assert binder.ask(call_rows) == ()


def test_a_promise_is_one_line_of_the_calendar(binder):
    _, item = calls.log_call(
        binder, with_whom="Dana\n", promise="a copy\nby fax", promise_by=date(2026, 12, 1)
    )
    assert item
    assert item.title == "Promised by Dana: a copy by fax"


def test_a_call_keeps_its_author(binder, rosa):
    binder.author_id = rosa.id
    calls.log_call(binder, with_whom="Harbor Mutual", note="on hold")
    assert binder.ask(call_rows)[0].author == "Rosa Alvarez"


def test_an_expense_takes_its_receipt_along_to_the_claim(binder, rosa, paper):
    claim = claims.open_claim(binder, "Infusions", person_id=rosa.id)
    (row,) = intake.add_papers(binder, [paper("receipt.txt")], Silent())
    expenses.enter_expense(
        binder, Money.parse("75.00"), paid_on=date(2026, 3, 5), provider="Bayside Infusion",
        person_id=rosa.id, claim_id=claim.id, document_id=row.document_id,
    )  # fmt: skip
    receipt = binder.ask(record, "document", row.document_id)
    assert (receipt.kind, receipt.claim_id) == ("receipt", claim.id)
    assert binder.ask(expense_years) == (2026,)
    binder.undo()
    assert binder.ask(record, "document", row.document_id).kind is None
    assert binder.ask(expense_rows) == ()


@pytest.mark.parametrize("amount", ["0", "-5", "(5.00)"])
def test_an_expense_is_more_than_zero(binder, amount):
    with pytest.raises(UserError):
        expenses.enter_expense(binder, Money.parse(amount))


def test_the_ledger_of_a_year_counts_by_the_day_paid(binder):
    for paid in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), None):
        expenses.enter_expense(binder, Money(100), paid_on=paid, served_on=date(2025, 12, 30))
    assert [row.paid_on for row in binder.ask(expense_rows, year=2026)] == [
        date(2026, 12, 31), date(2026, 1, 1),
    ]  # fmt: skip
    assert len(binder.ask(expense_rows, year=2025)) == 2  # one paid, one unpaid and served then


def test_sending_the_appeal_answers_the_denial_and_finishes_its_date(binder, book, rosa):
    claim = claims.open_claim(binder, "Infusions", person_id=rosa.id)
    answer = DenialAnswer(letter_says="date", letter_date=date(2026, 12, 24))
    recorded = denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    sendings.record_sending(
        binder, claim.id, date(2026, 11, 20), denial_id=recorded.denial.id, way="certified_mail"
    )
    assert binder.ask(claim_rows)[0].status == "appealed"
    assert binder.ask(due_rows) == ()
    assert binder.ask(undated_rows) == ()
    binder.undo()
    assert len(binder.ask(due_rows)) == 1


def test_own_dates_move_and_legal_ones_do_not(binder, book, rosa):
    own = dates.add_own_date(binder, "Stop and decide", date(2027, 1, 15), doer_id=rosa.id)
    dates.move_date(binder, own.id, date(2027, 2, 1))
    claim = claims.open_claim(binder, "Scan")
    answer = DenialAnswer(letter_says="date", letter_date=date(2026, 12, 24))
    legal = denials.record_denial(binder, book, claim.id, answer, confirmed=True).items[0]
    with pytest.raises(UserError, match="cannot be moved"):
        dates.move_date(binder, legal.id, date(2027, 12, 24))
    with pytest.raises(UserError):
        dates.remove_date(binder, legal.id)
    assert [row.last_day for row in binder.ask(due_rows)] == [date(2026, 12, 24), date(2027, 2, 1)]


def test_the_story_of_a_claim_is_in_time_order(binder, book, paper):
    claim = claims.open_claim(binder, "Infusions")
    (row,) = intake.add_papers(
        binder, [paper("letter.txt")], Silent(), filing=intake.Filing(claim.id)
    )
    denials.record_denial(
        binder, book, claim.id,
        DenialAnswer(document_id=row.document_id, notice_on=date(2026, 3, 3), letter_says="date",
                     letter_date=date(2026, 12, 24)),
        confirmed=True,
    )  # fmt: skip
    expenses.enter_expense(binder, Money(7500), paid_on=date(2026, 2, 1), claim_id=claim.id)
    story = binder.ask(claim_story, claim.id)
    assert [line.what for line in story] == ["expense", "denial", "document", "deadline"]
    assert [line.on for line in story] == sorted(line.on for line in story)


def test_the_trash_hides_a_claim_with_its_dates_and_restore_brings_all_back(binder, book):
    claim = claims.open_claim(binder, "Scan of the knee")
    answer = DenialAnswer(letter_says="date", letter_date=date(2026, 12, 24))
    denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    trash.put_in_trash(binder, [("claim", claim.id)])
    assert binder.ask(claim_rows) == ()
    assert binder.ask(due_rows) == ()
    assert [row.title for row in binder.ask(trash_rows)] == ["Scan of the knee"]
    assert "claim" not in {hit.what for hit in binder.ask(find_anything, "knee")}
    trash.restore(binder, [("claim", claim.id)])
    assert len(binder.ask(due_rows)) == 1


@pytest.mark.parametrize(
    "typed", ["773190", "20260214-773190-00", "2026021477319000", "14-7731", "alvarez", "ALVAR"]
)
def test_anything_is_found_by_typing_a_part_of_it(binder, rosa, typed):
    claim = claims.open_claim(binder, "Infusions", person_id=rosa.id, number="20260214-773190-00")
    assert {hit.id for hit in binder.ask(find_anything, typed)} <= {claim.id, rosa.id}
    assert binder.ask(find_anything, typed)
