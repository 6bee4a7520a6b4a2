"""Today and the calendar: no open denial can vanish, and each date tells where it comes from."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton

from app.operations import dates, denials, intake
from app.storage.queries.dates import due_rows, undated_rows
from tests.ui.checks import check_widget
from tests.ui.household import call_with_promise, deny, rosas_household
from ui.pages.calendar import CalendarPage
from ui.pages.today import TodayPage
from ui.widgets.fields import ChoiceField
from ui.widgets.layout import Card
from ui.widgets.text import Label


@pytest.fixture
def today(desk, shell, qtbot):
    made = TodayPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1000, 800)
    return made


@pytest.fixture
def calendar(desk, shell, qtbot):
    made = CalendarPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1200, 900)
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


def test_every_open_denial_stands_in_the_calendar_dated_or_undated(calendar, binder):
    home = rosas_household(binder)
    dated = deny(binder, home.claim)
    undated = deny(binder, home.claim, confirmed=False)
    shown(calendar)
    assert calendar.undated.isVisible()
    assert "Infusions in March" in words(calendar.undated)
    assert [row.denial_id for row in calendar.model.rows] == [dated.denial.id]
    denials.do_not_appeal(binder, undated.denial.id)
    calendar.reload()
    assert not calendar.undated.isVisible()


def test_a_day_shows_its_entries_and_where_they_come_from(calendar, binder):
    home = rosas_household(binder)
    deny(binder, home.claim)
    shown(calendar)
    calendar.grid.choose(date(2026, 10, 2))
    assert [line.title for line in calendar.of_day.lines.lines] == ["Send the appeal"]
    told = words(calendar.details)
    assert "From your letter" in told
    assert "January 30, 2027" in told  # 180 days from August 3, the rule's day beside the letter's
    assert "2560.503-1" in told
    check_widget(calendar)


def test_the_days_of_the_grid_speak_their_entries(calendar, binder):
    dates.add_own_date(binder, "Ask Dr. Okafor", date(2026, 8, 20))
    shown(calendar)
    cell = next(cell for cell in calendar.grid.cells if cell.day == date(2026, 8, 20))
    assert "Ask Dr. Okafor" in cell.accessibleName()
    assert "2 days left" in cell.accessibleName()


def test_kinds_can_be_filtered_and_what_is_done_comes_back_on_wish(calendar, binder):
    home = rosas_household(binder)
    call_with_promise(binder, home.claim)
    own = dates.add_own_date(binder, "Stop and decide", date(2026, 9, 10))
    shown(calendar)
    calendar.kind.set_value("promise")
    assert [row.kind for row in calendar.model.rows] == ["promise"]
    calendar.kind.set_value(None)
    dates.mark_done(binder, own.id, date(2026, 8, 18))
    calendar.reload()
    assert len(calendar.model.rows) == 1
    calendar.done.set_value(True)
    assert len(calendar.model.rows) == 2


def test_who_does_it_is_chosen_beside_the_date(calendar, binder):
    home = rosas_household(binder)
    own = dates.add_own_date(binder, "Call", date(2026, 9, 10))
    shown(calendar)
    calendar.show_record("due_item", own.id)
    field = calendar.details.findChildren(ChoiceField)[-1]
    field.set_value(home.rosa.id)
    assert binder.ask(due_rows)[0].doer == "Rosa Alvarez"


def test_the_dates_are_written_to_a_file_without_private_titles(
    calendar, shell, binder, tmp_path, qtbot
):
    home = rosas_household(binder)
    deny(binder, home.claim)
    shown(calendar)
    shell.new_file = tmp_path / "dates.ics"
    calendar.save_file()
    qtbot.waitUntil(lambda: bool(shell.said))
    written = (tmp_path / "dates.ics").read_text(encoding="utf-8")
    assert "BEGIN:VEVENT" in written
    assert "Infusions" not in written
