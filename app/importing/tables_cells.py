"""The cells of one row by what they are, and what every kind of line reads in the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.errors import UserError
from app.domain.money import Money
from app.importing.tables_text import RawRow
from app.importing.tables_values import DayOrder, is_dollars, read_amount, read_day

_FOREIGN: Final = (
    "This line is in “{}”, not in US dollars. Enter it by hand, in dollars, with the rate used."
)
_FUTURE: Final = "This line is dated {}, a day that has not come yet. Correct it in the file."
_FORMULA: Final = frozenset("=+-@＝＋－＠")


class NotALineError(Exception):
    """A row is left out of what is imported; the message says in a few words what it is."""


def columns_of(roles: Sequence[str]) -> dict[str, int]:
    """Return the column of each role."""
    return {role: at for at, role in enumerate(roles) if role}


@dataclass(frozen=True, slots=True)
class Cells:
    """A row, asked by role. `latest` is the last day on which something can have happened."""

    raw: RawRow
    columns: Mapping[str, int]
    orders: Mapping[str, DayOrder]
    latest: date

    @property
    def row(self) -> int:
        """The line in the file."""
        return self.raw.row

    def has(self, role: str) -> bool:
        """Say whether the table has such a column."""
        return role in self.columns

    def text(self, role: str) -> str:
        """Return a cell; empty where there is none.

        The apostrophe that the program's own tables put before what a spreadsheet might run as a
        formula is taken off again.
        """
        at = self.columns.get(role)
        found = self.raw.cells[at] if at is not None and at < len(self.raw.cells) else ""
        if found[:1] == "'" and found[1:].lstrip()[:1] in _FORMULA:
            return found[1:]
        return found

    def day(self, role: str) -> date | None:
        """Return the day of a cell.

        Raises:
            UserError: it is no day.
        """
        shown = self.text(role)
        if not shown:
            return None
        order = self.orders.get(role, DayOrder()).order
        return read_day(shown, order, latest_year=self.latest.year + 1)

    def past_day(self, role: str) -> date | None:
        """Return the day of a cell, on which something has happened.

        Raises:
            UserError: it is no day, or has not come yet.
        """
        found = self.day(role)
        if found and found > self.latest:
            raise UserError(_FUTURE.format(found.isoformat()))
        return found

    def amount(self, role: str) -> Money | None:
        """Return the amount of a cell; None where it is empty or only a dash.

        Raises:
            UserError: it is no amount of dollars.
        """
        shown = self.text(role)
        return read_amount(shown) if shown.strip("-–—$ ") else None

    def refuse_foreign(self) -> None:
        """Refuse a row whose column of currencies does not say dollars."""
        currency = self.text("currency")
        if not is_dollars(currency):
            raise UserError(_FOREIGN.format(currency[:20]))
