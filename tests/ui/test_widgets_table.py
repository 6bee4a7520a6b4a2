from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.checks import check_widget, show_active
from tests.ui.demo_pages import BILLS, COLUMNS, Bill
from ui.models.rows import RowsModel
from ui.style import DARK, LIGHT
from ui.widgets.table import RowsView


@pytest.fixture
def model():
    made = RowsModel(COLUMNS, lambda row: row.id)
    made.replace(BILLS)
    return made


@pytest.fixture
def view(qtbot, model):
    made = RowsView(model, "Bills", many=True)
    qtbot.addWidget(made)
    made.resize(800, 400)
    show_active(made)
    return made


def test_enter_and_double_click_open_the_row(qtbot, view):
    opened = []
    view.row_opened.connect(opened.append)
    view.choose("3")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    at = view.visualRect(view.model().index(5, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened == ["3", "5"]


def test_arrow_keys_choose_whole_rows_and_each_is_told_once(qtbot, view):
    view.setFocus()
    view.choose_first()
    assert view.selected_ids == ("0",)
    chosen = []
    view.row_chosen.connect(chosen.append)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert chosen == ["1"]
    assert view.selected_ids == ("1",)


def test_new_rows_leave_selection_and_scroll_where_they_were(qtbot, view, model):
    view.choose("20")
    scrolled = view.verticalScrollBar().value()
    assert scrolled > 0
    model.replace([*BILLS[:5], *BILLS[6:], Bill("new", "Zed", BILLS[0].on, BILLS[0].amount)])
    assert view.selected_ids == ("20",)
    assert abs(view.verticalScrollBar().value() - scrolled) <= 40


def test_choosing_a_row_chooses_it_alone_whatever_keys_are_held(qtbot, view):
    qtbot.keyPress(view, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    view.choose("1")
    view.choose("4")
    qtbot.keyRelease(view, Qt.Key.Key_Control)
    assert view.selected_ids == ("4",)


def test_the_choice_of_a_row_that_goes_away_is_told(qtbot, view, model):
    view.choose("0")
    chosen = []
    view.row_chosen.connect(chosen.append)
    model.replace([])
    assert (chosen[-1], view.chosen_id) == ("", "")


def test_a_click_on_a_heading_sorts_and_the_chosen_row_stays_chosen(qtbot, view, model):
    view.choose("7")
    header = view.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(3) + header.sectionSize(3) // 2, 10)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    amounts = [row.amount for row in model.rows]
    assert amounts in (sorted(amounts), sorted(amounts, reverse=True))
    assert view.chosen_id == "7"


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard")
def test_sorting_is_offered_by_keyboard_too(qtbot, view, model):
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(view.viewport(), asked)
    menu = next(each for each in view.findChildren(QMenu) if each.isVisible())
    words = [action.text() for action in menu.actions()]
    assert words == [f"Sort by {column.title}" for column in COLUMNS]
    menu.actions()[0].trigger()
    assert [row.who for row in model.rows] == sorted(row.who for row in BILLS)
    menu.close()


def test_copying_takes_the_selected_rows_as_lines_of_cells(qtbot, view):
    selection = view.selectionModel()
    rows = QItemSelectionModel.SelectionFlag.Rows | QItemSelectionModel.SelectionFlag.Select
    for row in (2, 0):
        selection.select(view.model().index(row, 0), rows)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "Lakeside Infusion Center\tJan 5, 2026\tPaid\t$123.45\n"
        "Dr. Amara Okafor\tJan 23, 2026\tOpen\t$370.35"
    )


def test_tab_leaves_the_table(view):
    assert not view.tabKeyNavigation()
    check_widget(view)


def test_state_is_a_word_an_icon_and_a_tone_in_either_theme(view, style):
    cell = view.model().index(1, 2)
    assert cell.data() == "Open"
    assert not cell.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert cell.data(Qt.ItemDataRole.ForegroundRole).name().upper() == LIGHT.warning
    style.choose_theme("dark")
    assert cell.data(Qt.ItemDataRole.ForegroundRole).name().upper() == DARK.warning


def test_rows_and_columns_grow_with_the_text(qtbot, view, style):
    narrow = view.columnWidth(1)
    assert view.rowHeight(0) == 40
    style.choose_percent(200)
    qtbot.waitUntil(lambda: view.rowHeight(0) > 48)
    assert view.columnWidth(1) > 1.7 * narrow
    assert view.columnWidth(0) >= 240
    style.choose_percent(100)
    qtbot.waitUntil(lambda: view.rowHeight(0) == 40)
    taken = sum(view.columnWidth(number) for number in range(4))
    assert abs(taken - view.viewport().width()) <= 1


def test_ten_thousand_rows_are_shown_without_making_them_all(qtbot, model):
    model.replace([Bill(str(n), "Someone", BILLS[0].on, BILLS[0].amount) for n in range(10_000)])
    view = RowsView(model, "Bills")
    qtbot.addWidget(view)
    view.resize(800, 400)
    show_active(view)
    assert view.choose("9999")
    assert view.visualRect(model.index(9999, 0)).top() < 400
