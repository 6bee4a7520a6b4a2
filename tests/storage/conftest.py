"""A real binder on a real disk, and the ways in which disks and other programs disturb it."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.binder import Binder
from app.jobs import Silent
from app.operations import intake
from tests.quick_schema import new_binders_are_quick  # noqa: F401 - a fixture

_READ_ANYTHING, _WRITE_ANYTHING = 1 << 2, 1 << 1  # capabilities(7) of root


class Clock:
    """Goes on by one minute with each look."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "binder"


@pytest.fixture
def binder(root: Path, clock: Clock) -> Iterator[Binder]:
    with Binder.create(root, now=clock) as opened:
        yield opened


@pytest.fixture
def add(tmp_path: Path) -> Callable[..., str]:
    """Add a small file of text as a paper and return its id."""

    def add_to(binder: Binder, name: str, words: str = "") -> str:
        path = tmp_path / "papers" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(words or f"This is {name}.", encoding="utf-8")
        (row,) = intake.add_papers(binder, [path], Silent())
        assert row.document_id
        return row.document_id

    return add_to


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("process", ctypes.c_int)]


class _Powers(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")]


@contextmanager
def _without_root_powers() -> Iterator[None]:
    """Obey permissions like anybody else, although the tests run as root."""
    libc = ctypes.CDLL(None)
    header, powers = _Header(0x20080522, 0), (_Powers * 2)()
    assert libc.capget(ctypes.byref(header), powers) == 0
    before = powers[0].effective
    powers[0].effective = before & ~(_READ_ANYTHING | _WRITE_ANYTHING)
    assert libc.capset(ctypes.byref(header), powers) == 0
    try:
        yield
    finally:
        powers[0].effective = before
        assert libc.capset(ctypes.byref(header), powers) == 0


@pytest.fixture
def obeying() -> Callable[[], AbstractContextManager[None]]:
    """Begin a block in which permissions count."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return _without_root_powers if is_root else nullcontext
