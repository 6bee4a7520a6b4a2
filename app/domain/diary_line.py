"""The diary: one line a day on how it went, and short logs of trials and other programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

KINDS: Final = ("symptom", "session", "trial", "assistance")
"""What a line is about: how the person felt, an infusion or visit, a trial, a program for help."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DiaryLine:
    """One line of one day. `score` is how bad it was, from 0 (not at all) to 10, if said.

    The diary is private: it stays out of a bundle until the person puts it in.
    """

    id: str
    claim_id: str
    on: date
    kind: str = "symptom"
    text: str = ""
    score: int | None = None
    author_id: str | None = None
    added_at: datetime
