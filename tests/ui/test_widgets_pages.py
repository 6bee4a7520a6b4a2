from __future__ import annotations

import threading
from datetime import date

import pytest
from PySide6.QtCore import QDate, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.errors import UserError
from tests.ui.checks import check_widget, show_active
from tests.ui.demo_pages import page_png
from ui.widgets.lines import ChooserList, Line
from ui.widgets.month_grid import DayEntry, MonthGrid
from ui.widgets.page_sheet import PageSheet
from ui.widgets.page_view import ZOOMS, PageView
from ui.widgets.panes import Pane, Panes
from ui.widgets.pictures import Pictures, Wish
from ui.widgets.text import label
from ui.wording import date_words

TODAY = date(2026, 8, 18)


class Renderer:
    """Draws pages; can refuse one, and can be held back so that a test sees the waiting."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int, int]] = []
        self.refuses: dict[int, str] = {}
        self.free = threading.Event()
        self.free.set()

    def __call__(self, document_id: str, page: int, width: int) -> bytes:
        self.free.wait(10)
        self.asked.append((document_id, page, width))
        if page in self.refuses:
            raise UserError(self.refuses[page])
        return page_png(document_id, page, width)


@pytest.fixture
def renderer():
    made = Renderer()
    yield made
    made.free.set()


@pytest.fixture
def view(qtbot, quick, renderer):
    made = PageView(quick, renderer, lambda document, page: f"Words of page {page}")
    qtbot.addWidget(made)
    made.resize(700, 600)
    show_active(made)
    yield made
    renderer.free.set()
    qtbot.waitUntil(lambda: not quick.busy)


@pytest.fixture
def letter(qtbot, view):
    view.show_paper("letter", 3, "denial.pdf")
    qtbot.waitUntil(lambda: view.sheet.has_picture)
    return view


def test_the_first_page_is_shown_and_named(letter):
    assert letter.page == 1
    assert letter.where.text() == "Page 1 of 3"
    assert letter.area.accessibleName() == "Page 1 of 3, denial.pdf"
    assert not letter.before.isEnabled()


def test_keys_turn_the_pages(qtbot, letter):
    pages = []
    letter.page_changed.connect(pages.append)
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_End,
        Qt.Key.Key_Right,
        Qt.Key.Key_Left,
        Qt.Key.Key_Home,
    ):
        qtbot.keyClick(letter.area, key)
    assert pages == [2, 3, 2, 1]


def test_page_down_scrolls_first_and_turns_the_page_at_the_end(qtbot, letter):
    letter.resize(700, 300)
    bar = letter.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(letter.area, Qt.Key.Key_PageDown)
    assert (letter.page, bar.value() > 0) == (1, True)
    bar.setValue(bar.maximum())
    qtbot.keyClick(letter.area, Qt.Key.Key_PageDown)
    assert (letter.page, bar.value()) == (2, 0)
    qtbot.keyClick(letter.area, Qt.Key.Key_PageUp)
    assert letter.page == 1


def test_the_page_fits_the_width_until_it_is_enlarged(qtbot, letter, renderer):
    fitting = letter.sheet.width()
    assert letter.area.width() - 40 < fitting < letter.area.width()
    qtbot.keyClick(letter.area, Qt.Key.Key_Plus)
    assert letter.sheet.width() == pytest.approx(fitting * ZOOMS[1], abs=2)
    qtbot.waitUntil(lambda: max(asked[2] for asked in renderer.asked) >= letter.sheet.width())
    for _ in range(12):
        letter.zoom(1)
    assert letter.sheet.width() == pytest.approx(fitting * ZOOMS[-1], abs=8)
    qtbot.waitUntil(lambda: max(asked[2] for asked in renderer.asked) > 2000)
    assert max(asked[2] for asked in renderer.asked) <= 4096
    qtbot.keyClick(letter.area, Qt.Key.Key_0)
    assert letter.sheet.width() == fitting


def test_a_moved_edge_asks_for_few_pictures(qtbot, letter, renderer, quick):
    before = len(renderer.asked)
    for width in range(700, 760, 4):
        letter.resize(width, 600)
    qtbot.waitUntil(lambda: not quick.busy and not letter._settle.isActive())
    assert len(renderer.asked) - before <= 2


def test_lit_words_are_brought_into_view_and_leave_with_the_page(qtbot, letter):
    letter.resize(700, 300)
    letter.light_up(2, [(0.1, 0.9, 0.5, 0.93), (0.1, 0.1, 0.3, 0.12)])
    qtbot.waitUntil(lambda: letter.page == 2 and letter.sheet.has_picture)
    area = letter.sheet.area_of(letter.sheet.boxes[0])
    top = letter.area.verticalScrollBar().value()
    assert top <= area.top() <= area.bottom() <= top + letter.area.viewport().height()
    letter.go_to(1)
    assert letter.sheet.boxes == ()


def test_turning_is_told_and_turns_the_lit_words_too(qtbot, letter):
    told = []
    letter.turned.connect(lambda page, quarters: told.append((page, quarters)))
    letter.sheet.light_up([(0.0, 0.0, 0.5, 0.25)])
    qtbot.keyClick(letter.area, Qt.Key.Key_R)
    sheet = letter.sheet
    area = sheet.area_of(sheet.boxes[0])
    assert told == [(1, 1)]
    assert sheet.width() > sheet.height()
    assert area.right() == pytest.approx(sheet.width())
    assert area.width() == pytest.approx(sheet.width() * 0.25)
    assert area.height() == pytest.approx(sheet.height() * 0.5)
    for _ in range(3):
        letter.turn_page()
    assert (told[-1], sheet.area_of(sheet.boxes[0]).left()) == ((1, 0), 0)


def test_a_page_that_cannot_be_shown_says_why(qtbot, view, renderer):
    renderer.refuses[1] = "This page is damaged. The paper itself is kept."
    view.show_paper("bad", 1, "bad.pdf")
    qtbot.waitUntil(lambda: "damaged" in view.sheet.message)
    assert "damaged" in view.area.accessibleDescription()


def test_bytes_that_are_no_picture_are_said_to_be_none(qtbot, quick):
    pictures = Pictures(quick, lambda document, page, width: b"not a picture")
    with qtbot.waitSignal(pictures.refused) as told:
        assert pictures.want(Wish("x", 1, 100)) is None
    assert told.args[1] == "This page cannot be shown. The paper itself is kept as it is."


def test_a_paper_still_being_read_says_so_and_shows_its_pages_when_they_come(qtbot, view):
    view.show_paper("new", 0, "new.pdf")
    assert "still being read" in view.sheet.message
    assert view.page == 0
    view.show_paper("new", 2, "new.pdf")
    qtbot.waitUntil(lambda: view.sheet.has_picture)
    assert (view.page, view.thumbnails.isVisible()) == (1, True)


def test_more_pages_of_the_same_paper_leave_the_reader_where_he_is(qtbot, letter):
    letter.go_to(3)
    letter.show_paper("letter", 5, "denial.pdf")
    assert (letter.page, letter.where.text()) == (3, "Page 3 of 5")


def test_paging_fast_fetches_the_page_one_stops_at_and_not_all_between(
    qtbot, letter, renderer, quick
):
    qtbot.waitUntil(lambda: not quick.busy)
    letter.show_paper("long", 40, "long.pdf")
    renderer.free.clear()
    renderer.asked.clear()
    for page in range(2, 41):
        letter.go_to(page)
    renderer.free.set()
    qtbot.waitUntil(lambda: letter.sheet.has_picture and letter.page == 40)
    large = [page for _, page, width in renderer.asked if width > 250]
    assert 40 in large
    assert len(large) <= 3


def test_a_late_picture_of_another_paper_is_not_shown(qtbot, view, renderer, quick):
    renderer.free.clear()
    view.show_paper("first", 1, "first.pdf")
    view.clear("Choose a paper.")
    renderer.free.set()
    qtbot.waitUntil(lambda: not quick.busy)
    assert (view.sheet.has_picture, view.sheet.message) == (False, "Choose a paper.")


def test_the_page_as_text_is_one_key_away(qtbot, letter):
    letter.go_to(2)
    qtbot.keyClick(letter.area, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: letter.words.toPlainText() == "Words of page 2")
    assert letter.words.isVisible()
    letter.go_to(3)
    qtbot.waitUntil(lambda: letter.words.toPlainText() == "Words of page 3")


def test_thumbnails_choose_the_page(qtbot, letter):
    letter.thumbnails.set_page(3)
    assert letter.page == 3
    assert (
        letter.thumbnails.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) == "Page 3 of 3"
    )


def test_the_page_view_holds_for_ear_keyboard_and_hand(letter):
    check_widget(letter)


@pytest.mark.parametrize("turns", range(4))
def test_a_lit_box_lies_on_the_same_words_however_the_page_is_turned(qtbot, turns):
    sheet = PageSheet()
    qtbot.addWidget(sheet)
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    for x in range(20, 60):
        for y in range(10, 30):
            image.setPixelColor(x, y, Qt.GlobalColor.black)
    sheet.set_wide(400)
    sheet.show_picture(image)
    sheet.set_turns(turns)
    shown = sheet.grab().toImage()
    box = sheet.area_of((0.1, 0.1, 0.3, 0.3))
    assert shown.pixelColor(box.center().toPoint()).lightness() < 60
    outside = QPointF(sheet.width() - box.center().x(), sheet.height() - box.center().y())
    assert shown.pixelColor(outside.toPoint()).lightness() > 200


# ---------------------------------------------------------------------- the month


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


# ---------------------------------------------------------------------- lists and panes


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
