"""A claim: one thing that was asked of an insurer, and the fight about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

STATUSES: Final = ("open", "denied", "appealed", "won", "lost", "closed")
"""Where a claim stands; a denial, a sending and an answer move it, or the person does."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """The folder on the desk: papers, calls, money and dates belong to one.

    `asks_units` of `asks_unit` (“infusions”) from `asks_from` until `asks_until` are what was asked
    for, to compare with what is approved in the end. The codes are those of the request, parted by
    spaces.
    """

    id: str
    title: str
    person_id: str | None = None
    plan_id: str | None = None
    number: str = ""
    provider: str = ""
    service_on: date | None = None
    status: str = "open"
    asks_for: str = ""
    note: str = ""
    author_id: str | None = None
    added_at: datetime
    trashed_at: datetime | None = None
    provider_id: str | None = None
    facility_id: str | None = None
    diagnosis_codes: str = ""
    service_codes: str = ""
    asks_units: int | None = None
    asks_unit: str = ""
    asks_from: date | None = None
    asks_until: date | None = None
