"""Workers shared by the tests of this room, and the option that rewrites golden files."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.workers import Limits, WorkerPool


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("claimbinder")
    group.addoption("--update-golden", action="store_true", help="rewrite the golden files")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten: `pytest tests/exporting --update-golden`."""
    return bool(request.config.getoption("--update-golden", default=False))


@pytest.fixture(scope="session")
def pool() -> Iterator[WorkerPool]:
    """Two workers, started before the first test so that none is taken for a leftover."""
    rooms = ("app.exporting", "tests.exporting")
    with WorkerPool(2, Limits(), rooms=rooms) as workers, ThreadPoolExecutor(2) as callers:
        both = threading.Barrier(2)

        def start() -> None:
            both.wait()
            workers.call("tests.exporting.bundle_tasks:settle", {})

        for call in [callers.submit(start) for _ in range(2)]:
            call.result()
        yield workers
