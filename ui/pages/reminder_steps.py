"""Reminders, from the menu and from the calendar: the dialog, and what its buttons do."""

from __future__ import annotations

from datetime import date
from functools import partial

from app.binder import Binder
from app.jobs import Progress
from app.operations.calendar_file import (
    CalendarFile,
    calendar_drift,
    calendar_made_at,
    write_calendar,
)
from app.operations.calendar_sheet import write_sheet
from app.operations.outputs import Written
from app.operations.rules import rule_book
from ui.desk import Desk
from ui.dialogs.reminders import RemindersDialog, ReminderState, Switch
from ui.dialogs.wall_sheet import WallSheetDialog
from ui.login_start import LoginStart
from ui.pages.opening_files import open_file, refuse_inside
from ui.shell import BannerAction, Shell
from ui.tray import tray_is_there
from ui.wording import count_of, short_date, tr


def open_reminders(desk: Desk, shell: Shell) -> None:
    """Show the five ways to be reminded, and do what was asked for in the dialog."""
    deed = shell.ask_dialog(reminders_dialog(desk, LoginStart.of_this_computer()))
    if deed == "today":
        shell.go_to("today")
    elif deed == "calendar":
        from ui.pages.calendar_steps import save_file  # noqa: PLC0415 - it leads here too

        save_file(desk, shell)
    elif deed == "sheet":
        print_sheet(desk, shell)


def reminders_dialog(
    desk: Desk, login: LoginStart, *, has_tray: bool | None = None
) -> RemindersDialog:
    """Return the dialog over this computer's settings; `has_tray` None looks for one."""
    is_there = tray_is_there() if has_tray is None else has_tray
    calendar, is_old = _calendar(desk.binder)

    def look() -> ReminderState:
        settings = desk.memory.settings
        return ReminderState(
            has_tray=is_there,
            tray_notice=settings.tray_notice,
            notice_titles=settings.notice_titles,
            keep_in_tray=settings.keep_in_tray,
            login=login.state,
            calendar=calendar,
            calendar_is_old=is_old,
        )

    def choose(switch: Switch, on: bool) -> None:  # noqa: FBT001 - a switch is on or off
        if switch != "login":
            desk.memory.choose(**{switch: on})
        elif on:
            login.turn_on()
        else:
            login.turn_off()

    return RemindersDialog(look, choose)


def _calendar(binder: Binder) -> tuple[str, bool]:
    """Return when the calendar file was saved, and whether dates have changed since."""
    made_at = calendar_made_at(binder)
    if made_at is None:
        return tr("Not in use: no file was saved yet."), False
    day = short_date(made_at.astimezone().date())
    if calendar_drift(binder):
        return tr("Dates have changed since the file was saved on {day}.", day=day), True
    return tr("Saved on {day}; no date has changed since.", day=day), False


def save_calendar(desk: Desk, shell: Shell, *, with_names: bool) -> None:
    """Ask where the calendar file should lie, and write it."""
    target = shell.choose_new_file(
        tr("Save the calendar file"), tr("ClaimBinder dates.ics"), tr("Calendar files (*.ics)")
    )
    if target is None:
        return
    refuse_inside(desk, target)
    binder = desk.binder
    shell.run(
        tr("Saving the calendar file"),
        lambda _progress: write_calendar(binder, target, details=with_names),
        lambda made: shell.say(_saved(made)),
    )


def _saved(made: CalendarFile) -> str:
    """Return what to do with the file, and what it cannot remind of."""
    told = [
        tr("The dates are in “{name}”. Open this file on your phone or in your calendar.",
           name=made.path.name)
    ]  # fmt: skip
    if made.undated:
        told.append(
            count_of(
                made.undated,
                "{n} thing without a date is not in it: see Today.",
                "{n} things without a date are not in it: see Today.",
            )
        )
    return " ".join(told)


def print_sheet(desk: Desk, shell: Shell, month: date | None = None) -> None:
    """Ask what is to be printed and where it should lie, make it, and open it to print.

    Pages of months begin with that of the day `month`, or with this one.
    """
    given = shell.ask_dialog(WallSheetDialog())
    if given is None:
        return
    target = shell.choose_new_file(
        tr("Save the sheet"), tr("ClaimBinder dates.pdf"), tr("PDF files (*.pdf)")
    )
    if target is None:
        return
    refuse_inside(desk, target)
    binder, today = desk.binder, desk.today()

    def work(_progress: Progress) -> Written:
        if not given.months:
            return write_sheet(binder, rule_book(), target, today=today, details=given.details)
        return write_sheet(
            binder, rule_book(), target, today=today, kind="month", month=month,
            months=given.months, details=given.details,
        )  # fmt: skip

    def done(made: Written) -> None:
        shell.say(
            tr("The sheet is ready: {name}.", name=made.path.name),
            BannerAction(tr("Open and print …"), partial(open_file, made.path)),
        )
        open_file(made.path)

    shell.run(tr("Making the sheet"), work, done)
