"""OFX and QFX, the download of banks for money programs, as a table of transactions.

Both forms are read: the older one without closing tags (SGML), and XML. Only what a custodian's
statement of an account says is taken (`STMTTRN`, also inside of `INVBANKTRAN`): investments stay
out of the ledger.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from app.importing.tables_text import RawRow, clean_cell

HEAD: Final = (
    "Transaction ID", "Date", "Transaction Type", "Payee", "Memo", "Amount", "Currency", "Account",
)  # fmt: skip
"""The columns of the table that is made of such a file."""

_HEAD_BYTES: Final = 4096
_OPENS: Final = re.compile(r"OFXHEADER|<OFX>", re.IGNORECASE)
_TAG: Final = re.compile(r"<(/?)([A-Za-z0-9.]{1,32})>([^<]{0,2000})")


def is_ofx(text: str) -> bool:
    """Say whether a text is a file of this kind."""
    return bool(_OPENS.search(text[:_HEAD_BYTES]))


def rows_of_ofx(text: str) -> Iterator[RawRow]:
    """Yield a head and one row for each transaction; `row` is the line on which it begins."""
    yield RawRow(1, HEAD)
    around = {"CURDEF": "", "ACCTID": ""}
    told: dict[str, str] | None = None
    row, counted = 1, 0
    for tag in _TAG.finditer(text):
        name, ends = tag[2].upper(), bool(tag[1])
        if name == "STMTTRN":
            if told is not None:
                yield RawRow(row, _cells(told))
            row += text.count("\n", counted, tag.start())
            counted = tag.start()
            told = None if ends else dict(around)
        elif not ends:
            known = around if told is None else told
            known[name] = clean_cell(html.unescape(tag[3])) or known.get(name, "")
    if told is not None:
        yield RawRow(row, _cells(told))


def _cells(told: dict[str, str]) -> tuple[str, ...]:
    day = told.get("DTPOSTED", "")[:8]
    currency = told.get("CURSYM", told["CURDEF"])
    rest = (told.get(name, "") for name in ("TRNTYPE", "NAME", "MEMO", "TRNAMT"))
    return told.get("FITID", ""), day, *rest, currency, told["ACCTID"]
