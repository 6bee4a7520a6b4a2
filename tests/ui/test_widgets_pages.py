from __future__ import annotations

import threading
from datetime import date

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage

from app.domain.errors import UserError
from tests.ui.checks import check_widget, show_active
from tests.ui.demo_pages import page_png
from ui.widgets.page_sheet import PageSheet
from ui.widgets.page_view import ZOOMS, PageView
from ui.widgets.pictures import Pictures, Wish

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


def test_small_pages_give_way_where_the_large_one_could_not_be_read(view):
    view.show_paper("letter", 3, "letter.pdf")
    assert view.thumbnails.isVisible()
    view.resize(360, 500)
    assert not view.thumbnails.isVisible()
    view.resize(900, 500)
    assert view.thumbnails.isVisible()
    view.clear()
    assert not view.thumbnails.isVisible()


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
