"""People, calls, money and what was sent, by clicks and keys."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton

from app.operations import sendings
from app.storage.queries.money import expense_rows
from app.storage.queries.records import all_people, all_plans
from tests.ui.checks import check_widget
from tests.ui.household import pay, rosas_household
from ui.pages.calls import CallsPage
from ui.pages.money import MoneyPage
from ui.pages.money_parts import PARTS
from ui.pages.people import PeoplePage
from ui.pages.sent import SentPage
from ui.widgets.text import Label


def make(kind, desk, shell, qtbot):
    page = kind(desk, shell)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.reload()
    page.show()
    return page


def words(page):
    return " ".join(label.text() for label in page.findChildren(Label))


def test_a_person_and_a_plan_are_added_and_unknown_is_an_answer(desk, shell, binder, qtbot):
    page = make(PeoplePage, desk, shell, qtbot)

    def person(dialog):
        dialog.name.set_value("Sam <i>Reed</i>")
        dialog.go.click()

    def plan(dialog):
        dialog.name.set_value("Card plan")
        dialog.go.click()

    shell.scripts += [person, plan]
    page.add_person()
    page.reload()
    assert "Sam <i>Reed</i>" in words(page)
    page.add_plan()
    (kept,) = binder.ask(all_plans)
    assert (kept.program, kept.state, kept.funding) == ("unknown", None, None)
    assert kept.person_id == binder.ask(all_people)[0].id
    page.reload()
    assert "Kind of plan not known" in words(page)
    check_widget(page)


@pytest.mark.parametrize("page", [CallsPage, MoneyPage, SentPage, PeoplePage])
def test_every_empty_page_teaches(desk, shell, qtbot, page):
    made = make(page, desk, shell, qtbot)
    check_widget(made)
    assert len(words(made)) > 60


def test_each_part_of_the_money_has_at_most_one_button_that_goes_forward(desk, shell, qtbot):
    page = make(MoneyPage, desk, shell, qtbot)
    for part in PARTS:
        page.parts.show_part(part.name)
        qtbot.waitUntil(lambda: not desk.quick.busy)
        forward = [
            each.text()
            for each in page.findChildren(QPushButton)
            if each.isVisible() and each.property("look") == "primary"
        ]
        assert len(forward) <= 1, (part.name, forward)
    page.parts.show_part("ledger")
    assert page.go.property("look") == "primary"


def test_the_ledger_adds_up_by_year(desk, shell, binder, qtbot):
    home = rosas_household(binder)
    for amount, on in (("75.00", date(2026, 3, 5)), ("12.50", date(2025, 3, 5)), ("9.99", None)):
        pay(binder, home.claim, amount, on)
    whole = make(MoneyPage, desk, shell, qtbot)
    page = whole.parts.part("ledger")
    assert page.total.text() == "Paid: $87.50"
    assert page.unpaid.text() == "1 line is not paid yet"
    page.year.set_value(2026)
    assert page.total.text() == "Paid: $75.00"
    check_widget(whole)


def test_an_expense_is_entered_and_undone(desk, shell, binder, qtbot):
    rosas_household(binder)
    page = make(MoneyPage, desk, shell, qtbot)

    def fill(dialog):
        dialog.amount.setText("1,234.50")
        dialog.provider.set_value("Bayside Infusion")
        dialog.go.click()

    shell.scripts.append(fill)
    page.enter()
    assert [row.amount.plain for row in binder.ask(expense_rows)] == ["1234.50"]
    binder.undo()
    page.reload()
    assert page.parts.part("ledger").model.ids == ()


def test_an_expense_of_nothing_is_refused_in_the_dialog(desk, shell, binder, qtbot):
    rosas_household(binder)
    page = make(MoneyPage, desk, shell, qtbot)

    def fill(dialog):
        dialog.amount.setText("0")
        dialog.go.click()
        assert "more than zero" in dialog.problem.text
        dialog.cancel.click()

    shell.scripts.append(fill)
    page.enter()
    assert binder.ask(expense_rows) == ()


def test_what_was_sent_is_listed_with_its_tracking_number(desk, shell, binder, qtbot):
    home = rosas_household(binder)
    sendings.record_sending(
        binder, home.claim.id, date(2026, 8, 10), way="certified_mail", tracking="9407", pages=41
    )
    page = make(SentPage, desk, shell, qtbot)
    assert page.rows[0].row.sending.tracking == "9407"
    check_widget(page)
