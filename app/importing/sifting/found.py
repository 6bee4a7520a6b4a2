"""What a sifter gives back: a value and the span of the paper's text that it was read from."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.fact import WindowSaid


@dataclass(frozen=True, slots=True)
class Found:
    """A value read at `start` to `end` of `Paper.text`; the other fields as in `Fact`."""

    name: str
    value: str | WindowSaid
    start: int
    end: int
    score: float
    note: str = ""
    row: int | None = None
