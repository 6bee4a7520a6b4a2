"""Getting the appeal out: tick, order, look it over, black out, choose how; and what follows."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.bundle import BlackBox, Gap
from app.operations.bundle_choices import chosen_for
from app.operations.sorting import Sorting, sort_papers
from app.storage.queries.bundles import black_outs_of, made_bundles
from app.storage.queries.records import claim_records
from tests.ui import demo_pages
from tests.ui.checks import check_widget, show_active
from tests.ui.household import deny, rosas_household
from tests.ui.paper_makers import add, read
from ui.dialogs.bundle import BundleDialog
from ui.dialogs.bundle_black_out import BlackOutDialog
from ui.dialogs.bundle_black_sheet import BlackSheet
from ui.dialogs.bundle_paper import PagesAndInk, PagesDialog
from ui.dialogs.bundle_trouble import AnotherWay, AnotherWayDialog, GapsDialog
from ui.pages import bundle_steps
from ui.style import Style
from ui.widgets.dialog import AskDialog
from ui.widgets.page_sheet import LETTER

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def home(binder, tmp_path):
    """A claim with a denial, a record and a receipt."""
    made = rosas_household(binder)
    deny(binder, made.claim)
    kinds = {"letter.txt": "denial", "record.txt": "medical_record", "slip.txt": "card_slip"}
    for key, kind in zip(add(binder, tmp_path / "papers", *kinds), kinds.values(), strict=True):
        read(binder, key)
        sort_papers(binder, [key], Sorting(kind=kind, claim_id=made.claim.id))
    return made


@pytest.fixture
def dialog(home, desk, qtbot):
    made = BundleDialog(
        desk.quick, chosen_for(desk.binder, home.claim.id), {},
        look=partial(bundle_steps._look, desk, home.claim.id),
        black_out=partial(bundle_steps._black_out, desk),
    )  # fmt: skip
    qtbot.addWidget(made)
    show_active(made)
    qtbot.waitUntil(lambda: bool(made.check.findings))
    return made


def ticked(dialog):
    return [
        (dialog.papers.row_of(choice.document_id).name, choice.goes_in)
        for choice in dialog.papers.choices()
    ]


def test_the_steps_stand_beside_what_they_open_and_the_check_counts(dialog, qtbot):
    assert ticked(dialog) == [("letter.txt", True), ("record.txt", True), ("slip.txt", False)]
    for number, step in enumerate(("papers", "check", "learn", "out")):
        dialog.show_step(step)
        assert dialog.stack.currentIndex() == number
        check_widget(dialog)
    (check,) = [line for line in dialog.steps.lines.lines if line.id == "check"]
    assert int(check.trailing) == len(dialog.check.findings)


@pytest.mark.parametrize(("theme", "percent"), [("light", 200), ("dark", 150)])
def test_every_step_can_be_read_in_large_text(dialog, style: Style, theme, percent):
    style.choose_theme(theme)
    style.choose_percent(percent)
    dialog.resize(1000, 800)
    QApplication.processEvents()
    for step in ("papers", "check", "learn", "out"):
        dialog.show_step(step)
        QApplication.processEvents()
        check_widget(dialog)


def test_papers_move_by_keys_and_tick_by_space(dialog, qtbot):
    papers = dialog.papers.papers
    papers.setFocus()
    QTest.keyClick(papers, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(papers, Key.Key_Space)
    assert ticked(dialog)[:2] == [("record.txt", True), ("letter.txt", False)]
    dialog.papers.parts["diary"].set_value(True)
    answer = dialog.answer()
    assert [choice.goes_in for choice in answer.choices] == [True, False, False]
    assert answer.parts == ("diary",)


def test_a_paper_that_is_dropped_elsewhere_stays_there(dialog, qtbot):
    model = dialog.papers.papers.model()
    with qtbot.waitSignal(dialog.papers.changed):
        assert model.moveRow(QModelIndex(), 0, QModelIndex(), 3)
    assert [name for name, _ in ticked(dialog)] == ["record.txt", "slip.txt", "letter.txt"]


def test_what_is_found_follows_what_is_ticked(dialog, qtbot):
    def codes():
        return [found.code for found in dialog.check.findings]

    assert "evidence_left_out" not in codes()
    dialog.papers.papers.item(0).setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: "evidence_left_out" in codes())


def test_without_a_paper_there_is_no_bundle(dialog):
    for row in range(3):
        dialog.papers.papers.item(row).setCheckState(Qt.CheckState.Unchecked)
    dialog.show_step("out")
    dialog.go.click()
    assert dialog.problem.text == "Tick at least one paper."
    assert dialog.stack.currentIndex() == 0


def test_only_what_matters_for_the_way_is_asked(dialog):
    out = dialog.out
    dialog.show_step("out")
    shown = {"print": out.mail_days, "portal": out.megabytes, "fax": out.pages}
    for profile in ("print", "portal", "fax", "reviewer"):
        out.profile.set_value(profile)
        assert [field.isVisible() for field in shown.values()] == [p == profile for p in shown]
    out.profile.set_value("portal")
    out.megabytes.set_value(5)
    shape = dialog.answer().shape
    assert (shape.profile, shape.max_bytes, shape.max_pages) == ("portal", 5_000_000, None)
    out.profile.set_value("fax")
    out.pages.set_value(1)
    dialog.go.click()
    assert "two pages at least" in dialog.problem.text


def test_show_me_opens_the_page_or_leaves_for_the_part(home, dialog, qtbot):
    (found,) = [each for each in dialog.check.findings if each.code == "no_letter"]
    assert found.tab == "letters"
    dialog._show_tab("letters")
    assert dialog.given.show == "letters"


def test_pages_and_ink_are_asked_in_words(qtbot):
    made = PagesDialog("letter.txt", 3, PagesAndInk("", ""))
    qtbot.addWidget(made)
    show_active(made)
    check_widget(made)
    made.pages.set_value("3-1")
    made.go.click()
    assert "names no pages" in made.problem.text
    made.pages.set_value("1-2")
    made.ink.set_value("black")
    made.go.click()
    assert made.given == PagesAndInk("1-2", "black")


def page() -> QImage:
    image = QImage(400, round(400 * LETTER), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def test_a_black_box_is_drawn_moved_and_taken_away(qtbot):
    sheet = BlackSheet()
    qtbot.addWidget(sheet)
    sheet.set_wide(400)
    sheet.show_picture(page())
    show_active(sheet)
    QTest.mousePress(sheet, Qt.MouseButton.LeftButton, pos=QPoint(40, 50))
    QTest.mouseMove(sheet, QPoint(200, 100))
    QTest.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    (box,) = sheet.boxes
    assert box[0] == pytest.approx(0.1)
    assert box[2] == pytest.approx(0.5)
    (handle,) = sheet.handles
    assert handle.hasFocus()
    QTest.keyClick(handle, Key.Key_Right)
    QTest.keyClick(handle, Key.Key_Down, SHIFT)
    moved = sheet.boxes[0]
    assert moved[0] > box[0]
    assert moved[3] - moved[1] > box[3] - box[1]
    assert handle.accessibleName() == "Black box 1"
    QTest.keyClick(handle, Key.Key_Delete)
    assert sheet.boxes == ()
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(40, 50))
    assert sheet.boxes == ()


def test_boxes_stay_on_their_pages(qtbot, quick):
    def picture(number: int, _width: int) -> bytes:
        return demo_pages.page_png("d", number, 300)

    before = BlackBox(page=2, x0=0.1, y0=0.1, x1=0.4, y1=0.2)
    made = BlackOutDialog(quick, picture, name="letter.txt", pages=3, boxes=[before], page=2)
    qtbot.addWidget(made)
    show_active(made)
    qtbot.waitUntil(lambda: made.sheet.has_picture)
    assert len(made.sheet.boxes) == 1
    check_widget(made)
    made.after.click()
    qtbot.waitUntil(lambda: made.sheet.has_picture)
    made.add.click()
    assert made.count.text() == "2 boxes on this paper"
    made.go.click()
    assert [box.page for box in made.given] == [2, 3]
    assert made.given[0] == before


def test_blacking_out_is_one_step_and_shown_in_the_list(home, desk, shell, dialog, qtbot):
    key = dialog.papers.choices()[0].document_id
    boxes = [BlackBox(page=1, x0=0.1, y0=0.1, x1=0.5, y1=0.2)]
    bundle_steps.set_black_outs(desk.binder, key, boxes)
    dialog.papers.show_boxes(key, 1)
    assert "1 box blacked out" in dialog.papers.papers.item(0).text()
    assert len(desk.binder.ask(black_outs_of, [key])) == 1


def test_the_bundle_is_made_kept_opened_and_asks_how_it_was_sent(
    home, desk, shell, qtbot, desktop, tmp_path
):
    target = tmp_path / "appeal.pdf"
    shell.new_file = target
    shell.scripts.append(lambda dialog: dialog.go.click())
    bundle_steps.make_bundle(desk, shell, home.claim.id)
    qtbot.waitUntil(lambda: bool(shell.said), timeout=30_000)
    assert desktop.opened == [target]
    assert "The bundle is ready: appeal.pdf." in shell.said[0]
    assert shell.actions[0].word == "How was it sent? …"
    (made,) = desk.binder.ask(made_bundles, home.claim.id)
    assert made.size == target.stat().st_size
    assert "no appeal letter" in made.bundle.warnings


def test_what_was_chosen_is_there_the_next_time(home, desk, shell):
    def choose(dialog):
        dialog.papers.papers.move_by(1)
        dialog._show_tab("letters")

    opened = []
    shell.scripts.append(choose)
    bundle_steps.make_bundle(desk, shell, home.claim.id, opened.append)
    assert opened == ["letters"]
    assert shell.went == [("claims", "claim", home.claim.id)]
    assert len(desk.binder.ask(claim_records, "bundle_choice", home.claim.id)) == 3
    names = [paper.name for paper in chosen_for(desk.binder, home.claim.id).papers]
    assert names == ["record.txt", "letter.txt", "slip.txt"]
    assert desk.binder.undo() == "Choose what goes in"


def test_where_the_check_fails_two_ways_are_left(qtbot):
    made = AnotherWayDialog("Page 4 is wrong.", [("d1", "letter.txt"), ("d2", "record.txt")])
    qtbot.addWidget(made)
    show_active(made)
    check_widget(made)
    made.go.click()
    assert "Choose the paper" in made.problem.text
    made.paper.set_value("d2")
    made.go.click()
    assert made.given == AnotherWay(without="d2")
    again = AnotherWayDialog("Page 4 is wrong.", [("d1", "letter.txt")])
    qtbot.addWidget(again)
    show_active(again)
    again.originals.click()
    assert again.given == AnotherWay()
    gaps = GapsDialog([Gap(document_id="d1", name="x.docx", reason="It cannot be printed.")])
    qtbot.addWidget(gaps)
    show_active(gaps)
    check_widget(gaps)


def test_the_window_opens_as_large_as_it_was_left(dialog, desk):
    dialog.keep_size(desk.memory, "bundle")
    dialog.resize(700, 610)
    dialog.done(0)
    again = AskDialog("Again", "Go on")
    again.keep_size(desk.memory, "bundle")
    assert (again.width(), again.height()) == (700, 610)
    again.deleteLater()
