"""Photos from a phone: the dialog by clicks and keys, and what is done with its answer."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.domain.errors import UserError
from app.operations import phone
from app.storage.queries.papers import paper_rows
from tests.ui import demo_pages as demo
from tests.ui.checks import check_widget, show_active
from tests.ui.paper_makers import settled
from ui.dialogs.password import PasswordDialog
from ui.dialogs.phone import PhoneDialog, StopWatching, TakePhotos, WatchFolder
from ui.dialogs.phone_ways import WAYS
from ui.pages import phone_steps
from ui.style import Style

NOON = datetime(2026, 8, 18, 17, 0, tzinfo=UTC)
Key = Qt.Key


@pytest.fixture
def place(tmp_path) -> Path:
    """A phone with three photos of one letter, and two older ones."""
    folder = tmp_path / "Pixel_7" / "Internal" / "DCIM" / "Camera"
    folder.mkdir(parents=True)
    for name, minutes in (
        ("page 3.jpg", 0), ("page 2.jpg", 1), ("page 1.jpg", 2), ("cat.jpg", 300), ("dog.jpg", 600),
    ):  # fmt: skip
        path = folder / name
        path.write_bytes(b"\xff\xd8\xff" + name.encode())
        taken = (NOON - timedelta(minutes=minutes)).timestamp()
        os.utime(path, (taken, taken))
    return tmp_path / "Pixel_7"


def draw(path: Path, width: int) -> bytes:
    if path.name == "cat.jpg":
        raise UserError("This picture is damaged.")
    return demo.page_png(path.name, 1, width)


@pytest.fixture
def make(qtbot, desk) -> Callable[..., PhoneDialog]:
    def open_it(*places: Path, watched=None, folder=None) -> PhoneDialog:
        dialog = PhoneDialog(
            desk.quick, lambda: places, draw, watched=watched, choose_folder=lambda: folder
        )
        qtbot.addWidget(dialog)
        show_active(dialog)
        settled(qtbot, desk)
        return dialog

    return open_it


def names(paths) -> set[str]:
    return {path.name for path in paths}


def test_the_newest_photos_of_one_go_are_chosen_so_one_click_takes_the_letter(qtbot, make, place):
    dialog = make(place)
    assert dialog.source.currentText() == "Pixel 7 · Internal"
    assert dialog.count.text() == "3 of 5 photos chosen"
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert isinstance(dialog.given, TakePhotos)
    assert dialog.given.as_one
    assert names(dialog.given.paths) == {"page 1.jpg", "page 2.jpg", "page 3.jpg"}


def test_photos_are_chosen_and_left_out_by_keys(qtbot, make, place):
    dialog = make(place)
    dialog.grid.setFocus()
    QTest.keyClick(dialog.grid, Key.Key_Home)
    QTest.keyClick(dialog.grid, Key.Key_Space)
    assert names(dialog.grid.picked_paths) == {"page 2.jpg", "page 1.jpg"}
    QTest.keyClick(dialog.grid, Key.Key_End)
    QTest.keyClick(dialog.grid, Key.Key_Space)
    assert "dog.jpg" in names(dialog.grid.picked_paths)
    dialog.each.click()
    assert not dialog.given.as_one
    assert len(dialog.given.paths) == 3


def test_one_photo_is_no_question_of_letters_and_none_cannot_be_added(make, place):
    dialog = make(place)
    dialog.grid.clearSelection()
    assert not dialog.go.isEnabled()
    dialog.grid.setCurrentIndex(dialog.grid.model().index(4, 0))
    assert dialog.go.text() == "Add this photo"
    assert not dialog.each.isVisible()
    dialog.go.click()
    assert not dialog.given.as_one


def test_a_damaged_photo_is_marked_and_the_others_are_shown(qtbot, desk, make, place):
    dialog = make(place)
    dialog.grab()
    settled(qtbot, desk)
    qtbot.waitUntil(lambda: len(dialog.grid._shown) == 5)


def test_without_a_phone_the_dialog_says_what_to_do_and_looks_again(qtbot, desk, make, place):
    places: list[Path] = []
    dialog = make()
    dialog._places = lambda: places
    assert "Look again" in dialog.state.text()
    assert not dialog.go.isEnabled()
    assert not dialog.grid.isVisible()
    places.append(place)
    dialog.again.click()
    settled(qtbot, desk)
    assert len(dialog.grid.picked_paths) == 3


def test_any_folder_may_be_looked_into(qtbot, desk, make, place):
    dialog = make(folder=place)
    dialog.other.click()
    settled(qtbot, desk)
    assert dialog.grid.count == 5


def test_a_folder_is_chosen_to_be_watched_and_watching_is_stopped(make, tmp_path):
    dialog = make(folder=tmp_path)
    dialog.tabs.setCurrentIndex(1)
    assert dialog.watching.text() == "No folder is watched."
    assert not dialog.stop.isVisible()
    dialog.choose.click()
    assert dialog.given == WatchFolder(tmp_path)
    second = make(watched=tmp_path / "gone")
    second.tabs.setCurrentIndex(1)
    assert "not there now" in second.watching.text()
    second.stop.click()
    assert second.given == StopWatching()


def test_each_kind_of_phone_has_three_ways_in_numbered_steps(make):
    dialog = make()
    dialog.tabs.setCurrentIndex(2)
    panel = dialog.panels[2]
    for value, ways in WAYS.items():
        panel.phone.set_value(value)
        QApplication.processEvents()
        shown = {label.text() for label in panel.findChildren(QLabel) if label.isVisible()}
        assert len(ways) == 3
        assert {way.name for way in ways} <= shown
        assert all(step in shown for way in ways for step in way.steps)


@pytest.mark.parametrize("percent", [100, 200])
def test_the_dialog_holds_to_eye_ear_and_keyboard(make, place, style: Style, percent):
    style.choose_percent(percent)
    dialog = make(place, watched=place)
    for number in range(3):
        dialog.tabs.setCurrentIndex(number)
        QApplication.processEvents()
        check_widget(dialog)


# ---------------------------------------------------------------------- what is done then


def test_photos_are_added_as_one_letter_in_the_order_of_their_pages(
    qtbot, desk, shell, place, monkeypatch
):
    monkeypatch.setattr(phone_steps, "mounted_places", lambda: [place])

    def script(dialog):
        qtbot.waitUntil(lambda: bool(dialog.grid.picked_paths))
        dialog.go.click()

    shell.scripts.append(script)
    phone_steps.from_phone(desk, shell)
    settled(qtbot, desk)
    (paper,) = desk.binder.ask(paper_rows)
    assert (paper.name, paper.parts) == ("page 1.jpg", 3)
    assert shell.went == [("inbox", "document", paper.id)]
    assert len(phone.newest_photos(place)) == 5, "nothing on the phone has changed"


def test_the_answers_about_watching_are_acted_on(qtbot, desk, shell, tmp_path, monkeypatch):
    monkeypatch.setattr(phone_steps, "mounted_places", list)
    shell.folder = tmp_path / "in"
    shell.folder.mkdir()
    shell.scripts.append(lambda dialog: dialog.choose.click())
    phone_steps.from_phone(desk, shell)
    settled(qtbot, desk)
    assert desk.memory.settings.watched_folder == str(shell.folder)
    shell.scripts.append(lambda dialog: dialog.stop.click())
    phone_steps.from_phone(desk, shell)
    settled(qtbot, desk)
    assert desk.memory.settings.watched_folder == ""


# ---------------------------------------------------------------------- the password


@pytest.mark.parametrize("percent", [100, 200])
def test_the_password_dialog_holds_to_eye_ear_and_keyboard(qtbot, desk, style: Style, percent):
    style.choose_percent(percent)
    dialog = PasswordDialog(desk.quick, "<b>EOB</b>.pdf", str)
    qtbot.addWidget(dialog)
    show_active(dialog)
    check_widget(dialog)


def test_an_empty_password_is_not_tried_and_what_is_typed_can_be_seen(qtbot, desk):
    tried: list[str] = []
    dialog = PasswordDialog(desk.quick, "EOB.pdf", tried.append)
    qtbot.addWidget(dialog)
    show_active(dialog)
    dialog.go.click()
    assert "Type the password" in dialog.form.problem_of(dialog.password)
    QTest.keyClicks(dialog.password, " secret ")
    assert dialog.password.displayText() != " secret "
    dialog.shown.set_value(True)
    assert dialog.password.displayText() == " secret "
    QTest.keyClick(dialog.password, Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.given is not None)
    assert tried == [" secret "], "blanks may belong to a password"
