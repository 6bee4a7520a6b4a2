"""What holds for every test: a home of its own, a fixed zone, no window, and nothing left behind.

A test fails when it leaves a thread, a child process or a temporary file, or when something logs a
warning that the test did not announce with `expected_warnings`. Internet sockets are blocked by
pytest-socket (see `addopts`), and every Python and Qt warning is an error.
"""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psutil
import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

ZONE = "America/Chicago"
"""A zone with summer time, and never UTC: a day that is off by one must show."""

GRACE_SECONDS = 2.0
"""How long a thread or a child that is already ending may take to be gone."""

ROOMS_WITH_A_WINDOW = ("ui", "e2e")
PATIENCE_MS = 30_000
"""How long a window may take to show something: on a busy machine much longer than for a person."""

JOURNEY_SECONDS = 500
"""A journey has readers of papers run, which stand back behind all else on a busy machine."""

DEEP_SECONDS = 3600
"""A test of the deep run tries every crash point, or a thousand examples."""

# The suite tries the same examples each time, so that what passes here passes for everybody; only
# the deep run looks for new ones.
settings.register_profile("suite", database=None, deadline=None, max_examples=60, derandomize=True)
settings.register_profile("deep", database=None, deadline=None, max_examples=1000)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("claimbinder")
    group.addoption("--deep", action="store_true", help="also run the tests marked `deep`")
    group.addoption("--onscreen", action="store_true", help="show the windows while testing")


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["TZ"] = ZONE
    if hasattr(time, "tzset"):
        time.tzset()
    settings.load_profile("deep" if config.getoption("--deep") else "suite")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the deep tests unless asked for; keep all tests with a window in one process."""
    for item in items:
        room = item.path.relative_to(Path(__file__).parent).parts[0]
        if room in ROOMS_WITH_A_WINDOW:
            item.add_marker(pytest.mark.xdist_group("window"))
        if room == "e2e":
            item.add_marker(pytest.mark.timeout(JOURNEY_SECONDS))
    if config.getoption("--deep"):
        for item in items:
            item.add_marker(pytest.mark.timeout(DEEP_SECONDS))
        return
    deep = [item for item in items if item.get_closest_marker("deep")]
    if deep:
        config.hook.pytest_deselected(items=deep)
        items[:] = [item for item in items if not item.get_closest_marker("deep")]


class PatientBot(QtBot):
    """Waits for windows as long as a busy machine needs."""

    def waitUntil(  # noqa: N802 - the name is pytest-qt's
        self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS
    ) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(  # noqa: N802 - the name is pytest-qt's
        self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any
    ) -> Any:
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: Any, request: pytest.FixtureRequest) -> QtBot:
    """The hands and eyes of a test with a window."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    base = tmp_path_factory.mktemp("homes")
    numbers = count(1)
    return (base / str(number) for number in numbers)


@pytest.fixture(autouse=True)
def home(_homes: Iterator[Path]) -> Iterator[Path]:
    """The person's home folder during this test, with every other place that hangs on it."""
    place = next(_homes)
    temporary = place / "tmp"
    runtime = place / "run"
    for folder in (place, temporary, runtime):
        folder.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(place))
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(place / name.lower()))
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        for name in ("TMPDIR", "TEMP", "TMP"):
            patch.setenv(name, str(temporary))
        patch.setattr(tempfile, "tempdir", str(temporary))
        yield place
    left = sorted(path.name for path in temporary.iterdir() if not path.name.startswith("pymp-"))
    assert not left, f"left in the folder for temporary files: {left}"


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + GRACE_SECONDS
    for thread in _our_threads() - before:
        thread.join(max(0.0, until - time.monotonic()))
    left = sorted(thread.name for thread in _our_threads() - before)
    assert not left, f"threads left running: {left}"


def _our_threads() -> set[threading.Thread]:
    """All threads but those that only look like one: Qt's own, seen when they call Python."""
    return {
        thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)
    }


@pytest.fixture(autouse=True)
def _no_child_process_is_left() -> Iterator[None]:
    before = _children()
    yield
    started = [psutil.Process(pid) for pid in _children() - before if psutil.pid_exists(pid)]
    ours = [child for child in started if not _serves_multiprocessing(child)]
    _, left = psutil.wait_procs(ours, timeout=GRACE_SECONDS)
    names = [f"{child.pid} {_command(child)}" for child in left]
    for child in left:
        child.kill()
    psutil.wait_procs(left)
    assert not left, f"child processes left running: {names}"


def _children() -> set[int]:
    """The ids of our child processes; Linux tells them a hundred times faster than a search."""
    if (told := Path("/proc/self/task")).is_dir():
        with contextlib.suppress(OSError):  # a thread may end while we look
            return {int(pid) for task in told.iterdir() for pid in _words(task / "children")}
    return {child.pid for child in psutil.Process().children()}


def _words(path: Path) -> list[str]:
    return path.read_text(encoding="ascii").split()


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())[:200]
    except psutil.Error:
        return "(ended)"


def _serves_multiprocessing(process: psutil.Process) -> bool:
    """Python's own resource tracker stays for the whole run by design."""
    return "multiprocessing.resource_tracker" in _command(process)


class _LogWatch(logging.Handler):
    """Keeps what is logged at WARNING or above, and what was announced."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[str] = []
        self.announced: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(f"{record.name}: {record.getMessage()}")

    def verdict(self) -> str:
        """What is wrong with the log of this test; empty when all is well."""
        surprises = [line for line in self.seen if not any(text in line for text in self.announced)]
        missing = [text for text in self.announced if not any(text in line for line in self.seen)]
        return " · ".join(
            [f"logged without being announced: {line}" for line in surprises]
            + [f"announced but never logged: {text}" for text in missing]
        )


@pytest.fixture(autouse=True)
def _log_watch() -> Iterator[_LogWatch]:
    watch = _LogWatch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    verdict = watch.verdict()
    assert not verdict, verdict


@pytest.fixture
def expected_warnings(_log_watch: _LogWatch) -> Callable[[str], None]:
    """Announce a warning: `expected_warnings("part of its text")`; it must then be logged."""
    return _log_watch.announced.append
