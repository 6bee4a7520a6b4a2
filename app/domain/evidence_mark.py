"""What a person said of an item of the evidence checklist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

STATES: Final = ("asked", "not_needed", "proved")
"""`asked`: somebody was asked for it. `not_needed`: it does not apply. `proved`: a paper is it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceMark:
    """One mark on one item (its id in the evidence list) of one denial.

    For `proved`, `document_id` is the paper; an item may have several. For `asked`, `asked_of` and
    `asked_on` tell who was asked and when; the day to ask again is a due item that names the mark.
    """

    id: str
    denial_id: str
    item: str
    state: str
    document_id: str | None = None
    asked_of: str = ""
    asked_on: date | None = None
    note: str = ""
    author_id: str | None = None
    added_at: datetime
