"""Lengths of time as letters print them: `180 days`, `four (4) months`, `sesenta días`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from app.domain.fact import WindowUnit
from app.resources import resource_json

_MOST: Final[dict[str, int]] = {
    "calendar_days": 1000,
    "business_days": 1000,
    "months": 36,
    "years": 6,
    "hours": 240,
}
_ARTICLES: Final = frozenset({"a", "an", "un", "una"})
_DAYS_A_WEEK: Final = 7
_SLIPS: Final = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1"})
_DIGITS: Final = r"(?:\d[\doli|]{0,3}|[oli|]{1,2}\d[\doli|]{0,2})"


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time at `start` to `end` of a plain text.

    `adjective` tells `180-day` from `180 days`; `ordinal` is `the sixtieth day`. `note` says
    what was repaired, as a sentence.
    """

    amount: int
    unit: WindowUnit
    start: int
    end: int
    adjective: bool = False
    ordinal: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    numbers: dict[str, int]
    ordinals: dict[str, int]
    units: tuple[tuple[re.Pattern[str], WindowUnit, int], ...]
    length: re.Pattern[str]


def lengths_in(text: str) -> tuple[Length, ...]:
    """Return the lengths of time in a plain text (see `sentences.plain`).

    A range such as `30 to 60 days` is no length, nor is one that no letter would give.
    """
    return tuple(_each(text))


def _each(text: str) -> Iterator[Length]:
    words = _words()
    for match in words.length.finditer(text):
        number = _number(match, words)
        if number is None or _in_range(text, match.start(), words):
            continue
        value, note = number
        unit, times = _unit(match["unit"], words)
        if times > 1:
            value *= times
        if not 0 < value <= _MOST[unit] or (match["ordinal"] and not unit.endswith("days")):
            continue
        adjective = text[match.start("unit") - 1] == "-" and not match["unit"].endswith("s")
        yield Length(
            value, unit, match.start(), match.end(), adjective, bool(match["ordinal"]), note
        )


def _number(match: re.Match[str], words: _Words) -> tuple[int, str] | None:
    """Return the number of a match and a note; None if its two forms say different things."""
    if match["ordinal"]:
        value = _ordinal(match["ordinal"], words)
        again = match["again"]
        return None if again and int(again) != value else (value, "")
    both = [_value(part, words) for part in (match["first"], match["second"]) if part]
    if not both or any(item is None for item in both):
        return None
    values = [item for item in both if item is not None]
    if len({value for value, _ in values}) > 1:
        return None
    return values[0][0], next((note for _, note in values if note), "")


def _value(text: str, words: _Words) -> tuple[int, str] | None:
    if text[0].isdigit() or any(map(str.isdigit, text)):
        repaired = text.translate(_SLIPS)
        note = "" if repaired == text else f"Read “{text}” as {repaired}."
        return int(repaired), note
    value = _spoken(text, words.numbers)
    return None if value is None else (value, "")


def _spoken(text: str, numbers: dict[str, int]) -> int | None:
    """Return the value of a number in words; None if the words do not make one."""
    total = 0
    smallest = 1000
    for word in re.split(r"[ -]", text):
        value = numbers.get(word)
        if value is None:
            if word in ("and", "y"):
                continue
            return None
        if value == 100 and 0 < total < 10:
            total *= 100
        elif _magnitude(value) < smallest:
            total += value
        else:
            return None
        smallest = _magnitude(value)
    return total


def _magnitude(value: int) -> int:
    if value < 10:
        return 1
    return 10 if value < 100 else 100


def _ordinal(text: str, words: _Words) -> int:
    if text[0].isdigit():
        return int(re.match(r"\d+", text)[0])  # pyright: ignore[reportOptionalSubscript]
    head, _, tail = text.replace("-", " ").rpartition(" ")
    base = _spoken(head, words.numbers) if head else 0
    return (base or 0) + words.ordinals[tail]


def _in_range(text: str, start: int, words: _Words) -> bool:
    """Say whether the number before belongs to it: `30 to 60 days`, `1 80 days`, `7-10`."""
    before = re.search(r"(\w+) ?(?:-|to|or|a|o|and|y)? ?$", text[max(0, start - 24) : start])
    if before is None or before[1] in _ARTICLES:
        return False
    return before[1][-1].isdigit() or before[1] in words.numbers


def _unit(text: str, words: _Words) -> tuple[WindowUnit, int]:
    for pattern, unit, times in words.units:
        if pattern.fullmatch(text):
            return unit, times
    raise ValueError(text)


@cache
def _words() -> _Words:
    data = resource_json("reading", "durations.json")
    numbers: dict[str, int] = data["numbers"]
    ordinals: dict[str, int] = data["ordinals"]
    units = data["units"]
    spoken = "|".join(sorted(numbers, key=len, reverse=True))
    run = rf"(?:{spoken})(?:(?: and | y |[ -])(?:{spoken})){{0,3}}"
    first = rf"{_DIGITS}|{run}"
    nth = "|".join(sorted(ordinals, key=len, reverse=True))
    ordinal = rf"\d{{1,3}}(?:st|nd|rd|th)|(?:{run}[ -])?(?:{nth})"
    unit = "|".join(item["pattern"] for item in units)
    length = re.compile(
        rf"(?<![\w.,$#/:|-])(?:(?P<first>{first})(?: ?\((?P<second>{first})\))?"
        rf"|(?P<ordinal>{ordinal})(?: \((?P<again>\d{{1,3}})(?:st|nd|rd|th)\))?)"
        rf"[ -]?(?P<unit>{unit})(?=0f\b|'|[^a-z0-9]|$)"
    )
    return _Words(
        numbers,
        ordinals,
        tuple((re.compile(item["pattern"]), item["unit"], item.get("times", 1)) for item in units),
        length,
    )
