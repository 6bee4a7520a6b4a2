"""Prior authorizations: care that the plan was asked to approve before it is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

STATUSES: Final = ("asked", "approved", "partly", "denied", "ended")
"""Where an authorization stands; `ended` means that its time or its units are used up."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Authorization:
    """One request for approval and what became of it.

    `units` are what was approved of `unit` (“infusions”, “visits”), `asked_units` what was asked
    for, `used` how many were given so far. `last_session_on` is the last session that is approved
    where the payer cuts a series short: the time to ask again runs before that day. `renew_by` is
    the person's own day to ask for the next one; it stands in the calendar.
    """

    id: str
    claim_id: str | None = None
    plan_id: str | None = None
    provider_id: str | None = None
    document_id: str | None = None
    denial_id: str | None = None
    number: str = ""
    service: str = ""
    codes: str = ""
    status: str = "asked"
    asked_on: date | None = None
    answered_on: date | None = None
    asked_units: int | None = None
    units: int | None = None
    unit: str = ""
    used: int | None = None
    from_on: date | None = None
    until_on: date | None = None
    last_session_on: date | None = None
    renew_by: date | None = None
    note: str = ""
    author_id: str | None = None
    added_at: datetime
    trashed_at: datetime | None = None
