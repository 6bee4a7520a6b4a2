"""All papers: found, filtered, shown, changed, given out; ten thousand of them quickly."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.binder import Binder
from app.domain.document import Part
from app.operations.claims import open_claim
from app.operations.facts import SaidValue, say_facts
from app.operations.sorting import Sorting, sort_papers
from app.storage.queries.papers import PageRef, paper_row, paper_rows
from tests.ui.checks import check_widget, show_active
from tests.ui.confirming import DATE_BOX, sift
from tests.ui.conftest import NOW
from tests.ui.paper_makers import add, fail, focus, many, open_page, read, settled, ticking
from ui.pages.paper_filter import NO_CLAIM, PaperFilter, folded
from ui.pages.paper_pane import pages_in_order
from ui.pages.papers import PapersPage, _safe_name
from ui.style import Style

Key = Qt.Key


@pytest.fixture
def binder(tmp_path):
    with Binder.create(tmp_path / "binder", now=ticking(NOW)) as made:
        yield made


@pytest.fixture
def papers(binder, tmp_path) -> list[str]:
    ids = add(binder, tmp_path / "in", "EOB March.txt", "Niño receipt.txt", "letter.txt")
    for key in ids:
        read(binder, key, pages=3)
    claim = open_claim(binder, "Infusions")
    sort_papers(binder, ids[:1], Sorting(kind="eob", claim_id=claim.id, note="call Dana"))
    sort_papers(binder, ids[1:2], Sorting(kind="receipt"))
    return ids


@pytest.fixture
def page(qtbot, desk, shell, papers) -> PapersPage:
    made = open_page(qtbot, desk, PapersPage(desk, shell))
    yield made
    settled(qtbot, desk)


def names(page: PapersPage) -> list[str]:
    return [row.name for row in page.model.rows]


def test_all_papers_are_listed_the_newest_first_and_the_first_is_shown(page, papers):
    assert names(page) == ["letter.txt", "Niño receipt.txt", "EOB March.txt"]
    assert page.pane.document_id == papers[2]
    assert page.count.text() == "3 papers"


def test_what_was_read_in_a_filed_paper_is_shown_and_lights_up(qtbot, desk, binder, page, papers):
    assert not page.values.isVisible(), "nothing was read yet"
    sift(binder, papers[2])
    say_facts(
        binder, papers[2], [SaidValue(name="letter_date", value="2026-08-04", read_as="2026-08-03")]
    )
    qtbot.waitUntil(page.values.isVisible)
    qtbot.waitUntil(lambda: "confirmed Aug 18, 2026" in page.values.list.lines.lines[0].detail)
    page.values.fold.click()
    line = next(line for line in page.values.list.lines.lines if line.title == "20260214-77")
    page.values.list.choose(line.id)
    assert page.pane.view.sheet.boxes == (DATE_BOX,)


def test_words_claim_and_kind_filter_the_list(page):
    QTest.keyClicks(page.search, "nino")
    assert names(page) == ["Niño receipt.txt"]
    assert page.count.text() == "1 of 3 papers"
    page.search.set_value("dana eob")
    assert names(page) == ["EOB March.txt"]
    page.search.set_value("")
    page.claim.setCurrentIndex(1)
    assert page.claim.value() == NO_CLAIM
    assert names(page) == ["letter.txt", "Niño receipt.txt"]
    page.kind.set_value("receipt")
    assert names(page) == ["Niño receipt.txt"]
    page.search.set_value("no such paper")
    assert names(page) == []
    assert page.panes.isVisible()
    assert not page.change.isEnabled()


def test_a_found_paper_is_shown_at_the_page_of_the_hit_whatever_the_filter(
    qtbot, desk, page, papers
):
    page.search.set_value("letter")
    page.show_record("document", f"{papers[0]}#3")
    settled(qtbot, desk)
    assert (page.table.chosen_id, page.pane.view.page) == (papers[0], 3)
    assert page.search.value() == ""
    page.table.choose(papers[1])
    settled(qtbot, desk)
    assert page.pane.view.page == 1


def test_a_paper_that_is_gone_is_said_and_the_trash_is_offered(qtbot, desk, shell, page):
    page.show_record("document", "nowhere")
    settled(qtbot, desk)
    assert "not here any more" in shell.failed[-1]


def test_a_paper_is_changed_with_the_same_form_and_undo_shows_what_was(
    qtbot, desk, binder, shell, page, papers
):
    page.table.choose(papers[0])

    def script(dialog):
        assert dialog.fields.note.value() == "call Dana"
        dialog.fields.name.set_value("The EOB of March")
        dialog.fields.dated.edit.setText("3/9/2026")
        dialog.go.click()

    shell.scripts.append(script)
    page.change.click()
    qtbot.waitUntil(lambda: "The EOB of March" in names(page))
    row = binder.ask(paper_row, papers[0])
    assert (row.dated_on, row.note) == (date(2026, 3, 9), "call Dana")
    binder.undo()
    qtbot.waitUntil(lambda: "EOB March.txt" in names(page))
    assert page.table.chosen_id == papers[0]


def test_a_claim_can_be_taken_back_and_a_wrong_date_keeps_the_dialog_open(
    qtbot, desk, binder, shell, page, papers
):
    page.table.choose(papers[0])

    def script(dialog):
        dialog.fields.claim.set_value(None)
        dialog.fields.dated.edit.setText("99/99")
        dialog.go.click()
        assert dialog.given is None
        assert dialog.form.problem_of(dialog.fields.dated)
        dialog.fields.dated.edit.setText("")
        dialog.go.click()

    shell.scripts.append(script)
    page.change_selected()
    settled(qtbot, desk)
    assert binder.ask(paper_row, papers[0]).claim_id is None


def test_several_papers_are_changed_at_once(qtbot, desk, binder, shell, page, papers):
    page.table.selectAll()

    def script(dialog):
        assert not dialog.fields.name.isVisible()
        dialog.fields.kind.set_value("medical_record")
        dialog.go.click()

    shell.scripts.append(script)
    page.change.click()
    settled(qtbot, desk)
    assert {row.kind for row in binder.ask(paper_rows)} == {"medical_record"}
    assert binder.ask(paper_row, papers[0]).claim == "Infusions"


def test_the_original_is_saved_with_exactly_its_bytes(qtbot, desk, shell, page, papers, tmp_path):
    page.table.choose(papers[2])
    shell.new_file = tmp_path / "out" / "letter.txt"
    page.save.click()
    settled(qtbot, desk)
    assert "no folder" in shell.failed[-1]
    shell.new_file.parent.mkdir()
    page.save.click()
    settled(qtbot, desk)
    assert shell.new_file.read_text() == "This is letter.txt."
    assert shell.said[-1] == "The original is saved exactly as it came in."


def test_a_paper_is_read_again_and_its_state_is_said(qtbot, desk, binder, page, papers):
    fail(binder, papers[2], "This picture is damaged.")
    settled(qtbot, desk)
    at = page.model.index(0, 0)
    assert "could not be read: This picture is damaged." in at.data(
        Qt.ItemDataRole.AccessibleTextRole
    )
    page.again.click()
    qtbot.waitUntil(lambda: binder.ask(paper_row, papers[2]).read == "waiting")
    settled(qtbot, desk)
    assert not page.pane.notice.isVisible()


def test_enter_goes_to_the_page_and_delete_button_to_the_trash(
    qtbot, desk, binder, shell, page, papers
):
    focus(qtbot, page.table)
    QTest.keyClick(page.table, Key.Key_Return)
    assert page.pane.view.area.hasFocus()
    page.remove.click()
    qtbot.waitUntil(lambda: len(names(page)) == 2 and bool(shell.actions))
    shell.actions[-1].run()
    qtbot.waitUntil(lambda: len(names(page)) == 3)


def test_an_empty_binder_says_what_goes_here(qtbot, desk, shell):
    page = open_page(qtbot, desk, PapersPage(desk, shell))
    assert page.empty.isVisible()
    assert not page.change.isVisible()


def test_ten_thousand_papers_are_listed_filtered_and_refreshed_in_a_moment(
    qtbot, desk, binder, shell, tmp_path
):
    many(binder, tmp_path / "in", 10_000)
    page = open_page(qtbot, desk, PapersPage(desk, shell))
    assert page.count.text() == "10,000 papers"
    for act in (
        page._papers_came,
        lambda: page.search.set_value("letter 99"),
        lambda: page.search.set_value("letter 7"),
        lambda: page.search.set_value(""),
    ):
        began = time.process_time()
        act()
        QApplication.processEvents()
        assert time.process_time() - began < 0.5, "a tenth of this is usual"


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.usefixtures("papers")
def test_the_page_holds_to_eye_ear_and_keyboard(qtbot, desk, shell, style: Style, percent):
    style.choose_percent(percent)
    page = open_page(qtbot, desk, PapersPage(desk, shell), (1040, 740))
    show_active(page)
    for number in range(2 if page.panes.is_narrow else 1):
        page.panes.show_pane(number)
        QApplication.processEvents()
        check_widget(page)


# ---------------------------------------------------------------------- pure parts


def part(sha256: str, position: int) -> Part:
    return Part(
        id=sha256, document_id="d", position=position, sha256=sha256, name="n",
        media_type="image/jpeg", size=1,
    )  # fmt: skip


def ref(page: int, sha256: str, of_part: int, part_pages: int | None) -> PageRef:
    return PageRef(page, sha256, "image/jpeg", of_part, part_pages, 612, 792, 0, "ocr", None, None)


@pytest.mark.parametrize(
    ("refs", "ready"),
    [
        ([], 0),
        ([ref(1, "a", 1, 1)], 1),
        ([ref(1, "b", 1, 1)], 0),
        ([ref(1, "a", 1, None), ref(2, "a", 2, None)], 2),
        ([ref(1, "a", 2, None)], 0),
        ([ref(1, "a", 1, None), ref(2, "b", 1, 1)], 1),
        ([ref(1, "a", 1, 1), ref(2, "b", 1, 1)], 2),
        ([ref(1, "a", 1, 1), ref(2, "b", 2, 3)], 1),
    ],
)
def test_only_pages_whose_number_will_stay_are_shown_while_the_rest_is_read(refs, ready):
    assert pages_in_order([part("a", 0), part("b", 1)], refs) == ready


def test_accents_and_capitals_make_no_difference_to_a_filter():
    assert folded("NIÑO Ärger ß") == "nino arger ss"
    assert PaperFilter().apply("x", None, None) == []


def test_the_name_of_a_saved_file_is_one_that_every_system_takes():
    assert _safe_name('a/b\\c:"d"?.pdf') == "a_b_c__d__.pdf"
    assert _safe_name(" .. ") == "paper"
    assert len(_safe_name("x" * 300 + ".pdf")) == 104
    assert Path(_safe_name("CON/../x.pdf")).name == _safe_name("CON/../x.pdf")
