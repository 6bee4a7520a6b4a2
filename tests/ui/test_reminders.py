"""The five ways to be reminded, which of them are on, and what their buttons do."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from app.domain.errors import UserError
from app.operations import dates
from app.operations.calendar_file import write_calendar
from app.settings import Settings, read_settings
from tests.ui.checks import check_widget, show_active
from tests.ui.conftest import TODAY
from tests.ui.household import deny, rosas_household
from ui.dialogs.reminders import RemindersDialog
from ui.dialogs.wall_sheet import WallSheetAnswer, WallSheetDialog
from ui.login_start import AT_LOGIN, LoginStart, StartCommand
from ui.pages import COMMANDS
from ui.pages.reminder_steps import (
    open_reminders,
    print_sheet,
    reminders_dialog,
    save_calendar,
)
from ui.widgets.text import Label


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
