"""How people print dates, amounts and numbers; and the form in which the program gives them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

_MONTHS = "January February March April May June July August September October November December"
_MESES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = (
    "zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_EN_ESPANOL: Final = {
    1: "un", 2: "dos", 4: "cuatro", 5: "cinco", 6: "seis", 10: "diez", 14: "catorce", 15: "quince",
    20: "veinte", 30: "treinta", 45: "cuarenta y cinco", 60: "sesenta", 65: "sesenta y cinco",
    90: "noventa", 120: "ciento veinte", 180: "ciento ochenta",
}  # fmt: skip


def _month(day: date) -> str:
    return _MONTHS.split()[day.month - 1]


_DATES: Final[Mapping[str, Callable[[date], str]]] = {
    "long": lambda day: f"{_month(day)} {day.day}, {day.year}",
    "upper": lambda day: f"{_month(day).upper()} {day.day}, {day.year}",
    "abbr": lambda day: f"{_month(day)[:3]} {day.day}, {day.year}",
    "abbrdot": lambda day: f"{_month(day)[:3]}. {day.day:02}, {day.year}",
    "us": lambda day: f"{day:%m/%d/%Y}",
    "usbare": lambda day: f"{day.month}/{day.day}/{day.year}",
    "us2": lambda day: f"{day:%m/%d/%y}",
    "dash": lambda day: f"{day:%m-%d-%Y}",
    "iso": lambda day: day.isoformat(),
    "th": lambda day: f"{_month(day)} {ordinal(day.day)}, {day.year}",
    "daymonth": lambda day: f"{day.day} {_month(day)} {day.year}",
    "military": lambda day: f"{day.day:02}-{_month(day)[:3].upper()}-{day.year}",
    "es": lambda day: f"{day.day} de {_MESES.split()[day.month - 1]} de {day.year}",
}
_STRINGS: Final[Mapping[str, Callable[[str], str]]] = {
    "caps": str.upper,
    "spaced": lambda code: code.replace("-", " "),  # CO 50
    "tight": lambda code: code.replace("-", ""),
}
_LETTERLY = ("long", "long", "long", "abbr", "us", "us", "usbare", "upper", "th", "abbrdot")
_TABULAR = ("us", "us", "usbare", "us2", "dash", "abbr", "iso", "military")


@dataclass(frozen=True, slots=True)
class Habits:
    """How one author writes dates in letters and in tables, and amounts."""

    letter: str
    table: str
    dollar: bool
    commas: bool
    whole: bool
    """Whether full dollars go without cents: `$1,200`."""

    @classmethod
    def of(cls, chance: random.Random, language: str) -> Self:
        letter = "es" if language == "es" else chance.choice(_LETTERLY)
        table = "us" if language == "es" else chance.choice(_TABULAR)
        return cls(
            letter, table, chance.random() < 0.75, chance.random() < 0.85, chance.random() < 0.25
        )


def written(value: str | int | date, form: str, habits: Habits) -> str:
    """Return a value as printed: `form` names a way of writing, `<9` or `>9` a width to fill."""
    side = next((mark for mark in "<>" if mark in form), "")
    name, _, width = form.partition(side) if side else (form, "", "")
    if isinstance(value, date):
        text = _DATES[{"": habits.letter, "table": habits.table}.get(name, name)](value)
    elif isinstance(value, int):
        text = _money(value, name, habits)
    else:
        text = _STRINGS.get(name, str)(value)
    return f"{text:{side}{width}}" if side else text


def true_value(value: str | int | date) -> str:
    """Return a value as `facts` gives it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return f"{value / 100:.2f}"
    return " ".join(value.split())


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 11th, 180th."""
    tail = (
        "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{tail}"


def amount_in_words(amount: int, chance: random.Random, language: str) -> str:
    """Return how a letter writes the length of a window: in digits, in words, or in both."""
    spelled = _EN_ESPANOL.get(amount, str(amount)) if language == "es" else spelled_out(amount)
    return chance.choice(
        (
            str(amount),
            str(amount),
            str(amount),
            spelled,
            f"{spelled} ({amount})",
            f"{amount} ({spelled})",
        )
    )


def spelled_out(number: int) -> str:
    """Return a number up to 999 in English words."""
    if number >= 100:
        rest = f" {spelled_out(number % 100)}" if number % 100 else ""
        return f"{_ONES[number // 100]} hundred{rest}"
    if number < 20:
        return _ONES[number]
    return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")


def _money(cents: int, form: str, habits: Habits) -> str:
    whole = habits.whole and cents and cents % 100 == 0 and form == "dollar"
    text = f"{cents // 100:,}" if whole else f"{cents / 100:,.2f}"
    if form == "bare" or not habits.commas:
        text = text.replace(",", "")
    return text if form == "bare" or not (habits.dollar or form == "dollar") else f"${text}"
