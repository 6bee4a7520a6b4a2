"""The whole program for a journey: its own start, a real binder, real workers, real windows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import ui.main as program
from app.binder import Binder
from tests.e2e.person import Journey, Person
from tests.quick_schema import new_binders_are_quick  # noqa: F401 - a fixture
from tests.ui.collecting import looked_for_here  # noqa: F401 - a fixture
from tests.ui.desktop import Desktop, own_desktop
from ui.errors import ErrorDesk
from ui.memory import Memory
from ui.style import Style

TODAY = date(2026, 8, 18)
NOW = datetime(2026, 8, 18, 15, 0, tzinfo=UTC)
SHOTS = "CLAIMBINDER_SHOTS"
"""Name a folder in this variable to find the pictures of the journeys there."""


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture
def binder_root(tmp_path: Path) -> Path:
    return tmp_path / "binder"


@pytest.fixture
def prepared(binder_root: Path) -> Iterator[Binder]:
    """An own binder to prepare before the program opens it; close it first."""
    with Binder.create(binder_root, now=lambda: NOW) as binder:
        yield binder


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    with own_desktop() as made:
        yield made


@pytest.fixture
def person(qapp: QApplication, request: pytest.FixtureRequest, tmp_path: Path) -> Person:
    named = os.environ.get(SHOTS)
    return Person((Path(named) if named else tmp_path / "shots") / request.node.name)


@pytest.fixture
def style(qapp: QApplication) -> Iterator[Style]:
    made = Style(qapp, "light", 100)
    yield made
    made.choose_percent(100)
    made.deleteLater()


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """What the program remembers on this computer."""
    return Memory(tmp_path / "settings.json")


@pytest.fixture
def live(
    qapp: QApplication, person: Person, style: Style, memory: Memory, desktop: Desktop
) -> Iterator[Callable[..., int]]:
    """Go through a journey in the program: `live(journey, "--binder", root)`; return its status."""
    errors = ErrorDesk()

    def run(journey: Journey, *words: object) -> int:
        asked = program._words(["--today", TODAY.isoformat(), *map(str, words)])
        started = program.Started(qapp, style, memory, errors, asked)
        return person.live(journey, lambda: program._work(started))

    yield run
    errors.deleteLater()
