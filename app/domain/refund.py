"""Money that came back for an expense, from whomever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.domain.money import Money

GIVERS: Final = ("provider", "insurer", "assistance", "settlement", "other")
"""Who gave it back: who had been paid, a plan that paid after all, a program, a court case."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Refund:
    """A part of a paid expense that came back; a fact, whoever has claimed that part meanwhile."""

    id: str
    expense_id: str
    came_on: date
    amount: Money
    giver: str = "provider"
    document_id: str | None = None
    note: str = ""
    author_id: str | None = None
    added_at: datetime
