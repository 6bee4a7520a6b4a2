"""The rows of a table as lines of a ledger or of an account, each with its line in the file.

No row is lost: each becomes a line, is refused with a sentence, or is left out with a reason; what
stands around the table is named too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.domain.errors import UserError
from app.domain.money import Money
from app.importing.benefits import RefusedRow
from app.importing.tables_account import AccountLine, account_line, settled
from app.importing.tables_cells import Cells, NotALineError, columns_of
from app.importing.tables_kinds import kind_of
from app.importing.tables_ledger import LedgerLine, ledger_line
from app.importing.tables_profile import GENERIC, Head, same_head
from app.importing.tables_text import RawRow
from app.importing.tables_values import (
    DayOrder,
    has_digit,
    looks_like_day,
    order_of,
    read_amount,
)
from app.importing.tables_words import (
    AMOUNT_ROLES,
    DATE_ROLES,
    generic_roles,
    plain_head,
    plain_heads,
)

_TOO_MANY_CELLS: Final = (
    "This line has more cells than the table has columns. A comma inside of a text or an amount "
    "needs quotation marks around it; mend it in the file, or enter the line by hand."
)
_TOTALS: Final = frozenset(("total", "totals", "subtotal", "grand", "sum", "balance"))
_INVESTMENT: Final = "an investment"
_MOST_SHOWN: Final = 12
_WORDS: Final = frozenset(("what", "provider", "patient", "category", "note", "kind", "method"))
_THOUSANDS: Final = re.compile(r"[-(]?\$?-?\d{1,3}")
_REST: Final = re.compile(r"\d{3}(?:\.\d\d)?[-)]?")
_LOOKED_AT: Final = 500


@dataclass(frozen=True, slots=True)
class TableLines:
    """What a table tells. `gives` is ledger, account or investments; the lists are by line.

    `outside` are lines of the file that are no lines of the table: words above and below it,
    its head once more, totals.
    """

    gives: str
    ledger: tuple[LedgerLine, ...] = ()
    account: tuple[AccountLine, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    left_out: tuple[RefusedRow, ...] = ()
    outside: tuple[int, ...] = ()
    orders: Mapping[str, DayOrder] = field(default_factory=dict[str, DayOrder])


def lines_of(rows: Sequence[RawRow], head: Head, gives: str, latest: date) -> TableLines:
    """Return what all rows below a head say; `latest` is the last day that can have been."""
    body = rows[head.at + 1 :]
    orders = _orders(body, head)
    reader = _Reader(head, gives, latest, orders)
    for row in rows[: head.at]:
        reader.outside.append(row.row)
    for row in body:
        reader.take(row)
    account, returned = settled(reader.account)
    refused = sorted((*reader.refused, *returned), key=lambda each: each.row)
    return TableLines(
        gives,
        tuple(reader.ledger),
        tuple(account),
        tuple(refused),
        tuple(reader.left_out),
        tuple(sorted(reader.outside)),
        orders,
    )


def likely_table(rows: Sequence[RawRow], head: Head) -> str:
    """Return whether rows under a head that may be of both are of a ledger or of an account.

    They are of an account if the words of most say what moves there: contributions, interest.
    """
    columns = columns_of(head.roles)
    at = columns.get("kind", columns.get("what"))
    texts = [row.cells[at] for row in rows[head.at + 1 :][:_LOOKED_AT]
             if at is not None and at < len(row.cells) and row.cells[at]]  # fmt: skip
    told = sum(bool(kind_of([text], 0).what) for text in texts)
    return "account" if told * 2 > len(texts) else "ledger"


def _orders(body: Sequence[RawRow], head: Head) -> dict[str, DayOrder]:
    """Return the order of the days of all columns of days; a profile knows its own."""
    columns = {role: at for at, role in enumerate(head.roles) if role in DATE_ROLES}
    told = order_of(row.cells[at] for row in body for at in columns.values() if len(row.cells) > at)
    return dict.fromkeys(columns, DayOrder(head.order) if head.order else told)


class _Reader:
    """Takes the rows of one table, one after another."""

    def __init__(
        self, head: Head, gives: str, latest: date, orders: Mapping[str, DayOrder]
    ) -> None:
        self._head, self._gives, self._latest, self._orders = head, gives, latest, orders
        self._columns = columns_of(head.roles)
        self._width = len(head.roles)
        self._has_digits = any(map(has_digit, head.heads))
        self.ledger: list[LedgerLine] = []
        self.account: list[AccountLine] = []
        self.refused: list[RefusedRow] = []
        self.left_out: list[RefusedRow] = []
        self.outside: list[int] = []

    def take(self, row: RawRow) -> None:
        """Take one row."""
        if row.reason:
            self.refused.append(RefusedRow(row.row, row.reason))
        elif self._is_head(row.cells) or self._is_outside(row.cells):
            self.outside.append(row.row)
        elif any(row.cells[self._width :]) or self._is_torn(row.cells):
            self.refused.append(RefusedRow(row.row, _TOO_MANY_CELLS))
        else:
            self._read(row)

    def _read(self, row: RawRow) -> None:
        cells = Cells(row, self._columns, self._orders, self._latest)
        try:
            if self._gives == "ledger":
                self.ledger.append(ledger_line(cells))
            elif self._gives == "account":
                self.account.append(account_line(cells))
            else:
                raise NotALineError(_INVESTMENT)
        except NotALineError as told:
            self.left_out.append(RefusedRow(row.row, str(told)))
        except UserError as error:
            self.refused.append(RefusedRow(row.row, str(error)))

    def _is_torn(self, cells: Sequence[str]) -> bool:
        """Say whether an amount was torn at the comma of its thousands: `$1` and `600.00`."""
        words = {at for role, at in self._columns.items() if role in _WORDS}
        for role in AMOUNT_ROLES & self._columns.keys():
            at = self._columns[role]
            is_doubtful = len(cells) > self._width or at + 1 in words
            if (
                is_doubtful
                and at + 1 < len(cells)
                and _THOUSANDS.fullmatch(cells[at])
                and _REST.fullmatch(cells[at + 1])
            ):
                return True
        return False

    def _is_head(self, cells: Sequence[str]) -> bool:
        """Say whether a row is a head again; its columns may stand in another order from there."""
        if any(map(has_digit, cells)) or sum(map(bool, cells)) < 2:
            return self._has_digits and same_head(self._head, cells)
        if same_head(self._head, cells):
            return True
        heads = plain_heads(cells)
        if sorted(filter(None, heads)) == sorted(filter(None, self._head.heads)):
            known = dict(zip(self._head.heads, self._head.roles, strict=False))
            roles = tuple(known.get(head, "") for head in heads)
        elif self._head.profile == GENERIC:
            roles = generic_roles(heads)
        else:
            return False
        if not (DATE_ROLES & set(roles) and AMOUNT_ROLES & set(roles)):
            return False
        self._columns, self._width = columns_of(roles), len(roles)
        return True

    def _is_outside(self, cells: Sequence[str]) -> bool:
        """Say whether a row belongs to what stands around a table: remarks, and its totals."""
        filled = [cell for cell in cells if cell]
        days = self._cells(cells, DATE_ROLES)
        amounts = self._cells(cells, AMOUNT_ROLES)
        if any(map(looks_like_day, days)):
            return False
        if len(filled) <= 1:
            return not (filled and filled[0] in amounts and _is_amount(filled[0]))
        if not any(map(has_digit, days)) and set(plain_head(filled[0]).split()[:2]) & _TOTALS:
            return True
        has_numbers = any(map(has_digit, (*days, *amounts)))
        return not has_numbers and len(cells) != len(self._head.roles)

    def _cells(self, cells: Sequence[str], roles: frozenset[str]) -> list[str]:
        places = (at for role, at in self._columns.items() if role in roles)
        return [cells[at] for at in places if at < len(cells) and cells[at]]


def _is_amount(text: str) -> bool:
    try:
        return read_amount(text) != Money()
    except UserError:
        return False


def ranges(numbers: Sequence[int]) -> str:
    """Return line numbers as people write them: `1–3, 7, 12–15`."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    shown = [f"{a}–{b}" if b > a else str(a) for a, b in spans[:_MOST_SHOWN]]
    return ", ".join(shown) + (" …" if len(spans) > _MOST_SHOWN else "")
