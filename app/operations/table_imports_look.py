"""What a person sees of a table before it is imported: its columns, with examples of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.binder import Binder
from app.importing.tables_profile import GENERIC
from app.importing.tables_text import RawRow
from app.operations.table_imports import OpenTable, TableChoice, found_head
from app.operations.table_imports_profiles import known_profiles

_MOST_EXAMPLES: Final = 3
_MOST_ROWS: Final = 6

LEDGER_ROLES: Final = (
    "served", "paid", "date", "provider", "patient", "what", "category", "paid_amount",
    "owed_amount", "amount", "method", "reimbursed", "claim_number", "reference", "note",
    "currency",
)  # fmt: skip
ACCOUNT_ROLES: Final = (
    "date", "kind", "what", "amount", "amount_in", "amount_out", "tax_year", "reference",
    "account", "account_number", "note", "currency",
)  # fmt: skip
"""What the columns of each kind of table may be, in the order in which a form offers them."""


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A column: its head as printed and as it is remembered, what it is, and what stands in it."""

    head: str
    plain: str
    role: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenTable:
    """A table before it is imported. `is_known`: a profile fits, nobody need look at the columns.

    `profile` is the title of the profile; `rows` are the first below the head.
    """

    profile: str
    is_known: bool
    gives: str
    columns: tuple[SeenColumn, ...]
    rows: tuple[tuple[str, ...], ...]


def see_table(binder: Binder, table: OpenTable, choice: TableChoice) -> SeenTable:
    """Return the columns of a table, even where nothing is known of them.

    Raises:
        UserError: the chosen profile does not fit, or there is none of that name.
    """
    head = found_head(binder, table, choice)
    raw = table.raw.rows
    below = raw[head.at + 1 :]
    printed = raw[head.at].cells if raw else ()
    columns = tuple(
        SeenColumn(printed[at], plain, role, _examples(below, at))
        for at, (plain, role) in enumerate(zip(head.heads, head.roles, strict=True))
    )
    titles = {each.name: each.title for each in known_profiles(binder)}
    rows = tuple(row.cells[: len(columns)] for row in below[:_MOST_ROWS])
    return SeenTable(
        titles.get(head.profile, head.profile), head.profile != GENERIC, head.gives, columns, rows
    )


def _examples(rows: Sequence[RawRow], at: int) -> tuple[str, ...]:
    """Return the first different texts of a column."""
    found: dict[str, None] = {}
    for row in rows[:200]:
        if at < len(row.cells) and row.cells[at]:
            found[row.cells[at]] = None
        if len(found) == _MOST_EXAMPLES:
            break
    return tuple(found)
