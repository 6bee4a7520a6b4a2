"""A telephone call with an insurer, a provider, or anyone else who promised something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """Who said what, when, under which reference number; `called_at` is UTC."""

    id: str
    claim_id: str | None = None
    called_at: datetime
    zone: str = ""
    with_whom: str = ""
    department: str = ""
    phone: str = ""
    reference: str = ""
    note: str = ""
    promise: str = ""
    promise_by: date | None = None
    minutes: int | None = None
    author_id: str | None = None
    added_at: datetime
    trashed_at: datetime | None = None
    outcome: str = ""
