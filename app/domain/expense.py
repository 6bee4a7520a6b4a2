"""Money that left the house for care."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.domain.money import Money

METHODS: Final = ("own", "hsa", "fsa", "hra", "other")
SOURCES: Final = ("typed", "eob", "csv")


@dataclass(frozen=True, kw_only=True, slots=True)
class Expense:
    """One line of the ledger; `paid_on` None means not paid yet.

    `reference` is the identifier of the line in the file or paper that it came from.
    """

    id: str
    served_on: date | None = None
    paid_on: date | None = None
    provider: str = ""
    person_id: str | None = None
    category: str = ""
    amount: Money
    method: str = "own"
    claim_id: str | None = None
    document_id: str | None = None
    source: str = "typed"
    note: str = ""
    author_id: str | None = None
    added_at: datetime
    trashed_at: datetime | None = None
    reference: str = ""
