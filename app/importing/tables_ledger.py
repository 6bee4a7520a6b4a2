"""A row of a portal's table as a line of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.domain.errors import UserError
from app.domain.money import Money
from app.importing.tables_cells import Cells
from app.importing.tables_kinds import method_of

_NO_AMOUNT: Final = "This line has no amount. Add it in the file, or enter the line by hand."
_ZERO: Final = "This line is of $0.00: nothing to pay. It is not entered."
_NEGATIVE: Final = (
    "This line is of money that came back ({}). Enter it as a refund of the line that had been "
    "paid."
)
_NO_DAY: Final = "This line has no date. Add the date of service or of payment in the file."
_FAR: Final = "This line is dated {}, which is too far ahead to be right. Correct it in the file."
_BOTH: Final = "The file says that the share of the patient is {}."
_NO_DAY_PAID: Final = "The file says that this was paid, but not on which day."
_UNKNOWN_METHOD: Final = "Paid with: {}."
_REIMBURSED: Final = "The file says that it was reimbursed: {}."
_NO: Final = frozenset(("no", "n", "false", "not yet", "unreimbursed", "open", "none", "pending"))
_AHEAD: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """An expense as a table tells it; texts as printed. `paid_on` None is unpaid."""

    row: int
    served_on: date | None
    paid_on: date | None
    amount: Money
    provider: str = ""
    patient: str = ""
    what: str = ""
    category: str = ""
    method: str = "own"
    reference: str = ""
    claim_number: str = ""
    note: str = ""
    is_reimbursed: bool = False


def ledger_line(cells: Cells) -> LedgerLine:
    """Read a row.

    Raises:
        UserError: it cannot become a line; the sentence says why.
    """
    cells.refuse_foreign()
    amount, is_paid, notes = _amount(cells)
    served_on, paid_on = _days(cells, is_paid=is_paid)
    if is_paid and paid_on is None:
        notes.append(_NO_DAY_PAID)
    is_reimbursed = _says_yes(cells.text("reimbursed"))
    if is_reimbursed:
        notes.append(_REIMBURSED.format(cells.text("reimbursed")[:80]))
    method = "own"
    if paid_on and (said := cells.text("method")):
        method = method_of(said)
        if method == "other":
            notes.append(_UNKNOWN_METHOD.format(said[:80]))
    return LedgerLine(
        row=cells.row,
        served_on=served_on,
        paid_on=paid_on,
        amount=amount,
        provider=cells.text("provider"),
        patient=cells.text("patient"),
        what=cells.text("what") or cells.text("kind"),
        category=cells.text("category"),
        method=method,
        reference=cells.text("reference"),
        claim_number=cells.text("claim_number"),
        note=" ".join(filter(None, (cells.text("note"), *notes))),
        is_reimbursed=is_reimbursed,
    )


def _says_yes(text: str) -> bool:
    """Say whether a column “reimbursed” means that something came back."""
    return bool(text.strip("-–—$0. ")) and text.casefold() not in _NO


def _amount(cells: Cells) -> tuple[Money, bool, list[str]]:
    """Return what a line is about, whether it was paid, and what else to note."""
    paid, owed = cells.amount("paid_amount"), cells.amount("owed_amount")
    if paid is not None and paid != Money():
        notes = [_BOTH.format(owed)] if owed not in {None, Money(), paid} else []
        return _positive(paid), True, notes
    coming = cells.amount("amount_in")
    given = (owed, cells.amount("amount"), cells.amount("amount_out"), coming and -coming, paid)
    found = [each for each in given if each is not None]
    if not found:
        raise UserError(_NO_AMOUNT)
    return _positive(next((each for each in found if each != Money()), Money())), False, []


def _positive(amount: Money) -> Money:
    if amount < Money():
        raise UserError(_NEGATIVE.format(-amount))
    if amount == Money():
        raise UserError(_ZERO)
    return amount


def _days(cells: Cells, *, is_paid: bool) -> tuple[date | None, date | None]:
    """Return the days of service and of payment.

    A table that has one column of days and tells how or how much was paid means the payment by
    it, any other the service. Where it has a column of what was paid, a line without such an
    amount is unpaid, whatever other day it names.
    """
    served_on, paid_on = cells.day("served"), cells.past_day("paid")
    if cells.has("date"):
        tells_payment = is_paid or bool(cells.text("method"))
        if cells.has("served") or (tells_payment and not cells.has("paid")):
            paid_on = paid_on or (cells.past_day("date") if tells_payment else None)
        else:
            served_on = cells.day("date")
    if served_on and served_on > cells.latest + _AHEAD:
        raise UserError(_FAR.format(served_on.isoformat()))
    if served_on is None and paid_on is None:
        raise UserError(_NO_DAY)
    if cells.has("paid_amount") and not is_paid:
        return served_on or paid_on, None
    return served_on, paid_on
