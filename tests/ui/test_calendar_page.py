"""The calendar: nothing vanishes, three views of the same dates, kinds, moving, and files."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from app.domain.due_item import KINDS
from app.operations import denials
from app.storage.queries.dates import due_rows
from tests.ui.calendar_makers import buttons, cell, click, own, row_of, shown, urgent, words
from tests.ui.checks import check_widget, show_active
from tests.ui.household import call_with_promise, deny, rosas_household
from ui.page_stack import PageStack
from ui.pages.calendar import CalendarPage
from ui.pages.calendar_filter import KindsDialog, Wanted
from ui.pages.due_kinds import DUE_KINDS
from ui.shell import PageSpec
from ui.widgets.fields import ChoiceField

OCTOBER_2 = date(2026, 10, 2)


@pytest.fixture
def calendar(desk, shell, qtbot):
    made = CalendarPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1200, 900)
    return made


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


def test_a_date_of_ones_own_is_changed_in_the_form_that_made_it(calendar, shell, binder):
    row = own(binder, "Renew it", date(2026, 9, 10), kind="authorization")
    shown(calendar)
    calendar.show_record("due_item", row.id)

    def change(dialog):
        filled = dialog.answer()
        assert (filled.title, filled.on, filled.kind) == ("Renew it", row.last_day, row.kind)
        assert filled.note == "", "what stands there by itself is no note of one's own"
        dialog.title.set_value("Ask Dr. Okafor to renew it")
        dialog.on.set_value(date(2026, 9, 3))
        dialog.go.click()

    shell.scripts.append(change)
    click(calendar.details, "Change …")
    changed = row_of(binder, "Dr. Okafor")
    assert (changed.id, changed.last_day, changed.note) == (row.id, date(2026, 9, 3), row.note)
    binder.undo()
    assert row_of(binder, "Renew it") == row


def test_what_is_told_stays_the_same_entry_when_it_is_moved_away_from_others(
    calendar, shell, binder
):
    others = [own(binder, f"Thing {number}", date(2026, 9, 10)) for number in range(3)]
    row = own(binder, "Call Bayside", date(2026, 9, 10))
    for view in ("month", "list", "next"):
        calendar.show_view(view)
        shown(calendar)
        calendar.show_record("due_item", row.id)
        shell.scripts.append(lambda dialog: dialog.to.set_value(OCTOBER_2) or dialog.go.click())
        click(calendar.details, "Move …")
        calendar.reload()
        click(calendar.details, "Remove")
        left = {each.id for each in binder.ask(due_rows)}
        assert left == {each.id for each in others}, view
        binder.undo()
        binder.undo()


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


def test_in_large_text_a_date_that_one_was_sent_to_is_seen(desk, shell, style, binder, qtbot):
    urgent(binder, rosas_household(binder))
    row = own(binder, "Call Bayside", date(2026, 9, 10))
    style.choose_percent(200)
    stack = PageStack(desk, shell, (PageSpec("calendar", "calendar", "Calendar", CalendarPage),))
    qtbot.addWidget(stack)
    stack.resize(760, 660)
    stack.show_page("calendar")
    show_active(stack)
    stack.show_page("calendar", "due_item", row.id)
    QApplication.processEvents()
    details = stack.page("calendar").details
    assert details.isVisible()
    assert 0 <= details.mapTo(stack, QPoint(0, 0)).y() < stack.height() // 2
