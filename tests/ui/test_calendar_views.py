"""What next, files and paper, and the look of the calendar at every size of text."""

from __future__ import annotations

from datetime import date, timedelta

import pikepdf
import pytest
from PySide6.QtWidgets import QScrollArea, QWidget

from app.domain.due_item import DueItem
from app.operations import dates
from app.storage.queries.dates import due_rows
from tests.ui.calendar_makers import buttons, click, own, shown, urgent, words
from tests.ui.checks import check_widget, cut_words, show_active
from tests.ui.household import call_with_promise, deny, rosas_household
from ui.pages.calendar import CalendarPage
from ui.pages.calendar_filter import Wanted
from ui.pages.calendar_next import MOST_AHEAD, MOST_PASSED
from ui.pages.due_lines import DueLine

OCTOBER_2 = date(2026, 10, 2)


@pytest.fixture
def calendar(desk, shell, qtbot):
    made = CalendarPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1200, 900)
    return made


def test_what_next_groups_by_week_with_reasons_and_is_never_long(calendar, binder):
    home = rosas_household(binder)
    deny(binder, home.claim, letter_days=30)
    call_with_promise(binder, home.claim)
    own(binder, "Ask Dr. Okafor", date(2026, 8, 20), claim_id=home.claim.id)
    own(binder, "Send the copay form", date(2026, 8, 25), kind="assistance")
    for number in range(20):
        own(binder, f"Infusion {number}", date(2026, 11, 1), kind="appointment")
    calendar.show_view("next")
    shown(calendar)
    told = {name: words(part) for name, part in calendar.next.parts.items() if part.isVisible()}
    assert "passed" not in told
    assert "Ask Dr. Okafor · Infusions in March" in told["week"]
    assert "2 days left" in told["week"]
    assert "Your own date" in told["week"]
    assert "Send the copay form" in told["next_week"]
    assert "From your letter" in told["later"]
    assert len(calendar.next.findChildren(DueLine)) == MOST_AHEAD
    assert "12 more dates in the list" in calendar.next.more.text()
    check_widget(calendar)
    calendar.next.more.click()
    assert calendar.view == "list"
    assert len(calendar.list.model.rows) == 24


def test_what_has_passed_never_hides_what_is_still_to_come(calendar, binder):
    home = rosas_household(binder)
    for number in range(20):
        own(binder, f"Old thing {number}", date(2026, 7, 1) + timedelta(days=number))
    own(binder, "Ask Dr. Okafor", date(2026, 8, 20))
    deny(binder, home.claim, notice_on=date(2026, 2, 2), letter_days=60)
    calendar.show_view("next")
    shown(calendar)
    assert "Ask Dr. Okafor" in words(calendar.next.parts["week"])
    passed = words(calendar.next.parts["passed"])
    assert passed.index("Send the appeal") < passed.index("Old thing 19")
    assert "You may still ask" in passed
    assert "Old thing 0 " not in passed
    assert "16 more dates in the list" in calendar.next.more.text()


def test_a_line_of_what_next_is_done_with_one_click_and_tells_why_with_another(calendar, binder):
    own(binder, "Ask Dr. Okafor", date(2026, 8, 20))
    own(binder, "Call Bayside", date(2026, 8, 21))
    calendar.show_view("next")
    shown(calendar)
    buttons(calendar.next, "Why?")[1].click()
    assert "Call Bayside" in words(calendar.details)
    before = calendar.next.findChildren(DueLine)[1]
    click(calendar.next, "Done")
    calendar.reload()
    assert [row.title for row in binder.ask(due_rows)] == ["Call Bayside"]
    assert before in calendar.next.findChildren(DueLine)  # what stays the same is not made anew


def test_the_chosen_view_is_there_at_the_next_start(calendar, desk, shell, qtbot):
    shown(calendar)
    calendar.switches["next"].click()
    again = CalendarPage(desk, shell)
    qtbot.addWidget(again)
    assert again.view == "next"


def test_an_empty_calendar_is_calm_in_every_view(calendar):
    shown(calendar)
    for view in ("month", "list", "next"):
        calendar.show_view(view)
        check_widget(calendar)
    assert calendar.next.calm.isVisible()


# ---------------------------------------------------------------------- files


def test_the_dates_are_written_to_a_file_without_private_titles_unless_asked(
    calendar, shell, binder, tmp_path, qtbot
):
    home = rosas_household(binder)
    deny(binder, home.claim)
    shown(calendar)
    shell.new_file = tmp_path / "dates.ics"
    shell.scripts.append(lambda dialog: dialog.go.click())
    calendar.save_file()
    qtbot.waitUntil(lambda: bool(shell.said))
    written = shell.new_file.read_text(encoding="utf-8")
    assert "BEGIN:VEVENT" in written
    assert "Infusions" not in written
    shell.said.clear()
    shell.scripts.append(lambda dialog: (dialog.titles.set_value(True), dialog.go.click()))
    calendar.save_file()
    qtbot.waitUntil(lambda: bool(shell.said))
    assert "Infusions" in shell.new_file.read_text(encoding="utf-8")


def test_the_dialog_of_the_file_says_what_rings_when_the_program_is_closed(
    calendar, shell, tmp_path
):
    told = []

    def look(dialog):
        told.append(words(dialog))
        check_widget(dialog)

    shown(calendar)
    shell.scripts.append(look)
    calendar.save_file()
    assert "also when ClaimBinder is closed" in told[0]
    assert "work only while ClaimBinder runs" in told[0]


def test_an_entry_of_a_hidden_kind_is_shown_when_it_is_asked_for(calendar, binder):
    row = own(binder, "Stop and decide", date(2026, 9, 10), kind="stop")
    dates.mark_done(binder, row.id, date(2026, 8, 18))
    calendar.kinds.want(Wanted(frozenset({"stop", "fsa"})))
    shown(calendar)
    calendar.show_record("due_item", row.id)
    assert calendar.month.grid.chosen == date(2026, 9, 10)
    assert "Done on Aug 18, 2026" in words(calendar.details)
    assert calendar.kinds.hidden == {"fsa"}


def test_months_are_printed_from_the_one_that_is_shown(
    calendar, shell, binder, tmp_path, qtbot, desktop
):
    home = rosas_household(binder)
    deny(binder, home.claim)
    shown(calendar)
    calendar.month.grid.choose(OCTOBER_2)
    shell.new_file = tmp_path / "dates.pdf"

    def months(dialog):
        dialog.months.set_value(3)
        dialog.details.set_value(True)
        dialog.go.click()

    shell.scripts.append(months)
    click(calendar, "Print …")
    qtbot.waitUntil(lambda: bool(shell.said))
    with pikepdf.open(shell.new_file) as made:
        assert len(made.pages) == 3
    assert desktop.opened == [shell.new_file]


def test_the_ways_to_be_reminded_are_one_click_away(calendar, shell):
    seen = []
    shown(calendar)
    shell.scripts.append(lambda dialog: seen.append(words(dialog)))
    click(calendar, "Reminders …")
    assert "Today, at each start" in seen[0]


# ---------------------------------------------------------------------- look


@pytest.mark.parametrize("size", [(100, 720), (150, 900), (200, 562)])
def test_nothing_is_cut_at_any_size_of_text(desk, shell, binder, style, qtbot, size):
    percent, width = size
    calendar = CalendarPage(desk, shell)
    home = rosas_household(binder)
    urgent(binder, home)
    deny(binder, home.claim, confirmed=False)
    own(binder, "Ask Dr. Okafor for the notes of the last three visits", date(2026, 8, 20))
    style.choose_percent(percent)
    room = QScrollArea()  # as the window's own: it gives the page the height that it needs
    qtbot.addWidget(room)
    room.setWidgetResizable(True)
    room.setWidget(calendar)
    room.resize(width + room.verticalScrollBar().sizeHint().width(), 460)
    calendar.reload()
    show_active(room)
    for view in ("month", "list", "next"):
        calendar.show_view(view)
        qtbot.waitUntil(lambda: cut_words(calendar) == [])
        assert room.horizontalScrollBar().maximum() == 0
        check_widget(calendar)


def test_two_thousand_dates_are_shown_with_few_widgets(calendar, binder):
    with binder.operation("Many") as work:
        for number in range(2000):
            day = date(2026, 8, 1) + timedelta(days=number % 400)
            work.due_items.add(
                DueItem(id=f"{number:06}", kind="own", title=f"Thing {number}", last_day=day,
                        added_at=binder.now())
            )  # fmt: skip
    shown(calendar)
    before = len(calendar.findChildren(QWidget))
    for view in ("month", "list", "next"):
        calendar.show_view(view)
        calendar.reload()
    assert len(calendar.shown_rows) == 2000
    assert len(calendar.next.findChildren(DueLine)) == MOST_AHEAD + MOST_PASSED
    assert len(calendar.findChildren(QWidget)) - before < 30 * (MOST_AHEAD + MOST_PASSED)
