"""The tables of claims, bills and notices: what each column is, and the amounts of each row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.money import Money
from app.importing.sifting.amount_roles import (
    head_role,
    is_amount_column,
    is_running,
    is_total,
    row_role,
)
from app.importing.sifting.amounts import Amount, amount_of
from app.importing.sifting.bare_amounts import with_bare_amounts
from app.importing.sifting.pieces import Piece, PieceRow
from app.importing.sifting.tables import Table, TableRow, tables_in

_SHARES: Final = frozenset({"deductible", "copay", "coinsurance", "cost_share"})
_OF_A_NOTICE: Final = frozenset({"allowed", "discount", "not_covered", "patient_owes"})
_OF_A_CLAIM: Final = 4
"""Columns, with what was billed, beside which “Amount remaining” is a step of the sum."""
_NOTICE: Final = "eob"
_BILL: Final = "itemized_bill"
_PERCENT: Final = re.compile(r"%\W{0,3}$|\bpercent$", re.IGNORECASE)
_ALLOWED: Final = re.compile(r"\ballow", re.IGNORECASE)
_CODE: Final = re.compile(r"(?:^|\d{2}[/-]\d{2,4} )(?:\d{5}|[A-V]\d{4})\b")


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A line or a total of a claim: its amounts by role, and the texts beside them."""

    page: int
    amounts: Mapping[str, Amount]
    texts: tuple[Piece, ...]
    is_total: bool

    @property
    def span(self) -> tuple[int, int]:
        """From its first to its last piece in the paper's text."""
        starts = [item.start for item in (*self.texts, *self.amounts.values())]
        ends = [item.end for item in (*self.texts, *self.amounts.values())]
        return min(starts), max(ends)


@dataclass(frozen=True, slots=True)
class ClaimTable:
    """A table whose columns say what their amounts are.

    `is_whole` says that all of its columns of amounts do.
    """

    rows: tuple[ClaimRow, ...]
    is_whole: bool


def claim_tables(rows: Sequence[PieceRow], kind: str | None) -> tuple[ClaimTable, ...]:
    """Return the tables of claims, in order; a table goes on below a break or on the next page."""
    found: list[ClaimTable] = []
    known: tuple[Table, tuple[str | None, ...]] | None = None

    def is_head(text: str) -> bool:
        return row_role(text, kind or _NOTICE) is not None or is_amount_column((text,), kind)

    for table in tables_in(
        with_bare_amounts(rows, is_head),
        lambda text: row_role(text, kind or _NOTICE) is not None,
    ):
        turned = tuple(_turned(table, kind))
        if turned:
            found.append(ClaimTable(turned, is_whole=True))
            continue
        roles = _roles(table, kind)
        if roles is None:
            known = None
            continue
        if not any(roles):
            if not known or not table.continues(known[0]):
                continue
            roles = _carried(table, known)
        else:
            known = table, roles
        read = tuple(_rows(table, roles, kind))
        if read:
            pairs = zip(table.columns, roles, strict=True)
            is_whole = all(role for column, role in pairs if column.money)
            found.append(ClaimTable(_with_bare_total(read), is_whole))
    return tuple(found)


def _roles(table: Table, kind: str | None) -> tuple[str | None, ...] | None:
    """Return the roles of the columns; None for a table about limits, sums of a year, plans."""
    roles = [head_role(column.head, kind) for column in table.columns]
    running = [column.money and is_running(" ".join(column.head)) for column in table.columns]
    known = {role for role, runs in zip(roles, running, strict=True) if role and not runs}
    if any(running) and not ("billed" in known and len(known) >= _OF_A_CLAIM):
        return None
    roles = [None if runs else role for role, runs in zip(roles, running, strict=True)]
    roles = _without_echoes(table, roles)
    noticed = [head_role(column.head, _NOTICE) for column in table.columns]
    if kind is None and "billed" in noticed and _OF_A_NOTICE & set(noticed):
        roles = noticed
    money = [at for at, column in enumerate(table.columns) if column.money]
    bill = _BILL if kind in {None, _NOTICE} and _has_codes(table) else kind
    plain = [at for at in money if is_amount_column(table.columns[at].head, bill)]
    others = [at for at in money if at not in plain]
    if "billed" not in roles and len(plain) == 1 and all(roles[at] for at in others):
        roles[plain[0]] = "billed"
    if any(roles) and {role for role in roles if role} <= _SHARES and len(money) > 1:
        return None
    return tuple(role if role and roles.count(role) == 1 else None for role in roles)


def _without_echoes(table: Table, roles: list[str | None]) -> list[str | None]:
    """Return the roles without those of rates, of answers, and of what another column says better.

    “Co-ins %” is a rate and “Approved?” answers yes or no. A dentist's fee may be approved by the
    network and allowed by the plan: the latter counts.
    """
    of_money = {role for column, role in zip(table.columns, roles, strict=True) if column.money}
    kept = list(roles)
    for at, column in enumerate(table.columns):
        is_rate = bool(_PERCENT.search(" ".join(column.head))) and not _has_cents(table, at)
        if is_rate or (not column.money and roles[at] in of_money):
            kept[at] = None
    allowed = [at for at, role in enumerate(kept) if role == "allowed"]
    surest = [at for at in allowed if _ALLOWED.search(" ".join(table.columns[at].head))]
    if len(surest) == 1:
        kept = [None if at in allowed and at not in surest else kept[at] for at in range(len(kept))]
    return kept


def _has_cents(table: Table, at: int) -> bool:
    """Say whether something in a column is printed with a currency or with cents."""
    cells = [cell for row in table.rows if (cell := row.cells[at])]
    return any("." in cell.text or "$" in cell.text for cell in cells)


def _has_codes(table: Table) -> bool:
    """Say whether the rows of a table with one column of amounts name procedures by their code."""
    rows = [row for row in table.rows if any(_CODE.search(piece.text) for piece in row.texts)]
    return bool(rows) and sum(1 for column in table.columns if column.money) == 1


def _turned(table: Table, kind: str | None) -> Iterator[ClaimRow]:
    """Yield the lines of a table on its side: roles before its rows, a line in each column."""
    named = [
        (role.role, row)
        for row in table.rows
        if row.texts and (role := row_role(row.texts[0].text, kind or _NOTICE))
    ]
    roles = [role for role, _ in named]
    wide = all(len(row.amounts) > 1 for _, row in named)
    if len(roles) < 2 or not wide or len(set(roles)) < len(roles) or set(roles) <= _SHARES:
        return
    for at, column in enumerate(table.columns):
        head = " ".join(column.head)
        amounts = {
            role: cell.amount for role, row in named if (cell := row.cells[at]) and cell.amount
        }
        if amounts and not is_running(head):
            yield ClaimRow(named[0][1].page, _positive(amounts), (), is_total(head))


def _carried(table: Table, known: tuple[Table, tuple[str | None, ...]]) -> tuple[str | None, ...]:
    """Return the roles of an earlier table for one with the same columns of amounts."""
    earlier, roles = known
    names = [role for role, column in zip(roles, earlier.columns, strict=True) if column.money]
    at = iter(names)
    return tuple(next(at) if column.money else None for column in table.columns)


def _rows(table: Table, roles: tuple[str | None, ...], kind: str | None) -> Iterator[ClaimRow]:
    named = sum(1 for role in roles if role)
    for row in table.rows:
        label = " ".join(piece.text for piece in row.texts)
        if is_running(label) or (len(row.amounts) == 1 and _names_itself(row, named, kind)):
            continue
        amounts = {
            role: amount
            for role, cell in zip(roles, row.cells, strict=True)
            if role and cell and (amount := cell.amount or _bare(cell))
        }
        if amounts and not (named == 1 and _is_taken_off(amounts)):
            first = row.texts[0].text if row.texts else ""
            yield ClaimRow(
                row.page,
                _positive(amounts),
                _beside(row, amounts),
                is_total(first) or is_total(label),
            )


def _names_itself(row: TableRow, columns: int, kind: str | None) -> bool:
    """Say whether a row with one amount, like “Amount you owe  $60.00”, is none of the table."""
    names = [row_role(piece.text, kind) for piece in row.texts]
    return columns > 2 or any(name and name.role != "total" for name in names)


def _is_taken_off(amounts: Mapping[str, Amount]) -> bool:
    """Say whether a row in the one column of a bill is a payment or credit, not a charge."""
    billed = amounts.get("billed")
    return bool(billed) and billed.money < Money()


def _bare(cell: Piece) -> Amount | None:
    """Return the amount of a cell such as “45” in a column of amounts; five digits are a code."""
    amount = None if _CODE.fullmatch(cell.text) else amount_of(cell.text)
    return amount and replace(amount, start=cell.start, end=cell.end)


def _beside(row: TableRow, amounts: Mapping[str, Amount]) -> tuple[Piece, ...]:
    starts = {amount.start for amount in amounts.values()}
    return tuple(piece for piece in row.texts if piece.start not in starts)


def _positive(amounts: Mapping[str, Amount]) -> Mapping[str, Amount]:
    """Return amounts without the minus of a column that is subtracted; a reversed line keeps it."""
    billed = amounts.get("billed")
    if billed and billed.money < Money():
        return amounts
    return {
        role: replace(amount, money=Money(abs(amount.money.cents)))
        for role, amount in amounts.items()
    }


def _with_bare_total(rows: tuple[ClaimRow, ...]) -> tuple[ClaimRow, ...]:
    """Mark a last row without words that is the sum of the rows above it."""
    last, lines = rows[-1], [row for row in rows[:-1] if not row.is_total]
    if last.texts or len(lines) < 2 or len(lines) < len(rows) - 1:
        return rows
    sums = {
        role: sum((row.amounts[role].money for row in lines if role in row.amounts), Money())
        for role in last.amounts
    }
    if any(last.amounts[role].money != total for role, total in sums.items()):
        return rows
    return (*rows[:-1], replace(last, is_total=True))
