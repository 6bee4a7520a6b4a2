"""The Inbox by clicks and keys, on a real binder."""

from __future__ import annotations

import time
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.binder import Binder
from app.operations.claims import open_claim
from app.operations.people import add_person
from app.storage.queries.claims import claim_rows
from app.storage.queries.papers import paper_row, paper_rows
from app.storage.queries.trash import trash_rows
from tests.ui.checks import check_widget, show_active
from tests.ui.conftest import NOW
from tests.ui.paper_makers import add, fail, focus, many, open_page, read, settled, ticking
from ui.pages.inbox import InboxPage
from ui.pages.paper_form import NEW_CLAIM
from ui.style import Style
from ui.widgets.lines import LINE_ROLE

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def binder(tmp_path):
    with Binder.create(tmp_path / "binder", now=ticking(NOW)) as made:
        yield made


@pytest.fixture
def papers(binder, tmp_path) -> list[str]:
    """Three papers, the oldest first."""
    ids = add(binder, tmp_path / "in", "page 1.txt", "page 2.txt", "page 10.txt")
    for key in ids:
        read(binder, key)
    return ids


@pytest.fixture
def page(qtbot, desk, shell, papers) -> InboxPage:
    made = open_page(qtbot, desk, InboxPage(desk, shell))
    yield made
    settled(qtbot, desk)


def names(page: InboxPage) -> list[str]:
    return [row.name for row in page.list.papers.rows]


def newest(page: InboxPage) -> str:
    """What is said below the name of the first paper."""
    return page.list.papers.index(0, 0).data(LINE_ROLE).detail


def select(page: InboxPage, *ids: str) -> None:
    page.list.choose(ids[0])
    for key in ids[1:]:
        row = [row.id for row in page.list.papers.rows].index(key)
        at = page.list.visualRect(page.list.papers.index(row, 0)).center()
        QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, CTRL, at)


# ---------------------------------------------------------------------- filing


def test_the_first_paper_is_chosen_and_shown(page, papers):
    assert page.list.selected_ids == (page.list.papers.rows[0].id,)
    assert page.pane.document_id == page.list.chosen_id
    assert page.fields.name.value() == names(page)[0]


def test_a_paper_is_filed_under_a_claim_by_keys_alone_and_the_next_one_comes(
    qtbot, desk, binder, page
):
    claim = open_claim(binder, "Infusions in March")
    settled(qtbot, desk)
    first, second = (row.id for row in page.list.papers.rows[:2])
    focus(qtbot, page.list)
    QTest.keyClick(page.list, Key.Key_Return)
    assert page.fields.kind.hasFocus()
    QTest.keyClicks(page.fields.kind, "expl")
    page.fields.claim.setFocus()
    QTest.keyClicks(page.fields.claim, "inf")
    page.fields.dated.edit.setFocus()
    QTest.keyClicks(page.fields.dated.edit, "8/3")
    QTest.keyClick(page.fields.dated.edit, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    row = binder.ask(paper_row, first)
    assert (row.kind, row.claim_id, row.dated_on) == ("eob", claim.id, date(2026, 8, 3))
    assert page.list.selected_ids == (second,)
    assert page.pane.document_id == second
    assert page.fields.dated.edit.text() == ""


def test_one_click_says_that_they_said_no_and_the_denial_is_asked_for_at_once(
    qtbot, desk, binder, shell, page
):
    claim = open_claim(binder, "Infusions in March")
    settled(qtbot, desk)
    first = page.list.chosen_id
    asked = []
    shell.scripts.append(lambda dialog: asked.append(dialog.letter.value()))
    qtbot.mouseClick(page.fields.quick[0], Qt.MouseButton.LeftButton)
    assert page.fields.kind.value() == "denial"
    assert page.fields.claim.value() == claim.id, "the only claim stands in the form"
    qtbot.mouseClick(page.file, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: asked == [first])
    assert binder.ask(paper_row, first).claim_id == claim.id


def test_a_new_claim_is_opened_inline_and_undo_takes_all_of_it_back(qtbot, desk, binder, page):
    person = add_person(binder, "Ruth Alder")
    settled(qtbot, desk)
    before = names(page)
    assert page.fields.claim.value() == NEW_CLAIM, "there is no claim yet"
    QTest.keyClicks(page.fields.new_claim, "The scan")
    page.file.click()
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    (claim,) = binder.ask(claim_rows)
    assert (claim.title, claim.papers, claim.patient_id) == ("The scan", 1, person.id)
    binder.undo()
    qtbot.waitUntil(lambda: names(page) == before)
    assert binder.ask(claim_rows) == ()


def test_who_the_patient_is_is_asked_only_where_there_is_a_choice(qtbot, desk, binder, page):
    add_person(binder, "Ruth Alder")
    settled(qtbot, desk)
    assert not page.fields.patient.isVisible()
    add_person(binder, "Tom Alder")
    add_person(binder, "Dana the helper", relation="helper")
    qtbot.waitUntil(page.fields.patient.isVisible)
    assert page.fields.patient.count() == 3


def test_a_paper_is_kept_without_a_claim_by_its_kind(qtbot, binder, page):
    first = page.list.chosen_id
    page.keep.click()
    assert "Say what it is" in page.form.problem_of(page.fields.kind)
    page.fields.kind.set_value("insurance_card")
    page.keep.click()
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    row = binder.ask(paper_row, first)
    assert (row.kind, row.claim_id) == ("insurance_card", None)
    assert binder.ask(claim_rows) == ()


def test_filing_without_a_claim_or_with_a_wrong_date_says_so_at_the_field(page, binder):
    page.fields.claim.set_value(None)
    page.file.click()
    assert "Choose the claim" in page.form.problem_of(page.fields.claim)
    page.fields.dated.edit.setText("13/45")
    page.file.click()
    assert page.form.problem_of(page.fields.dated)
    assert len(binder.ask(paper_rows, inbox=True)) == 3


def test_several_papers_are_filed_at_once_and_keep_their_names(qtbot, desk, binder, page, papers):
    claim = open_claim(binder, "Infusions in March")
    settled(qtbot, desk)
    select(page, papers[2], papers[0])
    assert not page.fields.name.isVisible()
    assert "2 papers" in page.about.text()
    page.fields.kind.set_value("receipt")
    page.file.click()
    qtbot.waitUntil(lambda: names(page) == ["page 2.txt"])
    rows = binder.ask(paper_rows, claim_id=claim.id)
    assert {(row.name, row.kind) for row in rows} == {
        ("page 1.txt", "receipt"),
        ("page 10.txt", "receipt"),
    }
    assert binder.undo() == "File 2 papers"


def test_the_claim_filed_under_last_is_offered_for_the_next(qtbot, desk, binder, page):
    open_claim(binder, "A scan")
    second = open_claim(binder, "Infusions")
    qtbot.waitUntil(lambda: page.fields.claim.count() == 4)
    assert page.fields.claim.value() is None, "with two claims none is guessed"
    page.fields.claim.set_value(second.id)
    page.file.click()
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    qtbot.waitUntil(lambda: page.fields.claim.value() == second.id)  # the form is filled next


def test_the_last_paper_leaves_an_empty_page_that_says_what_goes_here(qtbot, binder, page):
    for _ in range(3):
        count = len(names(page))
        page.fields.kind.set_value("other")
        page.keep.click()
        qtbot.waitUntil(lambda count=count: len(names(page)) == count - 1)
    assert page.empty.isVisible()
    assert not page.panes.isVisible()
    binder.undo()
    qtbot.waitUntil(page.panes.isVisible)


# ---------------------------------------------------------------------- what is typed


def test_what_is_typed_survives_reading_that_ends_meanwhile(qtbot, desk, binder, page, tmp_path):
    (key,) = add(binder, tmp_path / "in", "new.txt")
    settled(qtbot, desk)
    page.list.choose(key)
    assert "reading" in newest(page)
    page.fields.name.setFocus()
    page.fields.name.selectAll()
    QTest.keyClicks(page.fields.name, "My letter")
    QTest.keyClicks(page.fields.dated.edit, "8/")
    read(binder, key, pages=2)
    qtbot.waitUntil(lambda: "2 pages" in newest(page))
    assert (page.fields.name.text(), page.fields.dated.edit.text()) == ("My letter", "8/")
    assert page.pane.view.thumbnails.model().rowCount() == 2


def test_a_half_typed_form_waits_while_another_paper_is_looked_at(page, papers):
    page.fields.kind.set_value("eob")
    QTest.keyClicks(page.fields.note, "ask Dana")
    first = page.list.chosen_id
    page.list.choose(papers[0])
    assert (page.fields.kind.value(), page.fields.note.value()) == (None, "")
    page.list.choose(first)
    assert (page.fields.kind.value(), page.fields.note.value()) == ("eob", "ask Dana")


def test_an_untouched_form_follows_what_changes_elsewhere(qtbot, desk, binder, page):
    key = page.list.chosen_id
    claim = open_claim(binder, "Infusions")
    settled(qtbot, desk)
    page.fields.claim.set_value(claim.id)
    page.file.click()
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    binder.undo()
    qtbot.waitUntil(lambda: len(names(page)) == 3)
    page.list.choose(key)
    assert page.fields.name.value() == binder.ask(paper_row, key).name


def test_undo_of_adding_takes_the_paper_out_and_the_rest_stays_chosen(
    qtbot, desk, binder, page, tmp_path
):
    before = names(page)
    add(binder, tmp_path / "in", "new.txt")
    qtbot.waitUntil(lambda: len(names(page)) == 4)
    page.list.choose(page.list.papers.rows[0].id)
    binder.undo()
    qtbot.waitUntil(lambda: names(page) == before)
    qtbot.waitUntil(lambda: page.list.selected_ids == (page.pane.document_id,))


# ---------------------------------------------------------------------- join, trash, show


def test_papers_are_joined_in_the_order_people_count_and_the_order_can_be_changed(
    qtbot, desk, binder, shell, page, papers
):
    select(page, papers[2], papers[0], papers[1])
    offered = []

    def script(dialog):
        offered.append([row.name for row in dialog._rows])
        dialog.list.choose(papers[1])
        dialog.up.click()
        dialog.go.click()

    shell.scripts.append(script)
    focus(qtbot, page.list)
    QTest.keyClick(page.list, Key.Key_J, CTRL)
    qtbot.waitUntil(lambda: names(page) == ["page 2.txt"])
    assert offered == [["page 1.txt", "page 2.txt", "page 10.txt"]]
    (row,) = binder.ask(paper_rows)
    assert (row.parts, row.name) == (3, "page 2.txt")
    binder.undo()
    qtbot.waitUntil(lambda: len(names(page)) == 3)


def test_joining_one_paper_says_how_to_choose_more(page, shell):
    page.join_selected()
    assert "two or more" in shell.said[-1]
    assert not page.join.isEnabled()


def test_delete_moves_to_the_trash_and_one_button_brings_it_back(qtbot, desk, binder, shell, page):
    before, gone = names(page), page.list.chosen_id
    focus(qtbot, page.list)
    QTest.keyClick(page.list, Key.Key_Delete)
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    assert [row.id for row in binder.ask(trash_rows)] == [gone]
    assert page.list.selected_ids == (page.list.papers.rows[0].id,)
    qtbot.waitUntil(lambda: bool(shell.actions))
    shell.actions[-1].run()
    qtbot.waitUntil(lambda: names(page) == before)


def test_a_paper_asked_for_is_chosen_and_a_sorted_one_is_shown_among_all_papers(
    qtbot, desk, binder, shell, page, papers
):
    page.show_record("document", papers[0])
    qtbot.waitUntil(lambda: page.list.selected_ids == (papers[0],))
    page.fields.kind.set_value("other")
    page.keep.click()
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    page.show_record("document", papers[0])
    qtbot.waitUntil(lambda: shell.went == [("papers", "document", papers[0])])


def test_a_locked_paper_is_opened_with_its_password_and_a_damaged_one_says_why(
    qtbot, desk, binder, shell, page, papers
):
    fail(binder, papers[2], "It is protected.", needs_password=True)
    fail(binder, papers[1], "This picture is <b>damaged</b>.")
    qtbot.waitUntil(lambda: "password" in newest(page))
    page.list.choose(papers[2])
    assert page.pane.unlock.isVisible()

    def script(dialog):
        dialog.password.setText("wrong")
        dialog.go.click()
        qtbot.waitUntil(lambda: bool(dialog.form.problem_of(dialog.password)))
        dialog.password.setText("open sesame")
        dialog.go.click()
        qtbot.waitUntil(lambda: dialog.given is not None)

    shell.scripts.append(script)
    page.pane.unlock.click()
    page.list.choose(papers[1])
    assert page.pane.words.text() == "This picture is <b>damaged</b>."
    assert page.pane.words.textFormat() == Qt.TextFormat.PlainText
    assert page.pane.again.isVisible()


# ---------------------------------------------------------------------- hostile and many


def test_names_are_shown_as_they_stand_never_as_markup(qtbot, desk, binder, shell, tmp_path):
    name = "<b>x</b><img src=x> \u202egnp.letter"
    add(binder, tmp_path / "in", name.replace("/", "-"))
    page = open_page(qtbot, desk, InboxPage(desk, shell))
    shown = names(page)[0]
    assert "<b>x<-b><img src=x>" in shown
    assert "\u202e" not in shown, "marks that turn text about are taken out"
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText
        for label in page.findChildren(QLabel)
        if label.text()
    )
    assert page.fields.name.value() == shown
    page.list.grab()


def test_the_next_paper_is_chosen_while_ctrl_is_still_held(page, papers):
    QTest.keyPress(page.list, Key.Key_Control, CTRL)
    page.list.choose(papers[1])
    page.list.choose(papers[0])
    assert page.list.selected_ids == (papers[0],)
    QTest.keyRelease(page.list, Key.Key_Control)


def test_two_thousand_papers_are_listed_without_a_stop(qtbot, desk, binder, shell, tmp_path):
    many(binder, tmp_path / "in", 2000)
    page = open_page(qtbot, desk, InboxPage(desk, shell))
    assert page.list.papers.rowCount() == 2000
    began = time.process_time()
    page._show_papers()
    page.list.choose(page.list.papers.rows[1500].id)
    assert time.process_time() - began < 0.5, "a tenth of this is usual"


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.usefixtures("papers")
def test_the_page_holds_to_eye_ear_and_keyboard(qtbot, desk, shell, style: Style, percent):
    style.choose_percent(percent)
    page = open_page(qtbot, desk, InboxPage(desk, shell), (1040, 740))
    show_active(page)
    if page.panes.is_narrow:
        for number in range(3):
            page.panes.show_pane(number)
            QApplication.processEvents()
            check_widget(page)
    else:
        check_widget(page)
