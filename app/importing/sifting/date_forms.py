"""The forms in which dates are printed, from `resources/reading/dates.json`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from app.importing.sifting.folding import folded
from app.resources import resource_json

_DAY: Final = "(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR: Final = "(?:19|20)[0-9]{2}"
_SHORT_YEAR: Final = "[0-9]{2}"
_NUMBER: Final = "(?:[0-3]?[0-9])"
_SLOT: Final = re.compile(r"(?<!\?P)<([mdyabs])([12])>")
_FRAGMENT: Final = re.compile(r"<([a-z]+)>")


@dataclass(frozen=True, slots=True)
class Form:
    """A way to print one or two dates or a list of days.

    `slips` finds the same form with letters in the place of digits; `guarded` forms look like
    other numbers, so that what stands around them may refuse them.
    """

    name: str
    pattern: re.Pattern[str]
    slips: re.Pattern[str] | None
    is_range: bool
    is_guarded: bool
    is_labelled: bool
    is_yearless: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """Words before or after numbers that are no date."""

    name: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class DateBook:
    """All that is known of how dates are printed."""

    forms: tuple[Form, ...]
    months: Mapping[str, int]
    weekday: re.Pattern[str]
    weekdays: Mapping[str, int]
    refused: tuple[Refusal, ...]
    range_between: re.Pattern[str]
    pair_between: re.Pattern[str]
    pair_before: re.Pattern[str]
    foreign: tuple[tuple[str, re.Pattern[str]], ...]
    digit_slips: Mapping[str, str]
    rare_slips: frozenset[str]
    letter_slips: Mapping[str, str]

    @property
    def labelled_names(self) -> frozenset[str]:
        """The names of forms that are dates only where a label says so."""
        return frozenset(form.name for form in self.forms if form.is_labelled)


@cache
def date_book() -> DateBook:
    """Return the forms of the data file, compiled."""
    data = resource_json("reading", "dates.json")
    months = {
        folded(name): int(number) for number, names in data["months"].items() for name in names
    }
    weekdays = {name: int(number) for number, names in data["weekdays"].items() for name in names}
    digits = data["slips"]["digits"]
    between = data["between"]
    return DateBook(
        tuple(_form(entry, data["fragments"], months, digits) for entry in data["forms"]),
        months,
        re.compile(rf"\b({_any_of(weekdays)})\b\.?,?\s{{0,2}}(?:el\s|the\s)?$", re.IGNORECASE),
        weekdays,
        tuple(_refusal(entry) for entry in data["refused"]),
        re.compile(between["range"], re.IGNORECASE),
        re.compile(between["pair"], re.IGNORECASE),
        re.compile(between["pair_before"], re.IGNORECASE),
        tuple((entry["name"], re.compile(entry["pattern"])) for entry in data["foreign"]),
        digits,
        frozenset(data["slips"]["rare"]),
        data["slips"]["letters"],
    )


def _form(
    entry: Mapping[str, Any],
    fragments: Mapping[str, str],
    months: Mapping[str, int],
    digits: Mapping[str, str],
) -> Form:
    source = _FRAGMENT.sub(lambda match: fragments.get(match[1], match[0]), entry["pattern"])
    letters = "".join(map(re.escape, digits))
    figure = rf"[0-9{letters}]"
    exact = {
        "m": _any_of(months), "d": _DAY, "y": _YEAR, "s": _SHORT_YEAR, "a": _NUMBER, "b": _NUMBER,
    }  # fmt: skip
    slipped = {
        "m": r"[A-Za-z0-9|!]{3,10}", "d": f"{figure}{{1,2}}", "y": rf"[12Zl|I]{figure}{{3}}",
        "s": _SHORT_YEAR, "a": f"{figure}{{1,2}}", "b": f"{figure}{{1,2}}",
    }  # fmt: skip
    return Form(
        entry["name"],
        _compiled(source, exact, re.IGNORECASE),
        _compiled(source, slipped, 0) if entry.get("fuzzy") else None,
        bool(entry.get("range")),
        bool(entry.get("guarded")),
        bool(entry.get("labelled")),
        bool(entry.get("yearless")),
    )


def _compiled(source: str, slots: Mapping[str, str], flags: int) -> re.Pattern[str]:
    named = _SLOT.sub(lambda match: f"(?P<{match[1]}{match[2]}>{slots[match[1]]})", source)
    return re.compile(named.replace("<day>", _DAY), flags)


def _refusal(entry: Mapping[str, str]) -> Refusal:
    before, after = entry.get("before"), entry.get("after")
    return Refusal(
        entry["name"],
        re.compile(before, re.IGNORECASE) if before else None,
        re.compile(after) if after else None,
    )


def _any_of(names: Mapping[str, int]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + ")"
