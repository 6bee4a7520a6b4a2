"""The story in the window: every kind of line, what others get, and the way onto paper."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.operations import calls, diary, treatments
from app.storage.queries.story import public_story
from tests.ui.checks import check_widget, cut_words, show_active
from tests.ui.household import call_with_promise, deny, pay, rosas_household
from ui.pages.claim_story import StoryPart


@pytest.fixture
def home(binder):
    return rosas_household(binder)


@pytest.fixture
def part(desk, shell, home, qtbot):
    made = StoryPart(desk, shell)
    qtbot.addWidget(made)
    made.resize(900, 600)
    return made


@pytest.fixture
def told(part, desk, home, qtbot):
    """Show the story and wait until it is read: that happens on a thread."""

    def show():
        part.show_claim(home.claim.id)
        qtbot.waitUntil(lambda: not desk.quick.busy)
        return part

    return show


def cells(part, column):
    model = part.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_what_others_do_not_get_is_told_in_words(told, binder, home):
    pay(binder, home.claim, "75.00", date(2026, 8, 5))
    diary.add_line(binder, home.claim.id, "could not get up", on=date(2026, 8, 6))
    treatments.add_treatment(binder, home.claim.id, "Ibuprofen", began="2024-03")
    part = told()
    show_active(part)
    assert cells(part, 0) == ["March 2024", "Aug 5, 2026", "Aug 6, 2026"]
    assert cells(part, 1) == ["Treatment", "Money", "Diary"]
    assert cells(part, 3) == ["", "Private", "Private"]
    check_widget(part)


def test_a_line_is_left_out_and_taken_in_again_by_button(told, binder, home):
    call, _ = call_with_promise(binder, home.claim)
    part = told()
    show_active(part)
    assert part.table.choose(f"call/{call.id}")
    assert part.turn.text() == "Leave it out for others"
    part.turn.click()
    assert binder.ask(public_story, home.claim.id) == ()
    told()
    assert "Left out" in cells(part, 3)
    assert part.table.chosen_id == f"call/{call.id}"
    assert part.turn.text() == "Let others get it again"
    part.turn.click()
    assert len(binder.ask(public_story, home.claim.id)) == 1
    told()
    assert "Left out" not in cells(part, 3)


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)  # open menus
def test_the_same_is_done_with_a_key_and_from_the_menu_of_the_line(told, binder, home):
    call, _ = calls.log_call(binder, claim_id=home.claim.id, with_whom="Dana")
    part = told()
    show_active(part)
    part.table.choose(f"call/{call.id}")
    part.table.setFocus()
    QTest.keySequence(part.table, QKeySequence("Ctrl+H"))
    assert binder.ask(public_story, home.claim.id) == ()
    told()
    middle = part.table.viewport().rect().center()
    place = part.table.mapToGlobal(middle)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, place)
    QApplication.sendEvent(part.table, event)
    (menu,) = part.table.findChildren(QMenu)
    assert menu.actions()[0].text() == "Let others get it again"
    menu.actions()[0].trigger()
    menu.close()
    assert len(binder.ask(public_story, home.claim.id)) == 1


def test_a_private_line_cannot_be_left_out_twice(told, binder, home):
    pay(binder, home.claim, "75.00", date(2026, 8, 5))
    part = told()
    show_active(part)
    part.table.choose_first()
    assert not part.turn.isEnabled()
    part.leave_out_or_take_in()
    assert binder.labels().undo == "Enter an expense"


def test_promises_that_were_not_kept_are_counted_beside_the_story(told, binder, home, shell):
    part = told()
    assert part.late.isHidden()
    for day in (10, 12):
        calls.log_call(
            binder, claim_id=home.claim.id, with_whom="Dana", promise="call",
            promise_by=date(2026, 8, day),
        )  # fmt: skip
    told()
    assert part.late.text() == "2 promises not kept"
    part.late.click()
    assert shell.went[-1] == ("calls", "claim", home.claim.id)


def test_the_story_is_saved_for_others_or_for_oneself(  # noqa: PLR0917 - fixtures
    told, shell, binder, home, tmp_path, desktop, qtbot
):
    deny(binder, home.claim)
    part = told()
    sizes = []
    for whole in (False, True):
        shell.new_file = tmp_path / f"story-{whole}.pdf"

        def agree(dialog, whole=whole):
            show_active(dialog)
            check_widget(dialog)
            dialog.whole.set_value(whole)
            dialog.go.click()

        shell.said.clear()
        shell.scripts.append(agree)
        part.print.click()
        qtbot.waitUntil(lambda: bool(shell.said))
        sizes.append(shell.new_file.stat().st_size)
    assert desktop.opened == [tmp_path / "story-False.pdf", tmp_path / "story-True.pdf"]
    assert sizes[0] < sizes[1]


def test_a_story_of_another_claim_that_comes_late_is_not_shown(part, desk, binder, home, qtbot):
    calls.log_call(binder, claim_id=home.claim.id, with_whom="Dana")
    part.show_claim(home.claim.id)
    part.show_claim("")
    qtbot.waitUntil(lambda: not desk.quick.busy)
    assert part.model.rows == ()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_story_can_be_read_in_large_text(told, style, binder, home, qtbot, theme):
    style.choose_theme(theme)
    style.choose_percent(200)
    calls.log_call(
        binder,
        claim_id=home.claim.id,
        with_whom="Dana <b>",
        called_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    part = told()
    show_active(part)
    qtbot.waitUntil(lambda: not cut_words(part))
    check_widget(part)
