"""A fixed number of worker processes that any thread may give tasks to."""

from __future__ import annotations

import re
import shutil
import threading
import time
import weakref
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self

from app.jobs import Cancelled
from app.workers.errors import TaskRefused, WorkerDied, WorkerError, WorkerTimedOut
from app.workers.frames import FrameError, Reply
from app.workers.keeper import Keeper
from app.workers.limits import Limits
from app.workers.process import WorkerProcess, private_folder

_ROOMS = ("app.importing", "app.exporting")
_STOP_POLL = 0.1  # seconds


class WorkerPool:
    """Runs tasks in up to `size` worker processes, started when needed.

    A task is named "module:function". In the worker it is called as `function(values, blobs)`
    and returns a `Reply`, or yields them (then use `stream`). A worker that crashes, hangs or is
    stopped is replaced: that costs its one item.

    All methods may be called from any thread; a caller waits until a worker is free. `stop` is
    asked about ten times a second, from another thread; it must be quick and must not raise.
    """

    def __init__(
        self,
        size: int,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        *,
        idle_seconds: float | None = None,
        rooms: Sequence[str] = _ROOMS,
    ) -> None:
        """End workers that were idle for `idle_seconds`; run only tasks of modules in `rooms`."""
        self._limits = limits
        self._idle_seconds = idle_seconds
        self._name = re.compile(rf"({'|'.join(map(re.escape, rooms))})(\.\w+)*:\w+")
        self._folder = private_folder()
        self._remove_folder = weakref.finalize(self, shutil.rmtree, self._folder, True)
        # On Linux a worker is ended with the *thread* that started it, so one thread that lives
        # as long as the pool starts them all, never a caller's.
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="worker-starter")
        self._keeper = Keeper(self._end_idle)
        self._free: list[WorkerProcess] = []  # the most recently used last
        self._busy: set[WorkerProcess] = set()
        self._places = size
        self._changed = threading.Condition()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def call(
        self,
        task: str,
        values: Mapping[str, Any],
        *,
        blobs: Sequence[bytes] = (),
        seconds: float | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Reply:
        """Run a task and return its one reply.

        Raises:
            TaskRefused: it refused its input, in words.
            WorkerDied: its worker ended.
            WorkerTimedOut: it took more than `seconds` (or the limit of the pool).
            Cancelled: `stop` said so, or the pool is closed.
        """
        replies = list(self.stream(task, values, blobs=blobs, seconds=seconds, stop=stop))
        if len(replies) != 1:
            raise WorkerError(f"{task} gave {len(replies)} replies")
        return replies[0]

    def stream(
        self,
        task: str,
        values: Mapping[str, Any],
        *,
        blobs: Sequence[bytes] = (),
        seconds: float | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Generator[Reply]:
        """Run a task and yield each of its replies as it comes; `seconds` is for each of them.

        Leaving the loop early ends the worker. Raises as `call` does, at the item that failed.
        """
        if not self._name.fullmatch(task):
            raise ValueError(f"{task} is not a task of a room")
        worker = self._take(stop)
        finished = False
        limit = self._limits.seconds if seconds is None else seconds
        try:
            with self._keeper.watching(worker.end, limit, stop):
                worker.send(task, values, blobs)
                frame = worker.receive()
            while frame.kind == "item":
                yield Reply(frame.values, frame.blobs)
                with self._keeper.watching(worker.end, limit, stop):
                    frame = worker.receive()
            finished = True
            if frame.kind == "refused":
                raise TaskRefused(str(frame.values.get("sentence")), str(frame.values.get("kind")))
        except (EOFError, OSError, FrameError) as error:
            raise _explained(worker, task) from error
        finally:
            self._give_back(worker, reusable=finished)

    def close(self) -> None:
        """End all workers; tasks still running raise `Cancelled`. May be called twice."""
        with self._changed:
            self._closed = True
            workers = (*self._free, *self._busy)
            self._changed.notify_all()
        for worker in workers:
            worker.end("closed")
        self._starter.shutdown()
        self._keeper.close()
        with self._changed:
            while self._free:
                self._free.pop().dispose()
        self._remove_folder()

    def _take(self, stop: Callable[[], bool] | None) -> WorkerProcess:
        """Wait for a free worker or a free place for one."""
        with self._changed:
            while not self._free and not self._places and not self._closed:
                if not self._changed.wait(_STOP_POLL if stop else None) and stop and stop():
                    raise Cancelled
            if self._closed:
                raise Cancelled
            if self._free:
                worker = self._free.pop()
                self._busy.add(worker)
                return worker
            self._places -= 1
        return self._started()

    def _started(self) -> WorkerProcess:
        try:
            worker = self._starter.submit(WorkerProcess, self._limits, self._folder).result()
        except (OSError, RuntimeError) as error:  # no room for a process, or closed meanwhile
            with self._changed:
                self._places += 1
                self._changed.notify()
            raise WorkerError("A worker could not be started") from error
        with self._changed:
            self._busy.add(worker)
            if self._closed:
                worker.end("closed")
        return worker

    def _give_back(self, worker: WorkerProcess, *, reusable: bool) -> None:
        if not reusable:
            worker.end("left")
        with self._changed:
            self._busy.discard(worker)
            if worker.ended is None and not self._closed:
                worker.idle_since = time.monotonic()
                self._free.append(worker)
            else:
                self._places += 1
            self._changed.notify()
        if worker.ended or self._closed:
            worker.dispose()

    def _end_idle(self) -> float | None:
        """End workers that waited too long for a task; return when to look again, if at all."""
        if self._idle_seconds is None:
            return None
        latest = time.monotonic() - self._idle_seconds
        with self._changed:
            tired = [worker for worker in self._free if worker.idle_since < latest]
            for worker in tired:
                self._free.remove(worker)
                self._places += 1
            any_left = bool(self._free or self._busy)
        for worker in tired:
            worker.dispose()
        return self._idle_seconds if any_left else None


def _explained(worker: WorkerProcess, task: str) -> Exception:
    """Return the error that says why the worker's pipe broke."""
    worker.end("died")
    if worker.ended == "late":
        return WorkerTimedOut(f"{task} took too long")
    if worker.ended in {"stopped", "closed"}:
        return Cancelled()
    return WorkerDied(task, worker.last_words())
