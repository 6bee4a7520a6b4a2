"""Long work before there is a window, or after it has closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEventLoop

from app.jobs import Progress
from ui.bridges import JobBridge
from ui.widgets.waiting import WaitingWindow

T = TypeVar("T")


def wait_for(
    work: Callable[[Progress], T], title: str, jobs: JobBridge, stop: str = ""
) -> T | None:
    """Do one long thing with a small window to look at; return what it gave, None if stopped.

    The button of the window, named `stop`, gives back at once: the work stops at its next step.

    Raises:
        BaseException: whatever the work raised.
    """
    waiting = WaitingWindow(title, stop)
    loop = QEventLoop()
    results: list[T] = []
    failures: list[BaseException] = []
    jobs.happened.connect(waiting.hear)
    jobs.idle.connect(loop.quit)
    waiting.cancelled.connect(jobs.cancel_all)
    waiting.cancelled.connect(loop.quit)
    jobs.run(title, work, results.append, failures.append, owner=waiting)
    waiting.show()
    loop.exec()
    waiting.close()
    waiting.deleteLater()
    if failures:
        raise failures[0]
    return results[0] if results else None
