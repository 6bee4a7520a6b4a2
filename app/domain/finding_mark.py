"""What a person said of something that stood out in the money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

STATES: Final = ("as_printed", "settled", "not_so")
"""The paper does say so; it has been seen to; it is no fault."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingMark:
    """An answer to a finding; the id names the finding and what it is about."""

    id: str
    state: str
    note: str = ""
    author_id: str | None = None
    added_at: datetime
