"""Reminders, from the menu and from the calendar: the dialog, and what its buttons do."""

from __future__ import annotations

from app.operations import calendar_file
from ui.desk import Desk
from ui.dialogs.reminders import ReminderAnswer, RemindersDialog, ReminderState, Switch
from ui.login_start import LoginStart
from ui.shell import Shell
from ui.tray import tray_is_there
from ui.wording import tr


def open_reminders(desk: Desk, shell: Shell) -> None:
    """Show the five ways to be reminded, and do what was asked for in the dialog."""
    answer = shell.ask_dialog(reminders_dialog(desk, LoginStart.of_this_computer()))
    if answer:
        _do(desk, shell, answer)


def reminders_dialog(
    desk: Desk, login: LoginStart, *, has_tray: bool | None = None
) -> RemindersDialog:
    """Return the dialog over this computer's settings; `has_tray` None looks for one."""
    is_there = tray_is_there() if has_tray is None else has_tray

    def look() -> ReminderState:
        settings = desk.memory.settings
        return ReminderState(
            has_tray=is_there,
            tray_notice=settings.tray_notice,
            notice_titles=settings.notice_titles,
            keep_in_tray=settings.keep_in_tray,
            login=login.state,
        )

    def choose(switch: Switch, on: bool) -> None:  # noqa: FBT001 - a switch is on or off
        if switch != "login":
            desk.memory.choose(**{switch: on})
        elif on:
            login.turn_on()
        else:
            login.turn_off()

    return RemindersDialog(look, choose)


def _do(desk: Desk, shell: Shell, answer: ReminderAnswer) -> None:
    if answer.deed == "today":
        shell.go_to("today")
    elif answer.deed == "calendar":
        save_calendar(desk, shell, with_names=answer.with_names)


def save_calendar(desk: Desk, shell: Shell, *, with_names: bool) -> None:
    """Ask where the calendar file should lie, and write it."""
    target = shell.choose_new_file(
        tr("Save the calendar file"), tr("ClaimBinder dates.ics"), tr("Calendar files (*.ics)")
    )
    if target is None:
        return
    binder = desk.binder
    shell.run(
        tr("Saving the calendar file"),
        lambda _progress: calendar_file.write_calendar(binder, target, details=with_names),
        lambda written: shell.say(
            tr("The dates are in “{name}”. Open this file on your phone or in your calendar.",
               name=written.path.name)
        ),
    )  # fmt: skip
