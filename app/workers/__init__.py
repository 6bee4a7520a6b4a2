"""Worker processes: where everything from outside is decoded, away from the program's own process.

Leaf: standard library only. See `docs/decisions/0004-worker-processes.md`.
"""

from app.workers.errors import TaskRefused, WorkerDied, WorkerError, WorkerTimedOut
from app.workers.frames import Reply
from app.workers.limits import Limits
from app.workers.pool import WorkerPool

__all__ = [
    "Limits",
    "Reply",
    "TaskRefused",
    "WorkerDied",
    "WorkerError",
    "WorkerPool",
    "WorkerTimedOut",
]
