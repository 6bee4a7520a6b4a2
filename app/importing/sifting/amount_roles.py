"""What an amount is called: the roles of labels, heads and rows. The words are data."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from app.resources import resource_json

FACT_ROLES: Final = (
    "billed", "discount", "allowed", "not_covered", "deductible", "copay", "coinsurance",
    "plan_paid", "patient_owes", "patient_paid", "total",
)  # fmt: skip
"""The roles that are names of facts. Others (`other_paid`, `cost_share`, `reduction`) only count
in the sums of a claim."""

RUNNING_BALANCE: Final = frozenset({"balance"})
"""Patterns of what a bill is at that moment: nothing says that it is paid, and in a column it runs
from line to line."""
_OPEN_END: Final = re.compile(r"\b(?:or|and|of|not|by|to|for|than|de|o|y|no|por)\W*$")
_DATE: Final = re.compile(r"^\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?\s+")
_LONGEST: Final = 90  # characters of a label that is compared
_MARKERS: Final = re.compile(r"^\s*\(?(?:[a-z]|\d{1,2})[.)]\s+|^[\s*•·+=–—-]+")
_FOOTNOTE: Final = re.compile(r"[*†‡§¹²³⁴]+|\((?:[a-z0-9]{1,2}|see [a-z ]{1,20})\)")
_AND: Final = re.compile(r"\s*[/&+]\s*")
_GENITIVE: Final = re.compile(r"['’]s?\b|['’]")
_BRACKETS: Final = re.compile(r"\([^()]{0,60}\)")


@dataclass(frozen=True, slots=True)
class Named:
    """A pattern of the data file with its name."""

    name: str
    role: str
    pattern: re.Pattern[str]


def role_of(label: str, kind: str | None = None) -> str | None:
    """Return what amounts under this label or head are; None where it does not say so for sure."""
    named = named_role(label, kind)
    return named.role if named else None


@lru_cache(maxsize=4096)
def named_role(label: str, kind: str | None = None) -> Named | None:
    """Return the pattern that a label fulfils as a whole."""
    if len(label) > _LONGEST:
        return None
    whole = folded(label)
    for text in dict.fromkeys((whole, folded(_BRACKETS.sub(" ", label)))):
        for named in (*_roles_of_kind(kind), *_roles()):
            if text and named.pattern.fullmatch(text):
                return named
    return None


def row_role(text: str, kind: str | None = None) -> Named | None:
    """Return what the words of a row make its amount, such as “Insurance payment - Acme Health”."""
    bare = _DATE.sub("", text)
    return named_role(bare, kind) or named_role(bare.split(" - ", 1)[0], kind)


def head_role(lines: tuple[str, ...], kind: str | None = None) -> str | None:
    """Return the role of a column; titles that stand over its head are left away."""
    for first in range(len(lines)):
        if first and _OPEN_END.search(plain(lines[first - 1])):
            continue
        text = " ".join(lines[first:]).replace("- ", "-")
        broken = " ".join(lines[first:]).replace("- ", "")
        named = named_role(text, kind) or named_role(broken, kind)
        if named:
            return None if named.name in RUNNING_BALANCE else named.role
    return None


def is_amount_column(lines: tuple[str, ...], kind: str | None) -> bool:
    """Say whether a column of a bill simply has its amounts, without saying more."""
    data = _data()["amount_columns"]
    texts = [folded(" ".join(lines[first:])) for first in range(len(lines))]
    return kind in data["kinds"] and any(
        re.fullmatch(item["pattern"], text) for item in data["patterns"] for text in texts
    )


def is_total(label: str) -> bool:
    """Say whether a row with this text sums up the rows above it."""
    text = folded(label[:_LONGEST])
    return any(item.pattern.fullmatch(text) for item in _named("totals"))


def is_running(text: str) -> bool:
    """Say whether a text is about a year's sums, limits, estimates or fees, not about one claim."""
    bare = _exceptions().sub(" ", plain(text))
    return any(item.pattern.search(bare) for item in _named("running"))


def roles_for(kind: str | None) -> frozenset[str]:
    """Return which roles the amounts of a paper of this kind may have."""
    for group in _data()["kinds"]:
        if kind in group["kinds"]:
            return frozenset(group["roles"])
    return frozenset(FACT_ROLES)


def folded(label: str) -> str:
    """Return a label as the patterns see it: lower case, no accents, no signs but spaces."""
    text = _FOOTNOTE.sub(" ", plain(label))
    text = _GENITIVE.sub("", _AND.sub(" and ", _MARKERS.sub("", text)))
    words = re.sub(r"[^a-z0-9# ]+", " ", text).split()
    long: dict[str, str] = _data()["abbreviations"]
    return " ".join(long.get(word, word) for word in words)


def plain(text: str) -> str:
    """Return a text in lower case and without accents."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@cache
def _data() -> dict[str, Any]:
    return resource_json("reading", "amounts.json")


@cache
def _roles() -> tuple[Named, ...]:
    return tuple(_compiled(role, item) for role in _data()["roles"] for item in _items(role))


def _items(role: str) -> list[dict[str, str]]:
    return _data()["roles"][role]


@cache
def _roles_of_kind(kind: str | None) -> tuple[Named, ...]:
    return tuple(
        _compiled(role, item)
        for group in _data()["by_kind"]
        if kind in group["kinds"]
        for role, items in group["roles"].items()
        for item in items
    )


def _compiled(role: str, item: dict[str, str]) -> Named:
    parts: dict[str, str] = _data()["parts"]
    core = _filled(item["pattern"])
    whole = f"(?:{parts['prefix']} ){{0,2}}(?:{core})(?: {parts['suffix']})?"
    return Named(item["name"], role, re.compile(whole))


def _filled(pattern: str) -> str:
    return re.sub(r"\{([a-z]+)\}", lambda found: _data()["parts"][found[1]], pattern)


@cache
def _named(group: str) -> tuple[Named, ...]:
    return tuple(Named(item["name"], group, re.compile(item["pattern"])) for item in _data()[group])


@cache
def _exceptions() -> re.Pattern[str]:
    return re.compile(_data()["running_except"])
