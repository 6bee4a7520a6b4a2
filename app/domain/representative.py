"""Who may speak for the patient, for which plan and level, and the form that says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Representative:
    """One helper who may act for one patient. None for `plan_id` or `level` means all of them.

    `document_id` is the signed form; `signed_on` and `accepted_on` are the days of the patient's
    and the helper's signatures, `sent_on` the day on which the payer was sent it.
    """

    id: str
    person_id: str
    name: str
    relation: str = ""
    helper_id: str | None = None
    plan_id: str | None = None
    level: int | None = None
    document_id: str | None = None
    signed_on: date | None = None
    accepted_on: date | None = None
    sent_on: date | None = None
    valid_until: date | None = None
    address: str = ""
    phone: str = ""
    note: str = ""
    author_id: str | None = None
    added_at: datetime
    trashed_at: datetime | None = None

    def holds(self, on: date, plan_id: str | None, level: int) -> bool:
        """Return whether the form is signed by both and holds on a day for a plan and a level."""
        signed = self.document_id and self.signed_on and self.accepted_on
        in_time = self.valid_until is None or on <= self.valid_until
        fits = self.plan_id in (None, plan_id) and self.level in (None, level)
        return bool(signed) and in_time and fits
