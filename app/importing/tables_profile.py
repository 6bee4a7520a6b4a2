"""Which table this is and what its columns are: by a profile, a saved mapping, or the words.

A profile is data (`resources/imports`). `generic` knows no layout, only words of heads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

from app.importing.tables_text import RawRow
from app.importing.tables_values import has_digit, looks_like_day
from app.importing.tables_words import (
    AMOUNT_ROLES,
    DATE_ROLES,
    generic_roles,
    plain_head,
    plain_heads,
    roles_by_content,
)
from app.resources import resource_json

GENERIC: Final = "generic"
READY_MADE: Final = ("healthequity", "inspira", "fidelity", "ofx")
"""The profiles of custodians, in the order in which a head is compared with them."""
TABLES: Final = ("ledger", "account", "investments")
"""What a table holds: expenses, money into and out of an account, or what was bought with it."""

_SEARCHED: Final = 200  # rows in which a head is looked for
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
    return plain_heads(cells) == head.heads


def likely_heads(rows: Sequence[RawRow]) -> tuple[int, tuple[str, ...]]:
    """Return the row that most likely names columns, for a person to say what they are.

    It is the first of those with the most cells that hold words and no digits.
    """
    scores = [
        (sum(bool(cell) and not has_digit(cell) for cell in row.cells), -at)
        for at, row in enumerate(rows[:_SEARCHED])
    ]
    count, at = max(scores, default=(0, 0))
    return (-at, rows[-at].cells) if count else (0, ())


def table_of(roles: Iterable[str]) -> str:
    """Return whether columns are those of a ledger or of an account; empty if it may be both."""
    known = set(roles)
    if "tax_year" in known or (known & _OF_ACCOUNT and not known & _OF_LEDGER):
        return "account"
    return "ledger" if known & _OF_LEDGER else ""


def _first_head(rows: Sequence[RawRow], name: str, layout: Layout) -> Head | None:
    for at, row in enumerate(rows[:_SEARCHED]):
        heads = plain_heads(row.cells)
        if roles := layout.roles(heads):
            return Head(at, heads, roles, layout.gives, name, layout.order)
    return None


def _head_by_words(rows: Sequence[RawRow]) -> Head | None:
    """Return the row of which the most columns are known, if a day and an amount are among them."""
    best: Head | None = None
    for at, row in enumerate(rows[:_SEARCHED]):
        heads = plain_heads(row.cells)
        if len(heads) < 2 or any(map(looks_like_day, row.cells)):
            continue
        roles = generic_roles(heads)
        known = set(roles)
        if not (known & DATE_ROLES and known & AMOUNT_ROLES):
            continue
        if best is None or _count(roles) > _count(best.roles):
            best = Head(at, heads, roles, "", GENERIC)
    return _looked_into(rows, best) if best else None


def _looked_into(rows: Sequence[RawRow], head: Head) -> Head:
    """Return a head whose columns are also what stands in them."""
    below = rows[head.at + 1 :][:_SEARCHED]
    columns = [
        [row.cells[at] for row in below if at < len(row.cells)] for at in range(len(head.roles))
    ]
    roles = roles_by_content(head.roles, columns)
    return replace(head, roles=roles, gives=table_of(roles))


def _count(roles: Iterable[str]) -> int:
    return sum(map(bool, roles))
