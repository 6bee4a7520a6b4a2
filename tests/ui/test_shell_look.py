from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage

from tests.ui.checks import check_widget, show_active
from ui.main_window import MainWindow
from ui.shots import settle, take_shots


def page(window, name):
    return window.pages.page(name)


# ---------------------------------------------------------------------- look, people, size


def test_text_size_and_colours_are_chosen_by_key_and_remembered(qtbot, window, style, memory):
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_Plus, control)
    qtbot.keyClick(window, Qt.Key.Key_Equal, control)
    assert style.percent == 120
    qtbot.keyClick(window, Qt.Key.Key_Minus, control)
    assert memory.settings.text_percent == 110
    qtbot.keyClick(window, Qt.Key.Key_0, control)
    style.choose_theme("dark")
    assert (memory.settings.text_percent, memory.settings.theme) == (100, "dark")


def test_who_is_at_the_desk_is_chosen_without_a_password(qtbot, window, binder, desk, memory):
    chooser = window.sidebar.person
    qtbot.waitUntil(lambda: chooser.count() == 3)
    chooser.setCurrentIndex(2)
    assert (desk.author(), memory.settings.author_id) == ("h2", "h2")
    chooser.setCurrentIndex(0)
    assert desk.author() is None


def test_the_status_line_says_how_things_stand(qtbot, window):
    qtbot.waitUntil(lambda: window.status.saved.text() == "Everything is saved")
    assert window.status.backup.text() == "Last proven backup: today"
    assert window.status.offline.text() == "Nothing leaves this computer"


def test_the_window_opens_in_the_size_it_was_left(qtbot, desk, contents, style, errors):
    def opened():
        made = MainWindow(desk, contents, style, errors)
        qtbot.addWidget(made)
        qtbot.waitUntil(lambda: not desk.quick.busy)
        return made

    first = opened()
    first.resize(780, 600)
    first.close()
    again = opened()
    assert again.size().toTuple() == (780, 600)
    again.close()


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("name", ["today", "inbox", "claims", "calendar", "trash"])
def test_the_window_holds_for_eye_ear_and_keyboard_at_every_size(
    window, style, desk, name, percent
):
    style.choose_percent(percent)
    window.resize(1280, 860)
    window.go_to(name)
    show_active(window)
    settle([desk.quick, desk.jobs], 30)
    check_widget(window)


def test_pictures_of_every_page_are_drawn_in_both_themes(window, style, quick, jobs, tmp_path):
    written = take_shots(window, style, [quick, jobs], tmp_path / "shots", (100,), 10)
    assert len(written) == 2 * len(window.pages.names)
    light, dark = (
        QImage(str(tmp_path / "shots" / f"today-{theme}-100.png")) for theme in ("light", "dark")
    )
    corner = QPoint(light.width() - 4, 40)
    assert light.pixelColor(corner).lightness() > 200
    assert dark.pixelColor(corner).lightness() < 60
