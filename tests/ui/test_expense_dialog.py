"""An expense beside its receipt: what the paper says is offered, and nothing is taken by itself."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.fact import KindRead
from app.domain.money import Money
from app.operations import expenses
from app.operations.tax_book import tax_book
from app.operations.trips import Drive, record_trip
from app.storage.queries.money import expense_rows
from app.storage.queries.papers import paper_row
from app.storage.queries.records import record
from tests.ui.confirming import fact, read_and_sift
from tests.ui.household import rosas_household
from tests.ui.paper_makers import add, settled
from ui.dialogs.expense_category import counting_words, parted_answer
from ui.pages.expense_offer import ExpenseOffer
from ui.pages.expense_steps import ask_expense, ask_new_expense

RECEIPT = (
    fact("merchant", "BAYSIDE INFUSION"),
    fact("purchase_date", "2026-03-02"),
    fact("patient_paid", "75.00"),
    fact("total", "410.00"),
    fact("patient", "Rosa Alvarez"),
    fact("payment", "Cash"),
)


@pytest.fixture
def receipt(binder, tmp_path):
    rosas_household(binder)
    (document_id,) = add(binder, tmp_path / "papers", "receipt.txt")
    read_and_sift(binder, document_id, RECEIPT, KindRead("receipt", 0.9, "It says RECEIPT."))
    return document_id


def test_what_a_receipt_says_is_taken_with_one_key_and_never_by_itself(
    desk, shell, binder, qtbot, receipt
):
    def fill(dialog):
        settled(qtbot, desk)
        assert dialog.amount.value() is None
        assert dialog.paid_on.value() is None
        assert "$75.00" in dialog._below["amount"].text
        assert not dialog.picture.isHidden()
        dialog.amount.setFocus()
        for _ in range(2):
            QTest.keyClick(dialog, Qt.Key.Key_F2)
        assert dialog.amount.value() == Money(7500)
        assert dialog.provider.value() == "BAYSIDE INFUSION"
        dialog._below["paid_on"].button.click()
        dialog.provider.set_value("Bayside Infusion")
        assert dialog._below["provider"].mark.look == "good"
        dialog.go.click()

    shell.scripts.append(fill)
    ask_new_expense(desk, shell, receipt)
    (row,) = binder.ask(expense_rows)
    assert (row.amount, row.paid_on, row.provider) == (
        Money(7500), date(2026, 3, 2), "Bayside Infusion",
    )  # fmt: skip
    assert (row.method, row.served_on, row.document_id) == ("own", None, receipt)
    assert binder.ask(record, "document", receipt).kind == "receipt"


def test_a_day_of_payment_that_is_to_come_is_not_a_payment(desk, shell, binder):
    rosas_household(binder)

    def fill(dialog):
        dialog.amount.set_value(Money(100))
        dialog.paid_on.set_value(date(2026, 8, 19))
        dialog.go.click()
        assert "still to come" in dialog.problem.text
        dialog.paid_on.set_value(None)
        dialog.more.due_on.set_value(date(2026, 9, 1))
        dialog.more.address.set_value("1 Elm St")
        dialog.provider.set_value("North Clinic")
        dialog.go.click()

    shell.scripts.append(fill)
    ask_new_expense(desk, shell)
    (row,) = binder.ask(expense_rows)
    line = binder.ask(record, "expense", row.id)
    assert (line.paid_on, line.due_on) == (None, date(2026, 9, 1))
    assert binder.ask(record, "provider", line.provider_id).address == "1 Elm St"


def test_a_kind_that_depends_asks_its_question_and_keeps_the_answer(desk, shell, binder):
    rosas_household(binder)
    before = expenses.enter_expense(binder, Money(100), category="ketamine_infusion")

    def fill(dialog):
        assert "HSA: it depends" in dialog.kind.words.text()
        dialog.kind.yes_no.set_value("yes")
        dialog.kind.reason.set_value("ordered by Dr. Lee")
        dialog.go.click()

    shell.scripts.append(fill)
    ask_expense(desk, shell, before.id)
    assert binder.ask(record, "expense", before.id).answer == "yes, ordered by Dr. Lee"
    assert parted_answer("yes, ordered by Dr. Lee") == ("yes", "ordered by Dr. Lee")
    assert parted_answer("yesterday") == (None, "yesterday")


def test_what_was_entered_last_time_is_offered_for_the_same_payee(desk, shell, binder, qtbot):
    home = rosas_household(binder)
    expenses.enter_expense(
        binder, Money(100), provider="Bayside", category="infusion", person_id=home.rosa.id
    )

    def fill(dialog):
        assert dialog.provider.completer().model().rowCount() == 1
        dialog.amount.set_value(Money(200))
        dialog.provider.set_value("Bayside")
        dialog.provider.editingFinished.emit()
        settled(qtbot, desk)
        assert dialog._below["category"].text == "Last time: Infusion or injection"
        assert dialog.category.value() is None
        dialog._below["category"].button.click()
        assert dialog._below["category"].isHidden()
        dialog.go.click()

    shell.scripts.append(fill)
    ask_new_expense(desk, shell)
    assert {row.category for row in binder.ask(expense_rows)} == {"infusion", "infusion_prescribed"}


def test_another_payee_does_not_inherit_the_address_of_the_one_before(desk, shell, binder):
    rosas_household(binder)
    line = expenses.enter_expense(binder, Money(1), provider="Bayside", address="1 Elm St")

    def rename(dialog):
        assert dialog.more.address.value() == "1 Elm St"
        dialog.provider.set_value("Northside")
        dialog.go.click()

    shell.scripts.append(rename)
    ask_expense(desk, shell, line.id)
    assert binder.ask(record, "expense", line.id).provider_id is None


def test_a_line_that_is_counted_from_miles_opens_its_trip(desk, shell, binder):
    rosas_household(binder)
    kept = record_trip(binder, Drive(on=date(2026, 3, 2), miles=700))

    def fill(dialog):
        dialog.miles.set_value("10")
        dialog.go.click()

    shell.scripts.append(fill)
    ask_expense(desk, shell, kept.mileage.id)
    assert [row.amount for row in binder.ask(expense_rows)] == [Money(205)]


@pytest.mark.parametrize(
    ("category", "words"),
    [
        ("otc_drug", "HSA: counts. FSA: counts. Tax deduction (Schedule A): does not count."),
        ("gym", "HSA: only with a doctor's letter of medical necessity."),
        ("telehealth", "Check Publication 502."),
        ("finance_charges", "HSA: does not count."),
    ],
)
def test_it_says_for_whom_a_kind_counts(category, words):
    assert words in counting_words(tax_book().categories[category])


def test_the_law_before_2020_is_told_for_a_payment_before_2020():
    otc = tax_book().categories["otc_drug"]
    assert "prescription" in counting_words(otc, date(2019, 12, 31))
    assert "Paid before" not in counting_words(otc, date(2020, 1, 1))


def test_a_receipt_offers_to_be_entered_and_says_what_the_ledger_has(
    desk, shell, binder, qtbot, receipt
):
    offer = ExpenseOffer(desk, shell)
    qtbot.addWidget(offer)
    offer.show_row(binder.ask(paper_row, receipt))
    qtbot.waitUntil(lambda: not offer.isHidden())
    assert offer.known.isHidden()
    expenses.enter_expense(binder, Money(7500), paid_on=date(2026, 3, 2), document_id=receipt)
    offer.show_row(binder.ask(paper_row, receipt))
    qtbot.waitUntil(lambda: offer.known.text() == "In the ledger: $75.00, Mar 2, 2026")
