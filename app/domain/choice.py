"""Choices that hold for a whole binder; undo takes them back like any other change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

BUFFER_DAYS: Final = "buffer_days"
"""How many calendar days before the last day a person wants to have filed."""

SUGGESTED_BUFFER_DAYS: Final = 7
"""What the window suggests: many programs count the day of receipt, not of mailing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One choice by its name; the value is text in a form that its reader knows."""

    id: str
    value: str


def buffer_days_of(choice: Choice | None) -> int:
    """Return the days that a person keeps in reserve: none until they chose some."""
    return int(choice.value) if choice else 0
