"""What of the money wants a hand today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.matters import OwedFacts
from app.domain.money import Money
from app.domain.money_finding import MoneyCase
from app.domain.money_today import AHEAD, money_today
from tests.domain.money_makers import PLACE, a_bill, a_line, a_payment, an_allocation, an_eob

TODAY = date(2026, 11, 21)


def found(**records):
    return money_today(MoneyCase.of(OwedFacts(**records), TODAY))


@pytest.mark.parametrize(
    ("days", "presses"), [(-40, True), (0, True), (AHEAD.days, True), (AHEAD.days + 1, False)]
)
def test_a_bill_presses_from_two_weeks_before_its_day_until_it_is_paid(days, presses):
    bill = a_bill("310.00", due_on=TODAY + timedelta(days=days))
    matters = found(bills=(bill,))
    assert [each.record for each in matters] == ([("bill", bill.id)] if presses else [])
    if presses:
        (matter,) = matters
        assert (matter.kind, matter.amount, matter.name) == ("bill", Money(310_00), PLACE)


@pytest.mark.parametrize("state", ["disputed", "settled"])
def test_a_bill_that_is_disputed_or_settled_does_not_press(state):
    assert found(bills=(a_bill("310.00", due_on=TODAY, state=state),)) == ()


def test_a_bill_without_a_day_or_under_appeal_does_not_press():
    assert found(bills=(a_bill("310.00"),)) == ()
    fought = a_bill("310.00", due_on=TODAY, claim_id="c-1")
    assert found(bills=(fought,), fought_claims=frozenset({"c-1"})) == ()


def test_of_a_bill_only_what_is_left_to_pay_presses():
    bill = a_bill("310.00", due_on=TODAY)
    (matter,) = found(bills=(bill,), expenses=(a_payment("300.00", bill_id=bill.id),))
    assert matter.amount == Money(10_00)


def test_what_was_paid_beyond_the_share_is_to_come_back():
    eob = an_eob(patient_owes="75.00")
    line = a_line(eob, patient_owes="75.00")
    paid = a_payment("100.00", eob_line_id=line.id)
    (matter,) = found(eobs=(eob,), eob_lines=(line,), expenses=(paid,))
    assert (matter.kind, matter.amount, matter.record) == (
        "refund",
        Money(25_00),
        ("expense", paid.id),
    )


def test_payments_under_appeal_are_told_by_claim_until_somebody_decided():
    fought = frozenset({"c-1"})
    own = [a_payment("75.00", claim_id="c-1", method="card") for _ in range(2)]
    (matter,) = found(expenses=tuple(own), fought_claims=fought)
    assert (matter.kind, matter.count, matter.amount) == ("hold", 2, Money(150_00))
    assert matter.record == ("claim", "c-1")
    for other in (
        a_payment("75.00", claim_id="c-1", hold="hold"),
        a_payment("75.00", claim_id="c-1", hold="claim"),
        a_payment("75.00", claim_id="c-1", method="hsa"),
        a_payment("75.00", claim_id="c-1", paid_on=None),
        a_payment("75.00", claim_id="c-2"),
    ):
        assert [each.kind for each in found(expenses=(other,), fought_claims=fought)] == []
    claimed = an_allocation(own[0], "75.00")
    assert found(expenses=(own[0],), allocations=(claimed,), fought_claims=fought) == ()
