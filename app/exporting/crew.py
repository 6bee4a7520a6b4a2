"""Runs tasks in the worker pool side by side, while one thread reports and listens for Cancel."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from typing import Any, Final, Self, TypeVar

from app.domain.errors import PasswordNeededError, UnreadableError, UserError
from app.jobs import Progress
from app.workers import Reply, TaskRefused, WorkerPool

_AT_ONCE: Final = 2
_POLL_SECONDS: Final = 0.1
_KINDS: Final = {"password": PasswordNeededError, "unreadable": UnreadableError}

Result = TypeVar("Result")


class Crew:
    """Two threads that hand tasks to the pool; all of them end when the block does."""

    def __init__(self, pool: WorkerPool, progress: Progress, steps: int) -> None:
        self._pool = pool
        self._progress = progress
        self._steps = steps
        self._done = 0
        self._stop = threading.Event()
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="binding")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def call(
        self,
        task: str,
        values: Mapping[str, Any],
        *,
        blobs: Sequence[bytes] = (),
        seconds: float,
    ) -> Reply:
        """Run one task in a worker, from any thread.

        Raises:
            UserError: the task refused, in words.
            WorkerError: the worker gave no answer.
            Cancelled: the block is ending.
        """
        try:
            return self._pool.call(
                task, values, blobs=blobs, seconds=seconds, stop=self._stop.is_set
            )
        except TaskRefused as refusal:
            raise _KINDS.get(refusal.kind, UserError)(refusal.sentence) from refusal

    def run(self, works: Sequence[tuple[str, Callable[[], Result]]]) -> list[Result]:
        """Do named pieces of work side by side; each is one step. Results come in order.

        Raises:
            Cancelled: the person asked to stop.
        """
        names = [name for name, _ in works]
        self._progress.step(self._done, self._steps, names[0] if names else "")
        futures = [self._threads.submit(work) for _, work in works]
        self._watch(futures, names, each_is_a_step=True)
        self._done += len(works)
        return [future.result() for future in futures]

    def run_as_one(self, note: str, works: Sequence[Callable[[], Result]]) -> list[Result]:
        """Do pieces of work side by side that together are one step; raises as `run` does."""
        self._progress.step(self._done, self._steps, note)
        futures = [self._threads.submit(work) for work in works]
        self._watch(futures, [note], each_is_a_step=False)
        self._done += 1
        return [future.result() for future in futures]

    def expect(self, steps: int) -> None:
        """Count on so many more steps than were announced."""
        self._steps += steps

    def finish(self) -> None:
        """Report that everything is done; the last moment at which Cancel still counts."""
        self._progress.step(self._steps, self._steps)

    def _watch(
        self, futures: Sequence[Future[Any]], notes: Sequence[str], *, each_is_a_step: bool
    ) -> None:
        """Report until all futures are done or one has failed; then raise its error."""
        while True:
            finished = sum(future.done() for future in futures)
            note = notes[min(finished, len(notes) - 1)] if notes else ""
            self._progress.step(self._done + (finished if each_is_a_step else 0), self._steps, note)
            if finished == len(futures):
                return
            done, _ = wait(futures, _POLL_SECONDS, FIRST_EXCEPTION)
            for future in done:
                future.result()
