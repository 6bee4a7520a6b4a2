"""What was sent out, to whom and how: the proof against “we never got it”."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

WAYS: Final = ("certified_mail", "mail", "fax", "portal", "by_hand", "other")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sending:
    """One packet that left the house. `bundle_sha256` names the exact file, where one was made."""

    id: str
    claim_id: str
    denial_id: str | None = None
    sent_on: date
    way: str = "other"
    to: str = ""
    tracking: str = ""
    pages: int | None = None
    bundle_sha256: str | None = None
    note: str = ""
    author_id: str | None = None
    added_at: datetime
