"""What must not be forgotten although no date for it may be named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

UNDATED_KINDS: Final = ("fast_appeal", "keep_benefits", "denial", "step", "answer", "request")
"""In the order in which they stand: what can save a treatment today comes first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Undated:
    """One thing that stands above the calendar until it has a date or is settled.

    `sentence` says what to do now and `how` in which ways; `ask` is the question that would bring
    a date. `since` is the day from which `days_since` count: the letter's, or that of the request.
    """

    kind: str
    title: str
    sentence: str
    how: tuple[str, ...] = ()
    ask: str | None = None
    claim_id: str | None = None
    claim: str | None = None
    patient: str | None = None
    insurer: str = ""
    phone: str = ""
    denial_id: str | None = None
    clock_id: str | None = None
    document_id: str | None = None
    level: int | None = None
    since: date | None = None
    source: str = ""
    verification: str = ""

    def days_since(self, today: date) -> int | None:
        """Return the days from `since` to `today`; None where it is not known or yet to come."""
        if self.since is None or self.since > today:
            return None
        return (today - self.since).days
