"""Today: no open denial can vanish."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton

from app.operations import dates, intake
from app.storage.queries.dates import due_rows, undated_rows
from tests.ui.checks import check_widget
from tests.ui.household import call_with_promise, deny, rosas_household
from ui.pages.today import TodayPage
from ui.widgets.layout import Card
from ui.widgets.text import Label


@pytest.fixture
def today(desk, shell, qtbot):
    made = TodayPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1000, 800)
    return made


def cards(page):
    """The headings of the cards that are shown, from the top."""
    found = [card for card in page.findChildren(Card) if not card.isHidden()]
    return [card.heading.text() for card in sorted(found, key=lambda card: card.y())]


def words(page):
    return " ".join(label.text() for label in page.findChildren(Label))


def click(page, text):
    buttons = [
        each
        for each in page.findChildren(QPushButton)
        if each.accessibleName() == text and each.isVisible()
    ]
    buttons[0].click()


def shown(page):
    page.reload()
    page.show()
    return page


def test_an_open_denial_without_a_date_stands_first_until_it_has_one(today, shell, binder, qtbot):
    home = rosas_household(binder)
    call_with_promise(binder, home.claim)
    deny(binder, home.claim, confirmed=False)
    shown(today)
    assert cards(today)[0] == "They said no, and the date is missing"
    assert "15 days since the letter" in words(today)
    assert "555-0142" in words(today)

    def fill(dialog):
        dialog.confirm.set_value(True)
        dialog.go.click()

    shell.scripts.append(fill)
    click(today, "Enter the date …")
    assert binder.ask(undated_rows) == ()
    today.reload()
    qtbot.waitUntil(lambda: cards(today) == ["Coming up"])


def test_today_has_at_most_five_cards_and_done_is_one_click(today, binder, tmp_path):
    home = rosas_household(binder)
    deny(binder, home.claim, confirmed=False)
    for day in range(1, 9):
        dates.add_own_date(binder, f"Thing {day}", date(2026, 8, 18 + day))
    intake.add_bytes(binder, "letter.txt", b"a letter")
    shown(today)
    assert len(cards(today)) <= 5
    check_widget(today)
    click(today, "Done")
    assert {row.title for row in binder.ask(due_rows)} == {f"Thing {day}" for day in range(2, 9)}


def test_an_empty_binder_says_how_to_begin(today, shell):
    shown(today)
    assert "Drop a letter" in words(today)
