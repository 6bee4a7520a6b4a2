"""The trash: restored with a click, deleted only after a question."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.operations.claims import open_claim
from app.operations.trash import put_in_trash
from app.storage.queries.claims import claim_rows
from app.storage.queries.papers import paper_rows
from app.storage.queries.trash import trash_rows
from tests.ui.checks import check_widget, show_active
from tests.ui.paper_makers import add, focus, open_page, settled
from ui.pages.trash import TrashPage
from ui.style import Style


@pytest.fixture
def page(qtbot, desk, binder, shell, tmp_path) -> TrashPage:
    (key,) = add(binder, tmp_path / "in", "<b>old</b>.txt".replace("/", "-"))
    claim = open_claim(binder, "The scan")
    put_in_trash(binder, [("document", key), ("claim", claim.id)])
    made = open_page(qtbot, desk, TrashPage(desk, shell))
    yield made
    settled(qtbot, desk)


def names(page: TrashPage) -> list[str]:
    return sorted(row.title for row in page.model.rows)


def choose(page: TrashPage, kind: str) -> None:
    row = next(row for row in page.model.rows if row.kind == kind)
    page.show_record(kind, row.id)


def test_what_was_thrown_away_is_listed_with_its_kind(page):
    assert names(page) == ["<b>old<-b>.txt", "The scan"]
    assert {page.model.index(row, 0).data() for row in range(2)} == {"Paper", "Claim"}


def test_restore_puts_it_back_and_undo_shows_it_here_again(qtbot, binder, shell, page):
    choose(page, "claim")
    page.restore.click()
    qtbot.waitUntil(lambda: names(page) == ["<b>old<-b>.txt"])
    assert [row.title for row in binder.ask(claim_rows)] == ["The scan"]
    qtbot.waitUntil(lambda: shell.said == ["It is back in its place."])
    binder.undo()
    qtbot.waitUntil(lambda: len(names(page)) == 2)


def test_several_are_restored_by_keys(qtbot, binder, page):
    focus(qtbot, page.table)
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.empty.isVisible)
    assert len(binder.ask(paper_rows)) == 1
    assert not page.restore.isVisible()


def test_delete_forever_asks_by_name_first_and_no_keeps_everything(
    qtbot, desk, binder, shell, page
):
    shell.yes = False
    choose(page, "document")
    page.delete.click()
    settled(qtbot, desk)
    assert shell.asked[0].startswith("Delete “<b>old<-b>.txt” forever? Nothing can bring it back.")
    assert len(binder.ask(trash_rows)) == 2


def test_what_is_deleted_forever_is_gone_with_its_original(qtbot, desk, binder, shell, page):
    focus(qtbot, page.table)
    page.table.selectAll()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(page.empty.isVisible)
    settled(qtbot, desk)
    assert shell.asked[0].startswith("Delete these 2 forever?")
    assert binder.ask(trash_rows) == ()
    assert not [path for path in (binder.root / "originals").rglob("*") if path.is_file()]
    assert shell.said[-1] == "2 are deleted."


def test_an_empty_trash_says_what_waits_here(qtbot, desk, shell):
    page = open_page(qtbot, desk, TrashPage(desk, shell))
    assert page.empty.isVisible()


@pytest.mark.parametrize("percent", [100, 200])
def test_the_page_holds_to_eye_ear_and_keyboard(qtbot, page, style: Style, percent):
    style.choose_percent(percent)
    show_active(page)
    check_widget(page)
