"""Help with the cost: programs applied to, cash prices asked for, estimates given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.domain.money import Money

KINDS: Final = ("program", "quote", "estimate")
"""An assistance program; a cash price; a good faith estimate before care."""

ANSWERS: Final = ("", "approved", "partly", "refused")


@dataclass(frozen=True, kw_only=True, slots=True)
class Aid:
    """An application or a quote. `amount` is what was granted, quoted or estimated.

    `papers` says what was sent with it; `due_on` when an answer or renewal is due.
    """

    id: str
    kind: str = "program"
    name: str
    what: str = ""
    claim_id: str | None = None
    person_id: str | None = None
    provider_id: str | None = None
    asked_on: date | None = None
    papers: str = ""
    due_on: date | None = None
    answered_on: date | None = None
    answer: str = ""
    amount: Money | None = None
    until_on: date | None = None
    document_id: str | None = None
    note: str = ""
    author_id: str | None = None
    added_at: datetime
    trashed_at: datetime | None = None
