"""The five ways to be reminded; a start at login; a second start that brings the window up."""

from __future__ import annotations

import threading
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

import ui.main as program
from app.domain.errors import BinderUnusableError, UserError
from app.operations import dates
from app.operations.calendar_file import write_calendar
from app.settings import Settings, read_settings
from tests.ui.checks import check_widget, show_active
from tests.ui.conftest import NOW, TODAY
from tests.ui.household import deny, rosas_household
from ui.dialogs.reminders import RemindersDialog
from ui.dialogs.wall_sheet import WallSheetAnswer, WallSheetDialog
from ui.doorbell import Doorbell, doorbells, ring
from ui.login_start import AT_LOGIN, LoginStart, StartCommand
from ui.opening import open_binder
from ui.pages import COMMANDS
from ui.pages.reminder_steps import (
    open_reminders,
    print_sheet,
    reminders_dialog,
    save_calendar,
)
from ui.quiet_start import Surroundings, open_at_login
from ui.tray import bring_up
from ui.widgets.text import Label

NO_TRAY = Surroundings(tray=lambda: False, panel_ms=0)


@pytest.fixture
def login(tmp_path) -> LoginStart:
    path = tmp_path / "autostart" / "claimbinder.desktop"
    return LoginStart("linux", StartCommand(("/opt/claimbinder", AT_LOGIN)), path)


@pytest.fixture
def dialog(qtbot, desk, login, request) -> RemindersDialog:
    made = reminders_dialog(desk, login, has_tray=getattr(request, "param", True))
    qtbot.addWidget(made)
    show_active(made)
    return made


def said(dialog: RemindersDialog) -> str:
    return "\n".join(
        each.text() for each in dialog.form.findChildren(Label) if each.isVisibleTo(dialog)
    )


def click(dialog: RemindersDialog, box) -> None:
    box.click()
    QApplication.processEvents()


# ----------------------------------------------------------------------------- the dialog


def test_each_of_the_five_ways_says_whether_it_works_when_the_program_is_closed(dialog):
    words = said(dialog)
    assert words.count("Works when ClaimBinder is closed:") == 5
    answers = [line.split(": ")[1] for line in words.splitlines() if line.startswith("Works when")]
    assert answers == ["yes", "yes", "no", "no", "no, it opens ClaimBinder"]


def test_a_new_computer_has_the_notice_on_and_everything_else_off(dialog, login):
    ticked = [
        each.isChecked() for each in (dialog.notice, dialog.titles, dialog.keep, dialog.login)
    ]
    assert ticked == [True, False, False, False]
    assert not login.path.exists()


def test_switches_act_at_once_and_last(dialog, memory, tmp_path):
    click(dialog, dialog.titles)
    click(dialog, dialog.keep)
    click(dialog, dialog.notice)
    kept = read_settings(tmp_path / "settings.json")
    assert (kept.tray_notice, kept.notice_titles, kept.keep_in_tray) == (False, True, True)
    assert not dialog.titles.isEnabled(), "there is no notice to name them in"


def test_starting_at_login_is_a_file_that_comes_and_goes(dialog, login):
    click(dialog, dialog.login)
    assert login.state == "on"
    click(dialog, dialog.login)
    assert login.state == "off"


def test_a_file_removed_by_hand_is_seen_when_one_comes_back_to_the_dialog(
    dialog, login, qtbot, window
):
    click(dialog, dialog.login)
    login.path.unlink()
    window.activateWindow()
    qtbot.waitUntil(lambda: not dialog.isActiveWindow())
    dialog.activateWindow()
    qtbot.waitUntil(lambda: not dialog.login.isChecked())


def test_a_refusal_is_told_in_the_dialog_and_nothing_is_ticked(dialog, login):
    login.path.parent.touch()
    click(dialog, dialog.login)
    assert "could not be turned on" in dialog.problem.text
    assert not dialog.login.isChecked()
    login.path.parent.unlink()
    click(dialog, dialog.login)
    assert (dialog.problem.text, dialog.login.isChecked()) == ("", True)


def test_another_program_that_starts_is_named(dialog, login):
    assert "in another place" not in said(dialog)
    LoginStart("linux", StartCommand(("/old/place",)), login.path).turn_on()
    click(dialog, dialog.titles)
    assert "in another place" in said(dialog)
    assert not dialog.login.isChecked()
    click(dialog, dialog.login)
    assert "in another place" not in said(dialog)


@pytest.mark.parametrize("dialog", [False], indirect=True)
def test_without_a_tray_it_says_so_and_offers_no_switch_for_one(dialog):
    words = said(dialog)
    assert "This desktop has no tray" in words
    assert "Its window opens if a date is at most a week away" in words
    assert not any(each.isVisible() for each in (dialog.notice, dialog.titles, dialog.keep))
    assert dialog.login.isVisibleTo(dialog)


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("dialog", [True, False], indirect=True)
def test_the_dialog_holds_for_eye_ear_and_keyboard(dialog, style, percent):
    style.choose_percent(percent)
    dialog.resize(dialog.sizeHint())
    show_active(dialog)
    check_widget(dialog)


def test_it_is_found_in_the_menu_and_leads_to_today_and_to_the_calendar_file(
    desk, shell, binder, tmp_path, qtbot
):
    dates.add_own_date(binder, "Call Rosa", TODAY + timedelta(days=20))
    command = next(each for each in COMMANDS if each.name == "reminders")
    shell.scripts.append(lambda dialog: dialog.today.click())
    command.run(desk, shell)
    assert shell.went == [("today", None, None)]
    shell.new_file = tmp_path / "dates.ics"
    shell.scripts += [lambda dialog: dialog.save.click(), lambda dialog: dialog.go.click()]
    open_reminders(desk, shell)
    qtbot.waitUntil(lambda: bool(shell.said))
    assert "The dates are in “dates.ics”." in shell.said[0]
    assert "BEGIN:VALARM" in shell.new_file.read_text()


def test_what_is_not_in_the_calendar_file_is_said(desk, shell, binder, tmp_path, qtbot):
    deny(binder, rosas_household(binder).claim, confirmed=False)
    shell.new_file = tmp_path / "dates.ics"
    save_calendar(desk, shell, with_names=False)
    qtbot.waitUntil(lambda: bool(shell.said))
    assert "1 thing without a date is not in it" in shell.said[0]
    shell.new_file = None
    save_calendar(desk, shell, with_names=False)
    assert len(shell.said) == 1, "no place was chosen"


def test_the_dialog_says_whether_the_calendar_file_still_holds(
    desk, login, binder, tmp_path, qtbot
):
    def calendar() -> tuple[str, str]:
        dialog = reminders_dialog(desk, login, has_tray=True)
        qtbot.addWidget(dialog)
        return dialog.calendar_state.text(), dialog.calendar_state.property("look")

    due = dates.add_own_date(binder, "Call", TODAY + timedelta(days=20))
    assert calendar() == ("Not in use: no file was saved yet.", "muted")
    write_calendar(binder, tmp_path / "dates.ics", details=False)
    assert calendar() == ("Saved on Aug 18, 2026; no date has changed since.", "muted")
    dates.mark_done(binder, due.id, TODAY)
    assert calendar() == ("Dates have changed since the file was saved on Aug 18, 2026.", "warning")


@pytest.mark.parametrize(
    ("months", "details", "pages", "is_named"),
    [(0, True, 1, True), (0, False, 1, False), (3, False, 3, False)],
)
def test_a_sheet_for_the_wall_is_made_and_opened_to_print(
    desk, shell, binder, desktop, tmp_path, *, qtbot, months, details, pages, is_named
):
    dates.add_own_date(binder, "Ask Rosa", TODAY + timedelta(days=20))
    shell.new_file = tmp_path / "sheet.pdf"

    def fill(dialog) -> None:
        dialog.months.set_value(months)
        dialog.details.set_value(details)
        dialog.go.click()

    shell.scripts += [lambda dialog: dialog.print.click(), fill]
    open_reminders(desk, shell)
    qtbot.waitUntil(lambda: bool(shell.said), timeout=20_000)
    assert desktop.opened == [shell.new_file]
    sheet = PdfReader(shell.new_file)
    assert len(sheet.pages) == pages
    assert ("Ask Rosa" in " ".join(page.extract_text() for page in sheet.pages)) is is_named


def test_a_list_that_says_nothing_private_is_what_is_offered(qtbot):
    dialog = WallSheetDialog()
    qtbot.addWidget(dialog)
    assert dialog.answer() == WallSheetAnswer(months=0, details=False)


@pytest.mark.parametrize("percent", [100, 200])
def test_the_question_about_the_sheet_holds_for_eye_ear_and_keyboard(qtbot, style, percent):
    style.choose_percent(percent)
    dialog = WallSheetDialog()
    qtbot.addWidget(dialog)
    show_active(dialog)
    check_widget(dialog)


@pytest.mark.parametrize("step", [print_sheet, partial(save_calendar, with_names=False)])
def test_no_file_is_written_into_the_binders_own_folder(desk, shell, binder, step):
    shell.new_file = binder.root / "database.sqlite"
    shell.scripts.append(lambda dialog: dialog.go.click())
    with pytest.raises(UserError, match="inside the binder's own folder"):
        step(desk, shell)


@pytest.mark.parametrize("way", ["cancel", "no place"])
def test_no_sheet_is_made_where_one_turns_back(desk, shell, way):
    shell.scripts.append(
        lambda dialog: dialog.cancel.click() if way == "cancel" else dialog.go.click()
    )
    print_sheet(desk, shell)
    assert (shell.said, desk.jobs.busy) == ([], False)


def test_closing_the_dialog_does_nothing(desk, shell):
    for way in ("go", "reject"):
        shell.scripts.append(
            lambda dialog, way=way: dialog.go.click() if way == "go" else dialog.reject()
        )
        open_reminders(desk, shell)
    assert (shell.went, shell.said, shell.failed) == ([], [], [])


def test_settings_of_an_older_program_get_working_defaults(tmp_path):
    (tmp_path / "settings.json").write_text('{"theme": "dark", "tray_notice": "perhaps"}')
    kept = read_settings(tmp_path / "settings.json")
    assert kept == Settings(theme="dark", tray_notice=True, keep_in_tray=False)


# ------------------------------------------------------------------------ a start at login


@pytest.fixture
def root(binder) -> Path:
    """A binder that another program may open now."""
    binder.close()
    return binder.root


def at_login(root, memory, around=NO_TRAY):
    opened = open_at_login(root, memory, lambda: NOW, TODAY, around)
    if opened:
        opened.binder.close()
    return opened


def test_with_a_tray_it_waits_there(qapp, root, memory):
    opened = at_login(root, memory, Surroundings(tray=lambda: True))
    assert opened
    assert opened.in_background


def test_a_tray_that_comes_late_is_waited_for(qapp, root, memory):
    looks = iter([False, True])
    opened = at_login(root, memory, Surroundings(tray=lambda: next(looks), panel_ms=1))
    assert opened
    assert opened.in_background


def test_without_a_tray_the_window_opens_if_something_is_due(qapp, binder, memory):
    dates.add_own_date(binder, "Call", TODAY + timedelta(days=7))
    binder.close()
    opened = at_login(binder.root, memory)
    assert opened
    assert not opened.in_background


def test_without_a_tray_the_window_opens_if_a_denial_has_no_date(qapp, binder, memory):
    deny(binder, rosas_household(binder).claim, confirmed=False)
    binder.close()
    assert at_login(binder.root, memory)


def test_without_a_tray_and_with_nothing_due_it_ends_and_leaves_the_binder_free(qapp, root, memory):
    assert at_login(root, memory) is None
    open_binder(root, memory, lambda: NOW).binder.close()


def test_where_there_never_was_a_binder_none_is_begun_at_login(qapp, memory, tmp_path):
    assert at_login(tmp_path / "none", memory) is None
    assert not (tmp_path / "none").exists()


def test_a_binder_whose_disk_is_missing_is_told_of_at_login(qapp, memory, tmp_path):
    memory.choose(binder=str(tmp_path / "usb" / "binder"))
    with pytest.raises(UserError, match="Connect its disk, then open ClaimBinder"):
        at_login(tmp_path / "none", memory)


# --------------------------------------------------------------------------- a second start


def test_a_second_start_is_heard_by_the_window_with_this_binder_alone(qtbot, tmp_path, window):
    heard: list[str] = []
    bells, mine, other = tmp_path / "bells", tmp_path / "mine", tmp_path / "other"
    for root in (mine, other):
        Doorbell(bells, root, lambda root=root: heard.append(root.name), window)
    answers: list[bool] = []
    caller = threading.Thread(target=lambda: answers.append(ring(bells, mine)))
    caller.start()
    qtbot.waitUntil(lambda: bool(answers))
    caller.join()
    assert (answers, heard) == ([True], ["mine"])
    assert not list(bells.iterdir())


def test_a_window_that_is_closed_answers_no_more(qtbot, tmp_path, window):
    heard: list[int] = []
    bell = Doorbell(tmp_path / "bells", tmp_path, lambda: heard.append(1), window)
    bell.fall_silent()
    answers: list[bool] = []
    caller = threading.Thread(
        target=lambda: answers.append(ring(tmp_path / "bells", tmp_path, patience_s=0.1))
    )
    caller.start()
    qtbot.waitUntil(lambda: bool(answers))
    caller.join()
    assert (answers, heard) == ([False], [])


def test_nobody_answers_and_nothing_is_left_of_the_ring(tmp_path):
    assert not ring(tmp_path / "bells", tmp_path / "mine", patience_s=0)
    assert not list((tmp_path / "bells").iterdir())


def test_who_rang_before_the_window_was_there_is_heard_too(qtbot, tmp_path, window):
    heard: list[int] = []
    bells, answers = tmp_path / "bells", []
    caller = threading.Thread(target=lambda: answers.append(ring(bells, tmp_path / "mine")))
    caller.start()
    qtbot.waitUntil(lambda: bells.is_dir() and bool(list(bells.iterdir())))
    Doorbell(bells, tmp_path / "mine", lambda: heard.append(1), window)
    caller.join()
    assert (answers, heard) == ([True], [1])


def test_a_folder_that_cannot_be_written_to_is_no_answer_and_no_error(tmp_path, window):
    (tmp_path / "file").touch()
    Doorbell(tmp_path / "file" / "bells", tmp_path, lambda: None, window)
    assert not ring(tmp_path / "file" / "bells", tmp_path)


def test_a_binder_that_is_open_elsewhere_still_says_so_where_nobody_answers(binder, memory):
    with pytest.raises(BinderUnusableError, match="open in another window"):
        open_binder(binder.root, memory, lambda: NOW)


@pytest.fixture
def start(qapp, style, memory, errors, jobs):
    """Begin as the program does with these words; return what it opened."""

    def begin(*words: object):
        asked = program._words(list(map(str, words)))
        return program._first(program.Started(qapp, style, memory, errors, asked), jobs)

    return begin


def test_starting_the_program_again_brings_the_window_up_and_ends(qtbot, binder, window, start):
    Doorbell(doorbells(), binder.root, lambda: bring_up(window), window)
    window.hide()
    opened: list[object] = []
    second = threading.Thread(target=lambda: opened.append(start("--binder", binder.root)))
    second.start()
    qtbot.waitUntil(lambda: bool(opened))
    second.join()
    assert (opened, window.isVisible()) == ([None], True)
    assert not list(doorbells().iterdir())


def test_at_login_nothing_is_begun_that_is_begun_by_hand(start, tmp_path):
    assert start(AT_LOGIN, "--binder", tmp_path / "none") is None
    assert not (tmp_path / "none").exists()
