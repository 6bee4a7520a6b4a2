"""Bills: what a provider asks to be paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.domain.money import Money

STATES: Final = ("open", "disputed", "plan", "collections", "settled")
"""To be paid, held because it is doubted or under appeal, paid in instalments, with a collector,
or done: paid, waived or withdrawn."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bill:
    """A bill or statement. `amount` is what it asks for now, `charges` its full charges.

    `waived` is what the provider let go of (charity, discount, adjustment) after the bill.
    """

    id: str
    amount: Money
    claim_id: str | None = None
    person_id: str | None = None
    provider_id: str | None = None
    provider: str = ""
    number: str = ""
    served_on: date | None = None
    billed_on: date | None = None
    due_on: date | None = None
    charges: Money | None = None
    waived: Money | None = None
    state: str = "open"
    code: str = ""
    document_id: str | None = None
    note: str = ""
    author_id: str | None = None
    added_at: datetime
    trashed_at: datetime | None = None
