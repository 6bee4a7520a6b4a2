"""Dates for other calendars, for paper and for reminders."""

from __future__ import annotations

from datetime import date

from ui.desk import Desk
from ui.shell import Shell
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField
from ui.widgets.text import label, muted
from ui.wording import tr


class CalendarFileDialog(AskDialog[bool]):
    """Asks whether the titles in the file may say what it is about; says who rings when."""

    def __init__(self) -> None:
        super().__init__(tr("Dates for your phone or another calendar"), tr("Save the file …"))
        self.form.add_widget(
            label(
                tr("The file holds every open date with alarms 14, 7, 2 and 1 days before. Open "
                   "it on your phone or in your calendar program: it rings there, also when "
                   "ClaimBinder is closed.")
            )
        )  # fmt: skip
        self.titles = self.form.add(
            tr("What may the titles say?"),
            ChoiceField(
                [
                    (False, tr("Nothing private: “Date in ClaimBinder”")),
                    (True, tr("What is due, and for which claim")),
                ]
            ),
            tr("Calendars are often shown to others and copied to other computers."),
        )
        self.form.add_widget(
            muted(
                tr("Today in ClaimBinder, and its notice beside the clock, work only while "
                   "ClaimBinder runs. When a date moves, save the file again: it then updates "
                   "the old dates.")
            )
        )  # fmt: skip

    def answer(self) -> bool:
        """Return whether the titles say what is due."""
        return bool(self.titles.value())


def save_file(desk: Desk, shell: Shell) -> None:
    """Ask what the titles may say and where the file should lie, and write it."""
    from ui.pages.reminder_steps import save_calendar  # noqa: PLC0415 - loaded when asked for

    with_names = shell.ask_dialog(CalendarFileDialog())
    if with_names is not None:
        save_calendar(desk, shell, with_names=with_names)


def print_dates(desk: Desk, shell: Shell, month: date) -> None:
    """Ask what is to be printed, the list or months from this one, and make it."""
    from ui.pages.reminder_steps import print_sheet  # noqa: PLC0415 - loaded when asked for

    print_sheet(desk, shell, month)


def reminders(desk: Desk, shell: Shell) -> None:
    """Show the ways to be reminded."""
    from ui.pages.reminder_steps import open_reminders  # noqa: PLC0415 - loaded when asked for

    open_reminders(desk, shell)
