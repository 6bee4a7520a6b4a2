"""A real binder in a temporary place, with a clock that stands still unless told to go on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.binder import Binder
from app.jobs import Silent
from app.operations.intake import add_papers
from app.operations.reading import DocumentReader, read_waiting
from app.operations.rules import rule_book
from tests.importing.small_papers import PdfMaker, text_content
from tests.quick_schema import new_binders_are_quick  # noqa: F401 - a fixture


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


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Binder]:
    """An empty binder for tests of what is refused; whatever they tried, it is as it was."""
    folder = tmp_path_factory.mktemp("untouched")
    with Binder.create(folder / "binder", now=Clock()) as opened:
        yield opened
        assert opened.labels().undo is None, "what was refused left something"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DocumentReader]:
    """Readers of papers whose processes were started once for all tests of a module."""
    folder = tmp_path_factory.mktemp("read first")
    maker = PdfMaker()
    maker.page(text_content(["Dear Maya,"]))
    with DocumentReader() as made:
        with Binder.create(folder / "binder") as binder:
            add_papers(binder, [maker.save(folder / "letter.pdf")], Silent())
            read_waiting(binder, made, Silent())
        yield made


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
