"""Amounts of a table that OCR must have misread: alone they break both their line and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.domain.eob_sums import EobAmounts, sums
from app.domain.money import Money
from app.importing.sifting.claim_tables import ClaimRow, ClaimTable
from app.importing.sifting.paper import Paper

DOUBT: Final = 0.5
"""What the score of such an amount is multiplied by."""
_NOTE: Final = "This amount does not add up with the others of its line and column."
_MOST_LINES: Final = 60  # of one claim; a longer one is left alone
_FIXED: Final = 2  # sums that close with another value in one place: a column's and a line's

_Claim = tuple[Sequence[ClaimRow], ClaimRow]


def misread_amounts(paper: Paper, tables: Sequence[ClaimTable]) -> Mapping[int, str]:
    """Return where in the text misread amounts begin, with what to say of each.

    Only pages that were read by OCR count: what is printed may not add up either, but then it is
    what the paper says.
    """
    scanned = {item.page for item in paper.written if item.word.score < 1}
    return {
        start: _NOTE
        for lines, total in _claims(tables)
        if scanned >= {row.page for row in (*lines, total)} and len(lines) <= _MOST_LINES
        for start in _suspects(lines, total)
    }


def _claims(tables: Sequence[ClaimTable]) -> Iterator[_Claim]:
    """Yield the lines of each claim that the paper adds up, with their totals."""
    lines: list[ClaimRow] = []
    for row in (row for table in tables for row in table.rows):
        if not row.is_total:
            lines.append(row)
        else:
            if lines:
                yield lines, row
            lines = []


def _suspects(lines: Sequence[ClaimRow], total: ClaimRow) -> Iterator[int]:
    """Yield the one amount of each column that disagrees whose change closes the most sums."""
    rows = [_money(row) for row in (*lines, total)]
    open_sums = _open(rows)
    for role, said in rows[-1].items():
        column = [row.get(role) for row in rows[:-1]]
        known = [money for money in column if money is not None]
        apart = said - sum(known, Money())
        if len(known) < len(column) or not apart.cents:
            continue
        left = [
            _open(_changed(rows, at, role, money + (apart if at < len(known) else -apart)))
            for at, money in enumerate((*known, said))
        ]
        least = min(left)
        if open_sums - least >= _FIXED and left.count(least) == 1:
            yield (*lines, total)[left.index(least)].amounts[role].start


def _open(rows: Sequence[Mapping[str, Money]]) -> int:
    """Count the sums of lines and totals that do not close."""
    *lines, total = [EobAmounts.of(row) for row in rows]
    return len(sums(lines, total))


def _money(row: ClaimRow) -> dict[str, Money]:
    return {role: amount.money for role, amount in row.amounts.items()}


def _changed(
    rows: Sequence[Mapping[str, Money]], at: int, role: str, money: Money
) -> list[Mapping[str, Money]]:
    return [{**row, role: money} if number == at else row for number, row in enumerate(rows)]
