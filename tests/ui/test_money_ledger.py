"""The ledger on its page: narrowed, sorted, judged, and what is behind a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from app.domain.money import Money
from app.operations.claims import open_claim
from app.operations.expenses import enter_expense
from app.operations.hsa_accounts import add_account
from app.operations.plan_years import add_plan_year
from app.storage.queries.ledger import LedgerFilter, ledger_rows
from app.storage.queries.records import all_records
from tests.ui.checks import check_widget, show_active
from tests.ui.household import deny, rosas_household
from ui.names import PAPER_KINDS, STANDINGS, TESTS, category_labels
from ui.pages.claim_money import MoneyOfClaim
from ui.pages.money_ledger import LedgerPart
from ui.pages.money_limits import LimitsPart
from ui.pages.money_line_deeds import more_deeds
from ui.pages.money_lines import PAPERS, SORTS, SPARE
from ui.pages.money_pictures import PicturesPart
from ui.widgets.text import Label


@pytest.fixture
def home(binder):
    """Five lines: one an HSA may pay, one to look at, one before the HSA, one unpaid, one paid."""
    found = rosas_household(binder)
    add_account(binder, date(2024, 1, 1), holder_id=found.rosa.id)
    deny(binder, found.claim)

    def line(provider, served, **known):
        paid = known.pop("paid_on", served)
        return enter_expense(
            binder, Money(75_00), provider=provider, served_on=served, paid_on=paid,
            **{"person_id": found.rosa.id, "category": "physician_visit", "method": "card",
               **known},
        )  # fmt: skip

    line("Good", date(2026, 3, 5))
    line("Fought", date(2026, 3, 6), claim_id=found.claim.id)
    line("Early", date(2023, 3, 5))
    line("Open", date(2026, 3, 7), paid_on=None)
    line("Card", date(2026, 3, 8), method="hsa")
    return found


def opened(part, qtbot, desk):
    qtbot.addWidget(part)
    part.resize(1300, 800)
    desk.binder.feed.listen(part.refresh)
    part.reload()
    show_active(part)
    qtbot.waitUntil(lambda: not desk.quick.busy)
    QApplication.processEvents()
    return part


@pytest.fixture
def ledger(home, desk, shell, qtbot):
    return opened(LedgerPart(desk, shell), qtbot, desk)


def words(widget):
    QApplication.processEvents()
    return " ".join(each.text() for each in widget.findChildren(Label) if each.isVisible())


def press(widget, name):
    QApplication.processEvents()
    found = [each for each in widget.findChildren(QPushButton) if each.text() == name]
    next(each for each in found if each.isVisible()).click()


def line_of(ledger, provider):
    rows = ledger._desk.binder.ask(ledger_rows, ledger.model.ids)
    return next(row for row in rows if row.provider == provider)


def choose(ledger, provider):
    ledger.table.choose(line_of(ledger, provider).id)
    QApplication.processEvents()


def cell(ledger, provider, column):
    at = ledger.model.position_of(line_of(ledger, provider).id)
    return ledger.model.index(at, column)


def test_every_test_standing_and_paper_has_words():
    assert sorted(TESTS) == [1, 2, 3, 4, 5, 6]
    assert set(STANDINGS) == {"claimable", "look", "not", "reimbursed"}
    assert list(PAPERS) == list("EBPLT")
    assert len(SORTS) == 9
    assert set(SPARE) < set(range(9))
    assert not set(PAPER_KINDS) & set(PAPERS)


def test_categories_of_the_tax_book_have_words_those_of_forms_first():
    labels = category_labels()
    assert next(iter(labels)) == "physician_visit"
    assert len(labels) > 100
    assert all(labels.values())


def test_each_line_says_what_an_hsa_may_pay_with_a_sign_and_is_narrowed_by_it(ledger):
    said = {each: cell(ledger, each, 8).data() for each in
            ("Good", "Fought", "Early", "Open", "Card")}  # fmt: skip
    assert said == {
        "Good": "$75.00", "Fought": "check $75.00", "Early": "no: before the HSA",
        "Open": "once it is paid", "Card": "paid $75.00",
    }  # fmt: skip
    for each in said:
        assert cell(ledger, each, 8).data(Qt.ItemDataRole.DecorationRole) is not None
    check_widget(ledger)
    lines = {each: line_of(ledger, each).id for each in said}
    for standing, name in (
        ("claimable", "Good"), ("look", "Fought"), ("not", "Early"), ("reimbursed", "Card"),
    ):  # fmt: skip
        ledger.filter.standing.set_value(standing)
        assert list(ledger.model.ids) == [lines[name]], standing
        assert ledger.total.text() == "Paid: $75.00"


def test_lines_are_found_sorted_and_shown_by_their_id(ledger, qtbot):
    ledger.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    up = [ledger.model.index(at, 2).data() for at in range(5)]
    ledger.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert up == ["Card", "Early", "Fought", "Good", "Open"]
    assert [ledger.model.index(at, 2).data() for at in range(5)] == up[::-1]
    ledger.table.sortByColumn(8, Qt.SortOrder.DescendingOrder)
    assert ledger.model.index(0, 2).data() == "Good"
    ledger.table.sortByColumn(6, Qt.SortOrder.AscendingOrder)
    assert ledger.table.horizontalHeader().sortIndicatorSection() == 8
    ledger.filter.words.set_value("nobody at all")
    qtbot.waitUntil(lambda: not ledger.model.ids)
    assert "No line of the ledger is like that." in words(ledger)
    ledger.filter.clear()
    wanted = line_of(ledger, "Early").id
    assert ledger.filter.value() == LedgerFilter(labels=ledger.filter.value().labels)
    ledger.filter.year.set_value(2026)
    assert wanted not in ledger.model.ids
    ledger.show_record("expense", wanted)
    assert ledger.table.chosen_id == wanted


def test_beside_a_line_stand_its_six_tests_and_what_the_person_decides(ledger, binder, qtbot):
    choose(ledger, "Early")
    said = words(ledger.detail)
    for name in TESTS.values():
        assert name in said
    for each in ("After the HSA was opened: no", "January 1, 2024", "223"):
        assert each in said
    choose(ledger, "Fought")
    assert "do not reimburse this yet" in words(ledger.detail)
    press(ledger.detail, "Claim it all the same")
    qtbot.waitUntil(lambda: cell(ledger, "Fought", 8).data() == "$75.00")
    assert {each.hold for each in binder.ask(all_records, "expense")} == {"", "claim"}
    qtbot.waitUntil(lambda: "You decided to claim it" in words(ledger.detail))
    binder.undo()
    qtbot.waitUntil(lambda: cell(ledger, "Fought", 8).data() == "check $75.00")


def test_a_line_is_paid_and_claimed_from_where_it_stands(ledger, binder, shell, qtbot):
    shell.scripts += [lambda dialog: dialog.go.click()] * 2
    choose(ledger, "Open")
    press(ledger.detail, "Pay it …")
    assert line_of(ledger, "Open").paid_on == date(2026, 8, 18)
    qtbot.waitUntil(lambda: cell(ledger, "Open", 8).data() == "$75.00")
    choose(ledger, "Good")
    qtbot.waitUntil(lambda: "$75.00 to Good" in words(ledger.detail))
    press(ledger.detail, "Claim it …")
    (withdrawal,) = binder.ask(all_records, "withdrawal")
    assert withdrawal.amount == Money(75_00)
    qtbot.waitUntil(lambda: cell(ledger, "Good", 8).data() == "paid $75.00")
    qtbot.waitUntil(lambda: "from the HSA" in words(ledger.detail))
    press(ledger.detail, "Take it off")
    assert binder.ask(all_records, "allocation") == ()
    qtbot.waitUntil(lambda: cell(ledger, "Good", 8).data() == "$75.00")


@pytest.mark.parametrize(("method", "is_asked"), [("card", True), ("hsa", True), ("fsa", False)])
def test_who_pays_is_asked_where_that_is_not_known_already(desk, shell, ledger, method, is_asked):
    row = replace(line_of(ledger, "Good"), method=method)
    deeds = [deed.words for deed in more_deeds(desk, shell, row)]
    assert ("Who pays for it? …" in deeds) == is_asked


def test_parts_without_anything_to_show_teach(desk, shell, qtbot):
    for part in (LimitsPart, PicturesPart):
        made = opened(part(desk, shell), qtbot, desk)
        assert len(words(made)) > 80
        check_widget(made)


def test_pictures_and_meters_stand_above_their_numbers(home, binder, desk, shell, qtbot):
    add_plan_year(
        binder, home.plan.id, date(2026, 1, 1), date(2026, 12, 31),
        deductible_person=Money(1500_00), deductible_family=Money(3000_00),
    )  # fmt: skip
    limits = opened(LimitsPart(desk, shell), qtbot, desk)
    assert "Deductible, Family" in words(limits)
    assert "$0.00 of $3,000.00 used, $3,000.00 left." in words(limits)
    check_widget(limits)
    pictures = opened(PicturesPart(desk, shell), qtbot, desk)
    check_widget(pictures)
    assert "Who paid, year by year" in words(pictures)
    pictures.year.set_value(2026)
    qtbot.waitUntil(lambda: "Who paid in 2026" in words(pictures))


def test_a_claim_says_what_it_cost_or_where_to_begin(home, binder, desk, shell, qtbot):
    part = MoneyOfClaim(desk, shell)
    qtbot.addWidget(part)
    part.resize(900, 700)
    part.show_claim(home.claim.id)
    show_active(part)
    qtbot.waitUntil(lambda: not desk.quick.busy)
    assert "Paid so far: $75.00" in words(part)
    part.table.row_opened.emit(part.model.rows[0].id)
    assert shell.went == [("money", "expense", part.model.rows[0].id)]
    check_widget(part)
    part.show_claim(open_claim(binder, "Another one").id)
    assert "Nothing is in the ledger for this claim yet" in words(part)
    check_widget(part)
