"""Own dates and promises are moved by mouse and keys; legal ones stay, and it is said why."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.ui.calendar_makers import buttons, cell, click, own, row_of, shown
from tests.ui.household import call_with_promise, deny, rosas_household
from ui.pages.calendar import CalendarPage


@pytest.fixture
def calendar(desk, shell, qtbot):
    made = CalendarPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1200, 900)
    return made


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
