"""Which table this is and what its columns are: by a profile, a saved mapping, or the words.

A profile is data (`resources/imports`). `generic` knows no layout, only words of heads.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from app.importing.tables_text import RawRow
from app.importing.tables_values import has_digit, looks_like_day
from app.resources import resource_json

ROLES: Final = (
    "served", "paid", "date", "provider", "patient", "what", "category", "method", "reference",
    "claim_number", "paid_amount", "owed_amount", "amount", "amount_in", "amount_out", "currency",
    "kind", "tax_year", "account", "account_number", "note",
)  # fmt: skip
"""What a column may be; an empty text is a column that is not taken."""
DATE_ROLES: Final = frozenset(("served", "paid", "date"))
AMOUNT_ROLES: Final = frozenset(("paid_amount", "owed_amount", "amount", "amount_in", "amount_out"))
GENERIC: Final = "generic"
READY_MADE: Final = ("healthequity", "inspira", "fidelity", "ofx")
"""The profiles of custodians, in the order in which a head is compared with them."""
TABLES: Final = ("ledger", "account", "investments")
"""What a table holds: expenses, money into and out of an account, or what was bought with it."""

_SEARCHED: Final = 200  # rows in which a head is looked for
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD: Final = re.compile(r"[a-z0-9]+")
_OF_ACCOUNT: Final = frozenset(("kind", "tax_year", "amount_in", "amount_out"))
_OF_LEDGER: Final = frozenset(
    ("served", "provider", "patient", "owed_amount", "paid_amount", "claim_number", "method")
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of table: roles by the plain words of their heads.

    `beside` are heads that must be there too, `more` the roles of heads that may be there.
    `order` is that of its days; empty: as the days themselves tell.
    """

    gives: str
    columns: Mapping[str, str]
    more: Mapping[str, str] = field(default_factory=dict[str, str])
    beside: frozenset[str] = frozenset()
    order: str = ""

    def roles(self, heads: Sequence[str]) -> tuple[str, ...] | None:
        """Return the role of each column of a row of heads, or None if it is another table."""
        if not (set(self.columns) | self.beside) <= set(heads):
            return None
        known = {**self.more, **self.columns}
        taken: set[str] = set()
        roles: list[str] = []
        for head in heads:
            role = known.get(head, "")
            roles.append("" if role in taken else role)
            taken.add(role)
        return tuple(roles)


@dataclass(frozen=True, slots=True)
class Profile:
    """The tables of one portal, under the name that a person uses."""

    name: str
    title: str
    layouts: tuple[Layout, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The row of a file that names its columns, and what they are."""

    at: int  # place among the rows of the file
    heads: tuple[str, ...]
    roles: tuple[str, ...]
    gives: str
    profile: str
    order: str = ""


def plain_head(text: str) -> str:
    """Return the words of a head: `ServiceDate`, `Service_Date` and `SERVICE DATE` are the same."""
    bare = unicodedata.normalize("NFKD", _CAMEL.sub(" ", text)).replace("#", " number ")
    return " ".join(_WORD.findall(bare.casefold()))


@cache
def ready_made() -> tuple[Profile, ...]:
    """Return the profiles of custodians that come with the program."""
    return tuple(_profile(resource_json("imports", f"{name}.json")) for name in READY_MADE)


def _profile(told: Any) -> Profile:
    return Profile(told["name"], told["title"], tuple(map(_layout, told["tables"])))


def _layout(told: Any) -> Layout:
    columns = {plain_head(head): role for head, role in told["columns"].items()}
    more = {plain_head(head): role for head, role in told.get("more", {}).items()}
    beside = frozenset(map(plain_head, told["beside"]))
    return Layout(told["gives"], columns, more, beside, told["order"])


def head_of(rows: Sequence[RawRow], profiles: Iterable[Profile], *, by_words: bool) -> Head | None:
    """Return the head of a table: of the first profile that fits, else by its words."""
    for profile in profiles:
        for layout in profile.layouts:
            if found := _first_head(rows, profile.name, layout):
                return found
    return _head_by_words(rows) if by_words else None


def same_head(head: Head, cells: Sequence[str]) -> bool:
    """Say whether a row is the head of the table once more."""
    return tuple(map(plain_head, _trimmed(cells))) == head.heads


def likely_heads(rows: Sequence[RawRow]) -> tuple[int, tuple[str, ...]]:
    """Return the row that most likely names columns, for a person to say what they are.

    It is the first of those with the most cells that hold words and no digits.
    """
    scores = [
        (sum(bool(cell) and not has_digit(cell) for cell in row.cells), -at)
        for at, row in enumerate(rows[:_SEARCHED])
    ]
    count, at = max(scores, default=(0, 0))
    return (-at, _trimmed(rows[-at].cells)) if count else (0, ())


def generic_roles(heads: Sequence[str]) -> tuple[str, ...]:
    """Return what each column is by the words of its head; each role is given once."""
    offers = sorted(
        (
            (-score, rank, column, role)
            for column, head in enumerate(heads)
            for score, rank, role in _fitting(head)
        ),
    )
    roles: dict[int, str] = {}
    for _, _, column, role in offers:
        if column not in roles and (role == "skip" or role not in roles.values()):
            roles[column] = role
    given = [roles.get(column, "") for column in range(len(heads))]
    return tuple(_settled(given))


def table_of(roles: Iterable[str]) -> str:
    """Return whether columns are those of a ledger or of an account; empty if it may be both."""
    known = set(roles)
    if "tax_year" in known or (known & _OF_ACCOUNT and not known & _OF_LEDGER):
        return "account"
    return "ledger" if known & _OF_LEDGER else ""


def _settled(roles: list[str]) -> list[str]:
    """Take a column of unsure amounts only where there is no other; drop what is to be skipped."""
    has_amount = bool(AMOUNT_ROLES & set(roles))
    unsure = "" if has_amount else "amount"
    named = {"skip": "", "amount_maybe": unsure}
    return [named.get(role, role) for role in roles]


def _fitting(head: str) -> Iterable[tuple[int, int, str]]:
    """Yield how well each role fits the words of a head, and its rank among the roles."""
    words = head.split()
    for rank, (role, phrases) in enumerate(_phrases().items()):
        best = max((_score(words, phrase, within) for phrase, within in phrases), default=0)
        if best:
            yield best, rank, role


def _score(words: Sequence[str], phrase: tuple[str, ...], within: bool) -> int:  # noqa: FBT001 - a pair of the table
    if tuple(words) == phrase:
        return 1000
    length = len(phrase)
    if not within or length >= len(words):
        return 0
    stands = any(tuple(words[at : at + length]) == phrase for at in range(len(words) - length + 1))
    return length * 20 - min(len(words), 15) if stands else 0


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], bool], ...]]:
    told: dict[str, list[str]] = resource_json("imports", "generic.json")["words"]
    return {role: tuple(map(_phrase, phrases)) for role, phrases in told.items()}


def _phrase(text: str) -> tuple[tuple[str, ...], bool]:
    words = tuple(text.removeprefix("~").split())
    return words, text.startswith("~") or len(words) > 1


def _first_head(rows: Sequence[RawRow], name: str, layout: Layout) -> Head | None:
    for at, row in enumerate(rows[:_SEARCHED]):
        heads = tuple(map(plain_head, _trimmed(row.cells)))
        if roles := layout.roles(heads):
            return Head(at, heads, roles, layout.gives, name, layout.order)
    return None


def _head_by_words(rows: Sequence[RawRow]) -> Head | None:
    """Return the row of which the most columns are known, if a day and an amount are among them."""
    best: Head | None = None
    for at, row in enumerate(rows[:_SEARCHED]):
        heads = tuple(map(plain_head, _trimmed(row.cells)))
        if len(heads) < 2 or any(map(looks_like_day, row.cells)):
            continue
        roles = generic_roles(heads)
        known = set(roles)
        if not (known & DATE_ROLES and known & AMOUNT_ROLES):
            continue
        if best is None or _count(roles) > _count(best.roles):
            best = Head(at, heads, roles, table_of(roles), GENERIC)
    return best


def _count(roles: Iterable[str]) -> int:
    return sum(map(bool, roles))


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the cells without the empty ones at the end."""
    count = len(cells)
    while count and not cells[count - 1]:
        count -= 1
    return tuple(cells[:count])
