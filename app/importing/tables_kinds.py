"""What a line of an account is, and how an expense was paid, by the words that stand there.

The words are data: `resources/imports/kinds.json` and `methods.json`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from app.importing.tables_words import plain_head
from app.resources import resource_json

_TAX_YEAR: Final = re.compile(
    r"(?i)\btax\s+(?:year|yr)\s*:?\s*((?:19|20)\d\d)\b|\b((?:20)\d\d)\s+(?:tax\s+year\s+)?contrib"
    r"|\bfor\s+((?:20)\d\d)\b"
)
_PRIOR: Final = re.compile(
    r"(?i)\b(?:prior|previous|last)\s+(?:tax\s+)?(?:year|yr)\b|\bprev\s+yr\b"
)
_CURRENT: Final = re.compile(r"(?i)\b(?:current|cur|this)\s+(?:tax\s+)?(?:year|yr)\b")
_FULL: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class LineKind:
    """What a line is: `what` is withdrawal, contribution, returned, left_out; empty: not told."""

    what: str = ""
    kind: str = "normal"
    giver: str = "self"
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    phrases: tuple[str, ...]
    unless: tuple[str, ...]
    sign: int
    told: LineKind


def kind_of(words: Sequence[str], sign: int) -> LineKind:
    """Return what a line is by the first of its texts that tells; `sign` of its amount, -1 or 1.

    The other texts may still say that it was the employer who gave.
    """
    for text in words:
        plain = f" {plain_head(text)} "
        for entry in _entries():
            if entry.sign not in {0, sign} or any(each in plain for each in entry.unless):
                continue
            if any(each in plain for each in entry.phrases):
                return _by_employer(entry.told, words)
    return LineKind()


def tax_year_in(texts: Sequence[str], year: int) -> int | None:
    """Return the tax year that texts name; `year` is that of the day of the contribution."""
    for text in texts:
        if found := _TAX_YEAR.search(text):
            return int(next(filter(None, found.groups())))
        if _PRIOR.search(text):
            return year - 1
        if _CURRENT.search(text):
            return year
    return None


def tax_year_of(cell: str) -> int | None:
    """Return the year of a column of tax years, or None where it names none or is no year."""
    found = _FULL.search(cell)
    return int(found[0]) if found else None


def method_of(text: str) -> str:
    """Return the way to pay that a text names; `other` where it is not known."""
    plain = f" {plain_head(text)} "
    fitting = (method for method, phrases in _methods() if any(each in plain for each in phrases))
    return next(fitting, "other")


def _by_employer(told: LineKind, words: Sequence[str]) -> LineKind:
    if told.what == "contribution" and told.giver == "self":
        said = " ".join(map(plain_head, words))
        if "employer" in said.split():
            return LineKind("contribution", giver="employer")
    return told


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(map(_entry, resource_json("imports", "kinds.json")["kinds"]))


def _entry(told: Any) -> _Entry:
    kind = LineKind(
        told["is"], told.get("kind", "normal"), told.get("giver", "self"), told.get("why", "")
    )
    phrases, unless = _spaced(told["phrases"]), _spaced(told.get("unless", ()))
    return _Entry(phrases, unless, told.get("sign", 0), kind)


@cache
def _methods() -> tuple[tuple[str, tuple[str, ...]], ...]:
    told = resource_json("imports", "methods.json")["methods"]
    return tuple((each["method"], _spaced(each["phrases"])) for each in told)


def _spaced(phrases: Sequence[str]) -> tuple[str, ...]:
    return tuple(f" {phrase} " for phrase in phrases)
