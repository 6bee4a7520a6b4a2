"""The calendar: nothing vanishes, three views of the same dates, kinds, moving, and files."""

from __future__ import annotations

from datetime import date, timedelta

import pikepdf
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.domain.due_item import KINDS, DueItem
from app.operations import dates, denials
from app.storage.queries.dates import due_rows
from tests.ui.calendar_makers import buttons, click, own, row_of, urgent, words
from tests.ui.checks import check_widget, cut_words, show_active
from tests.ui.household import call_with_promise, deny, rosas_household
from ui.pages.calendar import CalendarPage
from ui.pages.calendar_filter import KindsDialog, Wanted
from ui.pages.calendar_next import MOST_LINES
from ui.pages.due_kinds import DUE_KINDS
from ui.pages.due_lines import DueLine
from ui.widgets.fields import ChoiceField

OCTOBER_2 = date(2026, 10, 2)


@pytest.fixture
def calendar(desk, shell, qtbot):
    made = CalendarPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1200, 900)
    return made


def shown(page):
    page.reload()
    show_active(page)
    return page


def cell(page, day):
    return next(each for each in page.month.grid.cells if each.day == day)


def test_every_open_denial_stands_in_the_calendar_dated_or_undated(calendar, binder):
    home = rosas_household(binder)
    dated = deny(binder, home.claim)
    undated = deny(binder, home.claim, confirmed=False)
    shown(calendar)
    assert calendar.undated.isVisible()
    assert "Infusions in March" in words(calendar.undated)
    assert "15 days since the letter" in words(calendar.undated)
    assert "555-0142" in words(calendar.undated)
    assert [row.denial_id for row in calendar.shown_rows] == [dated.denial.id]
    denials.do_not_appeal(binder, undated.denial.id)
    calendar.reload()
    assert not calendar.undated.isVisible()


@pytest.mark.parametrize("view", ["month", "list", "next"])
def test_what_has_no_date_stands_above_every_view_whatever_is_hidden(calendar, binder, view):
    home = rosas_household(binder)
    urgent(binder, home)
    deny(binder, home.claim, confirmed=False)
    calendar.kinds.want(Wanted(frozenset(DUE_KINDS)))
    calendar.show_view(view)
    shown(calendar)
    assert calendar.undated.isVisible()
    told = words(calendar.undated)
    assert told.index("Ask for a fast appeal today") < told.index("Date not known")
    check_widget(calendar)


def test_a_fast_appeal_is_read_in_full_and_settled_with_the_day_it_was_asked_for(
    calendar, shell, binder
):
    home = rosas_household(binder)
    recorded = urgent(binder, home)
    shown(calendar)
    told = []

    def look(dialog):
        told.append(words(dialog))
        check_widget(dialog)

    shell.scripts.append(look)
    click(calendar.undated, "Read how")
    assert "fast (expedited) appeal" in told[0]
    assert "Ask the treating doctor" in told[0]
    assert "29 CFR 2560.503-1(h)(3)(vi)" in told[0]
    assert "Checked against the text of the law as of 2026." in told[0]
    assert "555-0142" in told[0]
    shell.scripts.append(lambda dialog: dialog.go.click())
    click(calendar.undated, "I asked for it …")
    calendar.reload()
    assert not calendar.undated.isVisible()
    assert binder.undo() == "Fast appeal"
    calendar.reload()
    assert calendar.undated.isVisible()
    click(calendar.undated, "Not needed")
    calendar.reload()
    assert not calendar.undated.isVisible()
    assert recorded.denial.id in {row.denial_id for row in binder.ask(due_rows)}


def test_many_things_without_a_date_fold_and_unfold(calendar, binder):
    home = rosas_household(binder)
    for _ in range(4):
        deny(binder, home.claim, confirmed=False)
    shown(calendar)
    assert "4 things have no date yet" in words(calendar.undated)
    few = len(buttons(calendar.undated, "Enter the date …"))
    assert few < 4
    click(calendar.undated, "See all 4")
    assert len(buttons(calendar.undated, "Enter the date …")) == 4
    click(calendar.undated, "See fewer")
    assert len(buttons(calendar.undated, "Enter the date …")) == few


def test_a_day_shows_its_entries_and_where_they_come_from(calendar, binder):
    home = rosas_household(binder)
    deny(binder, home.claim)
    shown(calendar)
    calendar.month.grid.choose(OCTOBER_2)
    assert [line.title for line in calendar.month.of_day.lines.lines] == ["Send the appeal"]
    told = words(calendar.details)
    assert "From your letter" in told
    assert "January 30, 2027" in told  # 180 days from August 3, the rule's day beside the letter's
    assert "2560.503-1" in told
    check_widget(calendar)


def test_an_entry_stands_on_the_day_to_aim_for_and_on_its_last_day(calendar, binder):
    home = rosas_household(binder)
    deny(binder, home.claim, letter_days=62)  # Sunday, October 4: the Friday before is safe
    shown(calendar)
    calendar.month.grid.choose(OCTOBER_2)
    assert calendar.month.of_day.lines.lines[0].title == "Send the appeal"
    assert "last day Sunday, October 4" in cell(calendar, OCTOBER_2).accessibleName()
    calendar.month.grid.choose(date(2026, 10, 4))
    assert calendar.month.of_day.lines.lines[0].title == "Last day: Send the appeal"
    assert "Last day: Send the appeal" in cell(calendar, date(2026, 10, 4)).accessibleName()


def test_the_days_of_the_grid_speak_their_entries(calendar, binder):
    own(binder, "Ask Dr. Okafor", date(2026, 8, 20))
    shown(calendar)
    said = cell(calendar, date(2026, 8, 20)).accessibleName()
    assert "Ask Dr. Okafor" in said
    assert "Soon" in said
    assert "2 days left" in said


def test_several_kinds_are_hidden_at_once_and_stay_hidden_at_the_next_start(
    calendar, desk, shell, binder, qtbot
):
    home = rosas_household(binder)
    deny(binder, home.claim)
    call_with_promise(binder, home.claim)
    own(binder, "Stop and decide", date(2026, 9, 10), kind="stop")
    shown(calendar)

    def untick(dialog):
        for kind in ("stop", "promise"):
            dialog.boxes[kind].click()
        dialog.go.click()

    shell.scripts.append(untick)
    calendar.kinds.button.click()
    assert {row.kind for row in calendar.shown_rows} == {"appeal"}
    assert calendar.kinds.button.text() == "Hidden: Promises from calls, Stop and decide"
    again = CalendarPage(desk, shell)
    qtbot.addWidget(again)
    again.reload()
    assert {row.kind for row in again.shown_rows} == {"appeal"}
    shell.scripts.append(lambda dialog: (dialog.all.click(), dialog.go.click()))
    again.kinds.button.click()
    assert len(again.shown_rows) == 3


def test_the_kinds_can_be_read_and_reached_by_keys(qtbot):
    dialog = KindsDialog(Wanted())
    qtbot.addWidget(dialog)
    show_active(dialog)
    assert set(dialog.boxes) == set(KINDS)
    check_widget(dialog)
    dialog.only.click()
    assert dialog.answer().hidden == set(KINDS) - {"appeal", "keep_benefits"}


def test_what_is_settled_comes_back_on_wish_and_can_be_opened_again(calendar, binder):
    row = own(binder, "Call Bayside", date(2026, 9, 10))
    shown(calendar)
    calendar.show_view("list")
    calendar.list.table.choose(row.id)
    click(calendar.details, "Let it go")
    calendar.reload()
    assert calendar.shown_rows == []
    calendar.kinds.want(Wanted(settled=True))
    assert calendar.list.model.rows[0].waived_on == date(2026, 8, 18)
    calendar.show_record("due_item", row.id)
    assert "Let go on Aug 18, 2026" in words(calendar.details)
    click(calendar.details, "Not done yet")
    assert binder.ask(due_rows)[0].is_open


def test_one_entry_is_removed_and_comes_back_by_undo(calendar, binder):
    row = own(binder, "Call Bayside", date(2026, 9, 10))
    shown(calendar)
    calendar.show_record("due_item", row.id)
    click(calendar.details, "Remove")
    calendar.reload()
    assert calendar.shown_rows == []
    assert "Choose a date" in words(calendar.details)
    binder.undo()
    calendar.reload()
    assert [row.title for row in calendar.shown_rows] == ["Call Bayside"]


def test_who_does_it_is_chosen_beside_the_date(calendar, binder):
    home = rosas_household(binder)
    row = own(binder, "Call", date(2026, 9, 10))
    shown(calendar)
    calendar.show_record("due_item", row.id)
    field = calendar.details.findChildren(ChoiceField)[-1]
    field.set_value(home.rosa.id)
    assert binder.ask(due_rows)[0].doer == "Rosa Alvarez"


# ---------------------------------------------------------------------- moving


def test_alt_and_an_arrow_move_an_own_date_and_undo_brings_it_back(calendar, shell, binder, qtbot):
    row = own(binder, "Ask Dr. Okafor", date(2026, 8, 20))
    shown(calendar)
    calendar.month.grid.choose(date(2026, 8, 20))
    cell(calendar, date(2026, 8, 20)).setFocus()
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right, alt)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down, alt)
    assert row_of(binder, "Okafor").last_day == date(2026, 8, 28)
    assert calendar.month.grid.chosen == date(2026, 8, 28)
    assert calendar.month.of_day.chosen_id == row.id
    assert "Friday, August 28" in shell.said[-1]
    qtbot.keyClick(calendar.month.of_day, Qt.Key.Key_Left, alt)  # from the list of the day too
    assert row_of(binder, "Okafor").last_day == date(2026, 8, 27)
    for _ in range(3):
        assert binder.undo() == "Move a date"
    assert row_of(binder, "Okafor").last_day == date(2026, 8, 20)


def test_a_legal_date_stays_by_keys_and_by_mouse_and_it_is_said_why(calendar, shell, binder, qtbot):
    home = rosas_household(binder)
    deny(binder, home.claim, letter_days=20)  # Sunday, August 23; aimed for on Friday
    shown(calendar)
    calendar.month.grid.choose(date(2026, 8, 21))
    cell(calendar, date(2026, 8, 21)).setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert "comes from a letter and cannot be moved" in shell.said[-1]
    shell.said.clear()
    drag(qtbot, calendar, date(2026, 8, 21), date(2026, 8, 26), "Send the appeal")
    assert "comes from a letter and cannot be moved" in shell.said[-1]
    assert row_of(binder, "Send the appeal").safe_on == date(2026, 8, 21)
    assert not buttons(calendar.details, "Move …")


def drag(qtbot, page, start, end, title):
    begin, target = cell(page, start), cell(page, end)
    places = [QPoint(x, y) for x in range(0, begin.width(), 4) for y in range(0, begin.height(), 4)]
    place = next(
        each for each in places
        if (entry := begin.entry_at(each)) and title in entry.word
    )  # fmt: skip
    goal = begin.mapFromGlobal(target.mapToGlobal(target.rect().center()))
    qtbot.mousePress(begin, Qt.MouseButton.LeftButton, pos=place)
    for step in (place + QPoint(20, 20), goal):
        move_held(begin, step)
    qtbot.mouseRelease(begin, Qt.MouseButton.LeftButton, pos=goal)


def move_held(widget, place):
    """Move the mouse with its button held: `qtbot.mouseMove` moves it without."""
    left = Qt.MouseButton.LeftButton
    where, there = QPointF(place), QPointF(widget.mapToGlobal(place))
    event = QMouseEvent(
        QEvent.Type.MouseMove, where, there, left, left, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)


def test_a_promise_is_dragged_to_another_day(calendar, shell, binder, qtbot):
    home = rosas_household(binder)
    call_with_promise(binder, home.claim)
    shown(calendar)
    drag(qtbot, calendar, date(2026, 9, 1), date(2026, 8, 26), "mail the policy")
    assert row_of(binder, "mail the policy").last_day == date(2026, 8, 26)
    assert calendar.month.grid.chosen == date(2026, 8, 26)
    assert "Wednesday, August 26" in shell.said[-1]


def test_an_own_date_is_moved_by_a_typed_day_too(calendar, shell, binder):
    row = own(binder, "Ask Dr. Okafor", date(2026, 8, 20))
    shown(calendar)
    calendar.show_record("due_item", row.id)
    shell.scripts.append(lambda dialog: (dialog.to.edit.setText("9/15/2026"), dialog.go.click()))
    click(calendar.details, "Move …")
    assert row_of(binder, "Okafor").last_day == date(2026, 9, 15)


# ---------------------------------------------------------------------- what next


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
    assert len(calendar.next.findChildren(DueLine)) == MOST_LINES
    assert "12 more dates in the list" in calendar.next.more.text()
    check_widget(calendar)
    calendar.next.more.click()
    assert calendar.view == "list"
    assert len(calendar.list.model.rows) == 24


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
    assert len(calendar.next.findChildren(DueLine)) == MOST_LINES
    assert len(calendar.findChildren(QWidget)) - before < 30 * MOST_LINES
