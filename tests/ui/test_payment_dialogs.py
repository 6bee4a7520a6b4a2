"""Dialogs on a line of the ledger, and the travel log: each writes through its operation."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.money import Money
from app.operations import expenses
from app.storage.queries.expense_details import refunds_of
from app.storage.queries.money import expense_rows
from tests.ui.household import rosas_household
from tests.ui.paper_makers import open_page
from ui.pages import payment_steps
from ui.pages.money_travel import TravelPart

CARE = date(2026, 3, 2)


@pytest.fixture
def owed(binder):
    rosas_household(binder)
    return expenses.enter_expense(binder, Money(10_000), served_on=CARE, provider="North Clinic")


def amounts(binder):
    return sorted(row.amount.cents for row in binder.ask(expense_rows))


def test_a_line_is_paid_in_part_then_some_comes_back(desk, shell, binder, owed):
    def pay(dialog):
        dialog.amount.set_value(Money(4_000))
        assert dialog.left.text() == "$60.00 of it stays to be paid."
        dialog.method.set_value("check")
        dialog.go.click()

    def give_back(dialog):
        dialog.amount.set_value(Money(5_000))
        dialog.go.click()
        assert "no more than that" in dialog.problem.text
        dialog.amount.set_value(Money(1_000))
        dialog.giver.set_value("insurer")
        dialog.go.click()

    def never_came(dialog):
        (kept,) = dialog.earlier.values()
        kept.set_value(False)
        dialog.go.click()

    shell.scripts += [pay, give_back]
    payment_steps.ask_payment(desk, shell, owed.id)
    assert amounts(binder) == [4_000, 6_000]
    (paid,) = [row for row in binder.ask(expense_rows) if row.paid_on]
    payment_steps.ask_refund(desk, shell, paid.id)
    assert [each.giver for each in binder.ask(refunds_of)] == ["insurer"]
    shell.scripts.append(never_came)
    payment_steps.ask_refund(desk, shell, paid.id)
    assert binder.ask(refunds_of) == ()
    payment_steps.ask_refund(desk, shell, owed.id)
    payment_steps.ask_payment(desk, shell, paid.id)
    assert len(shell.failed) == 2


def test_parts_must_add_up_before_a_line_is_split(desk, shell, binder, owed):
    def fill(dialog):
        dialog.parts.add_row()
        dialog.parts.share_equally()
        assert dialog.parts.left.text() == "It adds up."
        dialog.parts.rows[0][0].set_value(Money(3_000))
        assert dialog.parts.left.text() == "$3.34 is left to part."
        dialog.go.click()
        assert "exactly" in dialog.problem.text
        dialog.parts.rows[0][0].set_value(Money(3_334))
        dialog.go.click()

    shell.scripts.append(fill)
    payment_steps.ask_split(desk, shell, owed.id)
    assert amounts(binder) == [3_333, 3_333, 3_334]


def test_sessions_are_filled_in_as_rows(desk, shell, binder, owed):
    def fill(dialog):
        dialog.every.set_value(14)
        dialog.times.set_value(3)
        dialog._fill()
        assert dialog.days.value() == (date(2026, 3, 16), date(2026, 3, 30), date(2026, 4, 13))
        dialog.go.click()

    shell.scripts.append(fill)
    payment_steps.ask_repeat(desk, shell, owed.id)
    assert len(amounts(binder)) == 4


def test_a_plan_is_filled_in_and_may_be_changed(desk, shell, binder, owed):
    def fill(dialog):
        dialog.count.set_value(3)
        dialog.first.set_value(date(2026, 9, 30))
        assert [day for day, _ in dialog.rows.value()][-1] == date(2026, 11, 30)
        dialog.rows.rows[0][1].set_value(Money(3_000))
        assert dialog.left.text() == "$3.34 is left to part."
        dialog.rows.rows[2][1].set_value(Money(3_667))
        dialog.charge.set_value(Money(250))
        dialog.go.click()

    shell.scripts.append(fill)
    payment_steps.ask_instalments(desk, shell, owed.id)
    assert amounts(binder) == [250, 3_000, 3_333, 3_667]


def test_the_travel_log_takes_drives_and_nights(desk, shell, binder, qtbot):
    rosas_household(binder)
    page = open_page(qtbot, desk, TravelPart(desk, shell))

    def drive(dialog):
        dialog.on.set_value(CARE)
        dialog.miles.set_value("7")
        assert dialog.sum.text() == "7 miles × 20.5 cents (Notice 2026-10) = $1.44"
        dialog.on.set_value(date(2014, 3, 2))
        assert "not known" in dialog.sum.text()
        dialog.go.click()
        assert "is not known to this program" in dialog.problem.text
        dialog.on.set_value(CARE)
        dialog.parking.set_value(Money(600))
        dialog.go.click()

    def again(dialog):
        assert dialog.parking.value() == Money(600)
        dialog.miles.set_value("14.25")
        dialog.parking.set_value(None)
        dialog.go.click()

    def stay(dialog):
        dialog.from_on.set_value(CARE)
        dialog.nights.set_value(2)
        dialog.persons.set_value(3)
        assert "$200.00" in dialog.limit.text()
        dialog.amount.set_value(Money(24_000))
        dialog.conditions["essential"].set_value("yes")
        dialog.go.click()

    def again_in_april(dialog):
        dialog.days.add_days([date(2026, 4, 1)])
        dialog.go.click()

    shell.scripts += [drive, again, stay]
    page.enter_trip()
    qtbot.waitUntil(lambda: page.driven.text() == "7 miles, $1.44; parking and tolls $6.00")
    page._change_trip()
    qtbot.waitUntil(lambda: page.driven.text() == "14.25 miles, $2.92; parking and tolls $0.00")
    shell.scripts.insert(0, again_in_april)
    page._again()
    qtbot.waitUntil(lambda: page.driven.text() == "28.5 miles, $5.84; parking and tolls $0.00")
    page._drop_trip()
    page.enter_stay()
    qtbot.waitUntil(lambda: page.slept.text() == "2 nights, $240.00")
    page._drop_trip()
    qtbot.waitUntil(page._drives.isHidden)
    assert amounts(binder) == [24_000]
