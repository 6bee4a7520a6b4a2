from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication

from tests.ui.checks import check_widget, show_active
from ui.widgets.month_grid import DayEntry, MonthGrid
from ui.wording import date_words

TODAY = date(2026, 8, 18)


@pytest.fixture
def grid(qtbot):
    made = MonthGrid(TODAY)
    qtbot.addWidget(made)
    made.set_entries(
        {
            TODAY: [DayEntry("a", "Safe day", "flag", "accent", "Safe day to send the appeal")],
            date(2026, 8, 24): [DayEntry("b", "Last day"), DayEntry("c", "Promise", "promise")],
        }
    )
    made.resize(900, 700)
    show_active(made)
    return made


def cell(grid, day):
    return next(each for each in grid.cells if each.day == day)


def test_every_day_of_the_month_has_a_spoken_content(grid):
    assert cell(grid, TODAY).accessibleName() == (
        "Tuesday, August 18, 2026, today, 1 entry, Safe day to send the appeal"
    )
    assert cell(grid, date(2026, 8, 24)).accessibleName() == (
        "Monday, August 24, 2026, 2 entries, Last day, Promise"
    )
    assert all(each.accessibleName().startswith(date_words(each.day)) for each in grid.cells)


@pytest.mark.parametrize("month", range(1, 13))
def test_the_weeks_begin_on_sunday_and_hold_the_whole_month(grid, month):
    grid.choose(date(2026, month, 15))
    days = [each.day for each in grid.cells]
    assert days[0].isoweekday() == 7
    assert days[0] <= date(2026, month, 1)
    assert (days[-1] - days[0]).days == 41
    last = QDate(2026, month, 1).daysInMonth()
    assert date(2026, month, last) in days


@pytest.mark.parametrize(
    ("key", "day"),
    [
        (Qt.Key.Key_Left, date(2026, 8, 17)),
        (Qt.Key.Key_Right, date(2026, 8, 19)),
        (Qt.Key.Key_Up, date(2026, 8, 11)),
        (Qt.Key.Key_Down, date(2026, 8, 25)),
        (Qt.Key.Key_PageUp, date(2026, 7, 18)),
        (Qt.Key.Key_PageDown, date(2026, 9, 18)),
    ],
)
def test_keys_move_by_day_week_and_month_and_the_focus_goes_along(qtbot, grid, key, day):
    cell(grid, TODAY).setFocus()
    with qtbot.waitSignal(grid.day_chosen) as told:
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert told.args == [day]
    assert QApplication.focusWidget() is cell(grid, day)
    assert QApplication.focusWidget().accessibleName().startswith(date_words(day))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Home)
    assert grid.chosen == TODAY


def test_the_end_of_a_long_month_becomes_the_end_of_a_short_one(qtbot, grid):
    grid.choose(date(2027, 1, 31))
    grid.after.click()
    assert grid.chosen == date(2027, 2, 28)
    grid.choose(date(2026, 12, 5))
    with qtbot.waitSignal(grid.month_changed) as told:
        grid.after.click()
    assert told.args == [date(2027, 1, 1)]


def test_a_click_chooses_a_day_and_a_second_opens_it(qtbot, grid):
    opened = []
    grid.day_opened.connect(opened.append)
    qtbot.mouseClick(cell(grid, date(2026, 8, 24)), Qt.MouseButton.LeftButton)
    assert (grid.chosen, opened) == (date(2026, 8, 24), [])
    qtbot.mouseClick(cell(grid, date(2026, 8, 24)), Qt.MouseButton.LeftButton)
    assert opened == [date(2026, 8, 24)]
    qtbot.keyClick(cell(grid, date(2026, 8, 24)), Qt.Key.Key_Return)
    assert len(opened) == 2


def test_tab_stops_once_in_the_month(grid):
    stops = [each for each in grid.cells if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [each.day for each in stops] == [TODAY]
    check_widget(grid)


def test_the_month_can_be_painted_small_and_large(grid, style):
    style.choose_percent(200)
    for size in ((420, 360), (1600, 1200)):
        grid.resize(*size)
        assert not grid.grab().isNull()
