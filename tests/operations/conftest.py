"""A real binder in a temporary place, with a clock that stands still unless told to go on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.binder import Binder
from app.operations.rules import rule_book


class Clock:
    """Tells the same moment until `pass_by`."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, **time: float) -> None:
        self.moment += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def binder(tmp_path: Path, clock: Clock) -> Iterator[Binder]:
    with Binder.create(tmp_path / "binder", now=clock) as opened:
        yield opened


@pytest.fixture
def book():
    return rule_book()


@pytest.fixture
def paper(tmp_path: Path):
    """Make a small file of text; each name has its own content."""

    def make(name: str, content: str | None = None) -> Path:
        path = tmp_path / "papers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if content is not None else f"This is {name}.", encoding="utf-8")
        return path

    return make
