"""The first start: welcome, an own binder in three clicks, or a backup that comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.binder import Binder
from app.jobs import Silent
from app.operations.people import add_person
from app.operations.upkeep import back_up
from app.paths import default_binder
from app.storage.queries.records import all_people
from tests.ui.checks import check_widget, show_active
from ui.dialogs.restore import RestoreDialog
from ui.first_run import begin
from ui.opening import open_binder, open_next, own_place
from ui.pages.welcome import WelcomeWindow

NOW = datetime(2026, 8, 18, 15, 0, tzinfo=UTC)


def now() -> datetime:
    return NOW


@pytest.fixture
def soon(qapp):
    """Act on a top-level window of a kind as soon as one is shown, while a loop is running."""
    timers: list[QTimer] = []

    def when(kind: str, act: Callable[[QWidget], object]) -> None:
        timer = QTimer()
        timer.setInterval(10)

        def look() -> None:
            for window in QApplication.topLevelWidgets():
                if type(window).__name__ == kind and window.isVisible():
                    timer.stop()
                    act(window)
                    return

        timer.timeout.connect(look)
        timer.start()
        timers.append(timer)

    yield when
    for timer in timers:
        timer.stop()
    qapp.processEvents()


def press(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def welcome_shown(qtbot) -> WelcomeWindow:
    window = WelcomeWindow()
    qtbot.addWidget(window)
    window.resize(1200, 860)
    show_active(window)
    return window


@pytest.mark.parametrize("percent", [100, 200])
def test_the_welcome_holds_for_eye_ear_and_keyboard(qtbot, style, percent):
    style.choose_percent(percent)
    window = welcome_shown(qtbot)
    check_widget(window)
    press(window.own)
    check_widget(window)
    press(window.back)
    assert window.own.isVisible()


def test_a_name_and_enter_begin_an_own_binder_and_put_that_person_at_the_desk(
    soon, memory, jobs, qtbot
):
    def act(window):
        press(window.own)
        QTest.keyClicks(window.name, "Ruth <b>Calloway</b>")
        QTest.keyClick(window.name, Qt.Key.Key_Return)

    soon("WelcomeWindow", act)
    opened = begin(memory, now, jobs)
    assert opened
    assert opened.is_first_run
    assert opened.page == "inbox"
    with opened.binder as binder:
        (ruth,) = binder.ask(all_people)
        assert (ruth.name, ruth.relation) == ("Ruth <b>Calloway</b>", "self")
        assert binder.author_id == ruth.id == memory.settings.author_id
        assert binder.root == default_binder()
    with open_binder(own_place(memory), memory, now).binder as again:
        assert again.author_id == ruth.id


def test_the_name_may_stay_empty(soon, memory, jobs):
    def act(window):
        press(window.own)
        press(window.go)

    soon("WelcomeWindow", act)
    opened = begin(memory, now, jobs)
    assert opened
    with opened.binder as binder:
        assert not binder.ask(all_people)
        assert binder.author_id is None


def test_closing_the_welcome_makes_nothing(soon, memory, jobs):
    soon("WelcomeWindow", lambda window: window.close())
    assert begin(memory, now, jobs) is None
    assert not default_binder().exists()


def test_a_backup_comes_back_on_a_new_computer_and_is_opened(soon, memory, jobs, tmp_path):
    with Binder.create(tmp_path / "old", now=now) as old:
        add_person(old, "Ruth Calloway")
        made = back_up(old, tmp_path / "usb", Silent())

    def bring_back(dialog: RestoreDialog) -> None:
        dialog._choosers = type(dialog._choosers)(
            lambda _title, _patterns: [made.path], lambda _title: None
        )
        assert not dialog.go.isEnabled()
        press(next(b for b in dialog.findChildren(QPushButton) if b.text() == "Another file …"))
        press(dialog.go)

    def chosen(window):
        QTimer.singleShot(0, window, lambda: press(window.restore))

    soon("WelcomeWindow", chosen)
    soon("RestoreDialog", bring_back)
    opened = begin(memory, now, jobs)
    assert opened
    assert opened.is_first_run
    assert opened.page == "today"
    with opened.binder as binder:
        assert [person.name for person in binder.ask(all_people)] == ["Ruth Calloway"]
        assert binder.root == own_place(memory) == default_binder()


def test_a_backup_that_is_none_is_refused_in_words_and_the_welcome_comes_again(
    soon, memory, jobs, tmp_path
):
    broken = tmp_path / "ClaimBinder backup 2026-08-01 0900.zip"
    broken.write_bytes(b"PK\x03\x04 not a backup")
    told: list[str] = []

    def bring_back(dialog: RestoreDialog) -> None:
        dialog._found = [broken]
        dialog._show()
        press(dialog.go)

    def hear(box) -> None:
        told.append(box.text())
        soon("WelcomeWindow", lambda window: window.close())
        box.accept()

    soon(
        "WelcomeWindow",
        lambda window: QTimer.singleShot(0, window, lambda: press(window.restore)),
    )
    soon("RestoreDialog", bring_back)
    soon("QMessageBox", hear)
    assert begin(memory, now, jobs) is None
    assert len(told) == 1
    assert "backup" in told[0]
    assert not default_binder().exists()


def test_a_binder_that_cannot_be_opened_leaves_the_one_before(soon, memory, jobs, tmp_path):
    before = tmp_path / "mine"
    Binder.create(before, now=now).close()
    other = tmp_path / "photos"
    other.mkdir()
    (other / "cat.jpg").write_bytes(b"")
    told: list[str] = []
    soon("QMessageBox", lambda box: (told.append(box.text()), box.accept()))
    opened = open_next(other, before, memory, now, jobs)
    assert opened
    with opened.binder as binder:
        assert binder.root == before
    assert "no binder" in told[0]
    assert memory.settings.binder == ""


def test_another_binder_is_remembered_and_a_stranger_does_not_sit_at_its_desk(
    memory, jobs, tmp_path
):
    for name in ("mine", "moms"):
        Binder.create(tmp_path / name, now=now).close()
    memory.choose(author_id="someone of mine")
    opened = open_next(tmp_path / "moms", tmp_path / "mine", memory, now, jobs)
    assert opened
    with opened.binder as binder:
        assert binder.author_id is None
    assert own_place(memory) == tmp_path / "moms"
