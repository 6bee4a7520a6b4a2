"""The corners of a photographed page, put by hand: by mouse, by keyboard, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.binder import Binder
from app.domain.page import PageText, pack_page, plain_corners
from app.domain.sheet import WHOLE_PHOTO, turned_corners
from app.jobs import Silent
from app.operations.facts import SaidValue, say_facts
from app.operations.intake import add_papers
from app.operations.papers import join_papers
from app.operations.photo_pages import find_edges, page_photo, photo_page, use_edges
from app.operations.reading import DocumentReader
from app.storage.derived import PageRecord
from app.storage.queries.facts import edges_set, said
from app.storage.queries.papers import document_parts, page_refs, paper_row
from tests.importing.small_photos import LEANING, STRAIGHT, Shot, letter, photo
from tests.ui.checks import check_widget, show_active, spoken_name, tab_walk
from tests.ui.conftest import NOW
from tests.ui.paper_makers import add, open_page, read, settled, ticking
from ui.desk import Desk
from ui.dialogs.page_edges import EdgesAnswer, PageEdgesDialog
from ui.pages.paper_reading import start_reading
from ui.pages.papers import PapersPage
from ui.reader import BinderReader

Key = Qt.Key
FLAT = (0.1, 0.1, 0.9, 0.1, 0.9, 0.4, 0.1, 0.4)
"""A part of the photo that is wider than high, as no letter is."""
SHOT = Shot(quad=LEANING, size=(600, 800), noise=1.0)


@pytest.fixture
def binder(tmp_path):
    with Binder.create(tmp_path / "binder", now=ticking(NOW)) as made:
        yield made


@pytest.fixture
def documents() -> Iterator[DocumentReader]:
    with DocumentReader(pool_size=1) as made:
        yield made


@pytest.fixture
def paper(binder, tmp_path, letter_and_photo) -> str:
    """A photo of a letter whose page was read as it came, without flattening."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(letter_and_photo[1])
    (row,) = add_papers(binder, [path], Silent())
    keep(binder, row.document_id)
    return row.document_id


def keep(binder: Binder, document_id: str, corners=None, turned: int = 0) -> None:
    """Do what the background reading does for a photo."""
    (part,) = binder.ask(document_parts, document_id)
    keep_part(binder, part.sha256, corners, turned)


def keep_part(binder: Binder, sha256: str, corners=None, turned: int = 0) -> None:
    text = PageText(1, "as it was", "ocr")
    kept = plain_corners(corners) if corners else None
    record = PageRecord(1, 612, 792, turned, "ocr", pack_page(text), text.text, corners=kept)
    with binder.deriving("Reading") as derived:
        derived.keep_pages(sha256, [record])
        derived.finish(sha256, 1)


class Asked:
    """Gives the photo whole, and the letter in it in place of the sheet; remembers the corners."""

    def __init__(self, whole: bytes, flat: bytes) -> None:
        self._whole, self._flat = whole, flat
        self.corners = []
        self.found = LEANING

    def photo(self, _width, corners) -> bytes:
        self.corners.append(corners)
        return self._flat if corners else self._whole

    def find(self):
        return self.found


def jpeg(image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def letter_and_photo() -> tuple[bytes, bytes]:
    page = letter(lines=2)
    return jpeg(page), jpeg(photo(page, SHOT))


@pytest.fixture
def asked(letter_and_photo) -> Asked:
    flat, whole = letter_and_photo
    return Asked(whole, flat)


@pytest.fixture
def open_dialog(qtbot, quick, asked):
    def make(corners=LEANING, turned: int = 0) -> PageEdgesDialog:
        made = PageEdgesDialog(quick, asked.photo, asked.find, corners=corners, turned=turned)
        qtbot.addWidget(made)
        show_active(made)
        drawn(qtbot, quick, made)
        return made

    return make


def drawn(qtbot, quick, dialog: PageEdgesDialog) -> None:
    """Wait until the photo is there and the page is as the corners want it."""
    qtbot.waitUntil(lambda: dialog.sheet.photo is not None)
    qtbot.waitUntil(lambda: not dialog._rest.isActive() and not quick.busy, timeout=10_000)


def near(corners):
    return pytest.approx(corners, abs=2e-5)


# ---------------------------------------------------------------------- the dialog


def test_the_corners_stand_where_they_were_found_and_each_has_its_name(open_dialog):
    dialog = open_dialog()
    assert dialog.sheet.corners == LEANING
    names = [spoken_name(handle) for handle in dialog.sheet.handles]
    assert names == [
        "Top left corner", "Top right corner", "Bottom right corner", "Bottom left corner",
    ]  # fmt: skip
    first = dialog.sheet.handles[0]
    assert first.accessibleDescription() == "17.0 % from the left, 12.0 % from the top"
    assert min(first.width(), first.height()) >= 32


def test_tab_goes_from_corner_to_corner_and_arrows_move_one(open_dialog):
    dialog = open_dialog()
    handles = dialog.sheet.handles
    stops = tab_walk(dialog, handles[0])
    assert stops[:4] == list(handles)
    assert {dialog.look, dialog.whole, dialog.go, dialog.cancel} <= set(stops)
    handles[2].setFocus()
    assert (dialog.close_up.number, dialog.corner_name.text()) == (2, "Bottom right corner")
    QTest.keyClick(handles[2], Key.Key_Left)
    QTest.keyClick(handles[2], Key.Key_Up)
    assert dialog.sheet.corner(2) == near((0.92, 0.87))
    QTest.keyClick(handles[2], Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(handles[2], Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.sheet.corner(2) == near((0.921, 0.871))
    assert handles[2].accessibleDescription() == "92.1 % from the left, 87.1 % from the top"
    assert dialog.sheet.corners[:4] == LEANING[:4]


def test_a_corner_follows_the_mouse_and_stays_inside_the_photo(open_dialog):
    dialog = open_dialog()
    handle, room = dialog.sheet.handles[0], dialog.sheet._room()
    grip = handle.rect().center() + QPoint(5, -4)  # not quite in the middle: it must not jump
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=grip)
    QTest.mouseMove(handle, grip + QPoint(30, 20))
    x, y = dialog.sheet.corner(0)
    assert x == pytest.approx(LEANING[0] + 30 / room.width(), abs=1.5 / room.width())
    assert y == pytest.approx(LEANING[1] + 20 / room.height(), abs=1.5 / room.height())
    QTest.mouseMove(handle, QPoint(-5000, -5000))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton)
    assert dialog.sheet.corner(0) == (0, 0)
    QTest.mouseMove(handle, QPoint(100, 100))
    assert dialog.sheet.corner(0) == (0, 0)
    assert dialog.sheet.rect().contains(handle.geometry())
    QTest.mouseClick(dialog.sheet.handles[3], Qt.MouseButton.LeftButton)
    assert dialog.close_up.number == 3


def test_the_page_is_drawn_with_the_last_corners_and_not_with_each(
    qtbot, quick, asked, open_dialog
):
    dialog = open_dialog()
    assert asked.corners == [None, near(LEANING)]
    assert dialog.preview.has_picture
    for _ in range(20):
        QTest.keyClick(dialog.sheet.handles[1], Key.Key_Down)
    drawn(qtbot, quick, dialog)
    assert asked.corners[-1] == near(dialog.sheet.corners)
    assert len(asked.corners) <= 6


@pytest.mark.parametrize(
    ("corners", "words"),
    [
        ((0.9, 0.1, 0.1, 0.1, 0.9, 0.9, 0.1, 0.9), "cross"),
        ((0.1, 0.1, 0.1, 0.9, 0.9, 0.9, 0.9, 0.1), "cross"),  # the other way round
        ((0.1, 0.1, 0.9, 0.1, 0.3, 0.3, 0.1, 0.9), "cross"),  # a dent
        ((0.5, 0.5, 0.6, 0.5, 0.6, 0.6, 0.5, 0.6), "too small"),
    ],
)
def test_corners_that_make_no_sheet_are_refused_and_the_dialog_stays(
    qtbot, quick, asked, open_dialog, corners, words
):
    dialog = open_dialog()
    dialog.sheet.set_corners(corners)
    drawn(qtbot, quick, dialog)
    assert "no sheet" in dialog.preview.message
    assert len(asked.corners) == 2
    dialog.go.click()
    assert words in dialog.problem.text
    assert dialog.isVisible()
    assert dialog.given is None
    QTest.keyClick(dialog.sheet.handles[0], Key.Key_Right)
    assert dialog.problem.text == ""


def test_whole_photo_leaves_it_as_it_came(qtbot, quick, asked, open_dialog):
    dialog = open_dialog()
    dialog.whole.click()
    drawn(qtbot, quick, dialog)
    assert asked.corners[-1] is None
    dialog.go.click()
    assert dialog.given == EdgesAnswer(None)


def test_edges_that_were_found_anew_are_shown_and_can_still_be_moved(qtbot, quick, open_dialog):
    dialog = open_dialog(corners=None)
    assert dialog.sheet.corners == WHOLE_PHOTO
    dialog.look.click()
    qtbot.waitUntil(lambda: dialog.sheet.corners == LEANING)
    assert "found" in dialog.words.text()
    QTest.keyClick(dialog.sheet.handles[0], Key.Key_Right)
    assert "four corners" in dialog.words.text()
    drawn(qtbot, quick, dialog)
    dialog.go.click()
    assert dialog.given == EdgesAnswer(near((LEANING[0] + 0.01, *LEANING[1:])))


def test_where_no_sheet_is_seen_that_is_said_and_nothing_moves(qtbot, quick, asked, open_dialog):
    asked.found = None
    dialog = open_dialog()
    dialog.look.click()
    drawn(qtbot, quick, dialog)
    assert "not clearly seen" in dialog.words.text()
    assert dialog.sheet.corners == LEANING


def test_what_was_moved_while_the_edges_are_looked_for_stays(qtbot, quick, asked, open_dialog):
    asked.found = STRAIGHT
    dialog = open_dialog()
    dialog.look.click()
    QTest.keyClick(dialog.sheet.handles[0], Key.Key_Right)
    moved = dialog.sheet.corners
    drawn(qtbot, quick, dialog)
    assert dialog.sheet.corners == moved


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_photo_that_lay_on_its_side_has_its_corners_upright_and_keeps_them_as_it_lies(
    asked, open_dialog, turned
):
    dialog = open_dialog(turned=turned)
    assert dialog.sheet.corners == near(turned_corners(LEANING, turned))
    assert asked.corners == [None, near(LEANING)]
    dialog.go.click()
    assert dialog.given.corners == near(LEANING)


def test_the_photo_comes_upright_and_flat_from_the_file(binder, documents, paper):
    keep(binder, paper, LEANING, turned=90)
    whole = QImage.fromData(page_photo(binder, documents, paper, 1, 400))
    flat = QImage.fromData(page_photo(binder, documents, paper, 1, 400, LEANING))
    assert whole.width() / whole.height() == pytest.approx(800 / 600, abs=0.01)
    assert 1.2 < flat.width() / flat.height() < 1.5  # Letter, lying


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_dialog_holds_at_every_size_of_text(qtbot, quick, style, open_dialog, theme, percent):
    style.choose_theme(theme)
    style.choose_percent(percent)
    dialog = open_dialog()
    check_widget(dialog)
    screen = QGuiApplication.primaryScreen().availableSize()
    assert dialog.height() <= screen.height()


def test_a_photo_that_cannot_be_shown_is_said_and_nothing_can_be_used(
    qtbot, quick, documents, binder, paper
):
    dialog = PageEdgesDialog(
        quick,
        lambda width, corners: page_photo(binder, documents, paper, 9, width, corners),
        lambda: find_edges(binder, documents, paper, 9),
        corners=None,
        turned=0,
    )
    qtbot.addWidget(dialog)
    show_active(dialog)
    qtbot.waitUntil(lambda: "Choose a page that is a photo" in dialog.sheet.message)
    assert not dialog.go.isEnabled()
    assert not any(handle.isVisible() for handle in dialog.sheet.handles)


# ---------------------------------------------------------------------- on a page


@pytest.fixture
def reading_desk(desk: Desk, binder, documents) -> Desk:
    return replace(desk, reader=BinderReader(binder, documents))


def test_edges_are_offered_below_photos_only(qtbot, reading_desk, shell, binder, paper, tmp_path):
    (typed,) = add(binder, tmp_path / "in", "letter.txt")
    read(binder, typed)
    page = open_page(qtbot, reading_desk, PapersPage(reading_desk, shell))
    assert page.pane.document_id == typed
    assert not page.pane.edges.isVisible()
    page.table.choose(paper)
    settled(qtbot, reading_desk)
    assert page.pane.edges.isVisible()
    check_widget(page.pane)
    page.pane.show_row(None)
    assert not page.pane.edges.isVisible()
    settled(qtbot, reading_desk)


def test_cancel_changes_nothing(qtbot, reading_desk, shell, binder, paper):
    page = open_page(qtbot, reading_desk, PapersPage(reading_desk, shell))
    shell.scripts.append(lambda dialog: dialog.cancel.click())
    page.pane.edges.edges.click()
    settled(qtbot, reading_desk)
    assert binder.ask(paper_row, paper).read == "done"
    assert binder.labels().undo == "Add a paper"


def test_a_page_whose_edges_have_changed_is_drawn_anew_wherever_that_was_done(
    qtbot, reading_desk, shell, binder, paper
):
    page = open_page(qtbot, reading_desk, PapersPage(reading_desk, shell))
    view = page.pane.view
    qtbot.waitUntil(lambda: view.sheet.has_picture)
    before = shape(view)
    keep(binder, paper, FLAT)
    qtbot.waitUntil(lambda: view.sheet.has_picture and shape(view) < before - 0.3)
    settled(qtbot, reading_desk)


def test_the_page_is_the_same_one_after_it_was_read_anew(
    qtbot, reading_desk, shell, binder, paper, tmp_path
):
    path = tmp_path / "second.jpg"
    letter(lines=2).save(path)
    (row,) = add_papers(binder, [path], Silent())
    keep(binder, row.document_id)
    join_papers(binder, [paper, row.document_id])
    page = open_page(qtbot, reading_desk, PapersPage(reading_desk, shell))
    page.pane.view.go_to(2)
    settled(qtbot, reading_desk)
    use_edges(binder, paper, 2, FLAT)
    settled(qtbot, reading_desk)
    assert page.pane.view.page == 1
    second = binder.ask(document_parts, paper)[1]
    keep_part(binder, second.sha256, FLAT)
    settled(qtbot, reading_desk)
    assert page.pane.view.page == 2


def test_new_edges_are_read_shown_and_taken_back_and_what_was_said_stays(
    qtbot, reading_desk, shell, binder, paper
):
    say_facts(binder, paper, [SaidValue(name="claim_number", value="20260214-77")])
    start_reading(reading_desk, shell)
    page = open_page(qtbot, reading_desk, PapersPage(reading_desk, shell))
    view = page.pane.view
    qtbot.waitUntil(lambda: view.sheet.has_picture)
    before = shape(view)

    def script(dialog: PageEdgesDialog) -> None:
        qtbot.waitUntil(lambda: dialog.sheet.photo is not None)
        dialog.sheet.set_corners(FLAT)
        dialog.go.click()

    shell.scripts.append(script)
    page.pane.edges.edges.click()
    qtbot.waitUntil(lambda: binder.ask(paper_row, paper).read == "waiting")
    QApplication.processEvents()
    qtbot.waitUntil(lambda: "being read" in view.sheet.message)
    read_again(qtbot, reading_desk, binder, paper)
    qtbot.waitUntil(lambda: view.sheet.has_picture and shape(view) < before - 0.3)
    assert photo_page(binder, paper, 1).by_hand
    assert binder.ask(page_refs, paper)[0].corners == near(FLAT)

    binder.undo()
    assert binder.ask(paper_row, paper).read == "waiting"
    read_again(qtbot, reading_desk, binder, paper)
    (part,) = binder.ask(document_parts, paper)
    assert binder.ask(edges_set, part.sha256) == ()
    qtbot.waitUntil(lambda: view.sheet.has_picture and shape(view) > before - 0.3)
    assert [fact.value for fact in binder.ask(said, paper)] == ["20260214-77"]
    assert shell.failed == []


def read_again(qtbot, desk: Desk, binder: Binder, document_id: str) -> None:
    """Wait for the background reading, which nobody but the news has started."""
    qtbot.waitUntil(lambda: binder.ask(paper_row, document_id).read == "done", timeout=60_000)
    settled(qtbot, desk)


def shape(view) -> float:
    """Height by width of the page that is shown."""
    return view.sheet.height() / view.sheet.width()
