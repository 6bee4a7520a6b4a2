"""Who was asked to pay for a cent that the household had paid: each cent by one at most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.domain.money import Money

PAYERS: Final = ("hsa", "fsa", "hra", "deducted")
"""The health savings account, the two arrangements of an employer, the itemized deduction."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Allocation:
    """A part of a paid expense that is claimed from a payer; the database adds up all of them.

    `withdrawal_id` is the distribution that paid an `hsa` part; `tax_year` the return on which a
    `deducted` part was taken. 26 U.S.C. 223(d)(2)(A), Notice 2004-2 Q&A-26, Publication 969.
    """

    id: str
    expense_id: str
    payer: str
    amount: Money
    on: date | None = None
    withdrawal_id: str | None = None
    tax_year: int | None = None
    document_id: str | None = None
    note: str = ""
    author_id: str | None = None
    added_at: datetime
