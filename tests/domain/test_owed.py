"""What is really owed, to whom, and what waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bill import STATES as BILL_STATES
from app.domain.bill import Bill
from app.domain.eob import Eob
from app.domain.expense import Expense
from app.domain.matters import OwedFacts, provider_key
from app.domain.money import Money
from app.domain.owed import STATES, Account, accounts_of, owings_of, shares_of
from app.domain.owed_words import in_words
from app.domain.provider import Provider
from app.domain.refund import Refund
from tests.domain.money_makers import (
    CARE,
    PLACE,
    WHEN,
    a_bill,
    a_line,
    a_payment,
    a_refund,
    an_eob,
)

TODAY = date(2026, 11, 21)


def account(**records: Any) -> Account:
    facts = OwedFacts(**{name: tuple(value) for name, value in records.items()})
    (found,) = accounts_of(owings_of(facts))
    return found


def explained(share: str | int | None, **known: Any) -> dict[str, Any]:
    eob = an_eob(**known)
    return {"eobs": [eob], "eob_lines": [a_line(eob, patient_owes=share)]}


@pytest.mark.parametrize(
    ("paid", "back", "waived", "owed", "over", "state"),
    [
        (0, 0, 0, "75.00", "0.00", "due"),
        (25, 0, 0, "50.00", "0.00", "due"),
        (75, 0, 0, "0.00", "0.00", "paid"),
        (100, 0, 0, "0.00", "25.00", "overpaid"),
        (100, 25, 0, "0.00", "0.00", "paid"),
        (100, 40, 0, "15.00", "0.00", "due"),
        (25, 0, 50, "0.00", "0.00", "paid"),
        (0, 0, 500, "0.00", "0.00", "paid"),  # nobody gives back what was never paid
        (75, 0, 75, "0.00", "75.00", "overpaid"),
    ],
)
def test_the_balance_is_share_less_payments_plus_refunds_less_what_was_let_go(
    paid, back, waived, owed, over, state
) -> None:
    line = a_payment(paid or 1)
    found = account(
        **explained("75.00"),
        expenses=[line] if paid else [],
        refunds=[a_refund(line, back)] if back else [],
        bills=[a_bill(75, waived=waived)] if waived else [],
    )
    assert (found.owed.plain, found.overpaid.plain, found.state) == (owed, over, state)


@pytest.mark.parametrize("giver", ["insurer", "assistance", "settlement", "other"])
def test_money_back_from_others_changes_nothing_with_the_provider(giver) -> None:
    line = a_payment(75)
    found = account(**explained(75), expenses=[line], refunds=[a_refund(line, 60, giver=giver)])
    assert (found.owed, found.overpaid) == (Money(), Money())


def test_what_the_plan_sent_to_the_patient_is_passed_on() -> None:
    found = account(**explained(30, paid_to_patient=120), expenses=[a_payment(150)])
    assert found.state == "paid"


def test_care_under_appeal_is_on_hold_and_not_owed() -> None:
    eob = an_eob(claim_id="fight", patient_owes=412)
    facts = OwedFacts(eobs=(eob,), fought_claims=frozenset({"fight"}))
    (found,) = accounts_of(owings_of(facts))
    assert (found.owed, found.on_hold, found.state) == (Money(), Money(412_00), "on_hold")
    assert "under appeal" in in_words(found, TODAY)


def test_a_disputed_bill_is_on_hold_and_the_rest_is_owed() -> None:
    other = an_eob(patient_owes=20)
    found = account(
        eobs=[other],
        eob_lines=[a_line(other, served_on=date(2026, 5, 5))],
        bills=[a_bill(300, state="disputed")],
    )
    assert (found.owed, found.on_hold, found.state) == (Money(20_00), Money(300_00), "due")


@pytest.mark.parametrize(
    ("state", "expected"),
    [("open", "due"), ("plan", "plan"), ("collections", "collections"), ("settled", "paid")],
)
def test_the_state_of_a_bill_is_that_of_the_account(state, expected) -> None:
    assert account(bills=[a_bill(90, state=state)]).state == expected


def test_an_undecided_claim_is_not_due_whatever_the_bill_asks() -> None:
    eob = an_eob(status="pending")
    found = account(eobs=[eob], eob_lines=[a_line(eob)], bills=[a_bill(400)])
    assert (found.state, found.owed) == ("not_due", Money())
    assert "Wait" in in_words(found, TODAY)


def test_without_an_explanation_a_bill_asks_for_what_is_open_on_its_day() -> None:
    before, after = a_payment(30, paid_on=date(2026, 3, 5)), a_payment(20)
    found = account(bills=[a_bill(100)], expenses=[before, after])
    assert found.owed == Money(80_00)


def test_a_newer_statement_of_the_same_number_takes_the_place_of_the_older() -> None:
    old = a_bill(100, number="A-7")
    new = a_bill(60, number="a-7", billed_on=date(2026, 5, 1))
    assert account(bills=[new, old]).owed == Money(60_00)


def test_bills_of_other_numbers_add_up() -> None:
    assert account(bills=[a_bill(100, number="A"), a_bill(60, number="B")]).owed == Money(160_00)


def test_without_a_bill_the_unpaid_lines_are_owed() -> None:
    found = account(expenses=[a_payment(40), a_payment(15, paid_on=None)])
    assert (found.owed, found.paid) == (Money(15_00), Money(40_00))


def test_instalments_are_due_one_by_one() -> None:
    parts = [a_payment(50, paid_on=None, due_on=date(2026, month, 1)) for month in (10, 12)]
    found = account(**explained(100), bills=[a_bill(100, state="plan")],
                    expenses=[replace(part, bill_id=None) for part in parts])  # fmt: skip
    assert (found.state, found.owed) == ("plan", Money(100_00))
    assert found.due_by(TODAY) == Money(50_00)
    assert found.next_due_on == date(2026, 10, 1)
    assert "$50.00 is due now" in in_words(found, TODAY)


@pytest.mark.parametrize(
    "change",
    [
        {"provider": "LAKESIDE INFUSION CENTER, L.L.C."},
        {"person_id": None},
        {"served_on": None, "claim_id": "c"},
        {"provider": "Somebody", "eob_line_id": "line"},
        {"provider": "Other words", "provider_id": "p1"},
    ],
)
def test_a_payment_finds_its_explanation(change) -> None:
    eob = an_eob(claim_id="c", provider_id="p1" if "provider_id" in change else None)
    line = a_line(eob, id="line", patient_owes=75)
    providers = [Provider(id="p1", name=PLACE, added_at=WHEN)]
    found = account(
        eobs=[eob],
        eob_lines=[line],
        expenses=[replace(a_payment(75), **change)],
        providers=providers,
    )
    assert (found.state, found.paid) == ("paid", Money(75_00))


@pytest.mark.parametrize(
    "change",
    [
        {"provider": "Harbor Pharmacy"},
        {"person_id": "luis"},
        {"served_on": date(2026, 8, 8)},
        {"claim_id": "another"},
    ],
)
def test_a_payment_for_other_care_pays_nothing_here(change) -> None:
    eob = an_eob(claim_id="c")
    facts = OwedFacts(
        eobs=(eob,),
        eob_lines=(a_line(eob, patient_owes=75),),
        expenses=(replace(a_payment(75), **change),),
    )
    assert sum(each.owed.cents for each in accounts_of(owings_of(facts))) == 75_00


@pytest.mark.parametrize(("papers", "accounts_owe"), [(1, "20.00"), (2, "60.00")])
def test_an_undated_bill_is_held_against_the_one_paper_there_is(papers, accounts_owe) -> None:
    eobs = tuple(an_eob(patient_owes=20) for _ in range(papers))
    bill = a_bill(20, served_on=None)
    (found,) = accounts_of(owings_of(OwedFacts(eobs=eobs, bills=(bill,))))
    assert found.owed.plain == accounts_owe


def test_an_undated_payment_goes_to_its_provider() -> None:
    eobs = tuple(an_eob(patient_owes=20) for _ in range(2))
    line = a_payment(30, served_on=None)
    (found,) = accounts_of(owings_of(OwedFacts(eobs=eobs, expenses=(line,))))
    assert found.owed == Money(10_00)


def test_names_of_one_place_are_the_same_however_they_are_written() -> None:
    assert provider_key("The Lakeside Clinic, Inc.") == provider_key("lakeside  clinic")
    assert provider_key("MD") == "md"
    assert provider_key("") == ""


def test_a_share_is_used_up_by_payments_in_the_order_of_their_days() -> None:
    late, early = a_payment(50, paid_on=date(2026, 5, 1)), a_payment(50)
    facts = explained(75)
    found = shares_of(
        OwedFacts(eobs=tuple(facts["eobs"]), eob_lines=tuple(facts["eob_lines"]),
                  expenses=(late, early))
    )  # fmt: skip
    assert found == {early.id: Money(50_00), late.id: Money(25_00)}


def test_what_the_provider_gave_back_is_no_excess() -> None:
    line = a_payment(100)
    facts = explained(75)
    found = shares_of(
        OwedFacts(eobs=tuple(facts["eobs"]), eob_lines=tuple(facts["eob_lines"]),
                  expenses=(line,), refunds=(a_refund(line, 25),))
    )  # fmt: skip
    assert found == {line.id: Money(100_00)}


def test_lines_without_an_explanation_have_no_share() -> None:
    assert shares_of(OwedFacts(expenses=(a_payment(10),))) == {}


def test_a_claim_shows_only_its_own_care() -> None:
    mine, other = an_eob(claim_id="c", patient_owes=10), an_eob(claim_id="d", patient_owes=20)
    owings = owings_of(OwedFacts(eobs=(mine, other)))
    assert [each.owed for each in accounts_of(owings, claim_id="c")] == [Money(10_00)]


CENTS = st.integers(0, 900).map(lambda cents: Money(cents * 37))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("pay", "refund", "version", "bill", "hold", "unpaid", "wrong")),
        CENTS,
        st.integers(0, 5),
    ),
    max_size=12,
)


class Household:
    """The records that a sequence of steps leaves."""

    def __init__(self) -> None:
        self.expenses: list[Expense] = []
        self.refunds: list[Refund] = []
        self.eobs: list[Eob] = []
        self.bills: list[Bill] = []
        self.left: dict[str, int] = {}
        self.fought: set[str] = set()

    def pay(self, money: Money, at: int) -> None:
        if money.cents:
            self.expenses.append(a_payment(money.plain, paid_on=date(2026, 4, 1 + at)))
            self.left[self.expenses[-1].id] = money.cents

    def unpaid(self, money: Money, at: int) -> None:
        if money.cents:
            self.expenses.append(a_payment(money.plain, paid_on=None))

    def refund(self, money: Money, at: int) -> None:
        line = self.expenses[at % len(self.expenses)] if self.expenses else None
        part = min(money.cents, self.left.get(line.id, 0)) if line else 0
        if line and part:
            self.left[line.id] -= part
            self.refunds.append(a_refund(line, Money(part).plain))

    def version(self, money: Money, at: int) -> None:
        before = self.eobs[-1].id if self.eobs else None
        self.eobs.append(
            an_eob(patient_owes=money.plain, follows_id=before, claim_id="c",
                   processed_on=date(2026, 5, 1 + at))
        )  # fmt: skip

    def wrong(self, money: Money, at: int) -> None:
        self.version(-money, at)

    def bill(self, money: Money, at: int) -> None:
        state = BILL_STATES[at % len(BILL_STATES)]
        self.bills.append(a_bill(money.plain, state=state, number=str(at % 2), claim_id="c"))

    def hold(self, money: Money, at: int) -> None:
        self.fought ^= {"c"}

    def facts(self) -> OwedFacts:
        return OwedFacts(
            expenses=tuple(self.expenses), refunds=tuple(self.refunds), eobs=tuple(self.eobs),
            bills=tuple(self.bills), eob_lines=tuple(a_line(eob) for eob in self.eobs),
            fought_claims=frozenset(self.fought),
        )  # fmt: skip


@given(STEPS)
def test_any_sequence_keeps_the_balances_consistent(steps) -> None:
    household = Household()
    for kind, money, at in steps:
        getattr(household, kind)(money, at)
    facts, expenses = household.facts(), household.expenses
    owings = owings_of(facts)
    accounts = accounts_of(owings)
    for each in accounts:
        assert each.state in STATES
        assert not (each.owed.cents and each.overpaid.cents)
        assert min(each.owed, each.overpaid, each.on_hold) >= Money()
        assert each.overpaid.cents <= each.paid.cents - each.refunded.cents
        total = each.owed.cents - each.overpaid.cents + each.on_hold.cents
        assert total == sum(owing.balance.cents for owing in each.owings)
        assert Money() <= each.due_by(TODAY) <= each.owed
        assert in_words(each, TODAY)
    assert sum(each.paid.cents for each in accounts) == sum(
        line.amount.cents for line in expenses if line.paid_on
    )
    lines = {line.id for owing in owings for line in owing.matter.lines}
    assert lines == {line.id for line in expenses}
    for key, share in shares_of(facts).items():
        line = next(line for line in expenses if line.id == key)
        assert Money() <= share <= line.amount


def test_one_day_of_care_is_kept_apart_for_two_patients() -> None:
    facts = OwedFacts(
        eobs=tuple(an_eob(person_id=name, patient_owes=10) for name in ("rosa", "luis")),
        expenses=(a_payment(10, person_id="luis", served_on=CARE),),
    )
    rows = {each.person_id: each.owed.plain for each in accounts_of(owings_of(facts))}
    assert rows["rosa"] == "10.00"
