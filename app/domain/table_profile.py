"""How the columns of a portal's table are to be taken, as a person once said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class TableProfile:
    """A mapping that is remembered. `headers` are those it was made for, `mapping` its JSON."""

    id: str
    name: str
    headers: str
    mapping: str
    author_id: str | None = None
    added_at: datetime
