"""The clock of a pool: ends waits that last too long or that nobody wants any more."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass

_STOP_POLL = 0.1  # seconds between two questions whether to stop


@dataclass(eq=False)
class _Wait:
    end: Callable[[str], None]
    deadline: float  # monotonic
    stop: Callable[[], bool] | None


class Keeper:
    """One thread that watches all waits of a pool; it runs only while there is something to do.

    Reading with a time limit differs from system to system; ending the process at the other end
    of the pipe, which ends the read, is the same everywhere.
    """

    def __init__(self, chores: Callable[[], float | None]) -> None:
        """`chores` runs now and then; it returns within how many seconds to run again, if so."""
        self._chores = chores
        self._waits: set[_Wait] = set()
        self._changed = threading.Condition()
        self._wakes_at = 0.0
        self._thread: threading.Thread | None = None
        self._closed = False

    @contextmanager
    def watching(
        self, end: Callable[[str], None], seconds: float, stop: Callable[[], bool] | None
    ) -> Generator[None]:
        """Call `end("late")` after `seconds`, or `end("stopped")` when `stop()` says so."""
        wait = _Wait(end, time.monotonic() + seconds, stop)
        with self._changed:
            self._waits.add(wait)
            self._see_to_thread(_STOP_POLL if stop else seconds)
        try:
            yield
        finally:
            with self._changed:
                self._waits.discard(wait)

    def close(self) -> None:
        """Stop the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
            thread = self._thread
        if thread:
            thread.join()

    def _see_to_thread(self, within: float) -> None:
        if self._closed:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)
            self._thread.start()
        elif time.monotonic() + within < self._wakes_at:
            self._changed.notify()

    def _keep(self) -> None:
        with self._changed:
            while not self._closed:
                now = time.monotonic()
                for wait in tuple(self._waits):
                    self._look_at(wait, now)
                again = self._chores()
                if again is None and not self._waits:
                    self._thread = None
                    return
                self._wakes_at = now + self._nap(now, again)
                self._changed.wait(max(self._wakes_at - time.monotonic(), 0))

    def _look_at(self, wait: _Wait, now: float) -> None:
        if wait.stop is not None and wait.stop():
            self._end(wait, "stopped")
        elif now >= wait.deadline:
            self._end(wait, "late")

    def _end(self, wait: _Wait, why: str) -> None:
        self._waits.discard(wait)
        wait.end(why)

    def _nap(self, now: float, again: float | None) -> float:
        naps = [wait.deadline - now for wait in self._waits]
        if again is not None:
            naps.append(again)
        if any(wait.stop for wait in self._waits):
            naps.append(_STOP_POLL)
        return min(naps)
