"""Long work that reports how far it is and can be stopped. Knows no toolkit."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol


class Cancelled(Exception):  # noqa: N818 - it is a wish of the person, not an error
    """The person pressed Cancel; what was finished before stays finished."""


class Progress(Protocol):
    """What long work is given: it reports with `step`, which raises `Cancelled` on request."""

    def step(self, done: int, total: int, note: str = "") -> None:
        """Say that `done` of `total` is finished and what comes next.

        Raises:
            Cancelled: the person asked to stop.
        """
        ...


class Silent:
    """A progress that nobody watches."""

    def step(self, done: int, total: int, note: str = "") -> None:
        """Do nothing."""


@dataclass(frozen=True, slots=True)
class JobEvent:
    """Something that happened to a job: `started`, `step`, `done`, `failed` or `cancelled`."""

    job: int
    title: str
    what: str
    done: int = 0
    total: int = 0
    note: str = ""
    result: object = None
    error: BaseException | None = None


@dataclass
class Job:
    """A running piece of work; also the `Progress` its function is given."""

    id: int
    title: str
    _tell: Callable[[JobEvent], None]
    _work: Callable[[Progress], object] | None = None
    _stop: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    def run(self) -> JobEvent:
        """Do the work and return how it ended. Broad `except` is right here, see `JobRunner`."""
        try:
            result = self._work(self) if self._work else None
        except Cancelled:
            return JobEvent(self.id, self.title, "cancelled")
        except Exception as error:  # noqa: BLE001 - one of the three places
            return JobEvent(self.id, self.title, "failed", error=error)
        finally:
            self._work = None  # who began the job may let go of it, and not this thread
        return JobEvent(self.id, self.title, "done", result=result)

    def step(self, done: int, total: int, note: str = "") -> None:
        """Report, and stop here if that was asked for."""
        if self._stop.is_set():
            raise Cancelled
        self._tell(JobEvent(self.id, self.title, "step", done, total, note))


class JobRunner:
    """Runs jobs on threads of its own and tells one listener all that happens to them.

    The listener is called from the job's thread. Broad `except` is right here: whatever a job
    raises is handed to the listener, so that no failure is lost and the program goes on.
    """

    def __init__(self, tell: Callable[[JobEvent], None], lanes: int = 3) -> None:
        self._tell = tell
        self._executor = ThreadPoolExecutor(lanes, thread_name_prefix="job")
        self._numbers = count(1)
        self._running: dict[int, Job] = {}
        self._lock = threading.Lock()

    def start(self, title: str, work: Callable[[Progress], object]) -> Job:
        """Begin `work` and return its job at once."""
        job = Job(next(self._numbers), title, self._tell, work)
        with self._lock:
            self._running[job.id] = job
        self._executor.submit(self._run, job)
        return job

    def _run(self, job: Job) -> None:
        self._tell(JobEvent(job.id, job.title, "started"))
        event = job.run()
        with self._lock:
            self._running.pop(job.id, None)
        self._tell(event)

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs not yet finished, oldest first."""
        with self._lock:
            return tuple(self._running.values())

    def close(self) -> None:
        """Ask all jobs to stop and wait until they have."""
        for job in self.running:
            job.cancel()
        self._executor.shutdown(wait=True, cancel_futures=True)
