"""Forgotten objects are looked for between tests, in the window's thread, as the program does."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from ui import forgotten


@pytest.fixture(autouse=True)
def looked_for_here() -> Iterator[None]:
    """Let no thread of a job take a window apart; it stays so for all that runs after."""
    gc.disable()
    yield
    forgotten.look()
