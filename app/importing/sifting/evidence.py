"""What speaks for a name having a role on a paper."""

from __future__ import annotations

from dataclasses import dataclass

from app.importing.sifting.names import Name


@dataclass(frozen=True, slots=True)
class Evidence:
    """A name, the role it seems to have, and how far, from 0 to 1, this place tells so."""

    role: str
    name: Name
    score: float
