"""The icon in the tray: its menu, the notice of the day, and going on without a window."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from app.operations import dates
from app.operations.sample_mark import mark_as_sample
from tests.ui.conftest import TODAY
from tests.ui.household import deny, rosas_household
from ui.dialogs.about import AboutDialog
from ui.tray import Tray, Waiting, bring_up, notice_words, what_waits

SOON = TODAY + timedelta(days=3)

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
"""The offscreen desktop has no tray, which Qt remarks upon when an icon is put up all the same."""


class Days:
    """The person's calendar: a test turns its pages."""

    def __init__(self) -> None:
        self.today = TODAY

    def __call__(self) -> date:
        return self.today


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def desk(desk, days):
    return replace(desk, today=days)


@pytest.fixture
def put_up(qtbot, desk, window) -> Iterator:
    """Put the icon up and wait for its first look: `put_up()`; return it and what it told."""
    made: list[Tray] = []

    def put(*, there: bool = True) -> tuple[Tray, list[str]]:
        tray, told = Tray(desk, window, lambda: there), []
        made.append(tray)
        tray.told.connect(told.append)
        qtbot.waitUntil(lambda: not desk.quick.busy)
        return tray, told

    yield put
    for tray in made:
        tray.take_down()
    QApplication.setQuitOnLastWindowClosed(True)


def entry(tray: Tray, words: str) -> QAction:
    menu = tray.icon.contextMenu()
    return next(each for each in menu.actions() if each.text() == words)


# ------------------------------------------------------------------------------ the words


def test_neutral_words_count_and_name_nothing():
    waiting = Waiting(
        ("Ask for a fast appeal",), (("Appeal for Rosa", SOON), ("Call Dana", SOON)), ("Find it",)
    )
    assert notice_words(waiting, TODAY, titles=False).splitlines() == [
        "1 thing to do today.", "2 dates to look at this week.", "1 thing still needs its date.",
    ]  # fmt: skip


def test_titles_are_named_if_asked_for_and_at_most_three_of_them():
    near = tuple((f"Call {n}", TODAY + timedelta(days=n)) for n in range(4))
    words = notice_words(Waiting(("Ask for a fast appeal",), near, ()), TODAY, titles=True)
    assert words.splitlines() == [
        "Ask for a fast appeal: today", "Call 0: today", "Call 1: tomorrow", "And 2 more.",
    ]  # fmt: skip


def test_nothing_that_waits_is_nothing_to_say():
    assert notice_words(Waiting(), TODAY, titles=False) == ""
    assert notice_words(Waiting(), TODAY, titles=True) == ""


@pytest.mark.parametrize(
    ("days_off", "is_told"), [(-31, False), (-30, True), (0, True), (7, True), (8, False)]
)
def test_a_date_is_told_of_from_a_week_before_to_a_month_after_until_it_is_done(
    binder, days_off, is_told
):
    on = TODAY + timedelta(days=days_off)
    due = dates.add_own_date(binder, "Call the plan", on)
    assert what_waits(binder, TODAY).near == ((("Call the plan", on),) if is_told else ())
    dates.mark_done(binder, due.id, TODAY)
    assert what_waits(binder, TODAY) == Waiting()


def test_a_denial_without_a_date_and_urgent_care_are_told_of(binder):
    home = rosas_household(binder)
    deny(binder, home.claim, confirmed=False, urgent="yes")
    waiting = what_waits(binder, TODAY)
    assert len(waiting.undated) == 1
    assert any("fast" in title for title in waiting.today)


# ----------------------------------------------------------------------------- the notice


def test_the_notice_of_the_day_comes_once_and_says_nothing_private(
    put_up, binder, desk, days, qtbot
):
    dates.add_own_date(binder, "Scan for Rosa", SOON)
    tray, told = put_up()
    assert told == ["1 date to look at this week."]
    assert tray.icon.toolTip() == "ClaimBinder\n1 date to look at this week."
    tray.look()
    qtbot.waitUntil(lambda: not desk.quick.busy)
    assert len(told) == 1


def test_another_day_brings_another_notice_and_a_second_start_brings_none(
    put_up, binder, desk, days, qtbot
):
    dates.add_own_date(binder, "Scan for Rosa", SOON)
    tray, told = put_up()
    _, told_again = put_up()
    assert (len(told), told_again) == (1, [])
    days.today += timedelta(days=1)
    tray.look()
    qtbot.waitUntil(lambda: len(told) == 2)


def test_the_notice_names_titles_only_if_asked(put_up, binder, desk):
    dates.add_own_date(binder, "Scan for Rosa", SOON)
    desk.memory.choose(notice_titles=True)
    tray, told = put_up()
    assert told == ["Scan for Rosa: 3 days left"]
    assert "Rosa" not in tray.icon.toolTip(), "the tip is seen by whoever passes by"


def test_what_people_wrote_is_plain_text_in_the_notice(put_up, binder, desk):
    dates.add_own_date(binder, "Call <img src='x'> & Co", SOON)
    desk.memory.choose(notice_titles=True)
    _, told = put_up()
    assert told == ["Call ‹img src='x'› & Co: 3 days left"]


def test_no_notice_where_nothing_waits_or_it_is_switched_off(put_up, binder, desk):
    _, told = put_up()
    assert told == []
    dates.add_own_date(binder, "Scan", SOON)
    desk.memory.choose(tray_notice=False)
    _, told = put_up()
    assert told == []


def test_the_sample_never_gives_a_notice(put_up, binder):
    dates.add_own_date(binder, "Scan", SOON)
    mark_as_sample(binder)
    tray, told = put_up()
    assert (told, tray.icon.toolTip()) == ([], "ClaimBinder")


def test_the_tip_follows_what_is_done(put_up, binder, qtbot):
    due = dates.add_own_date(binder, "Scan", SOON)
    tray, _ = put_up()
    dates.mark_done(binder, due.id, TODAY)
    qtbot.waitUntil(lambda: tray.icon.toolTip() == "ClaimBinder")


# ------------------------------------------------------------------------------- the menu


def test_the_menu_opens_the_window_as_it_was_and_today(put_up, window):
    tray, _ = put_up()
    shown: list[str] = []
    window.pages.shown.connect(shown.append)
    window.go_to("claims")
    window.hide()
    entry(tray, "Open ClaimBinder").trigger()
    assert (window.isVisible(), shown) == (True, ["claims"])
    window.setWindowState(Qt.WindowState.WindowMinimized)
    entry(tray, "Today").trigger()
    assert (window.isMinimized(), shown) == (False, ["claims", "today"])


def test_a_click_on_the_icon_or_on_the_notice_opens_today(put_up, window):
    tray, _ = put_up()
    for click in (
        lambda: tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger),
        tray.icon.messageClicked.emit,
    ):
        window.hide()
        click()
        assert window.isVisible()
    window.hide()
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)
    assert not window.isVisible(), "the menu comes up, not the window"


# ------------------------------------------------------------------ going on without a window


def test_closing_the_window_ends_the_program_unless_asked_otherwise(put_up, window, desk):
    put_up()
    assert window.close()
    assert desk.memory.recall("window"), "it was closed for good"


def test_closing_the_window_leaves_it_in_the_tray_if_asked_and_says_so_once(
    put_up, window, desk, qtbot
):
    desk.memory.choose(keep_in_tray=True)
    _, told = put_up()
    window.close()
    assert not window.isVisible()
    assert not QApplication.quitOnLastWindowClosed()
    assert told == ["ClaimBinder goes on here. To end it, open this icon's menu: Quit."]
    bring_up(window)
    assert window.isVisible()
    assert QApplication.quitOnLastWindowClosed()
    window.close()
    assert len(told) == 1


def test_without_a_tray_to_go_on_in_the_window_closes_for_good(put_up, window, desk):
    desk.memory.choose(keep_in_tray=True)
    put_up(there=False)
    window.close()
    assert desk.memory.recall("window")


def test_jobs_go_on_while_the_window_is_hidden(put_up, window, desk, qtbot):
    desk.memory.choose(keep_in_tray=True)
    put_up()
    done: list[bool] = []
    go = threading.Event()
    desk.jobs.run("Reading", lambda _progress: go.wait(10), done.append)
    window.close()
    assert not window.isVisible()
    go.set()
    qtbot.waitUntil(lambda: bool(done))
    assert done == [True]


@pytest.mark.parametrize("how", ["tray", "menu"])
def test_quit_ends_the_program_also_from_the_tray(put_up, window, desk, how):
    desk.memory.choose(keep_in_tray=True)
    tray, _ = put_up()
    if how == "tray":
        window.close()
        entry(tray, "Quit").trigger()
        tray.take_down()
    else:
        quit_ = next(a for a in window.menus.menu("file").actions() if a.text() == "Quit")
        quit_.trigger()
    assert not window.isVisible()
    assert desk.memory.recall("window"), "it was closed for good"


def test_quitting_shows_what_is_being_finished(put_up, window, desk, qtbot):
    desk.memory.choose(keep_in_tray=True)
    tray, _ = put_up()
    window.close()

    def work(progress):
        while not threading.Event().wait(0.005):
            progress.step(1, 2)

    desk.jobs.run("Reading", work)
    entry(tray, "Quit").trigger()
    assert window.isVisible()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_quitting_over_an_open_dialog_shows_it_and_loses_nothing(put_up, window, qtbot):
    tray, _ = put_up()
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.setParent(window, dialog.windowFlags())
    dialog.open()
    entry(tray, "Quit").trigger()
    assert (window.isVisible(), dialog.isVisible()) == (True, True)
    dialog.close()


def test_the_icon_is_drawn_in_every_size_of_a_tray(put_up):
    tray, _ = put_up()
    for size in (16, 22, 64):
        picture = tray.icon.icon().pixmap(size, size).toImage()
        assert picture.pixelColor(size // 2, 1).alpha() > 200
        assert picture.pixelColor(0, 0).alpha() < 100, "its corners are round"
