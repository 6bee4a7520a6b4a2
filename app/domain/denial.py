"""A denial: they said no, on a day, for a reason, with time to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

LETTER_SAYS: Final = ("date", "days", "nothing", "unknown")
"""What the letter says about how long one has; `unknown` means that nobody has looked yet."""

COUNTS_FROM: Final = ("notice", "receipt")
"""From which day the letter's own number of days runs."""

STANDINGS: Final = ("open", "appealed", "not_appealing", "answered")
"""`open` needs a date and an appeal; the others no longer stand on Today."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Denial:
    """One “no”, with the dates its clock is counted from. Days are calendar days."""

    id: str
    claim_id: str
    document_id: str | None = None
    notice_on: date | None = None
    received_on: date | None = None
    level: int = 1
    kind: str = ""
    reason: str = ""
    letter_says: str = "unknown"
    letter_date: date | None = None
    letter_days: int | None = None
    letter_counts_from: str = "notice"
    standing: str = "open"
    author_id: str | None = None
    added_at: datetime
