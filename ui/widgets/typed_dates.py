"""Dates as people in the United States type them. Pure; `today` is an argument."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import Literal

from app.domain.errors import UserError
from ui.wording import tr

Lean = Literal["near", "past", "future"]
"""Which year is meant when none, or only two digits, was typed."""

_MONTHS = (
    ("january", "enero"),
    ("february", "febrero"),
    ("march", "marzo"),
    ("april", "abril"),
    ("may", "mayo"),
    ("june", "junio"),
    ("july", "julio"),
    ("august", "agosto"),
    ("september", "septiembre", "setiembre"),
    ("october", "octubre"),
    ("november", "noviembre"),
    ("december", "diciembre"),
)
_DAYS_AWAY = {"today": 0, "hoy": 0, "yesterday": -1, "ayer": -1, "tomorrow": 1, "manana": 1}

_SLASHED = re.compile(r"(?P<month>\d{1,2})\s*[/-]\s*(?P<day>\d{1,2})(?:\s*[/-]\s*(?P<year>\d+))?")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DOTTED = re.compile(r"\d{1,2}\s*\.\s*\d{1,2}\s*\.\s*\d+")
_MONTH_FIRST = re.compile(
    r"(?P<name>[a-z]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:(?:\s*,\s*|\s+)(?P<year>\d+))?"
)
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:de\s+)?(?P<name>[a-z]{3,})\.?"
    r"(?:(?:\s*,\s*|\s+(?:del?\s+)?)(?P<year>\d+))?"
)


def read_date(text: str, today: date, lean: Lean = "near") -> date | None:
    """Return the date that was typed, or None for an empty text.

    Understood are `8/28/2026`, `8/28/26`, `8-28-2026`, `8/28`, `Aug 28`, `August 28, 2026`,
    `28 Aug 2026`, `2026-08-28`, `today`, `yesterday`, `tomorrow`, and the Spanish month names.

    Raises:
        UserError: it is no date, not one that exists, or it could be read in two ways.
    """
    bare = _bare(text)
    if not bare:
        return None
    if bare in _DAYS_AWAY:
        return today + timedelta(days=_DAYS_AWAY[bare])
    if _DOTTED.fullmatch(bare):
        raise UserError(
            tr(
                "“{text}” can be read in two ways. Write the month first, with slashes, "
                "like 8/28/2026.",
                text=text.strip(),
            )
        )
    found = _ISO.fullmatch(bare) or _SLASHED.fullmatch(bare)
    if found:
        return _dated(text, found["year"], int(found["month"]), int(found["day"]), today, lean)
    found = _MONTH_FIRST.fullmatch(bare) or _DAY_FIRST.fullmatch(bare)
    if found and (month := _month(found["name"])):
        return _dated(text, found["year"], month, int(found["day"]), today, lean)
    raise UserError(
        tr("“{text}” is not a date. Write it like 8/28/2026 or Aug 28.", text=text.strip())
    )


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(kept.split())


def _month(name: str) -> int | None:
    """Return the month whose name, in English or Spanish, begins like this."""
    found = {
        number
        for number, names in enumerate(_MONTHS, start=1)
        if any(full.startswith(name) for full in names)
    }
    return found.pop() if len(found) == 1 else None


def _dated(text: str, year: str | None, month: int, day: int, today: date, lean: Lean) -> date:
    shown = text.strip()
    if month > 12 >= day:
        raise UserError(
            tr("“{text}”: write the month first, like {month}/{day}/2026.", text=shown,
               month=day, day=month)
        )  # fmt: skip
    if year and len(year) not in (2, 4):
        raise UserError(tr("“{text}”: write the year with four digits.", text=shown))
    if year and len(year) == 4 and not 1900 <= int(year) <= 2200:
        raise UserError(tr("“{text}”: please check the year.", text=shown))
    candidates = [made for each in _years(year, today) if (made := _exists(each, month, day))]
    if not candidates:
        raise UserError(tr("“{text}”: there is no such day. Please check it.", text=shown))
    return _meant(candidates, today, lean)


def _years(year: str | None, today: date) -> list[int]:
    """Return the years that four digits, two, or none may stand for."""
    if year is None:
        return [today.year - 1, today.year, today.year + 1]
    if len(year) == 4:
        return [int(year)]
    century = today.year // 100 * 100
    return [century + shift + int(year) for shift in (-100, 0, 100)]


def _exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _meant(candidates: list[date], today: date, lean: Lean) -> date:
    if lean == "past":
        fitting = [each for each in candidates if each <= today]
    elif lean == "future":
        fitting = [each for each in candidates if each >= today]
    else:
        fitting = candidates
    return min(fitting or candidates, key=lambda each: abs(each - today))
