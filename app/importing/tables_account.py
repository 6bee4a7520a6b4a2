"""A row of a custodian's table as money that left an account or came into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.errors import UserError
from app.domain.money import Money
from app.importing.benefits import RefusedRow
from app.importing.tables_cells import Cells, NotALineError
from app.importing.tables_kinds import kind_of, tax_year_in, tax_year_of

_NO_AMOUNT: Final = "This line has no amount. Add it in the file, or enter the line by hand."
_NO_DAY: Final = "This line has no date. Add it in the file, or enter the line by hand."
_ZERO: Final = "of $0.00"
_FIRST: Final = date(2004, 1, 1)
_TOO_EARLY: Final = (
    "This line is dated {}. There were no health savings accounts before 2004 (26 U.S.C. 223). "
    "Correct it in the file."
)
_RETURNED: Final = (
    "This is money that went back into the account after a withdrawal ({}). Note it on that "
    "withdrawal, as money returned."
)
_UNKNOWN: Final = (
    "The line does not say what this money is ({}). Enter it by hand: a contribution, a "
    "rollover, or money returned."
)
_TURNED: Final = (
    "This {} has the other sign than those of the same kind in this file ({}): it may take one "
    "back. Enter it by hand."
)
NO_YEAR: Final = "The file does not say for which year; the year of the day was taken."


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """Money that moved: `amount` above zero; `signed` as the table has it.

    `what` is withdrawal or contribution. `tax_year` is that of a contribution; `is_year_told`
    whether the file names it. `account` is the cell that names the account, if there is one.
    """

    row: int
    on: date
    amount: Money
    signed: Money
    what: str
    kind: str = "normal"
    giver: str = "self"
    tax_year: int = 0
    is_year_told: bool = True
    text: str = ""
    reference: str = ""
    account: str = ""
    account_number: str = ""

    @property
    def note(self) -> str:
        """What a person wants to know besides."""
        return "" if self.is_year_told else NO_YEAR


def account_line(cells: Cells) -> AccountLine:
    """Read a row.

    Raises:
        NotALineError: it is interest, a fee, an investment: nothing that the program keeps.
        UserError: it cannot become a line; the sentence says why.
    """
    cells.refuse_foreign()
    amount = _signed(cells)
    on = next(filter(None, map(cells.past_day, ("date", "paid", "served"))), None)
    if on is None:
        raise UserError(_NO_DAY)
    if on < _FIRST:
        raise UserError(_TOO_EARLY.format(on.isoformat()))
    texts = [text for role in ("kind", "what", "category", "note") if (text := cells.text(role))]
    sign = -1 if amount < Money() else 1
    told = kind_of(texts, sign)
    shown = " · ".join(dict.fromkeys(texts))[:200]
    if told.what == "left_out" or amount == Money():
        raise NotALineError(f"{told.why or _ZERO}: {shown}" if shown else told.why or _ZERO)
    if told.what == "returned":
        raise UserError(_RETURNED.format(shown[:80]))
    if not told.what and sign > 0:
        raise UserError(_UNKNOWN.format(shown[:80]))
    year = tax_year_of(cells.text("tax_year")) or tax_year_in(texts, on.year)
    return AccountLine(
        row=cells.row,
        on=on,
        amount=Money(abs(amount.cents)),
        signed=amount,
        what=told.what or "withdrawal",
        kind=told.kind,
        giver=told.giver,
        tax_year=year or on.year,
        is_year_told=year is not None or told.what != "contribution",
        text=shown,
        reference=cells.text("reference"),
        account=cells.text("account"),
        account_number=cells.text("account_number"),
    )


def settled(lines: Sequence[AccountLine]) -> tuple[list[AccountLine], list[RefusedRow]]:
    """Return the lines whose sign is that of their kind in this table, and refusals of the others.

    Some tables print withdrawals as negative amounts and some do not; within one table a line
    of the other sign takes an earlier one back.
    """
    kept: list[AccountLine] = []
    refused: list[RefusedRow] = []
    usual = {what: _usual_sign(lines, what) for what in ("withdrawal", "contribution")}
    for line in lines:
        if (line.signed < Money()) == usual[line.what]:
            kept.append(line)
        else:
            refused.append(RefusedRow(line.row, _TURNED.format(line.what, line.text[:80])))
    return kept, refused


def _usual_sign(lines: Sequence[AccountLine], what: str) -> bool:
    """Return whether lines of a kind are negative here: as one would expect, if any is."""
    signs = Counter(line.signed < Money() for line in lines if line.what == what)
    expected = what == "withdrawal"
    return expected if signs[expected] else not expected


def _signed(cells: Cells) -> Money:
    if (amount := cells.amount("amount")) is not None:
        return amount
    coming, leaving = cells.amount("amount_in"), cells.amount("amount_out")
    if coming is None and leaving is None:
        raise UserError(_NO_AMOUNT)
    return Money(abs((coming or Money()).cents) - abs((leaving or Money()).cents))
