"""Single values of the command line: days, amounts, numbers, texts and places."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Final

from app.domain.errors import UserError
from app.domain.money import Money

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_DAY: Final = date(1970, 1, 2)
_LAST_DAY: Final = date(2999, 12, 30)
"""What a clock of every system can tell, in every zone."""
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")
_TIME: Final = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")
_FRACTION: Final = re.compile(r"0?\.[0-9]{1,9}|[01]|1\.0{1,9}")


def day(typed: str) -> date:
    """Read a day as YYYY-MM-DD."""
    if not _DAY.fullmatch(typed):
        raise ArgumentTypeError(f"{typed!r} is not a date like 2026-03-31")
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise ArgumentTypeError(f"{typed!r} is not a day of the calendar") from None


def working_day(typed: str) -> date:
    """Read a day on which somebody could sit at this program."""
    found = day(typed)
    if not _FIRST_DAY <= found <= _LAST_DAY:
        raise ArgumentTypeError(f"{typed!r} is not a day from {_FIRST_DAY} to {_LAST_DAY}")
    return found


def time_of_day(typed: str) -> time:
    """Read a time of the day's 24 hours as HH:MM."""
    if not _TIME.fullmatch(typed):
        raise ArgumentTypeError(f"{typed!r} is not a time of day like 09:30 or 14:00")
    hour, minute = typed.split(":")
    return time(int(hour), int(minute))


def amount(typed: str) -> Money:
    """Read an amount of money."""
    try:
        return Money.parse(typed)
    except UserError as error:
        raise ArgumentTypeError(str(error)) from None


def number(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of whole numbers in a range."""

    def read(typed: str) -> int:
        if not _NUMBER.fullmatch(typed) or not least <= int(typed) <= most:
            raise ArgumentTypeError(f"{typed!r} is not a whole number from {least} to {most}")
        return int(typed)

    return read


def corners(typed: str) -> tuple[float, ...]:
    """Read x and y of four corners as fractions: eight numbers from 0 to 1, parted by commas."""
    places = [place.strip() for place in typed.split(",")]
    if len(places) != 8 or not all(_FRACTION.fullmatch(place) for place in places):
        raise ArgumentTypeError(f"{typed!r} is not eight numbers from 0 to 1, parted by commas")
    return tuple(float(place) for place in places)


def box(typed: str) -> tuple[float, ...]:
    """Read the corners of a box as parts of a page: four numbers from 0 to 1, parted by commas."""
    places = [place.strip() for place in typed.split(",")]
    if len(places) != 4 or not all(_FRACTION.fullmatch(place) for place in places):
        raise ArgumentTypeError(f"{typed!r} is not four numbers from 0 to 1, parted by commas")
    return tuple(float(place) for place in places)


def pages_of_paper(typed: str) -> tuple[str, str]:
    """Read a paper and some of its pages, as `DOCUMENT=1-3,5`."""
    paper, parted, pages = text(typed).rpartition("=")
    if not parted or not paper or not pages:
        raise ArgumentTypeError(f"{typed!r} is not a paper and its pages like 4f2a91c03b7d=1-3,5")
    return paper, pages


def text(typed: str) -> str:
    """Read words; bytes that are no text become a visible sign, since a record holds text."""
    return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in typed)


def as_given(typed: str) -> str:
    """Read a path and keep it as it was typed; any name of the system is fine, but none is not."""
    if not typed:
        raise ArgumentTypeError("an empty name is no place")
    return typed


def place(typed: str) -> Path:
    """Read a path."""
    return Path(as_given(typed))
