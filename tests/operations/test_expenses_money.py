"""Lines of the ledger: paid in parts, refunded, parted, repeated, planned, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.domain.allocation import Allocation
from app.domain.bill import Bill
from app.domain.errors import UserError
from app.domain.money import Money
from app.domain.shares import even_shares, monthly, refuse_other_sum
from app.operations import expenses, payments, people, providers, refunds, trash
from app.operations.category_words import category_named
from app.operations.expense_repeats import repeat_expense
from app.operations.expense_splits import LinePart, split_expense
from app.operations.ids import new_id
from app.operations.instalments import Instalment, plan_instalments
from app.storage.queries.dates import due_rows
from app.storage.queries.expense_details import expense_details, refunds_of
from app.storage.queries.money import expense_rows
from app.storage.queries.records import record

CARE, PAID, LATER = date(2026, 3, 2), date(2026, 3, 9), date(2026, 4, 1)


@pytest.fixture
def owed(binder):
    return expenses.enter_expense(
        binder, Money(10_000), served_on=CARE, provider="North Clinic", category="copay"
    )


def claim(binder, expense, cents, payer="hsa"):
    with binder.operation("Claim it") as work:
        work.allocations.add(
            Allocation(
                id=new_id(),
                expense_id=expense.id,
                payer=payer,
                amount=Money(cents),
                added_at=datetime(2026, 5, 1, tzinfo=UTC),
            )
        )


def total(binder):
    return sum((row.amount for row in binder.ask(expense_rows)), Money())


def test_a_part_that_is_paid_becomes_a_line_and_the_rest_stays_owed(binder, owed):
    paid = payments.pay_expense(binder, owed.id, PAID, amount=Money(3_999), method="card")
    assert (paid.paid.amount, paid.paid.method, paid.paid.paid_on) == (Money(3_999), "card", PAID)
    assert paid.paid.origin_id == owed.id
    assert paid.rest is not None
    assert (paid.rest.id, paid.rest.amount, paid.rest.paid_on) == (owed.id, Money(6_001), None)
    last = payments.pay_expense(binder, owed.id, LATER, method="check")
    assert last.rest is None
    assert total(binder) == Money(10_000)
    for _ in range(2):
        binder.undo()
    (row,) = binder.ask(expense_rows)
    assert (row.amount, row.paid_on) == (Money(10_000), None)


@pytest.mark.parametrize(
    ("amount", "words"),
    [(10_001, "more than the"), (0, "more than zero"), (-5, "more than zero")],
)
def test_a_payment_that_cannot_be_is_refused(binder, owed, amount, words):
    with pytest.raises(UserError, match=words):
        payments.pay_expense(binder, owed.id, PAID, amount=Money(amount))
    assert total(binder) == Money(10_000)


def test_what_is_paid_or_in_the_trash_is_not_paid_again(binder, owed):
    payments.pay_expense(binder, owed.id, PAID)
    with pytest.raises(UserError, match=r"was paid on March 9, 2026"):
        payments.pay_expense(binder, owed.id, LATER)
    trash.put_in_trash(binder, [("expense", owed.id)])
    with pytest.raises(UserError, match="in the trash"):
        refunds.add_refund(binder, owed.id, LATER, Money(100))


def test_several_refunds_come_back_up_to_what_was_paid(binder, owed):
    with pytest.raises(UserError, match="not paid yet"):
        refunds.add_refund(binder, owed.id, LATER, Money(100))
    payments.pay_expense(binder, owed.id, PAID)
    first = refunds.add_refund(binder, owed.id, LATER, Money(4_000))
    refunds.add_refund(binder, owed.id, LATER, Money(6_000), giver="insurer")
    with pytest.raises(UserError, match=r"at most \$0.00"):
        refunds.add_refund(binder, owed.id, LATER, Money(1))
    with pytest.raises(UserError, match="given money back"):
        refunds.change_refund(binder, replace(first, came_on=CARE))
    assert binder.ask(expense_details)[owed.id].refunded == Money(10_000)
    refunds.remove_refund(binder, first.id)
    assert [each.amount for each in binder.ask(refunds_of, owed.id)] == [Money(6_000)]


def test_refunds_that_never_came_are_taken_out_and_one_that_came_recorded_in_one_step(binder, owed):
    payments.pay_expense(binder, owed.id, PAID)
    old = refunds.add_refund(binder, owed.id, LATER, Money(9_000))
    new = refunds.revise_refunds(binder, owed.id, [old.id], came_on=LATER, amount=Money(10_000))
    assert binder.ask(refunds_of, owed.id) == (new,)
    assert refunds.revise_refunds(binder, owed.id, [new.id]) is None
    binder.undo()
    binder.undo()
    assert binder.ask(refunds_of, owed.id) == (old,)
    other = expenses.enter_expense(binder, Money(1), paid_on=PAID)
    with pytest.raises(UserError, match="another line"):
        refunds.revise_refunds(binder, other.id, [old.id])


def test_money_comes_back_although_an_hsa_had_paid_and_a_task_appears(binder, owed):
    payments.pay_expense(binder, owed.id, PAID)
    claim(binder, owed, 10_000)
    refunds.add_refund(binder, owed.id, LATER, Money(2_500))
    tasks = [row for row in binder.ask(due_rows) if row.kind == "tax"]
    assert [row.last_day for row in tasks] == [date(2027, 4, 15)]
    binder.undo()
    assert not [row for row in binder.ask(due_rows) if row.kind == "tax"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"amount": Money(5_999)}, "already claimed"),
        ({"paid_on": None}, "already claimed"),
        ({"method": "fsa"}, "another payer"),
        ({"method": "hsa"}, "HSA card"),
    ],
)
def test_a_line_of_which_a_part_is_claimed_keeps_that_part(binder, owed, changed, words):
    paid = payments.pay_expense(binder, owed.id, PAID).paid
    claim(binder, paid, 6_000, payer="fsa")
    with pytest.raises(UserError, match=words):
        expenses.change_expense(binder, replace(paid, **changed))
    assert binder.ask(record, "expense", owed.id) == paid
    expenses.change_expense(binder, replace(paid, amount=Money(6_000)))


def test_a_line_for_which_money_came_back_stays_paid_and_large_enough(binder, owed):
    paid = payments.pay_expense(binder, owed.id, PAID).paid
    refunds.add_refund(binder, owed.id, LATER, Money(4_000))
    for changed in ({"paid_on": None}, {"amount": Money(3_999)}):
        with pytest.raises(UserError, match="came back"):
            expenses.change_expense(binder, replace(paid, **changed))


def test_the_parts_of_a_line_add_up_to_it_exactly(binder, owed):
    ben = people.add_person(binder, "Ben", relation="dependent")
    parts = [LinePart(Money(3_334)), LinePart(Money(6_666), {"person_id": ben.id})]
    one, other = split_expense(binder, owed.id, parts)
    assert (one.id, other.origin_id, other.person_id) == (owed.id, owed.id, ben.id)
    assert total(binder) == Money(10_000)
    with pytest.raises(UserError, match=r"add up to \$33.33, which is \$0.01 less"):
        split_expense(binder, owed.id, [LinePart(Money(3_332)), LinePart(Money(1))])
    payments.pay_expense(binder, owed.id, PAID)
    claim(binder, one, 3_000)
    with pytest.raises(UserError, match="already claimed"):
        split_expense(binder, owed.id, [LinePart(Money(2_999)), LinePart(Money(335))])
    kept, _ = split_expense(binder, owed.id, [LinePart(Money(3_000)), LinePart(Money(334))])
    assert kept.amount == Money(3_000)


def test_a_copay_of_each_infusion_is_a_line_for_each_day(binder):
    first = expenses.enter_expense(
        binder, Money(7_500), served_on=CARE, paid_on=CARE, provider="Infusion Center",
        category="infusion", reference="A-1", note="with the receipt",
    )  # fmt: skip
    days = [date(2026, 3, 30), date(2026, 3, 16), date(2027, 1, 4)]
    made = repeat_expense(binder, first.id, days)
    assert [each.served_on for each in made] == sorted(days)
    assert [each.paid_on for each in made] == [date(2026, 3, 16), date(2026, 3, 30), None]
    assert {(each.reference, each.note, each.category) for each in made} == {("", "", "infusion")}
    with pytest.raises(UserError, match="already"):
        repeat_expense(binder, first.id, [date(2026, 3, 16)])
    with pytest.raises(UserError, match="named twice"):
        repeat_expense(binder, first.id, [LATER, LATER])
    assert binder.undo() == "Repeat an expense"
    assert total(binder) == Money(7_500)


def test_a_payment_plan_is_dated_lines_with_their_days_in_the_calendar(binder, owed):
    days = monthly(date(2026, 12, 31), 3)
    shares = even_shares(owed.amount, 3)
    plan = plan_instalments(
        binder, owed.id,
        [Instalment(day, share) for day, share in zip(days, shares, strict=True)],
        finance_charge=Money(450),
    )  # fmt: skip
    assert [each.due_on for each in plan.lines] == list(days)
    assert plan.charge is not None
    assert (plan.charge.category, plan.charge.due_on) == ("finance_charges", days[-1])
    assert total(binder) == Money(10_450)
    assert len(binder.ask(due_rows)) == 4
    payments.pay_expense(binder, plan.lines[0].id, PAID)
    payments.pay_expense(binder, plan.lines[1].id, PAID, amount=Money(1_000))
    titles = {row.title for row in binder.ask(due_rows) if row.done_on is None}
    assert titles == {
        "Pay $23.33 to North Clinic", "Pay $33.33 to North Clinic", "Pay $4.50 to North Clinic",
    }  # fmt: skip
    for _ in range(3):
        binder.undo()
    assert total(binder) == Money(10_000)
    assert not binder.ask(due_rows)


def test_a_bill_that_is_paid_in_instalments_says_so(binder):
    with binder.operation("Bill") as work:
        now = datetime(2026, 5, 1, tzinfo=UTC)
        bill = work.bills.add(Bill(id=new_id(), amount=Money(300), added_at=now))
    line = expenses.enter_expense(binder, Money(300), bill_id=bill.id)
    plan_instalments(binder, line.id, [Instalment(LATER, Money(300))])
    assert binder.ask(record, "bill", bill.id).state == "plan"
    assert [row.last_day for row in binder.ask(due_rows)] == [LATER]


def test_a_plan_that_does_not_add_up_changes_nothing(binder, owed):
    with pytest.raises(UserError, match=r"\$0.01 less"):
        plan_instalments(binder, owed.id, [Instalment(LATER, Money(9_999))])
    with pytest.raises(UserError, match="twice"):
        plan_instalments(binder, owed.id, [Instalment(LATER, Money(5_000))] * 2)
    assert not binder.ask(due_rows)


def test_an_address_makes_or_fills_the_provider_on_record(binder):
    place = providers.add_provider(binder, "North Clinic")
    line = expenses.enter_expense(binder, Money(100), provider="north clinic", address="1 Elm St")
    assert line.provider_id == place.id
    assert binder.ask(expense_details)[line.id].address == "1 Elm St"
    expenses.change_expense(binder, line, address="1 Elm Street")
    assert binder.ask(expense_details)[line.id].address == "1 Elm Street"
    other = expenses.enter_expense(binder, Money(100), provider="North Clinic", address="2 Oak St")
    assert other.provider_id not in (None, place.id)
    assert binder.undo() == "Enter an expense"
    again = expenses.enter_expense(binder, Money(100), provider="NORTH  CLINIC")
    assert again.provider_id == place.id


def test_care_before_birth_and_years_that_cannot_be_are_refused(binder):
    ben = people.add_person(binder, "Ben", relation="dependent", born_on=date(2020, 5, 5))
    for known in (
        {"served_on": date(2020, 5, 4), "person_id": ben.id},
        {"served_on": date(1199, 1, 1)},
        {"paid_on": date(2062, 3, 1)},
        {"method": "barter"},
        {"provider_id": "nobody"},
    ):
        with pytest.raises(UserError):
            expenses.enter_expense(binder, Money(100), **known)
    with pytest.raises(UserError, match="too much to be right"):
        expenses.enter_expense(binder, Money.parse("1,000,000,000.00"))
    before = expenses.enter_expense(binder, Money(100), served_on=PAID, paid_on=CARE)
    assert before.paid_on == CARE


@pytest.mark.parametrize(
    ("word", "category"),
    [
        ("copay", "physician_visit"),
        ("X-Ray", "lab_imaging"),
        ("lab_imaging", "lab_imaging"),
        ("Own car to care: miles x medical rate", "car_mileage"),
        ("Parking", "parking_tolls"),
        ("Travel: parking", "parking_tolls"),
        ("Travel: mileage", "car_mileage"),
        ("Travel: lodging", "lodging_outpatient"),
        ("Laboratory test", "lab_imaging"),
        ("IV  infusion", "infusion_prescribed"),
        ("myers’ cocktail", "infusion_vitamin_hydration"),
        ("something nobody knows", None),
        ("", None),
    ],
)
def test_a_category_is_known_by_its_id_its_label_and_what_people_call_it(word, category):
    assert category_named(word) == category


def test_a_word_nobody_knows_stays_as_it_was_typed(binder):
    assert expenses.enter_expense(binder, Money(1), category=" Moon  dust ").category == "Moon dust"


@pytest.mark.parametrize(("cents", "count"), [(10_000, 3), (1, 1), (100, 100), (99_999, 120)])
def test_even_shares_add_up_and_differ_by_a_cent_at_most(cents, count):
    shares = even_shares(Money(cents), count)
    refuse_other_sum(Money(cents), shares)
    assert shares[0].cents - shares[-1].cents <= 1


def test_instalments_of_the_last_day_stay_on_the_last_day():
    assert monthly(date(2026, 12, 31), 3) == (
        date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28),
    )  # fmt: skip
    for first, count in ((date(9999, 12, 1), 3), (CARE, 0), (CARE, 121)):
        with pytest.raises(UserError):
            monthly(first, count)
