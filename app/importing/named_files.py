"""What the name of a receipt's file tells: `2021-01-01 - bob doctor - $45.00.reimbursed.pdf`.

People who keep receipts in folders for their HSA name them so: the day, who and where, the amount,
and whether it was reimbursed. Only the name is looked at, never the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.errors import UserError
from app.domain.money import Money
from app.importing.tables_values import read_amount, read_day

_NAME: Final = re.compile(
    r"(?P<day>\d{4}[-._]\d{1,2}[-._]\d{1,2})\s*[-–—_ ]\s*"
    r"(?P<words>\S.{0,200}?)\s*[-–—_ ]\s*"
    r"(?P<amount>(?:US)?\$\s?[\d.,]{1,20}\d|[\d,]{1,16}\.\d\d|[\d.]{1,16},\d\d)"
    r"(?P<flags>(?:[-–—_. ()\[\]]+[A-Za-z]+[)\]]?)*?)"
    r"(?:[-_ ]?\(\d{1,3}\))?"  # the mark of a second download
    r"\.[A-Za-z0-9]{1,5}"
)
_REIMBURSED: Final = re.compile(r"\breimbursed\b", re.IGNORECASE)
_KNOWN_FLAGS: Final = frozenset(("reimbursed", "receipt", "paid", "copy", "scan"))
_PARTED: Final = re.compile(r"\s+[-–—]\s+|\s*_\s*")
_OTHER: Final = (
    "The name of this file does not tell an expense. Name it like “2021-01-01 - bob doctor - "
    "$45.00.pdf”, or enter the expense by hand."
)
_ZERO: Final = "The name of this file tells no amount above zero."


@dataclass(frozen=True, slots=True)
class NamedReceipt:
    """What a name tells; `words` are who and where, in the parts into which the name puts them."""

    on: date
    words: tuple[str, ...]
    amount: Money
    is_reimbursed: bool


def receipt_named(name: str) -> NamedReceipt:
    """Read the name of a file.

    Raises:
        UserError: it is no such name, its day does not exist, or its amount cannot be read.
    """
    found = _NAME.fullmatch(" ".join(name.split()))
    if not found:
        raise UserError(_OTHER)
    flags = {flag.casefold() for flag in re.findall("[A-Za-z]+", found["flags"])}
    if not flags <= _KNOWN_FLAGS:
        raise UserError(_OTHER)
    amount = read_amount(found["amount"])
    if amount <= Money():
        raise UserError(_ZERO)
    parts = tuple(filter(None, _PARTED.split(found["words"].strip(" -–—_"))))
    if not parts:
        raise UserError(_OTHER)
    day = read_day(re.sub(r"[._]", "-", found["day"]))
    return NamedReceipt(day, parts, amount, bool(_REIMBURSED.search(found["flags"])))
