"""Letters that the person writes, from a template filled with what the binder knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """One letter as it stands now. `kind` is the name of its template.

    `document_id` is the paper that was kept of it, the signed one in the end; `signed_on` is the
    day it was signed.
    """

    id: str
    claim_id: str | None = None
    denial_id: str | None = None
    kind: str
    title: str
    body: str
    signed_on: date | None = None
    document_id: str | None = None
    author_id: str | None = None
    changed_at: datetime
    added_at: datetime
    trashed_at: datetime | None = None
