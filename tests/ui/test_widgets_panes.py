from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.checks import show_active
from ui.widgets.lines import ChooserList, Line
from ui.widgets.panes import Pane, Panes
from ui.widgets.text import label

TODAY = date(2026, 8, 18)


def test_a_list_chooses_by_key_and_opens_with_enter(qtbot):
    chosen, opened = [], []
    lines = ChooserList("Papers")
    qtbot.addWidget(lines)
    lines.chosen.connect(chosen.append)
    lines.opened.connect(opened.append)
    lines.set_lines([Line("a", "A", "two lines"), Line("b", "B")])
    show_active(lines)
    lines.setFocus()
    qtbot.keyClick(lines, Qt.Key.Key_Down)
    qtbot.keyClick(lines, Qt.Key.Key_Down)
    qtbot.keyClick(lines, Qt.Key.Key_Return)
    assert (chosen[-1], opened) == ("b", ["b"])
    lines.set_lines([Line("b", "B!"), Line("c", "C")])
    assert lines.chosen_id == "b"
    assert not lines.choose("zzz")


def test_panes_come_back_side_by_side_when_their_content_needs_less(qtbot, memory, style):
    words = [label("A_long_word_that_cannot_be_broken" * 2) for _ in range(2)]
    made = Panes("test", memory, [Pane("A", words[0]), Pane("B", words[1])])
    qtbot.addWidget(made)
    made.resize(1300, 300)
    show_active(made)
    for percent, is_narrow in ((100, False), (200, True), (100, False)):
        style.choose_percent(percent)
        qtbot.waitUntil(lambda expected=is_narrow: made.is_narrow == expected)


@pytest.fixture
def panes(qtbot, memory):
    made = Panes("test", memory, [Pane("List", QWidget(), 1, 200), Pane("Page", QWidget(), 2, 300)])
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    return made


def test_panes_stand_side_by_side_where_there_is_room(panes):
    assert not panes.is_narrow
    assert [widget.isVisible() for widget in panes.splitter.children()[:2] if widget]
    assert not panes.tabs.isVisible()


def test_with_large_text_one_pane_is_shown_at_a_time(qtbot, panes, style):
    style.choose_percent(200)
    qtbot.waitUntil(lambda: panes.is_narrow)
    first, second = (panes.splitter.widget(number) for number in (0, 1))
    assert (first.isVisible(), second.isVisible(), panes.tabs.isVisible()) == (True, False, True)
    panes.show_pane(1)
    assert (first.isVisible(), second.isVisible()) == (False, True)
    style.choose_percent(100)
    qtbot.waitUntil(lambda: not panes.is_narrow)
    assert first.isVisible()
    assert second.isVisible()


def test_moved_panes_are_found_where_they_were_left(qtbot, panes, memory):
    panes.splitter.moveSplitter(500, 1)
    left = panes.splitter.sizes()
    again = Panes(
        "test", memory, [Pane("List", QWidget(), 1, 200), Pane("Page", QWidget(), 2, 300)]
    )
    qtbot.addWidget(again)
    again.resize(900, 300)
    again.show()
    assert again.splitter.sizes() == left


def test_remembered_nonsense_is_not_used(qtbot, memory):
    memory.remember("panes/test", "a,b")
    made = Panes("test", memory, [Pane("A", QWidget()), Pane("B", QWidget())])
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    assert all(made.splitter.sizes())
