"""The only knowledge of threads in the window: what happens elsewhere arrives here as signals.

Both bridges live in the window's thread. They may be called from any thread; what they emit is
always delivered in the window's thread, so that any kind of listener may be connected.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import shiboken6
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

from app.changes import ChangeFeed, Changes
from app.jobs import Job, JobEvent, JobRunner, Progress

T = TypeVar("T")
_OVER = frozenset({"done", "failed", "cancelled"})


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Who wants to hear how a job ended, unless its owner is gone by then.

    The work is held until then too: it may be the last to hold a window, which must not be let go
    in the thread of the job.
    """

    work: Callable[[Progress], object]
    on_done: Callable[[Any], object] | None
    on_failed: Callable[[BaseException], object] | None
    owner: QObject | None

    @property
    def alive(self) -> bool:
        return self.owner is None or shiboken6.isValid(self.owner)


class JobBridge(QObject):
    """Runs work on threads and tells of it in the window's thread.

    `happened` carries every `JobEvent`; of many steps of one job only the newest is delivered.
    `failed` carries errors that no `on_failed` took. `idle` comes when the last job has ended.
    """

    happened = Signal(object)
    failed = Signal(object)
    idle = Signal()
    _arrived = Signal(object)

    def __init__(self, lanes: int = 3, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = JobRunner(self._relay, lanes)
        self._waiting: dict[int, _Waiting] = {}
        self._steps: dict[int, JobEvent] = {}
        self._closed = False
        self._lock = threading.Lock()
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        title: str,
        work: Callable[[Progress], T],
        on_done: Callable[[T], object] | None = None,
        on_failed: Callable[[BaseException], object] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Begin `work` on a thread; call `on_done` or `on_failed` in the window's thread.

        Neither is called when the job was cancelled, or when `owner` was deleted meanwhile. On a
        closed bridge nothing is begun: a timer may still ask while the window goes away.
        """
        if self._closed:
            return _never_begun(title)
        job = self._runner.start(title, work)
        self._waiting[job.id] = _Waiting(work, on_done, on_failed, owner)
        return job

    @property
    def busy(self) -> bool:
        """Whether any job has not yet been heard to end."""
        return bool(self._waiting)

    @Slot(int)
    def cancel(self, job_id: int) -> None:
        """Ask one job to stop at its next step."""
        for job in self._runner.running:
            if job.id == job_id:
                job.cancel()

    def cancel_all(self) -> None:
        """Ask every job to stop at its next step."""
        for job in self._runner.running:
            job.cancel()

    def close(self) -> None:
        """Ask every job to stop, and wait until all have; begin no other."""
        self._closed = True
        self._runner.close()

    def _relay(self, happening: JobEvent) -> None:
        """Take one event, in the job's own thread."""
        if happening.what == "step":
            with self._lock:
                is_awaited = happening.job in self._steps
                self._steps[happening.job] = happening
            if is_awaited:
                return  # the newest step goes out with the signal already on its way
        self._arrived.emit(happening)

    @Slot(object)
    def _deliver(self, arrived: object) -> None:
        happening = cast("JobEvent", arrived)
        if happening.what == "step":
            with self._lock:
                happening = self._steps.pop(happening.job)
        self.happened.emit(happening)
        if happening.what in _OVER:
            self._end(happening)

    def _end(self, happening: JobEvent) -> None:
        waiting = self._waiting.pop(happening.job, None)
        try:
            if waiting and waiting.alive:
                self._answer(waiting, happening)
        finally:
            if not self._waiting:
                self.idle.emit()

    def _answer(self, waiting: _Waiting, happening: JobEvent) -> None:
        if happening.what == "done" and waiting.on_done:
            waiting.on_done(happening.result)
        elif happening.what == "failed" and happening.error:
            if waiting.on_failed:
                waiting.on_failed(happening.error)
            else:
                self.failed.emit(happening.error)


def _never_begun(title: str) -> Job:
    def nobody(_happening: JobEvent) -> None:
        """Hear nothing: there is nothing to tell."""

    return Job(0, title, nobody)


class ChangeBridge(QObject):
    """Turns the binder's change feed into one signal, `changed`, with a `Changes`.

    The first change is passed on at once; those that follow within `gap_ms` arrive together, so
    that adding a thousand papers does not reload a page a thousand times.
    """

    changed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, feed: ChangeFeed, gap_ms: int = 150, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gap_ms = gap_ms
        self._pending: list[Changes] = []
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._pass_on)
        self._arrived.connect(self._gather, Qt.ConnectionType.QueuedConnection)
        self._stop = _listen(feed, self)

    def close(self) -> None:
        """Listen no longer. A bridge that is deleted, by its parent too, needs no closing."""
        self._stop()
        self._timer.stop()

    def hear(self, changes: Changes) -> None:
        """Take one message, in the thread that made the change."""
        self._arrived.emit(changes)

    @Slot(object)
    def _gather(self, arrived: object) -> None:
        self._pending.append(cast("Changes", arrived))
        if self._timer.isActive():
            return
        elapsed = self._since.elapsed() if self._since.isValid() else self._gap_ms
        if elapsed >= self._gap_ms:
            self._pass_on()
        else:
            self._timer.start(self._gap_ms - elapsed)

    @Slot()
    def _pass_on(self) -> None:
        changes = merged(self._pending)
        self._pending = []
        self._since.start()
        self.changed.emit(changes)


def _listen(feed: ChangeFeed, bridge: ChangeBridge) -> Callable[[], None]:
    """Let a bridge hear the feed for as long as it lives; return what ends that before.

    The feed finds out by itself that a bridge is gone. A slot of the bridge cannot tell it: when
    parent and child are thrown away together, the child's attributes may be gone before it is.
    """
    found = weakref.ref(bridge)

    def hear(changes: Changes) -> None:
        living = found()
        if living is not None and shiboken6.isValid(living):
            living.hear(changes)
        else:
            stop()

    stop = feed.listen(hear)
    return stop


def merged(changes: list[Changes]) -> Changes:
    """Return one message that says all that these say, with the newest label."""
    ids: dict[str, frozenset[str]] = {}
    for each in changes:
        for kind, some in each.ids.items():
            ids[kind] = ids.get(kind, frozenset()) | some
    return Changes(changes[-1].label, ids)
