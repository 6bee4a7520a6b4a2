"""The dates a person wants to see in another calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One day to look at: a deadline, a promise, a renewal, a personal stop date.

    `id` stays the same for the life of the record, so that a calendar which takes the file in
    again moves the day instead of showing it twice. `title` and `detail` may name illnesses,
    people and insurers; whoever writes the file decides whether they may leave the binder.
    """

    id: str
    on: date
    title: str
    detail: str
    kind: str
