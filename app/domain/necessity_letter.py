"""Letters of medical necessity: for whom, for what, from when until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class NecessityLetter:
    """A doctor's letter that ties an item to a diagnosis; evidence, never an approval.

    `covers` has a line for each thing: a category's id, or what the letter names in words.
    """

    id: str
    person_id: str | None = None
    diagnosis: str = ""
    prescriber: str = ""
    provider_id: str | None = None
    covers: str = ""
    signed_on: date | None = None
    from_on: date | None = None
    until_on: date | None = None
    document_id: str | None = None
    note: str = ""
    author_id: str | None = None
    added_at: datetime
    trashed_at: datetime | None = None
