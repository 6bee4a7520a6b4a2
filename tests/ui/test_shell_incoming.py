from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from app.domain.errors import UserError
from tests.ui.checks import cut_words
from tests.ui.demo_pages import NameDialog
from ui.shell import BannerAction
from ui.shots import settle


def page(window, name):
    return window.pages.page(name)


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
