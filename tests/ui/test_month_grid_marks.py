"""The month shows words where they fit, icons where they do not, and never one on the other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.ui.checks import cut_words, show_active
from ui.widgets.month_grid import DayEntry, MonthGrid

TODAY = date(2026, 8, 18)
BUSY = date(2026, 8, 20)
FIXED = DayEntry("law", "Send the appeal", "flag", "danger", mark="warning")
OWN = DayEntry("own", "Ask Dr. Okafor", "clock", is_movable=True)


@pytest.fixture
def grid(qtbot):
    made = MonthGrid(TODAY)
    qtbot.addWidget(made)
    made.set_entries({BUSY: [FIXED, OWN]})
    made.resize(1000, 800)
    show_active(made)
    return made


def cell(grid, day):
    return next(each for each in grid.cells if each.day == day)


def place_of(found, entry):
    return next(
        QPoint(x, y)
        for y in range(0, found.height(), 3)
        for x in range(0, found.width(), 3)
        if found.entry_at(QPoint(x, y)) == entry
    )


def hold(widget, place, buttons=Qt.MouseButton.LeftButton):
    """Move the mouse with its button held: `qtbot.mouseMove` moves it without."""
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(widget.mapToGlobal(place)),
        buttons,
        buttons,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def drag(qtbot, begin, entry, goal):
    place = place_of(begin, entry)
    qtbot.mousePress(begin, Qt.MouseButton.LeftButton, pos=place)
    hold(begin, place + QPoint(2, 1))
    hold(begin, goal)
    shape = begin.cursor().shape()
    qtbot.mouseRelease(begin, Qt.MouseButton.LeftButton, pos=goal)
    return shape


def goal_in(grid, begin, day):
    target = cell(grid, day)
    return begin.mapFromGlobal(target.mapToGlobal(target.rect().center()))


def test_what_may_be_moved_is_dropped_on_another_day(qtbot, grid):
    begin = cell(grid, BUSY)
    goal = goal_in(grid, begin, date(2026, 8, 27))
    with qtbot.waitSignal(grid.entry_dropped) as dropped:
        shape = drag(qtbot, begin, OWN, goal)
    assert dropped.args == ["own", date(2026, 8, 27)]
    assert shape is Qt.CursorShape.ClosedHandCursor
    assert grid.chosen == TODAY  # a drag is no click


def test_what_is_fixed_is_held_and_the_cursor_says_so(qtbot, grid):
    begin = cell(grid, BUSY)
    goal = goal_in(grid, begin, date(2026, 8, 27))
    with qtbot.waitSignal(grid.entry_held) as held, qtbot.assertNotEmitted(grid.entry_dropped):
        shape = drag(qtbot, begin, FIXED, goal)
    assert held.args == ["law"]
    assert shape is Qt.CursorShape.ForbiddenCursor


def test_an_entry_dropped_on_its_own_day_or_beside_the_month_stays(qtbot, grid):
    begin = cell(grid, BUSY)
    with qtbot.assertNotEmitted(grid.entry_dropped), qtbot.assertNotEmitted(grid.entry_held):
        drag(qtbot, begin, OWN, begin.rect().center())
        drag(qtbot, begin, OWN, QPoint(-5000, -5000))
        drag(qtbot, begin, FIXED, QPoint(-5000, -5000))


def test_a_click_on_an_entry_chooses_its_day_and_tells_of_it(qtbot, grid):
    begin = cell(grid, BUSY)
    with qtbot.waitSignal(grid.entry_clicked) as clicked:
        qtbot.mouseClick(begin, Qt.MouseButton.LeftButton, pos=place_of(begin, OWN))
    assert clicked.args == ["own"]
    assert grid.chosen == BUSY


def test_alt_and_the_arrows_ask_for_a_move_and_leave_the_day_chosen(qtbot, grid):
    grid.choose(BUSY)
    cell(grid, BUSY).setFocus()
    for key, days in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Up, -7)):
        with qtbot.waitSignal(grid.move_asked) as asked:
            qtbot.keyClick(QApplication.focusWidget(), key, Qt.KeyboardModifier.AltModifier)
        assert asked.args == [days]
    assert grid.chosen == BUSY


def test_the_hand_shows_what_may_be_moved(grid):
    begin = cell(grid, BUSY)
    hold(begin, place_of(begin, OWN), Qt.MouseButton.NoButton)
    assert begin.cursor().shape() is Qt.CursorShape.OpenHandCursor
    hold(begin, place_of(begin, FIXED), Qt.MouseButton.NoButton)
    assert begin.cursor().shape() is Qt.CursorShape.ArrowCursor


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("size", [(360, 330), (700, 420), (1600, 1200)])
def test_icons_and_words_keep_off_the_number_of_the_day(grid, style, percent, size):
    style.choose_percent(percent)
    grid.resize(*size)
    QApplication.processEvents()
    found = cell(grid, BUSY)
    number = found.fontMetrics().boundingRect("30").width()
    places = [room for _entry, room in found._places()]
    assert places
    top = found._rooms()[0]
    for room in places:
        assert room.top() >= top.bottom() or room.left() > top.left() + number
        assert found.rect().contains(room)
    assert cut_words(grid) == []
    assert not grid.grab().isNull()


def test_three_entries_in_a_day_of_two_lines_say_that_there_are_more(grid):
    many = [DayEntry(str(n), f"Thing {n}") for n in range(9)]
    grid.set_entries({BUSY: many})
    found = cell(grid, BUSY)
    assert 0 < len(list(found._places())) < len(many)
    assert "9 entries" in found.accessibleName()


def test_the_weekdays_are_named_as_long_as_there_is_room(grid):
    names = []
    for width in (1400, 620, 330):
        grid.resize(width, 700)
        QApplication.processEvents()
        names.append(grid._headings[1].text())
    assert names[0] == "Monday"
    assert [len(name) for name in names] == sorted((len(name) for name in names), reverse=True)


def test_today_moves_on_at_midnight(grid):
    grid.set_today(TODAY + timedelta(days=1))
    assert "today" in cell(grid, TODAY + timedelta(days=1)).accessibleName()
    assert "today" not in cell(grid, TODAY).accessibleName()
