"""The words of the commands that make calendars: the file and the printed sheet."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from datetime import date
from typing import Final

from app.cli.parsing import Commands, command, output
from app.cli.values import number

_MONTH: Final = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_MOST_MONTHS: Final = 24


def of_calendar(commands: Commands) -> None:
    """Declare them."""
    file = command(commands, "calendar", "calendar:calendar", "Write a calendar file.")
    output(file, "FILE.ics")
    file.add_argument("--details", action="store_true", help="with titles that tell")
    sheet = command(
        commands, "wall-sheet", "calendar:wall_sheet", "Print what is due, as a list or by months."
    )
    output(sheet, "FILE.pdf")
    sheet.add_argument("--month", metavar="YYYY-MM", type=_month, help="a page for this month")
    sheet.add_argument(
        "--months", metavar="N", type=number(1, _MOST_MONTHS), help="pages for so many months"
    )
    sheet.add_argument("--details", action="store_true", help="with titles and names that tell")


def _month(typed: str) -> date:
    """Read a month as YYYY-MM; the answer is its first day."""
    found = _MONTH.fullmatch(typed)
    if not found or found[1] == "0000":
        raise ArgumentTypeError(f"{typed!r} is not a month like 2026-03")
    return date(int(found[1]), int(found[2]), 1)
