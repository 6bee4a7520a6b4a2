"""The words of the commands that make calendars: the file and the printed sheet."""

from __future__ import annotations

from app.cli.parsing import Commands, command, output


def of_calendar(commands: Commands) -> None:
    """Declare them."""
    file = command(commands, "calendar", "calendar:calendar", "Write a calendar file.")
    output(file, "FILE.ics")
    file.add_argument("--details", action="store_true", help="with titles that tell")
