"""The tab on HSAs: accounts, what came out and what it paid for, figures, letters, dependents."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from app.domain import allocation, dependent_year, hsa_account
from app.domain.money import Money
from app.operations import people
from app.operations.expenses import enter_expense
from app.operations.hsa_accounts import CODES, add_account, record_form
from app.operations.money_book import money_book
from app.operations.withdrawals import add_withdrawal
from tests.ui.checks import check_widget, show_active
from ui import hsa_names
from ui.pages import hsa_steps
from ui.pages.money_hsa import HsaPart
from ui.widgets.text import Label

YEAR = 2025


@pytest.fixture
def part(desk, shell, qtbot):
    made = HsaPart(desk, shell)
    qtbot.addWidget(made)
    made.resize(1000, 1600)
    desk.binder.feed.listen(made.refresh)
    show_active(made)
    return made


def household(binder):
    ada = people.add_person(binder, "Ada Example", relation="self", born_on=date(1980, 2, 3))
    people.add_person(binder, "Kim Example", relation="dependent", born_on=date(2003, 2, 3))
    account = add_account(
        binder, date(2020, 3, 1), holder_id=ada.id, custodian="Example Bank", last4="1234"
    )
    for month, dollars in ((1, 50), (2, 100), (3, 150)):
        enter_expense(
            binder, Money(dollars * 100), served_on=date(YEAR, month, 5),
            paid_on=date(YEAR, month, 10), provider=f"Clinic {month}", person_id=ada.id,
            category="physician_visit",
        )  # fmt: skip
    return ada, account


def shown(part, qtbot, until):
    qtbot.waitUntil(lambda: until in words(part))
    QApplication.processEvents()


def words(widget) -> str:
    QApplication.processEvents()
    return " ".join(each.text() for each in widget.findChildren(Label) if each.isVisible())


def press(widget, name: str) -> None:
    QApplication.processEvents()
    kinds = (QPushButton, QToolButton)
    found = [each for kind in kinds for each in widget.findChildren(kind) if each.isVisible()
             and name in (each.text(), each.accessibleName())]  # fmt: skip
    found[0].click()


@pytest.mark.parametrize(
    ("names", "known"),
    [
        (hsa_names.WITHDRAWAL_KINDS, hsa_account.WITHDRAWAL_KINDS),
        (hsa_names.CONTRIBUTORS, hsa_account.CONTRIBUTORS),
        (hsa_names.FORMS, hsa_account.FORMS),
        (hsa_names.DEPENDENT, dependent_year.STATUSES),
        (hsa_names.CODES, CODES),
    ],
)
def test_every_word_of_a_record_has_words_for_people(names, known):
    assert set(names) == set(known)
    assert allocation.PAYERS[0] == "hsa"


def test_receipts_are_claimed_tied_taken_off_and_the_figures_follow(desk, shell, part, qtbot):
    _ada, account = household(desk.binder)
    add_withdrawal(desk.binder, date(YEAR, 6, 1), Money(16_000))
    record_form(desk.binder, account.id, YEAR, gross=Money(16_500), code="1")
    part.reload()
    part.year.set_value(YEAR)
    shown(part, qtbot, "$300.00 may be claimed now: 3 expenses pass all six tests.")
    assert "$160.00 is not explained by any receipt" in words(part)
    assert "$5.00 apart" in words(part)
    part.resize(1000, 300)
    press(part, "Show me: Form 1099-SA of 2025 reports $165.00 for Ada Example. That is $5.00 more "
                "than the $160.00 on record.")  # fmt: skip
    assert part.scrolling.verticalScrollBar().value() > 0
    part.resize(1000, 1600)

    def choose(dialog):
        show_active(dialog)
        check_widget(dialog)
        assert "$160.00 of the withdrawal" in words(dialog)
        press(dialog, "Choose for me")
        assert "Chosen: 1 receipt, $150.00 · $10.00 stays unexplained" in words(dialog)
        dialog.turn(dialog.model.rows[0].id)
        assert "Chosen: 2 receipts, $160.00" in words(dialog)
        dialog.accept()

    shell.scripts.append(choose)
    press(part, "What did $160.00 on Jun 1, 2025 pay for?")
    shown(part, qtbot, "Explained to the cent.")
    assert "$140.00 may be claimed now" in words(part)
    check_widget(part)

    press(part, "Take off: $50.00 · Clinic 1 · Doctor visit, copay or coinsurance · Jan 5, 2025")
    shown(part, qtbot, "$50.00 is not explained by any receipt")

    def claim(dialog):
        show_active(dialog)
        check_widget(dialog)
        dialog.amount.set_value(Money(14_000))
        press(dialog, "Choose for me")
        assert "Chosen: 2 receipts, $140.00" in words(dialog), words(dialog)
        dialog.on.set_value(date(YEAR, 7, 1))
        dialog.accept()

    shell.scripts.append(claim)
    press(part, "Which receipts add up to …")
    shown(part, qtbot, "$50.00 may be claimed now: 1 expense pass")
    assert len(money_book(desk.binder).withdrawals) == 2


def test_an_account_and_a_letter_are_added_by_clicks(desk, shell, part, qtbot):
    people.add_person(desk.binder, "Ada Example", relation="self")
    part.reload()

    def account(dialog):
        show_active(dialog)
        check_widget(dialog)
        dialog.established_on.set_value(date(2020, 3, 1))
        dialog.last4.set_value("1234567")
        dialog.accept()
        assert "last four" in dialog.problem.text
        dialog.last4.set_value("1234")
        dialog.accept()

    shell.scripts.append(account)
    qtbot.waitUntil(lambda: part._stack.currentIndex() == 1)
    press(part, "Add an HSA")
    shown(part, qtbot, "Established on Mar 1, 2020")
    assert "Holder: Ada Example" in words(part)

    def letter(dialog):
        show_active(dialog)
        check_widget(dialog)
        dialog.covers.set_value("Massage")
        dialog.signed_on.set_value(date(2026, 8, 1))
        dialog.until_on.set_value(date(2027, 7, 31))
        dialog.accept()

    shell.scripts.append(letter)
    press(part, "Add a letter …")
    shown(part, qtbot, "Holds until Jul 31, 2027")


def test_an_fsa_or_a_withdrawal_pays_for_a_line_of_the_ledger(desk, shell):
    household(desk.binder)
    add_withdrawal(desk.binder, date(YEAR, 6, 1), Money(16_000))
    first = money_book(desk.binder).expenses[0].id

    def pay(dialog):
        show_active(dialog)
        check_widget(dialog)
        assert "$50.00 of it is claimed by nobody yet" in words(dialog)
        dialog.amount.set_value(Money(2_000))
        dialog.accept()

    def paid_back(dialog):
        dialog.payer.set_value("fsa")
        dialog.on.set_value(date(YEAR, 7, 1))
        dialog.accept()

    shell.scripts += [pay, paid_back]
    hsa_steps.ask_payer(desk, shell, first)
    hsa_steps.ask_payer(desk, shell, first)
    claimed = money_book(desk.binder).allocations_of[first]
    assert {(each.payer, each.amount.cents) for each in claimed} == {("hsa", 2_000), ("fsa", 3_000)}
