"""Days of long ago, of which only the month or the year may be known: `2024`, `2024-03`."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.domain.errors import UserError

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def checked_partial(text: str) -> str:
    """Return a partial day as it is kept, `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or empty.

    Raises:
        UserError: it is none of these.
    """
    bare = text.strip()
    if not bare or _parsed(bare):
        return bare
    raise UserError(f"“{bare}” is no day. Write 2024, 2024-03 or 2024-03-15.")


def spoken_partial(text: str) -> str:
    """Return a partial day in words: `2024`, `March 2024` or `March 15, 2024`."""
    day = _parsed(text)
    if day is None:
        return text
    month = _MONTHS[day.month - 1]
    match text.count("-"):
        case 0:
            return str(day.year)
        case 1:
            return f"{month} {day.year}"
        case _:
            return f"{month} {day.day}, {day.year}"


def first_day(text: str) -> date | None:
    """Return the first day that a partial day may mean, to sort by; None for an empty one."""
    return _parsed(text)


def _parsed(text: str) -> date | None:
    parts = text.split("-")
    lengths = [len(part) for part in parts]
    if lengths not in ([4], [4, 2], [4, 2, 2]) or not all(
        part.isascii() and part.isdigit() for part in parts
    ):
        return None
    try:
        return date(*(int(part) for part in (*parts, "01", "01")[:3]))
    except ValueError:
        return None
