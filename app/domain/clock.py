"""A time that runs by a rule: a step of one's own, an answer the plan owes, a thing asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

CLOCK_KINDS: Final = ("step", "decision", "request")
"""`step` is the person's own; `decision` the payer's, on an appeal; `request` runs for whoever was
asked for papers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """One running time with the dates it is counted from; its entry in the calendar names it.

    `rule_id` is a deadline rule for a `step`, a decision clock or a request clock otherwise.
    `started_on` is the day on which an appeal or a request reached its reader, as far as known,
    else the day it was sent; `at` (“14:30”) and `zone` (an IANA name) are kept where the law
    counts hours. A clock runs until it is answered or waived. One that runs without an entry in
    the calendar has no date that may be named, and is shown as undated.
    """

    id: str
    kind: str
    rule_id: str
    title: str
    asked_of: str = ""
    claim_id: str | None = None
    denial_id: str | None = None
    sending_id: str | None = None
    document_id: str | None = None
    notice_on: date | None = None
    received_on: date | None = None
    service_on: date | None = None
    bill_on: date | None = None
    action_on: date | None = None
    started_on: date | None = None
    at: str = ""
    zone: str = ""
    answered_on: date | None = None
    waived_on: date | None = None
    note: str = ""
    author_id: str | None = None
    added_at: datetime

    @property
    def is_running(self) -> bool:
        """Return whether it was neither answered nor waived."""
        return self.answered_on is None and self.waived_on is None
