from __future__ import annotations

import threading
from datetime import date

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from app.domain.errors import UserError
from app.operations.people import add_person
from tests.ui.checks import check_widget, cut_words, show_active
from tests.ui.demo_pages import NameDialog
from ui.main_window import MainWindow
from ui.shell import BannerAction
from ui.shots import settle, take_shots


def page(window, name):
    return window.pages.page(name)


# ---------------------------------------------------------------------- pages


def test_a_page_is_made_at_its_first_visit_and_loaded_once(window):
    assert window.pages.made == ("today",)
    window.go_to("claims")
    window.go_to("today")
    window.go_to("claims")
    assert window.pages.made == ("today", "claims")
    assert page(window, "claims").reloads == 1


def test_the_sidebar_goes_to_pages_by_mouse_and_by_keyboard(qtbot, window):
    pages = window.sidebar.pages
    index = pages.lines.index(2)
    qtbot.mouseClick(
        pages.viewport(), Qt.MouseButton.LeftButton, pos=pages.visualRect(index).center()
    )
    assert window.pages.name == "claims"
    qtbot.keyClick(pages, Qt.Key.Key_Down)
    assert window.pages.name == "calendar"
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.name == "inbox"
    assert pages.chosen_id == "inbox"


def test_going_to_a_record_shows_it_on_its_page(window):
    window.go_to("claims", "claim", "c1")
    assert page(window, "claims").shown_record == ("claim", "c1")


def test_the_visible_page_hears_of_a_change_at_once_and_others_when_they_are_shown(
    qtbot, window, binder
):
    window.go_to("claims")
    window.go_to("today")
    add_person(binder, "Ruth")
    add_person(binder, "Tom")
    qtbot.waitUntil(
        lambda: sum(len(each.ids["person"]) for each in page(window, "today").heard) == 2
    )
    assert page(window, "claims").heard == []
    window.go_to("claims")
    (heard,) = page(window, "claims").heard
    assert len(heard.ids["person"]) == 2
    window.go_to("today")
    window.go_to("claims")
    assert len(page(window, "claims").heard) == 1


def test_a_new_day_reloads_the_pages(qtbot, window, desk, monkeypatch):
    days = [date(2026, 8, 19)]
    object.__setattr__(desk, "today", lambda: days[0])
    window._minute_passed()
    window._minute_passed()
    assert page(window, "today").reloads == 2


def test_the_inbox_shows_how_many_wait(qtbot, window):
    line = window.sidebar.pages.lines.lines[1]
    qtbot.waitUntil(lambda: window.sidebar.pages.lines.lines[1].trailing == "3")
    line = window.sidebar.pages.lines.lines[1]
    assert line.spoken == "Inbox, 3 wait"


# ---------------------------------------------------------------------- the two buttons, undo


def test_the_two_large_buttons_stay_where_they_are_on_every_page(qtbot, window, door):
    places = set()
    for name in window.pages.names:
        window.go_to(name)
        QApplication.processEvents()
        places.add(
            (window.sidebar.add.geometry().getRect(), window.sidebar.call.geometry().getRect())
        )
    assert len(places) == 1
    window.sidebar.add.click()
    window.sidebar.call.click()
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert (door.added, door.called) == (1, 2)


def test_the_edit_menu_names_what_can_be_undone_and_the_key_undoes_it(qtbot, window, binder):
    assert not window.menus.undo.isEnabled()
    add_person(binder, "Ruth")
    qtbot.waitUntil(window.menus.undo.isEnabled)
    label = binder.labels().undo
    assert window.menus.undo.text() == f"Undo “{label}”"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.menus.redo.isEnabled)
    assert binder.labels().undo is None
    assert window.banners.note.words.text() == f"Undone: {label}"
    window.banners.note.action.click()
    qtbot.waitUntil(lambda: binder.labels().undo == label)
    qtbot.waitUntil(lambda: not window._desk.quick.busy)


def test_undo_in_a_field_is_the_field_s_own(qtbot, window, binder):
    add_person(binder, "Ruth")
    qtbot.waitUntil(window.menus.undo.isEnabled)
    window.go_to_search()
    qtbot.keyClicks(window.search, "abc")
    qtbot.keyClick(window.search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.search.text() != "abc"
    assert binder.labels().undo is not None


# ---------------------------------------------------------------------- search


def search(qtbot, window, words):
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is window.search
    qtbot.keyClicks(window.search, words)
    qtbot.waitUntil(lambda: window.search.popup.isVisible() and window.search._asked == words)
    return [line.title for line in window.search.popup.list.lines.lines]


def test_typing_finds_and_enter_opens(qtbot, window, door):
    assert search(qtbot, window, "meridian") == ["Call with Dana at Meridian"]
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert [hit.id for hit in door.opened] == ["k1"]
    assert not window.search.popup.isVisible()
    assert window.search.text() == ""


def test_arrow_keys_choose_among_what_was_found(qtbot, window, door):
    assert len(search(qtbot, window, "a")) >= 3
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(window.search, key)
    assert len(door.opened) == 1


def test_pages_and_actions_are_found_by_their_words(qtbot, window, door):
    assert search(qtbot, window, "safe disk")[0] == "Back up now"
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert door.ran == ["backup"]
    assert search(qtbot, window, "cale")[0] == "Calendar"
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.pages.name == "calendar"


def test_what_was_found_is_shown_as_plain_text_and_spoken(qtbot, window):
    search(qtbot, window, "necessary")
    (line,) = window.search.popup.list.lines.lines
    assert "<b>necessary</b>" in line.detail
    assert line.spoken == "Denial letter of Aug 3, … not medically <b>necessary</b> …, page 2"


def test_finding_nothing_says_so_and_escape_closes_then_clears(qtbot, window):
    assert search(qtbot, window, "zebra") == []
    assert window.search.popup.none.text() == "Nothing was found for “zebra”."
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert (window.search.popup.isVisible(), window.search.text()) == (False, "zebra")
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert window.search.text() == ""


def test_a_click_opens_what_was_found(qtbot, window, door):
    search(qtbot, window, "ruth")
    found = window.search.popup.list
    at = found.visualRect(found.lines.index(0)).center()
    qtbot.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [hit.id for hit in door.opened] == ["h1"]


# ---------------------------------------------------------------------- what comes in


def dragged(window, mime):
    entering = QDragEnterEvent(
        QPoint(300, 300), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(window, entering)
    return entering.isAccepted()


def dropped(window, mime):
    falling = QDropEvent(
        QPointF(300, 300), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(window, falling)


def test_files_and_folders_can_be_dropped_anywhere(window, door, tmp_path):
    mime = QMimeData()
    mime.setUrls(
        [QUrl.fromLocalFile(str(tmp_path / "a b.pdf")), QUrl.fromLocalFile(str(tmp_path)),
         QUrl("https://example.com/x.pdf")]
    )  # fmt: skip
    assert dragged(window, mime)
    assert window.drop_sheet.isVisible()
    dropped(window, mime)
    assert door.files == [tmp_path / "a b.pdf", tmp_path]
    assert not window.drop_sheet.isVisible()


def test_words_and_web_addresses_are_not_taken(window):
    mime = QMimeData()
    mime.setText("hello")
    assert not dragged(window, mime)
    mime.setUrls([QUrl("https://example.com/x.pdf")])
    assert not dragged(window, mime)
    assert not window.drop_sheet.isVisible()


def png() -> bytes:
    image = QImage(6, 4, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(kept.data())


def paste(qtbot, window):
    window.sidebar.pages.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_pasted_picture_arrives_with_its_own_bytes(qtbot, window, door):
    mime = QMimeData()
    original = png() + b"trailing bytes stay"
    mime.setData("image/png", original)
    QGuiApplication.clipboard().setMimeData(mime)
    paste(qtbot, window)
    assert door.pictures == [(original, "Pasted picture 2026-08-18.png")]


def test_pasted_pixels_become_a_png(qtbot, window, door):
    QGuiApplication.clipboard().setImage(QImage.fromData(png()))
    paste(qtbot, window)
    ((content, name),) = door.pictures
    assert QImage.fromData(content).size().toTuple() == (6, 4)
    assert name.endswith(".png")


def test_paste_in_a_field_pastes_words(qtbot, window, door):
    QGuiApplication.clipboard().setText("G93.32")
    window.go_to_search()
    qtbot.keyClick(window.search, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert (window.search.text(), door.pictures) == ("G93.32", [])


def test_pasting_nothing_useful_says_what_to_do(qtbot, window):
    QGuiApplication.clipboard().setText("words")
    paste(qtbot, window)
    assert "no picture to paste" in window.banners.note.words.text()


def test_files_on_the_clipboard_are_added_too(qtbot, window, door, tmp_path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "x.pdf"))])
    QGuiApplication.clipboard().setMimeData(mime)
    paste(qtbot, window)
    assert door.files == [tmp_path / "x.pdf"]


# ---------------------------------------------------------------------- speaking


def test_a_problem_is_shown_as_it_stands_and_waits_under_a_newer_one(window):
    window.fail(UserError("The disk is full. <b>Make room.</b>"))
    window.fail(UserError("The file is gone. Look in the trash."))
    window.say("Saved.")
    banner = window.banners.problem
    assert banner.words.text() == "The file is gone. Look in the trash."
    assert window.banners.note.isVisible()
    banner.close_button.click()
    assert banner.words.text() == "The disk is full. <b>Make room.</b>"
    assert banner.accessibleName() == banner.words.text()
    banner.close_button.click()
    assert not banner.isVisible()


@pytest.mark.parametrize("percent", [100, 200])
def test_a_long_message_is_never_cut_and_its_button_never_covers_it(window, style, desk, percent):
    style.choose_percent(percent)
    window.resize(1100, 800)
    window.fail(UserError("“letter.pdf” needs a password. " * 4), BannerAction("Open", print))
    window.say("Undone: File “EOB of March 3” under “Infusion of March 3”")
    settle([desk.quick], 20)
    assert cut_words(window.banners) == []
    words, action = window.banners.problem.words, window.banners.problem.action
    assert not words.geometry().intersects(action.geometry())


def test_a_note_is_replaced_and_its_action_closes_it(window):
    did = []
    window.say("One")
    window.say("Two", BannerAction("Open", lambda: did.append(1)))
    note = window.banners.note
    assert (note.words.text(), note.action.text()) == ("Two", "Open")
    note.action.click()
    assert (did, note.isVisible()) == ([1], False)


def test_a_failed_job_becomes_a_banner(qtbot, window):
    def work(progress):
        raise UserError("The backup place is gone. Plug the disk in.")

    window.run("Backing up", work)
    qtbot.waitUntil(lambda: "Plug the disk in" in window.banners.problem.words.text())


def test_a_dialog_over_the_window_gives_its_answer(qtbot, window):
    dialog = NameDialog()
    done = []

    def fill():
        assert QApplication.activeModalWidget() is dialog
        dialog.name.set_value("MRI")
        dialog.go.click()

    window._minute.singleShot(0, window, fill)
    assert window.ask_dialog(dialog, done.append) == "MRI"
    assert done == ["MRI"]


# ---------------------------------------------------------------------- jobs


def test_a_quick_job_shows_nothing_and_a_long_one_offers_cancel(qtbot, window, jobs):
    strip = window.status.strip
    assert (strip._busy.interval(), strip._long.interval()) == (300, 2000)
    strip._long.setInterval(600)
    begun, free, stopped = threading.Event(), threading.Event(), []

    def work(progress):
        begun.set()
        while not free.wait(0.01):
            progress.step(3, 10, "Reading page 3")

    jobs.happened.connect(lambda event: stopped.append(event.what))
    window.run("Reading", work)
    qtbot.waitUntil(begun.is_set)
    assert not strip.isVisible()
    qtbot.waitUntil(strip.isVisible)
    assert not strip.cancel.isVisible()
    qtbot.waitUntil(strip.cancel.isVisible)
    assert strip.words.text() == "Reading page 3 · 3 of 10"
    assert (strip.bar.value(), strip.bar.maximum()) == (3, 10)
    strip.cancel.click()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert stopped[-1] == "cancelled"
    assert not strip.isVisible()


def test_closing_asks_jobs_to_stop_waits_for_them_and_then_closes(qtbot, window, jobs):
    begun, free, ended = threading.Event(), threading.Event(), []

    def work(progress):
        begun.set()
        free.wait(10)
        ended.append("kept")
        progress.step(1, 2)
        ended.append("went on")

    window.run("Adding", work)
    qtbot.waitUntil(begun.is_set)
    assert not window.close()
    assert window.isVisible()
    free.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert ended == ["kept"]


def test_closing_does_not_wait_forever(qtbot, window, jobs, monkeypatch):
    monkeypatch.setattr("ui.main_window.PATIENCE_MS", 50)
    begun, free = threading.Event(), threading.Event()

    def deaf(progress):
        begun.set()
        free.wait(10)

    window.run("Deaf", deaf)
    qtbot.waitUntil(begun.is_set)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    free.set()


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
