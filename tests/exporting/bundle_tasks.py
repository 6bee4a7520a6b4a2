"""Tasks for workers of these tests."""

from __future__ import annotations

import time

import app.exporting.assemble
import app.exporting.normalise
import app.exporting.verify  # noqa: F401
from app.workers import Reply


def settle(values, blobs):
    """Load what binding needs, and leave the other caller time to want a worker of its own."""
    time.sleep(0.3)
    return Reply({})
