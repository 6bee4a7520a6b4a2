"""What a command works with: the open binder, the reader of papers, and how progress is shown."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import Final

from app.binder import Binder
from app.cli.answer import Answer, harmless
from app.domain.errors import BinderUnusableError, UserError
from app.operations.reading import DocumentReader
from app.paths import default_binder
from app.workers import WorkerPool

_BETWEEN_REPORTS: Final = 0.1  # seconds
_WORKERS: Final = 2


@dataclass
class Desk:
    """The open binder of one command; what is opened on the way is closed with it."""

    binder: Binder
    today: date
    closing: ExitStack

    @cached_property
    def workers(self) -> WorkerPool:
        """The processes that decode, started when first needed."""
        return self.closing.enter_context(WorkerPool(_WORKERS))

    @cached_property
    def reader(self) -> DocumentReader:
        """The reader of papers."""
        return self.closing.enter_context(DocumentReader(_WORKERS))

    @cached_property
    def progress(self) -> TerminalProgress:
        """Progress, shown to a person at a terminal."""
        return self.closing.enter_context(watched())

    def outside(self, target: Path) -> Path:
        """Return a place to write to, which must not lie inside the binder.

        Raises:
            UserError: it does; a file there could overwrite what is kept.
        """
        if target.absolute().resolve().is_relative_to(self.binder.root.absolute().resolve()):
            raise UserError(
                f"“{target}” lies inside the binder's own folder. Choose a place outside of it."
            )
        return target


class TerminalProgress:
    """One line on standard error that is written over and over; nothing where nobody looks."""

    def __init__(self) -> None:
        self._is_watched = sys.stderr is not None and sys.stderr.isatty()  # pyright: ignore[reportUnnecessaryComparison]
        self._said_at = 0.0
        self._line = ""

    def step(self, done: int, total: int, note: str = "") -> None:
        """Show how far the work is."""
        now = time.monotonic()
        line = f"{done} of {total}  {harmless(note)[:60]}"
        if self._is_watched and line != self._line and now - self._said_at >= _BETWEEN_REPORTS:
            self._said_at, self._line = now, line
            self._say(f"\r\033[K{line}")

    def clear(self) -> None:
        """Take the line away."""
        if self._line:
            self._say("\r\033[K")

    def _say(self, line: str) -> None:
        with suppress(OSError):
            sys.stderr.buffer.write(line.encode("utf-8", "replace"))
            sys.stderr.buffer.flush()


@contextmanager
def watched() -> Generator[TerminalProgress]:
    """Show progress for as long as the block runs."""
    progress = TerminalProgress()
    try:
        yield progress
    finally:
        progress.clear()


Command = Callable[[Desk, Namespace], Answer]


def with_binder(command: Command) -> Callable[[Namespace], Answer]:
    """Open the binder that the words name, run the command at it, and close all again."""

    @wraps(command)
    def run(words: Namespace) -> Answer:
        with ExitStack() as closing:
            binder = closing.enter_context(_open(words.binder or default_binder(), words.today))
            return command(Desk(binder, day_of(words), closing), words)

    return run


def day_of(words: Namespace) -> date:
    """Return the day on which a command works: today, unless another was named."""
    return words.today or date.today()  # noqa: DTZ011 - the person's own day


def clock_of(today: date | None) -> Callable[[], datetime]:
    """Return the clock of a binder: the system's, moved to another day if one was named."""
    if today is None:
        return lambda: datetime.now(UTC)
    return lambda: datetime.combine(today, datetime.now().time()).astimezone(UTC)  # noqa: DTZ005


def _open(root: Path, today: date | None) -> Binder:
    try:
        return Binder.open(root, now=clock_of(today))
    except OSError as error:
        raise BinderUnusableError(
            f"The binder in “{root}” cannot be opened: {error.strerror or error}. "
            "Check that the folder is there and is yours."
        ) from error
