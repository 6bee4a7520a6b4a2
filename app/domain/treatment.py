"""Treatments tried: what was given, for how long, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

ROUTES: Final = ("", "oral", "infusion", "injection", "topical", "inhaled", "therapy", "other")
"""How it was given; `therapy` is anything that is not a drug."""

PRODUCTS: Final = ("", "commercial", "compounded")
"""Whether a drug was a commercial product or made by a compounding pharmacy."""

OUTCOMES: Final = (
    "", "helped", "helped_some", "no_effect", "reaction", "not_tolerated", "stopped", "ongoing",
)  # fmt: skip
"""What came of it; empty while nobody has said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Treatment:
    """One drug or therapy. `began` and `ended` are a year, a month or a day (`partial_day`).

    `document_id` names the paper that proves it, `page` the page of that paper.
    """

    id: str
    claim_id: str
    what: str
    route: str = ""
    product: str = ""
    dose: str = ""
    began: str = ""
    ended: str = ""
    outcome: str = ""
    reaction: str = ""
    provider_id: str | None = None
    document_id: str | None = None
    page: int | None = None
    note: str = ""
    author_id: str | None = None
    added_at: datetime
    trashed_at: datetime | None = None
