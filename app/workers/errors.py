"""What can go wrong with a task in a worker."""

from __future__ import annotations

from app.domain.errors import ClaimBinderError


class WorkerError(ClaimBinderError):
    """A task in a worker gave no result."""


class WorkerDied(WorkerError):  # noqa: N818 - says what happened
    """The worker ended in the middle of its task: a crash, a limit, or a bug.

    `last_words` is the end of what it wrote to standard error, for the local log only.
    """

    def __init__(self, task: str, last_words: str = "") -> None:
        super().__init__(f"The worker ended during {task}")
        self.last_words = last_words


class WorkerTimedOut(WorkerError):  # noqa: N818
    """The task took longer than allowed and its worker was ended."""


class TaskRefused(WorkerError):  # noqa: N818
    """The task refused its input with a sentence for people.

    `kind` is "password", "unreadable" or "user", after the `UserError` that the task raised.
    """

    def __init__(self, sentence: str, kind: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.kind = kind
