"""The tab on help with the cost: programs, prices, and what the open appeals have cost."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from app.domain import aid as aid_words
from app.domain.money import Money
from app.operations import aids, denials
from app.operations.denials import DenialAnswer
from app.operations.expenses import enter_expense
from app.operations.rules import rule_book
from app.storage.queries.aids import aid_rows
from tests.ui.checks import check_widget, show_active
from tests.ui.household import rosas_household
from ui.dialogs import aid as aid_dialog
from ui.pages.money_aid import AidPart
from ui.widgets.text import Label


@pytest.fixture
def part(desk, shell, qtbot):
    made = AidPart(desk, shell)
    qtbot.addWidget(made)
    made.resize(900, 800)
    desk.binder.feed.listen(made.refresh)
    made.reload()
    show_active(made)
    return made


def words(widget) -> str:
    QApplication.processEvents()
    return " ".join(each.text() for each in widget.findChildren(Label) if each.isVisible())


def press(widget, name: str) -> None:
    QApplication.processEvents()
    found = [each for each in widget.findChildren(QPushButton) if each.isVisible()
             and name in (each.text(), each.accessibleName())]  # fmt: skip
    found[0].click()


def test_each_kind_and_answer_has_words():
    assert set(aid_dialog.AID_KINDS) == set(aid_words.KINDS)
    assert {"", *aid_dialog.AID_ANSWERS} == set(aid_words.ANSWERS)


def test_a_program_is_added_answered_and_put_away_by_clicks(desk, shell, part):
    def apply(dialog):
        show_active(dialog)
        QApplication.processEvents()
        check_widget(dialog)
        dialog.name.set_value("Copay fund")
        dialog.due_on.set_value(date(2026, 12, 1))
        assert not dialog.amount.isVisible()
        dialog.accept()

    shell.scripts.append(apply)
    press(part, "Add help with the cost …")
    assert "Copay fund" in words(part)
    assert "Answer due by Dec 1, 2026" in words(part)

    def answered(dialog):
        show_active(dialog)
        dialog.answered.set_value("approved")
        dialog.answered_on.set_value(desk.today())
        dialog.amount.set_value(Money(150_000))
        dialog.accept()

    shell.scripts.append(answered)
    press(part, "Change “Copay fund”")
    (row,) = desk.binder.ask(aid_rows)
    assert (row.aid.answer, row.aid.amount) == ("approved", Money(150_000))
    assert "They said yes · $1,500.00" in words(part)
    check_widget(part)
    press(part, "Move “Copay fund” to the trash")
    assert "Copay fund" not in words(part)


def test_what_an_open_appeal_has_cost_stands_there_with_the_advice_to_wait(desk, part):
    claim = rosas_household(desk.binder).claim
    said = DenialAnswer(notice_on=date(2026, 5, 4), letter_says="days", letter_days=180)
    denials.record_denial(desk.binder, rule_book(), claim.id, said, confirmed=True)
    enter_expense(desk.binder, Money(40_000), paid_on=date(2026, 6, 2), claim_id=claim.id)
    made = aids.add_aid(desk.binder, "Bayside", kind="quote", amount=Money(38_000)).aid
    shown = words(part)
    assert "$400.00 out of pocket since" in shown or "$400.00 out of pocket from" in shown
    assert "You decide" in shown
    check_widget(part)
    part.show_record("aid", made.id)
