"""Help with the cost has its days in the calendar, and may be who paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.binder import Binder
from app.domain.allocation import Allocation
from app.domain.errors import UserError
from app.domain.money import Money
from app.operations import aids, claims, dates, people, trash
from app.operations.appeal_holds import claims_under_appeal, decide_hold
from app.operations.denials import DenialAnswer, do_not_appeal, record_denial
from app.operations.expenses import enter_expense
from app.operations.fighting_costs import costs_bytes, fighting_costs_of
from app.operations.rules import rule_book
from app.storage.queries.aids import aid_rows
from app.storage.queries.dates import due_rows

DUE, END = date(2026, 12, 1), date(2027, 11, 9)
TODAY = date(2026, 11, 21)


def days(binder: Binder) -> list[tuple[str, date]]:
    return [(row.kind, row.last_day) for row in binder.ask(due_rows)]


def test_an_answer_settles_the_day_it_was_due_and_brings_the_day_it_ends(binder: Binder):
    patient = people.add_person(binder, "Maya")
    claim = claims.open_claim(binder, "Infusions", person_id=patient.id)
    made = aids.add_aid(binder, "Copay fund", claim_id=claim.id, due_on=DUE).aid
    assert made.person_id == patient.id
    assert days(binder) == [("assistance", DUE)]
    answered = aids.answer_aid(
        binder, made.id, "partly", date(2026, 11, 10), amount=Money(90_000), until_on=END
    )
    assert days(binder) == [("assistance", END)]
    aids.change_aid(binder, replace(answered.aid, answer="refused"))
    assert days(binder) == []
    binder.undo()
    binder.undo()
    assert days(binder) == [("assistance", DUE)]


def test_a_day_that_was_moved_stays_until_it_is_corrected_in_the_record(binder: Binder):
    kept = aids.add_aid(binder, "Copay fund", due_on=DUE)
    dates.move_date(binder, kept.items[0].id, date(2026, 12, 8))
    aids.change_aid(binder, replace(kept.aid, note="Called them."))
    assert days(binder) == [("assistance", date(2026, 12, 8))]
    aids.change_aid(binder, replace(kept.aid, due_on=date(2026, 12, 20)))
    assert days(binder) == [("assistance", date(2026, 12, 20))]
    trash.put_in_trash(binder, [("aid", kept.aid.id)])
    assert days(binder) == []


def test_what_a_program_paid_is_taken_off_its_grant(binder: Binder):
    made = aids.add_aid(binder, "Copay fund").aid
    aids.answer_aid(binder, made.id, "approved", TODAY, amount=Money(50_000))
    paid = enter_expense(binder, Money(12_050), paid_on=TODAY)
    aids.paid_by_aid(binder, made.id, paid.id, TODAY)
    (row,) = binder.ask(aid_rows)
    assert (row.paid, row.left, row.payments) == (Money(12_050), Money(37_950), 1)


@pytest.mark.parametrize(
    "known",
    [{"name": " "}, {"kind": "gift"}, {"amount": Money(0)}, {"asked_on": date(2026, 12, 24)},
     {"asked_on": date(2026, 5, 1), "until_on": date(2026, 4, 1)}, {"claim_id": "none"}],
    ids=["no name", "no kind", "nothing", "to come", "backwards", "no claim"],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_and_nothing_is_kept(untouched: Binder, known: dict):
    with pytest.raises(UserError):
        aids.add_aid(untouched, **{"name": "Copay fund", **known})
    assert untouched.ask(aid_rows) == ()


def test_a_price_and_a_refusal_pay_nothing_and_no_cent_is_paid_twice(binder: Binder):
    price = aids.add_aid(binder, "Bayside", kind="quote").aid
    fund = aids.add_aid(binder, "Copay fund").aid
    paid = enter_expense(binder, Money(12_050), paid_on=TODAY)
    with pytest.raises(UserError, match="price"):
        aids.paid_by_aid(binder, price.id, paid.id, TODAY)
    with binder.operation("claim") as work:
        work.allocations.add(
            Allocation(
                id="a", expense_id=paid.id, payer="fsa", amount=Money(1),
                added_at=datetime(2026, 11, 21, tzinfo=UTC),
            )
        )  # fmt: skip
    with pytest.raises(UserError, match="claimed"):
        aids.paid_by_aid(binder, fund.id, paid.id, TODAY)
    binder.undo()
    aids.answer_aid(binder, fund.id, "refused", TODAY)
    with pytest.raises(UserError, match="said no"):
        aids.paid_by_aid(binder, fund.id, paid.id, TODAY)


def test_a_claim_is_under_appeal_as_long_as_a_no_stands(binder: Binder):
    claim = claims.open_claim(binder, "Infusions")
    said = DenialAnswer(notice_on=date(2026, 5, 4), letter_says="days", letter_days=180)
    assert claims_under_appeal(binder) == frozenset()
    no = record_denial(binder, rule_book(), claim.id, said, confirmed=True).denial
    assert claims_under_appeal(binder) == {claim.id}
    do_not_appeal(binder, no.id)
    assert claims_under_appeal(binder) == frozenset()
    binder.undo()
    trash.put_in_trash(binder, [("claim", claim.id)])
    assert claims_under_appeal(binder) == frozenset()


def test_the_person_decides_about_money_under_appeal_and_may_take_it_back(binder: Binder):
    line = enter_expense(binder, Money(100))
    assert decide_hold(binder, line.id, "claim").hold == "claim"
    assert decide_hold(binder, line.id, "").hold == ""
    binder.undo()
    with binder.operation("look") as work:
        assert work.expenses.get(line.id).hold == "claim"
    with pytest.raises(UserError):
        decide_hold(binder, line.id, "perhaps")


def test_costs_of_the_fight_count_what_was_paid_between_no_and_yes(binder: Binder):
    claim = claims.open_claim(binder, "Infusions")
    before = date(2026, 5, 3)
    enter_expense(binder, Money(700), paid_on=before, claim_id=claim.id)
    assert fighting_costs_of(binder, claim.id, today=TODAY).ask
    said = DenialAnswer(notice_on=date(2026, 5, 4), letter_says="days", letter_days=180)
    record_denial(binder, rule_book(), claim.id, said, confirmed=True)
    enter_expense(binder, Money(40_000), paid_on=date(2026, 6, 2), claim_id=claim.id)
    enter_expense(binder, Money(2_000), paid_on=TODAY, claim_id=claim.id, method="hsa")
    enter_expense(binder, Money(900), paid_on=TODAY, claim_id=claim.id, method="hra")
    enter_expense(binder, Money(10), claim_id=claim.id)
    costs = fighting_costs_of(binder, claim.id, today=TODAY)
    assert (costs.out_of_pocket, costs.by_others, costs.ask) == (Money(42_000), Money(900), None)
    assert costs.sentence.startswith("$420.00 out of pocket from May 4, 2026")
    assert costs_bytes(binder, claim.id, today=TODAY).startswith(b"%PDF")
