"""Amounts and days as tables of portals and custodians print them. Nothing is guessed.

An amount with comma decimals, a foreign currency, or a day that could be two days is never read
one way or the other in silence: it is refused, or the order of the days of a whole column is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from app.domain.errors import UserError
from app.domain.money import Money

LARGEST: Final = Money(10_000_000_00)
"""More than any one line of a household's ledger; a larger one is a slip of some program."""

ORDERS: Final = ("mdy", "dmy")
"""Month first as in the United States, or day first."""

_NOT_MONEY: Final = "“{}” is not an amount of money. Write it in the file like 1,234.50."
_COMMA_DECIMALS: Final = (
    "“{}” has the comma and the point the other way round than in the United States. "
    "Write it in the file like 1,234.50."
)
_FOREIGN: Final = (
    "“{}” is not in US dollars. Enter this line by hand, in dollars, with the rate that was used."
)
_TOO_LARGE: Final = "“{}” is too large for one line to be right. If it is right, enter it by hand."
_NOT_DAY: Final = "“{}” is not a date. Write it in the file like 2026-01-31."
_NO_SUCH_DAY: Final = "“{}” is not a day of the calendar, month first. Write it like 2026-01-31."
_NO_SUCH_DAY_FIRST: Final = (
    "“{}” is not a day of the calendar, day first. Write it like 2026-01-31."
)
_LONGEST: Final = 40
_CODE: Final = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Z])")
_DOLLARS: Final = re.compile(r"(?i)\bUSD\b|\bUS(?=\$)|\bUS dollars?\b")
_TURNED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d{1,2}|\d+,\d{4,}")
_DIGIT: Final = re.compile(r"[0-9]")

_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_COMPACT: Final = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6}.*)?")
_NUMERIC: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?:[,T ].*)?")
_WORDED: Final = re.compile(
    r"(?:[A-Za-z]{3,9},? )?([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})"
)
_DAY_WORDED: Final = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3,9})\.?[-, ]+(\d{4}|\d\d)")
_RANGE: Final = re.compile(r"\s+(?:-|–|—|to|through|thru)\s+", re.IGNORECASE)
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


def is_dollars(text: str) -> bool:
    """Say whether a cell of a currency column means US dollars; an empty one does."""
    return text.strip().casefold() in {"", "$", "usd", "us$", "us", "dollar", "us dollar"}


def read_amount(text: str) -> Money:
    """Read `$1,600.00`, `($300.00)`, `-45.00`, `45.00-`, `$-45`, `45.00 USD`.

    Raises:
        UserError: it is no amount, not in dollars, too large, or its comma stands for a point.
    """
    shown = text.strip()[:_LONGEST]
    bare = _DOLLARS.sub("", text.replace("\xa0", " ").replace("−", "-")).strip()
    if any(unicodedata.category(sign) == "Sc" and sign != "$" for sign in bare) or _CODE.search(
        bare
    ):
        raise UserError(_FOREIGN.format(shown))
    if re.search(r"(?i)[a-z]+\$|\bkr\b|\bz[łl]\b", bare):
        raise UserError(_FOREIGN.format(shown))
    number, is_negative = _unsigned(bare)
    if _TURNED.fullmatch(number):
        raise UserError(_COMMA_DECIMALS.format(shown))
    try:
        amount = Money.parse(number)
    except UserError as error:
        raise UserError(_NOT_MONEY.format(shown)) from error
    if amount.cents < 0 or not _DIGIT.search(number):
        raise UserError(_NOT_MONEY.format(shown))
    if amount > LARGEST:
        raise UserError(_TOO_LARGE.format(shown))
    return -amount if is_negative else amount


def _unsigned(bare: str) -> tuple[str, bool]:
    """Return a number without its signs, and whether one of them makes it negative."""
    signs = 0
    while bare:
        if bare.startswith("(") and bare.endswith(")"):
            bare, signs = bare[1:-1].strip(), signs + 1
        elif bare.startswith("-") or bare.endswith("-"):
            bare, signs = (bare[1:] if bare[0] == "-" else bare[:-1]).strip(), signs + 1
        elif bare.startswith(("$", "+")):
            bare = bare[1:].strip()
        elif bare.endswith("$"):
            bare = bare[:-1].strip()
        else:
            break
    return (bare, signs == 1) if signs < 2 else ("", False)


@dataclass(frozen=True, slots=True)
class DayOrder:
    """How the days of a column are written; `is_sure` says that a day of the column proves it."""

    order: str = "mdy"
    is_sure: bool = True


def order_of(texts: Iterable[str]) -> DayOrder:
    """Return the order of a column of days, from those that can be read in one way only.

    Day first is believed only where no day speaks against it and many speak for it: one slip of
    the pen must not turn all the others about.
    """
    first, month_first, day_first = 0, 0, 0
    for text in texts:
        found = _NUMERIC.fullmatch(_start_of_range(text))
        if found:
            first += 1
            month_first += int(found[1]) <= 12 < int(found[3]) <= 31
            day_first += int(found[3]) <= 12 < int(found[1]) <= 31
    if day_first and not month_first and day_first * 3 >= first:
        return DayOrder("dmy")
    return DayOrder("mdy", is_sure=bool(month_first) or not first)


@lru_cache(maxsize=4096)
def read_day(text: str, order: str = "mdy", *, latest_year: int = 2099) -> date:
    """Read one day; of a range the first. Years of two digits are of this century up to the latest.

    Raises:
        UserError: it is no day of the calendar.
    """
    bare = _start_of_range(text)
    shown = bare[:_LONGEST]
    if found := _ISO.fullmatch(bare) or _COMPACT.fullmatch(bare):
        return _day(int(found[1]), int(found[2]), int(found[3]), _NOT_DAY.format(shown))
    if found := _NUMERIC.fullmatch(bare):
        month, day = (found[1], found[3]) if order == "mdy" else (found[3], found[1])
        why = _NO_SUCH_DAY if order == "mdy" else _NO_SUCH_DAY_FIRST
        return _day(_year(found[4], latest_year), int(month), int(day), why.format(shown))
    if found := _WORDED.fullmatch(bare):
        return _day(int(found[3]), _month(found[1]), int(found[2]), _NOT_DAY.format(shown))
    if found := _DAY_WORDED.fullmatch(bare):
        year = _year(found[3], latest_year)
        return _day(year, _month(found[2]), int(found[1]), _NOT_DAY.format(shown))
    raise UserError(_NOT_DAY.format(shown))


def looks_like_day(text: str) -> bool:
    """Say whether a cell is written like a day, whatever its order."""
    for order in ORDERS:
        try:
            read_day(text, order)
        except UserError:
            continue
        return True
    return False


def has_digit(text: str) -> bool:
    """Say whether a cell has a digit at all."""
    return bool(_DIGIT.search(text))


def _start_of_range(text: str) -> str:
    return _RANGE.split(" ".join(text.split()), 1)[0].strip()


def _month(name: str) -> int:
    """Return the number of a month by its name or the beginning of it, 0 if there is none."""
    fitting = [n for n, month in enumerate(_MONTHS, 1) if month.startswith(name.casefold())]
    return fitting[0] if len(fitting) == 1 else {"sept": 9}.get(name.casefold(), 0)


def _year(text: str, latest: int) -> int:
    if len(text) == 4:
        return int(text)
    year = latest // 100 * 100 + int(text)
    return year if year <= latest else year - 100


def _day(year: int, month: int, day: int, why: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UserError(why) from None
